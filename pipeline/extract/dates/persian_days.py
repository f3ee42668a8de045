"""Readers of Persian days and months: each turns a match of the grammar into expressions, or declines it."""

from __future__ import annotations

import re

from pipeline.extract.dates.grammar import Reading
from pipeline.extract.dates.persian_eras import NAMES, is_author, marked, year_number
from pipeline.extract.dates.values import Expression, month_fits, named, period_or_none
from pipeline.text.calendars import CalendarName, Period, Unit, month_number, season_number
from pipeline.text.numerals import parse_number

#: Month names that are common words as well; with two figures they are months only when «ماه» or «سال» says so.
_AMBIGUOUS_MONTHS = frozenset("مهر دی تیر آذر بهمن می مه صفر اسد میزان عقرب جدی دلو حمل حوت قوس سرطان آب".split())
_ALONE_CUE = re.compile(r"(?<!\w)(?:در|از|تا|برای|پایان|اوایل|اواسط|اواخر|نیمه|ابتدای|آغاز|طی)\s$")
#: «هفتهٔ نخست فروردین» is not the first of Farvardin.
_OF_STRETCH = re.compile(r"(?:هفته|دهه|نیمه)(?:\u0654|[ \u200c]?ی)?\s$")
#: Words that make a month of a doubtful name before two figures («در بهمن ۵۷»).
_MONTH_CUE = re.compile(r"(?<!\w)(?:در|از|تا|انقلاب|قیام|رویداد|اوایل|اواسط|اواخر|پایان|نیمه|حوادث)\s$")


def _dated(match: re.Match[str], unit: Unit, day: str | None = None) -> tuple[Period, float, bool] | None:
    """A month, or a day of it, with its year; the confidence in its calendar; whether the year was used."""
    month = month_number(match["m"], "fa")
    number = parse_number(day, "fa") if day else None
    if month is None or (day and number is None):
        return None
    calendar, sure = month[0], 1.0
    text = match["y"] or match.groupdict().get("y_")
    year = year_number(text, match["mark"]) if text else None
    if text and not _year_fits(calendar, text, year or 0, match["mark"]):
        year = None
    if year is not None and match["mark"] and marked(match["mark"], year)[0] != calendar:
        sure = 0.7
    period = period_or_none(calendar, unit, year, month[1], number)
    return (period, sure, year is not None) if period else None


def _year_fits(calendar: CalendarName, text: str, year: int, mark: str | None) -> bool:
    """Whether a year can stand beside a month of a calendar: three figures are Hijri, two are Jalali."""
    if not month_fits(calendar, year):
        return False
    if len(text) == 2 and text.isdecimal():
        return calendar == "jalali"
    if len(text) == 3:
        return calendar == "hijri" or mark is not None
    return calendar != "gregorian" or year >= 1500 or mark is not None


def _month_end(match: re.Match[str]) -> int:
    return match.end("mah") if match["mah"] else match.end("m")


def _is_doubtful(match: re.Match[str]) -> bool:
    """Whether a month's name may be a common word here: no year in four figures, no «ماه» beside it."""
    certain = (match["y"] and len(match["y"]) >= 4) or match["mah"] or "ماه" in match[0]
    return not certain and match["m"] in _AMBIGUOUS_MONTHS


def read_day(match: re.Match[str]) -> Reading:
    dated = _dated(match, "day", match["d"])
    if dated is None or (match["m"] in ("می", "مه") and _is_doubtful(match)):
        return None
    if match["d"][0].isalpha() and _OF_STRETCH.search(match.string, max(0, match.start() - 10), match.start()):
        return None
    period, sure, with_year = dated
    figures = match["d"][0].isdigit()
    if period.year is None and _is_doubtful(match) and not (figures or "م" in match["d"][-1:]):
        return None
    end = match.end() if with_year else _month_end(match)
    return Expression(
        match.start(), end, "", 0.98 if with_year else 0.8, period, calendar_confidence=sure, marked=True
    )  # fmt: skip


def read_days(match: re.Match[str]) -> Reading:
    first, last = _dated(match, "day", match["d"]), _dated(match, "day", match["d2"])
    if first is None or last is None or (first[0].day or 0) >= (last[0].day or 0):
        return None
    end = match.end() if first[2] else _month_end(match)
    if match["and"]:
        return [
            Expression(match.start(), match.end("d"), "", 0.85, first[0], marked=True),
            Expression(match.start("d2"), end, "", 0.9, last[0], marked=True),
        ]
    return Expression(match.start(), end, "", 0.95, first[0], last[0], marked=True)


def read_month(match: re.Match[str]) -> Reading:
    if match["comma"] and match["m"] in NAMES and not match["mah"] and is_author(match):
        return None
    dated = _dated(match, "month")
    if dated is None or not dated[2]:
        return None
    short = len(match["y"]) == 2
    if short and not match["sal"] and _is_doubtful(match) and not _cued(match):
        return None
    return named(match, dated[0], 0.88 if short else 0.98, calendar_confidence=dated[1], marked=True)


def _cued(match: re.Match[str]) -> bool:
    return bool(_MONTH_CUE.search(match.string, max(0, match.start() - 10), match.start()))


def read_month_after_cue(match: re.Match[str]) -> Reading:
    """A month without «ماه» and year, by the preposition before it («در نوامبر», «تا پایان شهریور»)."""
    if match["m"] in _AMBIGUOUS_MONTHS or len(match["m"]) < 4:
        return None
    if not _ALONE_CUE.search(match.string, max(0, match.start() - 10), match.start()):
        return None
    return read_month_alone(match)


def read_month_alone(match: re.Match[str]) -> Reading:
    month = month_number(match["m"], "fa")
    period = period_or_none(month[0], "month", None, month[1]) if month else None
    return named(match, period, 0.7, marked=True) if period else None


def read_shared_year(match: re.Match[str]) -> Reading:
    """Two months or seasons of which only the second has the year: «خرداد و تیر ۱۳۹۴», «بهار تا پاییز ۱۳۹۸»."""
    year = int(match["year"])
    unit: Unit = "season" if "s" in match.groupdict() else "month"
    if unit == "season":
        calendar, sure, _ = marked(match["mark"], year)
        ends = season_number(match["first"], "fa"), season_number(match["s"], "fa")
    else:
        one, two = month_number(match["first"], "fa"), month_number(match["m"], "fa")
        if one is None or two is None or one[0] != two[0] or not month_fits(one[0], year):
            return None
        calendar, sure = one[0], 1.0
        ends = one[1], two[1]
    first, last = (Period(calendar, unit, year, end) for end in ends)
    if match["and"]:
        return [
            Expression(match.start("first"), match.end("first"), "", 0.9, first, calendar_confidence=sure),
            Expression(match.start("second"), match.end(), "", 0.95, last, calendar_confidence=sure),
        ]
    if (first.part or 0) >= (last.part or 0):
        return None
    return named(match, first, 0.93, last=last, calendar_confidence=sure, marked=unit == "month")


def read_figures(match: re.Match[str]) -> Reading:
    """Year, month and day in figures, in either direction; two-figure years are Jalali."""
    first, middle, last = match["a"], match["b"], match["c"]
    if len(last) == 4 or (len(first) == len(last) == 2 and int(first) <= 31 < int(last)):
        first, last = last, first
    if len(first) not in (2, 4) or (len(first) == 2 and (int(first) <= 31 or match["sep"].strip() == ".")):
        return None
    year = year_number(first)
    calendar, sure, _ = marked(match["mark"], year)
    month, day = int(middle), int(last)
    if calendar == "gregorian" and len(match["c"]) == 4:
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return named(match, Period("gregorian", "year", year), 0.6, figures=True)
    period = period_or_none(calendar, "day", year, month, day)
    if period is None:
        return None
    return named(match, period, 0.93, calendar_confidence=sure, figures=True, marked=match["mark"] is not None)
