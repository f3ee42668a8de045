"""The compiled form of a pack's property rules, one set a language.

A measure is a cue and an amount in either order: ``range of up to 120 km``, ``120 km range``, ``با برد ۱۲۰ کیلومتر``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from pipeline.extract.systems import phrases
from pipeline.extract.systems.pack import Pack, PropertyRule
from pipeline.extract.systems.reading import Tongue

#: Words before a number that say how exact it is.
QUALIFIERS = {
    "about": "approximate", "around": "approximate", "approximately": "approximate", "roughly": "approximate",
    "some": "approximate", "nearly": "approximate", "almost": "approximate", "up to": "at most",
    "at least": "at least", "more than": "more than", "over": "more than", "less than": "less than",
    "only": "only", "estimated": "approximate", "حدود": "approximate", "تقریبا": "approximate",
    "تقریباً": "approximate", "نزدیک به": "approximate", "تا": "at most", "حداکثر": "at most",
    "حداقل": "at least", "دست‌کم": "at least", "بیش از": "more than", "کمتر از": "less than", "تنها": "only",
    "فقط": "only",
}  # fmt: skip
_QUALIFIER = "|".join(sorted(map(re.escape, QUALIFIERS), key=lambda word: (-len(word), word)))
NUMBER = r"\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫/]\d+)?"
_GAP = {
    "en": (
        r"(?: (?:of|is|was|to|at|has been|as|being|reaches|reaching|extends?|between|from|in excess of|the|a|an|its"
        r"|estimated|given|credited|put|said|set|rated|with|out))*"
        r"(?: \([A-Za-z ]+\))?[: ]*"
    ),
    "fa": (
        r"(?:[ٔءِ]|ی)?(?:[ \u200c]*(?:به|با|آن|این|در|را|تا|نهایی|عملیاتی|مؤثر|موثر|معادل|برابر|می‌رسد|موشک"
        r"|است|از|بین))*[ \u200c:]*"
    ),
}
_SPAN_WORD = r" ?(?:[-–—−]|to|and|تا|الی|و) ?"


@dataclass(frozen=True)
class Measure:
    """One measure rule with its patterns for a language: the cue first, or the number first."""

    rule: PropertyRule
    #: The end of an amount, which every match of the others has: few sentences hold the units of a rule.
    amount: re.Pattern[str]
    cue_first: re.Pattern[str]
    number_first: re.Pattern[str]
    #: The cue that ends before a name, and the amount that begins after it.
    cue_before: re.Pattern[str]
    amount_after: re.Pattern[str]


@dataclass(frozen=True)
class PropertyPatterns:
    """All rules of a pack for one language."""

    measures: tuple[Measure, ...]
    years: tuple[tuple[PropertyRule, re.Pattern[str]], ...]
    counts: tuple[tuple[PropertyRule, re.Pattern[str]], ...]
    keywords: tuple[tuple[str, str, re.Pattern[str]], ...]
    shared: tuple[SharedHead, ...]
    #: Amounts without a cue, of units that a ``bare`` rule has.
    bare: re.Pattern[str]
    units: Mapping[str, str]

    def unit(self, written: str) -> str | None:
        """The pack's unit that a text writes so."""
        return self.units.get(re.sub(r"[\s\u200c]+", "", written).lower())

    @classmethod
    def of(cls, pack: Pack, language: Tongue) -> Self:
        """The pack's rules that have cues in the language."""
        make = phrases.persian_phrases if language == "fa" else phrases.english_phrases
        measures = [
            _measure(pack, rule, language)
            for rule in pack.properties
            if rule.type == "measure" and rule.cues.of(language)
        ]
        return cls(
            tuple(measures),
            _cues(pack, "year", language, make),
            _cues(pack, "count", language, make),
            _keywords(pack, language, make),
            tuple(_shared_heads(pack, language)),
            _bare(pack, language),
            {re.sub(r"[\s\u200c]+", "", form).lower(): unit for unit, forms in pack.units.items() for form in forms},
        )


def _bare(pack: Pack, language: Tongue) -> re.Pattern[str]:
    units = {unit for rule in pack.properties if rule.bare for unit in rule.units}
    forms = {form for unit in units for form in pack.units[unit]} - {"%", "Mach"}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    unit = "|".join("".join(phrases.persian_atoms(form)) for form in ordered) or "(?!)"
    edge = rf"(?![\w{phrases.PERSIAN_LETTER}])"
    if language == "fa":
        return re.compile(
            rf"[ \u200c](?P<low>{NUMBER})(?:[ \u200c](?P<scale>هزار|میلیون))?[ \u200c]*(?P<unit>{unit}){edge}"
        )
    qualifier = r"(?:(?P<qualifier>up to|about|around|some|over|more than|approximately|nearly|at least) )?"
    of = r"(?:ship|vessel|destroyer|frigate|corvette|carrier|submarine|missile|version|cruiser) of "
    return re.compile(
        rf"(?P<opening>\(|, of |\b{of})"
        rf"{qualifier}(?P<low>{NUMBER})(?: ?[-–] ?(?P<high>{NUMBER}))?[ -](?P<unit>{unit}){edge}"
    )


def _cues(
    pack: Pack, kind: str, language: Tongue, make: Callable[[Iterable[str]], re.Pattern[str]]
) -> tuple[tuple[PropertyRule, re.Pattern[str]], ...]:
    return tuple(
        (rule, make(rule.cues.of(language))) for rule in pack.properties if rule.type == kind and rule.cues.of(language)
    )


def _keywords(
    pack: Pack, language: Tongue, make: Callable[[Iterable[str]], re.Pattern[str]]
) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (rule.name, value, make(kept))
        for rule in pack.properties
        for value, forms in rule.values.items()
        if (kept := [form.lower() for form in forms if form.isascii() == (language == "en")])
    )


@dataclass(frozen=True)
class SharedHead:
    """Values of a keyword property that may be enumerated before or after a word they share.

    ``radar-, television- and infrared-guided``; ``هدایت راداری و تلویزیونی``: ``pattern`` finds the enumeration,
    ``stem`` its members, ``values`` what a member stands for.
    """

    name: str
    pattern: re.Pattern[str]
    stem: re.Pattern[str]
    values: Mapping[str, str]


def _shared_heads(pack: Pack, language: Tongue) -> Iterator[SharedHead]:
    """The heads that several values of one rule have in common: the last word in English, the first in Persian."""
    for rule in pack.properties:
        by_head: dict[str, dict[str, str]] = {}
        for value, forms in rule.values.items():
            for form in forms:
                parts = (
                    re.split(r"[- ]", form.lower(), maxsplit=1) if language == "fa" else re.split(r"[- ](?=\w+$)", form)
                )
                if form.isascii() == (language == "en") and len(parts) == 2:
                    head, stem = parts if language == "fa" else reversed(parts)
                    by_head.setdefault(head.lower(), {}).setdefault(stem.lower(), value)
        for head, values in by_head.items():
            if len(values) < 2:
                continue
            stem = "|".join(re.escape(each) for each in sorted(values, key=lambda each: (-len(each), each)))
            if language == "fa":
                body = rf"{head}[ \u200cٔ]+(?:{stem})(?:[ \u200c]*،[ \u200c]*(?:{stem}))*[ \u200c]+و[ \u200c]+(?:{stem})"
                edge = phrases.PERSIAN_LETTER
            else:
                body = rf"(?:{stem})-?(?:(?:, | ?/ ?)(?:{stem})-?)*(?:,? (?:and|or) | ?/ ?)(?:{stem})[- ]{head}"
                edge = r"\w"
            pattern = re.compile(rf"(?<![{edge}-]){body}(?![{edge}])")
            yield SharedHead(rule.name, pattern, re.compile(rf"(?<![{edge}])(?:{stem})(?![{edge}])"), values)


def _measure(pack: Pack, rule: PropertyRule, language: Tongue) -> Measure:
    persian = language == "fa"
    atoms = phrases.persian_atoms if persian else phrases.english_atoms
    cue = phrases.tree_pattern(map(atoms, rule.cues.of(language)))
    forms = sorted({form for unit in rule.units for form in pack.units[unit]}, key=lambda form: (-len(form), form))
    unit = "|".join(form if form == "%" else "".join(phrases.persian_atoms(form)) for form in forms)
    edge = rf"(?![\w{phrases.PERSIAN_LETTER}])"
    end = rf"(?: (?P<scale>million|billion|thousand|میلیون|میلیارد|هزار))?[ \u200c-]{{0,2}}(?P<unit>{unit}){edge}"
    amount = (
        rf"(?:(?P<qualifier>{_QUALIFIER})[ \u200c]+)?[$]?(?P<low>{NUMBER})(?:"
        rf" ?(?:{unit}))?(?:{_SPAN_WORD}(?P<high>{NUMBER}))?{end}"
    )
    before = rf"(?<![\w{phrases.PERSIAN_LETTER}-])"
    flags = 0 if persian else re.IGNORECASE
    return Measure(
        rule,
        re.compile(rf"\d(?: ?(?:{unit}))?{end}", flags),
        re.compile(rf"{before}(?P<whole>(?:{cue}){_GAP[language]}{amount})", flags),
        re.compile(
            rf"{before}(?P<whole>{amount}[ -]?(?:(?:in|of|effective|maximum|operational)"
            rf" )?(?:{cue}))(?![\w{phrases.PERSIAN_LETTER}])",
            flags,
        ),
        re.compile(
            rf"{before}(?:{cue})(?:[ٔءِ]|ی)?[ \u200c]+(?:موشک[ \u200c]+|این[ \u200c]+)?[«“]?$"
            if persian
            else rf"{before}(?:{cue}) of (?:the |its |an? )?(?:[A-Z][a-z]+ )?[“\"]?$",
            flags,
        ),
        re.compile(
            rf"[»”]?[ \u200c]+(?:به[ \u200c]|حدود[ \u200c]|تا[ \u200c])*(?P<whole>{amount})"
            if persian
            else rf"[”\"]?(?: [a-z-]+){{0,2}} (?:is|was|reaches|stands at|has been)(?: given as| put at)?"
            rf" (?P<whole>{amount})",
            flags,
        ),
    )
