"""Numbers that look like dates and are none: resolutions, pages, amounts, models, parts of addresses.

Two questions are answered from the surroundings of a number: does something say that it is *not* a date (a label
before it, a unit after it, an address around it), and, for a bare year, does enough say that it *is* one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.dates.values import Expression

#: How far to the left and right a number's surroundings are read, in characters.
_REACH = 72

_LABEL_EN = (
    r"resolutions?|UNSCRs?|res\.|decrees?|directives?|bills?|section|sec\.|chapter|ch\.|article|art\.|clause|"
    r"figs?\.|figure|tables?|equation|eq\.|appendix|annex|footnote|notes?|items?|lines?|volume|vols?\.|issue|numbers?|"
    r"nos?\.?|nr\.?|pages?|pp?\.|codes?|type|model|version|ver\.|ext(?:ension)?\.?|grant|contract|project|case|docket|patent|flight|"
    r"room|box|documents?|docs?\.?|files?|folder|tel\.?|phone|fax|zip|postcode|isbn|issn|id|§|№|#|n\s*="
)
_LABEL_FA = (
    r"قطعنامه(?:\s?های?)?|شماره(?:\s?های?)?|صفحه|صفحات|صص?\.?|ماده|اصل|بند|تبصره|فصل|جلد|ج\.|شکل|"
    r"جدول|نمودار|معادله|رابطه|"
    r"پیوست|مدل|کد|کدپستی|پلاک|تلفن|نمابر|فکس|همراه|شابک|شاپا|پرونده|دادنامه|پروژه|گواهی|بخشنامه|"
    r"آیه|حدیث|خط|اتاق|نسخه|تعداد|مبلغ|ثبت|سری|تیپ|ص"
)
_NUMBER_LIST = r"(?:\d{1,4}[\d/.-]*\s*(?:\(\d{4}\)\s*)?(?:[,،]|and|or|to|through|&|و|تا|الی|-|–)\s*)*(?:\d{1,4}\s)?"
_LABELLED = {
    "en": re.compile(
        rf"(?:(?<!\w)(?:{_LABEL_EN})(?:\s+(?:no|nos|number)s?\.?)?\s*[:(]?\s*{_NUMBER_LIST})$", re.IGNORECASE
    ),
    "fa": re.compile(
        rf"(?:(?<!\w)(?:{_LABEL_FA})[\u200c\u0654\s]*(?:های?[\u200c\s]*)?(?:(?:ی|شماره[\u0654\u200c]?)\s+)?[:(]?\s*{_NUMBER_LIST})$"
    ),
}
#: A page after a citation's year («2015: 12»), after a volume and issue («12(3): 1990»), or further pages of a list.
_PAGE = re.compile(r"(?:\d[a-z]?|\))\s?:\s?(?:\d{1,4}\s?[-–,،]\s?)*$")
#: What joins a number to another one, to a name, or to a currency before it.
_JOINED_BEFORE = re.compile(
    r"(?:[$€£¥₤+=<>≤≥±×~]\s?|\d[.,:/\\٫٬]|[A-Za-z][-‐‑–/_.]|[A-Za-z_]|\d[-‐‑–]|\d°\s?|"
    r"IS[BS]N[-\s:\d]*)$"
)
_JOINED_AFTER = re.compile(r"[%‰°′″٪_]|[.,:٫٬]\d|[-‐‑–/\\](?:\d|[A-Z]\d)|\s?[×±]|\s(?:%|٪|°)|[a-zA-Z]{2}")
_PHONE = re.compile(r"\+\d[\d\s()-]*$")
_ADDRESS = re.compile(r"://|www\.|@|doi|10\.\d{4,}/", re.IGNORECASE)

_COUNTED_EN = (
    r"(?:[kcmn]m|km/h|mm|kg|[kMG]?[WV]|[MG]?Hz|hp|tons?|tonnes?|pounds?|lbs?|miles?|met(?:er|"
    r"re)s?|kilomet(?:er|re)s?|feet|ft|"
    r"inch(?:es)?|nautical|barrels?|bpd|dollars?|USD|euros?|EUR|rials?|tomans?|hours?|hrs?|GMT|"
    r"UTC|minutes?|mins?|seconds?|days?|"
    r"weeks?|months?|people|persons?|men|women|children|soldiers|troops|personnel|students|participants|patients|"
    r"respondents|samples?|cases|ships?|vessels?|tanks?|missiles?|rockets?|aircrafts?|vehicles?|words?|pages?|times|"
    r"percent|per|points?|units?|bits?|bytes?|[KMGT]B|rpm|calories|kcal|mg|ml|volts?|watts?|years?|BCM|square|cubic|"
    r"hectares?|million|billion|thousand|of\s+(?:them|these|those|which))"
)
#: Units never follow a year; things may («در ۱۳۹۴ شرکت …»), so they tell only where nothing else speaks for a year.
UNIT_FA = (
    r"(?:نفر|تن|فروند|دستگاه|قبضه|عراده|مورد|عدد|(?:کیلو|میلی|سانتی|مگا|گیگا|ترا|میکرو|نانو|دسی)[\s\u200c]?(?:متر|گرم|لیتر|وات|ولت|هرتز|بایت|بیت|پاسکال|ثانیه|تن|ژول)|متر|مایل|کیلو|گرم|لیتر|بشکه|"
    r"هکتار|دلار|یورو|ریال|تومان|هزار|"
    r"میلیون|میلیارد|درصد|ساعت|دقیقه|ثانیه|روز|هفته|ماه(?!\s)|سی[\s\u200c]?سی|نوزاد|اثر|سال|بار|مرتبه|مگاوات|کیلووات|وات|"
    r"ولت|هرتز|بیت|بایت|امتیاز|فقره|راس|"
    r"قطعه|تنی|متری|کیلومتری|نفره|جلد)(?![^\W\d_])"
)
THING_FA = (
    r"(?:واژه|کلمه|صفحه|مقاله|کتاب|نسخه|پرسشنامه|بیمار|دانشجو|دانش|زن|مرد|کودک|خانوار|سرباز|نیرو|"
    r"کشتی|موشک|تانک|راکت|ناو|قایق|"
    r"هواپیما|جنگنده|خودرو|واحد|نمونه|داده|کشور|شهر|روستا|شرکت|گره|لایه|کشته|زخمی|شهید|اسیر|عضو|"
    r"کارمند|کارگر|گونه|مدل|جمله|سند|پاره|گفتار|باب|بیت|برگ|ورق|حکایت|مجلد|سطر|مصرع|غزل|رباعی|قصیده|سکه|خانه|خط|سند)(?:\u200c?(?:ی|ها|های))?(?![^\W\d_])"
)
_UNIT_AFTER = {
    "en": re.compile(rf"[\s-]{{1,2}}{_COUNTED_EN}(?![\w'’])"),
    "fa": re.compile(rf"[\s\u200c]*{UNIT_FA}"),
}
_THING_AFTER = re.compile(rf"[\s\u200c]*{THING_FA}")
#: Names that carry a year: software and its editions, and scholarly meetings («presented at INTERSPEECH 2020»).
_PRODUCT = re.compile(
    r"(?<!\w)(?:Windows|Office|Excel|Word|Visual\sStudio|SQL\sServer|AutoCAD|Photoshop|MAXQDA|SPSS|EViews|Stata|Matlab|"
    r"MATLAB|Server|Exchange|Peugeot|Boeing|Airbus|Toyota|Mercedes|Mazda|SharePoint|Dynamics|نرم[\s\u200c]?افزار|ویندوز|آفیس|پژوی?|تویوتا|بنز|بوئینگ|ایرباس)\s$"
)
_MEETING = re.compile(
    r"(?:\b(?:at|in|proceedings\sof|proc\.(?:\sof)?|workshop|challenge|track\sof)\s(?:the\s)?"
    r"(?-i:[A-Z]{3,}[A-Za-z]*(?:[-/][A-Z]+)?)\s|\b(?:Eurographics|Interspeech|CoNLL|SemEval|NeurIPS|ImageNet)\s)['’]?$",
    re.IGNORECASE,
)
#: Words that measure: a number after them counts things unless it is plainly a year.
_AMOUNT_BEFORE = {
    "en": re.compile(
        r"\b(?:(?:more|less|fewer|greater)\sthan|over|nearly|almost|at\sleast|some|up\sto|total\sof|"
        r"sum\sof|exceeding|(?:sizes?|samples?|values?|doses?|levels?|rates?|numbers?|ranges?)\sof)\s"
        r"(?:\d[\d,]*(?:,|\s(?:and|or))\s(?:(?:and|or)\s)?)*$",
        re.IGNORECASE,
    ),
    "fa": re.compile(
        r"(?<!\w)(?:(?:بیش|بیشتر|کمتر|متجاوز)\sاز|بالغ\sبر|بالای|نزدیک\sبه|قریب\sبه|دست\u200c?کم|"
        r"حداقل|حداکثر|مجموع|جمعا)\s$"
    ),
}
_PLURAL_AFTER = re.compile(
    r"\s(?!(?:is|was|has|as|this|us|its|thus|perhaps|always|does|plus|versus)\b)[a-z]{2,}s\b"
    r"(?!['’])"
)

#: A thing counted before, and the next count of a list («1950 persons and 2010 households»).
_COUNTED_BEFORE = {
    "en": re.compile(r"\d\s(?:[a-z]+\s)?[a-z]{2,}(?:s|men|people)(?:\s(?:and|or)|,(?:\s(?:and|or))?)\s$"),
    "fa": re.compile(rf"\d[\s\u200c]*(?:{UNIT_FA}|{THING_FA})(?:\s(?:و|یا)|[،,])\s$"),
}
#: A name in capitals that a year may be a model of («the BMW 2002»).
_ACRONYM = re.compile(r"(?<![\w(])[A-Z]{2,5}\s$")

_YEAR_CUE = {
    "en": re.compile(
        r"(?:\b(?:in|since|during|until|till|before|after|by|from|to|of|year|years|for|around|circa|"
        r"early|mid|late|the|"
        r"and|or|through|between|spring|summer|autumn|fall|winter|on|dated|his|her|their|its|both|"
        r"versus|than|throughout|"
        r"(?-i:r\.|b\.|d\.|fl\.|reg\.)|born|died|january|february|march|april|may|june|july|august|september|october|november|december)\s|"
        r"[(\[,;/–—-]\s?|[\"“”'’]\s?)$",
        re.IGNORECASE,
    ),
    "fa": re.compile(
        r"(?:(?<!\w)(?:در|از|تا|سال|مصوب|متولد|و|طی|افق|انداز|به|برای|ماه|های|دوره|هجری|تابستان|بهار|پاییز|"
        r"زمستان|مورخه?|تاریخ|متوفای|متوفی|درگذشته|وفات|حدود|حک|[مدف]\.)\s|[(\[،,؛/–—-]\s?|[«»]\s?)$"
    ),
}
_AT_REST = {
    "en": re.compile(r"\s?(?:[)\].,;:!?”\"]|$)"),
    "fa": re.compile(
        r"\s?(?:[)\].،,؛:!؟»]|$|(?:در|از|به|با|و|که|را|تا|بر|برای|است|بود|شد|نیز|میان|توسط|یا|پس|"
        r"بین)(?!\w))"
    ),
}
#: Words that date: a number of three figures may be a year after them without more.
_DATING = re.compile(r"(?<!\w)(?:در|مورخه?|تاریخ|متوفای|متوفی|درگذشته|وفات|[مدف]\.)\s$")
#: Words that make even a number introduced as a label a year again.
_SURE_CUE = re.compile(
    r"(?:\b(?:in|since|during|year|until|before|after|by|circa|early|mid|late)|در|سال|از)\s$", re.IGNORECASE
)

_INTRODUCTION = re.compile(
    r"(?:(?<!\w)(?:[Rr]esolutions?|UNSCRs?|RESOLUTIONS?)(?:\s+(?:[Nn]o\.?|[Nn]umber))?|قطعنامه"
    r"(?:[\s\u200c]?های?)?(?:[\s\u200c]*ی|\u0654)?"
    r"(?:\s+شماره)?)\s*(?P<numbers>\d{3,4}(?!\d)(?:\s*(?:\(\d{4}\)\s*)?(?:,|،|and|&|و)\s*(?:and\s+|و\s+)?\d{3,4}(?!\d))*)"
)


def stands_free(text: str, end: int, language: Literal["en", "fa"]) -> bool:
    """Whether nothing that could be counted follows a number: a mark, the end, or (in Persian) a function word."""
    return bool(_AT_REST[language].match(text, end))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Judges the numbers of one text. ``introduced`` are the numbers the article has introduced as labels."""

    language: Literal["en", "fa"]
    introduced: frozenset[str] = frozenset()

    def __call__(self, text: str, expression: Expression, *, signalled: bool) -> float | None:
        """The confidence that figures are a date, or None where they are not; words of time are believed."""
        if not expression.figures:
            return None if _in_address(text, expression) else expression.confidence
        if self._is_other_number(text, expression):
            return None
        if signalled or not expression.weak:
            return expression.confidence
        return self._bare_year(text, expression)

    def _is_other_number(self, text: str, expression: Expression) -> bool:
        start, end = expression.start, expression.end
        left = text[max(0, start - _REACH) : start]
        right = text[end : end + _REACH]
        if expression.weak and (_PRODUCT.search(left) or (_MEETING.search(left) and stands_free(text, end, "en"))):
            return True
        if _JOINED_BEFORE.search(left) or _JOINED_AFTER.match(right) or _PHONE.search(left) or _PAGE.search(left):
            return True
        if _LABELLED[self.language].search(left) or _UNIT_AFTER[self.language].match(right):
            return True
        if text[start:end] in self.introduced and not _SURE_CUE.search(left):
            return True
        return _in_address(text, expression)

    def _bare_year(self, text: str, expression: Expression) -> float | None:
        year = (expression.first.year or 0) if expression.first else 0
        start = expression.start
        left, right = text[max(0, start - _REACH) : start], text[expression.end : expression.end + _REACH]
        cue = expression.modifier is not None or bool(_YEAR_CUE[self.language].search(left))
        rest = bool(_AT_REST[self.language].match(right))
        if expression.doubted and self.language == "en":
            return round(0.6 * expression.confidence, 3) if cue else None
        if expression.doubted:
            return round(0.7 * expression.confidence, 3) if cue and (rest or _DATING.search(left)) else None
        modern = 1800 <= year <= 2049 if self.language == "en" else (1300 <= year <= 1410 or 1850 <= year <= 2049)
        if _AMOUNT_BEFORE[self.language].search(left):
            return None
        if _COUNTED_BEFORE[self.language].search(left) and not rest:
            return None
        if _ACRONYM.search(left) and not rest:
            return None
        if self.language == "fa" and _THING_AFTER.match(right) and (not cue or not modern or year % 100 == 0):
            return None
        if not modern and not (cue and (rest or year >= 1500 or self.language == "fa")):
            return None
        if self.language == "en" and _PLURAL_AFTER.match(right) and (not cue or year % 100 == 0):
            return None
        if year % 100 == 0 and not (cue or rest):
            return None
        return round(expression.confidence * (0.7 + 0.15 * cue + 0.05 * rest + 0.1 * modern), 3)


def introduced_numbers(text: str) -> Iterator[str]:
    """Numbers that a (folded) text introduces as a resolution's: «resolutions 1747 and 1929» gives both."""
    for match in _INTRODUCTION.finditer(text):
        yield from re.findall(r"(?<![(\d])\d+", match["numbers"])


def _in_address(text: str, expression: Expression) -> bool:
    """Whether the expression is part of a URL, a DOI or an e-mail address."""
    start, end = expression.start, expression.end
    while start > 0 and not text[start - 1].isspace() and expression.start - start < 200:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - expression.end < 200:
        end += 1
    return bool(_ADDRESS.search(text, start, end))
