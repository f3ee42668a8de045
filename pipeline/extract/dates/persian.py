"""The grammar of calendar expressions in Persian: Jalali, Hijri and Gregorian dates, with or without a mark.

Patterns are built from the tables of :mod:`pipeline.text.calendars` and :mod:`pipeline.text.numerals` and read text
that :mod:`folding` has prepared. An unmarked calendar follows from the month, else from the size of the year. «سال»
belongs to an expression, plain prepositions do not, signals (بعد از، از … تا) do.
"""

from __future__ import annotations

import re

from pipeline.extract.dates.grammar import FIGURE, Grammar, ModifierRule, PeriodRule, Signal
from pipeline.extract.dates.lookalikes import UNIT_FA
from pipeline.extract.dates.persian_parts import (
    AND,
    CALENDARS,
    DASH,
    DAY,
    EDGE,
    MARK,
    MONTH,
    MONTH_NAMES,
    NOT_COUNTED,
    NUMBER,
    SAL,
    SEASON,
    TO,
    WEEKDAY,
    YEAR,
    G,
)
from pipeline.extract.dates.persian_readers import (
    read_centuries,
    read_counted_decade,
    read_day,
    read_days,
    read_decades,
    read_figures,
    read_month,
    read_month_alone,
    read_part,
    read_worded_year,
    read_year,
    read_years,
    short_end,
)
from pipeline.extract.dates.relative import PERSIAN as RELATIVE
from pipeline.text.calendars import (
    MONTHS,
    SEASONS,
)
from pipeline.text.numerals import cardinal, first_words

_MONTH_STARTS = tuple(
    dict.fromkeys(
        first + end
        for calendar in CALENDARS
        for names in MONTHS[calendar, "fa"]
        for name in names.split("|")
        for first in (name.split(" ")[0], name.replace(" ", ""))
        for end in ("", "ماه")
    )
)
_NUMBER_STARTS = tuple(sorted(first_words("fa")))
_YEAR_STARTS = ("سال", "سالهای", "سالها")
_DAY_STARTS = (FIGURE, *_NUMBER_STARTS, "روز", "شنبه", "جمعه", "یکشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه")


def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source)


_PERIODS = (
    PeriodRule(
        "fa.days",
        _DAY_STARTS,
        _compile(
            rf"(?:روز{G}های\s)?(?P<d>{DAY})(?:{TO}|(?P<and>\sو\s))(?P<d2>{DAY})\s?{MONTH}"
            rf"(?:\s?[،,]?\s?{SAL}?{YEAR}{MARK})?"
        ),
        read_days,
    ),
    PeriodRule(
        "fa.day",
        _DAY_STARTS,
        _compile(rf"{WEEKDAY}(?:روز\s)?(?P<d>{DAY})\s?{MONTH}(?:\s?[،,]?\s?{SAL}?{YEAR}{MARK})?"),
        read_day,
    ),
    PeriodRule(
        "fa.month", ("ماه", *_MONTH_STARTS), _compile(rf"{MONTH}\s?[،,]?\s?(?P<sal>{SAL})?{YEAR}{MARK}"), read_month
    ),
    PeriodRule("fa.month_alone", _MONTH_STARTS, _compile(rf"(?P<m>{MONTH_NAMES}){G}ماه{EDGE}"), read_month_alone),
    PeriodRule("fa.month_alone", ("ماه",), _compile(rf"ماه\s(?:مبارک\s)?(?P<m>{MONTH_NAMES}){EDGE}"), read_month_alone),
    PeriodRule(
        "fa.figures",
        (FIGURE,),
        _compile(
            rf"(?P<a>\d{{1,4}})(?P<sep>\s?[-/.\\]\s?)(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d{{1,4}})(?!\d|"
            rf"[-/.]\d){MARK}"
        ),
        read_figures,
    ),
    PeriodRule(
        "fa.years",
        (FIGURE, *_YEAR_STARTS),
        _compile(
            rf"(?P<sal>{SAL})?(?P<y>[12]\d{{3}}|\d\d)(?:{TO}|/|\s?/\s?)(?P<y2>[12]\d{{3}}|"
            rf"\d\d{NOT_COUNTED})(?![\d%]|[-–/.,]\d){MARK}"
        ),
        read_years,
    ),
    PeriodRule(
        "fa.counted_decade",
        ("دهه",),
        _compile(rf"دهه(?:{G}ی|ٔ)?\s(?P<n>{NUMBER})\s(?:قرن|سده)(?:ٔ|{G}ی)?\s(?P<c>{NUMBER}){MARK}"),
        read_counted_decade,
    ),
    PeriodRule(
        "fa.decade",
        ("دهه", "دههی", "دههٔ", "دهههای"),
        _compile(
            rf"دهه(?:{G}(?:های|ی)|ٔ)?\s?(?:سال{G}های\s)?(?P<n>\d{{2,4}}|{cardinal('fa')}){EDGE}(?P<more>"
            rf"(?:(?:{AND}|{TO})(?:دهه\s)?(?:\d{{2,4}}|{cardinal('fa')}){EDGE}(?!\s?{UNIT_FA}))*){MARK}"
        ),
        read_decades,
    ),
    PeriodRule(
        "fa.century",
        ("قرن", "قرون", "قرنهای", "سده", "سدههای"),
        _compile(
            rf"(?:قرن|قرون|سده)(?:{G}(?:های|ی)|ٔ)?\s(?P<n>{NUMBER})(?:(?:{AND}|(?P<to>{TO}))"
            rf"(?P<n2>{NUMBER}))?{MARK}"
        ),
        read_centuries,
    ),
    PeriodRule(
        "fa.season",
        ("فصل", *(name for names in SEASONS["fa"] for name in names.split("|"))),
        _compile(rf"(?:فصل\s)?(?P<s>{SEASON})(?P<q>)\s?[،,]?\s?{SAL}?{YEAR}{MARK}"),
        read_part,
    ),
    PeriodRule(
        "fa.quarter",
        ("سه", "سهماهه", "ربع", "فصل"),
        _compile(rf"(?:سه{G}ماهه?(?:ٔ|{G}ی)?|ربع|فصل)\s(?P<q>اول|نخست|دوم|سوم|چهارم)(?P<s>)\s{SAL}?{YEAR}{MARK}"),
        read_part,
    ),
    PeriodRule(
        "fa.year",
        (FIGURE, *_YEAR_STARTS),
        _compile(
            rf"(?P<sal>{SAL})?(?P<y>\d{{4}}|\d{{1,3}}{NOT_COUNTED})(?:(?!\d|[.,/]\d){EDGE}|(?=(?:الف|"
            rf"[بجدشقم]){EDGE})){MARK}"
        ),
        read_year,
    ),
    PeriodRule(
        "fa.worded_year", _YEAR_STARTS, _compile(rf"{SAL}(?P<w>{cardinal('fa')}){EDGE}{MARK}"), read_worded_year
    ),
)

_THE = rf"(?:{G}(?:ی|ٔ))?\s"
_MODIFIERS = (
    ModifierRule(("نیمه", "شش", "ششماهه"), _compile(rf"(?:نیمه|شش{G}ماهه)(?:{G}ی|ٔ)?\s(?:اول|نخست){_THE}"), "early"),
    ModifierRule(("نیمه", "شش", "ششماهه"), _compile(rf"(?:نیمه|شش{G}ماهه)(?:{G}ی|ٔ)?\sدوم{_THE}"), "late"),
    ModifierRule(
        ("اوایل", "اوائل", "آغاز", "ابتدای", "شروع"), _compile(rf"(?:اوایل|اوائل|آغاز|ابتدای|شروع){_THE}"), "early"
    ),
    ModifierRule(("اواسط", "میانه", "میانههای", "نیمه"), _compile(rf"(?:اواسط|میانه(?:{G}های)?|نیمه){_THE}"), "mid"),
    ModifierRule(("اواخر", "پایان", "انتهای", "آخر"), _compile(rf"(?:اواخر|پایان|انتهای|آخر){_THE}"), "late"),
    ModifierRule(
        ("حدود", "حدودا", "حوالی", "تقریبا"), _compile(r"(?:حدودا?ً?|حوالی|تقریباً?)\s"), "approximate", wary=True
    ),
)

_SIGNALS = (
    Signal(
        "fa.between",
        ("بین", "میان", "مابین", "حدفاصل", "حد", "فاصله"),
        _compile(rf"(?:بین|میان|مابین|حد{G}فاصل|فاصله)\s(?:{G}سال{G}های\s)?"),
        middle=_compile(r"\s(?:و|تا)\s"),
    ),
    Signal("fa.from_to", ("از",), _compile(rf"از\s(?:سال{G}های\s)?"), middle=_compile(r"\s(?:تا|الی|لغایت)\s")),
    Signal("fa.from_on", ("از",), _compile(r"از\s"), "after", needs_tail=True),
    Signal("fa.after", ("بعد", "پس"), _compile(r"(?:بعد|پس)\sاز\s"), "after"),
    Signal("fa.before", ("قبل", "پیش", "پیشتر"), _compile(r"(?:قبل|پیش|پیشتر)\sاز\s"), "before"),
    Signal("fa.until", ("تا",), _compile(r"تا\s(?:(?:قبل|پیش)\sاز\s)?"), "before", confidence=0.9),
)

PERSIAN = Grammar(
    language="fa",
    periods=_PERIODS,
    modifiers=_MODIFIERS,
    signals=(
        *_SIGNALS,
        Signal(
            "fa.since",
            ("از",),
            _compile(r"از\s(?=(?:سال|دهه|قرن|سده|اوایل|اواسط|اواخر|ابتدای|آغاز)[\s\u200cٔی])(?!سال[\s\u200c]*های)"),
            "after",
            confidence=0.75,
        ),
    ),
    joiner=_compile(rf"{DASH}|\s(?:تا|الی|لغایت)\s"),
    tails=(
        (
            _compile(
                rf"\s(?:تا{G}کنون|تا\sبه\s(?:امروز|حال|اکنون)|تا\s(?:امروز|حال|اکنون)|به\sبعد|به\sاین\sسو|"
                rf"بدین\sسو){EDGE}"
            ),
            "after",
        ),
    ),
    uncertain=_compile(r"(?<!\w)(?:احتمالا|احتمالاً|گویا|ظاهرا|ظاهراً|شاید)\s(?:(?:در|به)\s)?$"),
    short_end=short_end,
    relatives=RELATIVE,
)
