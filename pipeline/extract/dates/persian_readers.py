"""What the matches of the Persian grammar mean: each reader turns one into expressions, or declines it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates.grammar import Reading
from pipeline.extract.dates.persian_parts import (
    AND,
    EDGE,
    EZ,
    MARK,
    NOT_COUNTED,
    NUMBER,
    SAL,
    TO,
    G,
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
from pipeline.text.numerals import parse_number

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

#: Years from the epoch of the Imperial calendar (in force 1355–1357) to that of the Jalali one.
_IMPERIAL = 1180
#: The last year that prose speaks of; larger figures are numbers.
_LAST_YEAR = 2150
#: The confidence in the calendar of a mark that says little («۱۳۲۴ هجری»).
_AMBIGUOUS = 0.6

_FURTHER = re.compile(rf"(?:(?P<to>{TO})|{AND})(?P<own>(?:(?:دهه|قرن|سده){EZ}\s)?(?P<n>\d{{2,4}}|{NUMBER}))")
#: Names of months that are names of persons too, and what stands before the one of an author («(آذر، ۱۳۹۲)»).
_NAMES = frozenset(["مهر", "آذر", "بهمن", "بهار", "تیر", "شهریور", "مرداد", "خرداد", "آبان"])
_AUTHOR_BEFORE = re.compile(r"[(؛;]\s?$|(?<!\w)و\s$")
_ALONE_CUE = re.compile(r"(?<!\w)(?:در|از|تا|برای|پایان|اوایل|اواسط|اواخر|نیمه|ابتدای|آغاز|طی)\s$")
#: «هفتهٔ نخست فروردین» is not the first of Farvardin.
_OF_STRETCH = re.compile(r"(?:هفته|دهه|نیمه)(?:\u0654|[ \u200c]?ی)?\s$")
_CENTURY_BEFORE = re.compile(r"(?:قرن|سده)[^.،؛]{3,30}/\s?$")
#: Words that make a month of a doubtful name before two figures («در بهمن ۵۷»).
_MONTH_CUE = re.compile(r"(?<!\w)(?:در|از|تا|انقلاب|قیام|رویداد|اوایل|اواسط|اواخر|پایان|نیمه|حوادث)\s$")
_SHORT_YEAR = re.compile(rf"(?P<sal>{SAL})?(?P<y>\d\d)(?!\d|[.,/]\d){EDGE}{NOT_COUNTED}{MARK}")
#: A calendar named by the adjective of «سال» («سال تحصیلی», «سال هجری قمری ۱۳۲۴»).
_ERA_OF_YEAR = re.compile(rf"(?:هجری|ه)?{G}(?:شمسی|خورشیدی|قمری)|هجری|شاهنشاهی|میلادی")


def _marked(mark: str | None, year: int) -> tuple[CalendarName, float, bool]:
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


def _year_number(text: str, mark: str | None = None) -> int:
    """The year that figures or words give; an Imperial one («۲۵۳۵ شاهنشاهی») by its Jalali number."""
    if not text.isdecimal():
        return parse_number(text, "fa") or 0
    year = full_years(text) if len(text) == 2 else int(text)
    return year - _IMPERIAL if mark and "شاهنشاهی" in mark and year > _IMPERIAL else year


def _mark(match: re.Match[str]) -> str | None:
    """The calendar's mark after the year, or the adjective of «سال» before it."""
    if match["mark"] or not match["sal"]:
        return match["mark"]
    adjective = _ERA_OF_YEAR.search(match["sal"])
    return adjective[0] if adjective else None


def _dated(match: re.Match[str], unit: Unit, day: str | None = None) -> tuple[Period, float, bool] | None:
    """A month, or a day of it, with its year; the confidence in its calendar; whether the year was used."""
    month = month_number(match["m"], "fa")
    number = parse_number(day, "fa") if day else None
    if month is None or (day and number is None):
        return None
    calendar, sure = month[0], 1.0
    text = match["y"] or match.groupdict().get("y_")
    year = _year_number(text, match["mark"]) if text else None
    if text and not _year_fits(calendar, text, year or 0, match["mark"]):
        year = None
    if year is not None and match["mark"] and _marked(match["mark"], year)[0] != calendar:
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
    if match["comma"] and match["m"] in _NAMES and not match["mah"] and _is_author(match):
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


def _is_author(match: re.Match[str]) -> bool:
    return bool(_AUTHOR_BEFORE.search(match.string, max(0, match.start() - 3), match.start()))


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
        calendar, sure, _ = _marked(match["mark"], year)
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
    year = _year_number(first)
    calendar, sure, _ = _marked(match["mark"], year)
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


def read_years(match: re.Match[str]) -> Reading:
    """Two years: a range, one year in two calendars, or (written from right to left) a range the other way round."""
    first, second, mark = match["y"], match["y2"], _mark(match)
    start = _year_number(first)
    end = start - start % 100 + int(second) if len(second) == 2 else int(second)
    worded = match["sal"] is not None
    if len(first) == 2 and (not worded or len(second) != 2):
        return None
    if match["to"] is None:
        twins = _two_calendars(match, start, end)
        if twins or (len(first) == 3 and not (mark or worded)):
            return twins
    calendar, sure, backwards = _marked(mark, end)
    swapped = start > end and len(second) == 4 and not worded and "تا" not in match[0]
    if swapped:
        start, end = end, start
    if start >= end or end - start > 400 or end > _LAST_YEAR or backwards:
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
        calendar, sure, _ = _marked(mark, value)
        if calendar == "gregorian" and value < 1450:
            calendar, sure, _ = _marked(None, value)  # the mark is that of a later member of the list
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
    calendar, sure, backwards = _marked(mark, 0) if mark else ("gregorian", 0.9, False)
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
    if match["comma"] and match["s"] in _NAMES and _is_author(match):
        return None
    year = _year_number(match["y"], match["mark"])
    calendar, sure, _ = _marked(match["mark"], year)
    if match["s"]:
        period = period_or_none(calendar, "season", year, season_number(match["s"], "fa"))
    else:
        period = period_or_none(calendar, "quarter", year, 4 if match["q"] == "آخر" else parse_number(match["q"], "fa"))
    return named(match, period, 0.96, calendar_confidence=sure, marked=match["mark"] is not None) if period else None


def read_year(match: re.Match[str]) -> Reading:
    text, mark, worded = match["y"], _mark(match), match["sal"] is not None
    end = match.end()
    if mark is not None and match["mark"] and not _mark_fits(mark, text, worded):
        mark, end = None, match.end("y")
    if mark is None and len(text) < 3 and not (len(text) == 2 and worded and not text.startswith("0")):
        return None
    year = _year_number(text, mark) if mark is None or "شاهنشاهی" in mark else int(text)
    if year > _LAST_YEAR:
        return None
    calendar, sure, backwards = _marked(mark, year)
    clear = worded or mark is not None
    return Expression(
        match.start(), end, "", 0.97 if clear and len(text) >= 3 else 0.85,
        Period(calendar, "year", 1 - year if backwards else year), calendar_confidence=sure, figures=not clear,
        weak=not clear, marked=mark is not None and sure > _AMBIGUOUS, doubted=not clear and len(text) == 3,
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
    year, mark = parse_number(match["w"], "fa"), _mark(match)
    if year is None or not (1000 <= year <= 2100 or (mark and match["sal"] and year > 0)):
        return None
    if match["sal"] is None and not (mark or year % 100):
        return None  # «هزار و پانصد نفر» counts
    calendar, sure, backwards = _marked(mark, year)
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
