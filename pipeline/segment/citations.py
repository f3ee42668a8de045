"""In-text citations: (Author, year: page), Author (year), [12], in both languages.

A parenthesis is a citation when it holds a name and a year in the order of a citation, or when the name and year are
those of an entry of the reference list. Dates, acronyms and remarks in parentheses are none. Several works in one
parenthesis are several citations of one group, each with its own stretch of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import record
from pipeline.segment.draft import Draft, flowed
from pipeline.segment.labels import folded
from pipeline.segment.linking import References
from pipeline.segment.passages import Passage
from pipeline.text.offsets import Span

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|"
    "sept?|oct|nov|dec"
)
_FA = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u064b-\u0655"
_YEAR = r"(?:(?:1[2-9]|20)\d{2}(?:\s?[a-e](?![a-z])|[\s‌]?(?:الف|ب)(?![ء-ی]))?)"
_WORD_EN = rf"(?:(?!(?i:{_MONTHS})\b\.?,?\s+\d)[^\W\d_a-z\u0600-\u06ff][\w'’\-]*\.?)"
_LINK_EN = r"(?:of|the|for|and|&|de|van|von|der|al|el|bin|ibn|et\s+al\.?|others|colleagues|in|on|al-[\w'’]+|a)"
_NAMES_EN = (
    rf"{_WORD_EN}(?:[\s_]+(?:{_WORD_EN}|{_LINK_EN})|,\s+(?:{_WORD_EN}|and\b|&)|:\s+{_WORD_EN}(?=\s+(?:of|for)\b)"
    rf"|/{_WORD_EN}|,?\s+et\s+al\.?)*"
)
_NAMES_FA = rf"[{_FA}][{_FA}\u200c\-]*(?:\s+[{_FA}\u200c\-]+|\s*[،,]\s+[{_FA}\u200c]+(?=\s+و\s)){{0,6}}"
_DAY = rf"(?:(?:{_MONTHS})\.?\s+\d{{1,2}}\s*[,،]?\s*|\d{{1,2}}\s+(?:{_MONTHS})\.?[,]?\s+|(?:{_MONTHS})\.?,?\s+)"
_PAGE = r"[\divxlc]+(?:\s*[-–—]\s*[\divxlc]+)?"
_LOCATOR = (
    rf"(?:\s*(?:[:：؛]|[،,](?!\s*{_YEAR}))\s*(?:(?:pp?|ch|chap|sec|vol|para|no)\.?\s*|صص?\s*[.:]?\s*|ج(?:لد)?\s*[.:]?\s*|بند\s*)?{_PAGE}"
    rf"(?:\s*[،,:]\s*(?:صص?\.?\s*)?{_PAGE}(?![\w/])){{0,3}})"
)
_WORK = re.compile(
    rf"(?P<names>{_NAMES_EN}|{_NAMES_FA})(?P<joint>\s*[,،:：]\s*|\s+\(?|\()"
    rf"(?P<date>(?i:{_DAY})?(?P<year>{_YEAR})|(?P<none>n\.d\.|forthcoming|in press|بی[\u200c ]?تا))"
    rf"(?P<suffix>\s*/\s*(?:1[2-9]|20)\d{{2}})?(?P<locator>{_LOCATOR})?(?![\d/]|[-–]\d)"
)
_NEXT_YEAR = re.compile(
    rf"\s*[,،؛;]\s*(?:and\s+|و\s+)?(?P<year>{_YEAR})(?P<locator>\s*[:：]\s*{_PAGE})?(?![\d/]|[-–]\d)"
)
_BETWEEN = re.compile(r"\s*(?:[;؛,،]\s*(?:and\b|&|و(?=\s))?|and\b|&|و(?=\s))\s*")
_LEAD = re.compile(
    r"\s*(?:(?:see(?:\s+also)?|cf\.?|e\.g\.,?|for (?:example|instance|more),?|quoted (?:in|from)|as cited in|cited in|"
    r"after|also|adapted from|source|in)\s*:?\s+|(?:نک|ن\.?ک|ر\.?\s?ک|رک|بنگرید به|نگاه کنید به|به نقل از|نقل از|"
    r"همچنین|برای نمونه|برگرفته از)"
    r"\.?\s*[:：]?\s*)+",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\(([^()]{4,240}(?:\([^()]{1,20}\)[^()]{0,120})?)\)")
_IBID = re.compile(rf"\((?P<word>ibid\.?|همان|همان[\u200c ]?جا|پیشین)(?P<locator>{_LOCATOR})?\)", re.IGNORECASE)
_NARRATIVE = re.compile(
    rf"(?P<names>{_WORD_EN}(?:\s+(?:and|&)\s+{_WORD_EN}|\s+et\s+al\.?|,?\s+{_WORD_EN}){{0,3}}|[{_FA}\u200c]+(?:\s+و\s+[{_FA}\u200c]+)?)"
    rf"\s+\((?P<year>{_YEAR})(?P<locator>{_LOCATOR})?\)"
)
_NUMERIC = re.compile(r"\[(\d{1,3}(?:\s*[,،;–\-]\s*\d{1,3})*)\]")

#: First words that make a dated remark of a parenthesis, not a citation.
_NO_AUTHOR = re.compile(
    r"(?:received|accepted|revised|published|figure|fig|table|since|until|till|in|on|"
    r"from|between|after|before|during|by|about|around|circa|ca|approximately|probably|possibly|born|died|early|mid|late|est|"
    r"founded|established|signed|adopted|resolution|act|law|treaty|version|updated|accessed|retrieved|available|chapter|section|"
    r"year|years|n|p|no|vol|یکم|در|از|تا|سال|سالهای|سال‌های|دهه|قرن|متولد|مصوب|تصویب|مورخ|حدود|اوایل|اواخر|اواسط|پیش|پس|قبل|بعد|"
    r"بهار|تابستان|پاییز|زمستان|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|ژانویه|فوریه|مارس|آوریل|ژوئن|"
    r"ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر|شکل|جدول|نمودار|ماده|قانون|نسخه|درگذشت|تاسیس|تأسیس|امضا|قطعنامه)\b",
    re.IGNORECASE,
)
#: Places of publication and of events: “(Berlin, 1921)” is none, unless the reference list says so.
_PLACE = re.compile(
    "tehran|london|new york|berlin|paris|moscow|beijing|washington|geneva|vienna|istanbul|cairo|baghdad|kabul|delhi|"
    "leiden|oxford|cambridge|rome|tokyo|brussels|the hague|hague|qom|tabriz|isfahan|shiraz|mashhad|ramsar|doha|dubai|"
    "beirut|تهران|لندن|نیویورک|برلین|پاریس|مسکو|پکن|واشنگتن|ژنو|وین|استانبول|قاهره|بغداد|کابل|دهلی|لیدن|آکسفورد|کمبریج|رم|توکیو|"
    "بروکسل|لاهه|قم|تبریز|اصفهان|شیراز|مشهد|رامسر|دوحه|دبی|بیروت|بمبئی|کلکته",
    re.IGNORECASE,
)
_CALENDAR = re.compile(rf"(?:{_MONTHS}|spring|summer|autumn|fall|winter)\.?", re.IGNORECASE)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_OTHERS = re.compile(r"^(?:et al\.?|others|colleagues|al\.?)$|^(?:همکاران|دیگران)$", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """A cited work in a passage: the range of its view, and what the citation says of the work."""

    start: int
    end: int
    names: list[str]
    year: str | None
    locator: str | None
    reference: str | None
    confidence: float
    opens: int


def citation_layer(
    draft: Draft, passages: list[Passage], known: References, *, narrative: bool = True
) -> list[record.Citation]:
    """The citations in the running text and the notes, in text order."""
    found: list[tuple[Span, _Found, int]] = []
    last: str | None = None
    for number, passage in enumerate(passages):
        text = passage.view.text.translate(_DIGITS)
        if "(" not in text and "[" not in text:
            continue
        for item in sorted(_in_text(text, known, narrative=narrative), key=lambda f: (f.start, f.end)):
            if item.reference == "ibid":
                item.reference = last
            last = item.reference
            found.append((passage.view.to_source(item.start, item.end), item, number))
    return _numbered(draft, found)


def _numbered(draft: Draft, found: list[tuple[Span, _Found, int]]) -> list[record.Citation]:
    citations: list[record.Citation] = []
    groups: dict[tuple[int, int], int] = {}
    for number, (span, item, passage) in enumerate(found, start=1):
        group = groups.setdefault((passage, item.opens), len(groups) + 1)
        citations.append(
            record.Citation(
                id=f"citation/{number}", span=span, surface=draft.surface(span), group=group, authors=item.names,
                year=item.year, locator=item.locator, reference=item.reference, confidence=item.confidence,
            )
        )  # fmt: skip
    return citations


def _in_text(text: str, known: References, *, narrative: bool) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for match in _PARENTHESIS.finditer(text):
        works = list(_in_parenthesis(text, match.start(1), match.end(1), known))
        if works:
            taken.append(match.span())
            yield from works
    for match in _IBID.finditer(text):
        taken.append(match.span())
        yield _Found(match.start(1), match.end() - 1, [], None, _page(match["locator"]), "ibid", 0.6, match.start())
    if narrative:
        for match in _NARRATIVE.finditer(text):
            work = _narrative(match, known)
            if work and not any(start < match.end() and match.start() < end for start, end in taken):
                yield work
    if known.numbered:
        for match in _NUMERIC.finditer(text):
            yield from _numeric(match, known)


def _in_parenthesis(text: str, start: int, end: int, known: References) -> Iterator[_Found]:
    """The works cited one after the other in a parenthesis; none when it doesn't begin like a citation."""
    at = start
    lead = _LEAD.match(text, at, end)
    at = lead.end() if lead else at
    previous: _Found | None = None
    while at < end:
        work = _WORK.match(text, at, end)
        found = _work(text, work, start, known) if work else None
        if found is None and previous is not None:
            year = _NEXT_YEAR.match(text, previous.end, end)
            if year:
                found = _another_year(year, previous, known)
        if found is None:
            return
        yield found
        previous = found
        between = _BETWEEN.match(text, found.end, end)
        at = between.end() if between else end
        lead = _LEAD.match(text, at, end)
        at = lead.end() if lead else at


def _work(text: str, match: re.Match[str], opens: int, known: References) -> _Found | None:
    names_text = flowed(match["names"])
    if _NO_AUTHOR.match(names_text) or len(names_text) < 2:
        return None
    names = authors_of(names_text)
    if not names or all(_CALENDAR.fullmatch(name) for name in names):
        return None
    year = _year(match["year"]) if match["year"] else None
    reference, confidence = known.find(names, year, match["date"], names_text)
    if reference is None and not _convinces(match, names_text):
        return None
    end = match.end("locator") if match["locator"] else match.end("suffix") if match["suffix"] else match.end("date")
    return _Found(
        match.start(), end, names, year or match["none"], _page(match["locator"]), reference, confidence, opens
    )


def _convinces(match: re.Match[str], names: str) -> bool:
    """Whether a work that no reference matches is still a citation: punctuated like one, and not an acronym's date."""
    if not re.search(r"[,،:：]", match["joint"]):
        return bool(match["locator"]) or "et al" in names or "همکاران" in names
    if match["locator"]:
        return True
    if _PLACE.fullmatch(names):
        return False
    return not (names.isupper() and names.isascii() and len(names) < 8)


def _another_year(match: re.Match[str], previous: _Found, known: References) -> _Found:
    year = _year(match["year"])
    reference, confidence = known.find(previous.names, year, match["year"], " ".join(previous.names))
    end = match.end("locator") if match["locator"] else match.end("year")
    return _Found(
        match.start("year"), end, previous.names, year, _page(match["locator"]), reference, confidence, previous.opens
    )


def _narrative(match: re.Match[str], known: References) -> _Found | None:
    """“Name (year)”, when the reference list has it; words before the name that the pattern took are left out."""
    words = match["names"].split()
    year = _year(match["year"])
    for skip in range(len(words)):
        text = " ".join(words[skip:])
        if _NO_AUTHOR.match(text) or _BETWEEN.match(text + " "):
            continue
        names = authors_of(text)
        reference, confidence = known.find(names, year, match["year"], text, strict=True) if names else (None, 0.0)
        if reference:
            start = match.start() + match["names"].rfind(
                words[skip], 0, len(match["names"]) - len(text) + len(words[skip])
            )
            return _Found(
                start, match.end(), names, year, _page(match["locator"]), reference, confidence, match.start()
            )
    return None


def _numeric(match: re.Match[str], known: References) -> Iterator[_Found]:
    """The works of ``[3, 5–7]``; all works of a range share the range's span."""
    works = []
    for part in re.finditer(r"(\d{1,3})(?:\s*[–\-]\s*(\d{1,3}))?", match[1]):
        first, last = int(part[1]), int(part[2] or part[1])
        if not first <= last < first + 50:
            return
        for number in range(first, last + 1):
            reference = known.by_number(number)
            if reference is None:
                return
            start = match.start(1) + part.start()
            works.append(_Found(start, start + len(part[0]), [], None, None, reference, 0.95, match.start()))
    yield from works


def authors_of(text: str) -> list[str]:
    """The family names in a citation: “Roe and Doe”, “Roe, F. and H. Doe”, “رضایی و همکاران”, “Press Agency”."""
    names = []
    text = re.sub(r",?\s+et\s+al\.?", "", text.replace("_", " "))
    for part in re.split(r"\s*(?:,|،|;|\band\b|&|(?<=\s)و(?=\s))\s*", text):
        name = part.strip(" .")
        if not name or _OTHERS.match(name) or re.fullmatch(r"(?:[A-Z]\.?\s?){1,3}", name):
            continue
        family = re.sub(r"^(?:[A-Z]\.\s*)+|(?:\s+[A-Z]\.?)+$", "", name).strip()
        if family:
            names.append(family)
    whole = re.search(r"\b(?:of|for)\b", text)
    if whole and len(names) > 1 and not re.search(r"\band [A-Z]\w+$", text):
        return [text]
    return names


def _year(text: str) -> str:
    return folded(text).replace(" ", "").replace("\u200c", "")


def _page(text: str | None) -> str | None:
    return flowed(text).lstrip(" :：,،؛").strip() if text else None
