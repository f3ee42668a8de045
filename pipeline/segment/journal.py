"""Journal, volume, issue, pages and DOI in a line of front matter or a running head."""

from __future__ import annotations

import re

from pipeline.text.language import language_of

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"«»،؛,;]+[^\s<>\"«»،؛,;.)\]]")
_VOLUME = re.compile(
    r"\bvol(?:ume)?\.?\s*(\d{1,3}|[IVXLC]+)\b|(?:دوره|جلد)\s*[یٔ]?\s*\(?(\d{1,3}|[آ-ی]+)", re.IGNORECASE
)
_YEAR_OF_ISSUE = re.compile(r"سال\s+(?!13|14|۱۳|۱۴)(\d{1,3}|[آ-ی]+(?:\s+و\s+[آ-ی]+)?)(?=\s*[،,])")
_ISSUE = re.compile(
    r"\b(?:no|issue|number)\.?\s*(\d{1,3}(?:[-–/]\d{1,3})?)\b|شماره\s*[یٔ]?\s*\(?(\d{1,3}|[آ-ی]+)", re.IGNORECASE
)
_PAGES = re.compile(
    r"\b(?:pp?|pages)\.?\s*(\d{1,4}\s*[-–]\s*\d{1,4})|(?:صص?|صفحات|صفحه)\s*[.:]?\s*(\d{1,4}\s*[-–تا]+\s*\d{1,4})",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-Z][\w&'’-]*\s+(?:of\s+|for\s+|and\s+|on\s+|in\s+|the\s+)*)*(?:Journal|Review|Quarterly|Studies|Bulletin|Annals)"
    r"(?:\s+(?:of|for|on|and|in|the|&)\b|\s+[A-Z][\w&'’-]*)*"
    r"|(?:دو[ \u200c]?فصلنامه|فصلنامه|ماهنامه|پژوهش[ \u200c]?نامه|مجله|نشریه)(?:[ٔهیء]|\u200cی)?\s[^\d،,؛.:/|()]{3,70}"
)
_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)


def journal_values(text: str) -> dict[str, tuple[str, int, int]]:
    """The fields a line states, each with its value and the range in ``text`` that supports it.

    Keys are the fields of the metadata (``volume``, ``journal.fa``). A line that only has a journal-like word among
    others, without volume, issue or DOI, says nothing; one that is a journal's name and nothing else does.
    """
    values: dict[str, tuple[str, int, int]] = {}
    doi = _DOI.search(text)
    if doi:
        values["doi"] = (doi[0], *doi.span())
    for name, pattern in (("volume", _VOLUME), ("issue", _ISSUE), ("pages", _PAGES)):
        match = pattern.search(text)
        if match is None and name == "volume":
            match = _YEAR_OF_ISSUE.search(text)
        if match:
            group = next(number for number, value in enumerate(match.groups(), 1) if value)
            value = re.sub(r"\s*(?:[-–]|تا)\s*", "-", match[group].translate(_TO_ASCII))
            values[name] = (value, *match.span(group))
    whole = _NAME.fullmatch(text.strip(" \t\n.*_#"))
    if "issue" not in values and "volume" not in values and (whole is None or len(whole[0].split()) < 3):
        return {name: value for name, value in values.items() if name == "doi"}
    name_match = _NAME.search(text)
    if name_match and len(name_match[0].split()) > 1:
        found = name_match[0].strip()
        language = language_of(found)[0]
        if language != "und":
            start = name_match.start()
            values[f"journal.{language}"] = (" ".join(found.split()), start, start + len(found))
    return values
