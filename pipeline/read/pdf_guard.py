"""A look at a PDF page before it is read: whether its streams unpack to more than a page of print can hold.

A few kilobytes can unpack to gigabytes. Streams long enough to do so are unpacked here with a limit, which costs
nothing where all of them are short.
"""

from __future__ import annotations

import zlib
from typing import Any

from pipeline.read.pdf_characters import PageTooHeavyError

_MOST_BYTES = 24_000_000  # of one content stream or form, unpacked
_HIGHEST_RATIO = 1032  # of Deflate
_DEEPEST = 8  # forms within forms


def refuse_heavy(page: Any) -> None:
    """Raises PageTooHeavyError when a page's contents, or a form that it may draw, unpack to too much."""
    from pdfminer.pdftypes import PDFStream, resolve1

    seen: set[int] = set()

    def check(stream: Any, depth: int) -> None:
        stream = resolve1(stream)
        if not isinstance(stream, PDFStream) or id(stream) in seen or depth > _DEEPEST:
            return
        seen.add(id(stream))
        if (
            resolve1(stream.get("Subtype")) is not None
            and getattr(resolve1(stream.get("Subtype")), "name", "") == "Image"
        ):
            return
        _measure(stream)
        walk(stream.get("Resources"), depth + 1)

    def walk(resources: Any, depth: int) -> None:
        resources = resolve1(resources)
        if not isinstance(resources, dict):
            return
        objects = resolve1(resources.get("XObject"))
        if isinstance(objects, dict):
            for each in list(objects.values())[:2_000]:
                check(each, depth)
        fonts = resolve1(resources.get("Font"))
        if isinstance(fonts, dict):
            for each in list(fonts.values())[:2_000]:
                font = resolve1(each)
                if isinstance(font, dict):
                    check(font.get("ToUnicode"), depth)

    for content in page.contents:
        check(content, 0)
    walk(page.resources, 0)


def _measure(stream: Any) -> None:
    raw = stream.rawdata
    if raw is None or len(raw) * _HIGHEST_RATIO <= _MOST_BYTES:
        return
    names = [getattr(name, "name", "") for name, _ in stream.get_filters()]
    if not names and len(raw) > _MOST_BYTES:
        raise PageTooHeavyError
    data = raw
    for name in names:
        if name not in ("FlateDecode", "Fl"):
            return
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, _MOST_BYTES)
        except zlib.error:
            return
        if unpacker.unconsumed_tail:
            raise PageTooHeavyError
