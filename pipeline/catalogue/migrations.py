"""The catalogue's schema in the database: making it, and bringing an older one up to date, step by step.

Steps are numbered and never change once released; a new catalogue is made from :mod:`pipeline.catalogue.tables` at once
and marked with all of them. They are written here and not with Alembic, because there is one line of history, no
autogeneration to want, and two dialects whose full-text search has to be written by hand in any case; a step is a
list of statements either way.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, select

from pipeline.catalogue.tables import metadata, versions
from pipeline.errors import CatalogueError


def migrate(connection: Connection) -> None:
    """Bring the schema up to date within the connection's transaction.

    Raises CatalogueError (``E-CATALOGUE-NEWER``) when a newer Dozaban made it, since this one would damage it.
    """
    if not inspect(connection).has_table(versions.name):
        metadata.create_all(connection)
        for statement in (*_full_text(connection), *_VIEWS):
            connection.exec_driver_sql(statement)
        connection.execute(versions.insert(), [{"number": number, "name": name} for number, name, _ in STEPS])
        return
    done = version(connection)
    for number, name, step in STEPS:
        if number > done:
            step(connection)
            connection.execute(versions.insert(), {"number": number, "name": name})


def version(connection: Connection) -> int:
    """The number of the last step that the catalogue has. Raises CatalogueError when this Dozaban doesn't know it."""
    numbers = [int(number) for number in connection.scalars(select(versions.c.number))]
    newest = max(numbers, default=0)
    if newest > STEPS[-1][0]:
        raise CatalogueError(
            f"the catalogue has schema {newest}, this Dozaban knows {STEPS[-1][0]}; use the newer Dozaban, or build "
            "another catalogue from the records",
            code="E-CATALOGUE-NEWER",
        )
    return newest


def _first(connection: Connection) -> None:
    metadata.create_all(connection)
    for statement in _full_text(connection):
        connection.exec_driver_sql(statement)


def _second(connection: Connection) -> None:
    for statement in _VIEWS:
        connection.exec_driver_sql(statement)


Step = tuple[int, str, Callable[[Connection], None]]

STEPS: tuple[Step, ...] = (
    (1, "tables and full-text search", _first),
    (2, "views for people: entity_overview, system_overview, mention_overview", _second),
)


def _full_text(connection: Connection) -> list[str]:
    """Indexes over the folded words of names and passages.

    SQLite: FTS5 tables without content of their own, kept by triggers, which Datasette knows for search tables.
    PostgreSQL: a generated tsvector of the very same words, so that no text parser or locale has a say.
    """
    if connection.dialect.name == "sqlite":
        return [statement for table in ("names", "passages") for statement in _fts5(table)]
    words = """CREATE FUNCTION dozaban_words(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector
        FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS each(word, place) WHERE word <> '' $$"""
    statements = [words]
    for table in ("names", "passages"):
        column = "search tsvector GENERATED ALWAYS AS (dozaban_words(folded)) STORED"
        statements += [
            f"ALTER TABLE {table} ADD COLUMN {column}",
            f"CREATE INDEX ix_{table}_search ON {table} USING gin (search)",
        ]
    return statements


def _fts5(table: str) -> list[str]:
    gone = f"INSERT INTO {table}_fts({table}_fts, rowid, folded) VALUES ('delete', old.id, old.folded);"
    come = f"INSERT INTO {table}_fts(rowid, folded) VALUES (new.id, new.folded);"
    return [
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5(folded, content="{table}", content_rowid="id", '
        "tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER {table}_come AFTER INSERT ON {table} BEGIN {come} END",
        f"CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {table}_changed AFTER UPDATE OF id, folded ON {table} BEGIN {gone} {come} END",
    ]


_VIEWS = (
    """CREATE VIEW entity_overview AS
        SELECT entities.id, entities.entity, entities.type, entities.name_en, entities.name_fa,
               count(*) AS articles, sum(facts.mentions_en) AS mentions_en, sum(facts.mentions_fa) AS mentions_fa
        FROM entities JOIN facts ON facts.entity_id = entities.id
        GROUP BY entities.id, entities.entity, entities.type, entities.name_en, entities.name_fa""",
    """CREATE VIEW system_overview AS
        SELECT systems.id, articles.article, facts.fact, systems.name_en, systems.name_fa, systems.designation,
               systems.kind_en, systems.kind_fa, systems.origin, facts.mentions, facts.confidence
        FROM systems JOIN facts ON facts.id = systems.id JOIN articles ON articles.id = systems.article_id""",
    """CREATE VIEW mention_overview AS
        SELECT mentions.id, articles.article, facts.fact, facts.type, mentions.language, mentions.surface,
               mentions.start, mentions.stop
        FROM mentions JOIN facts ON facts.id = mentions.fact_id JOIN articles ON articles.id = mentions.article_id""",
)
