"""The three calendars of Iranian scholarship: their months, their days, and their periods as EDTF.

A :class:`Period` is a stretch of time as words name it: a day, a month, a year, a decade… of one calendar, with only
the parts the words give. It knows itself in its own calendar (``native``) and in the Gregorian one (``edtf``).

Days are converted by libraries: Jalali ones by ``jdatetime``, whose cycle of 33 years agrees with the equinox at Tehran
from 1277 to 1498 (the years modern texts speak of) and takes microseconds where the astronomical computation of
``convertdate.persian`` takes a tenth of a second; Hijri ones by ``convertdate.islamic``, the tabular civil calendar
(leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of 30), from which a sighted month may differ by a day or two. Both
are tested against further libraries.

Finding such words in a text is not done here.
"""

from __future__ import annotations

import calendar as gregorian_calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

CalendarName = Literal["gregorian", "jalali", "hijri"]
Unit = Literal["day", "month", "season", "quarter", "year", "decade", "century"]

#: The last year of another calendar that is converted.
_LAST_YEAR = 3_000

#: EDTF codes of the first season (spring) and the first quarter of a year.
_FIRST_SEASON, _FIRST_QUARTER = 21, 33

# source: names and spellings as in CLDR 46 (Unicode licence) for fa, fa-AF, ar and en, and the Library of Congress and
# Iranian press transliterations by general knowledge. A space stands for space, half-space, hyphen or nothing.
MONTHS: Mapping[tuple[CalendarName, str], tuple[str, ...]] = {
    ("gregorian", "en"): (
        "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul", "August|Aug",
        "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec",
    ),
    ("gregorian", "fa"): (
        "ژانویه|جنوری|ینایر|کانون الثانی", "فوریه|فبروری|فبریه|فبرایر|شباط", "مارس|مارچ|آذار",
        "آوریل|اوریل|آپریل|اپریل|ابریل|نیسان", "مه|می|مایو|ایار", "ژوئن|ژوین|ژون|جون|یونیو|یونیه|حزیران",
        "ژوئیه|ژوییه|جولای|جولایی|یولیو|یولیه|تموز",
        "اوت|آگوست|اگوست|آگست|اگست|اغسطس",
        "سپتامبر|سپتمبر|سبتمبر|ایلول", "اکتبر|اکتوبر|تشرین الاول", "نوامبر|نومبر|نوفمبر|تشرین الثانی",
        "دسامبر|دسمبر|دیسمبر|کانون الاول",
    ),
    ("jalali", "fa"): (
        "فروردین|حمل", "اردیبهشت|اردی بهشت|ثور",
        "خرداد|جوزا", "تیر|سرطان", "مرداد|امرداد|اسد", "شهریور|سنبله", "مهر|میزان",
        "آبان|ابان|عقرب", "آذر|اذر|قوس", "دی|جدی", "بهمن|دلو", "اسفند|حوت",
    ),
    ("jalali", "en"): (
        "Farvardin", "Ordibehesht|Urdibehesht|Ordibehest", "Khordad|Khurdad", "Tir", "Mordad|Amordad|Murdad",
        "Shahrivar|Shahriver", "Mehr", "Aban", "Azar", "Dey|Dei", "Bahman", "Esfand|Isfand",
    ),
    ("hijri", "fa"): (
        "محرم|محرم الحرام", "صفر|صفر المظفر", "ربیع الاول|ربیع اول", "ربیع الثانی|ربیع ثانی|ربیع الاخر|ربیع الآخر",
        "جمادی الاول|جمادی الاولی|جمادی اول",
        "جمادی الثانی|جمادی الثانیه|جمادی ثانی|جمادی الاخر|جمادی الآخر|جمادی الاخری|جمادی الاخره|جمادی الآخره",
        "رجب|رجب المرجب", "شعبان|شعبان المعظم", "رمضان|رمضان المبارک", "شوال|شوال المکرم",
        "ذی القعده|ذیقعده|ذوالقعده|ذی قعده|ذی القعده الحرام|ذیقعده الحرام",
        "ذی الحجه|ذیحجه|ذوالحجه|ذی حجه|ذی الحجه الحرام|ذیحجه الحرام",
    ),
    ("hijri", "en"): (
        "Muharram|Moharram|Muharam", "Safar",
        "Rabi al Awwal|Rabi al Avval|Rabi I|Rabi' al Awwal|Rabi' al Avval|Rabi' I|Rabi'ul Awwal",
        "Rabi al Thani|Rabi al Akhir|Rabi II|Rabi' al Thani|Rabi' al Akhir|Rabi' II|Rabi'ul Thani",
        "Jumada al Awwal|Jumada al Ula|Jumada I|Jumada l Ula|Jumadi al Awwal",
        "Jumada al Thani|Jumada al Akhira|Jumada II|Jumada l Akhira|Jumadi al Thani", "Rajab",
        "Shaban|Sha'ban|Shaaban", "Ramadan|Ramazan|Ramadhan", "Shawwal|Shavval",
        "Dhu al Qadah|Dhu al Qa'da|Dhu al Qa'dah|Dhul Qadah|Dhu l Qa'da|Dhu'l Qa'da|Zi Qadeh|Zu'l Qa'da|Zi'l Qa'da",
        "Dhu al Hijjah|Dhu al Hijja|Dhul Hijjah|Dhu l Hijja|Dhu'l Hijja|Zi Hajjeh|Zu'l Hijja|Zi'l Hijja",
    ),
}  # fmt: skip

SEASONS: Mapping[str, tuple[str, ...]] = {
    "en": ("spring", "summer", "autumn|fall", "winter"),
    "fa": ("بهار", "تابستان", "پاییز|پائیز|خزان", "زمستان"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of time in one calendar, with the parts that are known.

    ``year`` is the year, the first year of a decade, or the number of a century (19 is the nineteenth; negative
    before Christ), and None where the words leave it open; ``part`` is the month, the season (1 is spring) or the
    quarter. Gregorian years are astronomical: 1 BC is 0. A ValueError tells of a day or month that does not exist.
    """

    calendar: CalendarName
    unit: Unit
    year: int | None
    part: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.calendar != "gregorian" and self.year is not None and not 1 <= self.year <= _LAST_YEAR:
            raise ValueError(f"no year {self.year} in the {self.calendar} calendar")
        if self.unit in ("month", "day") and not (self.part and 1 <= self.part <= 12):
            raise ValueError(f"no month {self.part}")
        if self.unit in ("season", "quarter") and not (self.part and 1 <= self.part <= 4):
            raise ValueError(f"no {self.unit} {self.part}")
        if self.unit == "day":
            longest = month_length(self.calendar, self.year, self.part or 1)
            if not (self.day and 1 <= self.day <= longest):
                raise ValueError(f"no day {self.day} in month {self.part} of {self.year}")

    @property
    def native(self) -> str:
        """The period as EDTF in its own calendar (``1394-03``, ``136X``, ``XXXX-03-15``)."""
        if self.unit == "century":
            return self._native_century()
        if self.unit == "decade":
            return _year(self.year)[:-1] + "X"
        year = _year(self.year)
        match self.unit:
            case "year":
                return year
            case "season":
                return f"{year}-{_FIRST_SEASON + (self.part or 1) - 1}"
            case "quarter":
                return f"{year}-{_FIRST_QUARTER + (self.part or 1) - 1}"
            case "month":
                return f"{year}-{self.part:02}"
            case _:
                return f"{year}-{self.part:02}-{self.day:02}"

    @property
    def edtf(self) -> str | None:
        """The period in the Gregorian calendar: itself, one day, or an interval of days.

        None where a period of another calendar has no year, since then no Gregorian day answers to it.
        """
        if self.calendar == "gregorian":
            return self.native
        if self.year is None:
            return None
        first, last = self.first_day, self.last_day
        return first if first == last else f"{first}/{last}"

    @property
    def first_day(self) -> str:
        """The first day, as an ISO 8601 Gregorian date. Needs a year, else ValueError."""
        year, month, day = self._bounds()[0]
        return to_gregorian(self.calendar, year, month, day)

    @property
    def last_day(self) -> str:
        """The last day, as an ISO 8601 Gregorian date. Needs a year, else ValueError."""
        year, month, day = self._bounds()[1]
        return to_gregorian(self.calendar, year, month, day or month_length(self.calendar, year, month))

    def _native_century(self) -> str:
        number = self.year or 0
        return f"{number - 1:02}XX" if number > 0 else f"-{-number - 1:02}XX"

    def _bounds(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """First and last (year, month, day) in the own calendar; day 0 stands for the last of the month."""
        if self.year is None:
            raise ValueError(f"a {self.unit} without a year has no days")
        year, part = self.year, self.part or 1
        match self.unit:
            case "day":
                return (year, part, self.day or 1), (year, part, self.day or 1)
            case "month":
                return (year, part, 1), (year, part, 0)
            case "season" | "quarter":
                return (year, 3 * part - 2, 1), (year, 3 * part, 0)
            case "year":
                return (year, 1, 1), (year, 12, 0)
            case "decade":
                return (year, 1, 1), (year + 9, 12, 0)
            case _:
                return (max(100 * year - 100, 1), 1, 1), (100 * year - 1, 12, 0)


def month_length(calendar: CalendarName, year: int | None, month: int) -> int:
    """The number of days of a month; the longest it can have where the year is not known."""
    if calendar == "gregorian":
        return gregorian_calendar.monthrange(year if year and year > 0 else 2000, month)[1]
    if calendar == "jalali":
        if month < 7:
            return 31
        return 30 if month < 12 or year is None or _last_day_exists("jalali", year) else 29
    if month % 2 or year is None:
        return 30
    return 30 if month == 12 and _last_day_exists("hijri", year) else 29


@cache
def to_gregorian(calendar: CalendarName, year: int, month: int, day: int) -> str:
    """A day of any of the calendars as an ISO 8601 (proleptic) Gregorian date."""
    if calendar == "gregorian":
        return f"{year:04}-{month:02}-{day:02}"
    if calendar == "jalali":
        import jdatetime

        return str(jdatetime.date(year, month, day).togregorian())
    from convertdate import islamic

    return "{:04}-{:02}-{:02}".format(*islamic.to_gregorian(year, month, day))


def month_pattern(calendar: CalendarName, language: str) -> str:
    """A regular-expression source for the names of a calendar's months, longest first, without groups."""
    return alternatives(name for names in MONTHS[calendar, language] for name in names.split("|"))


def season_pattern(language: str) -> str:
    """A regular-expression source for the names of the seasons."""
    return alternatives(name for names in SEASONS[language] for name in names.split("|"))


def month_number(name: str, language: str) -> tuple[CalendarName, int] | None:
    """The calendar and number of a month by one of its names, in any spelling of the tables."""
    return _month_index(language).get(_key(name))


def season_number(name: str, language: str) -> int | None:
    """The number of a season by its name: spring is 1."""
    wanted = _key(name)
    for number, names in enumerate(SEASONS[language], 1):
        if wanted in map(_key, names.split("|")):
            return number
    return None


def alternatives(names: Iterable[str]) -> str:
    """Names as alternatives of a pattern, longest first; a space stands for space, half-space, hyphen or nothing."""
    unique = sorted(set(names), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"[\s\u200c-]*") for name in unique) + ")"


@cache
def _month_index(language: str) -> dict[str, tuple[CalendarName, int]]:
    index: dict[str, tuple[CalendarName, int]] = {}
    for (calendar, of_language), months in MONTHS.items():
        if of_language == language:
            for number, names in enumerate(months, 1):
                for name in names.split("|"):
                    index.setdefault(_key(name), (calendar, number))
    return index


def _key(name: str) -> str:
    return re.sub(r"[\s\u200c.'’ʿʾ-]+", "", name).casefold()


def _year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


@cache
def _last_day_exists(calendar: CalendarName, year: int) -> bool:
    """Whether the twelfth month of a year has its thirtieth day."""
    if calendar == "jalali":
        import jdatetime

        return bool(jdatetime.date(year, 1, 1).isleap())
    from convertdate import islamic

    return bool(islamic.leap(year))
