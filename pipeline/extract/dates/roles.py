"""The part a date has in its article: in the running text, in a citation, or among the data about the article itself.

What the segmentation marked as a citation is one. Beside it stand those that have another shape: a further work in the
same parenthesis, an author named in the sentence with the year after it («گلچین معانی (۱۳۴۸)»), the source of a table,
an interview.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.extract.dates.folding import fold
from pipeline.extract.dates.values import Expression
from pipeline.record import DateRole, Reference

#: Words that, directly before a day or a month, make it one of the article's own life.
_MANUSCRIPT = re.compile(
    r"(?:\b(?:received|accepted|revised|submitted|published\sonline|available\sonline)(?:\sdate)?(?:\son)?\s?:?|"
    r"تاریخ\s(?:دریافت|وصول|پذیرش|بازنگری|اصلاح|انتشار)(?:\sمقاله)?\s?:?|"
    r"(?:دریافت|وصول|پذیرش|بازنگری)(?:\sمقاله)?\s?:)\s?$",
    re.IGNORECASE,
)
#: The line that names a journal's volume and issue; it is short and says little else.
_ISSUE_LINE = re.compile(
    r"\bvol(?:ume)?\.?\s?\d.{0,40}\b(?:no\.?|issue|number)\s?\d|\d\s?\(\d{4}\)\s?[,:]?\s?\d+\s?[-–]\s?\d|"
    r"(?:دوره|سال|جلد)\u0654?\s(?:\w{3,}|\d+)\s?[،,/]?\s?(?:\([^()]{1,20}\)\s?)?شماره",
    re.IGNORECASE,
)
_LONGEST_ISSUE_LINE = 200
_SOURCE_LINE = re.compile(r"(?:sources?|منبع|منابع|ماخذ|مأخذ)\s?[:：]", re.IGNORECASE)
_INTERVIEW = re.compile(r"\(?(?:interview|personal\scommunication|مصاحبه|گفت[\s\u200c]?وگو)", re.IGNORECASE)
#: What stands between the beginning of a parenthesis, or the work before, and a year: the names of authors.
_AUTHORS = re.compile(r"[(;؛]\s?(?:(?:see|cf\.|نک|رک|ر\.ک|بنگرید\sبه)[.:]?\s)?[^();؛\d]{2,60}[،,]\s?$", re.IGNORECASE)
_ALONE = re.compile(r"[a-h]?(?:\s?[:،,]\s?[^()]{1,24})?\)")
_REACH = 60
_DIGITS = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Works:
    """The cited works of an article, by year: the folded surnames of their authors."""

    by_year: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, references: Iterable[Reference]) -> Works:
        """The works of a reference list."""
        by_year: dict[str, tuple[str, ...]] = {}
        for reference in references:
            if reference.year:
                year = fold(reference.year)[:4]
                by_year[year] = (*by_year.get(year, ()), *(fold(author).split(",")[0] for author in reference.authors))
        return cls(by_year)

    def named_before(self, text: str, at: int, year: str) -> bool:
        """Whether an author of a work of that year stands in the words before a place."""
        words = re.split(r"[()،؛:;]|\.\s(?!al)", text[max(0, at - _REACH) : at])[-1]
        return any(len(author) > 2 and author in words for author in self.by_year.get(year, ()))


def role_of(
    text: str,
    surface: str,
    expression: Expression,
    works: Works,
    cited: Callable[[int, int], bool],
    *,
    dated: bool,
    running: bool,
) -> DateRole:
    """The role of an expression in the folded text of its block.

    ``surface`` is the expression as the source writes it; ``cited`` tells whether a stretch of the text overlaps a
    citation; ``dated`` that the block gives the dates of the manuscript, ``running`` that it is a paragraph or a
    heading (a note or a list may name a journal's issue as the place of a cited work).
    """
    start, end = expression.start, expression.end
    if cited(start, end):
        return "citation"
    if expression.first is None:
        return "text"
    exact = expression.first.unit in ("day", "month")
    if dated or (exact and _MANUSCRIPT.search(text, max(0, start - 40), start)):
        return "metadata"
    if running and len(text) <= _LONGEST_ISSUE_LINE and _ISSUE_LINE.search(text):
        return "metadata"
    if _is_citation(text, surface, expression, works, cited):
        return "citation"
    return "text"


def _is_citation(
    text: str, surface: str, expression: Expression, works: Works, cited: Callable[[int, int], bool]
) -> bool:
    start, end = expression.start, expression.end
    if len(text) <= _LONGEST_ISSUE_LINE and _SOURCE_LINE.match(text.lstrip("*_ ")):
        return True
    opening = text.rfind("(", max(0, start - 300), start)
    if opening < 0 or text.find(")", opening, start) >= 0:
        return False
    if _INTERVIEW.match(text, opening):
        return True
    if expression.first is None or expression.first.unit != "year" or expression.last or expression.bound:
        return False
    closing = text.find(")", end)
    if 0 < closing - opening < 300 and cited(opening, closing) and _AUTHORS.search(text, opening, start):
        return True
    if text[opening + 1 : start].strip() or not _ALONE.match(text, end):
        return False
    year = text[start:end][-4:]
    return works.named_before(text, opening, year) or (_is_foreign(text, surface, opening) and year in works.by_year)


def _is_foreign(text: str, surface: str, opening: int) -> bool:
    """Whether a year in European figures follows Persian words: Persian prose keeps them for foreign works."""
    return bool(_DIGITS.match(surface)) and bool(re.search(r"[\u0620-\u06d3]\s?$", text[max(0, opening - 3) : opening]))
