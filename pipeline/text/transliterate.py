"""A name in the other script: likely Persian spellings of a Latin name, and likely Latin ones of a Persian name.

Each letter or group has a few readings with a cost; the cheapest combinations are found by beam search. Persian leaves
short vowels unwritten and English romanisations differ, so that many spellings come back, the likeliest first. What
costs how much is general knowledge of how Iranian writers spell foreign names and how Persian names are romanised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.text.orthography import fold

_BEAM = 160

_LATIN_UNITS = re.compile(
    r"tion|tch|sch|sh|ch|kh|gh|zh|ph|th|ck|dj|qu|ou|oo|ee|ie|ei|ea|ai|ay|au|c(?=[eiy])|c|g(?=[eiy])|g|x|[a-z]|[0-9]+|-"
)
#: Readings of a Latin unit anywhere (``""`` is none), the likeliest first.
_TO_PERSIAN: dict[str, Sequence[str]] = {
    "b": "ب", "d": "د", "f": "ف", "g": "گغ", "h": ("ه", "ح", ""), "j": "جژی", "k": "کق", "l": "ل", "m": "م", "n": "ن",
    "p": "پ", "q": "قکچ", "r": "ر", "s": ("س", "ص", "ز"), "t": "تط", "v": "و", "w": ("و", ""), "y": ("ی", ""),
    "z": "زذضظ", "sh": "ش", "ch": "چخکش", "kh": "خ", "gh": "غق", "zh": "ژ", "ph": "ف", "th": "تث", "ck": "ک",
    "dj": "ج", "qu": ("کو", "ک", "چ"), "tion": ("شن", "سیون"), "tch": "چ", "sch": "ش", "x": ("کس", "ش", "گز", "ز"),
    "a": ("ا", "", "ه", "ع"), "e": ("", "ه", "ی", "ا", "ع"), "i": ("ی", "", "ا"), "o": ("و", "ا", "", "ع"),
    "u": ("و", "", "ا", "ی"), "ou": ("و", "ا", "وو"), "oo": ("و",), "ee": ("ی",), "ie": ("ی", "یه"),
    "ei": ("ی", "ای", "ئی", "ایی"), "ea": ("ی", "یا", "ه"), "ai": ("ای", "ی", "ائی"), "ay": ("ای", "ی"),
    "au": ("و", "او", "ائو"), "-": ("\u200c", " ", ""),
}  # fmt: skip
#: Readings of vowels at the beginning of a word.
_INITIAL: dict[str, Sequence[str]] = {
    "a": ("آ", "ا", "ع"), "e": ("ا", "ع", "ای"), "i": ("ای", "ا", "ع"), "o": ("ا", "او", "ع"), "u": ("او", "ا", "یو"),
    "ou": ("او", "ا"), "oo": ("او",), "ee": ("ای",), "ei": ("ای", "آی"), "ai": ("ای", "آی"), "au": ("او", "آ"),
}  # fmt: skip
#: Groups of consonants that Persian begins with ا (``Stalin`` is استالین).
_CLUSTER = re.compile(r"s[tpkcml]|sch[wtlmn]")

#: Readings of a Persian letter, the likeliest first.
_TO_LATIN: dict[str, Sequence[str]] = {
    "ا": ("a", "o", "e"), "آ": ("a",), "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": ("ch",), "ح": "h",
    "خ": ("kh",), "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": ("zh", "j"), "س": "s", "ش": ("sh",), "ص": "s", "ض": "z",
    "ط": "t", "ظ": "z", "ع": ("a", "", "'"), "غ": ("gh",), "ف": "f", "ق": ("gh", "q"), "ک": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "و": ("u", "v", "o", "w", "ou"), "ه": ("h", "eh", "e"), "ی": ("i", "y", "ei"), "ئ": ("", "e"),
    "\u200c": ("", " ", "-"), " ": (" ",),
}  # fmt: skip
_SHORT = ("a", "e", "o")
_LETTER_COST, _SHORT_VOWEL_COST = 0.5, 0.35


def persian_candidates(name: str, limit: int = 10) -> list[str]:
    """Likely Persian spellings of a name in Latin letters, the likeliest first; at most ``limit``."""
    words = [_persian_words(word, limit * 2) for word in _plain(name).split()]
    return _joined(words, " ", limit)


def latin_candidates(name: str, limit: int = 10) -> list[str]:
    """Likely romanisations of a Persian name, each word capitalised, the likeliest first; at most ``limit``."""
    words = [[(cost, form.capitalize()) for cost, form in _latin_words(word, limit * 2)] for word in name.split()]
    return _joined(words, " ", limit)


def _plain(name: str) -> str:
    """Small letters without accents and apostrophes."""
    bare = unicodedata.normalize("NFKD", name.lower())
    return "".join(char for char in bare if char.isascii() and (char.isalnum() or char in " -"))


def _persian_words(word: str, limit: int) -> list[tuple[float, str]]:
    beam: list[tuple[float, str]] = [(0.0, "ا" if _CLUSTER.match(word) else "")]
    before = ""
    for match in _LATIN_UNITS.finditer(word):
        unit = match.group()
        if unit == before and unit not in {"e", "o"}:
            continue
        if unit.isdigit():
            choices: Sequence[str] = (unit,)
        elif match.start() == 0 and unit in _INITIAL:
            choices = _INITIAL[unit]
        elif unit == "c":
            choices = ("س",) if word[match.end() : match.end() + 1] in {"e", "i", "y"} else ("ک",)
        elif unit == "g" and word[match.end() : match.end() + 1] in {"e", "i", "y"}:
            choices = ("ج", "گ", "ژ")
        else:
            choices = _TO_PERSIAN.get(unit, ("",))
        if match.end() == len(word) and unit in {"a", "e"}:
            choices = ("ا", "ه") if unit == "a" else ("", "ه")
        beam = _extended(beam, choices)
        before = unit
    return beam[:limit]


def _latin_words(word: str, limit: int) -> list[tuple[float, str]]:
    """Consonants that meet may have a short vowel between them, which Persian does not write."""
    beam: list[tuple[float, str]] = [(0.0, "")]
    letters = [char for char in word if fold(char) in _TO_LATIN or char in _TO_LATIN]
    for at, letter in enumerate(letters):
        choices = _TO_LATIN.get(letter) or _TO_LATIN[fold(letter)]
        if letter == "ا" and at == 0:
            choices = ("a", "e", "o")
        beam = _extended(beam, choices)
        following = letters[at + 1] if at + 1 < len(letters) else ""
        if _is_consonant(letter) and _is_consonant(following):
            inserted = [
                (cost + _SHORT_VOWEL_COST * (1 + 0.3 * rank), form + vowel)
                for cost, form in beam
                for rank, vowel in enumerate(_SHORT)
            ]
            beam = _cut([*((cost + (0.45 if at == 0 else 0.2), form) for cost, form in beam), *inserted])
    return beam[:limit]


def _is_consonant(letter: str) -> bool:
    return letter != "" and letter not in "اآویعئ \u200c"


def _extended(beam: Sequence[tuple[float, str]], choices: Sequence[str]) -> list[tuple[float, str]]:
    return _cut(
        [
            (cost + _LETTER_COST * rank / (1 + 0.2 * rank), form + letter)
            for cost, form in beam
            for rank, letter in enumerate(choices)
        ]
    )


def _cut(beam: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The cheapest forms, each once."""
    best: dict[str, float] = {}
    for cost, form in beam:
        if cost < best.get(form, float("inf")):
            best[form] = cost
    return sorted(((cost, form) for form, cost in best.items()), key=lambda item: (item[0], item[1]))[:_BEAM]


def _joined(words: Sequence[Sequence[tuple[float, str]]], space: str, limit: int) -> list[str]:
    beam: list[tuple[float, str]] = [(0.0, "")]
    for word in words:
        if word:
            beam = _cut([(a + b, f"{left}{space if left else ''}{right}") for a, left in beam for b, right in word])
    return [form for _, form in beam[:limit] if form]
