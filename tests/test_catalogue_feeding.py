"""Feeding: what is one thing in several articles, and that the catalogue always is what its records say."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogue_records import IRAN, article, library, system, thing
from sqlalchemy import Connection, select, text
from sqlalchemy.engine import URL

from pipeline.catalogue import tables as t
from pipeline.catalogue.engine import located, reading, writing
from pipeline.catalogue.feeding import feed, opened, remove, transaction
from pipeline.catalogue.migrations import STEPS, migrate
from pipeline.catalogue.periods import bounds
from pipeline.errors import CatalogueError
from pipeline.record import Record


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty catalogue of either kind."""
    if request.param == "sqlite":
        yield located("sqlite", tmp_path)
        return
    server = located(request.getfixturevalue("postgres"), tmp_path)
    name = f"feeding{random.randrange(10**9)}"
    with writing(server) as engine, engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name)


def content(url: URL) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that depends on records alone: entities by their key, not by their number."""
    with reading(url) as connection:
        keys = dict(connection.execute(select(t.entities.c.id, t.entities.c.entity)).all())
        found: dict[str, list[tuple[Any, ...]]] = {}
        for table in t.metadata.sorted_tables:
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
            for row in rows:
                if "entity_id" in row:
                    row["entity_id"] = keys[row["entity_id"]]
                if table in (t.names, t.identifiers, t.entities):
                    del row["id"]
            found[table.name] = sorted((tuple(row.values()) for row in rows), key=repr)
        return found


def groups(url: URL) -> set[frozenset[tuple[str, str]]]:
    """Which facts of which articles are one entity."""
    with reading(url) as connection:
        rows = connection.execute(
            select(t.facts.c.entity_id, t.articles.c.article, t.facts.c.fact).join(t.articles)
        ).all()
    together: dict[int, set[tuple[str, str]]] = {}
    for entity, name, fact in rows:
        together.setdefault(entity, set()).add((name, fact))
    return {frozenset(each) for each in together.values()}


def one(*facts: tuple[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(facts)


# ── what is one thing ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_identifier_is_one_thing_whatever_it_is_called(url: URL) -> None:
    feed([
        article("a", "Iran.", entities=[thing("gpe/iran", "GPE", "Iran", None, **IRAN)]),
        article("b", "پارس", entities=[thing("loc/persia", "LOC", None, "پارس", **IRAN)]),
    ], url)  # fmt: skip
    assert groups(url) == {one(("a", "gpe/iran"), ("b", "loc/persia"))}


def test_the_same_name_pair_is_one_thing_when_the_types_can_be_one(url: URL) -> None:
    feed([
        article("a", "Tabas.", entities=[thing("gpe/tabas", "GPE", "Tabas", "طبس", "Tabas")]),
        article("b", "Tabas.", entities=[thing("fac/tabas", "FAC", "tabas", "طبس", "Tabas")]),
        article("c", "Tabas.", entities=[thing("org/tabas", "ORG", "Tabas", "طبس", "Tabas")]),
    ], url)  # fmt: skip
    assert groups(url) == {one(("a", "gpe/tabas"), ("b", "fac/tabas")), one(("c", "org/tabas"))}


def test_a_surname_alone_never_joins_people(url: URL) -> None:
    feed([
        article("a", "Karimi.", entities=[thing("person/karimi", "PERSON", "Karimi", "کریمی", "Karimi")]),
        article("b", "Karimi.", entities=[thing("person/karimi", "PERSON", "Karimi", "کریمی", "Karimi")]),
        article("c", "Ali Karimi.", entities=[thing("person/ali-karimi", "PERSON", "Ali Karimi", None)]),
        article("d", "Ali Karimi.", entities=[thing("person/ali-karimi", "PERSON", "Ali Karimi", None)]),
        article("e", "A.", entities=[thing("person/x", "PERSON", "Ali Karimi", "علی کریمی", "A")]),
        article("f", "A.", entities=[thing("person/y", "PERSON", "ALI KARIMI", "علي كريمي", "A")]),
    ], url)  # fmt: skip
    assert {frozenset(each) for each in groups(url) if len(each) > 1} == {one(("e", "person/x"), ("f", "person/y"))}


def test_a_name_in_one_language_joins_nothing(url: URL) -> None:
    ministry = {"kind": "ORG", "en": "Ministry of Defence"}
    feed([article(n, "M.", entities=[thing("org/m", ministry["kind"], ministry["en"], None, "M")]) for n in "ab"], url)
    assert len(groups(url)) == 2


def test_systems_of_one_designation_are_one_unless_they_are_of_another_kind(url: URL) -> None:
    feed([
        article("a", "C-802.", systems=[system("system/c-802", "C-802", None, designation="C802")]),
        article("b", "C802.", systems=[system("system/c802", "C802", None, designation="C802")]),
        article("c", "C-802.", systems=[system("system/c-802", "C-802", None, designation="C802", kind_id="radar")]),
        article("d", "M1.", systems=[system("system/m1", "M1", None, designation="M1")]),
        article("e", "M1.", systems=[system("system/m1", "M1", None, designation="M1")]),
    ], url)  # fmt: skip
    assert {each for each in groups(url) if len(each) > 1} == {one(("a", "system/c-802"), ("b", "system/c802"))}


def test_two_towns_of_one_name_stay_two(url: URL) -> None:
    feed([
        article(n, "T.", entities=[thing("gpe/t", "GPE", "Tripoli", "طرابلس", "T", identifiers={"geonames": number})])
        for n, number in (("a", "1"), ("b", "2"), ("c", "2"))
    ], url)  # fmt: skip
    assert groups(url) == {one(("a", "gpe/t")), one(("b", "gpe/t"), ("c", "gpe/t"))}


def bridge() -> list[Record]:
    return [
        article("a", "P.", entities=[thing("loc/p", "LOC", "Persia", None, "P", identifiers={"x": "1"})]),
        article("b", "P.", entities=[thing("loc/q", "LOC", "Parsa", "پارس", "P")]),
        article("c", "P.", entities=[thing("loc/p", "LOC", "Parsa", "پارس", "P", identifiers={"x": "1"})]),
    ]


def test_an_article_joins_what_was_two_things_and_its_removal_parts_them_again(url: URL) -> None:
    records = bridge()
    feed(records[:2], url)
    apart = groups(url)
    assert len(apart) == 2
    before = content(url)
    feed(records[2:], url)
    assert len(groups(url)) == 1
    with opened(url) as connection, transaction(connection):
        remove(connection, ["c"])
    assert groups(url) == apart
    assert {key: value for key, value in content(url).items() if key != "entities"}.keys() == before.keys() - {
        "entities"
    }
    assert content(url)["identifiers"][0][1:] == before["identifiers"][0][1:]


# ── the catalogue is what its records say ──────────────────────────────────────────────────────────────────────


def test_feeding_twice_changes_nothing_not_even_an_id(url: URL) -> None:
    feed(library(), url)
    with reading(url) as connection:
        ids = connection.execute(select(t.entities.c.id, t.entities.c.entity)).all()
    before = content(url)
    feed(library(), url)
    assert content(url) == before
    with reading(url) as connection:
        assert connection.execute(select(t.entities.c.id, t.entities.c.entity)).all() == ids


@pytest.mark.parametrize("seed", range(6))
def test_what_the_catalogue_holds_does_not_depend_on_how_it_came_about(url: URL, seed: int) -> None:
    chance = random.Random(seed)
    records = library() + bridge()
    for _ in range(20):
        chosen = chance.sample(records, 3)
        if chance.random() < 0.4:
            with opened(url) as connection, transaction(connection):
                remove(connection, [record.id for record in chosen])
        else:
            feed(chosen, url)
    feed(records, url)
    joined = {
        one(("a", "loc/p"), ("b", "loc/q"), ("c", "loc/p")),
        one(("missiles", "gpe/iran"), ("navies", "gpe/iran")),
    }
    assert joined < groups(url)
    with reading(url) as connection:
        assert _uncounted(connection) == []
    with opened(url) as connection, transaction(connection):
        assert remove(connection, [record.id for record in records]) == len(records)
    assert {name for name, rows in content(url).items() if rows} == {"schema_migrations"}


def _uncounted(connection: Connection) -> list[Any]:
    """Names whose count of uses is not the number of facts that have them."""
    wrong = """SELECT n.name, n.uses FROM names n WHERE n.uses <> (
        SELECT count(*) FROM facts f WHERE f.entity_id = n.entity_id AND f.all_names LIKE
        '%["' || n.language || '", "' || replace(replace(n.name, '\\', '\\\\'), '"', '\\"') || '"]%')"""
    return [row for row in connection.execute(text(wrong)).all() if not set(row[0]) & set("%_\\")]


def test_a_changed_record_replaces_all_of_its_rows(url: URL) -> None:
    feed([article("a", "Iran and China.", entities=[thing("gpe/iran", "GPE", "Iran", "ایران", "Iran"),
                                                     thing("gpe/china", "GPE", "China", "چین", "China")])], url)  # fmt: skip
    feed([article("a", "Oman.", entities=[thing("gpe/oman", "GPE", "Oman", "عمان", "Oman")])], url)
    rows = content(url)
    assert [row[0] for row in rows["entities"]] == ["gpe/oman"]
    assert [row[-1] for row in rows["passages"]] == ["oman kindparagraph langen tier3"]
    assert len(rows["mentions"]) == 1


def test_a_failure_in_the_midst_of_an_article_leaves_its_old_rows(url: URL) -> None:
    feed(library(), url)
    before = content(url)

    def failing() -> Iterator[Record]:
        yield article("missiles", "Nothing any more.")
        raise RuntimeError("the record could not be made")

    with pytest.raises(RuntimeError):
        feed(failing(), url)
    assert content(url) == before


def test_two_feeders_at_once_lose_nothing(url: URL) -> None:
    shelves = [[article(f"{side}{n}", "Iran.", entities=[thing("gpe/iran", "GPE", "Iran", "ایران", "Iran", **IRAN)])
                for n in range(12)] for side in "ab"]  # fmt: skip
    feed([], url)
    threads = [threading.Thread(target=lambda shelf=shelf: [feed([r], url) for r in shelf]) for shelf in shelves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(each) for each in groups(url)] == [24]


def test_decisions_outlive_the_article_they_are_about(url: URL) -> None:
    feed(library()[:1], url)
    decision = {"article": "missiles", "number": 1, "reviewer": "sara", "decided_at": "2026-01-01T00:00:00Z",
                "action": "retype", "layer": "entities", "fact": "gpe/iran", "start": 25, "stop": 29, "surface": "Iran",
                "old_value": '{"type": "GPE"}', "new_value": '{"type": "ORG"}'}  # fmt: skip
    with opened(url) as connection, transaction(connection):
        connection.execute(t.decisions.insert(), decision)
        remove(connection, ["missiles"])
    assert len(content(url)["decisions"]) == 1


# ── the schema ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_older_catalogue_is_brought_up_to_date_with_its_rows(url: URL) -> None:
    with writing(url) as engine, engine.begin() as connection:
        number, name, step = STEPS[0]
        step(connection)
        connection.execute(t.versions.insert(), {"number": number, "name": name})
        connection.execute(t.articles.insert(), {"id": 1, "article": "old", "standoff": False})
    feed(library()[:1], url)
    with reading(url) as connection:
        assert [row[0] for row in connection.execute(select(t.versions.c.number).order_by(t.versions.c.number))] == [
            number for number, _, _ in STEPS
        ]
        assert connection.execute(text("SELECT count(*) FROM entity_overview")).scalar() == 4
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar() == 2


def test_an_upgraded_catalogue_has_the_schema_of_a_new_one(tmp_path: Path) -> None:
    new, old = located("sqlite", tmp_path), located(str(tmp_path / "old.sqlite"), tmp_path)
    feed([], new)
    with writing(old) as engine, engine.begin() as connection:
        STEPS[0][2](connection)
        connection.execute(t.versions.insert(), {"number": 1, "name": STEPS[0][1]})
        migrate(connection)
    shapes = []
    for path in (new.database, old.database):
        with sqlite3.connect(str(path)) as connection:
            shapes.append(sorted(connection.execute("SELECT type, name, sql FROM sqlite_master"), key=repr))
    assert shapes[0] == shapes[1]


def test_a_catalogue_of_a_newer_dozaban_is_left_alone(url: URL) -> None:
    feed(library()[:1], url)
    with opened(url) as connection, transaction(connection):
        connection.execute(t.versions.insert(), {"number": 99, "name": "from the future"})
    with pytest.raises(CatalogueError, match="E-CATALOGUE-NEWER"):
        feed(library(), url)
    assert len(content(url)["articles"]) == 1


def test_the_file_is_one_file_that_a_medium_without_writing_can_hold(tmp_path: Path) -> None:
    feed(library(), "sqlite", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue.sqlite"]
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("names", "passages"):
            connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("bad", ["mysql://x/y", "http://example.org", "postgresql+nothing://x/y", "://"])
def test_a_url_of_no_known_database_is_refused_with_what_is_known(bad: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="postgresql\\+psycopg"):
        located(bad, tmp_path)


def test_a_password_never_reaches_a_message(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        feed([], "postgresql+psycopg://me:secret@localhost:1/none")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2015", ("2015-01-01", "2015-12-31")), ("2016-02", ("2016-02-01", "2016-02-29")),
        ("2015-03-01", ("2015-03-01", "2015-03-01")), ("198X", ("1980-01-01", "1989-12-31")),
        ("1979/1988", ("1979-01-01", "1988-12-31")), ("1979/..", ("1979-01-01", "9999-12-31")),
        ("../1979", ("-9999", "1979-12-31")), ("2020?", ("2020-01-01", "2020-12-31")), ("2001-21", ("2001-03-01", "2001-05-31")),
        ("2015-13", (None, None)), ("soon", (None, None)), (None, (None, None)), ("P2Y", (None, None)), ("19XX", ("1900-01-01", "1999-12-31")),
    ],
)  # fmt: skip
def test_a_date_has_a_first_and_a_last_day(edtf: str | None, expected: tuple[str | None, str | None]) -> None:
    assert bounds(edtf) == expected
