"""Persian names that hang on a known one: ``نیروی دریایی ایران``, ``جنگ ایران و عراق``, ``برنامهٔ هسته‌ای ایران``.

The twin of :mod:`pipeline.extract.entities.descriptions_en`; the keys are the same, so that both languages' mentions
of one armed force or programme are one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading, fold

_Z = "[ \u200c]?"
_FORCES = (
    (re.compile(fold(rf"نیروهای{_Z} مسلح $")), "armed forces"),
    (re.compile(fold(rf"نیروی{_Z} دریایی (?:سلطنتی |ارتش )?$")), "navy"),
    (re.compile(fold(rf"نیروی{_Z} هوایی (?:سلطنتی |ارتش )?$")), "air force"),
    (re.compile(fold(rf"نیروی{_Z} زمینی (?:ارتش )?$")), "ground forces"),
    (re.compile(fold("گارد ساحلی $")), "coast guard"),
    (re.compile(fold("(?<!زمینی )(?<!هوایی )(?<!دریایی )ارتش $")), "army"),
)
_PROGRAM = re.compile(fold(r"برنامه(?:ی|ٔ)?(?: ?های)?[ \u200c]+(هسته[ \u200c]?ای|اتمی|فضایی|موشکی) $"))
_WAR = re.compile(fold(r"(?:جنگ|نبرد|منازعه|درگیری)(?: (?:میان|بین))? $"))
_WAR_WITH = re.compile(fold(r"جنگ (?:با|علیه) $"))
_AND = re.compile(fold(r" (?:و|با|علیه) "))
_FALL = re.compile(fold(r"(?:فروپاشی|سقوط|تجزیه|انحلال|اشغال|بمباران|محاصره) (?:دولت )?$"))
_ATTACK = re.compile(fold(r"(?:حمله|تهاجم|تجاوز|لشکرکشی|یورش)(?:ی|ٔ)?(?: نظامی)? $"))
_ONTO = re.compile(fold(r" (?:به|علیه) "))
_HORDE = re.compile(fold(r"(?:یورش|حمله|هجوم|ایلغار|فتنه|تهاجم)(?:ی|ٔ)?(?:[ \u200c]های)? $"))
_HORDES = frozenset({"norp/mongol", "norp/arab", "norp/afghan"})
_UPHEAVAL = re.compile(fold(r"(?:انقلاب|جنگ داخلی|کودتای|بحران(?: هسته[ \u200c]ای| موشکی)?) $"))
_ELECTION = re.compile(fold(r"انتخابات(?: ریاست[ \u200c]?جمهوری)? $"))


def descriptions(reading: Reading, names: Sequence[Candidate], known: Lexicon) -> Iterator[Candidate]:
    """All names that hang on the ``names`` of a reading, which are in text order."""
    text = reading.text
    starting = {name.start: name for name in names}
    for name in names:
        if name.type not in {"GPE", "NORP", "LOC", "ORG"}:
            continue
        left = max(0, name.start - 40)
        window = text[left : name.start]
        nation = _nation(name, known)
        if nation and name.type in {"GPE", "NORP"}:
            for pattern, branch in _FORCES:
                if match := pattern.search(window):
                    yield Candidate(left + match.start(), name.end, "ORG", "pattern", f"force:{nation}:{branch}")
                    break
            if match := _PROGRAM.search(window):
                what = "space" if match.group(1).startswith("فضا") else "nuclear"
                key = f"programme:{nation}:{what}" if "موشک" not in match.group(1) else ""
                yield Candidate(left + match.start(), name.end, "PROGRAM", "pattern", key)
        if name.key in _HORDES and (match := _HORDE.search(window)):
            yield Candidate(left + match.start(), name.end, "EVENT", "pattern")
        if name.type == "GPE":
            yield from _deeds(text, left, window, name, starting)
        if name.type in {"GPE", "ORG"} and (match := _FALL.search(window)):
            yield Candidate(left + match.start(), name.end, "EVENT", "pattern", confidence=0.7)


def _deeds(text: str, left: int, window: str, name: Candidate, starting: dict[int, Candidate]) -> Iterator[Candidate]:
    """Wars, attacks and upheavals around the name of a state."""
    if match := _WAR.search(window):
        other = _partner(text, name, _AND, starting)
        if other is not None:
            yield Candidate(left + match.start(), other.end, "EVENT", "pattern")
    if match := _WAR_WITH.search(window):
        yield Candidate(left + match.start(), name.end, "EVENT", "pattern")
    if match := _ATTACK.search(window):
        other = _partner(text, name, _ONTO, starting)
        if other is not None:
            yield Candidate(left + match.start(), other.end, "EVENT", "pattern")
    if match := _UPHEAVAL.search(window):
        yield Candidate(left + match.start(), name.end, "EVENT", "pattern")


def _partner(text: str, name: Candidate, between: re.Pattern[str], starting: dict[int, Candidate]) -> Candidate | None:
    match = between.match(text, name.end)
    other = starting.get(match.end()) if match else None
    return other if other is not None and other.type in {"GPE", "LOC"} else None


def _nation(name: Candidate, known: Lexicon) -> str:
    """The country code of a country or of its people, else an empty string."""
    entry = known.entries.get(name.key)
    return (entry.identifiers.get("iso3166") or entry.identifiers.get("of") or "") if entry else ""
