"""Whose property a place of the text is.

The nearest mention before it in its sentence that no relation names as its target ("a variant of the X, with a range
of 300 km" gives the range to the variant) and whose kind can have the property; or the subject of the sentence
before, when the sentence opens with a pronoun. "Both" gives it to all members of the enumeration before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lists import linked
from pipeline.extract.systems.relations import subject_of
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.text.offsets import Span

_BRACKET = re.compile(r"s?[\"”»]?(?: (?:[a-z-]+,? ){0,3}[a-z-]+)? ?\([^()]*$")
_WHOSE = re.compile(r"s?[\"”»]?(?: [a-z-]+){0,3}, (?:whose|which (?:has|had|is|was|can))\b[^,;]{0,30}")
_INSERTION = re.compile(r"(?: [a-z-]+){0,2}, (?:[a-z]+ed|built|known|which|a|an|the)\b[^,;]{0,120}, ")
_DIGIT = re.compile(r"\d")
_BOTH = re.compile(r"\b(?:both|each|all of which)\b|(?:هر دو|هر یک|هرکدام|هر کدام|همگی)")


class Owners:
    """Answers whose property a place of the text is."""

    def __init__(self, scene: Scene, found: Sequence[Found], aimed: set[Span], beside: Mapping[Span, KindNoun]) -> None:
        self.scene = scene
        self.found = found
        self.aimed = aimed
        self.windows = scene.reading.around(each.span for each in found)
        self._kinds: dict[str, str] = {}
        kinds = scene.vocabulary.kinds
        for each in found:
            noun = beside[each.span].kind.id if each.span in beside else None
            for kind in (each.known_kind, each.kind, noun):
                if kind in kinds and kind is not None and not kinds[kind].weak:
                    self._kinds.setdefault(each.key, kind)

    def matches(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """The pattern's matches in the sentences that could speak of a mention."""
        for window in self.windows:
            yield from pattern.finditer(text, *window)

    def numbered(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """The matches in those of the sentences that hold a digit: amounts and years are nowhere else."""
        for window in self._numbered:
            yield from pattern.finditer(text, *window)

    def holding(self, amount: re.Pattern[str]) -> list[Span]:
        """Those of the sentences with a digit that hold an amount."""
        return [window for window in self._numbered if amount.search(self.scene.reading.text, *window)]

    @cached_property
    def _numbered(self) -> list[Span]:
        sentences: list[Span] = []
        for window in self.windows:
            at = window.start
            while at < window.end:
                sentence = self.scene.reading.sentence(at)
                if _DIGIT.search(self.scene.reading.text, at, sentence.end):
                    if sentences and sentences[-1].end == at:
                        sentences[-1] = Span(sentences[-1].start, sentence.end)
                    else:
                        sentences.append(Span(at, sentence.end))
                at = max(sentence.end, at + 1)
        return sentences

    def can_have(self, each: Found, kinds: Sequence[str]) -> bool:
        """Whether a system's kind is one of those, or below one; an unknown kind can have anything."""
        own = self._kinds.get(each.key)
        return not kinds or own is None or any(kind in self.scene.vocabulary.lineage(own) for kind in kinds)

    def of(self, span: Span, *, near: int = 240, kinds: Sequence[str] = ()) -> list[Found]:
        """The mentions that the clause at a span is about: mostly one, none when it is about something else."""
        sentence = self.scene.reading.sentence(span.start)
        before = [
            each
            for each in self.found
            if sentence.start <= each.span.start
            and each.span.end <= span.start
            and span.start - each.span.end <= near
            and self.can_have(each, kinds)
        ]
        own = [each for each in before if each.span not in self.aimed]
        text = self.scene.reading.text
        if before and _BRACKET.fullmatch(text, before[-1].span.end, span.start):
            return [before[-1]]
        if before and _WHOSE.fullmatch(text, before[-1].span.end, span.start):
            return [before[-1]]
        if (outer := self._around_insertion(before, span)) is not None:
            return [outer]
        if own:
            return self._enumerated(own, span)
        if (subject := subject_of(self.scene, sentence, self.found)) is not None and self.can_have(subject, kinds):
            return [subject]
        if before:
            return []
        after = [
            each
            for each in self.found
            if span.end <= each.span.start < min(sentence.end, span.end + 40) and self.can_have(each, kinds)
        ]
        return after[:1]

    def _around_insertion(self, before: Sequence[Found], span: Span) -> Found | None:
        """``X, conceived as a rival of the Y, entered service``: the clause after the commas goes on with X."""
        for each in before[:-1]:
            if _INSERTION.fullmatch(self.scene.reading.text, each.span.end, span.start):
                return each
        return None

    def _enumerated(self, own: Sequence[Found], span: Span) -> list[Found]:
        """The last mention; with those enumerated before it where the text says that both are meant."""
        last = [own[-1]]
        if _BOTH.search(self.scene.reading.text, own[-1].span.end, span.start):
            for each in reversed(own[:-1]):
                if not linked(self.scene.reading.text, each.span, last[0].span):
                    break
                last.insert(0, each)
        return last
