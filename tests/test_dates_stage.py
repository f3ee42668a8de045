"""The stage: roles, grouping, ids, markup, page breaks; and its score on the gold of the reference article."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.article import Article, Markup, SourceFile
from pipeline.extract.dates import DatesSettings, DatesStage
from pipeline.record import Block, Citation, Date
from pipeline.text.offsets import Span

SHARED = Path(__file__).parents[2] / "shared"


def article(*blocks: tuple[str, str, str], **layers: Any) -> Article:
    """An article whose blocks are given as (kind, language, text)."""
    text, made = "", []
    for kind, language, words in blocks:
        made.append(Block(kind=kind, language=language, span=Span(len(text), len(text) + len(words))))  # type: ignore[arg-type]
        text += words + "\n\n"
    return Article(id="test", file=SourceFile("test.md", b""), text=text, blocks=made, **layers)


def dates(of: Article, **settings: bool) -> list[Date]:
    return DatesStage(DatesSettings(**settings))(of)["dates"]  # type: ignore[no-any-return]


def surfaces(found: list[Date]) -> list[str | None]:
    return [mention.surface for date in found for _, mention in date.mentions.all()]


def test_a_year_inside_a_citation_is_a_citation_and_apart_from_the_same_year_in_the_text() -> None:
    body = article(("paragraph", "en", "It ended in 2014 (Karimi, 2014b: 1990)."))
    body.citations = [Citation(id="c1", span=Span(17, 38), group=1)]
    found = dates(body)
    assert [(date.id, date.role, surfaces([date])) for date in found] == [
        ("date/2014", "text", ["2014"]),
        ("date/2014-citation", "citation", ["2014"]),
    ]
    assert [date.role for date in dates(body, keep_citations=False)] == ["text"]


@pytest.mark.parametrize(
    "words", ["(Received 4 May 2016, accepted 9 July 2016)", "Received: May 4, 2016; Accepted: July 9, 2016"]
)
def test_dates_of_the_manuscript_are_metadata(words: str) -> None:
    assert [date.role for date in dates(article(("paragraph", "en", words)))] == ["metadata", "metadata"]


def test_a_thing_published_or_accepted_in_a_year_is_no_metadata() -> None:
    body = article(
        ("paragraph", "en", "The report published in March 2013 was accepted in 2014."), ("table", "fa", "پذیرش\n۱۳۹۵")
    )
    assert {date.role for date in dates(body)} == {"text"}


def test_persian_dates_of_the_manuscript_are_metadata() -> None:
    line = ("paragraph", "fa", "تاریخ دریافت: ۱۳۹۵/۰۲/۱۵ تاریخ پذیرش: ۱۳۹۵/۰۴/۱۹")
    assert [(date.role, date.value.edtf) for date in dates(article(line))] == [
        ("metadata", "2016-05-04"),
        ("metadata", "2016-07-09"),
    ]


def test_equal_values_of_both_languages_are_one_date() -> None:
    both = article(("paragraph", "en", "Growth after 2013."), ("paragraph", "fa", "رشد بعد از سال ۲۰۱۳ بود."))
    (date,) = dates(both)
    assert date.id == "date/2013/.."
    assert [m.surface for m in date.mentions.en] == ["after 2013"]
    assert [m.surface for m in date.mentions.fa] == ["بعد از سال ۲۰۱۳"]
    assert date.value.gregorian == "2013"


def test_a_modifier_makes_another_date_with_its_own_id() -> None:
    found = dates(article(("paragraph", "en", "In the 1990s, that is in the early 1990s.")))
    assert [(date.id, date.value.edtf) for date in found] == [("date/199X", "199X"), ("date/199X-early", "199X")]


def test_reference_entries_and_code_are_not_read() -> None:
    quiet = article(
        ("reference", "en", "Karimi, A. (2014). On Wells."), ("code", "en", "x = 2014"), ("furniture", "en", "2014")
    )
    assert dates(quiet) == []


def test_a_note_number_does_not_run_into_a_year() -> None:
    text = "The wells dried in 1998<sup>5</sup> for good."
    tags = [Span(match.start(), match.end()) for match in re.finditer(r"</?sup>", text)]
    marked = article(("paragraph", "en", text), markup=[Markup("tag", span) for span in tags])
    assert surfaces(dates(marked)) == ["1998"]
    whole = [Markup("note_marker", Span(tags[0].start, tags[1].end))]
    fresh = article(("paragraph", "en", text), markup=whole)
    assert surfaces(dates(fresh)) == ["1998"]


def test_a_page_break_inside_a_date_does_not_hide_it() -> None:
    (date,) = dates(article(("paragraph", "en", "It was signed on 14\n\nJuly 2015 at noon.")))
    assert date.value.edtf == "2015-07-14"
    assert date.mentions.en[0].surface == "14\n\nJuly 2015"


def test_a_date_goes_on_in_the_block_that_continues_it() -> None:
    text = "It was signed in July\n\n2015 at noon."
    cut = text.index("2015")
    blocks = [
        Block(kind="paragraph", language="en", span=Span(0, cut - 2)),
        Block(kind="paragraph", language="en", span=Span(cut, len(text)), continues=True),
    ]
    (date,) = dates(Article(id="t", file=SourceFile("t.md", b""), text=text, blocks=blocks))
    assert date.value.edtf == "2015-07"


def test_relative_expressions_can_be_left_out() -> None:
    body = article(("paragraph", "en", "In recent years, since 2001, a ten-year plan ran."))
    assert surfaces(dates(body)) == ["recent years", "since 2001", "ten-year"]
    assert surfaces(dates(body, relative=False)) == ["since 2001"]


def test_a_resolution_introduced_anywhere_is_no_year_elsewhere() -> None:
    body = article(
        ("paragraph", "en", "The sanctions (1929) hurt."), ("paragraph", "en", "UNSCR 1929 was passed in 2010.")
    )
    assert surfaces(dates(body)) == ["2010"]


def test_surfaces_agree_with_the_text_and_ids_are_unique() -> None:
    body = article(
        ("paragraph", "en", "In **2015**, on 3 May 2015, 1980-1988, the 1980s (2015)."),
        ("paragraph", "fa", "در سال ۱۳۹۴ و دهه ۶۰ و ۱۳۹۴/۰۲/۱۳ و ۲۰۱۵ م."),
        markup=[Markup("emphasis", Span(3, 5)), Markup("emphasis", Span(9, 11))],
    )
    found = dates(body)
    assert len({date.id for date in found}) == len(found)
    for date in found:
        for _, mention in date.mentions.all():
            assert mention.surface == body.text[slice(*mention.span)]


def reference_article() -> tuple[Article, dict[str, Any]]:
    (path,) = (SHARED / "corpus").glob("rezaei*.md")
    text = path.read_bytes().decode("utf-8")
    gold = yaml.safe_load((SHARED / "gold" / "rezaei-2015" / "dates.yaml").read_text("utf-8"))
    notes, references = text.index("## Note"), text.index("## References")
    persian = min(e["start"] for e in gold["persian_expressions"]) - 700
    parts = [(0, notes, "en", "paragraph"), (notes, references, "en", "note"), (persian, len(text), "fa", "paragraph")]
    blocks = [
        Block(kind=kind, language=language, span=Span(start + m.start(), start + m.end()))  # type: ignore[arg-type]
        for start, end, language, kind in parts
        for m in re.finditer(r"(?:[^\n]|\n(?!\n))+", text[start:end])
    ]
    markup = [Markup("tag", Span(*m.span())) for m in re.finditer(r"</?\w+>", text)]
    return Article(id="gold", file=SourceFile(path.name, b""), text=text, blocks=blocks, markup=markup), gold


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_the_reference_article_keeps_its_score() -> None:
    of, gold = reference_article()
    core = [e for e in [*gold["expressions"], *gold["persian_expressions"]] if e["core"]]
    last = max(e["end"] for e in gold["expressions"]) + 1
    first_persian = min(e["start"] for e in gold["persian_expressions"]) - 700
    found = {
        mention.span: date
        for date in dates(of, relative=False)
        for _, mention in date.mentions.all()
        if mention.span.start < last or mention.span.start >= first_persian
    }
    hits = right = 0
    for e in core:
        spans = [Span(e["start"], e["end"])]
        if isinstance(e.get("inner"), dict):
            spans.append(Span(e["inner"]["start"], e["inner"]["end"]))
        date = next((found[span] for span in spans if span in found), None)
        if date is not None:
            hits += 1
            value = re.sub(r"^\.\.(?!/)", "../", re.sub(r"(?<!/)\.\.$", "/..", e["value"]))
            right += (date.value.edtf, date.type) == (value, e["type"])
    precision, recall = hits / len(found), hits / len(core)
    assert 2 * precision * recall / (precision + recall) >= 0.97
    assert right / hits >= 0.97
