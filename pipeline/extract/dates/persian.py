"""The grammar of calendar expressions in Persian: Jalali, Hijri and Gregorian dates, with or without a mark.

Patterns are built from the tables of :mod:`pipeline.text.calendars` and :mod:`pipeline.text.numerals` and read text
that :mod:`folding` has prepared. An unmarked calendar follows from the month, else from the size of the year. «سال»
belongs to an expression, plain prepositions do not, signals (بعد از، از … تا) do.
"""

from __future__ import annotations

import re

from pipeline.extract.dates.grammar import FIGURE, Grammar, ModifierRule, PeriodRule, Signal
from pipeline.extract.dates.lookalikes import UNIT_FA
from pipeline.extract.dates.persian_days import (
    read_day,
    read_days,
    read_figures,
    read_month,
    read_month_after_cue,
    read_month_alone,
    read_shared_year,
)
from pipeline.extract.dates.persian_parts import (
    AND,
    CALENDARS,
    DASH,
    DAY,
    EDGE,
    EZ,
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
from pipeline.extract.dates.persian_years import (
    read_centuries,
    read_century_twin,
    read_counted_decade,
    read_decades,
    read_part,
    read_short_years,
    read_worded_year,
    read_year,
    read_years,
    short_end,
)
from pipeline.extract.dates.relative import PERSIAN as RELATIVE
from pipeline.text.calendars import MONTHS, SEASONS
from pipeline.text.numerals import cardinal, first_words, ordinal

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
#: Compound ordinals that lost every space and half-space («بیستویکم»).
_JOINED_ORDINALS = (
    *(f"بیستو{unit}" for unit in ("یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم")),
    "سیام", "سیویکم", "سیم",
)  # fmt: skip
_NUMBER_STARTS = (*sorted(first_words("fa")), *_JOINED_ORDINALS)
_YEAR_STARTS = ("سال", "سالهای", "سالها", "سالی", "سنه", "سنوات")
_DAY_STARTS = (
    FIGURE, *_NUMBER_STARTS, "روز", "روزهای", "شنبه", "جمعه", "آدینه", "یکشنبه", "دوشنبه", "سهشنبه", "سشنبه",
    "چهارشنبه", "پنجشنبه",
)  # fmt: skip
_SEASON_NAMES = tuple(name for names in SEASONS["fa"] for name in names.split("|"))


def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source)


_OF_YEAR = rf"(?:\s?[،,]?[\s\u200c]?(?:از\s)?{SAL}?{YEAR}{MARK})?"
_DAY_MONTH = r"(?:\s?[-/،]\s?|[\s\u200c]?)"

_PERIODS = (
    PeriodRule(
        "fa.days",
        _DAY_STARTS,
        _compile(rf"(?:روز{G}(?:های)?\s)?(?P<d>{DAY})(?:{TO}|(?P<and>\sو\s))(?P<d2>{DAY})\s?{MONTH}{_OF_YEAR}"),
        read_days,
    ),
    PeriodRule(
        "fa.day",
        _DAY_STARTS,
        _compile(
            rf"{WEEKDAY}(?:روز\s)?(?P<d>{DAY})(?:\sروز(?:\sاز)?)?{_DAY_MONTH}{MONTH}(?:{_OF_YEAR}|"
            rf"\s?[-/]\s?{YEAR.replace('?P<y>', '?P<y_>')})"
        ),
        read_day,
    ),
    PeriodRule(
        "fa.month",
        ("ماه", *_MONTH_STARTS),
        _compile(rf"{MONTH}\s?(?P<comma>[،,])?\s?(?P<sal>{SAL})?{YEAR}{MARK}"),
        read_month,
    ),
    PeriodRule(
        "fa.shared_year",
        ("ماه", *_MONTH_STARTS),
        _compile(
            rf"(?:ماه{G}(?:های)?{EZ}\s)?(?P<first>{MONTH_NAMES})(?:{G}ماه)?{EZ}(?:(?P<and>\sو\s)|{TO})(?P<second>"
            rf"{MONTH}\s?{SAL}?(?P<year>[12]\d{{3}})(?!\d){MARK})"
        ),
        read_shared_year,
    ),
    PeriodRule("fa.month_alone", _MONTH_STARTS, _compile(rf"(?P<m>{MONTH_NAMES}){G}ماه{EZ}{EDGE}"), read_month_alone),
    PeriodRule(
        "fa.month_alone", ("ماه",), _compile(rf"ماه{EZ}\s(?:مبارک\s)?(?P<m>{MONTH_NAMES}){EDGE}"), read_month_alone
    ),
    PeriodRule(
        "fa.month_alone", _MONTH_STARTS, _compile(rf"(?P<m>{MONTH_NAMES}){EDGE}(?!\s?[،,]?\s?\d)"), read_month_after_cue
    ),
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
            rf"(?P<sal>{SAL})?(?P<y>[12]\d{{3}}|[1-9]\d\d|\d\d)(?:(?P<to>{TO})(?:{SAL})?|/|\s?/\s?)(?P<y2>[12]\d{{3}}|"
            rf"[1-9]\d\d{NOT_COUNTED}|\d\d{NOT_COUNTED})(?![\d%]|[-–/.,]\d){MARK}"
        ),
        read_years,
    ),
    PeriodRule(
        "fa.counted_decade",
        ("دهه", "دههی", "دههء"),
        _compile(rf"دهه(?:ی|{EZ})\s(?P<n>{NUMBER})(?:\sاز)?\s(?:قرن|سده(?:ی)?){EZ}\s(?P<c>{NUMBER}){MARK}"),
        read_counted_decade,
    ),
    PeriodRule(
        "fa.decade",
        ("دهه", "دههی", "دههء", "دهههای"),
        _compile(
            rf"دهه(?:{G}های|ی|{EZ})\s?(?:سال{G}های\s)?(?P<n>\d{{2,4}}|{cardinal('fa')}){EZ}{EDGE}(?P<more>"
            rf"(?:(?:{AND}|{TO})(?:دهه{EZ}\s)?(?:\d{{2,4}}|{cardinal('fa')}){EDGE}(?!\s?{UNIT_FA}|[/.,-]\d))*){MARK}"
        ),
        read_decades,
    ),
    PeriodRule(
        "fa.century",
        ("قرن", "قرون", "قرنهای", "سده", "سدهی", "سدهء", "سدههای"),
        _compile(
            rf"(?:قرن|قرون|سده(?:ی(?=\s))?)(?:{G}های|{EZ})\s(?P<n>{NUMBER}){EZ}(?P<more>"
            rf"(?:(?:{AND}|{TO})(?:(?:قرن|سده){EZ}\s)?{NUMBER})*){MARK}"
        ),
        read_centuries,
    ),
    PeriodRule(
        "fa.century_twin", _NUMBER_STARTS, _compile(rf"(?P<n>{ordinal('fa')}){EDGE}(?P<more>){MARK}"), read_century_twin
    ),
    PeriodRule(
        "fa.short_years",
        _YEAR_STARTS,
        _compile(
            rf"(?P<sal>{SAL})(?P<y>\d\d)(?P<more>(?:\s?[،,]\s?(?:{SAL})?\d\d(?!\d))*\s?،?\sو\s(?:{SAL})?\d\d{NOT_COUNTED}"
            rf"(?![\d٫%]|[.,/]\d|\s(?:تا|الی)\s)){MARK}"
        ),
        read_short_years,
    ),
    PeriodRule(
        "fa.season",
        ("فصل", *_SEASON_NAMES),
        _compile(rf"(?:فصل\s)?(?P<s>{SEASON}){EZ}(?P<q>)\s?(?P<comma>[،,])?\s?{SAL}?{YEAR}{MARK}"),
        read_part,
    ),
    PeriodRule(
        "fa.seasons",
        _SEASON_NAMES,
        _compile(
            rf"(?P<first>{SEASON})(?:(?P<and>\sو\s)|{TO})(?P<second>(?P<s>{SEASON}){EZ}(?P<q>)(?P<comma>)\s{SAL}?"
            rf"(?P<year>[12]\d{{3}})(?!\d){MARK})"
        ),
        read_shared_year,
    ),
    PeriodRule(
        "fa.quarter",
        ("سه", "سهماهه", "ربع", "فصل"),
        _compile(
            rf"(?:سه{G}ماهه?{EZ}|ربع|فصل)\s(?P<q>اول|نخست|یکم|دوم|سوم|چهارم|آخر)(?P<s>)(?P<comma>){EZ}\s{SAL}?{YEAR}{MARK}"
        ),
        read_part,
    ),
    PeriodRule(
        "fa.year",
        (FIGURE, *_YEAR_STARTS),
        _compile(
            rf"(?P<sal>{SAL})?(?P<y>\d{{4}}|(?(sal)\d{{1,3}}(?!\s?{UNIT_FA})|\d{{1,3}}{NOT_COUNTED}))(?:(?!\d|[.,/]\d){EDGE}|(?=(?:الف|[بجدشقمخ]|تا|و|"
            rf"میلادی|هجری|شمسی|قمری|خورشیدی|ه[\u200cـ]?[شق]){EDGE}|ه[\u200c\u200dـ]*\.)){MARK}"
        ),
        read_year,
    ),
    PeriodRule(
        "fa.worded_year",
        (*_YEAR_STARTS, "هزار", "یکهزار", "یک"),
        _compile(
            rf"(?P<sal>{SAL})?(?P<w>(?:(?<=\s)|(?<!\w)(?=(?:یک{G})?هزار{G}و))(?:یکهزار{G}و{G})?{cardinal('fa')}){EDGE}{MARK}"
        ),
        read_worded_year,
    ),
)

_THE = rf"{EZ}\s"
_SPANS_OF_TIME = rf"(?:سال|ماه|روز|هفته|دهه)(?:{G}(?:های|ها)|{EZ})"
_FIRST = rf"(?:اول|نخست|نخستین|آغازین|ابتدایی|اولیه){_THE}"
_LAST = rf"(?:آخر|پایانی|واپسین|انتهایی){_THE}"
_HALVES = rf"(?:نیمه|شش{G}ماهه|نیم{G}سال)(?:ی(?=\s)|{EZ})\s"
_HALF_STARTS = ("نیمه", "نیمهی", "شش", "ششماهه", "نیم", "نیمسال", "ربع", "ثلث")
_STRETCH_STARTS = ("سال", "سالهای", "ماههای", "ماه", "روزهای", "روز", "هفته", "هفتهی", "هفتههای", "دهه", "دهههای")
_MODIFIERS = (
    ModifierRule(_HALF_STARTS, _compile(rf"(?:{_HALVES}|(?:ربع|ثلث)\s)(?:اول|نخست|یکم){_THE}"), "early"),
    ModifierRule(_HALF_STARTS, _compile(rf"(?:{_HALVES}(?:دوم|آخر|پایانی)|(?:ربع|ثلث)\sآخر){_THE}"), "late"),
    ModifierRule(
        _STRETCH_STARTS, _compile(rf"{_SPANS_OF_TIME}\s{_FIRST}(?=سال|دهه|قرن|سده|\d|{MONTH_NAMES})"), "early"
    ),
    ModifierRule(
        _STRETCH_STARTS, _compile(rf"{_SPANS_OF_TIME}\sمیانی{_THE}(?=سال|دهه|قرن|سده|\d|{MONTH_NAMES})"), "mid"
    ),
    ModifierRule(_STRETCH_STARTS, _compile(rf"{_SPANS_OF_TIME}\s{_LAST}(?=سال|دهه|قرن|سده|\d|{MONTH_NAMES})"), "late"),
    ModifierRule(
        ("نخستین", "اولین"), _compile(rf"(?:نخستین|اولین)\s{_SPANS_OF_TIME}{_THE}(?=سال|دهه|قرن|سده)"), "early"
    ),
    ModifierRule(
        ("واپسین", "آخرین"), _compile(rf"(?:واپسین|آخرین)\s{_SPANS_OF_TIME}{_THE}(?=سال|دهه|قرن|سده)"), "late"
    ),
    ModifierRule(
        ("اوایل", "اوائل", "آغاز", "ابتدای", "شروع", "اول"),
        _compile(rf"(?:اوایل|اوائل|آغاز|ابتدای|شروع|اول(?=\s(?:سال|دهه|قرن|سده))){_THE}"),
        "early",
    ),
    ModifierRule(
        ("اواسط", "میانه", "میانههای", "نیمه", "نیمهی", "وسط"),
        _compile(rf"(?:اواسط|میانه(?:{G}های|ی(?=\s))?|نیمه(?:ی(?=\s))?|وسط){_THE}"),
        "mid",
    ),
    ModifierRule(("اواخر", "پایان", "انتهای", "آخر"), _compile(rf"(?:اواخر|پایان|انتهای|آخر){_THE}"), "late"),
    ModifierRule(
        ("حدود", "حدودا", "حوالی", "تقریبا"), _compile(r"(?:حدودا?ً?|حوالی|تقریباً?)\s"), "approximate", wary=True
    ),
)

#: After these words «از» does not mean since: they compare, part or quote.
_NO_START = _compile(
    r"(?:(?<!\w)(?:بیش|بیشتر|کمتر|کم|یکی|برخی|بعضی|بخشی|بسیاری|نیمی|شماری|نقل|برگرفته|متاثر|حاکی|عبارت|پر|گذشته|غیر|جدا|"
    r"متفاوت|بالاتر|یاد|نمونه|تصویر|عکس|سند|روایت|تجلیل|استفاده|عبور|گذر|خارج|قبل|پیش|پس|بعد|پیشتر|صرف نظر)|ای|\d)\s$"
)

_SIGNALS = (
    Signal(
        "fa.between",
        ("بین", "میان", "مابین", "حدفاصل", "حد", "فاصله", "فاصلهی"),
        _compile(rf"(?:بین|میان|مابین|حد{G}فاصل|فاصله(?:ی(?=\s))?){EZ}\s(?:سال{G}های\s)?"),
        middle=_compile(r"\s(?:و|تا)\s|(?<=\d)تا\s"),
    ),
    Signal(
        "fa.from_to",
        ("از",),
        _compile(rf"از\s?(?:سال{G}های\s)?"),
        middle=_compile(r"(?:\s|(?<=\d))(?:تا|الی|لغایت)(?:\s(?:به\s)?|(?=\d))"),
    ),
    Signal("fa.from_on", ("از",), _compile(r"از\s?"), "after", needs_tail=True),
    Signal("fa.after", ("بعد", "پس"), _compile(r"(?:بعد|پس)\sاز\s?"), "after"),
    Signal("fa.before", ("قبل", "پیش", "پیشتر"), _compile(r"(?:قبل|پیش|پیشتر)\sاز\s?"), "before"),
    Signal("fa.until", ("تا",), _compile(r"تا\s?(?:(?:قبل|پیش)\sاز\s)?"), "before", confidence=0.9),
    Signal(
        "fa.since",
        ("از",),
        _compile(rf"از\s?(?=(?:سال|دهه|قرن|سده|اوایل|اواسط|اواخر|ابتدای|آغاز){EZ}[\s\u200cی])(?!سال{G}های)"),
        "after",
        confidence=0.75,
        unless=_NO_START,
    ),
    Signal("fa.since", ("از",), _compile(r"از\s(?!سال)"), "after", confidence=0.7, unless=_NO_START, wary=True),
)

#: Words that, with a preposition glued to them, still begin an expression.
_GLUED = (
    rf"سال|سالهای|دهه|دهههای|قرن|سده|ماه|اوایل|اواسط|اواخر|نیمه|تاریخ(?!\w)|"
    rf"(?:{'|'.join(name for name in _MONTH_STARTS if len(name) > 3)})"
)

PERSIAN = Grammar(
    language="fa",
    periods=_PERIODS,
    modifiers=_MODIFIERS,
    signals=_SIGNALS,
    joiner=_compile(rf"{DASH}|(?:\s|(?<=\d))(?:تا|الی|لغایت)(?:\s|(?=\d))"),
    tails=(
        (
            _compile(
                rf"\s(?:تا{G}کنون|تا\sبه\s(?:امروز|حال|اکنون)|تا\s(?:امروز|حال|اکنون)|به\sبعد|به\sاین\sسو|"
                rf"بدین\sسو|به\sاین\sطرف){EDGE}"
            ),
            "after",
        ),
    ),
    uncertain=_compile(r"(?<!\w)(?:احتمالا|احتمالاً|گویا|ظاهرا|ظاهراً|شاید)\s(?:(?:در|به)\s)?$"),
    short_end=short_end,
    relatives=RELATIVE,
    glued=_compile(rf"(در|از|تا|به|و)(?=(?:{_GLUED})$)"),
)
