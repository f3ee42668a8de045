"""Time named without a calendar: by the moment of speaking, by its length, by its recurrence.

Only words with an explicit noun or adverb of time count (the last decade, ten-year, each year, currently); bare
adjectives (recent, former) do not. :func:`resolve` gives a value to those that lean on a date of the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

from pipeline.extract.dates.grammar import FIGURE, RelativeRule, cased
from pipeline.extract.dates.values import Expression
from pipeline.text.numerals import NumberLanguage, cardinal, first_words, parse_number

_UNIT_CODES = {
    "day": ("D", 1), "week": ("W", 1), "month": ("M", 1), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100),
    "centurie": ("Y", 100), "fortnight": ("D", 14),
    "روز": ("D", 1), "هفته": ("W", 1), "ماه": ("M", 1), "سال": ("Y", 1),
    "دهه": ("Y", 10), "قرن": ("Y", 100), "سده": ("Y", 100),
}  # fmt: skip

_Kind = Literal["relative", "duration", "set"]
_Reader = Callable[[re.Match[str]], tuple[str | None, int | None] | None]


def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _length(number: str | None, unit: str, language: NumberLanguage) -> tuple[str, int, str] | None:
    """A number (none means one) of units as an ISO 8601 duration, its size, and the unit's letter."""
    value = _quantity(number, language)
    stem = re.sub(r"[ \u200c]*(?:های|ها|ه|ی)$", "", unit) if language == "fa" and unit not in _UNIT_CODES else unit
    code = _UNIT_CODES.get(stem.lower().rstrip("s") if language == "en" else stem)
    if value is None or code is None or value > 9_999:
        return None
    letter, size = code
    amount = value * size
    if amount != int(amount) and letter == "Y":
        letter, amount = "M", amount * 12
    return (f"P{int(amount)}{letter}", int(amount), letter) if amount == int(amount) else None


def _quantity(number: str | None, language: NumberLanguage) -> float | None:
    """How many units: a number in figures or words, a half, or one where none is given."""
    words = (number or "").strip().lower()
    if words in ("", "a", "an"):
        return 1
    if words in ("نیم", "half a"):
        return 0.5
    figures = re.fullmatch(r"(\d+)(?:[.٫](\d))?[ \u200c]*(هزار|میلیون)?", words)
    if figures:
        value = float(f"{figures[1]}.{figures[2] or 0}")
        return value * {"هزار": 1_000, "میلیون": 1_000_000}.get(figures[3] or "", 1)
    return parse_number(words, language)


def _reader(language: NumberLanguage, sign: int) -> _Reader:
    """Reads «N units» as a duration and, where the unit is a year, as a shift in years (sign 0: no shift)."""

    def read(match: re.Match[str]) -> tuple[str | None, int | None] | None:
        length = _length(match["n"], match["u"], language)
        if length is None:
            return None
        duration, size, letter = length
        return duration, sign * size if sign and letter == "Y" else None

    return read


def _counted(
    name: str,
    kind: _Kind,
    language: NumberLanguage,
    pattern: str,
    sign: int = 0,
    left: str | None = None,
    *,
    needs_left: bool = False,
    confidence: float = 0.85,
) -> RelativeRule:
    words = sorted(first_words(language))
    starts = (FIGURE, *cased([*words, "a", "an"])) if language == "en" else (FIGURE, *words)
    return RelativeRule(
        name, kind, starts, _compile(pattern), _compile(left) if left else None, needs_left, _reader(language, sign),
        confidence,
    )  # fmt: skip


def _fixed(
    name: str, pattern: str, starts: Iterable[str], *, left: str | None = None, needs_left: bool = False,
    shift: int | None = None, kind: _Kind = "relative", confidence: float = 0.85,
) -> RelativeRule:  # fmt: skip
    return RelativeRule(
        name, kind, tuple(starts), _compile(pattern), _compile(left) if left else None, needs_left,
        lambda match: (None, shift), confidence,
    )  # fmt: skip


_EN_NUMBER = rf"(?P<n>\d{{1,3}}|{cardinal('en')})"
_EN_UNIT = r"(?P<u>(?:day|week|fortnight|month|year|decade)s?|centur(?:y|ies))"
_EN_MORE = (
    r"(?:\b(?:(?:more|less|fewer)\sthan|over|nearly|almost|about|around|some|at\sleast|up\sto|"
    r"only|just\sover)\s)$"
)
_EN_NOUN = r"(?:days?|weeks?|months?|years?|decades?|century|centuries)"

ENGLISH: tuple[RelativeRule, ...] = (
    _counted("en.ago", "relative", "en", rf"(?P<n>an?|\d{{1,3}}|{cardinal('en')})\s{_EN_UNIT}\sago\b", left=_EN_MORE),
    _counted(
        "en.later",
        "relative",
        "en",
        rf"(?P<n>an?|\d{{1,3}}|{cardinal('en')})\s{_EN_UNIT}\s(?:later|afterwards?)\b",
        1,
        _EN_MORE,
    ),
    _counted(
        "en.earlier",
        "relative",
        "en",
        rf"(?P<n>an?|\d{{1,3}}|{cardinal('en')})\s{_EN_UNIT}\s(?:earlier|before(?=[\s,.;]|$))\b",
        -1,
        _EN_MORE,
    ),
    _counted(
        "en.after_event",
        "relative",
        "en",
        rf"(?P<n>an?|\d{{1,3}}|{cardinal('en')})\s{_EN_UNIT}\s(?:after|since)\s(?:the\s)?(?:"
        rf"(?-i:[A-Z]\w+)|fall|end|start|death|war|revolution)(?:\s(?-i:[A-Z]\w+))*",
        left=_EN_MORE,
    ),
    _counted(
        "en.after_length",
        "relative",
        "en",
        rf"{_EN_NUMBER}\s{_EN_UNIT}\b(?!\s(?:of|old))",
        left=r"(?<!\w)(?:after|within)\s$",
        needs_left=True,
    ),
    _counted("en.long", "duration", "en", rf"{_EN_NUMBER}-(?=(?-i:[a-z])){_EN_UNIT}(?:-long)?\b(?![-\s]old)"),
    _counted(
        "en.length",
        "duration",
        "en",
        rf"{_EN_NUMBER}\s{_EN_UNIT}\b(?!\s(?:old|of\sage)|['’])",
        left=_EN_MORE,
        confidence=0.65,
    ),
    _fixed(
        "en.span",
        rf"(?:last|past|next|coming|previous|following|recent|first|final|intervening)\s(?:(?:few|"
        rf"several|couple\sof|{cardinal('en')}|\d{{1,3}})\s)?{_EN_NOUN}\b(?:\sand\sa\shalf)?",
        cased(["last", "past", "next", "coming", "previous"]),
        left=r"(?:(?<!\w)(?:(?:early|late|mid)(?:\s|-)|(?:end|beginning|start|middle)\sof\s)?(?:the\s)?)$",
    ),
    _fixed("en.recent", rf"recent\s{_EN_NOUN}\b", cased(["recent"]), left=r"\bmore\s$"),
    _fixed(
        "en.next_year",
        r"(?:following|subsequent)\syear\b",
        cased(["following", "subsequent"]),
        left=r"\bthe\s$",
        shift=1,
    ),
    _fixed(
        "en.following",
        rf"(?:following|subsequent|ensuing)\s{_EN_NOUN}\b",
        cased(["following", "subsequent", "ensuing"]),
        left=r"\bthe\s$",
    ),
    _fixed(
        "en.same",
        r"(?:same|that)\s(?:year|month|day|decade|period|century)\b",
        cased(["same", "that"]),
        left=r"\b(?:the|that|this)\s$",
    ),
    _fixed(
        "en.this",
        r"(?:day|week|month|year|decade|century|period|era)\b",
        ("day", "week", "month", "year", "decade", "century", "period", "era"),
        left=r"\b(?:this|current|the\spresent)\s$",
        needs_left=True,
    ),
    _fixed(
        "en.set",
        rf"(?:each|every)\s(?:(?:{cardinal('en')}|\d{{1,2}}|other)\s)?(?:day|week|month|year|decade|"
        rf"century)s?\b",
        cased(["each", "every"]),
        kind="set",
    ),
    _fixed(
        "en.now",
        r"(?:currently|nowadays|today|now(?!-|\sthat))\b(?!['’])",
        cased(["currently", "nowadays", "today", "now"]),
        confidence=0.9,
    ),
    _fixed(
        "en.present",
        r"(?:at\spresent|at\sthis\stime|to\sdate|thus\sfar|so\sfar|up\sto\snow|later\son|one\sday)\b",
        cased(["at", "to", "thus", "so", "up", "later", "one"]),
        confidence=0.85,
    ),
    _fixed(
        "en.future",
        r"(?:foreseeable\s|near\s|distant\s)?future\b(?!\s[a-z]+s?\s(?:of|in)\b)",
        ("future", "foreseeable", "near", "distant"),
        left=r"\b(?:sometime\sin\sthe|in\sthe(?=\s)|the|in)\s$",
        needs_left=True,
        confidence=0.75,
    ),
    _fixed(
        "en.at_the_time",
        r"the\stime\b(?!\s(?:of|when|that|has|to|for))",
        ("the",),
        left=r"(?<=\bat\s)$",
        needs_left=True,
        confidence=0.75,
    ),
    _fixed("en.era", r"the\s(?-i:[A-Z]\w+(?:[\s-][A-Z]\w+){0,2})\sera\b", ("the", "The"), confidence=0.75),
    _fixed("en.age", r"contemporary\s(?:age|era|period)\b", ("contemporary",), left=r"\bthe\s$", confidence=0.75),
)

_G = r"[ \u200c]*"
_FA_NUMBER = rf"(?P<n>\d{{1,4}}(?:[.٫]\d)?(?:{_G}(?:هزار|میلیون))?|نیم|{cardinal('fa')})"
_FA_UNIT = r"(?P<u>روز|هفته|ماه|سال|دهه|قرن|سده)(?:\u0654|\u200cی(?!\w))?"
_FA_NOUN = rf"(?:روز|هفته|ماه|سال|دهه|قرن|سده|زمان)(?:{_G}(?:های|ها|ی|ٔ))?"
_FA_MORE = r"(?:(?<!\w)(?:(?:بیش|کمتر)(?:تر)?\s?از|حدود(?:\sاً)?|نزدیک\sبه|تقریبا)\s)$"
#: «بالای ۶۵ سال» is an age, «ساعت ۱۷ روز …» a time of day.
_FA_NO_AGE = r"(?<!بالای )(?<!زیر )(?<!سن )(?<!ساعت )"
#: A part of a stretch of time that is named by the moment of speaking («تا پایان سال جاری»).
_FA_STRETCH = r"(?:(?<!\w)(?:تا\s)?(?:اوایل|اواسط|اواخر|پایان|انتهای|ابتدای|آغاز|نیمه\s(?:اول|نخست|دوم))\s)$"
_FA_EDGE = r"(?![^\W\d_]|\u200c)"
_FA_PAST = r"(?:پیش|قبل|گذشته|اخیر)"
_FA_COMING = r"(?:بعد|آینده|آتی|دیگر)"

PERSIAN: tuple[RelativeRule, ...] = (
    _counted(
        "fa.ago",
        "relative",
        "fa",
        rf"{_FA_NUMBER}{_G}{_FA_UNIT}(?:\sو\sنیم)?\s(?:{_FA_PAST}|{_FA_COMING}){_FA_EDGE}",
        left=_FA_MORE,
    ),
    _counted("fa.long", "duration", "fa", rf"{_FA_NUMBER}{_G}(?P<u>روزه|هفته\u200c?ای|ماهه|ساله|سالگی){_FA_EDGE}"),
    _fixed(
        "fa.weekday",
        rf"(?:(?:یک|دو|سه|چهار|پنج){_G}شنبه|شنبه|جمعه)\s(?:گذشته|آینده|آتی|بعد|قبل){_FA_EDGE}",
        ("یک", "دو", "سه", "چهار", "پنج", "یکشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "شنبه", "جمعه"),
    ),
    _counted(
        "fa.length",
        "duration",
        "fa",
        rf"{_FA_NO_AGE}{_FA_NUMBER}{_G}{_FA_UNIT}(?:\sو\sنیم)?{_FA_EDGE}",
        left=_FA_MORE,
        confidence=0.65,
    ),
    _fixed("fa.some", rf"(?:چند|چندین){_G}{_FA_NOUN}(?:\s(?:{_FA_PAST}|{_FA_COMING}))?{_FA_EDGE}", ("چند", "چندین")),
    _fixed(
        "fa.span",
        rf"{_FA_NOUN}{_G}(?:{_FA_PAST}|{_FA_COMING}|جاری|حاضر|کنونی|معاصر|پیش\sرو)(?:\sمیلادی|"
        rf"\sشمسی)?{_FA_EDGE}",
        ("روز", "روزهای", "هفته", "هفتهٔ", "ماه", "ماههای", "سال", "سالهای", "دهه", "دههٔ", "قرن", "سده", "زمان"),
        left=_FA_STRETCH,
    ),
    _fixed(
        "fa.same",
        rf"(?:همان|همین|این)\s(?:روز|هفته|ماه|سال|دهه|قرن|دوره|دوران|زمان){_FA_EDGE}",
        ("همان", "همین", "این"),
        left=_FA_STRETCH,
        confidence=0.85,
    ),
    _fixed("fa.set", rf"هر{_G}(?:روز|هفته|ماه|سال|ساله|ماهه|روزه){_FA_EDGE}", ("هر",), kind="set"),
    _fixed(
        "fa.now",
        rf"(?:اکنون|هم{_G}اکنون|امروز|امروزه|دیروز|فردا|امسال|پارسال|تاکنون|تا{_G}کنون){_FA_EDGE}",
        ("اکنون", "هم", "هماکنون", "امروز", "امروزه", "دیروز", "فردا", "امسال", "پارسال", "تاکنون", "تا"),
        left=_FA_STRETCH,
        confidence=0.85,
    ),
    _fixed("fa.present", rf"(?:حال\sحاضر|زمان\sحاضر|شرایط\sحاضر){_FA_EDGE}", ("حال", "زمان"), confidence=0.85),
    _fixed("fa.future", rf"آینده{_FA_EDGE}", ("آینده",), left=r"(?<=(?<!\w)در\s)$", needs_left=True, confidence=0.75),
)

_SENTENCE_END = re.compile(r"[.!?؟]\s+(?=[^a-z\s])")


def resolve(expressions: list[Expression], text: str) -> list[Expression]:
    """Give a year to relative expressions (two years later) that follow a year in their sentence."""
    result: list[Expression] = []
    for expression in expressions:
        anchor = _anchor(result, expression, text) if expression.shift is not None else None
        if anchor is not None and expression.shift is not None:
            result.append(replace(expression, resolved=f"{anchor + expression.shift:04}", confidence=0.6))
        else:
            result.append(expression)
    return result


def _anchor(before: list[Expression], expression: Expression, text: str) -> int | None:
    """The Gregorian year that the sentence names last before the expression; None where it names none."""
    for earlier in reversed(before):
        if _SENTENCE_END.search(text, earlier.end, expression.start) or expression.start - earlier.end > 200:
            return None
        if earlier.first is not None:
            plain = earlier.last is None and earlier.bound is None and earlier.first.unit in ("day", "month", "year")
            return earlier.first.year if plain and earlier.first.calendar == "gregorian" else None
    return None
