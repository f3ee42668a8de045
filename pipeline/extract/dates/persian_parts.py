"""The pieces that patterns of Persian dates are put together from, as regular-expression sources."""

from __future__ import annotations

from pipeline.extract.dates.lookalikes import THING_FA, UNIT_FA
from pipeline.text.calendars import CalendarName, month_pattern, season_pattern
from pipeline.text.numerals import cardinal, ordinal

CALENDARS: tuple[CalendarName, ...] = ("gregorian", "jalali", "hijri")
G = r"[ \u200c]*"
#: The end of a word: neither a letter nor a half-space follows.
EDGE = r"(?![^\W\d_]|\u200c)"
DASH = r"\s?[-‐‑–—ـ]\s?"
TO = rf"(?:{DASH}|\s(?:تا|الی|لغایت)\s)"
AND = r"(?:\s?[،,]\s?(?:و\s)?|\sو\s)"
MARK = (
    rf"(?:\s?(?P<mark>(?:قبل|پیش)\sاز\sمیلاد(?:\sمسیح)?|ق{G}\.{G}م{EDGE}\.?|(?:هجری{G})?(?:شمسی|خورشیدی|قمری)|هجری|"
    rf"(?:پس\sاز\s)?میلادی?|ه[\u200c\u200d]?{G}\.?{G}[شق]{EDGE}\.?|(?<=[\d )])[شقم]{EDGE}\.?){EDGE})?"
)
SAL = rf"(?:سال(?:{G}(?:های|ها|ی))?\s?)"
#: A year: four figures, or two after an apostrophe or where the pattern around it makes a year certain.
NOT_COUNTED = rf"(?!\s?(?:{UNIT_FA}|{THING_FA}))"
YEAR = rf"(?P<y>[12]\d{{3}}|\d\d{NOT_COUNTED})(?![\d٫%]|[.,/]\d)"
WEEKDAY = rf"(?:(?:روز\s)?(?:(?:یک|دو|سه|چهار|پنج){G}شنبه|شنبه|جمعه)\s?[،,]?\s)?"
MONTH_NAMES = "(?:" + "|".join(month_pattern(calendar, "fa") for calendar in CALENDARS) + ")"
MONTH = rf"(?:ماه\s)?(?P<m>{MONTH_NAMES})(?:(?P<mah>{G}ماه)|ِ)?{EDGE}"
DAY = rf"\d{{1,2}}(?:{G}(?:ام|م){EDGE})?|{ordinal('fa')}|{cardinal('fa')}"
SEASON = season_pattern("fa")
NUMBER = rf"(?:\d{{1,2}}(?:{G}(?:ام|م){EDGE})?|{ordinal('fa')}{EDGE}|{cardinal('fa')}{EDGE})"
