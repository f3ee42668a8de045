"""Front matter as the English extractor reads it: posts, fields of study and mastheads are no names.

*Professor of Strategic Studies, Supreme National Defense University* names a university and no *Strategic Studies*;
*Department of Regional Studies, University of Guilan* names the university; *Review of Harbours, Vol. 6, No. 1* is the
journal. What is blanked keeps its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.text.offsets import Span

_HOUSE = r"Universit|Institut|Academy|College|Cent(?:er|re)\b|Seminary|Hospital|Ministry|Organi[sz]ation"
_POST = re.compile(
    r"(?:Ph\.?\s?D\.?|M\.?\s?A\.?|M\.?\s?Sc\.?|B\.?\s?A\.?|B\.?\s?Sc\.?|M\.?Phil\.?|LL\.?[MB]\.?|Master(?:'s|’s)?|Doctora\w+|Professor|"
    r"Candidate|Student|student|Graduate|graduate|Lecturer|Scholar|Researcher|Fellow|[Dd]egree|Expert|Instructor)"
    r"\.?(?:\s+(?:[Ss]tudent|[Cc]andidate|[Gg]raduate|[Dd]egree|holder|Fellow))?\s+(?:in|of)\s+([^,;()|\n]+)"
)
_UNIT = re.compile(
    rf"\b(?:Department|Dept\.|Faculty|School|Division|Section|Group|Chair)\s+(?:of|for)\s+[^;()|\n]+?"
    rf"(?=,[^;|\n]*(?:{_HOUSE}))"
)
_MASTHEAD = re.compile(
    r"^[^\n]*\bVol(?:ume)?s?\.?\s*\d+[^\n]*(?:\bNo\.?\s*\d|\bIssue\b|\bpp?\.\s*\d|\(\d{4}\)|\b\d{4})[^\n]*|"
    r"^[^\n]*\b\d{1,3}\s*\(\d{4}\)(?:\s*[,:])?\s*\d+\s*[–-]\s*\d+[^\n]*",
    re.MULTILINE,
)


def without_posts(text: str, lines: Iterable[Span]) -> str:
    """``text`` with fields of study and departments in affiliation ``lines`` blanked, and their line ends closed.

    A line of an affiliation is a thing of its own; its end becomes a semicolon, which no name spans.
    """
    for start, end in lines:
        part = text[start:end].replace("\n", ";")
        for found in sorted(_front(part)):
            part = part[: found.start] + " " * (found.end - found.start) + part[found.end :]
        text = text[:start] + part + text[end:]
    return text


def mastheads(text: str, until: int) -> Iterator[Span]:
    """Lines before position ``until`` (the abstract) that name a journal's volume."""
    for match in _MASTHEAD.finditer(text, 0, until):
        yield Span(*match.span())
        above = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        if match.start() and text[match.start() - 2 : match.start()] != "\n\n":
            yield Span(above, match.start())


def _front(part: str) -> Iterator[Span]:
    for match in _POST.finditer(part):
        if not re.search(_HOUSE, match.group(1)):
            yield Span(*match.span(1))
    for match in _UNIT.finditer(part):
        yield Span(*match.span())
