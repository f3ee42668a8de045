"""The propagation layer: a name learned once is found again wherever the article uses it alone.

Only safe names travel: whole words in the same case, not part of a longer name, not where a place is meant. A name
that is also an ordinary word of the article, or a country, stays where its noun or its quotation marks put it. A
Persian name that is a word of the language too travels where the words beside it leave it free and the passage speaks
of systems.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.systems.bare_persian import OTHER_THING, goes_on
from pipeline.extract.systems.folding import fold, is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.identity import tail
from pipeline.extract.systems.names_english import OPENERS
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER, tree_pattern
from pipeline.extract.systems.reading import Reading
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span
from pipeline.text.persian_words import is_unknown

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|around|city of|port of|island of|mount|mt\.?|island|province of|university of) $",
    re.IGNORECASE,
)
#: Before a place, but before a ship or missile too; they count where the article uses the name for a place as well.
_PLACE_PERHAPS = re.compile(r"\b(?:from|to|off|into|towards?) $", re.IGNORECASE)
_PLACE_NOUN_AFTER = re.compile(
    r" (?:[Ii]slands?|[Mm]ountains?|[Pp]ort|[Cc]ity|[Pp]rovince|[Gg]ulf|[Ss]trait|[Rr]iver"
    r"|[Uu]niversity|[Ss]treet|[Bb]ase|[Nn]ews|[Aa]gency|[Dd]aily|[Ii]nstitute)\b"
)
_PLACE_AFTER = re.compile(rf"{_PLACE_NOUN_AFTER.pattern}|, [A-Z]")
_PART_BEFORE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]\.|al)[ -]$")
_PART_AFTER = re.compile(r" [A-Z][a-z]+|-[A-Za-z]|'s [A-Z]")
_DETERMINED = re.compile(r"\b(?:The|the|and|or|called|named|as|Iran's|its|of|by|both|with|than|like|a|an) $")
_VERSIONED = re.compile(r" (?:Mk ?\d|Block [IV\d]+|Mark \d)")
#: Nouns of properties, which make of the word after them the thing they are the property of: ``برد نور``.
_PROPERTY_BEFORE = re.compile(
    r"(?:برد|بُرد|بدنه|سرعت|وزن|طول|نمونه|گونه|نسخه|مدل|تکامل\u200cیافته|موتور|رادار|خدمه|کارکنان|ساخت|تولید|آزمایش"
    r"|پرتاب|شلیک|خرید|فروش|تحویل|فرمانده|غرق شدن|کلاس)[ٔهیء]*[ \u200c]+$"
)


_SEPARATED_BEFORE = re.compile(r"[؛;:][ *\u200c]*$")
_SEPARATED_AFTER = re.compile(r"[ \u200c]*(?:[؛;]|\.?\n|\.?$)")


@dataclass(frozen=True)
class _Place:
    """The surroundings of a name: the scene of the pack that taught it, and the mentions of the reading."""

    scene: Scene
    found: Sequence[Found]


def propagated(
    readings: Iterable[Reading], learned: Sequence[Found], scenes: dict[tuple[str, int], Scene]
) -> list[Found]:
    """The further mentions of the learned names, in every reading; ``scenes`` by pack id and reading."""
    texts = list(readings)
    names = _safe_names(texts, learned)
    for each in learned:
        for name in _other_spellings(each, scenes[each.pack.id, id(each.reading)]):
            names.setdefault(name, each)
    places = _names_of_places(texts, names)
    by_reading: dict[int, list[Found]] = defaultdict(list)
    for each in learned:
        by_reading[id(each.reading)].append(each)
    found = []
    for reading in texts:
        for script in ("latin", "persian"):
            table = {name: each for name, each in names.items() if is_latin(name) == (script == "latin")}
            if not table:
                continue
            letters = r"\w&@./-" if script == "latin" else rf"{PERSIAN_LETTER}\u200c\w"
            body = tree_pattern([re.escape(c) for c in name] for name in sorted(table))
            for match in re.finditer(
                rf"(?<![{letters}])(?:{body})(?![\w{PERSIAN_LETTER}\u200c])(?!-?\d)", reading.text
            ):
                span, each = Span(*match.span()), table[match[0]]
                place = _Place(scenes[each.pack.id, id(reading)], by_reading[id(reading)])
                if script == "latin":
                    taken = _is_it(reading, span, place=match[0] in places)
                else:
                    taken = _is_it_in_persian(reading, span, each, place)
                if taken:
                    found.append(_again(reading, span, each))
    return found


def _safe_names(readings: list[Reading], learned: Iterable[Found]) -> dict[str, Found]:
    names: dict[str, Found] = {}
    for each in learned:
        own = each.text.removesuffix("-class")
        ends = [end for end in (tail(own), *each.aliases, each.bare) if end]
        if each.method == "pattern" and " " not in own and any(c.isdigit() for c in own):
            own = ""
        for name in [own, *ends]:
            if not name or is_country_word(name) or len(name) < 3:
                continue
            if is_latin(name):
                safe = not re.fullmatch(r"[a-z-]+", name) and not _is_common(name, readings)
            else:
                safe = any(character.isdigit() for character in name) or len(fold(name)) >= 3
            if safe:
                names.setdefault(name, each)
    return names


def _other_spellings(each: Found, scene: Scene) -> Iterator[str]:
    """How the pack writes a learned name in the other script: Safir is سفیر in a Persian abstract."""
    kind = each.known_kind or each.kind
    for known in scene.vocabulary.known.get(each.key, ()):
        other = known.fa if is_latin(each.text) else known.en
        if other is None or len(other) < 3 or is_country_word(other) or fold(known.en) != each.key:
            continue
        if kind is None or scene.vocabulary.lineage(known.kind)[-1] == scene.vocabulary.lineage(kind)[-1]:
            yield other


def _is_common(name: str, readings: list[Reading]) -> bool:
    """Whether the article also uses a single word in lower case."""
    if " " in name or any(character.isdigit() for character in name):
        return False
    return any(name.lower() in reading.common_words for reading in readings if reading.language == "en")


def _names_of_places(readings: Sequence[Reading], names: Iterable[str]) -> frozenset[str]:
    """The Latin names that the article uses for a place somewhere."""
    latin = sorted(name for name in names if is_latin(name))
    if not latin:
        return frozenset()
    pattern = re.compile(rf"(?<![\w-])(?:{tree_pattern([re.escape(c) for c in name] for name in latin)})(?!\w)")
    return frozenset(
        match[0]
        for reading in readings
        if reading.language == "en"
        for match in pattern.finditer(reading.text)
        if _PLACE_BEFORE.search(reading.text[max(0, match.start() - 18) : match.start()])
        or _PLACE_NOUN_AFTER.match(reading.text, match.end())
    )


def _is_it(reading: Reading, span: Span, *, place: bool) -> bool:
    text = reading.text
    before = text[max(0, span.start - 18) : span.start]
    after = text[span.end : span.end + 20]
    name = text[span.start : span.end]
    if re.match(r"[ -][Cc]lass\b", after):
        return False
    distinctive = any(c.isdigit() for c in name) or bool(re.search(r"[a-z][A-Z]", name)) or name.isupper()
    if distinctive:
        return True
    if _PLACE_BEFORE.search(before) or (place and _PLACE_PERHAPS.search(before)) or _PLACE_AFTER.match(after):
        return False
    versioned = _VERSIONED.match(after)
    if _PART_AFTER.match(after) and not versioned and not re.match(r" (?:[A-Z][a-z]+ )?(?:[Mm]issile|[Cc]lass)", after):
        return False
    part = _PART_BEFORE.search(before)
    return part is None or part[0][:-1] in OPENERS or bool(_DETERMINED.search(before)) or reading.in_title(span.start)


def _is_it_in_persian(reading: Reading, span: Span, each: Found, place: _Place) -> bool:
    text = reading.text
    before = text[max(0, span.start - 18) : span.start]
    name = text[span.start : span.end]
    if OTHER_THING.search(before):
        return False
    if before.endswith(("«", "“")) and text[span.end : span.end + 1] in {"»", "”"}:
        return True
    if len(name) > 3 and _SEPARATED_BEFORE.search(before) and _SEPARATED_AFTER.match(text, span.end):
        return True  # a keyword of its own
    if any(c.isdigit() for c in name) or (" " in name and len(name) > 8) or is_unknown(name.replace(" ", "")):
        return True
    if _PROPERTY_BEFORE.search(before) and _is_spoken_of(reading, span, each, place):
        return True
    if goes_on(text, span.end) or len(name) < 3:
        return False
    return _is_spoken_of(reading, span, each, place)


def _is_spoken_of(reading: Reading, span: Span, each: Found, place: _Place) -> bool:
    """Whether the passage speaks of systems: the same one in its paragraph, another or a kind noun in its sentence."""
    text = reading.text
    sentence = reading.sentence(span.start)
    if any(sentence.contains(other.span) for other in place.found):
        return True
    if any(not noun.kind.weak for noun in place.scene.nouns_within(sentence)):
        return True
    start = text.rfind("\n\n", 0, span.start) + 1
    end = text.find("\n\n", span.end)
    paragraph = Span(start, end if end >= 0 else len(text))
    return any(other.key == each.key and paragraph.contains(other.span) for other in place.found)


def _again(reading: Reading, span: Span, learned: Found) -> Found:
    return Found(
        reading=reading, span=span, pack=learned.pack, key=learned.key, name=learned.name, method="propagation",
        known_kind=learned.known_kind, origin=learned.origin,
    )  # fmt: skip
