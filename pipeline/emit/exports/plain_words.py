"""The words of a passage without the marks of a Markdown source, for formats that keep no offsets.

A record does not say which characters of its text are markup, so that the few marks that scholarly Markdown uses are
known by their form here: emphasis, links, calls of notes, raised text, escapes.
"""

from __future__ import annotations

import re

from pipeline.record import Record, Span

_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\[\^[^\]\s]+\]|<sup>.{0,20}?</sup>"), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<=\S)(?<!\\)\*\*", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\\*])\*(?=[^\s*])([^*]+?)(?<=\S)(?<!\\)\*(?!\*)"), r"\1"),
    (re.compile(r"\\([\\*_\[\]()#`~<>.+!-])"), r"\1"),
)
_LEADING = re.compile(r"(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?)(?=\S)")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def plain_words(record: Record, text: str) -> str:
    """``text`` of a record's article on one line, without marks where its source was Markdown; half-spaces stay."""
    if record.source.media_type.startswith("text/markdown"):
        for pattern, kept in _MARKS:
            text = pattern.sub(kept, text)
    return _SPACE.sub(" ", text).strip()


def trimmed(record: Record, span: Span) -> Span:
    """The span of a block without the mark that begins a line of Markdown (``##``, ``-``, ``>``)."""
    if not record.source.media_type.startswith("text/markdown"):
        return span
    found = _LEADING.match(record.text_of(span))
    return Span(span.start + found.end(), span.end) if found else span
