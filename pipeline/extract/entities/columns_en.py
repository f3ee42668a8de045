"""Names in the columns of a table whose header says what they are: *Maker*, *Country*, *University*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import STOP_EN

_HEADERS: dict[str, Literal["ORG", "GPE"]] = {
    **dict.fromkeys(
        "maker manufacturer company producer developer operator organisation organization institution institute agency "
        "supplier vendor university employer publisher contractor builder shipyard firm bank".split(),
        "ORG",
    ),
    **dict.fromkeys("country state city town province location place origin destination capital".split(), "GPE"),
}  # fmt: skip
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.&’'-]+"
_NAME = {
    "ORG": re.compile(rf"{_WORD}(?:\s(?:of\s|and\s|for\s)?{_WORD})*"),
    "GPE": re.compile(rf"{_WORD}(?:\s{_WORD})*"),
}


def column_names(reading: Reading, known: Occupied) -> Iterator[Candidate]:
    """The capitalised stretches of such columns where nothing is ``known`` yet; slashes and commas part them."""
    for header, cell in reading.cells:
        kind = _HEADERS.get(header.strip("* ").lower())
        if kind is None:
            continue
        for match in _NAME[kind].finditer(reading.text, cell.start, cell.end):
            first = re.match(r"\w+", match.group())
            if known.overlaps(*match.span()) or first is None or first.group() in STOP_EN:
                continue
            if any(char.isdigit() for char in match.group()):
                continue
            yield Candidate(*match.span(), kind, "pattern", confidence=0.72)
