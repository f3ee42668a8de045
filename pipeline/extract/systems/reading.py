"""The words of an article in one language, made ready to be searched.

Every change is one character for one character (digits, Arabic letters, line breaks), so an offset in the folded text
is an offset in the view, and the view leads back to the article's text. Citations, addresses and e-mails are blanked
out: a system's name inside them is no mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pipeline.article import Article
from pipeline.text.offsets import MappedText, Span

Tongue = Literal["en", "fa"]

#: Stands in the folded text for each character that must not be read.
BLANK = "\ufffc"

_FOLD = str.maketrans(
    {
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "\u00a0": " ", "\u202f": " ", "\t": " ",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "’": "'", "‘": "'", "İ": "I",
        "\u200f": "\u200c", "\u200e": "\u200c",
    }
)  # fmt: skip
_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_UNREADABLE = re.compile(
    r"https?://\s?[^\s<>]+(?:/ ?[^\s<>]+)*|www\.[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bdoi:\s?\S+|10\.\d{4,}/\S+"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_SENTENCE_END = re.compile(r"[.!?؟…][\"”»'’)\]]*[ \n]+(?=[\"“«(\[']*[A-Z0-9\u0600-\u06FF])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:[A-Z]\.)+[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Adm|Col|Capt|Sen|Rep|No|Vol|Fig|vs|cf"
    r"|e\.g|i\.e|approx|ca|Inc|Ltd|Co|p|pp|al))$"
)
_LOWER_WORD = re.compile(r"(?<![\w-])[a-z][a-z'-]*(?![\w-])")
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(r"[\u0600-\u06FF]")


@dataclass(frozen=True)
class Reading:
    """One language's words: ``text`` is the folded view; ``titles`` are the ranges of headings in it, ``tables``
    those of the cells of each table with a header, row by row, the header first.
    """

    language: Tongue
    view: MappedText
    text: str
    titles: tuple[Span, ...] = ()
    tables: tuple[tuple[tuple[Span | None, ...], ...], ...] = ()

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, of the same length."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else self.text

    def matches(
        self, pattern: re.Pattern[str], unless: Callable[[Reading, Span], bool] | None = None
    ) -> list[re.Match[str]]:
        """All matches of a pattern in the folded text, less those that ``unless`` holds of; looked for once however
        many packs ask."""
        # By identity: the hash of a pattern is that of all its code, which for a list of names takes long.
        key = (id(pattern), unless)
        if key not in self._matched:
            found = pattern.finditer(self.text)
            kept = [match for match in found if unless is None or not unless(self, Span(*match.span()))]
            self._matched[key] = (pattern, kept)
        return self._matched[key][1]

    @cached_property
    def _matched(self) -> dict[Any, tuple[re.Pattern[str], list[re.Match[str]]]]:
        return {}

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that the reading uses without a capital."""
        return frozenset(_LOWER_WORD.findall(self.text))

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where sentences begin, the first at 0."""
        starts = [0]
        for match in _SENTENCE_END.finditer(self.text):
            if match[0].startswith(".") and _ABBREVIATION.search(self.text, max(0, match.start() - 12), match.start()):
                continue
            starts.append(match.end())
        return starts

    def sentence(self, at: int) -> Span:
        """The sentence that holds an offset."""
        index = bisect_right(self.sentence_starts, at) - 1
        end = self.sentence_starts[index + 1] if index + 1 < len(self.sentence_starts) else len(self.text)
        return Span(self.sentence_starts[index], end)

    def previous_sentence(self, sentence: Span) -> Span | None:
        """The sentence before one, within the same paragraph."""
        if sentence.start == 0 or self.text[sentence.start - 1] == "\n":
            return None
        return self.sentence(sentence.start - 1)

    def paragraph(self, span: Span) -> Span:
        """The paragraph that holds a span."""
        end = self.text.find("\n\n", span.end)
        return Span(self.text.rfind("\n\n", 0, span.start) + 1, end if end >= 0 else len(self.text))

    def around(self, spans: Iterable[Span]) -> list[Span]:
        """The sentences that hold the spans, and the sentence after each, joined where they touch."""
        windows: list[Span] = []
        for span in sorted(spans):
            first = self.sentence(span.start)
            end = self.sentence(first.end).end if first.end < len(self.text) else first.end
            if windows and first.start <= windows[-1].end:
                windows[-1] = Span(windows[-1].start, max(end, windows[-1].end))
            else:
                windows.append(Span(first.start, end))
        return windows

    def in_title(self, at: int) -> bool:
        """Whether an offset lies in a title or heading."""
        index = bisect_right(self.titles, (at, len(self.text) + 1)) - 1
        return index >= 0 and at < self.titles[index].end

    def source(self, span: Span) -> Span:
        """The span in the article's text."""
        return self.view.to_source(*span)


def readings(article: Article) -> Iterator[Reading]:
    """The article's words by language: English, Persian, then what could not be told apart (by its script)."""
    for language in ("en", "fa"):
        yield from _reading(article, language, article.prose(language))
    rest = article.prose("und")
    if rest.text:
        script: Tongue = "fa" if len(_ARABIC.findall(rest.text)) > len(_LATIN.findall(rest.text)) else "en"
        yield from _reading(article, script, rest)


def _reading(article: Article, language: Tongue, view: MappedText) -> Iterator[Reading]:
    if not view.text:
        return
    text = view.text.translate(_FOLD)
    rows = [view.from_source(*block.span) for block in article.blocks if block.kind == "table"]
    text = _SINGLE_BREAK.sub(lambda match: "\n" if _within(match.start(), rows) else " ", text)
    blanks = [match.span() for match in _UNREADABLE.finditer(text)]
    for citation in article.citations:
        within = view.from_source(*citation.span)
        if within is not None:
            blanks.append((within.start, within.end))
    titles = (view.from_source(*block.span) for block in article.blocks if block.kind in {"title", "heading"})
    tables = tuple(
        tuple(tuple(view.from_source(*cell) if cell is not None else None for cell in row) for row in table.cells)
        for table in article.tables
        if table.columns
    )
    yield Reading(
        language, view, _blanked(text, blanks), tuple(sorted(span for span in titles if span is not None)), tables
    )


def _within(at: int, spans: list[Span | None]) -> bool:
    """Whether an offset lies in one of the spans: in a table, whose rows are apart from each other."""
    return any(span is not None and span.start <= at < span.end for span in spans)


def _blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        if end <= at:
            continue
        pieces.append(text[at : max(at, start)])
        pieces.append(BLANK * (end - max(at, start)))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
