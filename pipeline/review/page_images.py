"""Pictures of the pages of a PDF, drawn when they are asked for, from the very file that the record was read from."""

from __future__ import annotations

import hashlib
import io
import threading
from functools import lru_cache
from pathlib import Path

from pipeline.record import Record

_SCALE = 1.6


class PageImages:
    """Looks for the source beside the records and in further folders."""

    def __init__(self, outputs: Path, folders: tuple[Path, ...] = ()) -> None:
        self.folders = (outputs, *folders)
        self._lock = threading.Lock()
        self._draw = lru_cache(maxsize=16)(_draw)
        self._checked: dict[tuple[str, str], Path | None] = {}

    def has(self, record: Record) -> bool:
        """Whether pages can be drawn."""
        return bool(record.layout) and self._source(record) is not None

    def png(self, record: Record, number: int) -> bytes:
        """The picture of a page. Raises KeyError when there is none."""
        source = self._source(record)
        if source is None or number not in {page.number for page in record.layout}:
            raise KeyError(number)
        with self._lock:
            return self._draw(source, number)

    def _source(self, record: Record) -> Path | None:
        """The file with the name and the hash that the record states."""
        key = (record.source.file, record.source.sha256)
        if key not in self._checked:
            name = Path(record.source.file).name
            found = (folder / name for folder in self.folders)
            fits = (p for p in found if p.is_file() and hashlib.sha256(p.read_bytes()).hexdigest() == key[1])
            self._checked[key] = next(fits, None) if record.source.media_type == "application/pdf" else None
        return self._checked[key]


def _draw(source: Path, number: int) -> bytes:
    from pipeline.read.pdf_pdfium import Pdfium

    pdf = Pdfium(source.name, source.read_bytes())
    try:
        picture = pdf.picture(number, _SCALE).convert("RGB")
    finally:
        pdf.close()
    stream = io.BytesIO()
    picture.save(stream, format="PNG")
    return stream.getvalue()
