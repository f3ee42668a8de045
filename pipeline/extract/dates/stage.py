"""The stage: reads the prose of an article with both grammars and gathers what it finds into dates of the record."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field

from pipeline import stage
from pipeline.article import PROSE, Article, sorted_mentions
from pipeline.extract.dates.context import Profile, coordinated, settled
from pipeline.extract.dates.english import ENGLISH
from pipeline.extract.dates.folding import fold
from pipeline.extract.dates.grammar import Grammar
from pipeline.extract.dates.lookalikes import Surroundings, introduced_numbers
from pipeline.extract.dates.persian import PERSIAN
from pipeline.extract.dates.relative import resolve
from pipeline.extract.dates.roles import Works, role_of
from pipeline.extract.dates.values import Expression, date_type, date_value
from pipeline.record import Block, Date, DateRole, DateType, DateValue, Mention, Mentions
from pipeline.text.offsets import MappedText, Span

#: Kinds of block that are read. Reference entries, code and page furniture are not prose.
_KINDS = PROSE | {"date_line"}

#: Kinds of block that may name the journal's own volume and issue.
_RUNNING = frozenset(["title", "heading", "paragraph", "date_line"])

_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
#: What is left out of the view that is read: all but the first character of a gap, and vowel signs («محرّم»).
_LEFT_OUT = re.compile(r"(?<=\s)\s+|[\u064b-\u0652\u0670]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{3}")


class DatesSettings(stage.Settings):
    """Settings of ``extract.dates``."""

    keep_citations: bool = Field(default=True, description="Keep the dates that stand inside in-text citations.")
    relative: bool = Field(default=True, description="Keep relative expressions, durations and recurring times.")


@dataclass(frozen=True, slots=True)
class _Run:
    """Blocks that read on as one text, with its language."""

    language: Literal["en", "fa"]
    view: MappedText
    text: str
    dated: bool
    running: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression with its place in the article and its part there."""

    span: Span
    language: Literal["en", "fa"]
    role: DateRole
    type: DateType
    value: DateValue
    method: str
    confidence: float
    words: str


class DatesStage:
    """Finds the dates of an article, in English and Persian, in three calendars."""

    name: ClassVar[str] = "extract.dates"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "blocks", "citations"})
    provides: ClassVar[frozenset[str]] = frozenset({"dates"})
    Settings: ClassVar[type[stage.Settings]] = DatesSettings

    def __init__(self, settings: DatesSettings | None = None) -> None:
        self.settings = settings or DatesSettings()

    def __call__(self, article: Article) -> dict[str, Any]:
        runs = list(_runs(article))
        introduced = frozenset(number for run in runs for number in introduced_numbers(run.text))
        read = [(run, _read(run.text, run.language, introduced, relative=self.settings.relative)) for run in runs]
        profile = Profile.of((expression, run.language) for run, expressions in read for expression in expressions)
        works = Works.of(article.references)
        found = [each for run, expressions in read for each in self._found(article, run, expressions, profile, works)]
        return {"dates": _gathered(article, found)}

    def _found(
        self, article: Article, run: _Run, expressions: list[Expression], profile: Profile, works: Works
    ) -> Iterator[_Found]:
        def cited(start: int, end: int) -> bool:
            return article.in_citation(run.view.to_source(start, end))

        for read in expressions:
            span = run.view.to_source(read.start, read.end)
            role = role_of(run.text, article.surface(span), read, works, cited, dated=run.dated, running=run.running)
            expression = settled(read, profile, run.language, cited=role == "citation")
            if expression is None:
                continue
            if role == "citation" and not self.settings.keep_citations:
                continue
            words = run.text[expression.start : expression.end]
            yield _Found(
                span, run.language, role, date_type(expression), date_value(expression), f"pattern:{expression.rule}",
                round(expression.confidence, 2), words,
            )  # fmt: skip


def read_dates(
    text: str, language: Literal["en", "fa"], introduced: frozenset[str] = frozenset(), *, relative: bool = True
) -> list[Expression]:
    """The time expressions of a folded text that stands alone, in order; offsets are the text's own."""
    found = _read(text, language, introduced, relative=relative)
    profile = Profile.of((each, language) for each in found)
    return [each for one in found if (each := settled(one, profile, language)) is not None]


def _read(text: str, language: Literal["en", "fa"], introduced: frozenset[str], *, relative: bool) -> list[Expression]:
    """What the grammars find in a text, before the rest of the article is asked.

    A text is read with the grammar of its language; words of the other script in it with the other grammar, whose
    findings count where the first found nothing.
    """
    main, other = (ENGLISH, PERSIAN) if language == "en" else (PERSIAN, ENGLISH)
    found = list(main.read(text, Surroundings(language, introduced), relative=relative))
    mixed = _ARABIC_LETTER if language == "en" else _LATIN_WORD
    if mixed.search(text):
        found = _merged(found, _foreign(text, other, introduced, mixed))
    found = coordinated(found, text)
    return resolve(found, text) if relative else found


def _foreign(text: str, grammar: Grammar, introduced: frozenset[str], script: re.Pattern[str]) -> Iterator[Expression]:
    """What the other language's grammar finds, where words of its script take part."""
    for expression in grammar.read(text, Surroundings(grammar.language, introduced), relative=False):
        if script.search(text, expression.start, expression.end):
            yield expression


def _merged(main: list[Expression], other: Iterator[Expression]) -> list[Expression]:
    """Both findings in order; of two that overlap the longer one, of two as long the first."""
    ranked = sorted([*main, *other], key=lambda each: (each.start - each.end, each.start))
    kept: list[Expression] = []
    for each in ranked:
        if all(each.end <= one.start or one.end <= each.start for one in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _runs(article: Article) -> Iterator[_Run]:
    """The texts to read: each block of prose, joined with the blocks that continue it."""
    cuts = sorted(mark.span for mark in article.markup if mark.kind in ("note_marker", "tag"))
    group: list[Block] = []
    for block in article.blocks:
        if block.kind not in _KINDS:
            continue
        if group and not block.continues:
            yield _run(article, group, cuts)
            group = []
        group.append(block)
    if group:
        yield _run(article, group, cuts)


def _run(article: Article, blocks: list[Block], cuts: list[Span]) -> _Run:
    parts = [part for block in blocks for part in _parts(article, block.span, cuts)]
    view = _plain(parts[0] if len(parts) == 1 else MappedText.join(parts, " "))
    text = fold(view.text)
    language = blocks[0].language
    if language == "und":
        language = "fa" if len(_ARABIC_LETTER.findall(text)) * 2 > len(_LATIN_WORD.findall(text)) * 3 else "en"
    return _Run(language, view, text, blocks[0].kind == "date_line", blocks[0].kind in _RUNNING)


def _parts(article: Article, span: Span, cuts: list[Span]) -> Iterator[MappedText]:
    """A block's words, cut at note markers, which would otherwise run a note's number into a year before it."""
    at = span.start
    for cut in cuts[bisect_left(cuts, (span.start, span.start)) :]:
        if cut.start >= span.end:
            break
        if cut.start > at:
            yield article.view(Span(at, cut.start))
        at = max(at, cut.end)
    if at < span.end:
        yield article.view(Span(at, span.end))


def _plain(view: MappedText) -> MappedText:
    """The view without vowel signs, and with each gap cut to one character, so that neither hides a date."""
    kept: list[tuple[int, int]] = []
    at = 0
    for gap in _LEFT_OUT.finditer(view.text):
        kept.append((at, gap.start()))
        at = gap.end()
    if not kept:
        return view
    kept.append((at, len(view.text)))
    starts = [start for begin, end in kept for start in view.starts[begin:end]]
    ends = [stop for begin, end in kept for stop in view.ends[begin:end]]
    return MappedText("".join(view.text[begin:end] for begin, end in kept), starts, ends)


def _gathered(article: Article, found: list[_Found]) -> list[Date]:
    """One date for each value, modifier, type and role, in the order of first mention."""
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for each in sorted(found, key=lambda each: each.span):
        value = each.value
        anonymous = each.words.casefold() if value.edtf is None and value.native is None else None
        key = (value.edtf, value.calendar, value.native, value.modifier, each.type, each.role, anonymous)
        groups.setdefault(key, []).append(each)
    taken: dict[str, int] = {}
    return [_date(article, group, taken) for group in groups.values()]


def _date(article: Article, group: list[_Found], taken: dict[str, int]) -> Date:
    first = group[0]
    confidence = max(each.confidence for each in group)
    mentions: dict[str, list[Mention]] = {"en": [], "fa": []}
    for each in group:
        mentions[each.language].append(
            Mention(
                span=each.span,
                surface=article.surface(each.span),
                method=None if each.method == first.method else each.method,
                confidence=None if each.confidence == confidence else each.confidence,
            )
        )
    return Date(
        id=_identifier(first, taken), type=first.type, value=first.value, role=first.role,
        mentions=Mentions(en=sorted_mentions(mentions["en"]), fa=sorted_mentions(mentions["fa"])),
        method=first.method, confidence=confidence,
    )  # fmt: skip


def _identifier(found: _Found, taken: dict[str, int]) -> str:
    """An id made from the value alone, so that it stays the same from run to run; a number tells equal ones apart."""
    value = found.value
    stem = value.edtf or value.native or re.sub(r"[\W_]+", "-", found.words.casefold()).strip("-")
    parts = [f"date/{stem}"]
    if value.calendar != "gregorian":
        parts.append(value.calendar)
    if value.modifier in ("early", "mid", "late"):
        parts.append(value.modifier)
    if found.role != "text":
        parts.append(found.role)
    name = "-".join(parts)
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{found.type}" if taken[name] == 2 else f"{name}-{taken[name]}"
