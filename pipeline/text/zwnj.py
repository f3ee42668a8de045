"""Half-spaces (ZWNJ, U+200C) inside one Persian word: where they were lost, and where they do nothing.

A file that lost its half-spaces joins what should stand apart: ``میسازد`` for ``می‌سازد``. A joined word is taken
apart only when it is no word of its own and its parts are words whose grammar allows the join; among several readings
(``منطق‌های``, ``منطقه‌ای``) the one attested or more frequent wins. After a letter that never joins (``پیوندهای``) no
half-space is needed and none is added.

Only single words are looked at; what stands between words is the business of :mod:`pipeline.text.orthography`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache

from pipeline.text.persian_words import NON_JOINING, ZWNJ, verb_forms, word_list

_PLURALS = (
    "هایشان", "هایتان", "هایمان", "هایی", "هایم", "هایت", "هایش", "هاشان", "های", "هاست", "ها",
)  # fmt: skip
_COMPARISONS = ("ترینها", "ترها", "ترین", "تری", "تر")
#: Endings that stand apart after the silent ه of a noun or adjective, and those that do so after ی.
_AFTER_SILENT_HE = ("ای", "ام", "ات", "اش", "اند", "ایم", "اید", "ایها", "ی")
_AFTER_YE = ("ام", "ات", "اش")
#: Endings that join what they follow, so that the whole is right as it is.
_JOINED = ("انی", "ایی", "یی", "مان", "تان", "شان", "ان", "ات", "ی", "م", "ت", "ش")

#: ``زمینهای`` may be زمین‌های or زمینه‌ای: weights set on the treebank's and NTREX's half-spaces.
_FREQUENCY_WEIGHT = 1.0
_SILENT_HE_BONUS = 1.2

_MIN_STEM = 2
_MIN_WORD = 4
_MIN_COMPOUND_PART = 3
#: A second part of a compound (``سازی``, ``کننده``) counts as productive when so many listed words end in it.
_PRODUCTIVE = 12

_USELESS = re.compile(f"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}+|{ZWNJ}+(?={ZWNJ})|^{ZWNJ}+|{ZWNJ}+$")


@lru_cache(maxsize=200_000)
def restore(word: str) -> str:
    """The word with its lost half-spaces; the word itself when it is right or nothing is known about it.

    ``word`` is in Persian letters (Arabic ones folded). Half-spaces it has are kept where they show.
    """
    if ZWNJ in word:
        word = _USELESS.sub("", word)
        return _restore_parts(word) if ZWNJ in word else restore(word)
    if len(word) < _MIN_WORD:
        return word
    known = word_list()
    if known.classes.get(word, "U") != "U":
        return word
    if word.endswith(_PLURALS):
        plurals = _plurals(word)
        if plurals:
            return _best([*plurals, *_after_silent_he(word)])
    if word in known.classes:
        return word
    listed = known.half_spaced.get(word)
    if listed is not None:
        return listed[0] if listed[1] > 0 or not known.knows(word) else word
    if known.knows(word):
        return word
    verb = verb_forms().spelled.get(word)
    return verb or _inflected(word) or _compound(word) or word


def _is_joined_inflection(word: str) -> bool:
    """Whether the word is a known one with an ending that joins (``دانشجوی``, ``بازیکنان``)."""
    known = word_list()
    for ending in _JOINED:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > _MIN_STEM and known.knows(stem):
            if stem in known.half_spaced and stem not in known.classes:
                continue
            return True
    return False


def _restore_parts(word: str) -> str:
    """A word that has some of its half-spaces: each part is looked at alone (``سیاست‌گذاریهای``)."""
    if word.replace(ZWNJ, "") in verb_forms().spelled:
        return word
    parts = word.split(ZWNJ)
    return ZWNJ.join(restore(part) if _has_lost_plural(part) else part for part in parts)


def _has_lost_plural(part: str) -> bool:
    return len(part) > _MIN_WORD and part.endswith(_PLURALS) and not word_list().knows(part)


def _inflected(word: str) -> str | None:
    """The best reading of a word as a known stem and its endings, or None."""
    readings = [*_plurals(word), *_after_silent_he(word)]
    if not readings and _is_joined_inflection(word):
        return word
    readings += [*_comparisons(word), *_after_ye(word), *_clitics(word)]
    return _best(readings) if readings else None


def _best(readings: list[tuple[str, float]]) -> str:
    """The reading with the highest score; of two alike the one that sorts last, so that the choice never varies."""
    return max(readings, key=lambda reading: (reading[1], reading[0]))[0]


def _plurals(word: str) -> list[tuple[str, float]]:
    readings = []
    for ending in _PLURALS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _MIN_STEM:
            continue
        whole, score = _stem(stem)
        if score <= 0:
            continue
        readings.append((whole + ("" if stem[-1] in NON_JOINING else ZWNJ) + ending, score))
    return readings


def _comparisons(word: str) -> list[tuple[str, float]]:
    known = word_list()
    readings = []
    for ending in _COMPARISONS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _MIN_STEM:
            continue
        apart = ending.replace("ینها", "ین" + ZWNJ + "ها")
        whole = restore(stem) if len(stem) >= _MIN_WORD else stem
        if stem[-1] not in NON_JOINING and known.is_adjective(stem):
            readings.append((stem + ZWNJ + apart, _weight(stem) - 0.5))
        elif whole != stem:
            readings.append((whole + ("" if stem[-1] in NON_JOINING else ZWNJ) + apart, 2.0))
    return readings


def _after_silent_he(word: str) -> list[tuple[str, float]]:
    known = word_list()
    readings = []
    for ending in _AFTER_SILENT_HE:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) <= _MIN_STEM or not known.ends_in_silent_he(stem):
            continue
        whole, score = _stem(stem)
        if score > 0:
            apart = ending.replace("ایها", f"ای{ZWNJ}ها")
            readings.append((whole + ZWNJ + apart, score + _SILENT_HE_BONUS))
    return readings


def _after_ye(word: str) -> list[tuple[str, float]]:
    readings = []
    for ending in _AFTER_YE:
        stem = word.removesuffix(ending)
        if stem != word and stem.endswith("ی") and len(stem) > _MIN_WORD:
            whole, score = _stem(stem)
            if score > 0:
                readings.append((whole + ZWNJ + ending, score))
    return readings


def _clitics(word: str) -> list[tuple[str, float]]:
    """``نرمافزاری``, ``بینالمللیترین``: a half-spaced stem with an ending that itself joins."""
    for ending in _JOINED:
        stem = word.removesuffix(ending)
        listed = word_list().half_spaced.get(stem) if stem != word and len(stem) >= _MIN_WORD else None
        if listed and stem not in word_list().classes:
            return [(listed[0] + ending, 3.0)]
    return []


def _stem(stem: str) -> tuple[str, float]:
    """How a stem is written, and how well it is known (0: not at all)."""
    known = word_list()
    if known.is_noun(stem):
        return stem, _weight(stem) + 1.0
    if stem in known.classes:
        return stem, _weight(stem)
    listed = known.half_spaced.get(stem)
    if listed is not None:
        return listed[0], 3.0
    if len(stem) > _MIN_WORD:
        whole = _compound(stem)
        if whole is not None:
            return whole, 1.0
        if stem.endswith("ی") and known.is_noun(stem[:-1]) and len(stem) > _MIN_WORD:
            return stem, _weight(stem[:-1])
    return stem, 0.0


def _weight(word: str) -> float:
    """The order of magnitude of a word's frequency, never below the weight of a word that is merely listed."""
    return 0.5 + math.log10(1 + word_list().frequency.get(word, 0)) * _FREQUENCY_WEIGHT


def _compound(word: str) -> str | None:
    """The word as a known first part and a productive second part (``شبیهسازی`` → ``شبیه‌سازی``), or None."""
    known = word_list()
    best: tuple[float, str] | None = None
    for at in range(_MIN_COMPOUND_PART, len(word) - _MIN_COMPOUND_PART + 1):
        first, second = word[:at], word[at:]
        if first[-1] in NON_JOINING or first not in known.classes:
            continue
        if max(_second_parts()[form] for form in _singulars(second)) < _PRODUCTIVE:
            continue
        score = _weight(first)
        if best is None or score > best[0]:
            best = (score, first + ZWNJ + second)
    return best[1] if best else None


def _singulars(second: str) -> list[str]:
    """A second part and what it may be the plural or indefinite of (``دهندگان`` → ``دهنده``)."""
    forms = [second]
    for ending, whole in (("گان", "ه"), ("ان", ""), ("ی", "")):
        if second.endswith(ending) and len(second) - len(ending) >= _MIN_COMPOUND_PART - 1:
            forms.append(second.removesuffix(ending) + whole)
    return forms


@cache
def _second_parts() -> Counter[str]:
    """How many listed compounds end in each part."""
    return Counter(
        form.rsplit(ZWNJ, 1)[1] for form, _ in word_list().half_spaced.values() if not form.endswith(_PLURALS)
    )
