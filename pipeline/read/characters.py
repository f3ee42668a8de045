"""The characters of a text file (Markdown, plain text): decoded, bounded in size, NFC; and its lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pipeline import record
from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.document import ReadSettings, diagnostic
from pipeline.text.encoding import Decoded, NotTextError, decode
from pipeline.text.offsets import Span


class Characters(NamedTuple):
    """A file's text, the encoding it came in, and what was doubtful about it."""

    text: str
    encoding: str
    diagnostics: list[record.Diagnostic]


class Line(NamedTuple):
    """One line: ``left`` is its first offset (after a quote's prefix), ``[start, end)`` its part without white space.

    ``new_page`` says that a form feed stands before its first character.
    """

    left: int
    start: int
    end: int
    new_page: bool = False

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing but white space."""
        return self.start >= self.end


def characters_of(file: SourceFile, settings: ReadSettings) -> Characters:
    """The text of a file. Raises ReadError ``E-BINARY``, ``E-EMPTY`` or ``E-TOO-LARGE``."""
    if len(file.data) > 4 * settings.max_characters:  # no encoding uses more than four bytes a character
        raise _too_long(file, f"{len(file.data):,} bytes hold more characters", settings)
    try:
        decoded = decode(file.data)
    except NotTextError as error:
        raise ReadError(
            f"{file.name}: named like a text, but looks like {error.kind}; give the file its right suffix, "
            "or save the article as Markdown, text or PDF",
            code="E-BINARY",
        ) from None
    text = unicodedata.normalize("NFC", decoded.text)
    if not text or text.isspace():
        raise ReadError(f"{file.name}: the file holds only white space", code="E-EMPTY")
    if len(text) > settings.max_characters:
        raise _too_long(file, f"{len(text):,} characters are more", settings)
    return Characters(text, decoded.encoding, list(_doubts(file, decoded, unchanged=text == decoded.text)))


def lines_of(text: str) -> list[Line]:
    """The lines of a text, split at LF."""
    lines = []
    left = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            start = left + raw.index(body[0])
            lines.append(Line(left, start, start + len(body), "\f" in text[left:start]))
        else:
            lines.append(Line(left, left, left, "\f" in raw))
        left += len(raw) + 1
    return lines


_FORM_FEED = re.compile("\f")


def page_starts(text: str) -> list[int]:
    """Where the pages of a text begin, when form feeds part them (as pdftotext writes them); else empty."""
    breaks = [match.end() for match in _FORM_FEED.finditer(text.rstrip())]
    return [0, *breaks] if breaks else []


def _doubts(file: SourceFile, decoded: Decoded, *, unchanged: bool) -> Iterator[record.Diagnostic]:
    if decoded.guessed:
        message = f"{file.name} does not say its encoding; it reads as {decoded.encoding}"
        yield diagnostic("info", "W-ENCODING-GUESSED", message)
    if decoded.invalid:
        message = f"{file.name}: {decoded.invalid} invalid byte sequence(s) in {decoded.encoding} replaced by U+FFFD"
        yield diagnostic("warning", "W-ENCODING-INVALID", message)
    if decoded.controls:
        first = decoded.controls[0]
        message = f"{file.name}: {len(decoded.controls)} control character(s) or lone surrogates replaced by U+FFFD"
        yield diagnostic("warning", "W-CONTROL-CHARS", message, Span(first, first + 1) if unchanged else None)


def _too_long(file: SourceFile, count: str, settings: ReadSettings) -> ReadError:
    return ReadError(
        f"{file.name}: {count} than read.max_characters allows ({settings.max_characters:,}); raise it with "
        "--set read.max_characters=N if this is one article, or split the file",
        code="E-TOO-LARGE",
    )
