"""The PDF set: articles written for the tests, typeset by five engines, are read as they were written."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pdfset.__main__ import FILES
from pdfset.article import load
from pdfset.measure import Scores, scores

from pipeline.article import SourceFile
from pipeline.read.document import PdfSettings, ReadDocument, ReadSettings
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_pdfium import Pdfium
from pipeline.road import Road, open_source

PDFS = Path(__file__).parent / "pdfset" / "pdf"

each_file = pytest.mark.parametrize("name", FILES)


@cache
def read(name: str, layout: str = "full") -> ReadDocument:
    path = PDFS / f"{name}.pdf"
    settings = ReadSettings(pdf=PdfSettings.model_validate({"layout": layout}))
    return read_pdf(SourceFile(path.name, path.read_bytes()), settings)


@cache
def measured(name: str) -> Scores:
    document = read(name)
    blocks = [(block.kind, document.text[block.span.start : block.span.end]) for block in document.blocks]
    return scores(load(FILES[name][0]), blocks, document.pages or 0)


@each_file
def test_at_most_one_character_in_two_hundred_is_wrong(name: str) -> None:
    assert measured(name).character_errors <= 0.005


@each_file
def test_words_of_mixed_lines_stand_in_the_right_order(name: str) -> None:
    assert measured(name).word_order == 1, measured(name).lost


@each_file
def test_half_spaces_are_kept_and_those_that_an_engine_leaves_out_are_restored(name: str) -> None:
    assert measured(name).half_spaces >= 0.975


@each_file
def test_running_heads_page_numbers_and_watermarks_are_furniture_and_nothing_else_is(name: str) -> None:
    assert measured(name).furniture_recall >= 0.98, measured(name).lost
    assert measured(name).furniture_precision >= 0.98, measured(name).lost


@each_file
def test_every_footnote_table_cell_and_heading_is_found(name: str) -> None:
    assert measured(name).notes == measured(name).cells == measured(name).headings == 1, measured(name).lost


@each_file
def test_the_record_has_every_note_and_every_reference_also_where_they_share_a_page(road: Road, name: str) -> None:
    numbered = load(FILES[name][0]).numbered()
    notes = [(str(number), words) for _, pieces in numbered for words, number in pieces if number]
    heads = [
        at for at, (part, _) in enumerate(numbered) if part.kind == "heading" and part.text in ("References", "منابع")
    ]
    record = road.process(open_source(PDFS / f"{name}.pdf"))
    assert [(note.label, note.text.split()[0]) for note in record.notes] == [
        (n, words.split()[0]) for n, words in notes
    ]
    assert len(record.references) == len(numbered) - heads[-1] - 1


@each_file
def test_every_character_stands_on_a_line_with_a_page_and_a_box(name: str) -> None:
    document = read(name)
    owner = [0] * len(document.text)
    for page in document.layout:
        for start, end, x0, top, x1, bottom in page.lines:
            assert 0 <= x0 < x1 <= page.width + 1
            assert 0 <= top < bottom <= page.height + 1
            for at in range(start, end):
                owner[at] += 1
    assert max(owner) == 1
    assert not [at for at, count in enumerate(owner) if not count and not document.text[at].isspace()]


@each_file
def test_the_boxes_lie_over_the_ink_of_the_page(name: str) -> None:
    """Each line's box holds dark points, and nearly no dark point of text lies outside all boxes."""
    document = read(name)
    pdfium = Pdfium(name, (PDFS / f"{name}.pdf").read_bytes())
    page = document.layout[0]
    picture = pdfium.picture(1, 1.0).convert("L")
    pdfium.close()
    pixels = picture.load()
    for _, _, x0, top, x1, bottom in page.lines:
        box = [(x, y) for x in range(int(x0), int(x1) + 1) for y in range(int(top), int(bottom) + 1)]
        inside = [pixels[x, y] for x, y in box if 0 <= x < picture.width and 0 <= y < picture.height]
        assert min(inside) < 190


def test_the_set_is_small_enough_to_be_committed() -> None:
    sizes = [path.stat().st_size for path in PDFS.glob("*.pdf")]
    assert len(sizes) == len(FILES)
    assert max(sizes) <= 100_000
    assert sum(sizes) <= 1_500_000


@pytest.mark.parametrize("name", ["lantern-fa-xelatex", "ferries-en-chromium"])
def test_the_fast_layout_reads_the_same_words_without_half_spaces(name: str) -> None:
    def words(text: str) -> set[str]:
        return set(text.replace("\u200c", "").replace("\u0654", "").replace("\u06c0", "ه").split())

    full, fast = words(read(name).text), words(read(name, "fast").text)
    assert len(full & fast) >= 0.85 * len(full)


def test_reading_costs_at_most_a_quarter_more_than_pdfplumber_takes_for_the_characters_alone() -> None:
    import pdfplumber

    path = PDFS / "lantern-fa-libreoffice.pdf"

    def characters() -> None:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                assert page.chars
                page.close()

    def everything() -> None:
        read_pdf(SourceFile(path.name, path.read_bytes()), ReadSettings())

    def cost(work: Callable[[], None]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    everything()
    pairs = [(cost(characters), cost(everything)) for _ in range(5)]
    assert min(ours for _, ours in pairs) <= 1.25 * min(theirs for theirs, _ in pairs)


def test_glyphs_are_where_pdfplumber_says() -> None:
    import pdfplumber

    from pipeline.read.pdf_characters import PageInterpreter

    with pdfplumber.open(PDFS / "lantern-fa-chromium.pdf") as pdf:
        drawn = PageInterpreter(pdf.rsrcmgr).drawn(pdf.pages[0].page_obj)
        characters = [c for c in pdf.pages[0].chars if c["upright"]]
        assert len(drawn.glyphs) == len(characters)
        for glyph, character in zip(drawn.glyphs, characters, strict=True):
            ours = (glyph.x0, glyph.x1, glyph.top, glyph.bottom, glyph.size)
            theirs = tuple(character[key] for key in ("x0", "x1", "top", "bottom", "size"))
            assert ours == pytest.approx(theirs, abs=0.01)
