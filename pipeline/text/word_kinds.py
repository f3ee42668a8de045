"""What is known about the words and parts of words that spelling is judged by.

Dictionaries say what a part is, hazm's counts and corrected text how common it is, and corrected text alone how it is
written. :class:`Knowledge` holds all of it; :func:`kind` sums up one part as a short class and an order of magnitude,
which is what the models of :mod:`pipeline.text.readings` and :mod:`pipeline.text.gaps` see of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.text.persian_words import NON_JOINING, ZWNJ, VerbForms, WordList, verb_forms, verb_roots, word_list

#: hazm counted some hundred thousand times as much text as the corrected corpora hold.
_SCALE = 60_000
_OFTEN = 4
#: A part that stands beside so many others stands at joints.
_OFTEN_ENOUGH = 3

#: Endings that join the word they follow; with one of them taken off, a known word shows. Longest first.
JOINED_ENDINGS = tuple(
    sorted(
        "هایشان هایمان هایی های ها یشان یمان مان تان شان مون تون شون انی ایی ترین تر اند ان ات ای یی ام اش یم یت یش ید "
        "ند ی م ت ش ه و ن ا".split(),
        key=lambda ending: (-len(ending), ending),
    )
)
_BY_LETTER = {
    letter: tuple(ending for ending in JOINED_ENDINGS if ending[-1] == letter)
    for letter in {ending[-1] for ending in JOINED_ENDINGS}
}
VERB_ENDINGS = ("یم", "ید", "ند", "ین", "ن", "م", "ی", "د", "ه", "")


@dataclass(frozen=True)
class Knowledge:
    """What readings are judged by.

    ``attested`` leads from a bare form to the ways it is written in corrected text, with counts. ``rights`` and
    ``lefts`` say with how many different neighbours a part stands after and before a half-space; ``single`` holds
    the pairs (letter before, part of one letter) that occur; ``stems`` the verb stems that follow ``می``, spoken ones
    among them.
    """

    words: WordList
    verbs: VerbForms
    attested: Mapping[str, Mapping[str, int]]
    rights: Mapping[str, int]
    lefts: Mapping[str, int]
    single: frozenset[str]
    stems: frozenset[str]
    kinds: dict[str, tuple[str, int]] = field(default_factory=dict, compare=False, repr=False)


def knowledge(counts: Mapping[str, int], all_forms: Iterable[str]) -> Knowledge:
    """What attested forms teach: ``counts`` says how often each is seen, ``all_forms`` which parts join at all."""
    words = word_list()
    attested: dict[str, dict[str, int]] = {}
    for form, count in counts.items():
        if count > 0:
            attested.setdefault(form.replace(ZWNJ, ""), {})[form] = count
    lefts: defaultdict[str, set[str]] = defaultdict(set)
    rights: defaultdict[str, set[str]] = defaultdict(set)
    single: Counter[str] = Counter()
    verb_stems: Counter[str] = Counter()
    half_spaced = [form for form in all_forms if ZWNJ in form]
    for form in [*half_spaced, *words.listed.values()]:
        parts = form.split(ZWNJ)
        for left, right in pairwise(parts):
            if left and right:
                lefts[left].add(right)
                rights[right].add(left)
                if len(right) == 1:
                    single[left[-1] + right] += 1
    for form in half_spaced:
        parts = form.split(ZWNJ)
        for left, right in pairwise(parts):
            if left.endswith("می"):
                verb_stems.update(
                    right[: -len(ending)]
                    for ending in VERB_ENDINGS
                    if ending and right.endswith(ending) and len(right) > len(ending)
                )
    stems = {stem for stem, count in verb_stems.items() if count > 1}
    for roots in verb_roots():
        stems.update(roots)
    return Knowledge(
        words,
        verb_forms(),
        attested,
        {part: len(found) for part, found in rights.items() if len(found) >= _OFTEN_ENOUGH},
        {part: len(found) for part, found in lefts.items() if len(found) >= _OFTEN_ENOUGH},
        frozenset(pair for pair, count in single.items() if count >= _OFTEN_ENOUGH),
        frozenset(stems),
    )


def kind(part: str, known: Knowledge) -> tuple[str, int]:
    """What a part is (``N`` noun, ``A`` adjective, ``V`` verb form, ``F`` merely counted, lower case: such a word with
    a joined ending, ``c`` two words that touch, ``-`` unknown) and the order of magnitude of its frequency, 0 to 9.
    """
    found = known.kinds.get(part)
    if found is None:
        found = known.kinds[part] = _kind(part, known)
    return found


def frequency(part: str, known: Knowledge) -> int:
    """How often a part stands as a word of its own, in hazm's counts and in corrected text, on hazm's scale."""
    seen = known.attested.get(part)
    return known.words.frequency.get(part, 0) + _SCALE * (seen.get(part, 0) if seen else 0)


def _kind(part: str, known: Knowledge) -> tuple[str, int]:
    plain = plain_kind(part, known)
    count = frequency(part, known)
    magnitude = max(len(str(count)) - 2, 1) if count else 0
    if plain != "-" and (plain != "F" or magnitude > 4):
        return plain, magnitude
    for stem, _ in stems_of(part):
        if len(stem) > 1:
            inner = plain_kind(stem, known)
            if inner not in "-F" or (inner == "F" and known.words.frequency.get(stem, 0) > 5000):
                return ("f" if plain == "F" else "") + inner.lower(), magnitude
    if plain == "-" and _composed(part, known):
        return "c", magnitude
    return plain, magnitude


def plain_kind(part: str, known: Knowledge) -> str:
    """The kind of a part as it stands, no ending taken off."""
    classes = known.words.classes.get(part)
    if classes:
        return "E" if "E" in classes and "N" in classes else classes[0]
    if part in known.verbs.infinitive and part not in known.verbs.spelled:
        return "V"
    return "F" if known.words.frequency.get(part, 0) > 0 else "-"


def _composed(part: str, known: Knowledge) -> bool:
    """Whether an unlisted part is two known words that touch without joining (``کارآفرین``)."""
    classes = known.words.classes
    return any(
        part[at - 1] in NON_JOINING and part[:at] in classes and (part[at:] in classes or part[at:] in known.rights)
        for at in range(2, len(part) - 1)
    )


def stems_of(word: str) -> list[tuple[str, str]]:
    """What is left of a word when an ending that joins is taken off, with that ending."""
    return [
        (word[: -len(ending)], ending)
        for ending in _BY_LETTER.get(word[-1], ())
        if word.endswith(ending) and len(word) > len(ending)
    ]


def stem_kind(right: str, known: Knowledge) -> str:
    """How well what follows ``می`` fits there: ``y`` and the ending of a known verb stem, or ``n``."""
    for ending in VERB_ENDINGS:
        stem = right.removesuffix(ending) if ending else right
        if stem in known.stems and (stem != right or not ending):
            return "y" + ending
    return "n"


def bucket(count: int) -> str:
    """A count, coarser the higher it is."""
    if count <= _OFTEN:
        return str(count)
    return "5" if count < 10 else "10" if count < 30 else "30" if count < 100 else "100"
