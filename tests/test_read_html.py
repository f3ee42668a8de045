"""HTML: what of a page is the article, and what its meta tags state."""

from __future__ import annotations

import pytest
from reading import kinds, read, segment

FA = "این مقاله بندرهای جنوب را در نیم قرن گذشته بررسی می‌کند و نشان می‌دهد که کدام بندر زنده مانده است."
EN = "This article follows the ports of the south over half a century and shows which of them have stayed alive."


def page(body: str, head: str = "", attributes: str = "") -> str:
    return f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8"><title>Journal</title>{head}</head><body>{body}</body></html>'


def test_scripts_styles_menus_and_hidden_parts_are_left_out() -> None:
    article = read(
        page(
            "<nav>menu</nav><div class='sidebar'>side</div><script>alert(1)</script><style>p{}</style><div hidden>no</div>"
            f"<p style='display: none'>no</p><form><h1>Ports</h1><p>{EN}</p></form><footer>end</footer><template>no</template>"
        ),
        "a.html",
    )
    assert kinds(article) == [("heading", "# Ports"), ("paragraph", EN)]


def test_the_main_part_of_a_page_is_the_article() -> None:
    article = read(page(f"<div>Our journal welcomes you.</div><main><h1>Ports</h1><p>{EN}</p></main>"), "a.html")
    assert kinds(article) == [("heading", "# Ports"), ("paragraph", EN)]


def test_character_references_are_decoded_and_white_space_is_folded() -> None:
    article = read(page("<p>  می&zwnj;شود &amp;\n   C&#8209;802 <b> strong </b>word<br>line</p>"), "a.html")
    assert article.text == "می\u200cشود & C\u2011802 **strong** word\nline"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (page("<p>بندر</p>").encode("utf-16"), "utf-16-le"),
        (b"\xef\xbb\xbf" + page("<p>بندر</p>").encode(), "utf-8-sig"),
        (page("<p>بندر</p>").replace("utf-8", "windows-1256").encode("cp1256"), "cp1256"),
        (b"<html><body><p>" + f"بندر در جنوب است {FA}".encode() + b"</p></body></html>", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_mark_by_declaration_or_by_the_letters(data: bytes, encoding: str) -> None:
    article = read(data, "a.html")
    assert article.text.startswith("بندر")
    assert article.source is not None
    assert article.source.encoding == encoding


def test_a_wrongly_declared_encoding_is_not_believed() -> None:
    article = read(page(f"<p>{FA}</p>").replace("utf-8", "ascii-nonsense").encode(), "a.html")
    assert article.text == FA


def test_a_declared_language_holds_where_the_script_agrees() -> None:
    arabic = "هذا في البحر على الساحل"
    article = segment(page(f"<p lang=fa>{arabic}</p><p lang=fa>{EN}</p><p lang=en>{FA}</p>"), "a.html")
    assert [block.language for block in article.blocks] == ["fa", "en", "fa"]
    assert segment(page(f"<p>{arabic}</p>"), "a.html").blocks[0].language == "und"


def test_links_to_notes_call_them_and_links_back_are_dropped() -> None:
    article = segment(
        page(
            "<h1>Ports</h1><h2>Introduction</h2><p>Ships came.<sup><a href='#n1' id='r1'>1</a></sup> They left.<a href='#n2'>[2]</a></p>"
            "<div class='footnotes'><ol><li id='n1'>First. <a href='#r1'>↩</a></li><li id='n2'><p>2. Second.</p></li></ol></div>"
        ),
        "a.html",
    )
    assert [(note.label, note.text, [article.surface(m) for m in note.markers]) for note in article.notes] == [
        ("1", "First.", ["[^1]"]),
        ("2", "Second.", ["[^2]"]),
    ]


def test_the_notes_that_word_processors_export_are_found_too() -> None:
    article = segment(
        page(
            "<h2>Introduction</h2><p>Ships came.<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a></p>"
            "<p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>[1]</a> The first ships were small.</p>"
        ),
        "a.html",
    )
    assert [(note.text, len(note.markers)) for note in article.notes] == [("The first ships were small.", 1)]


def test_notes_of_other_word_processors_are_told_from_the_paragraphs_that_call_them() -> None:
    article = segment(
        page(
            "<h2>Introduction</h2><p>Ships came.<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a> They left.</p>"
            "<div id=sdfootnote1><p><a class=sdfootnotesym name=sdfootnote1sym href='#sdfootnote1anc'>1</a>The first ships were small.</p></div>"
        ),
        "a.html",
    )
    assert [(note.text, len(note.markers)) for note in article.notes] == [("The first ships were small.", 1)]


def test_numeric_citations_are_no_notes() -> None:
    article = segment(
        page(
            "<h2>Introduction</h2><p>Ships came <a href='#ref1'>[1]</a> and went [2].</p><h2>References</h2>"
            "<ol><li id='ref1'>Doe, J. (2010). Docks. Basin Press.</li><li id='ref2'>Roe, R. (2011). Cranes. Basin Press.</li></ol>"
        ),
        "a.html",
    )
    assert not article.notes
    assert [citation.reference for citation in article.citations] == ["reference/1", "reference/2"]


def test_tables_have_their_header_their_caption_and_their_reach() -> None:
    article = segment(
        page(
            f"<p>{EN}</p><table><caption>Table 1. Ships</caption><thead><tr><th></th><th>1990</th><th>1991</th></tr></thead>"
            "<tr><td rowspan=2>steam</td><td colspan=2>five</td></tr><tr><td>1</td><td>2</td></tr></table>"
        ),
        "a.html",
    )
    (table,) = article.tables
    assert (table.caption, table.columns) == ("Table 1. Ships", ["", "1990", "1991"])
    assert table.rows == [["steam", "five", ""], ["", "1", "2"]]


def test_a_table_that_only_lays_out_a_page_is_none() -> None:
    article = read(page(f"<table><tr><td><h1>Ports</h1><p>{EN}</p></td></tr></table>"), "a.html")
    assert kinds(article) == [("heading", "# Ports"), ("paragraph", EN)]


META = (
    '<meta name="citation_title" content="Ports of the South"><meta name="citation_author" content="Kazemi, Nasrin">'
    '<meta name="citation_author_institution" content="Basin Trust, Port City">'
    '<meta name="citation_author_email" content="kazemi@example.org"><meta name="citation_author" content="Roe, Richard">'
    '<meta name="citation_journal_title" content="Port Review"><meta name="citation_volume" content="5">'
    '<meta name="citation_issue" content="2"><meta name="citation_firstpage" content="10"><meta name="citation_lastpage" content="20">'
    '<meta name="citation_doi" content="10.1234/pr.5"><meta name="citation_publication_date" content="2023/02/03">'
    '<meta name="citation_keywords" content="ports; the sea, and ships"><meta name="citation_language" content="en">'
)


def test_meta_tags_state_what_the_page_does_not_show() -> None:
    article = segment(page(f"<p>{EN}</p>", META), "a.html")
    known = article.metadata
    assert (known.title.en, [author.name.en for author in known.authors]) == (
        "Ports of the South", ["Nasrin Kazemi", "Richard Roe"],
    )  # fmt: skip
    assert (known.authors[0].affiliation.en, known.authors[0].email) == ("Basin Trust, Port City", "kazemi@example.org")
    assert (known.journal.en, known.volume, known.issue, known.pages) == ("Port Review", "5", "2", "10-20")
    assert (known.doi, known.published) == ("10.1234/pr.5", "2023-02-03")
    assert [keyword.en for keyword in article.keywords] == ["ports", "the sea, and ships"]
    assert all(article.surface(each.span) == each.surface for each in known.evidence)


def test_what_the_page_shows_is_stated_there_and_not_written_twice() -> None:
    body = f"<h1>Ports of  the <i>South</i></h1><p>Nasrin Kazemi, Richard Roe</p><h2>Abstract</h2><p>{EN}</p><p>Keywords: ports; the sea, and ships</p>"
    article = segment(page(body, META), "a.html")
    assert article.text.count("Nasrin Kazemi") == 1
    assert [section.title for section in article.sections] == ["Ports of the South", "Abstract"]
    assert article.metadata.title.en == "Ports of the South"
    assert [keyword.en for keyword in article.keywords] == ["ports", "the sea, and ships"]


def test_keywords_shown_as_a_list_are_stated_in_its_items() -> None:
    body = f"<h1>Ports of the South</h1><h2>Abstract</h2><p>{EN}</p><h2>Keywords</h2><ul><li>ports</li><li>the sea, and ships</li></ul>"
    article = segment(page(body, META), "a.html")
    assert article.text.count("the sea, and ships") == 1
    assert [keyword.en for keyword in article.keywords] == ["ports", "the sea, and ships"]


def test_spans_that_a_style_sheet_sets_apart_are_apart() -> None:
    body = "<ul><li><span class=name>نسرین کاظمی</span><span class=affiliation>دانشگاه نمونه</span></li></ul><p><span class=c>ک</span>تاب</p>"
    assert read(page(body), "a.html").text == "- نسرین کاظمی دانشگاه نمونه\n\nکتاب"


def test_meta_tags_of_both_languages_join_the_same_author() -> None:
    head = (
        '<meta name="DC.Title" xml:lang="fa" content="بندرهای جنوب"><meta name="DC.Title.Alternative" xml:lang="en" content="Ports">'
        '<meta name="citation_author" content="کاظمی، نسرین"><meta name="citation_author" content="Kazemi, Nasrin">'
        f'<meta name="DC.Description" xml:lang="fa" content="{FA}"><meta name="DC.Description" xml:lang="en" content="{EN}">'
    )
    article = segment(page("<p>x</p>", head), "a.html")
    assert (article.metadata.title.fa, article.metadata.title.en) == ("بندرهای جنوب", "Ports")
    (author,) = article.metadata.authors
    assert (author.name.fa, author.name.en) == ("نسرین کاظمی", "Nasrin Kazemi")
    assert article.abstract.fa is not None
    assert article.abstract.en is not None


def test_meta_tags_can_be_left_alone() -> None:
    assert "Kazemi" not in read(page(f"<p>{EN}</p>", META), "a.html", html={"meta_tags": False}).text
