"""Titles, authors, abstracts, keywords and dates, in the layouts journals use."""

from __future__ import annotations

import pytest

from pipeline.article import Article, SourceFile
from pipeline.read import ReadStage
from pipeline.segment import SegmentStage


def segment(text: str, name: str = "article.md") -> Article:
    """An article read and segmented by the real stages."""
    article = Article(id="article", file=SourceFile(name, text.encode()))
    article.attach(ReadStage(ReadStage.Settings())(article))
    article.attach(SegmentStage(SegmentStage.Settings())(article))
    return article


EN = "Salt water is plentiful along the coast. Fresh water is not, and villages of the U.S. type of plant pay for it."
FA = "آب شیرین در ساحل کمیاب است. این مقاله چهل و دو کارخانهٔ آب‌شیرین‌کن را در روستاهای ساحلی با یکدیگر مقایسه می‌کند."


def sentences(article: Article, side: str) -> list[str]:
    abstract = getattr(article.abstract, side)
    return [sentence.text for sentence in abstract.sentences] if abstract else []


def words(article: Article, side: str) -> list[str]:
    return [value for keyword in article.keywords if (value := getattr(keyword, side))]


@pytest.mark.parametrize("label", ["## Abstract\n\n", "**Abstract:** ", "**Abstract**— ", "ABSTRACT\n\n", "Summary: "])
def test_an_english_abstract_is_found_under_any_label(label: str) -> None:
    article = segment(
        f"# Salt and Water\n\n{label}{EN}\n\n**Keywords:** salt, water\n\n## Introduction\n\nBody text.\n"
    )
    assert sentences(article, "en") == [EN[:40], EN[41:]]


@pytest.mark.parametrize(
    "label", ["## چکیده\n\n", "**چكيده:** ", "چکیــده\n\n", "**چکیدهٔ فارسی**: ", "خلاصه: ", "چکيده\n\n", "چکیده: "]
)
def test_a_persian_abstract_is_found_under_any_label_and_spelling(label: str) -> None:
    article = segment(f"# نمک و آب\n\n{label}{FA}\n\nکلیدواژه‌ها: نمک، آب\n\n## مقدمه\n\nمتن مقاله.\n")
    assert len(sentences(article, "fa")) == 2
    assert article.metadata.title.fa == "نمک و آب"


@pytest.mark.parametrize(
    "label",
    [
        "Keywords:", "**Keywords:**", "KEYWORDS:", "*Key words:*", "**Key-words** -", "Index Terms—", "## Keywords\n\n",
    ],
)  # fmt: skip
def test_english_keywords_are_found_under_any_label(label: str) -> None:
    article = segment(
        f"# Salt\n\n## Abstract\n\n{EN}\n\n{label} sea salt, U.S., GNU/Linux (a, b), water.\n\n## I. Body\n"
    )
    assert words(article, "en") == ["sea salt", "U.S.", "GNU/Linux (a, b)", "water"]


@pytest.mark.parametrize(
    "label",
    [
        "**واژه‌های کلیدی:**", "واژههای کلیدی:", "کلیدواژه‌ها:", "كليدواژه:", "کلید واژه ها:", "**واژگان کلیدی**:",
        "کلمات کلیدی:", "کلیدواژگان:", "## کلیدواژه‌ها\n\n",
    ],
)  # fmt: skip
def test_persian_keywords_are_found_under_any_label(label: str) -> None:
    article = segment(f"# نمک\n\n## چکیده\n\n{FA}\n\n{label} نمک دریا، آب شیرین، ساحل.\n\n## مقدمه\n\nمتن.\n")
    assert words(article, "fa") == ["نمک دریا", "آب شیرین", "ساحل"]


@pytest.mark.parametrize("separator", ["؛ ", "، ", " – ", " - ", " • ", "; "])
def test_keywords_are_divided_by_whatever_divides_the_list(separator: str) -> None:
    article = segment(f"# نمک\n\nچکیده: {FA}\n\nکلمات کلیدی: {separator.join(['نمک', 'آب شیرین', 'ساحل'])}\n")
    assert words(article, "fa") == ["نمک", "آب شیرین", "ساحل"]


def test_a_bulleted_keyword_list_gives_one_keyword_an_item() -> None:
    article = segment(
        f"# Salt\n\n## Abstract\n\n{EN}\n\n## Keywords\n\n- sea salt\n- water\n\n## Introduction\n\nBody.\n"
    )
    assert words(article, "en") == ["sea salt", "water"]


def test_every_keyword_span_holds_the_keyword() -> None:
    article = segment(f"# Salt\n\nAbstract: {EN}\n\n**Keywords:** sea *salt*, water\n")
    for keyword in article.keywords:
        span = keyword.spans.en
        assert span is not None
        assert article.view(span).text == keyword.en


def test_a_page_without_labels_is_read_by_position_and_length() -> None:
    prose = " ".join([FA] * 2)
    article = segment(
        f"# Salt and Water\n\nJane Doe\n\n## Abstract\n\n{EN}\n\n**Keywords:** salt\n\n## Introduction\n\n{EN * 6}\n\n"
        "## References\n\n- Roe, Richard. 2010. *Salt*. Basin Press.\n\n## نمک و آب\n\nجین دو\n\n"
        f"استادیار گروه آب، دانشگاه ساحل\n\n{prose}\n\n**واژههای کلیدی:** نمک، آب.\n"
    )
    assert len(sentences(article, "fa")) == 4
    assert article.metadata.title.fa == "نمک و آب"
    (author,) = article.metadata.authors
    assert (author.name.en, author.name.fa) == ("Jane Doe", "جین دو")
    assert author.affiliation.fa == "استادیار گروه آب، دانشگاه ساحل"
    assert len(article.references) == 1


def test_a_minor_passage_without_any_label_still_has_its_abstract() -> None:
    article = segment(
        f"# Salt and Water\n\n## Introduction\n\n{EN * 9}\n\n## نمک و آب\n\nجین دو\n\n{' '.join([FA] * 4)}\n"
    )
    assert len(sentences(article, "fa")) == 8


def test_a_structured_abstract_stays_one_abstract() -> None:
    article = segment(
        f"# Salt\n\n## Abstract\n\n### Background\n\n{EN}\n\n### Methods\n\nWe tasted it.\n\n### Results\n\n"
        f"It was salty.\n\nKeywords: salt, taste\n\n## Introduction\n\n{EN}\n"
    )
    assert sentences(article, "en")[-2:] == ["We tasted it.", "It was salty."]
    assert [s.title for s in article.sections if s.role == "body"] == ["Introduction"]


def test_both_abstracts_on_one_page_have_their_own_titles_authors_and_keywords() -> None:
    article = segment(
        f"# نمک و آب\n\n# Salt and Water\n\nجین دو، ریچارد رو\n\nJane Doe, Richard Roe\n\n**چکیده:** {FA}\n\n"
        f"**کلیدواژه‌ها:** نمک\n\n**Abstract:** {EN}\n\n**Keywords:** salt\n\n## ۱. مقدمه\n\n{FA * 5}\n"
    )
    assert (article.metadata.title.en, article.metadata.title.fa) == ("Salt and Water", "نمک و آب")
    assert [(a.name.en, a.name.fa) for a in article.metadata.authors] == [
        ("Jane Doe", "جین دو"),
        ("Richard Roe", "ریچارد رو"),
    ]
    assert article.metadata.language == "fa"


def test_marks_lead_from_names_to_posts_and_addresses() -> None:
    article = segment(
        "# Salt and Water\n\nJane Doe<sup>1,\\*</sup>, Dr. Richard B. Roe<sup>2</sup> and Ann van Poe<sup>1</sup>\n\n"
        "<sup>1</sup> Department of Water, Coast University  \n"
        "<sup>2</sup> Salt Institute, ORCID: 0000-0001-2345-678X  \n"
        f"<sup>\\*</sup> Corresponding author, e-mail: j.doe@example.org\n\n## Abstract\n\n{EN}\n\nKeywords: salt\n"
    )
    doe, roe, poe = article.metadata.authors
    assert [a.name.en for a in (doe, roe, poe)] == ["Jane Doe", "Richard B. Roe", "Ann van Poe"]
    assert doe.affiliation.en == poe.affiliation.en == "Department of Water, Coast University"
    assert (doe.email, poe.email) == ("j.doe@example.org", None)
    assert (roe.affiliation.en, roe.orcid) == ("Salt Institute", "0000-0001-2345-678X")


def test_a_footnote_after_the_abstract_describes_the_author_and_dates_the_article() -> None:
    article = segment(
        f"# Salt and Water\n\nJane Doe\\*\n\n## Abstract\n\n{EN}\n\n**Keywords:** salt\n\n---\n\n"
        "\\* Ph.D. in Hydrology, (jane@example.org)  \n(Received 3 May 2014 Accepted 11 June 2014)\n\n"
        "## Introduction\n\nText.\n"
    )
    (author,) = article.metadata.authors
    assert (author.affiliation.en, author.email) == ("Ph.D. in Hydrology", "jane@example.org")
    assert (article.metadata.received, article.metadata.accepted) == ("2014-05-03", "2014-06-11")
    assert [block.kind for block in article.blocks if block.kind in ("affiliation", "date_line")] == [
        "affiliation",
        "date_line",
    ]


@pytest.mark.parametrize(
    ("line", "received", "accepted"),
    [
        ("Received: 2016/02/01; Accepted: 2016/05/09", "2016-02-01", "2016-05-09"),
        ("Received March 3, 2020; Accepted 20 April 2020", "2020-03-03", "2020-04-20"),
        ("تاریخ دریافت: ۱۳۹۸/۰۲/۱۱ – تاریخ پذیرش: ۳ شهریور ۱۳۹۸", "2019-05-01", "2019-08-25"),
        ("دريافت: ۱۳۹۸/۲/۱۱    پذيرش: شهريور ۱۳۹۸", "2019-05-01", "2019-08-23/2019-09-22"),
    ],
)
def test_dates_of_the_article_are_gregorian_whatever_calendar_states_them(
    line: str, received: str, accepted: str
) -> None:
    article = segment(f"# نمک و آب\n\nجین دو\n\n{line}\n\n## چکیده\n\n{FA}\n\nکلیدواژه: نمک\n")
    assert (article.metadata.received, article.metadata.accepted) == (received, accepted)
    evidence = [item for item in article.metadata.evidence if item.field in ("received", "accepted")]
    assert len(evidence) == 2
    assert all(article.surface(item.span) == item.surface and item.surface in line for item in evidence)


def test_journal_volume_issue_pages_and_doi_are_read_from_the_head_line() -> None:
    article = segment(
        f"Journal of Coastal Studies, Vol. 12, No. 3, Spring 2020, pp. 101-120\n\nDOI: 10.1234/jcs.2020.5\n\n# Salt\n\n"
        f"Jane Doe\n\n## Abstract\n\n{EN}\n\nKeywords: salt\n"
    )
    meta = article.metadata
    assert (meta.journal.en, meta.volume, meta.issue, meta.pages) == (
        "Journal of Coastal Studies",
        "12",
        "3",
        "101-120",
    )
    assert (meta.doi, meta.title.en) == ("10.1234/jcs.2020.5", "Salt")


def test_a_persian_title_page_without_headings_follows_the_references_of_a_plain_text() -> None:
    article = segment(
        f"Salt and Water\n\nJane Doe\n\nAbstract\n\n{EN}\n\nKeywords: salt\n\nIntroduction\n\n{EN}\n\nReferences\n\n"
        f"Roe, R. (2010). Salt. Basin Press.\n\nنمک و آب در بیمارستان‌های ساحل\n\nجین دو\n\n"
        f"چكيده\n\n{FA}\n\nكليدواژه: نمک\n",
        "article.txt",
    )
    assert article.metadata.title.fa == "نمک و آب در بیمارستان‌های ساحل"
    assert len(article.references) == 1


def test_an_article_in_one_language_says_what_is_missing() -> None:
    article = segment(f"# Salt\n\n## Abstract\n\n{EN}\n\nKeywords: salt\n")
    codes = {diagnostic.code for diagnostic in article.diagnostics}
    assert {"W-NO-TITLE-FA", "W-NO-ABSTRACT-FA", "W-NO-KEYWORDS-FA"} <= codes
    assert not {"W-NO-TITLE-EN", "W-NO-ABSTRACT-EN"} & codes


# ── layouts that journals invent ───────────────────────────────────────────────────────────────────────────────


def test_marks_in_brackets_lead_from_authors_to_their_affiliations() -> None:
    article = segment(
        "# Salt\n\nJane Doe (a,\\*), Ali Roe (b)\n\n(a) Department of Chemistry, Basin University\n"
        "(b) Institute of the Sea\n\n"
        f"\\* Email: j.doe@example.org\n\n## Abstract\n\n{EN}\n"
    )
    found = [(a.name.en, a.affiliation.en, a.email) for a in article.metadata.authors]
    assert found == [
        ("Jane Doe", "Department of Chemistry, Basin University", "j.doe@example.org"),
        ("Ali Roe", "Institute of the Sea", None),
    ]


def test_what_stands_in_brackets_behind_a_name_describes_that_person() -> None:
    article = segment(
        "# Salt\n\nJane Doe (Basin University; j.doe@example.org) and Ali Roe (Institute of the Sea)\n\n"
        f"## Abstract\n\n{EN}\n"
    )
    found = [(a.name.en, a.affiliation.en, a.email) for a in article.metadata.authors]
    assert found == [("Jane Doe", "Basin University", "j.doe@example.org"), ("Ali Roe", "Institute of the Sea", None)]


def test_both_languages_authors_in_one_block_are_joined_by_position() -> None:
    article = segment(
        "# Salt and Water\n\n# نمک و آب در ساحل\n\nJane Doe, Ali Roe\nجین دو، علی رو\n\n"
        f"## Abstract\n\n{EN}\n\n## چکیده\n\n{FA}\n"
    )
    assert [(a.name.en, a.name.fa) for a in article.metadata.authors] == [("Jane Doe", "جین دو"), ("Ali Roe", "علی رو")]


def test_a_journals_name_above_the_title_is_neither_title_nor_author() -> None:
    article = segment(
        "پژوهش‌های آب و ساحل\nدوره هفتم   شماره ۲   تابستان ۱۳۹۶\n\nنمک و آب در بیمارستان‌های ساحل\n\nجین دو\n\n"
        f"چکیده\n\n{FA}\n\nکلیدواژه: نمک\n",
        "article.txt",
    )
    assert article.metadata.title.fa == "نمک و آب در بیمارستان‌های ساحل"
    assert [a.name.fa for a in article.metadata.authors] == ["جین دو"]


def test_a_line_that_is_a_journals_name_fills_the_journal() -> None:
    article = segment(f"فصلنامهٔ علمی مطالعات ساحل\nسال ششم، شمارهٔ ۲۳\n\n# نمک\n\nجین دو\n\n## چکیده\n\n{FA}\n")
    assert article.metadata.journal.fa == "فصلنامهٔ علمی مطالعات ساحل"
    assert [a.name.fa for a in article.metadata.authors] == ["جین دو"]


def test_a_title_goes_on_in_the_line_under_its_question() -> None:
    article = segment(
        "WHOSE WATER?\nDesalination and the Law on the Southern Coast\n\nJane Doe\n\n"
        f"Abstract\n\n{EN}\n\nKeywords: salt\n",
        "article.txt",
    )
    assert article.metadata.title.en == "WHOSE WATER? Desalination and the Law on the Southern Coast"
    assert [a.name.en for a in article.metadata.authors] == ["Jane Doe"]


def test_the_day_of_a_date_may_be_a_word() -> None:
    article = segment(
        f"# نمک\n\nدریافت مقاله: هجدهم مهر ۱۴۰۱    تأیید نهایی: بیست‌ودوم اسفند ۱۴۰۱\n\n## چکیده\n\n{FA}\n"
    )
    assert (article.metadata.received, article.metadata.accepted) == ("2022-10-10", "2023-03-13")


def test_long_dashes_part_keywords() -> None:
    article = segment(f"# نمک\n\n## چکیده\n\n{FA}\n\nواژه‌های نمایه: خشک‌سالی ــ ترک تحصیل ــ تالاب\n")
    assert words(article, "fa") == ["خشک‌سالی", "ترک تحصیل", "تالاب"]


def test_a_passage_of_several_sentences_is_no_title() -> None:
    article = segment("Is it so? It is.\n\nآیا چنین است؟ چنین است.\n")
    assert (article.metadata.title.en, article.metadata.title.fa) == (None, None)
    assert len(article.sentences) == 4
