"""The pieces that patterns of Persian dates are put together from, as regular-expression sources."""

from __future__ import annotations

from pipeline.extract.dates.lookalikes import THING_FA, UNIT_FA
from pipeline.text.calendars import CalendarName, month_pattern, season_pattern
from pipeline.text.numerals import cardinal, ordinal

CALENDARS: tuple[CalendarName, ...] = ("gregorian", "jalali", "hijri")
G = r"[ \u200c]*"
#: The end of a word: neither a letter nor a half-space follows.
EDGE = r"(?![^\W\d_]|\u200c)"
#: The ezafe after a word, where it is written: a hamza, a «ی» of its own, or a short vowel.
EZ = rf"(?:[ \u200c]{{1,2}}ی{EDGE}|\u200c?[\u0654\u0621]|[\u064b-\u0652])?"
DASH = r"\s?[-‐‑–—−ـ]\s?"
#: Words between the ends of a range; a figure may touch them («۱۳۵۷تا ۱۳۶۷»).
TO = rf"(?:{DASH}|(?:\s|(?<=\d))(?:تا|الی|لغایت)(?:\s|(?=\d)))"
AND = r"(?:\s?[،,]\s?(?:و\s)?|\sو\s)"
_ERAS = rf"(?:هجری|ه)?{G}(?:شمسی|خورشیدی|قمری)|هجری|شاهنشاهی"
#: The mark of a calendar after a year, with or without parentheses.
MARK = (
    rf"(?:[ \u200c]?(?P<paren>\()?(?P<mark>(?:قبل|پیش)\sاز\sمیلاد(?:\sمسیح)?|[قپ]{G}\.{G}م{EDGE}\.?|{_ERAS}|"
    rf"(?:پس\sاز\s)?میلادی?|ه[\u200c\u200dـ]*{G}\.?{G}[شقخ]{EDGE}\.?|(?<=[\d \u200c()])[شق]{G}\.{G}ه{EDGE}\.?|"
    rf"(?<=[\d \u200c()])(?:[شقمخ]|هـ){EDGE}\.?){EDGE}(?(paren)\)))?"
)
_KINDS_OF_YEAR = rf"(?:تحصیلی|دانشگاهی|مالی|زراعی|آبی|میلادی|جلالی|{_ERAS}){EZ}{EDGE}"
SAL = rf"(?:(?:سال(?:{G}(?:های|ها)|{EZ}|ی)|سنه{EZ}|سنوات)(?:\s{_KINDS_OF_YEAR})?\s?)"
#: A year: in figures (two where the pattern around it makes a year certain) or in words.
NOT_COUNTED = rf"(?!\s?(?:{UNIT_FA}|{THING_FA}))"
YEAR = (
    rf"(?P<y>[12]\d{{3}}|[1-9]\d\d?{NOT_COUNTED}|0\d|(?=(?:(?:یک|دو){G})?هزار){cardinal('fa')}{EDGE})"
    rf"(?![\d٫%]|[.,/]\d)"
)
_WEEKDAYS = rf"(?:(?:یک|دو|سه?|چهار|پنج){G}شنبه|شنبه|جمعه|آدینه)"
WEEKDAY = rf"(?:(?:روز\s)?{_WEEKDAYS}{EZ}\s?[،,]?\s(?:مورخه?{EZ}\s)?)?"
MONTH_NAMES = "(?:" + "|".join(month_pattern(calendar, "fa") for calendar in CALENDARS) + ")"
MONTH = rf"(?:ماه{EZ}\s(?:مبارک\s)?)?(?P<m>{MONTH_NAMES})(?:(?P<mah>{G}ماه))?{EZ}{EDGE}"
DAY = rf"\d{{1,2}}(?:{G}(?:ام|م){EDGE})?|{ordinal('fa')}|{cardinal('fa')}"
SEASON = season_pattern("fa")
NUMBER = rf"(?:\d{{1,2}}(?:{G}(?:ام|م){EDGE})?|{ordinal('fa')}{EDGE}|{cardinal('fa')}{EDGE})"
