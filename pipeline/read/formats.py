"""The table of readers: which one reads a file, by its media type, its suffix or its first bytes.

Other packages add formats through the entry-point group ``dozaban.readers``; an entry point names a :class:`Format`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path, PurePath
from typing import cast

from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.document import Reader
from pipeline.read.signatures import is_docx, is_html, is_jats, zip_kind
from pipeline.stage import nearest
from pipeline.text.encoding import signature

GROUP = "dozaban.readers"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. ``reader`` is ``module:function``, imported when the first such file is read.

    ``media_types[0]`` is the name the record uses. ``magic`` are first bytes that prove the format; ``proof`` is a
    function that looks further into the bytes (the names in a ZIP archive, the root of an XML document). ``parts`` is
    ``module:function``, which names the articles in a file of a format that may hold several.
    """

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    reader: str
    magic: tuple[bytes, ...] = ()
    proof: Callable[[bytes], bool] | None = None
    parts: str | None = None

    def load(self) -> Reader:
        """The reader itself."""
        module, _, attribute = self.reader.partition(":")
        return cast(Reader, cast(Callable[..., object], getattr(import_module(module), attribute)))

    def proven_by(self, data: bytes, head: bytes) -> bool:
        """Whether the bytes are of this format whatever the file is called; ``head`` are the first ones, stripped."""
        return any(head.startswith(magic) for magic in self.magic) or (self.proof is not None and self.proof(data))


MARKDOWN = Format(
    "Markdown",
    ("text/markdown", "text/x-markdown"),
    (".md", ".markdown", ".mdown", ".mkd"),
    "pipeline.read.markdown:read_markdown",
)
PLAIN = Format("plain text", ("text/plain",), (".txt", ".text"), "pipeline.read.plain:read_plain")
PDF = Format("PDF", ("application/pdf", "application/x-pdf"), (".pdf",), "pipeline.read.pdf:read_pdf", (b"%PDF-",))

DOCX = Format(
    "DOCX",
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "application/vnd.ms-word.document.macroenabled.12"),
    (".docx", ".docm"),
    "pipeline.read.docx:read_docx",
    proof=is_docx,
)  # fmt: skip
JATS = Format(
    "JATS",
    ("application/xml", "text/xml", "application/jats+xml"),
    (".xml", ".jats", ".nxml"),
    "pipeline.read.jats:read_jats",
    proof=is_jats,
)
HTML = Format(
    "HTML",
    ("text/html", "application/xhtml+xml"),
    (".html", ".htm", ".xhtml"),
    "pipeline.read.html:read_html",
    proof=is_html,
)
BIBTEX = Format(
    "BibTeX",
    ("application/x-bibtex", "text/x-bibtex"),
    (".bib", ".bibtex"),
    "pipeline.read.bibliography:read_bibtex",
    (b"@article{",),
    parts="pipeline.read.bibliography:bibtex_entries",
)
RIS = Format(
    "RIS",
    ("application/x-research-info-systems",),
    (".ris",),
    "pipeline.read.bibliography:read_ris",
    (b"TY  - ",),
    parts="pipeline.read.bibliography:ris_entries",
)

#: The formats Dozaban reads itself.
BUILT_IN: tuple[Format, ...] = (MARKDOWN, PLAIN, PDF, DOCX, JATS, HTML, BIBTEX, RIS)


@cache
def known_formats() -> tuple[Format, ...]:
    """Built-in formats, then those of other packages, by name."""
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return (*BUILT_IN, *(cast(Format, point.load()) for point in points))


def known_suffixes() -> list[str]:
    """Every suffix that has a reader, for whoever looks for articles in a folder."""
    return sorted({suffix for known in known_formats() for suffix in known.suffixes})


def format_of(file: SourceFile) -> Format:
    """The format of a file: first bytes, then the media type given, then the suffix; no suffix means plain text.

    Raises ReadError ``E-MEDIA-TYPE`` when no reader knows the file.
    """
    head = file.data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for known in known_formats():
        if known.proven_by(file.data, head):
            return known
    if (other := zip_kind(file.data)) is not None:
        raise ReadError(
            f"{file.name}: it is {other}, which has no reader; save the article as DOCX, PDF or HTML",
            code="E-MEDIA-TYPE",
        )
    declared = (file.media_type or "").partition(";")[0].strip().lower()
    if declared and declared != "application/octet-stream":
        return _by_media_type(file, declared)
    suffix = PurePath(file.name).suffix.lower()
    return _by_suffix(file, suffix) if suffix else PLAIN


def articles_in(path: Path) -> list[str]:
    """The names of the articles in a file that holds more than one; empty for any other, and for one that is damaged.

    Only files of formats that can hold several are opened.
    """
    suffix = path.suffix.lower()
    known = next((each for each in known_formats() if each.parts and suffix in each.suffixes), None)
    if known is None or known.parts is None:
        return []
    module, _, attribute = known.parts.partition(":")
    try:
        names = cast("list[str]", getattr(import_module(module), attribute)(SourceFile(path.name, path.read_bytes())))
    except (ReadError, OSError):
        return []  # reading the file will say what is wrong with it
    return names if len(names) > 1 else []


def declared_format(file: SourceFile) -> Format | None:
    """The format the media type or the name promises, without a look at the content; None when it is unknown."""
    declared = (file.media_type or "").partition(";")[0].strip().lower()
    suffix = PurePath(file.name).suffix.lower()
    for known in known_formats():
        if declared in known.media_types or (not declared and suffix in known.suffixes):
            return known
    return None


def _by_media_type(file: SourceFile, declared: str) -> Format:
    table = {media_type: known for known in known_formats() for media_type in known.media_types}
    if declared not in table:
        raise ReadError(
            f"{file.name}: no reader for media type {declared!r}{nearest(declared, table)}", code="E-MEDIA-TYPE"
        )
    return table[declared]


def _by_suffix(file: SourceFile, suffix: str) -> Format:
    table = {end: known for known in known_formats() for end in known.suffixes}
    if suffix not in table:
        looks = signature(file.data)
        what = f" ({looks})" if looks else ""
        raise ReadError(
            f"{file.name}: no reader for {suffix!r} files{what}; known are {', '.join(sorted(table))}. "
            "Save the article as DOCX, PDF, HTML, Markdown or text, or give its media type",
            code="E-MEDIA-TYPE",
        )
    return table[suffix]
