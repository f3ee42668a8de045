"""Pages read by OCR: pdfium draws them, Tesseract reads them, and its words become lines like those of a text layer.

Tesseract is a program of the system (tesseract-ocr with the languages fas and eng), looked for when the first page
needs it. A page with a usable text layer never comes here.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.read.document import PdfSettings
from pipeline.read.pdf_glyphs import Box
from pipeline.read.pdf_layout import Item, Page
from pipeline.read.pdf_lines import TextLine
from pipeline.read.pdf_pdfium import Pdfium
from pipeline.read.pdf_text import confidence_of
from pipeline.text.bidi import base_direction

_LONGEST = 300  # seconds for a page
_LEAST_CONFIDENCE = 10.0  # per cent: below, a word is a speck or a drawing
_TYPE_HEIGHT = 0.72  # of a line's height on the page: the font size that it is likely set in


def recognised(name: str, pdfium: Pdfium, page: Page, settings: PdfSettings) -> Page:
    """A page as OCR reads it. Raises ReadError ``E-OCR-MISSING``."""
    program = _tesseract(name, settings.ocr_languages)
    scale = settings.ocr_dpi / 72
    picture = pdfium.picture(page.number, scale)
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        picture.save(image)
        command = [program, str(image), "-", "-l", settings.ocr_languages, "--dpi", str(settings.ocr_dpi), "tsv"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, encoding="utf-8", timeout=_LONGEST, check=False
            )
            table = done.stdout
        except subprocess.TimeoutExpired:
            table = ""
    columns = _columns(table, page.number, scale)
    lines = [line for column in columns for line in column]
    width, height = picture.width / scale, picture.height / scale
    items: list[list[Item]] = [list(column) for column in columns]
    direction = base_direction(" ".join(line.text for line in lines))
    return Page(
        page.number, width, height, items, direction, [], page.pictures, method="ocr", confidence=confidence_of(lines)
    )


@cache
def _tesseract(name: str, languages: str) -> str:
    """The path of the program, once it is known to have the languages."""
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(
            f"{name}: OCR is asked for, but Tesseract is not installed; install it (Debian: apt-get install "
            "tesseract-ocr tesseract-ocr-fas tesseract-ocr-eng), or set read.pdf.ocr to false",
            code="E-OCR-MISSING",
        )
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    missing = [language for language in languages.split("+") if language not in listed]
    if missing:
        raise ReadError(
            f"{name}: Tesseract lacks the language(s) {', '.join(missing)}; install tesseract-ocr-{missing[0]}, or "
            "change read.pdf.ocr_languages",
            code="E-OCR-MISSING",
        )
    return program


def _columns(table: str, page: int, scale: float) -> list[list[TextLine]]:
    """Tesseract's blocks as columns of lines; its words come in logical order."""
    words: dict[tuple[int, int, int], list[tuple[str, float, Box]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip() or float(cells[10]) < _LEAST_CONFIDENCE:
            continue
        left, top, width, height = (float(cell) / scale for cell in cells[6:10])
        key = (int(cells[2]), int(cells[3]), int(cells[4]))
        words[key].append((cells[11].strip(), float(cells[10]), (left, top, left + width, top + height)))
    blocks: dict[int, list[TextLine]] = defaultdict(list)
    for (block, _, _), found in words.items():
        blocks[block].append(_line(found, page))
    return [_evened(lines) for lines in blocks.values()]


def _line(words: list[tuple[str, float, Box]], page: int) -> TextLine:
    text = unicodedata.normalize("NFC", " ".join(word for word, _, _ in words))
    boxes = [box for _, _, box in words]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    weight = sum(len(word) for word, _, _ in words)
    confidence = sum(value * len(word) for word, value, _ in words) / weight / 100
    size = _TYPE_HEIGHT * (box[3] - box[1])
    line = TextLine(text, box, size, False, base_direction(text), page, box[3], [], [], [], [])
    line.confidence = round(confidence, 3)
    return line


def _evened(lines: list[TextLine]) -> list[TextLine]:
    """Lines with one size for those that differ little, since a line's height depends on its letters."""
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2]
    for line in lines:
        if 0.7 * usual < line.size < 1.35 * usual:
            line.size = usual
    return lines
