"""PDFs that no article should be: each ends in a clear error or a diagnostic, in little time and memory."""

from __future__ import annotations

import contextlib
import resource
import shutil
import time
import unicodedata
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.document import PdfSettings, ReadDocument, ReadSettings
from pipeline.read.pdf import read_pdf

DATA = Path(__file__).parent / "data" / "pdf"
SET = Path(__file__).parent / "pdfset" / "pdf"
ENGLISH = "The harbour of the town was closed in the winter of that year and the ships were laid up in the river."


def pdf_of(objects: Mapping[int, bytes]) -> bytes:
    """A PDF file of objects by number; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n" % (len(packed), extra) + packed + b"\nendstream"


def content(text: str = ENGLISH, lines: int = 12) -> bytes:
    shown = b"".join(b"(%s) Tj 0 -14 Td\n" % text.encode("latin-1") for _ in range(lines))
    return b"BT /F1 10 Tf 40 700 Td\n" + shown + b"ET"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHEET = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
PAGE = SHEET + b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"


def one_page(
    body: bytes, resources: bytes = b"/Font << /F1 5 0 R >>", more: Mapping[int, bytes] | None = None
) -> bytes:
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: SHEET + b"/Contents 4 0 R /Resources << %s >> >>" % resources,
            4: stream(body),
            5: FONT,
            **(more or {}),
        }
    )


def read(data: bytes, **pdf: object) -> ReadDocument:
    return read_pdf(SourceFile("bad.pdf", data), ReadSettings(pdf=PdfSettings.model_validate(pdf)))


def code_of(data: bytes, **pdf: object) -> str:
    with pytest.raises(ReadError) as error:
        read(data, **pdf)
    assert "bad.pdf" in str(error.value)
    return error.value.code


def codes(document: ReadDocument) -> set[str]:
    return {each.code for each in document.diagnostics}


def test_a_sound_small_file_is_read() -> None:
    assert ENGLISH in read(one_page(content())).text


@pytest.mark.parametrize("layout", ["full", "fast"])
def test_a_size_below_zero_turns_the_letters_round(layout: str) -> None:
    upright = (
        content().replace(b"/F1 10 Tf 40 700 Td", b"/F1 -10 Tf -1 0 0 -1 40 700 Tm").replace(b"0 -14 Td", b"0 14 Td")
    )
    assert ENGLISH in read(one_page(upright), layout=layout).text
    upside_down = content().replace(b"/F1 10 Tf", b"/F1 -10 Tf")
    with contextlib.suppress(ReadError):
        read(one_page(upside_down), layout=layout)


def test_letters_and_marks_drawn_apart_are_composed_in_text_that_does_not_run_level() -> None:
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0627> <42> <0654> endbfchar"
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap " + cmap + b" endcmap end end"
    objects = {5: FONT[:-2] + b"/ToUnicode 6 0 R >>", 6: stream(cmap), 7: FONT}
    turned = content().removesuffix(b"ET").replace(b"/F1", b"/F2") + b"/F1 10 Tf 0 1 -1 0 300 100 Tm (ABAB) Tj ET"
    text = read(one_page(turned, b"/Font << /F1 5 0 R /F2 7 0 R >>", objects)).text
    assert "\u0623\u0623" in text
    assert unicodedata.is_normalized("NFC", text)


def test_an_encrypted_file_asks_for_its_password_to_be_removed() -> None:
    assert code_of((DATA / "encrypted.pdf").read_bytes()) == "E-PDF-ENCRYPTED"


def test_a_truncated_file_is_damaged() -> None:
    whole = one_page(content())
    assert code_of(whole[: len(whole) // 2]) == "E-PDF-DAMAGED"


def test_a_file_without_pages_is_damaged() -> None:
    empty = pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    assert code_of(empty) == "E-PDF-DAMAGED"


def test_five_thousand_pages_are_refused_at_once_unless_some_are_chosen() -> None:
    pages = range(10, 5010)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 5000 /Kids [%s] >>" % b" ".join(b"%d 0 R" % page for page in pages),
        4: stream(content()),
        5: FONT,
    }
    whole = pdf_of(objects | dict.fromkeys(pages, PAGE))
    start = time.perf_counter()
    assert code_of(whole) == "E-TOO-LARGE"
    document = read(whole, pages="4998-")
    assert [page.number for page in document.layout] == [4998, 4999, 5000]
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("choice", ["0", "9-12", "a-b", "-"])
def test_a_choice_that_names_no_page_is_an_error(choice: str) -> None:
    assert code_of(one_page(content()), pages=choice) == "E-PDF-PAGES"


def image(number: int = 6) -> tuple[bytes, bytes, dict[int, bytes]]:
    """Content, resources and objects of a page that is one picture."""
    pixels = stream(
        bytes(100 * 100),
        b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 ",
    )
    return b"q 560 0 0 760 20 20 cm /Im Do Q", b"/XObject << /Im %d 0 R >>" % number, {number: pixels}


def test_a_scan_has_no_text() -> None:
    body, resources, more = image()
    assert code_of(one_page(body, resources, more)) == "E-PDF-NO-TEXT"


def test_a_page_without_words_has_no_text() -> None:
    form = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        6: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (value) /Rect [10 10 90 30] >>",
    }
    assert code_of(one_page(b"", more=form)) == "E-PDF-NO-TEXT"


def test_scripts_are_ignored() -> None:
    script = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>",
        6: b"<< /Type /Action /S /JavaScript /JS (app.alert\\('no'\\);) >>",
    }
    document = read(one_page(content(), more=script))
    assert "alert" not in document.text
    assert ENGLISH in document.text


def test_a_page_tree_that_contains_itself_ends() -> None:
    cyclic = pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>",
            3: PAGE,
            4: stream(content()),
            5: FONT,
        }
    )
    start = time.perf_counter()
    assert ENGLISH in read(cyclic).text
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("kind", ["content", "form"])
def test_a_stream_that_unpacks_to_two_hundred_megabytes_is_left_out(kind: str) -> None:
    bomb = stream(
        b"0 0 m 1 1 l S\n" * 14_500_000, b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] " if kind == "form" else b""
    )
    kids = {
        2: b"<< /Type /Pages /Kids [3 0 R 7 0 R] /Count 2 >>",
        7: PAGE,
        8: bomb,
    }
    if kind == "content":
        kids[3] = SHEET + b"/Contents 8 0 R >>"
        whole = one_page(content(), more=kids)
    else:
        kids[9] = stream(b"/Fm Do")
        kids[3] = SHEET + b"/Contents 9 0 R /Resources << /XObject << /Fm 8 0 R >> >> >>"
        whole = one_page(content(), more=kids)
    del bomb, kids
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    document = read(whole)
    assert time.perf_counter() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kilobytes
    assert codes(document) == {"W-PDF-PAGE-SKIPPED"}
    assert ENGLISH in document.text


def test_forms_that_draw_each_other_end() -> None:
    forms = {
        number: stream(
            b"/Fm Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Fm %d 0 R >> >> "
            % (number % 19 + 10),
        )
        for number in range(10, 29)
    }
    start = time.perf_counter()
    whole = one_page(content() + b" /Fm Do", b"/Font << /F1 5 0 R >> /XObject << /Fm 10 0 R >>", forms)
    assert code_of(whole) == "E-PDF-DAMAGED"
    assert time.perf_counter() - start < 30


def test_text_that_is_no_language_is_named_with_its_font() -> None:
    shifted = "".join(chr((ord(c) - 97 + 7) % 26 + 97) if c.islower() else c for c in ENGLISH)
    document = read(one_page(content(shifted)))
    assert "W-PDF-GARBLED" in codes(document)
    assert any("Helvetica" in each.message for each in document.diagnostics)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_a_scan_is_read_by_ocr_when_it_is_asked_for() -> None:
    from io import BytesIO

    from pipeline.read.pdf_pdfium import Pdfium

    pdfium = Pdfium("x", (SET / "ferries-en-reportlab.pdf").read_bytes())
    picture = pdfium.picture(2, 3.0)
    pdfium.close()
    scan = BytesIO()
    picture.save(scan, format="PDF", resolution=216)
    document = read(scan.getvalue(), ocr=True, ocr_languages="eng")
    assert "Licences were issued from 1921 onwards" in document.text
    assert codes(document) == {"W-PDF-OCR"}
    (page,) = document.layout
    assert page.method == "ocr"
    assert page.confidence is not None
    assert page.confidence > 0.7


def test_a_page_with_a_text_layer_is_never_read_by_ocr() -> None:
    body, resources, more = image()
    document = read(one_page(content() + b"\n" + body, resources + b" /Font << /F1 5 0 R >>", more), ocr=True)
    assert document.layout[0].method == "text"


def test_missing_tesseract_is_a_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.read import pdf_ocr

    pdf_ocr._tesseract.cache_clear()
    monkeypatch.setenv("PATH", "")
    body, resources, more = image()
    assert code_of(one_page(body, resources, more), ocr=True) == "E-OCR-MISSING"


def test_pages_read_in_parallel_are_the_same() -> None:
    numbers = range(10, 22)
    tree = b"<< /Type /Pages /Count 12 /Kids [%s] >>" % b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: tree, 4: stream(content()), 5: FONT}
    many = pdf_of(objects | dict.fromkeys(numbers, PAGE))
    assert read(many, jobs=2).text == read(many).text
