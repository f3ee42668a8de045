"""The days an article was received, revised, accepted and published, as its front matter states them.

Values are ISO 8601 in the Gregorian calendar. A Jalali day is converted; a Jalali month or year, which has no
Gregorian counterpart, is the ISO 8601 interval of its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline import record
from pipeline.segment.labels import folded
from pipeline.text.numerals import ordinal, parse_number

DateField = Literal["received", "revised", "accepted", "published"]

_GREGORIAN = {
    name: number
    for number, names in enumerate(
        (
            "january jan ژانویه", "february feb فوریه", "march mar مارس", "april apr آوریل اوریل", "may مه می",
            "june jun ژوین ژوئن", "july jul ژوییه ژوئیه جولای", "august aug اوت آگوست", "september sept sep سپتامبر",
            "october oct اکتبر", "november nov نوامبر", "december dec دسامبر",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_JALALI = {
    name: number
    for number, names in enumerate(
        (
            "فروردین farvardin", "اردیبهشت ordibehesht", "خرداد khordad", "تیر tir", "مرداد mordad امرداد",
            "شهریور shahrivar", "مهر mehr", "آبان aban", "آذر azar", "دی dey", "بهمن bahman", "اسفند esfand",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted((folded(name) for name in (*_GREGORIAN, *_JALALI)), key=len, reverse=True))

_LABELS: dict[DateField, str] = {
    "received": r"received(?: date)?|submitted|submission(?: date)?|date of (?:receipt|submission)|"
    r"receiv(?:e|ing) date|(?:تاریخ )?(?:دریافت|وصول|ارسال)(?: مقاله)?",
    "revised": r"revised|revision(?: date)?|(?:تاریخ )?(?:بازنگری|اصلاح|ویرایش|بازبینی)(?: مقاله| نهایی)?",
    "accepted": r"accepted|acceptance(?: date)?|date of acceptance|accept date|"
    r"(?:تاریخ )?(?:پذیرش|تایید|تصویب)(?: نهایی| مقاله)?",
    "published": r"published(?: online)?|publication date|available online|(?:تاریخ )?(?:انتشار|چاپ|نشر)(?: مقاله)?",
}
_DATE = (
    r"(?:(?P<year1>\d{4})\s*[/\-–.]\s*(?P<month1>\d{1,2})\s*[/\-–.]\s*(?P<day1>\d{1,2})"
    r"|(?P<day2>\d{1,2})\s*[/\-–.]\s*(?P<month2>\d{1,2})\s*[/\-–.]\s*(?P<year2>\d{4})"
    rf"|(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?[\s.\-–]+(?:of\s+)?(?P<name3>{_MONTH})(?:\s*ماه)?[.,،\s\-–]+(?P<year3>\d{{4}})"
    rf"|(?P<word7>{folded(ordinal('fa'))})[\s\u200c]+(?P<name7>{_MONTH})(?:\s*ماه)?[.,،\s\-–]+(?P<year7>\d{{4}})"
    rf"|(?P<name4>{_MONTH})[.\s\-–]+(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،\s]\s*(?P<year4>\d{{4}})"
    rf"|(?P<name5>{_MONTH})(?:\s*ماه)?[.,،\s\-–]+(?P<year5>\d{{4}})"
    r"|(?P<year6>\d{4}))(?!\d)"
)
_LABELLED = re.compile(
    rf"(?<![a-z\u0620-\u06ff])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _LABELS.items())})"
    rf"(?![a-z\u0620-\u06ff])(?:\s+(?:on|in|at|date))?[\s:：.)\]|\-–=_*\u200c]*(?P<date>{_DATE})"
)


class StatedDate(NamedTuple):
    """A labelled date: its field, value, calendar, and where the date stands in the text that was searched."""

    field: DateField
    value: str
    calendar: record.Calendar
    start: int
    end: int


def stated_dates(text: str) -> Iterator[StatedDate]:
    """The labelled dates of a line or paragraph of front matter, in text order; impossible days are left out."""
    for match in _LABELLED.finditer(folded(text)):
        field: DateField = next(name for name in _LABELS if match[name])
        parsed = _parse(match)
        if parsed:
            yield StatedDate(field, *parsed, match.start("date"), match.end("date"))


def _parse(match: re.Match[str]) -> tuple[str, record.Calendar] | None:
    form = next(number for number in range(1, 8) if match[f"year{number}"])
    groups = match.groupdict()
    year = int(groups[f"year{form}"])
    name = groups.get(f"name{form}") or ""
    month = _month(name) or int(groups.get(f"month{form}") or 0)
    day = int(groups.get(f"day{form}") or 0) or parse_number(groups.get(f"word{form}") or "", "fa") or 0
    if form == 2 and month > 12 >= day:
        day, month = month, day
    jalali = 1200 <= year < 1500
    if name and jalali != (name in _JALALI_FOLDED):
        return None
    try:
        return (_from_jalali(year, month, day), "jalali") if jalali else (_iso(year, month, day), "gregorian")
    except ValueError:
        return None


_JALALI_FOLDED = {folded(name): number for name, number in _JALALI.items()}
_GREGORIAN_FOLDED = {folded(name): number for name, number in _GREGORIAN.items()}


def _month(name: str) -> int:
    return _JALALI_FOLDED.get(name) or _GREGORIAN_FOLDED.get(name) or 0


def _iso(year: int, month: int, day: int) -> str:
    from datetime import date

    if not 1800 <= year < 2200:
        raise ValueError(f"{year} is no year an article was written in")
    if not month:
        return f"{year:04}"
    date(year, month, day or 1)
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _from_jalali(year: int, month: int, day: int) -> str:
    """The Gregorian day, or the interval of a Jalali month or year."""
    from convertdate import persian

    if month > 12:
        raise ValueError("a year has twelve months")
    last = persian.month_length(year, month or 12)
    if day > last:
        raise ValueError(f"month {month} of {year} has {last} days")
    first_day = persian.to_gregorian(year, month or 1, day or 1)
    last_day = persian.to_gregorian(year, month or 12, day or last)
    ends = [f"{y:04}-{m:02}-{d:02}" for y, m, d in (first_day, last_day)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)
