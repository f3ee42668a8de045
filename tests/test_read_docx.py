"""DOCX: headings, lists, tables, notes, tracked changes, and the ways of Persian typists."""

from __future__ import annotations

import pytest
from reading import docx, kinds, paragraph, read, segment

PROSE = "The harbour was dredged twice in that decade, and the larger vessels of the coast could enter it at last."
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("style", ["H1", "Fa1", "Fa2"])
def test_headings_are_known_by_outline_level_by_style_name_and_by_what_a_style_is_based_on(style: str) -> None:
    article = read(docx(paragraph("Harbours", style) + paragraph(PROSE)), "a.docx")
    assert [(block.kind, block.level) for block in article.blocks] == [("heading", 1), ("paragraph", None)]


def test_an_outline_level_of_the_paragraph_itself_makes_a_heading() -> None:
    article = read(docx(paragraph("Harbours", "", '<w:outlineLvl w:val="2"/>') + paragraph(PROSE)), "a.docx")
    assert (article.blocks[0].kind, article.blocks[0].level) == ("heading", 3)


def test_the_title_style_stands_above_the_headings() -> None:
    article = read(docx(paragraph("Harbours", "T") + paragraph("Docks", "H1")), "a.docx")
    assert [block.level for block in article.blocks] == [1, 2]


def test_a_short_bold_paragraph_without_style_is_a_heading() -> None:
    bold = f"<w:p>{run('روش پژوهش', '<w:b/><w:bCs/>')}</w:p>"
    article = segment(
        docx(paragraph("بندر", "H1") + bold + paragraph("این پژوهش به روش میدانی در بندر انجام شده است.")), "a.docx"
    )
    assert [section.title for section in article.sections] == ["بندر", "روش پژوهش"]


def test_without_styles_the_size_of_bold_type_ranks_the_headings() -> None:
    def bold(text: str, size: int) -> str:
        return f"<w:p>{run(text, f'<w:b/><w:sz w:val="{size}"/>')}</w:p>"

    body = (
        bold("Ports of the South", 36)
        + paragraph("Jane Doe")
        + bold("Docks and cranes", 28)
        + paragraph(PROSE)
        + bold("Keywords: ports, ships", 24)
        + bold("This whole sentence is bold, as authors like it to be, but no heading ends like this.", 24)
        + paragraph(PROSE)
    )
    article = read(docx(body), "a.docx")
    assert [(block.kind, block.level) for block in article.blocks] == [
        ("heading", 1), ("paragraph", None), ("heading", 2), ("paragraph", None), ("paragraph", None), ("paragraph", None),
        ("paragraph", None),
    ]  # fmt: skip


def test_bold_of_right_to_left_runs_is_their_own() -> None:
    article = read(
        docx(f"<w:p>{run('بندر', '<w:rtl/><w:bCs/>')}{run(' آرام', '<w:rtl/><w:b/><w:bCs w:val="0"/>')}</w:p>"),
        "a.docx",
    )
    assert article.text == "**بندر** آرام"


def test_runs_of_one_type_are_one_stretch() -> None:
    article = read(docx(f"<w:p>{run('har', '<w:b/>')}{run('bour ', '<w:b/>')}{run('life')}</w:p>"), "a.docx")
    assert article.text == "**harbour** life"
    assert [mark.kind for mark in article.markup] == ["emphasis", "emphasis"]


def test_list_items_carry_the_numbers_of_the_list() -> None:
    nested = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("one", "L") + paragraph("inner", "", nested) + paragraph("two", "L") + paragraph("سه", "L")
    article = read(docx(body, numbering=NUMBERING), "a.docx")
    assert kinds(article) == [
        ("list_item", "1. one"), ("list_item", "1.a) inner"), ("list_item", "2. two"), ("list_item", "۳. سه"),
    ]  # fmt: skip
    assert [article.view(block.span).text for block in article.blocks] == ["one", "inner", "two", "سه"]


def test_lists_of_one_pattern_count_on_unless_one_begins_anew() -> None:
    numbering = (
        f'{NUMBERING}<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    items = [paragraph("item", "", listed.format(number)) for number in (1, 3, 2, 2, 1)]
    article = read(docx("".join(items), numbering=numbering), "a.docx")
    assert [text.partition(" ")[0] for _, text in kinds(article)] == ["1.", "2.", "1.", "2.", "3."]


def test_numbered_headings_say_their_number() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("مقدمه", "H1", numbered) + paragraph(PROSE) + paragraph("Docks", "H1", numbered)
    article = segment(docx(body, numbering=NUMBERING), "a.docx")
    assert [(section.number, section.title) for section in article.sections] == [("۱", "مقدمه"), ("2", "Docks")]


def test_insertions_are_kept_and_deletions_are_not() -> None:
    body = (
        f"<w:p>{run('The ')}<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>{run('new')}</w:ins>"
        f"<w:moveFrom>{run(' there')}</w:moveFrom>{run(' port')}</w:p>"
    )
    assert read(docx(body), "a.docx").text == "The new port"


def test_fields_give_their_result_and_links_their_words() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Table 1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"<w:hyperlink>{run(' of the port')}</w:hyperlink></w:p>"
    )
    assert read(docx(body), "a.docx").text == "Table 1 of the port"


@pytest.mark.parametrize("joint", ["<w:softHyphen/>", "<w:t>\u00ad</w:t>", "<w:t>\u00ac</w:t>"])
def test_a_soft_hyphen_between_persian_letters_is_the_half_space_its_typist_meant(joint: str) -> None:
    assert read(docx(f"<w:p><w:r><w:t>می</w:t>{joint}<w:t>شود</w:t></w:r></w:p>"), "a.docx").text == "می\u200cشود"


def test_a_soft_hyphen_elsewhere_is_nothing() -> None:
    assert read(docx("<w:p><w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t></w:r></w:p>"), "a.docx").text == "harbour"


def test_raised_numbers_are_exponents_or_marks_as_their_place_tells() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    article = read(docx(f"<w:p>{run('Jane Doe')}{run('1', raised)}{run(' and 10')}{run('9', raised)}</w:p>"), "a.docx")
    assert article.view(article.blocks[0].span).text == "Jane Doe and 109"
    assert [m.kind for m in article.markup] == ["note_marker", "tag", "tag"]


def test_footnotes_follow_their_paragraph_and_are_joined_to_their_marks() -> None:
    body = (
        paragraph("Harbours", "T")
        + paragraph("Introduction", "H1")
        + (
            f'<w:p>{run("Ships came.")}<w:r><w:footnoteReference w:id="7"/></w:r>{run(" They left.")}</w:p>{paragraph(PROSE)}'
        )
    )
    footnotes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>{run(" See the report of the University.")}</w:p></w:footnote>'
    )
    article = segment(docx(body, footnotes=footnotes), "a.docx")
    assert kinds(article)[2:] == [
        ("paragraph", "Ships came.[^1] They left."), ("note", "[^1]: See the report of the University."),
        ("paragraph", PROSE),
    ]  # fmt: skip
    (note,) = article.notes
    assert (note.label, note.text, [article.surface(m) for m in note.markers]) == (
        "1", "See the report of the University.", ["[^1]"],
    )  # fmt: skip


def test_a_footnote_on_an_author_is_his_affiliation() -> None:
    body = (
        paragraph("بندرهای جنوب", "T")
        + f'<w:p>{run("نسرین کاظمی")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        + paragraph("چکیده", "H1")
        + paragraph("این مقاله بندرهای جنوب را در نیم قرن گذشته بررسی می‌کند و نشان می‌دهد که کدام بندر زنده مانده است.")
    )
    footnotes = (
        f'<w:footnote w:id="1"><w:p>{run("استادیار گروه تاریخ، دانشگاه نمونه، kazemi@example.org")}</w:p></w:footnote>'
    )
    article = segment(docx(body, footnotes=footnotes), "a.docx")
    (author,) = article.metadata.authors
    assert (author.name.fa, author.affiliation.fa) == ("نسرین کاظمی", "استادیار گروه تاریخ، دانشگاه نمونه")
    assert author.email == "kazemi@example.org"
    assert not article.notes


def test_endnotes_stand_under_the_heading_that_waits_for_them() -> None:
    body = (
        paragraph("Introduction", "H1")
        + f'<w:p>{run("Ships came.")}<w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
        + paragraph("Notes", "H1") + paragraph("References", "H1") + paragraph("Doe, J. (2010). Docks.")
    )  # fmt: skip
    endnotes = f'<w:endnote w:id="2"><w:p>{run("A note at the end.")}</w:p></w:endnote>'
    article = segment(docx(body, endnotes=endnotes), "a.docx")
    assert kinds(article)[2:5] == [
        ("heading", "# Notes"),
        ("note", "[^1]: A note at the end."),
        ("heading", "# References"),
    ]
    assert [(note.text, len(note.markers)) for note in article.notes] == [("A note at the end.", 1)]


def test_tables_keep_empty_cells_and_merged_ones_apart() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    span = '<w:gridSpan w:val="2"/>'
    body = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('')}{cell('2019')}{cell('2020')}</w:tr>"
        f"<w:tr>{cell('ships')}{cell('1')}{cell('2')}</w:tr><w:tr>{cell('both', span)}{cell('3')}</w:tr></w:tbl>"
    )
    (table,) = segment(docx(paragraph(PROSE) + body), "a.docx").tables
    assert (table.columns, table.rows) == (["", "2019", "2020"], [["ships", "1", "2"], ["both", "", "3"]])


def test_a_frame_of_one_cell_is_no_table() -> None:
    article = read(
        docx(f"<w:tbl><w:tr><w:tc>{paragraph('Abstract')}{paragraph(PROSE)}</w:tc></w:tr></w:tbl>"), "a.docx"
    )
    assert [kind for kind, _ in kinds(article)] == ["paragraph", "paragraph"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent>" + paragraph("in the box") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
        f"</mc:Fallback></mc:AlternateContent></w:r>{run('outside')}</w:p>"
    )
    assert kinds(read(docx(body), "a.docx")) == [("paragraph", "outside"), ("paragraph", "in the box")]


def test_running_heads_and_the_table_of_contents_are_furniture() -> None:
    body = paragraph("Docks 3", "Toc") + paragraph(PROSE)
    article = read(
        docx(
            body,
            header1=paragraph("Port Review, 5(2)"),
            header2=paragraph("Port Review, 5(2)"),
            footer1=paragraph("12"),
        ),
        "a.docx",
    )
    assert [kind for kind, _ in kinds(article)] == ["furniture", "furniture", "paragraph"]


def test_quotes_and_captions_are_known_by_their_styles() -> None:
    article = read(docx(paragraph("جدول ۱. بارها", "C") + paragraph("So he wrote.", "Q")), "a.docx")
    assert kinds(article) == [("caption", "جدول ۱. بارها"), ("quote", "> So he wrote.")]


def test_hidden_text_and_comments_are_left_out() -> None:
    body = f"<w:p>{run('seen')}{run(' unseen', '<w:vanish/>')}<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    assert read(docx(body), "a.docx").text == "seen"


def test_letters_of_two_code_points_are_composed_and_marks_keep_their_places() -> None:
    article = read(
        docx(f"<w:p>{run('Caf')}{run('e', '<w:i/>')}{run(chr(0x301) + ' in ')}{run('Bo', '<w:b/>')}</w:p>"), "a.docx"
    )
    assert article.view(article.blocks[0].span).text.startswith("Caf")
    assert article.text.endswith("in **Bo**")


def test_a_document_is_known_by_its_content_whatever_its_name() -> None:
    article = read(docx(paragraph(PROSE)), "article.bin.txt")
    assert article.text == PROSE
    assert [each.code for each in article.diagnostics] == ["W-MEDIA-TYPE"]
