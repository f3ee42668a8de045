"""Names of authors in a line of front matter, and the marks that lead from a name to its footnote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.article import Article
from pipeline.segment.draft import flowed, trimmed
from pipeline.segment.labels import folded, read_label
from pipeline.text.offsets import Span, without

#: What only a description of a person's post or place has.
AFFILIATION = re.compile(
    r"universit|institut|department|\bdept\b|facult|college|school of|academy|academic|laborator|hospital|librar|"
    r"\bcent(?:er|re)\b|professor|lecturer|researcher|\bph\.? ?d|\bm\.?sc|\bm\.a\b|\bb\.?sc|student|candidate|fellow\b|"
    r"e-?mail|correspond|ministry|organi[sz]ation|\bgraduate|"
    r"دانشگاه|دانشکده|دانشیار|دانشجو|دانش[ \u200c]?آموخته|استاد(?:یار)?(?![\u0620-\u06ff])|پژوهشگاه|پژوهشکده|"
    r"پژوهشگر(?!ی)|موسسه|مرکز |مرکز\u200c|گروه |دکتری|دکترای|کارشناس|عضو هی|هیات علمی|هییت علمی|حوزه علمیه|مربی |"
    r"بیمارستان|سازمان|وزارت|"
    r"کتابخانه|مسیول|رایانامه|ایمیل|پست الکترونیک|آموزشکده|فرهنگستان",
    re.IGNORECASE,
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SUPERSCRIPT = re.compile(r"<sup>.*?</sup>|\[\^[^\]]*\](?!:)|[¹²³⁰⁴-⁹]+|\$\^?\{?[^$]{1,6}\}?\$", re.DOTALL)
_BRACKETED_MARK = r"(?:[a-z\d۰-۹]|\\?\*+|†|‡)"
_BRACKETED = re.compile(rf"\(\s*({_BRACKETED_MARK}(?:\s*[,،]\s*{_BRACKETED_MARK})*)\s*\)")
_SEPARATOR = re.compile(r"\s*(?:[,،;؛|\n•·]|\s&\s|\s[-–—]\s|\band\b|(?<=\s)و(?=\s))\s*")
_MARKS = re.compile(r"[\s*†‡§¶#\d()\[\]\\.:]+$")
_LEADING_MARKS = re.compile(r"[\s*†‡§¶#\d()\[\]\\.:]+")
_DEGREE = re.compile(
    r"\(?(?:ph\.?\s?d\.?|m\.?\s?sc\.?|m\.?\s?d\.?|m\.?\s?a\.?|b\.?\s?sc\.?|d\.?sc\.?|m\.?b\.?a\.?|dr\.?|prof\.?|jr\.?|sr\.?)\)?",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|eng|by)\.?\s+"
    r"|(?:د[کك]تر|پروفسور|مهندس|سر[کك]ار خانم|جناب آقا[یي]|آقا[یي]|خانم|حجت‌?الاسلام)\s+)+",
    re.I,
)
_ROLE_NOTE = re.compile(r"\((?:[^()]*(?:correspond|مسئول|مسؤول|مسوول|نویسنده|author)[^()]*)\)", re.IGNORECASE)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_PARTICLES = _words("de van von der den bin ibn al el del di da la le ben bint abu ul")
_NOT_IN_NAMES = _words(
    "the of and in on for with from to a an by at is are its study analysis review case article paper research "
    "journal relations policy theory approach iran abstract vol no volume issue"
)
_PERSIAN_NOT_IN_NAMES = _words(
    "در از به با بر برای این که را است تا یا بین آن مقاله پژوهش بررسی تحلیل روابط مطالعه نقش تاثیر سال شماره دوره "
    "فصلنامه مجله چکیده ایران جمهوری اسلامی های علوم مبانی نظریه"
)
_SIGNS = re.compile("[\u064b-\u0655\u0670]")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 3)
_MARK = re.compile(r"[*†‡§¶]+|\d{1,2}")
_RAISED = re.compile(rf"<sup>(.*?)</sup>|\[\^([^\]]*)\]|{_BRACKETED.pattern}", re.DOTALL)
_RAISED_MARK = re.compile(r"[*†‡§¶]+|\d{1,2}|[a-z](?![a-z])")


@dataclass(slots=True)
class NameHit:
    """A name, where it stands in the article, and the footnote marks beside it."""

    name: str
    span: Span
    marks: list[str]


def names_in(article: Article, span: Span) -> tuple[list[NameHit], Span | None]:
    """The names a line begins with, and the rest of the line when it describes the person.

    No names when the line is something else. Marks (``1``, ``*``, ``<sup>a</sup>``), degrees and honorifics are no
    part of a name.
    """
    line = without(article.text, _removed(article, span), within=span)
    label = read_label(line)
    start = label.end if label and label.role == "authors" and not label.alone else 0
    masked = _ROLE_NOTE.sub(lambda m: " " * len(m[0]), line.text)
    parts = _parts(masked, start)
    hits: list[NameHit] = []
    rest: Span | None = None
    for begin, end in parts:
        if not _LEADING_MARKS.sub("", masked[begin:end]) or _DEGREE.fullmatch(masked[begin:end].strip()):
            continue
        bounds = _name_bounds(masked, begin, end)
        if bounds is None:
            if hits and AFFILIATION.search(folded(masked[begin:])):
                rest = trimmed(article.text, Span(line.starts[begin], span.end))
                break
            return [], None
        source = line.to_source(*bounds)
        hits.append(NameHit(flowed(line.text[bounds[0] : bounds[1]]), source, []))
    limit = rest.start if rest else span.end
    for number, hit in enumerate(hits):
        until = hits[number + 1].span.start if number + 1 < len(hits) else limit
        hit.marks = marks_in(article.text[hit.span.end : until])
    return hits, rest


def marks_in(raw: str) -> list[str]:
    """The footnote marks in the characters beside a name: digits as ASCII, stars and daggers as written."""
    raw = raw.replace("\\", "").translate(_DIGITS)
    marks = _MARK.findall(_RAISED.sub(" ", raw))
    for raised in _RAISED.finditer(raw):
        marks += _RAISED_MARK.findall(raised[1] or raised[2] or raised[3])
    return list(dict.fromkeys(marks))


def _removed(article: Article, span: Span) -> list[Span]:
    """Markup and superscripts of a line."""
    spans = [mark.span for mark in article.markup if mark.span.start < span.end and span.start < mark.span.end]
    for pattern in (_SUPERSCRIPT, _BRACKETED):
        spans += [Span(*match.span()) for match in pattern.finditer(article.text, span.start, span.end)]
    return spans


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    parts, at = [], start
    for match in _SEPARATOR.finditer(text, start):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, len(text)))
    return [(begin, end) for begin, end in parts if text[begin:end].strip()]


def _name_bounds(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """The name within a part of a line, without honorific and marks; None when it is no name."""
    lead = _LEADING_MARKS.match(text, begin, end)
    begin = lead.end() if lead else begin
    honorific = _HONORIFIC.match(text, begin, end)
    begin = honorific.end() if honorific else begin
    marks = _MARKS.search(text, begin, end)
    if marks and not re.match(r"\.$", marks[0]):
        end = marks.start()
    end = begin + len(text[begin:end].rstrip(" \t\n.\u200c"))
    return (begin, end) if _is_name(text[begin:end]) else None


def _is_name(text: str) -> bool:
    if not 3 <= len(text) <= 60 or any(char.isdigit() or char in "@/:؟?!" for char in text):
        return False
    if AFFILIATION.search(folded(text)):
        return False
    tokens = re.split(r"[\s]+", text.strip())
    if "\u0600" <= text.strip("«( ")[:1] <= "\u06ff":
        return 2 <= len(tokens) <= 6 and not any(
            _SIGNS.sub("", folded(token)) in _PERSIAN_NOT_IN_NAMES for token in tokens
        )
    if not 2 <= len(tokens) <= 5:
        return False
    return (
        all(
            token.lower() in _PARTICLES or (token[:1].isupper() and token.lower().strip(".") not in _NOT_IN_NAMES)
            for token in tokens
        )
        and tokens[-1][:1].isupper()
    )
