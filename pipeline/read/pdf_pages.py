"""Which pages of a PDF are read: ``1-4``, ``1,3,7-``, or all of them up to a limit."""

from __future__ import annotations

import re

from pipeline.errors import ReadError
from pipeline.read.document import PdfSettings

_PART = re.compile(r"\s*(?P<first>\d*)\s*(?P<dash>[-–]?)\s*(?P<last>\d*)\s*")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def selected(name: str, total: int, settings: PdfSettings) -> list[int]:
    """The numbers of the pages to read, counted from 1, in order.

    Raises ReadError ``E-PDF-PAGES`` for a choice that names no page, ``E-PDF-DAMAGED`` for a file without pages, and
    ``E-TOO-LARGE`` for more pages than ``read.pdf.max_pages``.
    """
    if total == 0:
        raise ReadError(f"{name}: the PDF is damaged: it has no pages; get it again", code="E-PDF-DAMAGED")
    numbers = _chosen(name, total, settings.pages) if settings.pages.strip() else list(range(1, total + 1))
    if len(numbers) > settings.max_pages:
        raise ReadError(
            f"{name}: {len(numbers):,} pages are more than read.pdf.max_pages allows ({settings.max_pages:,}); choose "
            "the article's pages with read.pdf.pages (or --pages), or raise the limit",
            code="E-TOO-LARGE",
        )
    return numbers


def _chosen(name: str, total: int, choice: str) -> list[int]:
    found: set[int] = set()
    for part in choice.translate(_DIGITS).split(","):
        match = _PART.fullmatch(part)
        if match is None or not (match["first"] or match["last"]):
            raise ReadError(
                f"{name}: {choice!r} is no choice of pages; write for example 1-4 or 1,3,7-", code="E-PDF-PAGES"
            )
        first = int(match["first"] or 1)
        last = int(match["last"] or (total if match["dash"] else first))
        found.update(range(max(first, 1), min(last, total) + 1))
    if not found:
        raise ReadError(f"{name}: none of the pages {choice} is there; the file has {total}", code="E-PDF-PAGES")
    return sorted(found)
