"""What the type of a PDF shows: half-spaces that its letters or their spelling give away, italics and bold words."""

from __future__ import annotations

from functools import cache

from pipeline.article import SourceFile
from pipeline.read.document import ReadDocument, ReadSettings
from pipeline.read.pdf import read_pdf
from pipeline.road import Road

REFERENCES = """
<p>The work of the lamplighters (Doe 1985) is told in many books, most of which were written by people who had never
lit a lamp. What the lamplighters themselves had to say of their nights stands in the account books of the harbour, in
which each of them wrote down the hour, the weather and the oil that was left.</p>
<p>The boats waited (Poe 1991).</p>
<h2>References</h2>
<p>Doe, Jane 1985 <i>Lamps of the Harbour Towns</i> 3, no. 2, Somewhere Press.</p>
<p>Poe, Ann 1991 <b>Boats in the Long Winter</b> 7, no. 1, Elsewhere Press.</p>
"""


@cache
def printed(body: str, language: str = "fa") -> bytes:
    import weasyprint

    direction = "rtl" if language == "fa" else "ltr"
    page = f"<html lang={language} dir={direction}><body style=\"font-family: 'Noto Naskh Arabic', serif\">{body}"
    return bytes(weasyprint.HTML(string=page).write_pdf())


def read(body: str, language: str = "fa") -> ReadDocument:
    return read_pdf(SourceFile("x.pdf", printed(body, language)), ReadSettings())


def test_a_title_too_short_to_tell_the_forms_of_letters_has_its_half_spaces_from_the_spelling() -> None:
    assert "منازعات منطقه‌ای و بین‌المللی" in read("<h1>منازعات منطقه‌ای و بین‌المللی</h1>").text


def test_a_word_that_has_no_half_space_is_left_whole() -> None:
    assert read("<h1>خانه مردم دانشگاهی کتابدار</h1>").text == "خانه مردم دانشگاهی کتابدار"


def test_words_in_italics_or_bold_type_are_emphasised() -> None:
    document = read("<p>The ship <i>Blue Heron</i> went <b>out of the</b> harbour before the long winter.</p>", "en")
    assert [document.text[span.start : span.end] for span in document.emphasised] == ["Blue Heron", "out of the"]


def test_persian_words_that_are_only_drawn_leaning_are_emphasised() -> None:
    document = read("<p>کتاب <i>چراغ‌های بندر</i> در زمستان گذشته به چاپ رسید و در همهٔ شهرها پیدا شد.</p>")
    assert [document.text[span.start : span.end] for span in document.emphasised] == ["چراغ‌های بندر"]


def test_a_paragraph_that_is_all_in_italics_emphasises_nothing() -> None:
    document = read("<p><i>The ship went out of the harbour, and nobody saw it again.</i></p>", "en")
    assert document.emphasised == []


def test_the_emphasised_part_of_an_entry_is_its_title(road: Road) -> None:
    record = road.process(SourceFile("x.pdf", printed(REFERENCES, "en")))
    assert [each.title for each in record.references] == ["Lamps of the Harbour Towns", "Boats in the Long Winter"]
