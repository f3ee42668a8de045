"""What is special to some PDFs: text turned on its side, glyphs with a text of their own, digits that look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pdf_bad_input import ENGLISH, content, one_page, read

from pipeline.read.pdf_sideways import Frame, Way

NUMBERS = st.floats(0, 600)


@pytest.mark.parametrize("way", ["up", "down", "over"])
@given(x0=NUMBERS, top=NUMBERS, wide=NUMBERS, high=NUMBERS)
def test_a_box_turned_upright_and_back_is_where_it_was(
    way: Way, x0: float, top: float, wide: float, high: float
) -> None:
    frame = Frame(way, 600, 800)
    box = (x0, top, x0 + wide, top + high)
    upright = frame.upright(box)
    assert upright[0] <= upright[2]
    assert upright[1] <= upright[3]
    assert frame.back(upright) == pytest.approx(box)


@pytest.mark.parametrize("matrix", ["0 1 -1 0 500 40", "0 -1 1 0 60 760", "-1 0 0 -1 560 200"])
def test_sideways_text_is_read_line_by_line_and_stands_on_the_page(matrix: str) -> None:
    shown = b"".join(b"(%s) Tj 0 -14 Td\n" % f"{ENGLISH} {line}".encode() for line in range(4))
    turned = b"BT /F1 6 Tf %s Tm\n" % matrix.encode() + shown + b"ET"
    document = read(one_page(turned))
    text = " ".join(document.text.split())
    assert [text.find(f"river. {line}") for line in range(4)] == sorted(
        text.find(f"river. {line}") for line in range(4)
    )
    assert "river. 3" in text
    (page,) = document.layout
    assert len(page.lines) == 4
    for _, _, x0, top, x1, bottom in page.lines:
        assert 0 <= x0 < x1 <= page.width
        assert 0 <= top < bottom <= page.height


def test_an_upright_page_with_a_sideways_part_keeps_both() -> None:
    shown = b"".join(b"(Row %d of the sideways table with numbers) Tj 0 -14 Td\n" % row for row in range(5))
    body = content(lines=8) + b"\nBT /F1 9 Tf 0 1 -1 0 300 60 Tm\n" + shown + b"ET"
    text = read(one_page(body)).text
    assert ENGLISH in text
    assert "Row 4 of the sideways table" in text
    assert text.index("harbour") < text.index("Row 0") < text.index("Row 4")


def test_a_glyph_is_read_as_the_file_says_it_is() -> None:
    body = (
        content(lines=4)
        + b"\nBT /F1 10 Tf 40 500 Td (caf) Tj /Span <</ActualText <FEFF00E9>>> BDC (x) Tj EMC ( terrace) Tj ET"
    )
    assert "caf\u00e9 terrace" in read(one_page(body)).text


def test_a_long_description_does_not_take_the_place_of_the_words() -> None:
    body = b"/Span <</ActualText (a picture of a harbour in winter)>> BDC\n" + content(lines=3) + b"\nEMC"
    assert ENGLISH in read(one_page(body)).text
