"""Persian letters: other codes for them folded to one, and marks that show nothing dropped.

Arabic kaf and yeh, presentation forms and ligatures become the plain Persian letters; tatweel, direction marks and
half-spaces that join nothing go. Words and spaces are the business of :mod:`pipeline.text.spacing`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.text.persian_words import NON_JOINING, ZWNJ
from pipeline.text.repair import Edit, Kind

_LETTERS = {
    "ي": "ی", "ى": "ی", "ﻱ": "ی", "ې": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه",
    "ۂ": "ۀ", "ۃ": "ه", "ٱ": "ا", "ﺍ": "ا",
}  # fmt: skip
_TO_PERSIAN = str.maketrans(_LETTERS)


def _presentation_letters() -> dict[str, str]:
    """Presentation forms that stand for one letter, with that letter in Persian; ligatures stand for several."""
    found = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            found[chr(code)] = plain.translate(_TO_PERSIAN)
    return found


_PRESENTATION = _presentation_letters()
#: One letter for one letter, so that offsets stay: what :func:`normalise` does first and :func:`fold` builds on.
_SAME_LENGTH = str.maketrans({**_LETTERS, **_PRESENTATION})
_FOREIGN = re.compile(f"[{''.join(sorted(map(chr, _SAME_LENGTH)))}]+")
_FOLD = str.maketrans(
    {
        **_LETTERS, **_PRESENTATION, "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ی", "ۀ": "ه",
        **{chr(0x06F0 + n): str(n) for n in range(10)}, **{chr(0x0660 + n): str(n) for n in range(10)},
    }
)  # fmt: skip

_LIGATURE = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
_DROPPED = "\u0640\u200b\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_DIRT = re.compile(
    rf"[{_DROPPED}]+|[\uFB50-\uFDFB\uFE70-\uFEFC]|[\u200c\u00ac]{{2,}}|(?<![\w\u064b-\u0655]){ZWNJ}|{ZWNJ}(?!\w)"
    rf"|(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}"
)


def fold(text: str) -> str:
    """``text`` with letters and digits in one form each, of the same length: Arabic letters, presentation forms and
    carriers of hamza become plain Persian letters, Persian and Arabic digits ASCII ones.
    """
    return text.translate(_FOLD)


def in_persian_letters(text: str) -> str:
    """``text`` in Persian letters, each in its place."""
    # Few texts have many others: looking for them is a hundred times faster than translating each letter.
    return _FOREIGN.sub(lambda match: match.group().translate(_SAME_LENGTH), text)


def cleaning(text: str) -> Iterator[Edit]:
    """Marks that are dropped, ligatures spelled out, half-spaces that join nothing."""
    for match in _DIRT.finditer(text):
        kind: Kind = "letter" if _LIGATURE.match(match.group()) else "mark"
        yield Edit(match.start(), match.end(), _clean(match), kind, 1.0)


def cleaned(text: str) -> str:
    """``text`` after :func:`cleaning`, when the way back does not matter."""
    return _DIRT.sub(_clean, text) if _DIRT.search(text) else text


def _clean(match: re.Match[str]) -> str:
    found = match.group()
    if _LIGATURE.match(found):
        return unicodedata.normalize("NFKC", found).translate(_SAME_LENGTH).strip()
    if ZWNJ in found and len(found) > 1:
        before = match.string[match.start() - 1 : match.start()]
        after = match.string[match.end() : match.end() + 1]
        return ZWNJ if _is_letter(before) and _is_letter(after) else ""
    return ""


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u064b" <= character <= "\u0655"
