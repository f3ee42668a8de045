"""The propagation layer: a name learned once is found again wherever the article uses it alone.

Only safe names travel: whole words in the same case, not part of a longer name, not where a place is meant. A name
that is also an ordinary word of the article, or a country, stays where its noun or its quotation marks put it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.names_english import OPENERS
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER, tree_pattern
from pipeline.extract.systems.reading import Reading
from pipeline.text.offsets import Span
from pipeline.text.persian_words import word_list

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|to|near|off|into|towards?|around|city of|port of|island of|mount|mt\.?|island"
    r"|province of|university of) $",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"(?: (?:[Ii]slands?|[Mm]ountains?|[Pp]ort|[Cc]ity|[Pp]rovince|[Gg]ulf|[Ss]trait|[Rr]iver"
    r"|[Uu]niversity|[Ss]treet|[Bb]ase|[Nn]ews|[Aa]gency|[Dd]aily|[Ii]nstitute)\b|, [A-Z])"
)
_PART_BEFORE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]\.|al)[ -]$")
_PART_AFTER = re.compile(r" [A-Z][a-z]+|-[A-Za-z]|'s [A-Z]")
_DETERMINED = re.compile(r"\b(?:The|the|and|or|called|named|as|Iran's|its|of|by|both|with|than|like|a|an) $")


def propagated(readings: Iterable[Reading], learned: Iterable[Found]) -> list[Found]:
    """The further mentions of the learned names, in every reading."""
    texts = list(readings)
    names = _safe_names(texts, learned)
    found = []
    for reading in texts:
        for script in ("latin", "persian"):
            table = {name: each for name, each in names.items() if name.isascii() == (script == "latin")}
            if not table:
                continue
            letters = r"\w&@./-" if script == "latin" else rf"{PERSIAN_LETTER}\u200c\w"
            body = tree_pattern([re.escape(c) for c in name] for name in sorted(table))
            for match in re.finditer(
                rf"(?<![{letters}])(?:{body})(?![\w{PERSIAN_LETTER}\u200c])(?!-?\d)", reading.text
            ):
                span = Span(*match.span())
                if _is_it(reading, span, latin=script == "latin"):
                    found.append(_again(reading, span, table[match[0]]))
    return found


def _safe_names(readings: list[Reading], learned: Iterable[Found]) -> dict[str, Found]:
    names: dict[str, Found] = {}
    for each in learned:
        if each.method == "pattern" and " " not in each.name and any(c.isdigit() for c in each.text):
            continue
        name = each.text.removesuffix("-class")
        if is_country_word(name) or len(name) < 3:
            continue
        if name.isascii():
            safe = not re.fullmatch(r"[a-z-]+", name) and not _is_common(name, readings)
        else:
            safe = any(character.isdigit() for character in name) or len(fold(name)) >= 4
        if safe:
            names.setdefault(name, each)
    return names


def _is_common(name: str, readings: list[Reading]) -> bool:
    """Whether the article also uses a single word in lower case."""
    if " " in name or any(character.isdigit() for character in name):
        return False
    return any(name.lower() in reading.common_words for reading in readings if reading.language == "en")


def _is_it(reading: Reading, span: Span, *, latin: bool) -> bool:
    text = reading.text
    before = text[max(0, span.start - 18) : span.start]
    after = text[span.end : span.end + 20]
    if not latin:
        name = text[span.start : span.end]
        quoted = before.endswith(("«", "“")) and after.startswith(("»", "”"))
        rare = " " in name or any(c.isdigit() for c in name) or not word_list().knows(name)
        return quoted or (
            rare and not re.search(r"(?:بندر|جزیره|شهر|استان|کوه|دکتر|آقای|خانم|سید|محمد|علی)[ٔه]? $", before)
        )
    name = text[span.start : span.end]
    distinctive = any(c.isdigit() for c in name) or bool(re.search(r"[a-z][A-Z]", name)) or name.isupper()
    if distinctive:
        return True
    if _PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after):
        return False
    if _PART_AFTER.match(after) and not re.match(r" (?:[A-Z][a-z]+ )?(?:[Mm]issile|[Cc]lass)", after):
        return False
    part = _PART_BEFORE.search(before)
    return part is None or part[0][:-1] in OPENERS or bool(_DETERMINED.search(before))


def _again(reading: Reading, span: Span, learned: Found) -> Found:
    return Found(
        reading=reading, span=span, pack=learned.pack, key=learned.key, name=learned.name, method="propagation",
        known_kind=learned.known_kind, origin=learned.origin,
    )  # fmt: skip
