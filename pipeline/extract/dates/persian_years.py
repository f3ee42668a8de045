"""Readers of Persian years, seasons, decades and centuries: each turns a match into expressions, or declines it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates.grammar import Reading
from pipeline.extract.dates.persian_eras import AMBIGUOUS, LAST_YEAR, NAMES, is_author, mark_of, marked, year_number
from pipeline.extract.dates.persian_parts import AND, EDGE, EZ, MARK, NOT_COUNTED, NUMBER, SAL, TO
from pipeline.extract.dates.values import Expression, full_years, named, period_or_none, same_year
from pipeline.text.calendars import CalendarName, Period, season_number
from pipeline.text.numerals import parse_number

_FURTHER = re.compile(rf"(?:(?P<to>{TO})|{AND})(?P<own>(?:(?:دهه|قرن|سده){EZ}\s)?(?P<n>\d{{2,4}}|{NUMBER}))")
_CENTURY_BEFORE = re.compile(r"(?:قرن|سده)[^.،؛]{3,30}/\s?$")
_SHORT_YEAR = re.compile(rf"(?P<sal>{SAL})?(?P<y>\d\d)(?!\d|[.,/]\d){EDGE}{NOT_COUNTED}{MARK}")


def read_century_twin(match: re.Match[str]) -> Reading:
    """The second half of «سدهٔ دهم هجری/شانزدهم میلادی»."""
    if match["mark"] is None or not _CENTURY_BEFORE.search(match.string, max(0, match.start() - 40), match.start()):
        return None
    return read_centuries(match)


def read_short_years(match: re.Match[str]) -> Reading:
    """«سال‌های ۹۷ و ۹۸»."""
    numbers = [match["y"], *re.findall(r"\d\d", match["more"])]
    if any(number.startswith("0") for number in numbers) and not all(
        number > "89" or number < "10" for number in numbers
    ):
        return None
    places = [(match.start(), match.end("y"))]
    places += [part.span() for part in re.compile(r"\d\d").finditer(match.string, *match.span("more"))]
    found = [
        Expression(*place, "", 0.9, Period("jalali", "year", full_years(number)), calendar_confidence=0.9)
        for place, number in zip(places, numbers, strict=True)
    ]
    return [*found[:-1], replace(found[-1], end=match.end())]


def read_years(match: re.Match[str]) -> Reading:
    """Two years: a range, one year in two calendars, or (written from right to left) a range the other way round."""
    first, second, mark = match["y"], match["y2"], mark_of(match)
    start = year_number(first)
    end = start - start % 100 + int(second) if len(second) == 2 else int(second)
    worded = match["sal"] is not None
    if len(first) == 2 and (not worded or len(second) != 2):
        return None
    if match["to"] is None:
        twins = _two_calendars(match, start, end)
        if twins or (len(first) == 3 and not (mark or worded)):
            return twins
    calendar, sure, backwards = marked(mark, end)
    swapped = start > end and len(second) == 4 and not worded and "تا" not in match[0]
    if swapped:
        start, end = end, start
    if start >= end or end - start > 400 or end > LAST_YEAR or backwards:
        return None
    clear = worded or mark is not None
    return named(
        match, Period(calendar, "year", start), 0.7 if swapped else 0.93, last=Period(calendar, "year", end),
        calendar_confidence=sure, figures=not clear, marked=mark is not None, doubted=end < 1000 and not clear,
    )  # fmt: skip


def _two_calendars(match: re.Match[str], start: int, end: int) -> list[Expression] | None:
    """The two readings of a double dating («۱۳۵۷/۱۹۷۹», «۱۹۰۶/۱۳۲۴»), or None where the years do not overlap."""
    other = same_year(min(start, end), max(start, end))
    if other is None:
        return None
    calendars: tuple[CalendarName, CalendarName] = (other, "gregorian") if start < end else ("gregorian", other)
    return [
        Expression(match.start(), match.end("y"), "", 0.9, Period(calendars[0], "year", start), marked=True),
        Expression(match.start("y2"), match.end(), "", 0.9, Period(calendars[1], "year", end), marked=True),
    ]


def _decade(number: str, mark: str | None) -> tuple[Period, float] | None:
    value = parse_number(number, "fa")
    if value is None or value % 10:
        return None
    if value >= 1000:
        calendar, sure, _ = marked(mark, value)
        if calendar == "gregorian" and value < 1450:
            calendar, sure, _ = marked(None, value)  # the mark is that of a later member of the list
        return Period(calendar, "decade", value), sure
    calendar = marked(mark, 0)[0] if mark else "jalali"
    if not 10 <= value <= 90 or calendar == "hijri":
        return None
    return Period(calendar, "decade", (1900 if calendar == "gregorian" else 1300) + value), 1.0 if mark else 0.8


def read_decades(match: re.Match[str]) -> Reading:
    """«دهه ۱۳۶۰», «دهه هشتاد شمسی», and the further ones of «دهه‌های ۶۰ و ۷۰»."""
    mark = match["mark"]
    first = _decade(match["n"], mark)
    if first is None:
        return None
    found = [_of_list(match.start(), match.end("n"), 0.95, first, mark)]
    for part in _FURTHER.finditer(match.string, match.start("more"), match.end("more")):
        decade = _decade(part["n"], mark)
        if decade is None:
            return found
        if part["to"]:
            return named(
                match, first[0], 0.93, last=decade[0], calendar_confidence=first[1], marked=mark is not None
            )  # fmt: skip
        found.append(_of_list(part.start("own"), part.end(), 0.85, decade, mark))
    return [*found[:-1], replace(found[-1], end=match.end())]


def _of_list(start: int, end: int, confidence: float, period: tuple[Period, float], mark: str | None) -> Expression:
    return Expression(
        start, end, "", confidence, period[0], calendar_confidence=period[1], marked=mark is not None
    )  # fmt: skip


def _century_of(number: int, mark: str | None) -> tuple[Period, float]:
    calendar, sure, backwards = marked(mark, 0) if mark else ("gregorian", 0.9, False)
    if mark is None and number <= 14:
        calendar, sure = "hijri", 0.5
    if mark and re.sub(r"[\s\u200c.]", "", mark) == "هجری":
        calendar, sure = ("jalali", 0.5) if number == 14 else ("hijri", 0.85)
    return Period(calendar, "century", -number if backwards else number), sure


def read_centuries(match: re.Match[str]) -> Reading:
    """«قرن نوزدهم», and the further ones of «قرن ششم و هفتم هجری»; the mark holds for all."""
    mark, number = match["mark"], parse_number(match["n"], "fa")
    if number is None or not 1 <= number <= 30:
        return None
    parts = list(_FURTHER.finditer(match.string, match.start("more"), match.end("more")))
    numbers = [number, *(parse_number(part["n"], "fa") or 0 for part in parts)]
    if not all(1 <= each <= 30 for each in numbers):
        return None
    centuries = [_century_of(each, mark) for each in numbers]
    last = centuries[-1]
    centuries = [(replace(each[0], calendar=last[0].calendar), last[1]) for each in centuries]
    if len(parts) == 1 and parts[0]["to"]:
        return named(
            match, centuries[0][0], 0.9, last=last[0], calendar_confidence=last[1], marked=mark is not None
        )  # fmt: skip
    sure = 0.95 if last[1] > 0.5 else 0.85
    places = [(match.start(), match.end("n")), *((part.start("own"), part.end()) for part in parts)]
    found = [_of_list(*place, sure, each, mark) for place, each in zip(places, centuries, strict=True)]
    return [*found[:-1], replace(found[-1], end=match.end())]


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
    if match["comma"] and match["s"] in NAMES and is_author(match):
        return None
    year = year_number(match["y"], match["mark"])
    calendar, sure, _ = marked(match["mark"], year)
    if match["s"]:
        period = period_or_none(calendar, "season", year, season_number(match["s"], "fa"))
    else:
        period = period_or_none(calendar, "quarter", year, 4 if match["q"] == "آخر" else parse_number(match["q"], "fa"))
    return named(match, period, 0.96, calendar_confidence=sure, marked=match["mark"] is not None) if period else None


def read_year(match: re.Match[str]) -> Reading:
    text, mark, worded = match["y"], mark_of(match), match["sal"] is not None
    end = match.end()
    if mark is not None and match["mark"] and not _mark_fits(mark, text, worded):
        mark, end = None, match.end("y")
    if mark is None and len(text) < 3 and not (len(text) == 2 and worded and not text.startswith("0")):
        return None
    year = year_number(text, mark) if mark is None or "شاهنشاهی" in mark else int(text)
    if year > LAST_YEAR:
        return None
    calendar, sure, backwards = marked(mark, year)
    clear = worded or mark is not None
    return Expression(
        match.start(), end, "", 0.97 if clear and len(text) >= 3 else 0.85,
        Period(calendar, "year", 1 - year if backwards else year), calendar_confidence=sure, figures=not clear,
        weak=not clear, marked=mark is not None and sure > AMBIGUOUS, doubted=not clear and len(text) == 3,
    )  # fmt: skip


def _mark_fits(mark: str, year: str, worded: bool) -> bool:
    """A single letter after a number marks a calendar only beside a year of fitting size («۱۵۰ م» is a length)."""
    letter = re.sub(r"[\s\u200c.]", "", mark)
    if len(letter) > 1:
        return True
    value = int(year)
    fits = {
        "م": 1000 <= value <= 2100,
        "ش": 1200 <= value <= 1450,
        "خ": 1200 <= value <= 1450,
        "ق": 100 <= value <= 1450 or worded,
    }
    return fits[letter]


def read_worded_year(match: re.Match[str]) -> Reading:
    year, mark = parse_number(match["w"], "fa"), mark_of(match)
    if year is None or not (1000 <= year <= 2100 or (mark and match["sal"] and year > 0)):
        return None
    if match["sal"] is None and not (mark or year % 100):
        return None  # «هزار و پانصد نفر» counts
    calendar, sure, backwards = marked(mark, year)
    period = Period(calendar, "year", 1 - year if backwards else year)
    return named(
        match, period, 0.9 if match["sal"] else 0.7, calendar_confidence=sure, marked=mark is not None,
        figures=match["sal"] is None and mark is None, weak=match["sal"] is None and mark is None,
    )  # fmt: skip


def short_end(text: str, at: int, first: Expression) -> Expression | None:
    """The second year of «از سال ۱۳۶۰ تا ۶۷»."""
    match = _SHORT_YEAR.match(text, at)
    if match is None or first.first is None or first.first.unit != "year" or first.first.year is None:
        return None
    year = first.first.year - first.first.year % 100 + int(match["y"])
    if year <= first.first.year:
        return None
    return Expression(at, match.end(), first.rule, 0.8, replace(first.first, year=year))
