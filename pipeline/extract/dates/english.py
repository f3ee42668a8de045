"""The grammar of calendar expressions in English: three calendars' months, eras, decades, centuries, signals.

Patterns are built from the tables of :mod:`pipeline.text.calendars` and :mod:`pipeline.text.numerals`. Articles and
plain prepositions stay outside an expression, signals (since, until, between) are inside.
"""

from __future__ import annotations

import re

from pipeline.extract.dates.english_readers import (
    TENS,
    read_bare_month,
    read_century,
    read_counted_decade,
    read_day,
    read_days,
    read_decade,
    read_figures,
    read_fiscal_year,
    read_iso,
    read_iso_month,
    read_month,
    read_quarter,
    read_season,
    read_shared_year,
    read_short_decade,
    read_spoken_year,
    read_year,
    read_years,
    short_end,
)
from pipeline.extract.dates.grammar import FIGURE, Grammar, ModifierRule, PeriodRule, Signal, cased
from pipeline.extract.dates.relative import ENGLISH as RELATIVE
from pipeline.text.calendars import (
    MONTHS,
    SEASONS,
    CalendarName,
    alternatives,
    season_pattern,
)
from pipeline.text.numerals import first_words, ordinal

_CALENDARS: tuple[CalendarName, ...] = ("gregorian", "jalali", "hijri")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
             "Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri", "Sat", "Sun")  # fmt: skip
_DASH = r"\s?[-‐‑–—]\s?"
_TO = rf"(?:{_DASH}|\s(?:to|through|until|till)\s)"
_ERA_NAMES = (
    r"(?:(?-i:AHS|A\.H\.S\.|A\.H\.\s?\(S\.\)|AHQ|AH|A\.\s?H\.|S\.?H\.?|Sh\.?|[HŠ]\.\s?Š\.|Š\.|H\.?\s?Sh\.?|H\.S\.|HS|H\.?Q\.?|"
    r"H\.?\s?Q\.|AP|A\.P\.|BCE|B\.C\.E\.|BC|B\.\s?C\.|CE|C\.E\.|AD|A\.\s?D\.)(?![\w-])|"
    r"(?:(?:Solar|Lunar)\s)?Hijri(?:\s(?:Shamsi|Qamari))?\b|(?-i:Shamsi|Qamari|Jalali)\b|(?<=\d\s)\(?(?:Persian|Iranian|Solar|"
    r"Lunar)\s(?:calendar|year)\b\)?)"
)
_ERA = rf"(?:\s?(?P<era>{_ERA_NAMES}))?"
_ERA_BEFORE = (
    r"(?:(?P<before>(?-i:AD|A\.\s?D\.|AHS|AH|A\.\s?H\.|CE|SH|(?:Persian|Iranian|Solar|Lunar)(?:\sHijri)?\syear|Hijri\syear))"
    r"\s)?"
)
#: A bare year may carry the letter that tells a citation's works apart (2015a); the letter is not part of the date.
_YEAR_END = r"(?![\d\w]|[a-z]\w)|(?<=\d)(?=[a-h](?!\w))"
_YEAR = rf"(?P<y>[12]\d{{3}})(?:{_YEAR_END})"
#: The year after a month: in four figures, or in fewer where an era follows it.
_DATED_YEAR = (
    rf"(?P<y>[12]\d{{3}}|[1-9]\d{{0,2}}(?=\s?(?-i:A\.?\s?H\b)|/\d))(?:{_YEAR_END}|(?=(?-i:[AS]\.?H)))"
    rf"(?:(?<!1[5-9]\d\d)(?<!20\d\d)\s?{_ERA_NAMES}|\s?(?-i:AD|CE|A\.D\.|C\.E\.)(?!\w))?"
)
_DAY_END = r"(?:\s?(?:st|nd|rd|th))?"


def _months() -> str:
    """The months' names; a dot belongs to an abbreviation, after a whole name it ends the sentence."""
    whole: list[str] = []
    short: list[str] = []
    for row in (row for calendar in _CALENDARS for row in MONTHS[calendar, "en"]):
        first, *others = row.split("|")
        whole.append(first)
        (short if first.startswith(tuple(others)) else whole).extend(others)
    both_cases = [alternatives([*names, *map(str.upper, names)]) for names in (whole, short)]
    return rf"(?-i:(?:{both_cases[0]}|{both_cases[1]}\.?)(?![\w'’]))"


_MONTH = _months()
_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)})\.?,?\s(?:the\s)?)?"
_SEASON = season_pattern("en")
_ORDINAL = ordinal("en")

_MONTH_STARTS = tuple(
    dict.fromkeys(
        form
        for calendar in _CALENDARS
        for names in MONTHS[calendar, "en"]
        for name in names.split("|")
        for form in (re.split(r"\W", name)[0], re.split(r"\W", name)[0].upper())
    )
)
_DAY_STARTS = (FIGURE, *_WEEKDAYS)
_SEASON_STARTS = cased([name for names in SEASONS["en"] for name in names.split("|")])
_ORDINAL_STARTS = cased(sorted(first_words("en")))


def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


_TENS_WORD = (
    r"(?:ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-"
    r"(?:one|two|three|four|five|six|seven|eight|nine))?)"
)

_PERIODS = (
    PeriodRule(
        "en.days",
        _DAY_STARTS,
        _compile(
            rf"{_WEEKDAY}(?P<d>\d{{1,2}}){_DAY_END}(?:{_TO}|(?P<and>\s(?:and|&)\s))"
            rf"(?P<d2>\d{{1,2}}){_DAY_END}(?:\sof)?\s(?P<m>{_MONTH}),?(?:\s{_DATED_YEAR})?"
        ),
        read_days,
    ),
    PeriodRule(
        "en.days",
        _MONTH_STARTS,
        _compile(
            rf"(?P<m>{_MONTH})\s(?P<d>\d{{1,2}}){_DAY_END}(?:{_TO}|(?P<and>\s(?:and|&)\s))"
            rf"(?P<d2>\d{{1,2}}){_DAY_END}(?![\d-])(?:,?\s{_DATED_YEAR})?"
        ),
        read_days,
    ),
    PeriodRule(
        "en.day",
        (*_DAY_STARTS, *_ORDINAL_STARTS),
        _compile(
            rf"{_WEEKDAY}(?P<d>\d{{1,2}}{_DAY_END}|{_ORDINAL})(?:\s(?:day\s)?of)?(?:\s|(?=[A-Z])|-"
            rf"(?=\S+-\d{{4}}))(?P<m>{_MONTH})(?:,?\s?-?{_DATED_YEAR})?"
        ),
        read_day,
    ),
    PeriodRule(
        "en.day",
        (*_MONTH_STARTS, *_WEEKDAYS),
        _compile(
            rf"{_WEEKDAY}(?P<m>{_MONTH})\s(?:the\s)?(?P<d>\d{{1,2}}){_DAY_END}(?![\w:%]|[.,]\d|{_DASH}\d)"
            rf"(?:,?\s{_DATED_YEAR})?"
        ),
        read_day,
    ),
    PeriodRule(
        "en.shared_year",
        _MONTH_STARTS,
        _compile(rf"(?P<first>{_MONTH})(?:\s(?:and|or|&)\s|/)(?P<m>{_MONTH}),?\s{_DATED_YEAR}"),
        read_shared_year,
    ),
    PeriodRule(
        "en.seasons",
        _SEASON_STARTS,
        _compile(rf"(?P<first>{_SEASON})(?:\s(?:and|or|&)\s|\s?[/–-]\s?)(?P<m>{_SEASON})(?:,|\sof)?\s{_YEAR}"),
        read_shared_year,
    ),
    PeriodRule(
        "en.month",
        _MONTH_STARTS,
        _compile(rf"(?P<m>{_MONTH})(?:,|\sof)?[\s-](?:the\s)?(?:year\s)?{_DATED_YEAR}"),
        read_month,
    ),
    PeriodRule(
        "en.month_alone",
        _MONTH_STARTS,
        _compile(rf"(?P<m>{_MONTH})(?:(?P<open>(?={_TO}(?:the\s)?{_MONTH},?\s{_YEAR}))|(?!\s(?-i:[A-Z])\w))"),
        read_bare_month,
    ),
    PeriodRule(
        "en.iso",
        (FIGURE,),
        _compile(rf"(?P<y>[12]\d{{3}})(?P<sep>[-/.])(?P<mo>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?![\d/-]){_ERA}"),
        read_iso,
    ),
    PeriodRule(
        "en.figures",
        (FIGURE,),
        _compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>1[2-9]\d\d|20\d\d)(?![\d/-])"),
        read_figures,
    ),
    PeriodRule(
        "en.iso_month", (FIGURE,), _compile(r"(?P<y>1[89]\d\d|20\d\d)-(?P<mo>0[1-9]|1[0-2])(?![\d/-])"), read_iso_month
    ),
    PeriodRule(
        "en.years",
        (FIGURE, *cased(["year", "years"])),
        _compile(
            rf"(?P<word>(?:academic|fiscal)?\s?years?\s)?(?P<y>1[0-9]\d\d|20\d\d|[1-9]\d\d(?=/\d{{4}}))(?:{_DASH}|\s?/\s?)"
            rf"(?P<y2>1[0-9]\d\d|20\d\d|[1-9]\d\d|\d\d)"
            rf"(?![\w%]|[-–/.,]\d){_ERA}"
        ),
        read_years,
    ),
    PeriodRule("en.decade", (FIGURE,), _compile(r"(?P<y>[12]\d\d0)['’]?s\b"), read_decade),
    PeriodRule(
        "en.short_decade",
        (FIGURE, *cased(TENS)),
        _compile(rf"(?:(?P<n>[2-9]0)(?:['’]?s)\b(?<=['’\ds]s|\ds)|(?P<w>{'|'.join(TENS)})\b)"),
        read_short_decade,
    ),
    PeriodRule(
        "en.counted_decade",
        (FIGURE, *_ORDINAL_STARTS),
        _compile(
            rf"(?P<n>{_ORDINAL})\sdecade\s(?:of|in)\s(?:the\s)?(?:(?P<c>{_ORDINAL})[\s-]century|"
            rf"(?:year\s)?(?P<y>\d\d00)s?\b)"
        ),
        read_counted_decade,
    ),
    PeriodRule(
        "en.century",
        (FIGURE, *_ORDINAL_STARTS),
        _compile(
            rf"(?:(?P<n0>{_ORDINAL})-?(?:(?P<and>,?\s(?:and|or|&)\s(?:the\s)?)|{_TO}(?:the\s)?(?:(?:early|mid|late)[\s-])?))?"
            rf"(?P<n>{_ORDINAL})[\s-]centur(?:y|ies)\b{_ERA}"
        ),
        read_century,
    ),
    PeriodRule(
        "en.season",
        _SEASON_STARTS,
        _compile(rf"(?P<s>{_SEASON})(?:,|\sof)?\s{_YEAR}(?:{_DASH}\d\d(?:\d\d)?(?!\d))?"),
        read_season,
    ),
    PeriodRule(
        "en.quarter",
        (FIGURE, *_ORDINAL_STARTS, *cased(["last", "final"])),
        _compile(rf"(?P<n>{_ORDINAL}|last|final)\squarter(?:\sof)?\s(?:the\syear\s)?{_YEAR}"),
        read_quarter,
    ),
    PeriodRule("en.quarter", ("Q",), _compile(rf"Q(?P<n>[1-4])(?:\sof)?,?\s?[/-]?{_YEAR}"), read_quarter),
    PeriodRule("en.quarter", (FIGURE,), _compile(rf"(?P<n>[1-4])Q(?:\sof)?\s?{_YEAR}"), read_quarter),
    PeriodRule("en.quarter", (FIGURE,), _compile(r"(?P<y>(?:19|20)\d\d)[\s/-]?Q(?P<n>[1-4])(?!\w)"), read_quarter),
    PeriodRule(
        "en.fiscal_year",
        ("FY", *cased(["fiscal", "financial", "academic", "school"])),
        _compile(
            r"(?:(?-i:FY)\s?['’]?|(?:fiscal|financial|academic|school)\s(?:year\s)?)(?P<y>(?:1[389]|14|20)\d\d)"
            r"(?:\s?[-–/]\s?(?P<y2>\d{4}|\d\d))?(?![\d\w])"
        ),
        read_fiscal_year,
    ),
    PeriodRule(
        "en.year",
        (
            FIGURE,
            *cased(["year", "years"]),
            "AD",
            "A",
            "AH",
            "AHS",
            "CE",
            "SH",
            "Persian",
            "Iranian",
            "Solar",
            "Lunar",
            "Hijri",
        ),
        _compile(
            rf"(?P<word>years?\s)?{_ERA_BEFORE}(?P<y>[1-9]\d{{1,3}})(?:(?!\w)|(?=[a-h](?!\w))|(?=(?-i:AH|"
            rf"AD|BC|CE|SH))){_ERA}"
        ),
        read_year,
    ),
    PeriodRule(
        "en.spoken_year",
        cased(["year", "nineteen", "eighteen", "seventeen", "sixteen", "twenty"]),
        _compile(
            rf"(?:year\s)?(?P<w>(?:nineteen|eighteen|seventeen|sixteen|twenty)\s{_TENS_WORD})\b(?!\s"
            rf"(?:years|days|months|percent|per))"
        ),
        read_spoken_year,
    ),
)

_MODIFIERS = (
    ModifierRule(cased(["early"]), _compile(r"early[-\s]to[-\s](?:the\s)?mid(?:-|\s)(?:the\s)?"), "early"),
    ModifierRule(cased(["mid"]), _compile(r"mid[-\s]?to[-\s](?:the\s)?late(?:-|\s)(?:the\s)?"), "late"),
    ModifierRule(cased(["early"]), _compile(r"early(?:-|\s(?:in\s)?)(?:the\s)?"), "early"),
    ModifierRule(cased(["mid"]), _compile(r"mid(?:-|\s|‐|–)?(?:the\s)?"), "mid"),
    ModifierRule(cased(["late"]), _compile(r"late(?:-|\s(?:in\s)?)(?:the\s)?"), "late"),
    ModifierRule(
        cased(["beginning", "start", "outset", "opening"]),
        _compile(r"(?:beginning|start|outset|opening)\sof\s(?:the\s)?"),
        "early",
    ),
    ModifierRule(cased(["middle"]), _compile(r"middle\s(?:of\s)?(?:the\s)?"), "mid"),
    ModifierRule(cased(["end", "close"]), _compile(r"(?:(?:end|close)\sof\s(?:the\s)?|end-(?=\d{4}|[A-Z]))"), "late"),
    ModifierRule(
        cased(["first", "opening", "early"]),
        _compile(
            r"(?:first|opening|early)\s(?:half|part|third|quarter(?=\sof\sthe\s\S+[\s-]century)|years|decades|months|"
            r"weeks|days)\sof\s(?:the\s)?"
        ),
        "early",
    ),
    ModifierRule(
        cased(["second", "latter", "last", "final", "closing", "later"]),
        _compile(
            r"(?:(?:second|latter)\s(?:half|part)|(?:last|final|closing|later)\s(?:half|part|third|quarter(?=\sof\sthe\s\S+[\s-]"
            r"century)|years|decades|months|weeks|days))\sof\s(?:the\s)?"
        ),
        "late",
    ),
    ModifierRule(("H",), _compile(r"H1\s(?:of\s)?(?=(?:19|20)\d\d)"), "early"),
    ModifierRule(("H",), _compile(r"H2\s(?:of\s)?(?=(?:19|20)\d\d)"), "late"),
    ModifierRule(cased(["circa", "c", "ca"]), _compile(r"(?:circa\s|ca?\.\s?|ca\s(?=\d))"), "approximate"),
    ModifierRule(
        cased(["around", "about", "approximately", "roughly"]),
        _compile(r"(?:around|about|approximately|roughly)\s(?:in\s)?(?:the\s)?"),
        "approximate",
        wary=True,
    ),
)

_THE = r"(?:the\s)?"
_SIGNALS = (
    Signal(
        "en.between",
        cased(["between"]),
        _compile(rf"between\s{_THE}"),
        middle=_compile(rf"\s(?:and|to)\s{_THE}|{_DASH}"),
    ),
    Signal(
        "en.from_to",
        cased(["from"]),
        _compile(rf"from\s{_THE}"),
        middle=_compile(rf"\s(?:up\s)?(?:to|until|till|through)\s{_THE}|{_DASH}"),
    ),
    Signal("en.from_on", cased(["from"]), _compile(rf"from\s{_THE}"), "after", needs_tail=True),
    Signal("en.since", cased(["since"]), _compile(rf"since\s(?:(?:about|around)\s)?{_THE}"), "after"),
    Signal("en.after", cased(["after", "post"]), _compile(rf"(?:after\s|post[-‐–]){_THE}"), "after"),
    Signal("en.until", cased(["until", "till", "up"]), _compile(rf"(?:until|till|up\s(?:to|until))\s{_THE}"), "before"),
    Signal(
        "en.before", cased(["before", "prior", "pre"]), _compile(rf"(?:before\s|prior\sto\s|pre[-‐–]){_THE}"), "before"
    ),
)

ENGLISH = Grammar(
    language="en",
    periods=_PERIODS,
    modifiers=_MODIFIERS,
    signals=_SIGNALS,
    joiner=_compile(rf"{_DASH}|\s(?:to|through|until|till)\s{_THE}"),
    tails=(
        (
            _compile(
                r"\s(?:onwards?|and\s(?:after|later|beyond)|to\s(?:the\s)?present(?:\sday)?|until\s(?:now|"
                r"today)|to\s(?:date|this\sday))\b"
            ),
            "after",
        ),
        (_compile(r"\s?[-–—]\s?(?:present|today|now|date)\b"), "after"),
    ),
    uncertain=_compile(
        r"\b(?:probably|possibly|perhaps|presumably|apparently|likely)\s(?:(?:in|by|on|around|"
        r"during)\s)?(?:the\s)?$"
    ),
    short_end=short_end,
    relatives=RELATIVE,
)
