"""One reading seen through one pack: its kind nouns and country words, and what stands beside a span.

"Beside" means within one noun phrase: ``C-802 anti-ship missile``, ``the “Noor” long-range missile``, ``missiles such
as the C-802``, ``موشک چینی سی-۸۰۲``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Any

from pipeline.extract.systems.nationality import CountryWord, country_words
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.reading import Reading
from pipeline.extract.systems.vocabulary import KindNoun, Vocabulary
from pipeline.text.offsets import Span

_REACH = 60
_FUNCTION_WORDS = (
    r"(?:a|an|the|of|and|or|to|in|on|at|for|with|by|from|is|was|were|are|be|been|has|have|had|that|which"
    r"|who|as|into|than|but|not|can|could|will|would|may|while|after|before|its|their|his|this|these"
    r"|those|it|they|such|like|including|over|under|against|during|per|via|when|where|between|sold|bought|used|made)"
)
_THEN_NOUN = {
    "en": re.compile(
        rf"['\"”»)]*(?:-class|-type|-series)?[ ](?:(?!{_FUNCTION_WORDS} )[a-z][a-z/-]*,? ){{0,4}}(?:\([A-Z]+s?\) )?$"
    ),
    "fa": re.compile(r"[\"”»)]*[ \u200c]$"),
}
_AFTER_NOUN = {
    "en": (
        r"(?:\([A-Z]+s?\) ?)?[, ]*(?:(?:which (?:is|was|are)|is|was) )?"
        r"(?:(?:{naming}|such as|like|including|e\.g\.,?|i\.e\.,?|namely|especially|notably|, the|, a|:) )?"
        r"(?:the |its |their |a |an )?(?:[a-z]+-[a-z-]+ ){{0,2}}(?:[A-Z][\w.]+(?:-(?:made|built|type))? )?[\"“«(]*$"
    ),
    "fa": (
        r"(?:[ \u200c]*(?:(?!(?:در|به|از|که|و|را|با|تا|برای|بر|است|این|آن)[ \u200c]){word}[ \u200c]+){{0,3}}?"
        r"(?:(?:{naming}|مانند|مثل|نظیر|همچون|از جمله|شامل|یعنی)[ \u200c:]+)?)[ \u200c]*[\"“«(:]*$"
    ),
}
_PERSIAN_WORD = rf"[{PERSIAN_LETTER}\u200c]+"


class Scene:
    """A reading with what a pack sees in it."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading = reading
        self.vocabulary = vocabulary
        self._layers: dict[Any, Any] = {}

    def once[T](self, layer: Callable[[Scene], T]) -> T:
        """What a layer of detection finds here: asked when a pack's use is weighed, and again when it is used."""
        if layer not in self._layers:
            self._layers[layer] = layer(self)
        found: T = self._layers[layer]
        return found

    @cached_property
    def nouns(self) -> list[KindNoun]:
        """The kind nouns, in order."""
        return self.vocabulary.kind_nouns(self.reading)

    @cached_property
    def countries(self) -> list[CountryWord]:
        """The words for countries, in order."""
        return country_words(self.reading)

    def nouns_within(self, span: Span) -> list[KindNoun]:
        """The kind nouns that begin inside a span."""
        return self.nouns[bisect_left(self._noun_starts, span.start) : bisect_left(self._noun_starts, span.end)]

    def countries_within(self, span: Span) -> list[CountryWord]:
        """The country words that begin inside a span."""
        return self.countries[
            bisect_left(self._country_starts, span.start) : bisect_left(self._country_starts, span.end)
        ]

    def noun_beside(self, span: Span) -> KindNoun | None:
        """The kind noun in the same noun phrase as the span, the one after it preferred in English."""
        if self.reading.language == "fa":
            return self.noun_before(span) or self.noun_after(span)
        return self.noun_after(span) or self.noun_before(span)

    def noun_after(self, span: Span) -> KindNoun | None:
        """The kind noun that closes the noun phrase which the span opens."""
        first = bisect_left(self._noun_starts, span.end)
        for noun in self.nouns[first : first + 2]:
            between = self.reading.text[span.end : noun.span.start]
            if len(between) > _REACH or "\n\n" in between:
                return None
            if self.reading.language == "fa" and not self.reading.text[span.start : span.end].isascii():
                return None
            if _THEN_NOUN["en" if self.reading.language == "en" else "fa"].fullmatch(between):
                return noun
        return None

    def noun_before(self, span: Span) -> KindNoun | None:
        """The kind noun that introduces the span."""
        last = bisect_right(self._noun_ends, span.start) - 1
        if last < 0:
            return None
        noun = self.nouns[last]
        between = self.reading.text[noun.span.end : span.start]
        if len(between) > _REACH or "\n\n" in between:
            return None
        return noun if self._introduces.fullmatch(between) else None

    def noun_in_sentence(self, span: Span) -> KindNoun | None:
        """A kind noun in the sentence of the span, the nearest."""
        nouns = [noun for noun in self.nouns_within(self.reading.sentence(span.start)) if not noun.kind.weak]
        return min(nouns, key=lambda noun: (abs(noun.span.start - span.start), noun.span.start), default=None)

    def noun_near(self, span: Span) -> KindNoun | None:
        """A kind noun in the sentence of the span or in the one before."""
        noun = self.noun_in_sentence(span)
        if noun is not None:
            return noun
        previous = self.reading.previous_sentence(self.reading.sentence(span.start))
        return self.noun_in_sentence(Span(previous.start, previous.start + 1)) if previous is not None else None

    def noun_in_paragraph(self, span: Span) -> KindNoun | None:
        """A strong kind noun in the paragraph of the span, the nearest."""
        nouns = [noun for noun in self.nouns_within(self.reading.paragraph(span)) if not noun.kind.weak]
        return min(nouns, key=lambda noun: (abs(noun.span.start - span.start), noun.span.start), default=None)

    @cached_property
    def _introduces(self) -> re.Pattern[str]:
        language = self.reading.language
        return re.compile(_AFTER_NOUN[language].format(naming=self.vocabulary.naming[language], word=_PERSIAN_WORD))

    @cached_property
    def _noun_starts(self) -> list[int]:
        return [noun.span.start for noun in self.nouns]

    @cached_property
    def _noun_ends(self) -> list[int]:
        return [noun.span.end for noun in self.nouns]

    @cached_property
    def _country_starts(self) -> list[int]:
        return [country.span.start for country in self.countries]
