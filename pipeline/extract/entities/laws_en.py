"""English laws in parts and in court: *Article 71*, *Article IV of the Constitution*, *Rubin v. Iran*, *ISO 24113*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import STOP_EN

_ARTICLE = re.compile(
    r"(?<![\w-])(?:Article|Principle|Additional Article) (?:\d{1,3}(?:bis)?|[IVXLC]{1,6})(?![\w-]|\.\d)"
)
_OF_TEXT = re.compile(r"\s+of\s+(?:this|the present|his|her|our|my)\b")
_CONSTITUTION = re.compile(r"(?:\s*\(\w{1,3}\))?\s+of\s+the\s+((?:Constitution|Fundamental Law)s?)\b(?!\s+of)")
_PARTY = r"[A-Z][\w’'-]+(?:\s(?:of|the|and|[A-Z][\w’'.-]+))*?"
_CASE = re.compile(rf"(?<![\w.])({_PARTY})\sv\.?s?\.?\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]+)*")
_STANDARD = re.compile(r"(?<![\w-])(?:ISO|IEC|ISO/IEC)[ /]?\d{3,5}(?:[-:]\d+)*(?![\w-])")


def laws_in_parts(reading: Reading, deeds: Sequence[Candidate]) -> Iterator[Candidate]:
    """Numbered articles, where the text names a law or treaty; cases in court; standards by their number."""
    text = reading.text
    for match in _CASE.finditer(text):
        start = match.start()
        while (first := text[start : match.end()].split(None, 1))[0] in STOP_EN:
            start = text.index(first[1], start)
        if text[start:].startswith("v"):
            continue
        yield Candidate(start, match.end(), "LAW", "pattern", confidence=0.78)
    yield from (Candidate(*match.span(), "LAW", "pattern", confidence=0.7) for match in _STANDARD.finditer(text))
    if not any(deed.type == "LAW" for deed in deeds):
        return
    for match in _ARTICLE.finditer(text):
        if _OF_TEXT.match(text, match.end()):
            continue
        yield Candidate(*match.span(), "LAW", "pattern", confidence=0.78)
        if whole := _CONSTITUTION.match(text, match.end()):
            yield Candidate(*whole.span(1), "LAW", "pattern", confidence=0.78)
