"""The compiled form of a pack's property rules, one set a language.

A measure is a cue and an amount in either order: ``range of up to 120 km``, ``120 km range``, ``با برد ۱۲۰ کیلومتر``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
_NUMBER = r"\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫/]\d+)?"
_GAP = {
    "en": (
        r"(?: (?:of|is|was|to|at|has been|as|being|reaches|reaching|extends?|between|from|in excess of|the|a|an|its"
        r"|estimated))*"
        r"(?: \([A-Za-z ]+\))?[: ]*"
    ),
    "fa": (
        r"(?:[ٔءِ])?(?:[ \u200c]*(?:به|با|آن|این|نهایی|عملیاتی|مؤثر|موثر|معادل|برابر|می‌رسد|موشک|است|از|بین))*[ \u200c:]*"
    ),
}
_SPAN_WORD = r" ?(?:[-–—−]|to|and|تا|الی|و) ?"


@dataclass(frozen=True)
class Measure:
    """One measure rule with its patterns for a language: the cue first, or the number first."""

    rule: PropertyRule
    cue_first: re.Pattern[str]
    number_first: re.Pattern[str]


@dataclass(frozen=True)
class PropertyPatterns:
    """All rules of a pack for one language."""

    measures: tuple[Measure, ...]
    years: tuple[tuple[PropertyRule, re.Pattern[str]], ...]
    counts: tuple[tuple[PropertyRule, re.Pattern[str]], ...]
    keywords: tuple[tuple[str, str, re.Pattern[str]], ...]

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


def _measure(pack: Pack, rule: PropertyRule, language: Tongue) -> Measure:
    persian = language == "fa"
    atoms = phrases.persian_atoms if persian else phrases.english_atoms
    cue = phrases.tree_pattern(map(atoms, rule.cues.of(language)))
    forms = sorted({form for unit in rule.units for form in pack.units[unit]}, key=lambda form: (-len(form), form))
    unit = "|".join(form if form == "%" else "".join(phrases.persian_atoms(form)) for form in forms)
    edge = rf"(?![\w{phrases.PERSIAN_LETTER}])"
    amount = (
        rf"(?:(?P<qualifier>{_QUALIFIER})[ \u200c]+)?[$]?(?P<low>{_NUMBER})(?:"
        rf" ?(?:{unit}))?(?:{_SPAN_WORD}(?P<high>{_NUMBER}))?"
        rf"(?: (?P<scale>million|billion|thousand|میلیون|میلیارد|هزار))?[ \u200c-]{{0,2}}(?P<unit>{unit}){edge}"
    )
    before = rf"(?<![\w{phrases.PERSIAN_LETTER}-])"
    flags = 0 if persian else re.IGNORECASE
    return Measure(
        rule,
        re.compile(rf"{before}(?P<whole>(?:{cue}){_GAP[language]}{amount})", flags),
        re.compile(
            rf"{before}(?P<whole>{amount}[ -]?(?:(?:in|effective|maximum|operational)"
            rf" )?(?:{cue}))(?![\w{phrases.PERSIAN_LETTER}])",
            flags,
        ),
    )
