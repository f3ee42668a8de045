"""The pattern layer: designations of letters and numbers, in Latin and in Persian letters.

A form that belongs to a family the pack knows is taken at once (or with a kind noun near, where the family says so).
Any other form of the same grammar (``QX-12``) is taken when a kind noun stands beside it, or when it is listed with
one that was taken. Look-alikes are refused before either test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.systems.determined import is_determined
from pipeline.extract.systems.folding import LETTER_PATTERN, fold, hyphenated, latin_prefixes
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lists import runs
from pipeline.extract.systems.lookalikes import NUMBERED, is_lookalike
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.pack import Family
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.table_heads import stands_under_system
from pipeline.text.offsets import Span

_NUMBER = re.compile(
    r"(?P<gap>[- –]?)(?P<number>\d{1,5}(?:\.\d{1,2})?|[IVX]{1,4}(?![A-Za-z])|[A-Z]{1,2}(?![A-Za-z]))"
    r"(?P<suffix>[A-Z]{1,4}(?:-?\d{1,2})?(?![a-z0-9])|[a-e](?![a-z0-9])"
    r"|-[A-Z]{1,3}\d?(?!\w)|/[A-Z](?![\w/-]))?(?P<plural>'?s)?(?![\w])(?!\.\d)"
)
_GENERIC = re.compile(
    r"(?<![\w&./+#@$£€-])(?:(?P<letters>[A-Z]{1,4}|[A-Z][a-z]?[A-Z])(?P<gap>-?)"
    r"|(?P<word>[A-Z][a-z'-]{2,}[a-z])(?P<wordgap>[- ]))"
    r"(?P<number>\d{1,4})(?P<suffix>[A-Z]{1,3}\d?(?![a-z0-9]))?(?P<plural>s)?(?!\w)(?!\.\d)(?!-\d)"
)
#: A brand with the number of its model: ``Dexcom G6``, ``MiniMed 780G``, ``FreeStyle Libre 2``.
_BRANDED = re.compile(
    r"(?<![\w&./+#@$£€-])(?P<word>[A-Z][a-z]{3,}|[A-Z][a-z]+[A-Z][a-z]+(?: [A-Z][a-z]+)?) "
    r"(?:[A-Z]\d{1,3}|\d{1,4}[A-Z]?)(?!\w)(?!\.\d)(?!-\d)"
)
#: Forms that begin with a digit (``40N6``, ``9M729``), and forms of letters alone (``MAM-L``).
_DIGITS_FIRST = re.compile(r"(?<![\w&./+#@$-])\d{1,2}[A-Z]{1,2}-?\d{1,3}(?:[A-Z]{1,3}\d?)?(?![\w%°])(?!\.\d)")
_PERSIAN_DIGITS_FIRST = re.compile(
    rf"(?<![\d{PERSIAN_LETTER}\u200c.-])\d{{1,2}}\u200c?(?:{LETTER_PATTERN})\u200c?\d{{1,3}}(?:\u200c?(?:{LETTER_PATTERN})\d{{0,2}})?"
    rf"(?![\d{PERSIAN_LETTER}\u200c])"
)
_LETTERS_ONLY = re.compile(r"(?<![\w&./+#@-])(?P<one>[A-Z]{2,5})-(?P<two>[A-Z]{1,3})(?![\w-])")
_PERSIAN = re.compile(
    rf"(?<![{PERSIAN_LETTER}\u200c\d])(?P<letters>(?:{LETTER_PATTERN})(?:[\u200c -]?(?:{LETTER_PATTERN})){{0,3}})"
    rf"[\s\u200c]{{0,2}}[-–—ـ]?[\s\u200c]{{0,2}}(?P<number>\d{{1,4}})(?P<suffix>(?:[\u200c-]?(?:{LETTER_PATTERN})){{1,3}}(?![{PERSIAN_LETTER}]))?"
    rf"(?![\d{PERSIAN_LETTER}])"
)
_PERSIAN_NUMBER = re.compile(
    r"[\s\u200c]{0,2}[-–—ـ]?[\s\u200c]{0,2}(?P<number>\d{1,4})(?!\d|[./٫]\d)"
    rf"(?:(?P<suffix>[A-Z]{{1,2}})|(?P<letters>[\u200c]?(?:{LETTER_PATTERN}))(?![{PERSIAN_LETTER}\u200c]))?"
)
#: A word and a number joined by a hyphen: no text writes so what is not a name.
_WORD_AND_NUMBER = re.compile(rf"(?:[A-Z][a-z'-]{{2,}}[a-z]|[{PERSIAN_LETTER}]{{3,}})-\d{{1,3}}(?:\.\d[a-z]?)?")
_APPOSED = (", a ", ", an ", ", the ", " is a ", " is an ", " was a ", " was an ")
_APPOSITION = re.compile(r"(?:,| is| was) (?:an?|the) (?:[A-Za-z-]+ ){0,3}")
_PARTS = re.compile(rf"\d+|(?:{LETTER_PATTERN})")
_COMPOUND = re.compile(r"/(?P<other>[A-Z]{1,4}-?\d{1,4}[A-Z]?)(?!\w)")
_OCR_DIGITS = str.maketrans({"I": "1", "l": "1", "O": "0", "o": "0"})
_OCR_NUMBER = re.compile(r"-?(?P<number>[IlO\d]{2,3})(?=/[A-Z]{1,4}-?\d|\b)(?![\w])")
_LIST_LETTERS = re.compile(r"/[A-Z](?![\w])")


@dataclass(frozen=True)
class _Candidate:
    """A form of the grammar, before it is known whether it is taken."""

    span: Span
    key: str
    name: str
    family: Family | None
    taken: bool
    aliases: tuple[str, ...] = ()


def designations(scene: Scene) -> tuple[list[Found], list[Found]]:
    """The mentions that the grammar finds in a scene, and the forms that only another mention could vouch for."""
    candidates = _without_overlaps([*scene.once(_of_families), *_generic(scene)])
    found: list[Found] = []
    open_: list[Found] = []
    for run in runs(scene.reading, candidates, span_of=lambda each: each.span):
        vouched = any(each.taken or _context(scene, each) for each in run)
        (found if vouched else open_).extend(_found(scene, each) for each in run)
    return found, open_


def free_designations(scene: Scene) -> set[str]:
    """The keys of the designations that need no context: all that an article without nouns of the field can have."""
    return {each.key for each in scene.once(_of_families) if each.taken}


def _of_families(scene: Scene) -> list[_Candidate]:
    return list(_in_families(scene))


def _in_families(scene: Scene) -> Iterator[_Candidate]:
    text = scene.reading.text
    vocabulary = scene.vocabulary
    for match in vocabulary.family_prefixes["en"].finditer(text):
        prefix = match[0]
        number = _NUMBER.match(text, match.end())
        if number is None:
            yield from _misread(scene, match)
            continue
        gap = number["gap"]
        if gap == " " and (len(prefix) <= 2 or (not number["number"][0].isdigit() and len(number["number"]) == 1)):
            continue
        if not gap and prefix[-1].islower() and number["number"].isalpha():
            continue
        fitting = _fitting(vocabulary.families[fold(prefix)], number["number"], number["suffix"] or "")
        if fitting is None:
            yield from _misread(scene, match)
            continue
        family, canonical = fitting
        end = number.end()
        if number["suffix"] and (letters := _LIST_LETTERS.match(text, end)):
            end = letters.end()
        yield from _candidate(
            scene, Span(match.start(), end), canonical, number["number"], number["suffix"] or "", family
        )
    if scene.reading.language == "fa":
        yield from _of_persian_families(scene)


def _of_persian_families(scene: Scene) -> Iterator[_Candidate]:
    text, vocabulary = scene.reading.text, scene.vocabulary
    for match in scene.reading.matches(_PERSIAN):
        suffix = latin_prefixes(match["suffix"])[0] if match["suffix"] else ""
        letters = [prefix for prefix in latin_prefixes(match["letters"]) if prefix]
        for prefix in letters:
            fitting = _fitting(vocabulary.families.get(prefix, []), match["number"], suffix)
            if fitting is not None:
                yield from _candidate(scene, Span(*match.span()), fitting[1], match["number"], suffix, fitting[0])
                break
        else:
            if letters and (len(letters[0]) > 1 or scene.noun_beside(Span(*match.span()))):
                yield from _candidate(scene, Span(*match.span()), letters[0], match["number"], suffix, None)
    for match in scene.reading.matches(_PERSIAN_DIGITS_FIRST):
        span = Span(*match.span())
        if scene.noun_beside(span) is not None:
            latin = "".join(
                latin_prefixes(part)[0] if not part.isdigit() else part for part in _PARTS.findall(match[0])
            )
            yield _Candidate(span, fold(latin), latin, None, True)
    for match in vocabulary.family_prefixes["fa"].finditer(text):
        number = _PERSIAN_NUMBER.match(text, match.end())
        if number is None or (len(match[0]) < 3 and text[match.end() : number.start("number")] != "-"):
            continue
        suffix = number["suffix"] or (latin_prefixes(number["letters"])[0] if number["letters"] else "")
        fitting = _fitting(vocabulary.families[fold(match[0])], number["number"], suffix)
        if fitting is not None:
            family, canonical = fitting
            span = Span(match.start(), number.end())
            yield from _candidate(scene, span, canonical, number["number"], suffix, family)


def _fitting(families: list[tuple[Family, str]], number: str, suffix: str) -> tuple[Family, str] | None:
    """The family that has this number, one that needs no context preferred."""
    fits = [
        (family, canonical)
        for family, canonical in families
        if re.fullmatch(family.numbers, number + suffix)
        or (number[0].isdigit() and re.fullmatch(family.numbers, number))
    ]
    return min(fits, key=lambda each: each[0].context != "free", default=None)


def _candidate(
    scene: Scene, span: Span, prefix: str, number: str, suffix: str, family: Family | None
) -> Iterator[_Candidate]:
    if is_lookalike(scene.reading, span):
        return
    text = scene.reading.text
    key = fold(prefix + number + suffix)
    written = text[span.start : span.end].removesuffix("s")
    lettered = len(prefix) <= 2 or (prefix.isupper() and not re.match(r"[A-Z]+[a-z]", written))
    name = hyphenated(prefix, number, suffix) if lettered or not written.isascii() else written
    aliases: tuple[str, ...] = ()
    if compound := _COMPOUND.match(text, span.end):
        span = Span(span.start, compound.end())
        aliases = (compound["other"],)
    if family is not None:
        span = _with_nickname(scene, span, family)
    yield _Candidate(span, key, name, family, family is not None and family.context == "free", aliases)


def _with_nickname(scene: Scene, span: Span, family: Family) -> Span:
    """The span with the name that follows the designation, when the family has it: ``MQ-9 Reaper``."""
    text = scene.reading.text
    for nickname in sorted(family.nicknames, key=lambda name: (-len(name), name)):
        for opening, closing in ((" ", ""), (' "', '"'), (" “", "”")):
            tail = opening + nickname + closing
            if text.startswith(tail, span.end) and not text[span.end + len(tail) : span.end + len(tail) + 1].isalnum():
                return Span(span.start, span.end + len(opening) + len(nickname) + len(closing))
    return span


def _misread(scene: Scene, match: re.Match[str]) -> Iterator[_Candidate]:
    """A designation whose digits scanning took for letters (``TLIO`` for TL10); only with a sound one beside it."""
    text = scene.reading.text
    number = _OCR_NUMBER.match(text, match.end())
    if number is None or len(match[0]) < 2 or not _COMPOUND.match(text, number.end()):
        return
    digits = number["number"].translate(_OCR_DIGITS)
    fitting = _fitting(scene.vocabulary.families[fold(match[0])], digits, "")
    if fitting is not None:
        yield from _candidate(scene, Span(match.start(), number.end()), fitting[1], digits, "", fitting[0])


def _generic(scene: Scene) -> Iterator[_Candidate]:
    text = scene.reading.text
    for match in scene.reading.matches(_GENERIC, is_lookalike):
        span = Span(*match.span())
        prefix = match["letters"] or match["word"]
        if scene.vocabulary.is_never("en", prefix) or prefix in _CALENDAR:
            continue
        key = fold(match[0])
        suffix = match["suffix"] or ""
        name = hyphenated(match["letters"], match["number"], suffix) if match["letters"] else match[0].removesuffix("s")
        compound = _COMPOUND.match(text, span.end)
        aliases = (compound["other"],) if compound else ()
        yield _Candidate(Span(span.start, compound.end()) if compound else span, key, name, None, False, aliases)
    for match in scene.reading.matches(_BRANDED, is_lookalike):
        span = Span(*match.span())
        words = match["word"].split()
        refused = any(
            scene.vocabulary.is_never("en", word) or is_country_word(word) or word in _CALENDAR for word in words
        )
        if not refused and words[0] not in NUMBERED:
            yield _Candidate(span, fold(match[0]), match[0], None, False)
    for match in scene.reading.matches(_DIGITS_FIRST, is_lookalike):
        span = Span(*match.span())
        near = scene.noun_in_sentence(span) is not None
        yield _Candidate(span, fold(match[0]), match[0], None, near)
    for match in scene.reading.matches(_LETTERS_ONLY):
        span = Span(*match.span())
        parts = (match[0], match["one"], match["two"])
        if not any(scene.vocabulary.is_never("en", part) or is_country_word(part) for part in parts):
            yield _Candidate(span, fold(match[0]), match[0], None, False)


_CALENDAR = frozenset([
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Farvardin",
    "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    "Spring", "Summer", "Autumn", "Winter", "The", "In", "By", "Of", "On", "For", "From", "And", "About", "Over",
    "Nearly", "Some", "Only", "Until", "Since", "After", "Before",
])  # fmt: skip


def _context(scene: Scene, candidate: _Candidate) -> bool:
    family = candidate.family
    beside = scene.noun_beside(candidate.span)
    if beside is not None and (not beside.kind.weak or family is not None):
        return True
    if beside is not None and beside.kind.bare_latin and len(candidate.key) > 3:
        return beside.span.start == candidate.span.end + 1 and beside.kind.id != "system"
    span = candidate.span
    if _explained(scene, span) or _made(scene, span) or is_determined(scene, span) or stands_under_system(scene, span):
        return True
    if family is None or family.context != "noun":
        return False
    if _WORD_AND_NUMBER.fullmatch(scene.reading.text, candidate.span.start, candidate.span.end):
        return scene.noun_in_paragraph(candidate.span) is not None
    distinctive = sum(character.isdigit() for character in candidate.key) > 2
    return (scene.noun_near if distinctive else scene.noun_in_sentence)(candidate.span) is not None


def _explained(scene: Scene, span: Span) -> bool:
    """``the KVD-1, a Russian cryogenic engine``: a noun in apposition says what the designation is."""
    text = scene.reading.text
    if not text.startswith(_APPOSED, span.end):
        return False
    return any(
        (not noun.kind.weak or noun.kind.bare_latin) and _APPOSITION.fullmatch(text, span.end, noun.span.start)
        for noun in scene.nouns_within(Span(span.end, span.end + 48))
    )


def _made(scene: Scene, span: Span) -> bool:
    """``Junkers F-13``, ``یونکرس اف-۱۳``: its maker stands right before the designation."""
    before = scene.reading.text[max(0, span.start - 20) : span.start]
    word = before[:-1].rpartition(" ")[2] if before.endswith(" ") else ""
    return word in scene.vocabulary.maker_words and any(c.isdigit() for c in scene.reading.text[span.start : span.end])


def _found(scene: Scene, candidate: _Candidate) -> Found:
    family = candidate.family
    return Found(
        reading=scene.reading, span=candidate.span, pack=scene.vocabulary.pack, key=candidate.key, name=candidate.name,
        method="pattern", known_kind=family.kind if family else None, origin=family.origin if family else None,
        aliases=candidate.aliases,
    )  # fmt: skip


def _without_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    ranked = sorted(
        candidates, key=lambda each: (each.family is None, each.span.start - each.span.end, each.span.start)
    )
    kept: list[_Candidate] = []
    covered: set[int] = set()
    for each in ranked:
        characters = range(*each.span)
        if covered.isdisjoint(characters):
            covered.update(characters)
            kept.append(each)
    return sorted(kept, key=lambda each: each.span)
