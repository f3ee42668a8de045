"""Searching a catalogue: things by name, passages by their words, dates by period.

Both databases give the same answers in the same order. Scores of relevance are therefore not used, because each
computes its own; the order is: names that are exactly the one asked for before names that contain it, things that are
spoken of more before others; titles before abstracts, keywords and headings, and those before running text; then the
order of the articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, cast, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.catalogue import tables as t
from pipeline.catalogue.answers import Answer, Snippet, matched, snippet
from pipeline.catalogue.asking import Question, question
from pipeline.catalogue.folding import compact
from pipeline.catalogue.periods import bounds
from pipeline.errors import CatalogueError
from pipeline.text.numerals import fold_digits

#: What can be searched, besides everything: names of things, dates, and kinds of passage.
FIELDS = ("all", "name", "text", "title", "author", "keyword", "abstract", "heading", "note", "reference", "date")
#: Words for types that a librarian may use, and the types they mean.
TYPES = {
    "system": ("SYSTEM",), "person": ("PERSON",), "org": ("ORG",), "organisation": ("ORG",), "organization": ("ORG",),
    "place": ("GPE", "LOC", "FAC"), "gpe": ("GPE",), "loc": ("LOC",), "fac": ("FAC",), "norp": ("NORP",),
    "event": ("EVENT",), "law": ("LAW",), "work": ("WORK",), "program": ("PROGRAM",), "programme": ("PROGRAM",),
    "date": ("DATE",),
}  # fmt: skip

#: Entities of one name that are looked at.
_MOST_ENTITIES = 200
#: Mentions among which one in running text is looked for, and the kinds of passage that are running text.
_MENTIONS_LOOKED_AT = 8
_PROSE = frozenset(["paragraph", "abstract", "list_item", "quote", "note"])
_TIERS = ("tier1", "tier2", "tier3")
_PERIOD = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_FORMAL = re.compile(r"[0-9X?~/.%-]+")


def search(
    connection: Connection,
    asked: str,
    *,
    kind: str | None = None,
    field: str = "all",
    language: str | None = None,
    limit: int = 20,
) -> list[Answer]:
    """The answers to a question, best first, at most ``limit``.

    Args:
        connection: from :func:`pipeline.catalogue.engine.reading`.
        asked: words, ``"a phrase"``, ``begin*``, or for dates a year, month, day or EDTF interval in any calendar.
        kind: one of :data:`TYPES`, to find only things of this type.
        field: one of :data:`FIELDS`.
        language: ``en`` or ``fa``, to search the names or passages of one language.
        limit: most answers.

    Raises CatalogueError when the question has no words, or ``kind`` or ``field`` is unknown.
    """
    types = _types(kind)
    if field not in FIELDS:
        raise CatalogueError(f"unknown field {field!r}; there are {', '.join(FIELDS)}", code="E-CATALOGUE-QUERY")
    if types == ("DATE",) or field == "date":
        return list(_dates(connection, asked, language, limit))
    wanted = question(asked)
    answers: list[Answer] = []
    if field in ("all", "name"):
        answers += _things(connection, wanted, types, language, limit)
    if field != "name" and types is None and len(answers) < limit:
        shown = {answer.article for answer in answers}
        answers += _passages(connection, wanted, field, language, limit - len(answers), shown)
    return answers


def _types(kind: str | None) -> tuple[str, ...] | None:
    if kind is None:
        return None
    if kind.lower() not in TYPES:
        raise CatalogueError(f"unknown type {kind!r}; there are {', '.join(TYPES)}", code="E-CATALOGUE-QUERY")
    return TYPES[kind.lower()]


# ── things by name ─────────────────────────────────────────────────────────────────────────────────────────────


def _things(
    connection: Connection, asked: Question, types: tuple[str, ...] | None, language: str | None, limit: int
) -> Iterator[Answer]:
    left = limit
    for entity in _entities(connection, asked, types, language):
        if left <= 0:
            return
        of_entity = t.facts.c.entity_id == entity
        count = connection.scalar(select(func.count()).select_from(t.facts).where(of_entity)) or 0
        rows = connection.execute(
            select(t.facts, t.articles.c.article, t.articles.c.title_en, t.articles.c.title_fa, t.entities.c.entity,
                   t.entities.c.name_en.label("shown_en"), t.entities.c.name_fa.label("shown_fa"),
                   t.systems.c.kind_en, t.systems.c.kind_fa)
            .join(t.articles, t.articles.c.id == t.facts.c.article_id)
            .join(t.entities, t.entities.c.id == t.facts.c.entity_id)
            .outerjoin(t.systems, t.systems.c.id == t.facts.c.id)
            .where(of_entity)
            .order_by(t.facts.c.mentions.desc(), t.facts.c.id)
            .limit(left)
        ).all()  # fmt: skip
        for row in rows:
            left -= 1
            yield Answer(
                row.type, row.article, row.title_en, row.title_fa, row.shown_en or row.name_en,
                row.shown_fa or row.name_fa, row.entity, row.kind_en, row.kind_fa, row.mentions_en, row.mentions_fa,
                count, tuple(_first_mentions(connection, t.mentions.c.fact_id == row.id, language)),
            )  # fmt: skip


def _entities(
    connection: Connection, asked: Question, types: tuple[str, ...] | None, language: str | None
) -> list[int]:
    """Entities with that very name, then those with a name that has its words; each by the uses of the name."""
    c = t.names.c
    found: dict[int, None] = {}
    name = compact(asked.text)
    exact: Select[Any] = select(c.entity_id, func.sum(c.uses).label("uses")).where(c.compact == name)
    partly = _found(connection, select(c.entity_id, func.sum(c.uses).label("uses")), t.names, asked, [])
    for statement in ([exact] if name else []) + [partly]:
        if len(found) >= _MOST_ENTITIES:
            break
        chosen = statement
        if types is not None:
            chosen = chosen.join(t.entities, t.entities.c.id == c.entity_id).where(t.entities.c.type.in_(types))
        if language is not None:
            chosen = chosen.where(c.language == language)
        ranked = chosen.group_by(c.entity_id).order_by(func.sum(c.uses).desc(), c.entity_id).limit(_MOST_ENTITIES)
        found |= dict.fromkeys(row.entity_id for row in connection.execute(ranked))
    return list(found)[:_MOST_ENTITIES]


def _first_mentions(connection: Connection, of_fact: ColumnElement[bool], language: str | None) -> Iterator[Snippet]:
    """In each language the first mention in running text (else the first), in its surroundings where there is text."""
    c = t.mentions.c
    for each in (language,) if language else ("en", "fa"):
        rows = connection.execute(
            select(c.start, c.stop, c.surface, c.normalized, c.article_id)
            .where(of_fact, c.language == each)
            .order_by(c.id)
            .limit(_MENTIONS_LOOKED_AT)
        ).all()
        found: tuple[Any, Any] | None = None
        for row in rows:
            passage = _passage_around(connection, row)
            found = found or (row, passage)
            if passage is not None and passage.kind in _PROSE:
                found = (row, passage)
                break
        if found is not None:
            yield _in_context(*found, each)


def _passage_around(connection: Connection, mention: Any) -> Any:
    """The passage that holds a mention, or None."""
    first, beyond = t.id_range(mention.article_id)
    p = t.passages.c
    here = (p.id >= first, p.id < beyond, p.start <= mention.start, p.stop >= mention.stop)
    return connection.execute(
        select(p.kind, p.text, p.start, p.page).where(*here).order_by(p.id.desc()).limit(1)
    ).first()


def _in_context(mention: Any, passage: Any, language: str) -> Snippet:
    if passage is None:
        return Snippet(language, "", mention.surface or mention.normalized or "", "", mention.start, mention.stop)
    start, stop = mention.start - passage.start, mention.stop - passage.start
    return snippet(passage.text, start, stop, language=language, offset=passage.start, page=passage.page)


# ── passages by words ──────────────────────────────────────────────────────────────────────────────────────────


def _passages(
    connection: Connection, asked: Question, field: str, language: str | None, limit: int, shown: set[str]
) -> Iterator[Answer]:
    """One answer for each article that is not ``shown`` yet, with up to three passages of the first tier it has."""
    markers = [] if field in ("all", "text") else [f"kind{field}"]
    markers += [f"lang{language}"] if language else []
    p = t.passages.c
    a = t.articles.c
    seen = set(connection.scalars(select(a.id).where(a.article.in_(sorted(shown))))) if shown else set()
    left = limit
    for tier in _TIERS:
        after = 0
        while left > 0:
            statement = _found(connection, select(t.passages), t.passages, asked, [*markers, tier])
            rows = connection.execute(statement.where(p.id > after).order_by(p.id).limit(limit * 4)).all()
            for article, group in _by_article(row for row in rows if row.article_id not in seen):
                if left > 0:
                    left -= 1
                    yield _passage_answer(connection, article, group[:3], asked)
                seen.add(article)
            if len(rows) < limit * 4:
                break
            after = t.id_range(rows[-1].article_id)[1] - 1


def _by_article(rows: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.article_id, []).append(row)
    return list(groups.items())


def _passage_answer(connection: Connection, article: int, rows: list[Any], asked: Question) -> Answer:
    a = t.articles.c
    about = connection.execute(select(a.article, a.title_en, a.title_fa).where(a.id == article)).one()
    snippets = []
    for row in rows:
        start, stop = matched(row.text, asked.keys(), asked.prefixes)
        snippets.append(snippet(row.text, start, stop, language=row.language, offset=row.start, page=row.page))
    return Answer(rows[0].kind, about.article, about.title_en, about.title_fa, snippets=tuple(snippets))


def _found(
    connection: Connection, statement: Select[Any], searched: Any, asked: Question, markers: list[str]
) -> Select[Any]:
    """``statement`` restricted to rows of ``searched`` whose folded words match."""
    if connection.dialect.name == "sqlite":
        index = table(f"{searched.name}_fts", column("rowid"))
        match = literal_column(index.name).op("MATCH")(asked.fts5(*markers))
        return statement.join(index, index.c.rowid == searched.c.id).where(match)
    words = cast(asked.tsquery(*markers), TSQUERY)
    return statement.where(literal_column(f"{searched.name}.search").op("@@")(words))


# ── dates by period ────────────────────────────────────────────────────────────────────────────────────────────


def _dates(connection: Connection, asked: str, language: str | None, limit: int) -> Iterator[Answer]:
    d, a = t.dates.c, t.articles.c
    within, order = _within(asked)
    rows = connection.execute(
        select(t.dates, a.article, a.title_en, a.title_fa)
        .join(t.articles, a.id == d.article_id)
        .where(within)
        .order_by(order, d.id)
        .limit(limit)
    ).all()
    for row in rows:
        value = row.edtf or row.gregorian
        calendar = row.calendar if row.calendar != "gregorian" else None
        snippets = tuple(_first_mentions(connection, t.mentions.c.date_id == row.id, language))
        yield Answer(
            "DATE", row.article, row.title_en, row.title_fa, value, row.native, row.fact, row.type, calendar,
            row.mentions_en, row.mentions_fa, snippets=snippets,
        )  # fmt: skip


def _within(asked: str) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Dates inside the period asked for, and what they are ordered by: the column whose index finds them.

    A year before 1500 is one of the Jalali or Hijri calendar.
    """
    d = t.dates.c
    text = fold_digits(asked).strip().replace(" ", "")
    match = _PERIOD.fullmatch(text)
    if match is not None and int(match[1]) < 1500:
        native = "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])
        # What goes on with "-" or "/" (a month, an interval) sorts before "0".
        return (d.native >= native) & (d.native < f"{native}0"), d.native
    if match is not None:
        text = "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])
    begins, ends = bounds(text) if _FORMAL.fullmatch(text) else (None, None)
    if begins is None or ends is None:
        raise CatalogueError(
            f"{asked[:60]!r} is no date; write 2015, 2015-03, 1394, 1394-07 or 1979/1988", code="E-CATALOGUE-QUERY"
        )
    return (d.begins >= begins) & (d.begins <= ends) & (d.ends <= ends), d.begins
