"""Designations folded to one key: ``C-802``, ``C802``, ``C-802s`` and ``سی-۸۰۲`` are all ``C802``.

Persian writes the Latin letters of a designation by their names (اس-۳۰۰ for S-300), English and Russian names alike;
the table below holds those names in the spellings in use.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Persian names of Latin letters, longest first in the pattern made from them.
LETTERS: dict[str, str] = {
    "دابلیو": "W", "دبلیو": "W", "ایکس": "X", "کیو": "Q", "جِی": "J", "جی": "J", "اچ": "H", "ایچ": "H",
    "اف": "F", "اس": "S", "ام": "M", "ان": "N", "ال": "L", "آر": "R", "ار": "R", "سی": "C", "دی": "D",
    "بی": "B", "پی": "P", "تی": "T", "وی": "V", "یو": "U", "کا": "K", "کی": "K", "کِی": "K", "وای": "Y",
    "زد": "Z", "زی": "Z", "آی": "I", "ای": "A", "ئی": "E", "او": "O", "اِی": "A", "آ": "A",
}  # fmt: skip

LETTER_PATTERN = "|".join(sorted(map(re.escape, LETTERS), key=lambda name: (-len(name), name)))
_LETTER = re.compile(LETTER_PATTERN)
#: A letter whose Persian name may stand for two Latin ones.
_ALTERNATIVES = {"J": ("J", "G"), "A": ("A", "E"), "K": ("K", "KA")}
_SEPARATORS = re.compile(r"[\s\u200c\-–—ـ_/.'\"“”«»()]+")
_PLURAL = re.compile(r"(?<=[0-9A-Z])s$")


@lru_cache(maxsize=10_000)
def fold(surface: str) -> str:
    """The key of a designation or name in Latin or Persian letters: capitals and digits without separators."""
    bare = _PLURAL.sub("", surface.strip().removesuffix("'s"))
    return _SEPARATORS.sub("", bare).upper()


def latin_prefixes(persian: str) -> list[str]:
    """The Latin prefixes that Persian letter names may stand for (``جی اف`` is JF or GF); empty when it is none."""
    rest = _SEPARATORS.sub("", persian)
    spellings = [""]
    while rest:
        match = _LETTER.match(rest)
        if match is None:
            return []
        letter = LETTERS[match[0]]
        spellings = [done + each for done in spellings for each in _ALTERNATIVES.get(letter, (letter,))]
        rest = rest[match.end() :]
    return spellings


def hyphenated(prefix: str, number: str, suffix: str = "") -> str:
    """The canonical English form of a letter-and-number designation: ``C-802``; ``HQ-9B``."""
    return f"{prefix.rstrip('-')}-{number}{suffix}"


def slug(name: str) -> str:
    """A name as the tail of an id: lower case, words joined by hyphens; letters of any script are kept."""
    return re.sub(r"[^\w+#]+", "-", name.lower().replace("\u200c", "-")).strip("-")


_PERSIAN = re.compile(r"[\u0621-\u06FF]")


def is_latin(name: str) -> bool:
    """Whether a name is in Latin letters, accented ones too."""
    return _PERSIAN.search(name) is None


_COINED = re.compile(r"\w*(?:[a-z][A-Z]|[A-Za-z]\d|[A-Z]{2}[a-z])[\w.+-]*(?: \d[\d.]*)?|[\w-]+\+\+")


def is_coined(name: str) -> bool:
    """Whether a word in Latin letters is visibly made up: ``PyTorch``, ``wav2vec 2.0``, ``ERA5``, ``LaTeX``."""
    return bool(_COINED.fullmatch(name))
