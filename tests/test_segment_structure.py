"""Sections, tables, notes, references, citations and sentences."""

from __future__ import annotations

import pytest

from pipeline.article import Article, SourceFile
from pipeline.read import ReadStage
from pipeline.segment import SegmentStage

PROSE = "The harbour was dredged twice in that decade, and the larger vessels of the coast could enter it at last."


def segment(text: str, name: str = "article.md", **settings: bool) -> Article:
    """An article read and segmented by the real stages."""
    article = Article(id="article", file=SourceFile(name, text.encode()))
    article.attach(ReadStage(ReadStage.Settings())(article))
    article.attach(SegmentStage(SegmentStage.Settings(**settings))(article))
    return article


def cited(article: Article) -> list[str]:
    return [citation.surface or "" for citation in article.citations]


REFERENCES = """## References

- Doe, Jane. 2006. *Harbours of the South* (Port City: Basin Press).
- Roe, R., & Poe, E. (2010). Dredging and trade. Coastal Review, 5(2), 10–20. https://doi.org/10.1234/cr.2010.7
- Harbour News. March 4, 2013. <http://news.example.org/2013/03/04/ferry>.
- Harbour News. May 9, 2013. <http://news.example.org/2013/05/09/crane>.
- احمدی، علی و کریمی، سارا (۱۳۹۴). «بنادر جنوب»، فصلنامهٔ ساحل، ۲(۳): ۱۲-۳۰.
"""


def with_references(body: str) -> Article:
    return segment(f"# Harbours\n\n## Introduction\n\n{body}\n\n{REFERENCES}")


# ── sections ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_not_heading_marks_decide_the_level_of_a_section() -> None:
    article = segment(
        f"# Harbours\n\n## Introduction\n\n{PROSE}\n\n#### **I. Docks**\n\n{PROSE}\n\n## II. Cranes\n\n{PROSE}\n\n"
        f"### Conclusion\n\n{PROSE}\n\n## References\n\n- Doe, Jane. 2006. *Harbours*.\n"
    )
    sections = [(s.level, s.role, s.number, s.title) for s in article.sections]
    assert sections[1:] == [
        (1, "body", None, "Introduction"),
        (1, "body", "I", "Docks"),
        (1, "body", "II", "Cranes"),
        (1, "body", None, "Conclusion"),
        (1, "references", None, "References"),
    ]


def test_decimal_and_persian_numbers_nest() -> None:
    article = segment(
        "# بندر\n\n## ۱- مقدمه\n\nمتن نخست این بخش.\n\n## ۲- پیشینه\n\nمتن.\n\n"
        "## ۲-۱- اسکله\n\nمتن.\n\n## ۳- نتیجه‌گیری\n\nمتن.\n"
    )
    assert [(s.level, s.number, s.title) for s in article.sections[1:]] == [
        (1, "۱", "مقدمه"),
        (1, "۲", "پیشینه"),
        (2, "۲-۱", "اسکله"),
        (1, "۳", "نتیجه‌گیری"),
    ]
    outer, inner = article.sections[2], article.sections[3]
    assert outer.span.contains(inner.span)


def test_headings_of_plain_text_are_found_by_number_label_and_place() -> None:
    article = segment(
        f"Harbours\n\nAbstract\n\n{PROSE}\n\n1. Introduction\n\n{PROSE}\n\nTools and data\n\n{PROSE}\n\n"
        "References\n\nDoe, J. (2006). Docks.\n",
        "article.txt",
    )
    assert [s.title for s in article.sections if s.role == "body"] == ["Introduction", "Tools and data"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("فهرست منابع", "references"), ("منابع و مآخذ", "references"), ("پی‌نوشت‌ها", "notes"), ("یادداشت‌ها", "notes"),
        ("سپاسگزاری", "acknowledgements"), ("Acknowledgments", "acknowledgements"), ("Endnotes", "notes"),
        ("Bibliography", "references"), ("Appendix A", "appendix"), ("پیوست", "appendix"), ("Discussion", "body"),
    ],
)  # fmt: skip
def test_a_heading_tells_the_role_of_its_section(heading: str, role: str) -> None:
    article = segment(f"# T\n\n## Introduction\n\n{PROSE}\n\n## {heading}\n\n- {PROSE}\n")
    assert article.sections[-1].role == role


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pipe_table_has_columns_rows_caption_and_exact_cells() -> None:
    article = segment(f"# T\n\n{PROSE}\n\nجدول ۱. بارگیری\n\n| سال | **تن** |\n|:--|--:|\n| ۱۳۹۰ | ۲۰ |\n| ۱۳۹۱ |  |\n")
    (table,) = article.tables
    assert (table.columns, table.rows) == (["سال", "تن"], [["۱۳۹۰", "۲۰"], ["۱۳۹۱", ""]])
    assert table.caption == "جدول ۱. بارگیری"
    assert [[cell and article.surface(cell) for cell in row] for row in table.cells][1:] == [
        ["۱۳۹۰", "۲۰"],
        ["۱۳۹۱", None],
    ]


def test_tab_separated_lines_are_a_table_with_a_header() -> None:
    article = segment(f"# T\n\n{PROSE}\n\nYear\tCargo\n2010\tcoal and ore\n2011\tgrain\n\n{PROSE}\n")
    (table,) = article.tables
    assert (table.columns, table.rows) == (["Year", "Cargo"], [["2010", "coal and ore"], ["2011", "grain"]])


def test_a_table_of_figures_alone_has_no_header() -> None:
    (table,) = segment("# T\n\n1\t2\n3\t4\n").tables
    assert (table.columns, table.rows) == (None, [["1", "2"], ["3", "4"]])


# ── notes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_notes_are_joined_to_their_markers_and_a_page_break_does_not_part_them() -> None:
    article = segment(
        f"# T\n\n## Introduction\n\nOne.<sup>(1)</sup> {PROSE}<sup>(2)</sup>\n\n## Notes\n\n"
        "1. The dredger was bought from a yard that sold every ship it had to\n\nthe navy of the republic.\n\n"
        "2. See Doe, *Docks*.\n"
    )
    first, second = article.notes
    assert first.text is not None
    assert first.text.endswith("navy of the republic.")
    assert [article.surface(marker) for note in (first, second) for marker in note.markers] == [
        "<sup>(1)</sup>",
        "<sup>(2)</sup>",
    ]


@pytest.mark.parametrize("marker", ["[^1]", "<sup>1</sup>", "¹", "(۱)"])
def test_any_form_of_marker_calls_its_note(marker: str) -> None:
    notes = "[^1]: یک یادداشت.\n" if marker == "[^1]" else "## پی‌نوشت‌ها\n\n۱. یک یادداشت.\n"
    article = segment(f"# بندر\n\n## مقدمه\n\nاین بندر کهن است.{marker} سال‌ها گذشت (۲۰ کشتی).\n\n{notes}")
    (note,) = article.notes
    assert (note.id, note.label, note.text) == ("note/1", "1", "یک یادداشت.")
    assert [article.surface(span) for span in note.markers] == [marker]


# ── references ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_references_are_parsed_in_both_languages() -> None:
    article = with_references(PROSE)
    assert [(r.authors, r.year, r.title) for r in article.references] == [
        (["Doe"], "2006", "Harbours of the South"),
        (["Roe", "Poe"], "2010", "Dredging and trade"),
        (["Harbour News"], "2013", None),
        (["Harbour News"], "2013", None),
        (["احمدی", "کریمی"], "1394", "بنادر جنوب"),
    ]
    assert article.references[1].doi == "10.1234/cr.2010.7"
    assert article.references[2].url == "http://news.example.org/2013/03/04/ferry"
    assert [r.language for r in article.references] == ["en", "en", "en", "en", "fa"]


def test_a_bullet_that_goes_on_with_the_entry_before_it_is_no_entry() -> None:
    article = segment(
        '# T\n\n## References\n\n- Doe, Jane. 2006. "Harbours of the South and the\n\n'
        '- Dredging of Their Mouths," *Coastal Review*.\n'
        "- Roe, R. 2010. *Docks*.\n"
    )
    assert [r.authors for r in article.references] == [["Doe"], ["Roe"]]
    assert (article.references[0].text or "").endswith("*Coastal Review*.")


@pytest.mark.parametrize(
    ("entry", "authors", "year"),
    [
        ('Aras, Jane, and Ann Özbay. 2008. "Limits of Trade," *Review*, 20 (1).', ["Aras", "Özbay"], "2008"),
        ("Denmark, Abraham M. and Dr. James Poe (ed). January 2010. **Commons**, Centre.", ["Denmark", "Poe"], "2010"),
        ('[1] A. Doe, B. C. Roe and D. Poe, "Docks," J. Ports, vol. 4, pp. 1-9, 2005.', ["Doe", "Roe", "Poe"], "2005"),
        ("Doe J, Roe RB, Poe E. Docks of the south. Coast J. 2017;2(2):77-90.", ["Doe", "Roe", "Poe"], "2017"),
        ("Ministry of Ports. (2012). Annual Report. Port City.", ["Ministry of Ports"], "2012"),
        ("رضایی، مسعود؛ کاظمی، رضا و دیگران (۱۳۹۲). راه‌ها. تهران: نشر.", ["رضایی", "کاظمی"], "1392"),
        ("رضایی مسعود، کاظمی رضا. راه‌های جنوب. مجلهٔ راه. ۱۳۹۳؛ ۴(۲): ۱۲-۲۰.", ["رضایی", "کاظمی"], "1393"),
        ("سید محمد حسینی و علی حسین زاده (۱۳۹۵). راه‌ها. تهران: نشر.", ["حسینی", "حسین زاده"], "1395"),
        ("حسین زاده، علی (۱۳۹۵). راه‌ها. تهران: نشر.", ["حسین زاده"], "1395"),
        ("مرکز پژوهش‌های راه (۱۳۹۶). گزارش سالانه. تهران.", ["مرکز پژوهش‌های راه"], "1396"),
    ],
)
def test_authors_and_year_of_the_usual_styles(entry: str, authors: list[str], year: str) -> None:
    (reference,) = segment(f"# T\n\n## References\n\n{entry}\n").references
    assert (reference.authors, reference.year) == (authors, year)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Doe, Jane. 2021. Kites, Long Lines. Harbour Press.", "Kites, Long Lines"),
        (
            "Doe, Jane (2008). Small Ports, Long Piers: The Coast Since 1850. Oslo: Harbour.",
            "Small Ports, Long Piers: The Coast Since 1850",
        ),
        ("Doe, Jane. 2021. Layers of Wind (in Persian). Harbour Press.", "Layers of Wind"),
        ("Doe, Jane. 2021. Ferries in Fog, Coastal Quarterly, 12(3). Oslo.", "Ferries in Fog"),
    ],
)
def test_a_title_without_italics_ends_where_its_entry_parts_end(entry: str, title: str) -> None:
    (reference,) = segment(f"# T\n\n## References\n\n{entry}\n").references
    assert reference.title == title


@pytest.mark.parametrize(
    ("entry", "authors", "year", "title"),
    [
        ("Doe, Jane, The Kites of the North, Oslo: Nordic Press, 2010.", ["Doe"], "2010", "The Kites of the North"),
        ("Jane Doe, The Kites of the North, Oslo, 2010, pp. 12-20.", ["Doe"], "2010", "The Kites of the North"),
        ("Doe, J., Roe, R., Long lines, Kites, 12(3), 2011, 33-40.", ["Doe", "Roe"], "2011", "Long lines"),
        ("Doe, Jane and Richard Roe, Two Winds, London: House, 2012.", ["Doe", "Roe"], "2012", "Two Winds"),
        ("J. Doe, R. Roe, A method for string, Kites 12 (2017) 33.", ["Doe", "Roe"], "2017", "A method for string"),
        ("World Bank, World Development Report, Washington, 2009.", ["World Bank"], "2009", "World Development Report"),
        ("Roe, Richard, ed., Kites: A Handbook, York: Wind, 2015.", ["Roe"], "2015", "Kites: A Handbook"),
        ("Van der Berg, Jan, De vliegers, Delft: Wind, 1776.", ["Van der Berg"], "1776", "De vliegers"),
        ("احمدی، علی، بادبادک‌های شمال، تهران: نشر نو، ۱۳۹۰.", ["احمدی"], "1390", "بادبادک‌های شمال"),
        ("احمدی، علی و کریمی، رضا، بادهای جنوب، تهران: بندر، ۱۳۸۵.", ["احمدی", "کریمی"], "1385", "بادهای جنوب"),
    ],
)  # fmt: skip
def test_an_entry_parted_by_commas_alone(entry: str, authors: list[str], year: str, title: str) -> None:
    (reference,) = segment(f"# T\n\n## References\n\n{entry}\n").references
    assert (reference.authors, reference.year, reference.title) == (authors, year, title)


@pytest.mark.parametrize("year", ["(2010)", "(2010a),"])
def test_a_year_behind_the_authors_is_no_style_of_commas(year: str) -> None:
    entry = f"Ministry of Science, Research and Ports {year} Annual Report, Port City."
    (reference,) = segment(f"# T\n\n## References\n\n{entry}\n").references
    assert reference.title != "Research and Ports"


# ── citations ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("(Doe, 2006: 3)", ["Doe, 2006: 3"]),
        ("(Doe:2006, Roe:2010 and Poe:2005)", ["Doe:2006", "Roe:2010", "Poe:2005"]),
        ("(Doe and Others, 2006: xv; see also Roe & Poe, 2010, pp. 12-14)",
         ["Doe and Others, 2006: xv", "Roe & Poe, 2010, pp. 12-14"]),
        ("(Harbour News, May 9, 2013)", ["Harbour News, May 9, 2013"]),
        ("(Doe, 2006, 2008)", ["Doe, 2006", "2008"]),
        ("(Leve, F. and H. Leve, 2014: 23)", ["Leve, F. and H. Leve, 2014: 23"]),
        ("(Unlisted et al., 2011b)", ["Unlisted et al., 2011b"]),
        ("(Port City: Department of Ports, January 2012: 4)", ["Port City: Department of Ports, January 2012: 4"]),
        ("(احمدی و کریمی، ۱۳۹۴: ۲۵)", ["احمدی و کریمی، ۱۳۹۴: ۲۵"]),
        ("(نک: احمدی و همکاران، ۱۳۹۴، ص. ۴۵)", ["احمدی و همکاران، ۱۳۹۴، ص. ۴۵"]),
    ],
)  # fmt: skip
def test_a_name_and_a_year_in_parentheses_are_a_citation(text: str, surfaces: list[str]) -> None:
    article = with_references(f"{PROSE} {text} {PROSE}")
    assert cited(article) == surfaces
    assert {citation.group for citation in article.citations} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "(1980-1988)", "(2001)", "(probably in 2020)", "(Received 1 March 2015)", "(range of 280 km)", "(ABCDE/FGHIJ)",
        "(ASEAN)", "(HY-2)", "(January 25, 2004)", "(Winter 2011)", "(since 1979)", "(Berlin, 1921)", "(NPT, 1968)",
        "(مصوب ۱۳۵۸)", "(۱۳۵۹-۱۳۶۷)", "(تهران، ۱۳۹۴)", "(شهریور ۱۳۵۹)", "(از سال ۱۳۵۷)", "[2]",
    ],
)  # fmt: skip
def test_dates_acronyms_and_remarks_in_parentheses_are_no_citations(text: str) -> None:
    assert cited(with_references(f"{PROSE} {text} {PROSE}")) == []


def test_a_name_before_a_year_in_parentheses_counts_when_the_list_has_the_work() -> None:
    article = with_references(f"Later Doe (2006: 12) agreed, and Budget (2006) did not. {PROSE}")
    assert cited(article) == ["Doe (2006: 12)"]
    assert segment(f"# T\n\nDoe (2006) agreed.\n\n{REFERENCES}", narrative_citations=False).citations == []


def test_citations_lead_to_the_entry_with_the_name_the_year_and_the_day() -> None:
    article = with_references(
        "One (Harbour News, May 9, 2013). Two (Roe & Poe, 2010). Three (Nobody, 2010). (Rae and Poe, 2010)"
    )
    assert [c.reference for c in article.citations] == ["reference/4", "reference/2", None, None]
    assert all(c.confidence is not None and c.confidence > 0.9 for c in article.citations[:2])


def test_letters_after_a_year_follow_the_order_of_the_list() -> None:
    article = segment(
        "# T\n\nA (Doe, 2015b) and (Doe, 2015a).\n\n## References\n\n"
        '- Doe, J. May 2015. "Docks."\n- Doe, J. June 2015. "Cranes."\n'
    )
    assert [(c.year, c.reference) for c in article.citations] == [("2015b", "reference/2"), ("2015a", "reference/1")]


def test_numbers_in_brackets_are_citations_where_the_references_are_numbered() -> None:
    article = segment(
        "# T\n\n## Introduction\n\nAs in [2] and [1, 3–4].\n\n## References\n\n[1] Doe, J. (2001). Docks.\n\n"
        "[2] Roe, R. (2002). Cranes.\n\n"
        "[3] Poe, E. (2003). Ships.\n\n[4] Low, A. (2004). Mud.\n"
    )
    assert [(c.surface, c.group, c.reference) for c in article.citations] == [
        ("2", 1, "reference/2"),
        ("1", 2, "reference/1"),
        ("3–4", 2, "reference/3"),
        ("3–4", 2, "reference/4"),
    ]


# ── sentences and blocks ───────────────────────────────────────────────────────────────────────────────────────


def test_a_sentence_that_a_page_break_cuts_is_one_span_across_it() -> None:
    article = segment(
        "# T\n\n## Introduction\n\nFirst it was the harbour that the large vessels of the\n\n"
        "southern lines used. Then came rail.\n"
    )
    surfaces = [article.surface(sentence.span) for sentence in article.sentences]
    assert surfaces == [
        "First it was the harbour that the large vessels of the\n\nsouthern lines used.",
        "Then came rail.",
    ]


def test_blocks_still_hold_every_character_and_follow_each_other() -> None:
    article = segment(
        f"# Salt\n\nJane Doe\nDepartment of Water, Coast University\n(Received 3 May 2014)\n\n"
        f"Abstract: {PROSE}\nKeywords: a, b\n\n## Introduction\n\n{PROSE}\n\n{REFERENCES}",
        "article.md",
    )
    at = 0
    for block in article.blocks:
        assert not article.text[at : block.span.start].strip()
        at = block.span.end
        assert block.section is None or block.section in {section.id for section in article.sections}
    assert not article.text[at:].strip()
    assert {"title", "author", "affiliation", "date_line", "abstract", "keywords", "reference"} <= {
        b.kind for b in article.blocks
    }


def test_words_are_counted_by_language_and_the_input_is_left_alone() -> None:
    article = segment(f"# Salt\n\n{PROSE}\n\n## نمک\n\nنمک دریا.\n")
    assert article.source is not None
    assert (article.source.words.en, article.source.words.fa) == (1 + len(PROSE.split()), 3)


@pytest.mark.parametrize(
    "text", ["x", "# A\n", "## Abstract\n\n## Keywords\n", "## Notes\n\n1. x\n", "|a|b|\n|-|-|\n", "()[]{}", "- \n"]
)
def test_odd_articles_pass_without_error(text: str) -> None:
    segment(text)
