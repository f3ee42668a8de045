"""What Persian words there are: the word lists that orthography and the bilingual lexicon stand on.

Two sources are read, each once and only when first asked for. hazm's ``words.dat`` (word, frequency, part of speech)
and ``verbs.dat`` (past and present roots) are read straight from the installed package, because importing hazm takes
a second that no repair of a half-space needs. The project's own ``lexicon/persian_words.tsv.gz`` adds a
spell-checker's word classes and the half-space forms that hand-corrected text attests; it is made by
:mod:`pipeline.text.train_words`.

Nothing here changes a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline import resources
from pipeline.errors import ModelMissingError

ZWNJ = "\u200c"
RESOURCE = "lexicon/persian_words.tsv.gz"

#: Letters that never join the next one: after them a half-space changes nothing a reader could see.
NON_JOINING = frozenset("اآأإدذرزژوؤةء")

_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
_PAST_ENDINGS = ("م", "ی", "", "یم", "ید", "ند")
_PERFECT_ENDINGS = ("ام", "ای", "است", "ایم", "اید", "اند")
_PREVERBS = ("", "بر", "در", "باز", "فرا", "فرو", "وا", "ور")


@dataclass(frozen=True)
class WordList:
    """Known words. ``classes`` gives word classes (N noun, A adjective, D adverb, O other, U not stated; E when
    the word ends in a silent ه); ``frequency``
    is hazm's count (0 where hazm knows the word but never counted it); ``half_spaced`` leads from a form without
    half-spaces to the form that should be written, and how often that was seen; ``listed`` is the part of it that
    dictionaries vouch for, whatever text attests.
    """

    classes: dict[str, str]
    frequency: dict[str, int]
    half_spaced: dict[str, tuple[str, int]]
    listed: dict[str, str]

    def knows(self, word: str) -> bool:
        """Whether the word stands in a curated list, as it is written."""
        return word in self.classes or self.frequency.get(word, 0) > 0

    def is_noun(self, word: str) -> bool:
        """Whether the word can carry a plural or a clitic."""
        found = self.classes.get(word)
        return any(c in found for c in "NU") if found else self.frequency.get(word, 0) > 0

    def is_adjective(self, word: str) -> bool:
        """Whether the word can be compared (``تر``, ``ترین``)."""
        return "A" in self.classes.get(word, "")


@dataclass(frozen=True)
class VerbForms:
    """Conjugated verbs. ``spelled`` leads from a form without half-spaces (``میشود``) to the right one (``می‌شود``);
    ``infinitive`` leads from any form, half-spaces left out, to the infinitive (``شدن``).
    """

    spelled: dict[str, str]
    infinitive: dict[str, str]


@cache
def word_list() -> WordList:
    """The word lists, loaded on the first call."""
    frequency: dict[str, int] = {}
    half_spaced: dict[str, tuple[str, int]] = {}
    listed: dict[str, str] = {}
    for line in _hazm("words.dat").splitlines():
        word, count, tags = line.split("\t")
        number = int(count)
        if ZWNJ in word:
            _keep_best(half_spaced, word, min(number, 3))
            listed.setdefault(word.replace(ZWNJ, ""), word)
        elif number or tags != "0":
            frequency[word] = max(number, frequency.get(word, 0), 1 if tags != "0" else 0)
    classes: dict[str, str] = {}
    for word, tags, seen in resources.rows(RESOURCE):
        if ZWNJ in word:
            _keep_best(half_spaced, word, 4 + int(seen))
        if tags != "-":
            classes[word] = tags
            if ZWNJ in word:
                listed[word.replace(ZWNJ, "")] = word
    return WordList(classes, frequency, half_spaced, listed)


@cache
def verb_forms() -> VerbForms:
    """Every form of every verb in hazm's list of roots, made on the first call."""
    spelled: dict[str, str] = {}
    infinitive: dict[str, str] = {}
    for past, present in verb_roots():
        name = past + "ن"
        for form in _conjugated(past, present):
            bare = form.replace(ZWNJ, "")
            infinitive.setdefault(bare, name)
            if bare != form:
                spelled.setdefault(bare, form)
    return VerbForms(spelled, infinitive)


@cache
def verb_roots() -> tuple[tuple[str, str], ...]:
    """The past and present roots of hazm's verbs; the commonest verbs come first, so that they win a shared form."""
    pairs = []
    for line in _hazm("verbs.dat").splitlines():
        past, _, present = line.partition("#")
        if past and present and " " not in line:
            pairs.append((past, present))
    counted = word_list().frequency
    return tuple(sorted(pairs, key=lambda pair: (-counted.get(pair[0] + "ن", 0), pair)))


def _conjugated(past: str, present: str) -> Iterator[str]:
    """The simple forms of one verb, right half-spaces included. A preverb goes before ``می`` (``بر‌می‌گردد``)."""
    preverb = next((p for p in _PREVERBS if p and past.startswith(p) and present.startswith(p)), "")
    past_rest, present_rest = past[len(preverb) :], present[len(preverb) :]
    if len(past_rest) < 2 or not present_rest:
        preverb, past_rest, present_rest = "", past, present
    # A root in ا or و takes a linking ی before its ending (آ: می‌آید، گو: می‌گوید); hazm writes some roots with it.
    stems = [present_rest]
    if present_rest.endswith("ی") and len(present_rest) > 1:
        stems.append(present_rest[:-1])
    elif present_rest[-1] in "او":
        stems.append(present_rest + "ی")
    for prefix in ("می", "نمی"):
        for stem in stems:
            for ending in _PRESENT_ENDINGS:
                yield f"{preverb}{prefix}{ZWNJ}{stem}{ending}"
        for ending in _PAST_ENDINGS:
            yield f"{preverb}{prefix}{ZWNJ}{past_rest}{ending}"
        yield f"{preverb}{prefix}{ZWNJ}{past_rest}ه"
        for ending in _PERFECT_ENDINGS:
            yield f"{preverb}{prefix}{ZWNJ}{past_rest}ه{ZWNJ}{ending}"
    for ending in _PERFECT_ENDINGS:
        yield f"{past}ه{ZWNJ}{ending}"
        yield f"{preverb}ن{past_rest}ه{ZWNJ}{ending}"
    for ending in _PAST_ENDINGS:
        yield past + ending
        yield f"{preverb}ن{past_rest}{ending}"
    for stem in stems:
        for ending in _PRESENT_ENDINGS:
            yield f"{preverb}ب{stem}{ending}"
            yield f"{preverb}ن{stem}{ending}"
            yield f"{preverb}{stem}{ending}"
    yield f"{past}ه"
    yield f"{past}ن"


def _keep_best(half_spaced: dict[str, tuple[str, int]], word: str, seen: int) -> None:
    """Enter a half-spaced form; of two that differ only in their half-spaces the one seen more often stays."""
    bare = word.replace(ZWNJ, "")
    known = half_spaced.get(bare)
    if known is None or seen > known[1]:
        half_spaced[bare] = (word, seen)


def _hazm(name: str) -> str:
    """One of hazm's data files, without importing hazm. Raises ModelMissingError when the package is missing."""
    spec = find_spec("hazm")
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissingError("the package 'hazm' is not installed; install the project with its dependencies")
    return (Path(spec.submodule_search_locations[0]) / "data" / name).read_text(encoding="utf-8")


_LETTERS_FOLDED = str.maketrans("يىكۀةأإٱؤئآ", "ییکههاااویا")
_COMMON_ENDINGS = ("ها", "های", "هایی", "ان", "ات", "ی", "ای", "اش", "شان", "تر", "ترین")


@cache
def known_forms() -> frozenset[str]:
    """Every form the word lists and the verbs account for, with Arabic letters and آ folded, half-spaces left out."""
    words = word_list()
    forms = {*words.classes, *(word for word, count in words.frequency.items() if count > 2), *words.half_spaced}
    forms.update(verb_forms().infinitive)
    return frozenset(form.translate(_LETTERS_FOLDED).replace(ZWNJ, "") for form in forms)


@cache
def is_unknown(word: str) -> bool:
    """Whether no word list has the word, neither bare nor with a common ending: a name, most likely.

    A word joined by half-spaces is unknown when it is so as a whole and in at least one of its parts.
    """
    parts = [part for part in word.translate(_LETTERS_FOLDED).split(ZWNJ) if part]
    bare = "".join(parts)
    if len(bare) < 3 or not bare.isalpha() or bare.isascii() or _accounted_for(bare):
        return False
    return any(not _accounted_for(part) for part in parts) if len(parts) > 1 else True


def _accounted_for(word: str) -> bool:
    forms = known_forms()
    return word in forms or any(
        word.endswith(ending) and word.removesuffix(ending) in forms
        for ending in _COMMON_ENDINGS
        if len(word) - len(ending) > 2
    )
