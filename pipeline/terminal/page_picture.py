"""A picture of one page of a record's PDF, its lines coloured by the kind of block they belong to.

It shows at a glance whether the reader saw the page as a person does: what is heading, note, table or furniture, and
in which order the blocks are read (the number at the first line of each).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.read.pdf_pdfium import Pdfium
from pipeline.record import Block, PageLayout, Record

_SCALE = 2.0  # pixels a point
_COLOURS: dict[str, tuple[int, int, int]] = {
    "title": (192, 32, 48), "author": (190, 90, 30), "affiliation": (190, 130, 60), "date_line": (150, 110, 60),
    "heading": (220, 60, 120), "abstract": (40, 130, 200), "keywords": (0, 160, 160), "paragraph": (60, 110, 220),
    "list_item": (90, 90, 190), "quote": (90, 140, 160), "table": (40, 150, 70), "caption": (120, 170, 40),
    "note": (150, 80, 190), "reference": (110, 100, 60), "code": (90, 90, 90), "rule": (90, 90, 90),
    "furniture": (140, 140, 140),
}  # fmt: skip


def draw_page(record: Record, source: Path, number: int, target: Path) -> None:
    """Write the picture of a page as PNG.

    Raises RecordError ``E-SHOW-PAGE`` when the record has no such page or the file is not the one it was read from, and
    ReadError when the PDF cannot be opened.
    """
    page = next((page for page in record.layout if page.number == number), None)
    if page is None:
        known = ", ".join(str(page.number) for page in record.layout[:20]) or "none"
        raise RecordError(f"{record.id}: no page {number} in the record; it has {known}", code="E-SHOW-PAGE")
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != record.source.sha256:
        raise RecordError(
            f"{source} is not the file that {record.id} was read from (sha256 differs)", code="E-SHOW-PAGE"
        )
    pdfium = Pdfium(source.name, data)
    try:
        picture = pdfium.picture(number, _SCALE).convert("RGB")
    finally:
        pdfium.close()
    _coloured(picture, page, record.blocks).save(target, format="PNG")


def find_source(record: Record, beside: Path, folders: Iterable[Path]) -> Path:
    """The PDF of a record, looked for beside it and in ``folders``. Raises RecordError ``E-SHOW-PAGE``."""
    for folder in (beside, *folders):
        candidate = folder / record.source.file
        if candidate.is_file():
            return candidate
    raise RecordError(
        f"{record.id}: {record.source.file} is neither beside the record nor in the corpus; name it with --source",
        code="E-SHOW-PAGE",
    )


def _coloured(picture: Any, page: PageLayout, blocks: list[Block]) -> Any:
    from PIL import Image, ImageDraw

    scale = picture.width / page.width if page.width else _SCALE
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    starts = [block.span.start for block in blocks]
    seen: set[int] = set()
    widest_first = sorted(page.lines, key=lambda line: (line[2] - line[4]) * (line[5] - line[3]))
    for start, _, *box in widest_first:
        index = bisect_right(starts, start) - 1
        if index < 0:
            continue
        colour = _COLOURS.get(blocks[index].kind, (0, 0, 0))
        x0, top, x1, bottom = (value * scale for value in box)
        pen.rectangle((x0 - 1, top - 1, x1 + 1, bottom + 1), fill=(*colour, 70), outline=(*colour, 200))
        if index not in seen:
            seen.add(index)
            label = f"{index} {blocks[index].kind}"
            width = pen.textlength(label)
            pen.rectangle((x0, top - 11, x0 + width + 4, top), fill=(*colour, 230))
            pen.text((x0 + 2, top - 11), label, fill=(255, 255, 255, 255))
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
