"""The tables of the catalogue, as SQLAlchemy Core sees them; ``docs/catalogue.md`` describes them for people.

Ids: an article has a small number that it keeps for as long as the catalogue lives; the rows that belong to it have
ids from ``id_range(number)``, counted in the order of the record, so that feeding the same record again gives the
same ids and an article's rows lie together. ``start`` and ``stop`` are offsets in code points of the article's text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

#: Rows of one table that one article may have: 2 to this power.
_BITS = 22

metadata = MetaData()


def id_range(article: int) -> tuple[int, int]:
    """The ids that rows of an article may have, as ``[first, beyond)``."""
    return (article << _BITS) + 1, (article + 1) << _BITS


def article_of(row_id: int) -> int:
    """The article that a row belongs to, by its id."""
    return row_id >> _BITS


def _id() -> Column[Any]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _key(name: str, target: str, *, optional: bool = False, index: bool = False) -> Column[Any]:
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column(name, kind, ForeignKey(f"{target}.id"), nullable=optional, index=index)


def _text(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


def _in_order() -> Any:
    """Text that compares by its code points, whatever the server's locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def _span() -> list[Column[Any]]:
    return [Column("start", Integer), Column("stop", Integer)]


versions = Table("schema_migrations", metadata, Column("number", Integer, primary_key=True), *_text("name"))

articles = Table(
    "articles",
    metadata,
    _id(),
    Column("article", Text, nullable=False, unique=True),
    *_text("title_en", "title_fa", "language", "journal_en", "journal_fa", "volume", "issue", "pages", "doi"),
    *_text("received", "revised", "accepted", "published", "file", "media_type", "sha256", "text_sha256"),
    *(Column(name, Integer) for name in ("characters", "words_en", "words_fa")),
    Column("standoff", Boolean, nullable=False),
    *_text("dozaban", "config_sha256", "folder", "fingerprint"),
)

entities = Table(
    "entities",
    metadata,
    _id(),
    Column("entity", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False, index=True),
    *_text("name_en", "name_fa"),
)

identifiers = Table(
    "identifiers",
    metadata,
    _id(),
    _key("entity_id", "entities", index=True),
    *(Column(name, Text, nullable=False) for name in ("scheme", "value")),
    Column("uses", Integer, nullable=False),
    UniqueConstraint("scheme", "value"),
)

names = Table(
    "names",
    metadata,
    _id(),
    _key("entity_id", "entities"),
    *(Column(name, Text, nullable=False) for name in ("language", "name", "folded")),
    Column("compact", Text, nullable=False, index=True),
    Column("uses", Integer, nullable=False),
    UniqueConstraint("entity_id", "language", "name"),
)

facts = Table(
    "facts",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    _key("entity_id", "entities"),
    *(Column(name, Text, nullable=False) for name in ("fact", "type")),
    *_text("name_en", "name_fa"),
    *(Column(name, Integer, nullable=False) for name in ("mentions_en", "mentions_fa", "mentions")),
    *_text("method", "alignment"),
    Column("alignment_confidence", Float),
    Column("confidence", Float),
    Column("low", Boolean, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("merge_keys", "all_names")),
    Index("ix_facts_entity", "entity_id", "mentions"),
)

systems = Table(
    "systems",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), ForeignKey("facts.id"), primary_key=True),
    _key("article_id", "articles", index=True),
    *_text("name_en", "name_fa"),
    Column("designation", Text, index=True),
    *_text("kind_en", "kind_fa", "kind_id", "pack", "origin"),
)

properties = Table(
    "properties",
    metadata,
    _id(),
    _key("system_id", "systems", index=True),
    Column("name", Text, nullable=False, index=True),
    *_text("value"),
    *(Column(name, Float) for name in ("number", "minimum", "maximum")),
    *_text("unit"),
    Column("si_number", Float),
    *_text("si_unit", "qualifier"),
    *_span(),
    Column("confidence", Float),
)

relations = Table(
    "relations",
    metadata,
    _id(),
    _key("system_id", "systems", index=True),
    Column("type", Text, nullable=False, index=True),
    Column("target", Text, nullable=False),
    _key("target_id", "facts", optional=True, index=True),
    *_text("qualifier"),
    *_span(),
    Column("confidence", Float),
)

dates = Table(
    "dates",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    *(Column(name, Text, nullable=False) for name in ("fact", "type")),
    *_text("edtf", "gregorian", "calendar", "modifier", "role"),
    *(Column(name, _in_order()) for name in ("native", "begins", "ends")),
    *(Column(name, Integer, nullable=False) for name in ("mentions_en", "mentions_fa")),
    *_text("method"),
    Column("confidence", Float),
    Index("ix_dates_native", "native", "id"),
    Index("ix_dates_begins", "begins", "id"),
)

mentions = Table(
    "mentions",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    _key("fact_id", "facts", optional=True, index=True),
    _key("date_id", "dates", optional=True, index=True),
    Column("language", Text, nullable=False),
    *_span(),
    *_text("surface", "normalized", "method"),
    Column("confidence", Float),
)

events = Table(
    "events",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    Column("fact", Text, nullable=False),
    Column("date", Text, nullable=False, index=True),
    _key("date_id", "dates", optional=True, index=True),
    *_text("type", "what"),
    _key("place_id", "facts", optional=True, index=True),
    *_span(),
    Column("confidence", Float),
)

participants = Table(
    "participants", metadata, _id(), _key("event_id", "events", index=True), _key("fact_id", "facts", index=True)
)

alignments = Table(
    "alignments",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    Column("kind", Text, nullable=False),
    *_text("en", "fa"),
    *(Column(name, Integer) for name in ("start_en", "stop_en", "start_fa", "stop_fa", "count")),
    Column("confidence", Float),
)

bibliography = Table(
    "bibliography",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    Column("fact", Text, nullable=False),
    *_text("language", "text", "authors", "year", "title"),
    Column("doi", Text, index=True),
    *_text("url"),
    *_span(),
)

citations = Table(
    "citations",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    _key("reference_id", "bibliography", optional=True, index=True),
    *_text("surface", "authors", "year", "locator"),
    *_span(),
    Column("confidence", Float),
)

authors = Table(
    "authors",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    _key("fact_id", "facts", optional=True, index=True),
    Column("position", Integer, nullable=False),
    *_text("name_en", "name_fa", "affiliation_en", "affiliation_fa", "email", "orcid"),
)

passages = Table(
    "passages",
    metadata,
    _id(),
    _key("article_id", "articles", index=True),
    Column("kind", Text, nullable=False),
    *_text("language"),
    *_span(),
    Column("page", Integer),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("article", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("reviewer", "decided_at", "action")),
    *_text("layer", "fact", "part", "language", "surface"),
    *_span(),
    *_text("old_value", "new_value", "note"),
    UniqueConstraint("article", "reviewer", "number"),
)

#: The tables whose rows belong to one article, in an order in which they can be emptied.
OF_ARTICLE = (
    passages, authors, citations, bibliography, alignments, participants, events, mentions, dates, relations,
    properties, systems, facts,
)  # fmt: skip
