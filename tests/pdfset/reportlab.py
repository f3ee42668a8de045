"""The articles drawn by ReportLab, as many Persian reports are: each line reshaped to presentation forms and reordered
to visual order before it is drawn, so that the file holds no logical text at all."""

from __future__ import annotations

import subprocess
from io import BytesIO
from typing import Any

from pdfset.article import Article, Part

_WIDTH, _HEIGHT, _MARGIN, _GAP = 453.5, 652.0, 48.0, 22.0
_FILES = {
    "vazirmatn": ("Vazirmatn:style=Regular", "Vazirmatn:style=Bold"),
    "amiri": ("Amiri:style=Regular", "Amiri:style=Bold"),
    "noto": ("Noto Naskh Arabic:style=Regular", "Noto Naskh Arabic:style=Bold"),
}
_SIZES = {"title": 15.0, "author": 10.0, "heading": 12.0, "paragraph": 10.0, "caption": 9.0, "note": 8.0}


class _Sheet:
    """A canvas with a pen that runs down columns and over pages."""

    def __init__(self, article: Article, columns: int, font: str) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        for name, pattern in zip(("plain", "bold"), _FILES[font], strict=True):
            file = subprocess.run(["fc-match", "--format=%{file}", pattern], capture_output=True, text=True, check=True)
            pdfmetrics.registerFont(TTFont(name, file.stdout))
        self.out = BytesIO()
        self.canvas = Canvas(self.out, pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1)
        self.measure = pdfmetrics.stringWidth
        self.article, self.columns = article, columns
        self.column_width = (_WIDTH - 2 * _MARGIN - (_GAP if columns == 2 else 0)) / columns
        self.wide = True
        self.mirrored = columns == 1
        self.column, self.page = 0, 0
        self.top = self.y = 0.0
        self.notes: list[str] = []
        self.begin()

    @property
    def width(self) -> float:
        return _WIDTH - 2 * _MARGIN if self.wide else self.column_width

    @property
    def left(self) -> float:
        if self.wide:
            return _MARGIN
        first = _MARGIN + (self.column_width + _GAP if self.article.language == "fa" else 0)
        second = _MARGIN if self.article.language == "fa" else _MARGIN + self.column_width + _GAP
        return second if self.column else first

    def begin(self) -> None:
        self.page += 1
        self.top = self.y = _HEIGHT - 70
        self.line(self.article.head, 8, _HEIGHT - 42, align="center", rtl=self.article.language == "fa", whole=True)
        self.line(self.article.digits(self.page), 8, 38, align="center", rtl=False, whole=True)
        self.canvas.saveState()
        self.canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        self.canvas.rotate(50)
        self.canvas.setFont("bold", 34)
        self.canvas.setFillGray(0.9)
        self.canvas.drawCentredString(0, 0, self.article.watermark)
        self.canvas.restoreState()

    def line(
        self, text: str, size: float, y: float, *, align: str, rtl: bool, font: str = "plain", whole: bool = False
    ) -> None:
        shown = visual(text, rtl=rtl, mirrored=self.mirrored)
        left, width = (_MARGIN, _WIDTH - 2 * _MARGIN) if whole else (self.left, self.width)
        self.canvas.setFont(font, size)
        if align == "center":
            self.canvas.drawCentredString(left + width / 2, y, shown)
        elif align == "right":
            self.canvas.drawRightString(left + width, y, shown)
        else:
            self.canvas.drawString(left, y, shown)

    def floor(self) -> float:
        lines = max(len(self.notes), 0 if self.wide else 3)  # the second column may call notes too
        return 58 + 12 * lines + (6 if lines else 0)

    def need(self, height: float) -> None:
        if self.y - height < self.floor():
            if self.column + 1 < self.columns and not self.wide:
                self.column += 1
                self.y = self.top
            else:
                self.turn()

    def turn(self) -> None:
        self.flush()
        self.canvas.showPage()
        self.column = 0
        self.begin()

    def flush(self) -> None:
        y = 58 + 12 * (len(self.notes) - 1)
        rtl = self.article.language == "fa"
        for note in self.notes:
            self.line(note, _SIZES["note"], y, align="right" if rtl else "left", rtl=rtl, whole=True)
            y -= 12
        self.notes = []

    def wrapped(self, words: list[str], size: float, font: str, indent: float, width: float) -> list[list[str]]:
        lines: list[list[str]] = [[]]
        for word in words:
            room = width - (indent if len(lines) == 1 else 0)
            if lines[-1] and self.measure(visual(" ".join([*lines[-1], word]), rtl=False), font, size) > room:
                lines.append([])
            lines[-1].append(word)
        return lines


def visual(text: str, *, rtl: bool, mirrored: bool = True) -> str:
    """A line reshaped and in visual order. Without ``mirrored`` brackets keep the code that they have in the logical
    text, so that they stand the wrong way round, as in files of programs that forget to turn them."""
    import bidi
    import bidi.algorithm
    from arabic_reshaper import ArabicReshaper

    shaped = ArabicReshaper({"delete_harakat": False, "use_unshaped_instead_of_isolated": True}).reshape(text)
    reorder = bidi.algorithm.get_display if mirrored else bidi.get_display
    return str(reorder(shaped, base_dir="R" if rtl else "L"))


def reportlab(article: Article, *, columns: int, font: str) -> bytes:
    """The article drawn by ReportLab."""
    sheet = _Sheet(article, columns, font)
    for index, (part, pieces) in enumerate(article.numbered()):
        if index == 2 and columns == 2:
            sheet.wide = False
            sheet.top = sheet.y
        if part.rows:
            _table(sheet, part)
        else:
            _words(sheet, part, pieces)
        if sheet.page > 1:
            sheet.top = _HEIGHT - 70
    sheet.flush()
    sheet.canvas.save()
    return sheet.out.getvalue()


def _words(sheet: _Sheet, part: Part, pieces: list[tuple[str, int | None]]) -> None:
    size, rtl = _SIZES[part.kind], part.rtl
    font = "bold" if part.kind in ("title", "heading") else "plain"
    leading = size * (1.75 if rtl else 1.45)
    calls: dict[str, str] = {}
    text = ""
    for words, number in pieces:
        if number is None:
            text += words
            continue
        text += sheet.article.digits(number)
        calls[text.split(" ")[-1]] = f"{sheet.article.digits(number)}. {words}"
    if part.kind in ("title", "heading", "caption"):
        sheet.y -= 8
    if part.kind in ("heading", "caption"):
        sheet.need(60 if part.kind == "heading" else 110)
    indent = 14.0 if part.kind == "paragraph" else 0.0
    align = "center" if part.kind in ("title", "author", "caption") else "right" if rtl else "left"
    for number, words in enumerate(sheet.wrapped(text.split(" "), size, font, indent, sheet.width)):
        fresh = [calls[word] for word in words if word in calls]
        whole = _WIDTH - 2 * _MARGIN
        for note in fresh:
            broken = sheet.wrapped(note.split(" "), _SIZES["note"], "plain", 0, whole)
            sheet.notes.extend(" ".join(line) for line in broken)
        sheet.need(leading)
        sheet.y -= leading
        drawn = " ".join(words)
        shift = indent if number == 0 else 0.0
        sheet.canvas.saveState()
        sheet.canvas.translate(-shift if rtl else shift, 0)
        sheet.line(drawn, size, sheet.y, align=align, rtl=rtl, font=font)
        sheet.canvas.restoreState()
    sheet.y -= 4 if part.kind != "paragraph" else 0


def _table(sheet: _Sheet, part: Part) -> None:
    rows: list[list[str]] = part.rows
    height, size = 16.0, 8.5 if sheet.wide else 6.5
    sheet.need(height * len(rows))
    step = sheet.width / len(rows[0])
    top = sheet.y - 4
    canvas: Any = sheet.canvas
    canvas.setLineWidth(0.4)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            at = len(row) - 1 - c if part.rtl else c
            x = sheet.left + at * step
            canvas.rect(x, top - (r + 1) * height, step, height)
            canvas.setFont("plain", size)
            shown = visual(cell, rtl=part.rtl, mirrored=sheet.mirrored)
            if part.rtl:
                canvas.drawRightString(x + step - 4, top - (r + 1) * height + 5, shown)
            else:
                canvas.drawString(x + 4, top - (r + 1) * height + 5, shown)
    sheet.y = top - height * len(rows) - 8
