"""Numbers before headings: I., 1.1, ۱-۲, الف), Chapter 2, بخش اول."""

from __future__ import annotations

import re
from typing import NamedTuple

_ROMAN = r"[IVX]{1,5}(?=[.):\-–—\s])"
_DECIMAL = r"\d{1,2}(?:[.\-–]\d{1,2}){0,4}"
_ORDINAL = "اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|نخست"
_NUMBER = re.compile(
    rf"""\s*(?:
      (?P<named>(?:chapter|section|part)\s+(?:\d{{1,2}}|[ivx]{{1,5}})\b|(?:فصل|بخش|گفتار)\s+(?:{_ORDINAL}|\d{{1,2}}))[\s.:\-–—)]*
    | (?P<roman>{_ROMAN})\s*[.):\-–—]\s*
    | (?P<decimal>{_DECIMAL})(?:\s*[.):\-–—]+\s*|\s+)
    | (?P<letter>[A-H])[.)]\s+
    | (?P<abjad>الف|ب|پ|ت|ج|د|ه|هـ|و)\s*[.)\-–]\s*
    )(?=\S)""",
    re.VERBOSE | re.IGNORECASE,
)


class Numbered(NamedTuple):
    """A heading's number as written, its style, its depth (1 = outermost of its style), and where the title begins."""

    number: str
    style: str
    depth: int
    end: int


def heading_number(text: str) -> Numbered | None:
    """The number that ``text`` begins with, or None."""
    match = _NUMBER.match(text)
    if not match or not match.lastgroup:
        return None
    style = match.lastgroup
    number = match[style]
    if style in ("roman", "letter") and not number.isupper():
        return None
    if style == "decimal" and len(number) == 4:
        return None
    depth = len(re.findall(r"\d+", number)) if style == "decimal" else 1
    return Numbered(number.strip(" .:-–—)"), style, depth, match.end())
