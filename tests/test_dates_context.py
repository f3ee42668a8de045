"""What the rest of an article decides: calendars without a mark, numbers of three figures, roles by surroundings."""

from __future__ import annotations

import pytest
from test_dates_stage import article, dates, surfaces

from pipeline.article import Article
from pipeline.record import Citation, Date, Reference
from pipeline.text.offsets import Span

HERAT = "بایقرا در سال ۸۷۳ ق. بر تخت نشست و تا ذی‌حجهٔ ۹۱۱ پادشاهی کرد. نوایی در ۹۰۶ درگذشت و نسخه، مورخ ۹۹۱، از اوست."


def by_surface(found: list[Date]) -> dict[str, Date]:
    return {mention.surface or "": date for date in found for _, mention in date.mentions.all()}


def test_numbers_of_three_figures_are_hijri_years_where_the_article_marks_such_years() -> None:
    found = by_surface(dates(article(("paragraph", "fa", HERAT))))
    assert (found["۹۰۶"].value.native, found["۹۰۶"].value.calendar) == ("0906", "hijri")
    assert found["۹۹۱"].value.native == "0991"


def test_the_same_numbers_are_no_years_in_an_article_that_marks_none() -> None:
    text = "نمونه در ۹۰۶ درگذشت و نسخه، مورخ ۹۹۱، از اوست."
    assert dates(article(("paragraph", "fa", text))) == []


def test_a_year_that_could_be_jalali_follows_the_marks_of_its_article() -> None:
    unmarked = ("paragraph", "fa", "او در سال ۱۲۸۵ به تهران آمد.")
    marked = ("paragraph", "fa", "در ۱۲۸۷ ق. و ۱۲۹۰ هجری قمری دو نامه نوشت.")
    assert by_surface(dates(article(unmarked)))["سال ۱۲۸۵"].value.calendar == "jalali"
    found = by_surface(dates(article(unmarked, marked)))["سال ۱۲۸۵"]
    assert found.value.calendar == "hijri"
    assert (found.value.calendar_confidence or 1) < 1


def test_a_modern_year_stays_jalali_beside_hijri_ones() -> None:
    text = "در ۱۲۸۷ ق. و ۱۲۹۰ ق. نوشت؛ پژوهشی در سال ۱۳۹۰ آن را یافت."
    assert by_surface(dates(article(("paragraph", "fa", text))))["سال ۱۳۹۰"].value.calendar == "jalali"


@pytest.mark.parametrize(
    ("text", "calendar"), [("as the Commerce Law of 1382 and the rest require", "jalali"), ("in 1382, again", "jalali")]
)
def test_an_english_year_is_jalali_in_an_article_that_reckons_so(text: str, calendar: str) -> None:
    persian = ("paragraph", "fa", "این کار در خرداد ۱۴۰۰ انجام شد.")
    assert by_surface(dates(article(("paragraph", "en", text), persian)))["1382"].value.calendar == calendar


@pytest.mark.parametrize(
    "text",
    [
        "The town fell in 1258, rose in 1382, and fell again in 1502.",
        "In the fourteenth century, in 1382, the town rose.",
        "The town rose in 1382, and its wall dates to 809 AH.",
    ],
)
def test_an_english_year_of_the_middle_ages_is_gregorian_in_an_article_about_them(text: str) -> None:
    body = article(
        ("paragraph", "en", text),
        ("paragraph", "fa", "این کار در خرداد ۱۴۰۰ انجام شد."),
    )
    assert by_surface(dates(body))["1382"].value.edtf == "1382"


def test_an_english_thirteen_hundred_that_counts_is_no_year_without_jalali_dates() -> None:
    assert dates(article(("paragraph", "en", "A flock of 1382 and more was seen."))) == []


def cited(text: str, *citations: str, references: list[Reference] | None = None, language: str = "en") -> Article:
    body = article(("paragraph", language, text))
    for number, words in enumerate(citations):
        start = text.index(words)
        body.citations.append(Citation(id=f"c{number}", span=Span(start, start + len(words)), group=number))
    body.references = references or []
    return body


def reference(author: str, year: str) -> Reference:
    return Reference(id="r", span=Span(0, 0), authors=[author], year=year)


def test_a_cited_year_after_the_present_is_an_imprint_of_the_hijri_calendar() -> None:
    body = cited("چنین گفته‌اند (ابن منظور، ۱۴۱۴: ۲۵).", "ابن منظور، ۱۴۱۴: ۲۵", language="fa")
    (date,) = dates(body)
    assert (date.value.native, date.value.calendar, date.role) == ("1414", "hijri", "citation")


def test_a_cited_english_year_of_the_fourteenth_century_is_jalali() -> None:
    (date,) = dates(cited("It has been shown (Rezaei, 1388: 12).", "Rezaei, 1388: 12"))
    assert (date.value.native, date.value.calendar) == ("1388", "jalali")


def test_a_further_work_in_a_parenthesis_of_citations_is_a_citation() -> None:
    body = cited("آمار همین است (سهرابی، ۱۳۹۷: ۱۲؛ BP, 2020) و بس.", "سهرابی، ۱۳۹۷: ۱۲", language="fa")
    assert {date.role for date in dates(body)} == {"citation"}


def test_an_author_named_before_the_year_makes_a_citation_and_another_word_does_not() -> None:
    body = cited(
        "As Hayes (2006) says, the war (2006) was short.", references=[reference("Hayes", "2006")], language="en"
    )
    assert [(date.role, surfaces([date])) for date in dates(body)] == [("citation", ["2006"]), ("text", ["2006"])]


def test_a_year_in_european_figures_after_a_persian_name_is_a_citation_if_the_list_has_it() -> None:
    text = "سوبتلنی (2007) آن را در تبریز (2007) خواند."
    known = cited(text, references=[reference("Subtelny", "2007")], language="fa")
    unknown = cited(text, references=[reference("Subtelny", "2008")], language="fa")
    assert {date.role for date in dates(known)} == {"citation"}
    assert {date.role for date in dates(unknown)} == {"text"}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Spring 2024, Vol. 6, No. 1 (Serial 11)"),
        ("en", "Asian Review Quarterly, Volume 11, Issue 3, Spring 2022, pp. 55-78"),
        ("en", "Letters of Computing 14 (2022) 201–219"),
        ("fa", "سال ششم، شمارهٔ ۲۳، پاییز ۱۳۹۹، صص ۴۵-۷۰"),
        ("fa", "دوره هفتم شماره ۲ (پیاپی ۲۶) تابستان ۱۳۹۶"),
    ],
)
def test_the_line_of_a_journals_issue_is_metadata(language: str, line: str) -> None:
    assert {date.role for date in dates(article(("paragraph", language, line)))} == {"metadata"}


def test_a_sentence_that_mentions_an_issue_of_a_journal_is_text() -> None:
    text = (
        "The editors of the weekly, whose issue 12 had been seized in March 1925 by order of the governor, protested "
        "in a long letter to the assembly and to the court, in which they recalled the promises of the constitution."
    )
    assert {date.role for date in dates(article(("paragraph", "en", text)))} == {"text"}


def test_a_resolution_in_a_short_paragraph_and_a_cited_volume_in_a_note_are_no_metadata() -> None:
    short = article(("paragraph", "en", "Resolution No. 1929 was adopted on 9 June 2010."))
    note = article(("note", "en", "A. Karimi, Wells, Vol. 5, No. 2, 2010, pp. 3-9."))
    assert {date.role for date in [*dates(short), *dates(note)]} == {"text"}


def test_vowel_signs_do_not_hide_a_month() -> None:
    (date,) = dates(article(("paragraph", "fa", "در دهم محرَّم ۱۲۸۵ ق. نوشت.")))
    assert (date.value.native, surfaces([date])) == ("1285-01-10", ["دهم محرَّم ۱۲۸۵ ق."])


def test_the_source_of_a_table_and_an_interview_are_citations() -> None:
    source = article(("paragraph", "fa", "مأخذ: شرکت ملی گاز ایران، ۱۴۰۰"))
    interview = article(("paragraph", "en", 'It had "lost its appeal" (Interview 4, Baku, November 2023).'))
    assert [date.role for date in [*dates(source), *dates(interview)]] == ["citation", "citation"]
