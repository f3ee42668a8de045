"""Searching the catalogue: what is found, in which order, and that both databases answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogue_records import article, library, system, thing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from pipeline.catalogue.answers import Answer, matched, snippet
from pipeline.catalogue.asking import question
from pipeline.catalogue.engine import located, reading
from pipeline.catalogue.feeding import feed
from pipeline.catalogue.folding import compact, folded, words
from pipeline.catalogue.search import search
from pipeline.catalogue.statements import read_only, stats
from pipeline.errors import CatalogueError


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    url = located("sqlite", tmp_path_factory.mktemp("catalogue"))
    feed(library(), url)
    with reading(url) as connection:
        yield connection


@pytest.fixture(scope="module")
def postgresql(postgres: str) -> Iterator[Connection]:
    feed(library(), postgres)
    with reading(located(postgres, Path())) as connection:
        yield connection


def articles(answers: list[Answer]) -> list[str]:
    return [answer.article for answer in answers]


# ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("می شود", "می‌شود"), ("می شود", "میشود"), ("نمي‌شود", "نمی شود"), ("كتاب", "کتاب"), ("ي", "ی"),
        ("كتابها", "کتاب‌های"), ("دانشگاه ها", "دانشگاه"), ("دههٔ", "دهه‌ی"), ("عَلَم", "علم"), ("۱۳۹۴", "1394"),
        ("١٣٩٤", "1394"), ("۱٬۲۰۰", "1,200"), ("C-802", "c802"), ("C-802s", "C–802"), ("missiles", "Missile"),
        ("countries", "COUNTRY"), ("Iran's", "Iran"), ("café", "cafe"), ("ﻛﺘﺎب", "کتاب"), ("شده اند", "شده‌اند"),
        ("بزرگ‌تر", "بزرگتر"), ("\u200fایران\u200e", "ایران"), ("مؤسسه", "موسسه"), ("خلیج‌فارس", "خلیج فارس"), ("هم‌چنین", "همچنین"), ("نمی‌توانند", "نمي توانند"), ("دانش‌آموزان", "دانش آموزان"),
        ("رفته‌ایم", "رفته ایم"), ("ساختمان‌هایشان", "ساختمان"), ("آسیا", "اسیا"),
    ],
)  # fmt: skip
def test_two_writings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("تنها", "تن"), ("کتاب", "کتب"), ("C-802", "C-801"), ("US", "we"), ("انتها", "انت")]
)
def test_two_words_keep_their_keys_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_keys_hold_letters_and_digits_only_and_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert folded(text).split() == [word.key for word in found]
    for word in found:
        assert word.key.isalnum()
        assert 0 <= word.start < word.end <= len(text)
    assert compact(text) == "" or compact(text).isalnum()


def test_a_match_is_the_shortest_stretch_with_all_words() -> None:
    text = "The range is short. Long range missiles exist."
    assert text[slice(*matched(text, {"range", "missil"}))] == "range missiles"
    found = snippet(text, 25, 39, language="en", offset=100)
    assert (found.before, found.match, found.after) == ("The range is short. Long ", "range missiles", " exist.")
    assert (found.start, found.stop) == (125, 139)


# ── the twelve queries ─────────────────────────────────────────────────────────────────────────────────────────

TWELVE: list[tuple[str, dict[str, Any], list[str]]] = [
    ("C-802", {"kind": "system"}, ["missiles", "navies", "quotes"]),
    ("سی ۸۰۲", {}, ["missiles", "navies", "quotes"]),
    ("Mina Karimi", {"kind": "person"}, ["missiles"]),
    ("کریمی", {"kind": "person"}, ["poets", "missiles"]),
    ("Iran", {"kind": "place"}, ["missiles", "navies"]),
    ("می شود", {"field": "text"}, ["missiles", "navies"]),
    ("نیروی دریایی", {"field": "text"}, ["navies"]),
    ('"خلیج فارس"', {"field": "text"}, ["missiles", "treaties"]),
    ("missile range", {"field": "text"}, ["missiles"]),
    ("1374", {"kind": "date"}, ["missiles"]),
    ("1995/1997", {"field": "date"}, ["missiles", "treaties", "missiles", "navies"]),
    ("treat*", {"field": "title", "language": "en"}, ["treaties"]),
]


@pytest.mark.parametrize(("asked", "how", "expected"), TWELVE)
def test_sqlite_answers(sqlite: Connection, asked: str, how: dict[str, Any], expected: list[str]) -> None:
    assert articles(search(sqlite, asked, **how)) == expected


@pytest.mark.parametrize(("asked", "how", "_"), TWELVE)
def test_postgresql_gives_the_same_answers(
    sqlite: Connection, postgresql: Connection, asked: str, how: dict[str, Any], _: list[str]
) -> None:
    assert search(postgresql, asked, **how) == search(sqlite, asked, **how) != []


def test_postgresql_counts_the_same(sqlite: Connection, postgresql: Connection) -> None:
    assert stats(postgresql) == stats(sqlite)


# ── what an answer says ────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_names_the_thing_in_both_languages_and_shows_the_words_around_it(sqlite: Connection) -> None:
    first = search(sqlite, "C-802", kind="system")[0]
    assert (first.name_en, first.name_fa, first.articles) == ("C-802", "سی-۸۰۲", 3)
    assert (first.detail_en, first.detail_fa) == ("anti-ship missile", "موشک ضدکشتی")
    assert (first.title_en, first.title_fa) == ("Missiles of the Gulf", "موشک‌های خلیج فارس")
    english, persian = first.snippets
    assert (english.before, english.match) == ("China sold the ", "C-802")
    assert (persian.before, persian.match) == ("چین موشک ", "سی-۸۰۲")
    text = library()[0].text
    assert text is not None
    assert text[english.start : english.stop] == "C-802"


def test_an_article_whose_thing_was_found_is_not_listed_again_for_its_words(sqlite: Connection) -> None:
    found = search(sqlite, "Persian Gulf")
    assert [(answer.kind, answer.article) for answer in found] == [("LOC", "treaties")]
    assert [(a.kind, a.article) for a in search(sqlite, "خلیج فارس")] == [("LOC", "treaties"), ("title", "missiles")]


def test_titles_come_before_running_text(sqlite: Connection) -> None:
    assert [(a.kind, a.article) for a in search(sqlite, "sea", field="text")] == [("title", "poets")]
    assert [a.kind for a in search(sqlite, "missiles", field="text")] == ["title", "paragraph"]


def test_a_stand_off_record_is_found_by_names_and_titles_and_holds_no_text(tmp_path: Path) -> None:
    from pipeline.emit.standoff import standoff

    feed([standoff(record) for record in library()], "sqlite", folder=tmp_path)
    with reading(located("sqlite", tmp_path)) as connection:
        first = search(connection, "C-802", kind="system")[0]
        assert first.article == "missiles"
        assert (first.snippets[0].before, first.snippets[0].match, first.snippets[0].start) == ("", "C-802", 15)
        assert articles(search(connection, "treaties", field="title")) == ["treaties"]
        assert search(connection, "islands") == []
        assert stats(connection)["standoff_articles"] == 6
    assert b"sold the" not in (tmp_path / "catalogue.sqlite").read_bytes()


# ── hostile words ──────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "'; DROP TABLE articles; --", '" OR 1=1 --', "O'Brien", "100%", "a_b", "%", "x' OR 'x'='x", "NEAR(a b)", "a AND",
    "folded:iran", "-iran", "^iran", "{iran}", "iran*\"", "'iran':*A", "!iran", "iran & !china", "(iran", "\\", "\\'",
    "\u202e\u200fایران\u202c", "ایران\0چین", "\ud800iran", "«ایران»", "*", "**", "iran**", "a" * 100_000, "iran " * 5000,
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_what_is_typed_is_words_and_nothing_else(sqlite: Connection, postgresql: Connection, asked: str) -> None:
    if not folded(asked):
        for connection in (sqlite, postgresql):
            with pytest.raises(CatalogueError, match="no word"):
                search(connection, asked)
        return
    assert search(postgresql, asked) == search(sqlite, asked)
    assert stats(sqlite)["rows"]["articles"] == 6


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_text_is_a_question_for_both_databases_or_has_no_word(
    sqlite: Connection, postgresql: Connection, text: str
) -> None:
    try:
        question(text)
    except CatalogueError:
        return
    assert search(postgresql, text) == search(sqlite, text)


def test_odd_names_and_huge_values_come_back_as_they_went_in(tmp_path: Path, postgres: str) -> None:
    names = [
        'O\'Brien "Bob"',
        "50% & 'x'; DROP TABLE names; --",
        "\u200fمینا\u200e \u202bکریمی\u202c",
        "نام\0تهی",
        "x" * 20_000,
    ]
    record = article(
        "odd", "A text.", title=("t" * 100_000, "'%_\\"),
        entities=[thing(f"work/{n}", "WORK", name, "نام", "A", identifiers={"x": name}) for n, name in enumerate(names)],
        systems=[system("system/big", "Big", None, "A", properties=[
            {"name": "range", "value": 10**40, "evidence": [0, 1]}, {"name": "mass", "value": "9" * 5000, "evidence": [0, 1]}])],
    )  # fmt: skip
    for url in (located("sqlite", tmp_path), located(postgres, Path())):
        feed([record], url)
        with reading(url) as connection:
            for name in names:
                found = search(connection, name, kind="work")
                assert name.replace("\0", "\ufffd") in [answer.name_en for answer in found]
            columns, rows = read_only(connection, "SELECT number FROM properties WHERE number > 1e39")
            assert (columns, [tuple(row) for row in rows]) == (["number"], [(1e40,)])
    _remove(postgres, "odd")


def _remove(url: str, name: str) -> None:
    from pipeline.catalogue.feeding import opened, remove, transaction

    with opened(located(url, Path())) as connection, transaction(connection):
        assert remove(connection, [name]) == 1


# ── a person's own SQL ─────────────────────────────────────────────────────────────────────────────────────────

REFUSED = [
    "DELETE FROM articles", "WITH x AS (SELECT 1) DELETE FROM articles", "SELECT 1; DELETE FROM articles",
    "COMMIT; DELETE FROM articles", "PRAGMA journal_mode=DELETE", "ATTACH '/tmp/x.db' AS x", "DROP TABLE articles",
    "SELECT load_extension('x')", "SELECT nothing FROM nowhere", "", "VACUUM INTO '/tmp/x.db'",
    "SET TRANSACTION READ WRITE; DELETE FROM articles", "COPY articles TO PROGRAM 'cat'", "SELECT 1; SELECT 2",
    "WITH gone AS (DELETE FROM articles RETURNING id) SELECT * FROM gone", "SELECT 1 INTO newtable",
    "EXPLAIN ANALYZE DELETE FROM decisions",
]  # fmt: skip


@pytest.mark.parametrize("statement", REFUSED)
def test_sql_that_could_change_something_is_refused(tmp_path: Path, postgres: str, statement: str) -> None:
    feed(library()[:1], "sqlite", folder=tmp_path)
    for url in (located("sqlite", tmp_path), located(postgres, Path())):
        with pytest.raises(CatalogueError, match="E-CATALOGUE-SQL"), reading(url) as connection:
            list(read_only(connection, statement)[1])
        with reading(url) as connection:
            assert stats(connection)["rows"]["articles"] >= 1


def test_sql_reads_tables_views_and_full_text(sqlite: Connection, postgresql: Connection) -> None:
    asked = "SELECT entity, articles FROM entity_overview WHERE articles > 1 ORDER BY id"
    for connection in (sqlite, postgresql):
        columns, rows = read_only(connection, asked)
        assert columns == ["entity", "articles"]
        assert [tuple(row) for row in rows] == [("gpe/iran", 2), ("system/c-802", 3)]
