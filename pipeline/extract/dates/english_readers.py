"""What the matches of the English grammar mean: each reader turns one into expressions, or declines it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.extract.dates.grammar import Reading
from pipeline.extract.dates.lookalikes import stands_free
from pipeline.extract.dates.values import (
    Expression,
    month_fits,
    named,
    period_or_none,
    same_year,
)
from pipeline.text.calendars import CalendarName, Period, month_number, season_number
from pipeline.text.numerals import parse_number


@cache
def _era(mark: str | None) -> tuple[CalendarName, bool] | None:
    """The calendar of an era's abbreviation, and whether it counts backwards."""
    if mark is None:
        return None
    key = re.sub(r"[\s.()]", "", mark).upper()
    if key.startswith(("AHS", "SH", "HS", "AP", "S", "JALALI", "PERSIAN", "IRANIAN", "HŠ", "Š")) or "SHAMSI" in key:
        return "jalali", False
    if key.startswith(("AH", "HQ", "Q", "LUNAR", "HIJRI", "AHQ")):
        return "hijri", False
    return "gregorian", key.startswith("BC")


def _era_fits(calendar: CalendarName, year: int) -> bool:
    """Whether a year can be one of a calendar's: in "in 2015 HQ-9 missiles" and "in 1998 AP reported" it cannot."""
    return calendar == "gregorian" or year <= 1500


def _named_day(match: re.Match[str], day: str) -> Period | None:
    month = month_number(match["m"], "en")
    number = parse_number(day, "en")
    if month is None or number is None or not month_fits(month[0], int(match["y"]) if match["y"] else None):
        return None
    if month[0] != "gregorian" and not match["y"] and match.start("m") < match.start("d"):
        return None
    return period_or_none(month[0], "day", int(match["y"]) if match["y"] else None, month[1], number)


def read_day(match: re.Match[str]) -> Reading:
    period = _named_day(match, match["d"])
    return named(match, period, 0.99 if period.year is not None else 0.85, marked=True) if period else None


def read_days(match: re.Match[str]) -> Reading:
    """Two days of one month: a range, or (joined by «and») two dates of which the month names the second."""
    first, last = _named_day(match, match["d"]), _named_day(match, match["d2"])
    if first is None or last is None or (first.day or 0) >= (last.day or 0):
        return None
    if match["and"]:
        apart = match.end("d") if match.start("d") > match.start("m") else match.start("d2")
        if match.start("d") > match.start("m"):
            return [
                Expression(match.start(), apart, "", 0.9, first),
                Expression(match.start("d2"), match.end(), "", 0.9, last),
            ]
        return [
            Expression(match.start(), match.end("d"), "", 0.9, first),
            Expression(apart, match.end(), "", 0.9, last),
        ]
    return named(match, first, 0.97, last=last, marked=True)


def read_month(match: re.Match[str]) -> Reading:
    month = month_number(match["m"], "en")
    if month is None or not month_fits(month[0], int(match["y"])):
        return None
    period = period_or_none(month[0], "month", int(match["y"]), month[1])
    return named(match, period, 0.99, marked=True) if period else None


def read_shared_year(match: re.Match[str]) -> Reading:
    """Two months or seasons of which only the second has the year: "May and June 2015", "spring/summer 2019"."""
    year = int(match["y"])
    one, two = month_number(match["first"], "en"), month_number(match["m"], "en")
    if one is None or two is None:
        first = period_or_none("gregorian", "season", year, season_number(match["first"], "en"))
        last = period_or_none("gregorian", "season", year, season_number(match["m"], "en"))
    elif one[0] != two[0] or not month_fits(one[0], year):
        return None
    else:
        first, last = period_or_none(one[0], "month", year, one[1]), period_or_none(two[0], "month", year, two[1])
    if first is None or last is None:
        return None
    return [
        Expression(match.start("first"), match.end("first"), "", 0.9, first, marked=True),
        Expression(match.start("m"), match.end(), "", 0.95, last, marked=True),
    ]


def read_bare_month(match: re.Match[str]) -> Reading:
    month = month_number(match["m"], "en")
    if month is None or (month[0] != "gregorian" and match["open"] is None):
        return None
    if match["open"] is None and not re.search(
        r"\b(?:in|since|until|from|between|late|early|mid|of|by|during|and|last|to)[\s-]$|[–—]$",
        match.string[max(0, match.start() - 9) : match.start()],
        re.IGNORECASE,
    ):
        return None
    period = period_or_none(month[0], "month", None, month[1])
    return named(match, period, 0.6, marked=True) if period else None


def read_iso(match: re.Match[str]) -> Reading:
    calendar: CalendarName = "jalali" if 1250 <= int(match["y"]) <= 1450 else "gregorian"
    era = _era(match["era"])
    period = period_or_none(era[0] if era else calendar, "day", int(match["y"]), int(match["mo"]), int(match["d"]))
    return named(match, period, 0.95, figures=True) if period else None


def read_figures(match: re.Match[str]) -> Reading:
    """Day, month and year in figures. Where their order cannot be told, only the year is known."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    calendar: CalendarName = "jalali" if 1250 <= year <= 1450 else "gregorian"
    if calendar == "jalali" or first > 12 or first == second:
        period = period_or_none(calendar, "day", year, second, first)
    elif second > 12:
        period = period_or_none(calendar, "day", year, first, second)
    else:
        return named(match, Period("gregorian", "year", year), 0.6, figures=True)
    return named(match, period, 0.9, figures=True) if period else None


def read_iso_month(match: re.Match[str]) -> Reading:
    if int(match["mo"]) > int(match["y"][2:]):
        return None  # 2009-10 is a span of two years
    period = period_or_none("gregorian", "month", int(match["y"]), int(match["mo"]))
    return named(match, period, 0.7, figures=True) if period else None


def read_years(match: re.Match[str]) -> Reading:
    """Two years with a dash or a slash: a range, or one year in two calendars."""
    first, text = int(match["y"]), match["y2"]
    last = int(text) if len(text) == 4 else first - first % 100 + int(text)
    era = _era(match["era"])
    if era and not _era_fits(era[0], last):
        return None
    calendar: CalendarName = era[0] if era else "gregorian"
    sure = 1.0 if era else 0.6 if first >= 1300 and last <= 1420 else 0.95
    twin = same_year(min(first, last), max(first, last))
    if twin and (era is None or era[0] == "gregorian"):
        pairs: list[tuple[int, str, CalendarName]] = [(first, "y", twin), (last, "y2", "gregorian")]
        if first > last:
            pairs = [(first, "y", "gregorian"), (last, "y2", twin)]
        return [
            Expression(*match.span(group), "", 0.9, Period(name, "year", year), marked=True)
            for year, group, name in pairs
        ]
    if len(match["y"]) < 4 and not era:
        return None
    if last <= first or (last - first > 400):
        return None
    return named(
        match, Period(calendar, "year", first), 0.93, last=Period(calendar, "year", last), calendar_confidence=sure,
        figures=not (era or match["word"]), marked=era is not None,
    )  # fmt: skip


def read_decade(match: re.Match[str]) -> Reading:
    year = int(match["y"])
    if year % 100 == 0 and year < 1900:
        return named(match, Period("gregorian", "century", year // 100 + 1), 0.8)
    return named(match, Period("gregorian", "decade", year), 0.98 if year % 100 or year == 2000 else 0.7)


_SHORT_YEAR = re.compile(r"['’]?(\d\d)(?![\w%]|[.,]\d)")

#: What stands before a decade that is named by its tens alone: «the 80s», «mid-eighties», «’80s».
_DECADE_CUE = re.compile(
    r"(?:\b\w+(?:ties|s)\s(?:and|or|to)\s|\b(?:the|early|mid|late)[\s-]|['’‘]|\d0s?\s?[-–—/]\s?)$", re.IGNORECASE
)
#: A decade in full before one in short, which lends it its century: «the 1850s and ’60s».
_FULL_DECADE = re.compile(
    r"\b(\d\d)\d0['’]?s\s?(?:[-–—/]|(?:and|or|to|,)(?:\sthe)?)[\s]?(?:early\s|late\s|mid-)?['’‘]?$"
)

TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
         "nineties": 90}  # fmt: skip


def read_short_decade(match: re.Match[str]) -> Reading:
    if not _DECADE_CUE.search(match.string, max(0, match.start() - 24), match.start()):
        return None  # figures of any kind come in tens: «widespread 80s»
    tens = int(match["n"]) if match["n"] else TENS[match["w"].lower()]
    if tens < 20:
        return None
    full = _FULL_DECADE.search(match.string, max(0, match.start() - 24), match.start())
    if full:
        return named(match, Period("gregorian", "decade", 100 * int(full[1]) + tens), 0.9)
    return named(match, Period("gregorian", "decade", 1900 + tens), 0.75)


def read_century(match: re.Match[str]) -> Reading:
    last = parse_number(match["n"], "en")
    first = parse_number(match["n0"], "en") if match["n0"] else None
    calendar, backwards = _era(match["era"]) or ("gregorian", False)
    if last is None or not 1 <= last <= 30:
        return None
    sign = -1 if backwards else 1
    period = Period(calendar, "century", sign * last)
    if first is None:
        return named(match, period, 0.95, marked=match["era"] is not None)
    begin = Period(calendar, "century", sign * first)
    if match["and"]:
        return [
            Expression(match.start("n0"), match.end("n0"), "", 0.85, begin),
            Expression(match.start("n"), match.end(), "", 0.93, period),
        ]
    return named(match, begin, 0.9, last=period)


def read_counted_decade(match: re.Match[str]) -> Reading:
    """«first decade of 2000», «second decade of the twenty-first century»."""
    count = parse_number(match["n"], "en")
    century = parse_number(match["c"], "en") if match["c"] else None
    start = int(match["y"]) if match["y"] else (century - 1) * 100 if century else None
    if count is None or start is None or not 1 <= count <= 10 or start % 100:
        return None
    return named(match, Period("gregorian", "decade", start + 10 * (count - 1)), 0.93)


def read_season(match: re.Match[str]) -> Reading:
    season = season_number(match["s"], "en")
    calendar: CalendarName = "jalali" if 1300 <= int(match["y"]) <= 1420 else "gregorian"
    period = period_or_none(calendar, "season", int(match["y"]), season)
    return named(match, period, 0.97) if period else None


def read_quarter(match: re.Match[str]) -> Reading:
    number = {"last": 4, "final": 4}.get(match["n"].lower()) or parse_number(match["n"], "en")
    period = period_or_none("gregorian", "quarter", int(match["y"]), number)
    return named(match, period, 0.95) if period else None


def read_year(match: re.Match[str]) -> Reading:
    year = int(match["y"])
    era = _era(match["era"] or match["before"])
    if era and not _era_fits(era[0], year):
        if match["before"]:
            return None
        return Expression(
            match.start(), match.end("y"), "", 0.9, Period("gregorian", "year", year), figures=True, weak=True
        )  # fmt: skip
    if era:
        value = 1 - year if era[1] else year
        return named(match, Period(era[0], "year", value), 0.95, marked=True)
    if len(match["y"]) != 4 or match["before"]:
        return None
    worded = match["word"] is not None
    if not 1000 <= year <= 2100:
        return None
    sure = 0.6 if 1300 <= year <= 1420 else 0.99
    return named(
        match, Period("gregorian", "year", year), 0.95, calendar_confidence=sure, figures=not worded, weak=not worded,
        doubted=not worded and 1300 <= year <= 1420 and not stands_free(match.string, match.end(), "en"),
    )  # fmt: skip


def read_fiscal_year(match: re.Match[str]) -> Reading:
    """«FY2015», «FY 2015/16»: the year, or both, that its name gives."""
    first = int(match["y"])
    calendar: CalendarName = "jalali" if first < 1500 else "gregorian"
    if match["y2"] is None:
        return named(match, Period(calendar, "year", first), 0.95, marked=True)
    last = int(match["y2"]) if len(match["y2"]) == 4 else first - first % 100 + int(match["y2"])
    return named(match, Period(calendar, "year", first), 0.93, last=Period(calendar, "year", last), marked=True)


def read_spoken_year(match: re.Match[str]) -> Reading:
    year = parse_number(match["w"], "en")
    return named(match, Period("gregorian", "year", year), 0.85) if year and 1300 <= year <= 2100 else None


def short_end(text: str, at: int, first: Expression) -> Expression | None:
    """The second year of «between 1993 and 96»."""
    match = _SHORT_YEAR.match(text, at)
    if match is None or first.first is None or first.first.unit != "year" or first.first.year is None:
        return None
    year = first.first.year - first.first.year % 100 + int(match[1])
    if year <= first.first.year:
        return None
    return Expression(at, match.end(), first.rule, 0.8, replace(first.first, year=year), figures=True)
