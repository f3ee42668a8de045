"""What the bytes of a file prove it to be, beyond its first few: office documents, HTML pages, JATS articles.

Nothing is unpacked or parsed here: only the directory of a ZIP archive and the first characters of a text are seen.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile

_ZIP = b"PK\x03\x04"
_HEAD = 4096  # bytes
#: Parts that tell kinds of archives apart, and what to call them.
_OFFICE: tuple[tuple[str, str], ...] = (
    ("xl/workbook", "a spreadsheet (.xlsx)"),
    ("ppt/presentation", "a presentation (.pptx)"),
    ("META-INF/container.xml", "an electronic book (.epub)"),
    ("content.xml", "an OpenDocument file (.odt)"),
)
_PROLOGUE = re.compile(r"\s*(?:<\?xml\b[^>]*\?>\s*|<!--.*?-->\s*|<\?[^>]*\?>\s*)*", re.DOTALL)
_HTML = re.compile(r"<!doctype\s+html\b|<html\b", re.IGNORECASE)
_JATS = re.compile(
    r"<!DOCTYPE\s+article\b|<article\b[^>]*(?:\barticle-type\s*=|\bdtd-version\s*=|\bxmlns:\w+\s*=)"
    r"|<article\b[^>]*>\s*<(?:front|processing-meta)\b"
)


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive that holds a word-processing document."""
    return data.startswith(_ZIP) and any(
        name.startswith("word/document") and name.endswith(".xml") for name in _names(data)
    )


def zip_kind(data: bytes) -> str | None:
    """What a ZIP archive that is no DOCX is to be called; None when the bytes are no archive."""
    if not data.startswith(_ZIP):
        return None
    names = _names(data)
    if not names:
        return None
    for part, kind in _OFFICE:
        if any(name.startswith(part) for name in names):
            return kind
    return "a ZIP archive without an article in it"


def is_html(data: bytes) -> bool:
    """Whether the bytes begin like an HTML page."""
    head = _head(data)
    return _HTML.match(head, _start(head)) is not None


def is_jats(data: bytes) -> bool:
    """Whether the bytes begin like an article in JATS (or its ancestor, the NLM DTD)."""
    head = _head(data)
    return _JATS.match(head, _start(head)) is not None


def _names(data: bytes) -> list[str]:
    """The names in a ZIP archive's directory; none when that is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError):
        return []


def _head(data: bytes) -> str:
    head = data[:_HEAD]
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _start(head: str) -> int:
    match = _PROLOGUE.match(head)
    return match.end() if match else 0
