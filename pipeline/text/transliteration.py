"""How alike an English name and a Persian one sound.

Both are turned into rough sounds (``sh`` and ``ش`` are one sound, ``c`` before ``e`` is another than before ``a``) and
compared by an edit distance in which consonants weigh most, vowels that Persian leaves unwritten cost next to
nothing, and pairs of sounds that romanisations confuse (``q``/``gh``/``k``, ``j``/``zh``/``y``, pinyin ``x`` for
``ش``) cost little. The weights are the author's, set on CLDR's country, language and city names and on names of
persons; the method is the classic weighted Levenshtein distance.

Letters of an acronym are also compared as they are read aloud (``NPT`` = ان‌پی‌تی, ``C-802`` = سی-۸۰۲).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from pipeline.text.orthography import fold

_UNITS = re.compile(
    r"tion|tch|sch|sh|ch|kh|gh|zh|ph|th|ck|dj|qu|ou|oo|ee|ie|ea|x|c(?=[eiy])|c|g(?=[eiy])|[a-z]|[0-9]+", re.ASCII
)
_ENGLISH_SOUND = {
    "tion": "šn", "tch": "č", "sch": "š", "sh": "š", "ch": "C", "kh": "x", "gh": "q", "zh": "ž", "ph": "f", "th": "T",
    "ck": "k", "dj": "j", "qu": "kw", "ou": "u", "oo": "u", "ee": "i", "ie": "i", "ea": "i", "x": "ks", "j": "J",
}  # fmt: skip
_PERSIAN_SOUND = {
    "آ": "A", "ا": "A", "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ج": "j", "چ": "č",
    "ح": "h", "ه": "h", "خ": "x", "د": "d", "ذ": "z", "ز": "z", "ض": "z", "ظ": "z", "ر": "r", "ژ": "ž", "ش": "š",
    "ع": "ʿ", "غ": "q", "ق": "q", "ف": "f", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "W", "ی": "Y",
}  # fmt: skip

#: What it costs to read an English sound as a Persian one; what is not listed costs 1, the same sound nothing.
_SUBSTITUTION: dict[tuple[str, str], float] = {
    ("a", "A"): 0.0, ("o", "A"): 0.2, ("e", "A"): 0.3, ("i", "A"): 0.45, ("u", "A"): 0.35, ("i", "Y"): 0.0,
    ("y", "Y"): 0.0, ("e", "Y"): 0.15, ("a", "Y"): 0.4, ("u", "W"): 0.0, ("o", "W"): 0.05, ("w", "W"): 0.0,
    ("v", "W"): 0.0, ("a", "W"): 0.5, ("e", "W"): 0.5, ("f", "W"): 0.5, ("b", "W"): 0.5, ("v", "f"): 0.15,
    ("a", "h"): 0.3, ("e", "h"): 0.2, ("a", "ʿ"): 0.1, ("o", "ʿ"): 0.2, ("e", "ʿ"): 0.2, ("i", "ʿ"): 0.2,
    ("C", "č"): 0.0, ("C", "x"): 0.1, ("C", "š"): 0.1, ("C", "k"): 0.1, ("č", "š"): 0.3, ("č", "j"): 0.4,
    ("G", "g"): 0.0, ("G", "j"): 0.05, ("G", "ž"): 0.1, ("g", "q"): 0.25, ("g", "j"): 0.3, ("k", "q"): 0.2,
    ("q", "k"): 0.15, ("q", "g"): 0.25, ("q", "č"): 0.3, ("X", "š"): 0.1, ("X", "z"): 0.2, ("X", "x"): 0.3,
    ("J", "j"): 0.0, ("J", "Y"): 0.2, ("J", "ž"): 0.2, ("J", "x"): 0.4, ("ž", "j"): 0.15, ("š", "s"): 0.4,
    ("T", "t"): 0.0, ("T", "s"): 0.1, ("T", "z"): 0.3, ("T", "d"): 0.4, ("Ç", "s"): 0.0, ("Ç", "č"): 0.2,
    ("Ç", "k"): 0.4, ("Ç", "ž"): 0.4, ("s", "z"): 0.2, ("s", "š"): 0.3, ("z", "s"): 0.2, ("z", "ž"): 0.3,
    ("z", "t"): 0.6, ("d", "t"): 0.4, ("t", "d"): 0.4, ("p", "b"): 0.4, ("b", "p"): 0.4, ("x", "k"): 0.25,
    ("x", "h"): 0.3, ("h", "x"): 0.3, ("n", "m"): 0.5, ("m", "n"): 0.5, ("u", "Y"): 0.4, ("y", "A"): 0.5,
    ("y", "ž"): 0.6, ("d", "z"): 0.5,
}  # fmt: skip
_ENGLISH_DROPPED = {"a": 0.1, "e": 0.08, "o": 0.12, "i": 0.2, "u": 0.2, "y": 0.3, "w": 0.4, "h": 0.4, "q": 0.7}
_PERSIAN_DROPPED = {"A": 0.3, "W": 0.45, "Y": 0.35, "ʿ": 0.1, "h": 0.5}
_VOWELS = frozenset("aeiouyAWYʿ")
_VOWEL_WEIGHT = 0.35

#: Classes for a first, cheap comparison: what the weights above may confuse shares a letter; vowels are left out.
_SKELETON = str.maketrans(
    {
        **dict.fromkeys("aeiouywvAWYʿh", None), **dict.fromkeys("zžšjčCJçÇXGT", "s"), **dict.fromkeys("qgx", "k"),
        "d": "t", "p": "b", "m": "n",
    }
)  # fmt: skip
_HOPELESS = 0.34
_PINYIN = re.compile(r"q(?!u[aeioy])|x(?=[iu])")

_LETTER_NAMES = {
    "A": ("ای", "ا"), "B": ("بی",), "C": ("سی",), "D": ("دی",), "E": ("ای",), "F": ("اف",), "G": ("جی",),
    "H": ("اچ", "ایچ", "هاش"), "I": ("ای",), "J": ("جی",), "K": ("کی", "کا"), "L": ("ال",), "M": ("ام",),
    "N": ("ان",), "O": ("او",), "P": ("پی",), "Q": ("کیو",), "R": ("ار",), "S": ("اس",), "T": ("تی",), "U": ("یو",),
    "V": ("وی",), "W": ("دبلیو",), "X": ("ایکس",), "Y": ("وای",), "Z": ("زد",),
}  # fmt: skip
_BY_NAME: dict[str, list[str]] = {}
for _letter, _names in _LETTER_NAMES.items():
    for _name in _names:
        _BY_NAME.setdefault(_name, []).append(_letter)

_ACRONYM = re.compile(r"[A-Z]{1,6}")
_SEPARATORS = re.compile(r"[\s\u200c\u200d.\-‐-―_/()«»\"'’ʼ]+")


def similarity(english: str, persian: str) -> float:
    """How likely ``persian`` is ``english`` written in Persian letters, from 0 (not at all) to 1.

    Word boundaries and half-spaces don't count. Numbers must agree. 0.75 and above is a safe match for names of four
    or more consonants; shorter names need other evidence too.
    """
    spelled = _spelled_alike(english, persian)
    if spelled:
        return spelled
    target = persian_sounds(_without_kind(persian, english))
    return max(_alike(english_sounds(form), target) for form in _readings(_without_kind(english, persian)))


def _alike(source: str, target: str) -> float:
    """How alike two sequences of sounds are, from 0 to 1."""
    from rapidfuzz.distance import Levenshtein

    if not source or not target:
        return 0.0
    left, right = _skeleton(source), _skeleton(target)
    if Levenshtein.normalized_similarity(left, right) < _HOPELESS:
        return 0.0
    longest = max(_weight(source), _weight(target))
    return max(0.0, 1.0 - _distance(source, target) / longest) if longest else 0.0


@lru_cache(maxsize=50_000)
def _readings(name: str) -> tuple[str, ...]:
    """The ways to read a name in Latin letters: Chinese names write *ch* and *sh* as ``q`` and ``x``."""
    lowered = name.lower()
    if not _PINYIN.search(lowered):
        return (name,)
    return name, _PINYIN.sub(lambda match: "ch" if match.group() == "q" else "sh", lowered)


def _without_kind(name: str, other: str) -> str:
    """The name without the word for a city that the other spelling lacks (``Guatemala City``, ``شهر گواتمالا``)."""
    if name.endswith(" City") and "سیتی" not in other:
        return name.removesuffix(" City")
    if name.startswith("شهر ") and "shahr" not in other.lower():
        return name.removeprefix("شهر ")
    return name


def consonants_alike(english: Sequence[str], persian: Sequence[str], at_least: float = 0.6) -> list[tuple[int, int]]:
    """The pairs of positions whose names have roughly the same consonants: what is worth a full comparison.

    Much faster than :func:`similarity` on each pair, because one call compares all with all.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    left = [_skeleton(sounds) if (sounds := english_sounds(name)) else "" for name in english]
    right = [_skeleton(sounds) if (sounds := persian_sounds(name)) else "" for name in persian]
    if not left or not right:
        return []
    scores = cdist(left, right, scorer=Levenshtein.normalized_similarity, score_cutoff=at_least)
    rows, columns = scores.nonzero()
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if left[i] and right[j]]


@lru_cache(maxsize=50_000)
def english_sounds(name: str) -> str:
    """The sounds of a name in Latin letters, one character each (digits stay)."""
    plain = unicodedata.normalize("NFKD", name).lower()
    sounds = []
    for match in _UNITS.finditer(plain):
        unit = match.group()
        if unit == "c":
            sounds.append("Ç" if plain[match.end() : match.end() + 1] in ("e", "i", "y") else "k")
        elif unit == "g":
            sounds.append("G" if plain[match.end() : match.end() + 1] in ("e", "i", "y") else "g")
        elif unit == "x" and (match.start() == 0 or not plain[match.start() - 1].isalpha()):
            sounds.append("X")
        else:
            sounds.append(_ENGLISH_SOUND.get(unit, unit))
    return _single("".join(sounds))


@lru_cache(maxsize=50_000)
def persian_sounds(name: str) -> str:
    """The sounds of a name in Persian letters, one character each (digits stay, as ASCII)."""
    folded = fold(name)
    return _single("".join(c if c.isdigit() else _PERSIAN_SOUND.get(c, "") for c in folded))


def designations(persian: str) -> list[str]:
    """The Latin designations that a Persian one may spell out: ``سی-۸۰۲`` → ``["C802"]``, none when it does not.

    The result is in capitals without separators; ``ای`` stands for A, E and I, so that several may come back.
    """
    folded = fold(persian)
    parts = [part for part in _SEPARATORS.split(folded) if part]
    choices: list[list[str]] = []
    for part in parts:
        for piece in re.findall(r"[0-9]+|[A-Za-z]+|[ء-ی]+", part):
            if piece[0].isascii():
                choices.append([piece.upper()])
                continue
            read = _read_letters(piece)
            if not read:
                return []
            choices.append(read)
    if not any(choice[0].isdigit() for choice in choices) and len(choices) < 2:
        return []
    return ["".join(option) for option in product(*choices)][:32]


def _read_letters(piece: str) -> list[str]:
    """The ways to read a run of Persian letters as names of Latin letters (``انپیتی`` → ``NPT``)."""
    if not piece:
        return [""]
    found: list[str] = []
    for length in (6, 5, 4, 3, 2, 1):
        if len(piece) >= length and piece[:length] in _BY_NAME:
            rest = _read_letters(piece[length:])
            found += [letter + tail for letter in _BY_NAME[piece[:length]] for tail in rest]
    return found[:16]


def _spelled_alike(english: str, persian: str) -> float:
    """0.95 when a short acronym is spelled out letter by letter in Persian, else 0."""
    compact = _SEPARATORS.sub("", english)
    letters = re.sub(r"[0-9]+", "", compact)
    if not _ACRONYM.fullmatch(letters) or (len(letters) < 2 and letters == compact):
        return 0.0
    return 0.95 if compact in designations(persian) or compact in _read_letters_of(persian) else 0.0


def _read_letters_of(persian: str) -> list[str]:
    folded = _SEPARATORS.sub("", fold(persian))
    return _read_letters(folded) if folded.isalpha() and not folded.isascii() else []


def _single(sounds: str) -> str:
    """Doubled sounds are heard once."""
    return re.sub(r"([^0-9])\1", r"\1", sounds)


@lru_cache(maxsize=100_000)
def _skeleton(sounds: str) -> str:
    return _single(sounds.translate(_SKELETON)) or sounds[0]


@lru_cache(maxsize=100_000)
def _weight(sounds: str) -> float:
    return sum(_VOWEL_WEIGHT if sound in _VOWELS else 1.0 for sound in sounds)


@lru_cache(maxsize=200_000)
def _distance(source: str, target: str) -> float:
    """The weighted edit distance from English sounds to Persian ones."""
    dropped = [_PERSIAN_DROPPED.get(sound, 1.0) for sound in target]
    if dropped and target[0] == "A":
        dropped[0] = 0.15  # Persian puts ا before a group of consonants it cannot begin with: استالین
    if dropped and target[-1] == "h":
        dropped[-1] = 0.2  # a final ه is often only a vowel
    row = [0.0]
    for cost in dropped:
        row.append(row[-1] + cost)
    substitution = _SUBSTITUTION
    for sound in source:
        lose = _ENGLISH_DROPPED.get(sound, 1.0)
        diagonal = row[0]
        row[0] = left = diagonal + lose
        for at, other in enumerate(target, 1):
            above = row[at]
            best = diagonal if sound == other else diagonal + substitution.get((sound, other), 1.0)
            best = min(best, above + lose, left + dropped[at - 1])
            diagonal = above
            row[at] = left = best
    return row[-1]
