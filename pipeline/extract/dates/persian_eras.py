"""What every reader of Persian dates asks: which calendar a mark or a size means, which year figures or words give."""

from __future__ import annotations

import re

from pipeline.extract.dates.persian_parts import G
from pipeline.extract.dates.values import calendar_of_year, full_years
from pipeline.text.calendars import CalendarName
from pipeline.text.numerals import parse_number

#: Years from the epoch of the Imperial calendar (in force 1355–1357) to that of the Jalali one.
_IMPERIAL = 1180
#: The last year that prose speaks of; larger figures are numbers.
LAST_YEAR = 2150
#: The confidence in the calendar of a mark that says little («۱۳۲۴ هجری»).
AMBIGUOUS = 0.6
#: A calendar named by the adjective of «سال» («سال تحصیلی», «سال هجری قمری ۱۳۲۴»).
_ERA_OF_YEAR = re.compile(rf"(?:هجری|ه)?{G}(?:شمسی|خورشیدی|قمری)|هجری|شاهنشاهی|میلادی")
#: Names of months that are names of persons too, and what stands before the one of an author («(آذر، ۱۳۹۲)»).
NAMES = frozenset(["مهر", "آذر", "بهمن", "بهار", "تیر", "شهریور", "مرداد", "خرداد", "آبان"])
_AUTHOR_BEFORE = re.compile(r"[(؛;]\s?$|(?<!\w)و\s$")


def marked(mark: str | None, year: int) -> tuple[CalendarName, float, bool]:
    """The calendar by its mark or else by the year's size, the confidence in it, and whether it counts backwards."""
    if mark is None:
        return (*calendar_of_year(year), False)
    key = re.sub(r"[\s\u200c.ـ]", "", mark)
    if key.startswith(("قبل", "پیش")) or key in ("قم", "پم"):
        return "gregorian", 1.0, True
    if key in ("هجری", "ه"):
        return ("jalali", 0.6, False) if 1300 <= year <= 1420 else ("hijri", 0.85, False)
    if key.endswith(("شمسی", "خورشیدی", "ش", "خ", "شاهنشاهی", "شه")):
        return "jalali", 1.0, False
    if key.endswith(("قمری", "ق", "قه")):
        return "hijri", 1.0, False
    return "gregorian", 1.0, False


def year_number(text: str, mark: str | None = None) -> int:
    """The year that figures or words give; an Imperial one («۲۵۳۵ شاهنشاهی») by its Jalali number."""
    if not text.isdecimal():
        return parse_number(text, "fa") or 0
    year = full_years(text) if len(text) == 2 else int(text)
    return year - _IMPERIAL if mark and "شاهنشاهی" in mark and year > _IMPERIAL else year


def mark_of(match: re.Match[str]) -> str | None:
    """The calendar's mark after the year, or the adjective of «سال» before it."""
    if match["mark"] or not match["sal"]:
        return match["mark"]
    adjective = _ERA_OF_YEAR.search(match["sal"])
    return adjective[0] if adjective else None


def is_author(match: re.Match[str]) -> bool:
    """Whether the name of a month or a season stands where an author does («(آذر، ۱۳۹۲)»)."""
    return bool(_AUTHOR_BEFORE.search(match.string, max(0, match.start() - 3), match.start()))
