"""pdfium, the second engine: it opens files, counts pages, gives glyphs quickly and draws pages as pictures.

Its glyphs serve the fast layout, pages that the first engine cannot read, and pages that it reads worse. They know no
presentation forms, and pdfium leaves out some half-spaces, which is why it is not the first one.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.pdf_glyphs import Drawn, Glyph, sign_of

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|titr", re.IGNORECASE)
_BOLD_WEIGHT = 600
_MOST_CHARACTERS = 200_000  # on one page
_ASCENT, _DESCENT = 0.8, 0.2  # of the font size; only the boxes shown to people depend on them


class Pdfium:
    """An open document. Close it."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises ReadError ``E-PDF-ENCRYPTED`` or ``E-PDF-DAMAGED``."""
        import pypdfium2

        try:
            self.document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() and b"/Encrypt" in data:
                raise ReadError(
                    f"{name}: the PDF asks for a password; remove it first (for example "
                    f"'qpdf --decrypt --password=… {name} out.pdf')",
                    code="E-PDF-ENCRYPTED",
                ) from None
            raise damaged(name, "its structure cannot be read, or it has no pages") from None

    def __len__(self) -> int:
        return len(self.document)

    def close(self) -> None:
        """Free the document."""
        self.document.close()

    def text(self, number: int) -> str:
        """The text of a page (counted from 1) in pdfium's own order; empty when the page cannot be loaded."""
        page = self._page(number)
        if page is None:
            return ""
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()
            page.close()

    def drawn(self, number: int) -> Drawn:
        """The glyphs of a page, counted from 1. Rules and pictures are not asked for."""
        import pypdfium2.raw as c

        page = self._page(number)
        if page is None:
            return Drawn()
        text_page = page.get_textpage()
        width, height = page.get_size()
        drawn = Drawn(width, height)
        left, _, _, top = page.get_bbox()
        handle = text_page.raw
        seen: dict[int | None, tuple[float, bool, tuple[float, float]]] = {}
        x, y = ctypes.c_double(), ctypes.c_double()
        rect = c.FS_RECTF()
        before: tuple[float, float] | None = None
        for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
            if c.FPDFText_IsGenerated(handle, index) == 1:
                continue
            code = c.FPDFText_GetUnicode(handle, index)
            if (
                code in (0, 0xFFFE, 0xFFFF)
                or 0xD800 <= code < 0xE000
                or c.FPDFText_HasUnicodeMapError(handle, index) == 1
            ):
                code = 0xFFFD
            owner = ctypes.cast(c.FPDFText_GetTextObject(handle, index), ctypes.c_void_p).value
            known = seen.get(owner)
            if known is None:
                known = seen[owner] = _style(c, handle, index)
            size, bold, way = known
            c.FPDFText_GetCharOrigin(handle, index, x, y)
            c.FPDFText_GetLooseCharBox(handle, index, rect)
            x0, x1, base = rect.left - left, rect.right - left, top - y.value
            sign = sign_of(chr(code))
            if not sign.text or (sign.space and x1 - x0 < 0.05 * size):  # pdfium's own, at no certain place
                continue
            if before == (x.value, y.value) and drawn.glyphs and not sign.space and not sign.mark:
                _ligature(drawn, sign.text)
                continue
            before = (x.value, y.value)
            glyph = Glyph(sign, x0, x1, base - _ASCENT * size, base + _DESCENT * size, base, size, bold, ("", code))
            if way == (1.0, 0.0):
                drawn.glyphs.append(glyph)
            else:
                glyph.top, glyph.bottom = top - rect.top, top - rect.bottom
                drawn.turned.append((glyph, way, x.value - left))
        text_page.close()
        page.close()
        return drawn

    def picture(self, number: int, scale: float) -> Any:
        """A page as a Pillow image; ``scale`` is in pixels a point."""
        page = self.document[number - 1]
        image = page.render(scale=scale).to_pil()
        page.close()
        return image

    def _page(self, number: int) -> Any:
        import pypdfium2

        try:
            return self.document[number - 1]
        except (pypdfium2.PdfiumError, IndexError):
            return None


def damaged(name: str, why: str) -> ReadError:
    """The error of a file whose structure is broken."""
    return ReadError(
        f"{name}: the PDF is damaged: {why}; get it again, or repair it (for example 'qpdf {name} out.pdf')",
        code="E-PDF-DAMAGED",
    )


def _style(c: Any, handle: Any, index: int) -> tuple[float, bool, tuple[float, float]]:
    """Size in points, whether bold, and the direction of the line, (1, 0) where it runs level."""
    matrix = c.FS_MATRIX()
    size = float(c.FPDFText_GetFontSize(handle, index))
    way = (1.0, 0.0)
    if c.FPDFText_GetMatrix(handle, index, matrix):
        if matrix.d * size <= 0 or abs(matrix.b) >= 0.2 * abs(matrix.a):
            sign = 1 if size > 0 else -1
            way = (sign * matrix.a, sign * matrix.b)
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    elif size <= 0:
        way = (-1.0, 0.0)
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    c.FPDFText_GetFontInfo(handle, index, name, 256, flags)
    bold = bool(_BOLD.search(name.value.decode("latin-1"))) or c.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT
    return abs(size), bold, way


def _ligature(drawn: Drawn, text: str) -> None:
    """Add a further letter of a ligature to its glyph."""
    last = drawn.glyphs[-1]
    last.sign = sign_of(last.sign.text + text)
