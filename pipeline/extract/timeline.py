"""The stage ``extract.timeline``: dated facts, from sentences and from the rows of tables with a date column.

A date that the running text anchors in a calendar makes one event with its sentence: what the sentence says, who and
what is named in it, and where it happened when a preposition says so. Citation years, dates of the front matter and
relative expressions make none. The type is the one whose cue stands nearest to the date; where no cue is known it
is ``event``. Types and cues are in ``resources/packs/event_cues.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from pipeline import resources
from pipeline.article import Article
from pipeline.record import Date, Event, Table
from pipeline.stage import Settings as StageSettings
from pipeline.text.offsets import Span

_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_NO_EVENT_TYPES = frozenset({"relative", "duration", "set"})
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|to|near|off|visited|visits|visit)(?: the)?(?: (?:port|city|coast|island|town|capital)"
    r" of)?|در|به|شهر|بندر|جزیره)[ \u200c]$"
)
_DATE_COLUMN = re.compile(r"\b(?:date|year|time|when|month|period)\b|تاریخ|سال|زمان|دوره|ماه", re.IGNORECASE)
_CLAUSE = re.compile(r"[;؛]\s|,\s(?=(?:while|whereas|but|and (?:then|later))\b)")
_PUBLICATION = re.compile(
    r"https?:|www\.|\bpp?\. ?\d|\b[Ss]ee\b|\bVol\b|[“\"][^”\"]{12,}[,.]?[”\"],? [A-Z]|\bDaily\b|\bNews"
    r" Agency\b|\bTimes\b|\bPress\b|^\W*[A-Z]\w+(?: [A-Z]\w+)* ?,"
)
_LONGEST = 240


@dataclass(frozen=True)
class _Dated:
    """One mention of a date that can make an event."""

    span: Span
    date: Date


@dataclass(frozen=True)
class _Named:
    """One mention of an entity or system."""

    span: Span
    id: str
    place: bool


class TimelineStage:
    """Puts the article's dated facts in the order of their dates."""

    name: ClassVar[str] = "extract.timeline"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "sentences", "tables", "dates", "entities", "systems"})
    provides: ClassVar[frozenset[str]] = frozenset({"timeline"})

    class Settings(StageSettings):
        """The timeline has nothing to set."""

    def __init__(self, settings: Settings) -> None:
        del settings

    def __call__(self, article: Article) -> dict[str, Any]:
        dated = _dated(article)
        named = _named(article)
        events = [*_of_tables(article, dated, named), *_of_sentences(article, dated, named)]
        events.sort(key=lambda event: (_order(event.date), event.evidence))
        return {"timeline": [event.model_copy(update={"id": f"event/{n}"}) for n, event in enumerate(events, 1)]}


def _dated(article: Article) -> list[_Dated]:
    """The date mentions of running text with an absolute value, in text order; of nested ones the outer."""
    mentions = [
        _Dated(mention.span, date)
        for date in article.dates
        if date.role == "text" and date.value.edtf and date.type not in _NO_EVENT_TYPES
        for _, mention in date.mentions.all()
        if not article.in_citation(mention.span)
    ]
    mentions.sort(key=lambda each: (each.span.start, -each.span.end))
    kept: list[_Dated] = []
    for each in mentions:
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return kept


def _named(article: Article) -> list[_Named]:
    facts = [
        *((entity.id, entity.mentions, entity.type in _PLACE_TYPES) for entity in article.entities),
        *((system.id, system.mentions, False) for system in article.systems),
    ]
    return sorted(
        (_Named(mention.span, fact_id, place) for fact_id, mentions, place in facts for _, mention in mentions.all()),
        key=lambda each: (each.span, each.id),
    )


def _within[T: (_Dated, _Named)](items: Sequence[T], span: Span) -> Sequence[T]:
    first = bisect_left(items, span.start, key=lambda each: each.span.start)
    return [
        each
        for each in items[first : bisect_right(items, span.end - 1, key=lambda each: each.span.start)]
        if each.span.end <= span.end
    ]


def _of_sentences(article: Article, dated: Sequence[_Dated], named: Sequence[_Named]) -> Iterator[Event]:
    in_tables = [table.span for table in article.tables]
    for sentence in article.sentences:
        if any(table.overlaps(sentence.span) for table in in_tables):
            continue
        seen: set[str] = set()
        dates = _within(dated, sentence.span)
        inside = _within(named, sentence.span) if dates else ()
        for each in dates:
            if each.date.id in seen:
                continue
            seen.add(each.date.id)
            if (
                article.blocks
                and article.blocks[sentence.block].kind == "note"
                and _is_bibliographic(article, sentence.span)
            ):
                continue
            yield _event(article, each, sentence.span, _clause(article, sentence.span, each.span), inside)


def _is_bibliographic(article: Article, sentence: Span) -> bool:
    """Whether a sentence of a note cites a publication rather than telling what happened."""
    said = article.text[sentence.start : sentence.end]
    if _PUBLICATION.search(said):
        return True
    lower = _lower(said)
    return not any(pattern.search(lower) for _, pattern in _cues())


def _clause(article: Article, sentence: Span, date: Span) -> Span:
    """The part of a long sentence, between strong separators, that holds the date."""
    start, end = sentence
    for mark in _CLAUSE.finditer(article.text, sentence.start, sentence.end):
        if mark.end() <= date.start:
            start = mark.end()
        elif mark.start() >= date.end:
            end = mark.start()
            break
    return Span(start, end)


def _of_tables(article: Article, dated: Sequence[_Dated], named: Sequence[_Named]) -> Iterator[Event]:
    for table in article.tables:
        column = _date_column(article, table, dated)
        if column is None:
            continue
        for row in table.cells[1 if table.columns else 0 :]:
            cells = [cell for cell in row if cell is not None]
            date_cell = row[column] if column < len(row) else None
            if date_cell is None or not (dates := _within(dated, date_cell)):
                continue
            span = Span(min(cell.start for cell in cells), max(cell.end for cell in cells))
            others = [cell for cell in cells if cell != date_cell]
            what = ": ".join(article.view(cell).text.strip() for cell in others if article.view(cell).text.strip())
            yield _event(article, dates[0], span, span, named, what=what)


def _date_column(article: Article, table: Table, dated: Sequence[_Dated]) -> int | None:
    """The column whose header speaks of time, or else the first whose every cell holds a date."""
    for index, header in enumerate(table.columns or []):
        if _DATE_COLUMN.search(header):
            return index
    rows = table.cells[1 if table.columns else 0 :]
    width = min((len(row) for row in rows), default=0)
    for index in range(width):
        cells = [row[index] for row in rows]
        if len(cells) > 1 and all(cell is not None and _within(dated, cell) for cell in cells):
            return index
    return None


def _event(
    article: Article, dated: _Dated, evidence: Span, clause: Span, named: Sequence[_Named], what: str | None = None
) -> Event:
    inside = [each for each in _within(named, evidence) if not each.span.overlaps(dated.span)]
    said = " ".join((what or article.view(clause).text).split())
    place = _place(article, inside, clause)
    participants = [name for name in dict.fromkeys(each.id for each in inside) if name != place]
    kind, sure = _type(said, article.surface(dated.span))
    return Event(
        id="event/0",
        date=dated.date.value.edtf or "",
        date_id=dated.date.id,
        type=kind,
        what=_short(said),
        participants=participants,
        place=place,
        evidence=evidence,
        confidence=round(min(dated.date.confidence, 0.85 if sure else 0.6), 2),
    )


def _place(article: Article, named: Iterable[_Named], clause: Span) -> str | None:
    """The place that a preposition of place introduces inside the clause; None when there is none."""
    for each in named:
        if (
            each.place
            and clause.contains(each.span)
            and _PLACE_BEFORE.search(article.text[max(clause.start, each.span.start - 28) : each.span.start])
        ):
            return each.id
    return None


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each type with the pattern of its cues, English (in lower case) and Persian."""
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{cues})(?!\w)")) for kind, cues in resources.rows("packs/event_cues.tsv")
    )


def _type(said: str, date: str) -> tuple[str, bool]:
    """The type whose cue is nearest to the date, and whether there was any; the table's order settles ties."""
    at = max(0, said.find(" ".join(date.split())))
    lower = _lower(said)
    ranked = [
        (min(abs(match.start() - at), abs(match.end() - at)), position, kind)
        for position, (kind, pattern) in enumerate(_cues())
        for match in pattern.finditer(lower)
    ]
    return (min(ranked)[2], True) if ranked else ("event", False)


def _lower(said: str) -> str:
    """Words in lower case, as the cues are, and of the same length: much sooner searched than with each letter
    compared in both cases."""
    lower = said.lower()
    return lower if len(lower) == len(said) else "".join(char.lower()[0] for char in said)


def _short(said: str) -> str:
    """At most :data:`_LONGEST` characters, cut between words."""
    return said if len(said) <= _LONGEST else said[: said.rfind(" ", 0, _LONGEST)] + "…"


def _order(edtf: str) -> str:
    """A key that puts EDTF values in order of their beginning: an open beginning first, 198X before 1981."""
    start = edtf.split("/", maxsplit=1)[0]
    return "" if start in {"", ".."} else start.rstrip("?~%").replace("X", "0")
