"""What the matches of the Persian grammar mean: each reader turns one into expressions, or declines it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates.grammar import Reading
from pipeline.extract.dates.persian_parts import (
    AND,
    EDGE,
    MARK,
    NOT_COUNTED,
    SAL,
    TO,
)
from pipeline.extract.dates.values import (
    Expression,
    calendar_of_year,
    full_years,
    month_fits,
    named,
    period_or_none,
    same_year,
)
from pipeline.text.calendars import CalendarName, Period, Unit, month_number, season_number
from pipeline.text.numerals import cardinal, parse_number

#: Month names that are common words as well; with two figures they are months only when «ماه» or «سال» says so.
_AMBIGUOUS_MONTHS = frozenset(
    [
        "مهر",
        "دی",
        "تیر",
        "آذر",
        "بهمن",
        "می",
        "مه",
        "صفر",
        "اسد",
        "میزان",
        "عقرب",
        "جدی",
        "دلو",
        "حمل",
        "حوت",
        "قوس",
        "سرطان",
        "آب",
    ]
)

_FURTHER_DECADE = re.compile(rf"(?P<to>{TO})?(?:{AND})?(?:دهه\s)?(?P<n>\d{{2,4}}|{cardinal('fa')}){EDGE}")
_SHORT_YEAR = re.compile(rf"(?P<sal>{SAL})?(?P<y>\d\d)(?!\d|[.,/]\d){EDGE}{NOT_COUNTED}{MARK}")


def _marked(mark: str | None, year: int) -> tuple[CalendarName, float, bool]:
    """The calendar by its mark or else by the year's size, the confidence in it, and whether it counts backwards."""
    if mark is None:
        return (*calendar_of_year(year), False)
    key = re.sub(r"[\s\u200c.]", "", mark)
    if key.startswith(("قبل", "پیش")) or key == "قم":
        return "gregorian", 1.0, True
    if key == "هجری":
        return ("jalali", 0.6, False) if 1300 <= year <= 1420 else ("hijri", 0.85, False)
    if key.endswith(("شمسی", "خورشیدی", "ش")):
        return "jalali", 1.0, False
    if key.endswith(("قمری", "ق")):
        return "hijri", 1.0, False
    return "gregorian", 1.0, False


def _year_number(text: str) -> int:
    return full_years(text) if len(text) == 2 else int(text)


def _dated(
    match: re.Match[str], unit: Unit, day: str | None = None, *, group: str = "m"
) -> tuple[Period, float] | None:
    """A month, or a day of it, with the year if there is one, and the confidence in its calendar."""
    month = month_number(match[group], "fa")
    number = parse_number(day, "fa") if day else None
    if month is None or (day and number is None):
        return None
    text = match["y"]
    year = _year_number(text) if text else None
    calendar, sure = month[0], 1.0
    if not month_fits(calendar, year):
        return None
    if year is not None and match["mark"]:
        calendar_by_mark = _marked(match["mark"], year)[0]
        sure = 1.0 if calendar_by_mark == calendar else 0.7
    if text and len(text) == 2 and calendar != "jalali":
        return None
    period = period_or_none(calendar, unit, year, month[1], number)
    return (period, sure) if period else None


def _is_doubtful(match: re.Match[str]) -> bool:
    """Whether a month's name may be a common word here: no year in four figures, no «ماه» beside it."""
    certain = (match["y"] and len(match["y"]) == 4) or match["mah"] or "ماه" in match[0]
    return not certain and match["m"] in _AMBIGUOUS_MONTHS


def read_day(match: re.Match[str]) -> Reading:
    dated = _dated(match, "day", match["d"])
    if dated is None or (match["m"] in ("می", "مه") and _is_doubtful(match)):
        return None
    period, sure = dated
    figures = match["d"][0].isdigit()
    if period.year is None and _is_doubtful(match) and not (figures or "م" in match["d"][-1:]):
        return None
    return named(match, period, 0.98 if period.year else 0.8, calendar_confidence=sure)


def read_days(match: re.Match[str]) -> Reading:
    first, last = _dated(match, "day", match["d"]), _dated(match, "day", match["d2"])
    if first is None or last is None or (first[0].day or 0) >= (last[0].day or 0):
        return None
    if match["and"]:
        return [
            Expression(match.start("d"), match.end("d"), "", 0.85, first[0]),
            Expression(match.start("d2"), match.end(), "", 0.9, last[0]),
        ]
    return named(match, first[0], 0.95, last=last[0])


def read_month(match: re.Match[str]) -> Reading:
    dated = _dated(match, "month")
    if dated is None or (len(match["y"]) == 2 and not match["sal"] and _is_doubtful(match)):
        return None
    return named(match, dated[0], 0.98 if len(match["y"]) == 4 else 0.88, calendar_confidence=dated[1])


def read_month_alone(match: re.Match[str]) -> Reading:
    month = month_number(match["m"], "fa")
    period = period_or_none(month[0], "month", None, month[1]) if month else None
    return named(match, period, 0.7) if period else None


def read_figures(match: re.Match[str]) -> Reading:
    """Year, month and day in figures, in either direction; two-figure years are Jalali."""
    first, middle, last = match["a"], match["b"], match["c"]
    if len(last) == 4 or (len(first) == len(last) == 2 and int(first) <= 31 < int(last)):
        first, last = last, first
    if len(first) == 2 and (int(first) <= 31 or match["sep"].strip() == "."):
        return None
    year = _year_number(first)
    calendar, sure, _ = _marked(match["mark"], year)
    month, day = int(middle), int(last)
    if calendar == "gregorian" and len(match["c"]) == 4:
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return named(match, Period("gregorian", "year", year), 0.6, figures=True)
    period = period_or_none(calendar, "day", year, month, day)
    return named(match, period, 0.93, calendar_confidence=sure, figures=True) if period else None


def read_years(match: re.Match[str]) -> Reading:
    """Two years: a range, one year in two calendars, or (written from right to left) a range the other way round."""
    first, second = match["y"], match["y2"]
    start = _year_number(first)
    end = start - start % 100 + int(second) if len(second) == 2 else int(second)
    worded = match["sal"] is not None
    if len(first) == 2 and not worded:
        return None
    if same_year(start, end) or same_year(end, start):
        calendars: tuple[CalendarName, CalendarName] = (
            ("jalali", "gregorian") if start < end else ("gregorian", "jalali")
        )
        return [
            Expression(match.start(), match.end("y"), "", 0.9, Period(calendars[0], "year", start)),
            Expression(match.start("y2"), match.end(), "", 0.9, Period(calendars[1], "year", end)),
        ]
    calendar, sure, backwards = _marked(match["mark"], end)
    swapped = start > end and len(second) == 4 and not worded and "تا" not in match[0]
    if swapped:
        start, end = end, start
    if start >= end or end - start > 400 or backwards:
        return None
    return named(
        match, Period(calendar, "year", start), 0.7 if swapped else 0.93, last=Period(calendar, "year", end),
        calendar_confidence=sure, figures=not (worded or match["mark"]),
    )  # fmt: skip


def _decade(number: str, mark: str | None) -> tuple[Period, float] | None:
    value = parse_number(number, "fa")
    if value is None or value % 10:
        return None
    if value >= 1000:
        calendar, sure, _ = _marked(mark, value)
        return Period(calendar, "decade", value), sure
    calendar = _marked(mark, 0)[0] if mark else "jalali"
    if not 10 <= value <= 90 or calendar == "hijri":
        return None
    return Period(calendar, "decade", (1900 if calendar == "gregorian" else 1300) + value), 1.0 if mark else 0.8


def read_decades(match: re.Match[str]) -> Reading:
    """«دهه ۱۳۶۰», «دهه هشتاد شمسی», and the further ones of «دهه‌های ۶۰ و ۷۰»."""
    mark = match["mark"]
    first = _decade(match["n"], mark)
    if first is None:
        return None
    found = [Expression(match.start(), match.end("n"), "", 0.95, first[0], calendar_confidence=first[1])]
    for part in _FURTHER_DECADE.finditer(match.string, match.start("more"), match.end("more")):
        decade = _decade(part["n"], mark)
        if decade is None:
            return found
        if part["to"]:
            return named(match, first[0], 0.93, last=decade[0], calendar_confidence=first[1])
        found.append(Expression(part.start("n"), part.end(), "", 0.85, decade[0], calendar_confidence=decade[1]))
    return [*found[:-1], replace(found[-1], end=match.end())]


def _century_of(number: int, mark: str | None) -> tuple[Period, float]:
    calendar, sure, backwards = _marked(mark, 0) if mark else ("gregorian", 0.9, False)
    if mark is None and number <= 14:
        calendar, sure = "hijri", 0.5
    if mark and re.sub(r"[\s\u200c.]", "", mark) == "هجری":
        calendar, sure = ("jalali", 0.5) if number == 14 else ("hijri", 0.85)
    return Period(calendar, "century", -number if backwards else number), sure


def read_centuries(match: re.Match[str]) -> Reading:
    first = parse_number(match["n"], "fa")
    last = parse_number(match["n2"], "fa") if match["n2"] else None
    if first is None or not 1 <= first <= 30:
        return None
    period, sure = _century_of(first, match["mark"])
    if last is None:
        return named(match, period, 0.95 if sure > 0.5 else 0.85, calendar_confidence=sure)
    end, _ = _century_of(last, match["mark"])
    if match["to"]:
        return named(match, period, 0.9, last=replace(end, calendar=period.calendar), calendar_confidence=sure)
    return [
        Expression(match.start(), match.end("n"), "", 0.9, period, calendar_confidence=sure),
        Expression(match.start("n2"), match.end(), "", 0.85, end, calendar_confidence=sure),
    ]


def read_counted_decade(match: re.Match[str]) -> Reading:
    """«دهه دوم قرن بیستم», «دهه هشتاد قرن بیستم»."""
    count, century = parse_number(match["n"], "fa"), parse_number(match["c"], "fa")
    if count is None or century is None or not 1 <= count <= 90 or (count > 10 and count % 10):
        return None
    calendar = _century_of(century, match["mark"])[0].calendar
    begin = (century - 1) * 100 + (10 * (count - 1) if count <= 10 else count)
    return named(match, Period(calendar, "decade", begin), 0.9)


def read_part(match: re.Match[str]) -> Reading:
    """A season or a quarter of a year."""
    year = _year_number(match["y"])
    calendar, sure, _ = _marked(match["mark"], year)
    if match["s"]:
        period = period_or_none(calendar, "season", year, season_number(match["s"], "fa"))
    else:
        period = period_or_none(calendar, "quarter", year, parse_number(match["q"], "fa"))
    return named(match, period, 0.96, calendar_confidence=sure) if period else None


def read_year(match: re.Match[str]) -> Reading:
    text, mark = match["y"], match["mark"]
    year = _year_number(text) if len(text) == 2 and not mark else int(text)
    calendar, sure, backwards = _marked(mark, year)
    if mark is None and len(text) != 4 and not (len(text) == 2 and match["sal"] and not text.startswith("0")):
        return None
    if mark is not None and not _mark_fits(mark, text, match["sal"] is not None):
        calendar, sure, mark = *calendar_of_year(year), None
        match_end = match.end("y")
        if len(text) != 4:
            return None
    else:
        match_end = match.end()
    plural = match["sal"] is not None and match["sal"].strip() != "سال"
    start = match.start("y") if plural else match.start()
    period = Period(calendar, "year", 1 - year if backwards else year)
    worded = match["sal"] is not None
    confidence = 0.97 if (worded or mark) and len(text) >= 3 else 0.85
    return Expression(
        start, match_end, "", confidence, period, calendar_confidence=sure,
        figures=not (worded or mark), weak=not (worded or mark),
    )  # fmt: skip


def _mark_fits(mark: str, year: str, worded: bool) -> bool:
    """A single letter after a number marks a calendar only beside a year of fitting size («۱۵۰ م» is a length)."""
    letter = re.sub(r"[\s\u200c.]", "", mark)
    if len(letter) > 1:
        return True
    value = int(year)
    return {"م": 1000 <= value <= 2100, "ش": 1200 <= value <= 1450, "ق": 100 <= value <= 1450 or worded}[letter]


def read_worded_year(match: re.Match[str]) -> Reading:
    year = parse_number(match["w"], "fa")
    if year is None or not (1000 <= year <= 2100 or (match["mark"] and year > 0)):
        return None
    calendar, sure, backwards = _marked(match["mark"], year)
    return named(match, Period(calendar, "year", 1 - year if backwards else year), 0.9, calendar_confidence=sure)


def short_end(text: str, at: int, first: Expression) -> Expression | None:
    """The second year of «از سال ۱۳۶۰ تا ۶۷»."""
    match = _SHORT_YEAR.match(text, at)
    if match is None or first.first is None or first.first.unit != "year" or first.first.year is None:
        return None
    year = first.first.year - first.first.year % 100 + int(match["y"])
    if year <= first.first.year:
        return None
    return Expression(at, match.end(), first.rule, 0.8, replace(first.first, year=year))
