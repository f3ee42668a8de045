"""Persian writing brought to one standard form, every character still leading back to what was written.

:func:`normalise` folds Arabic letters and presentation forms to Persian ones, drops tatweel and invisible marks, and
mends half-spaces, those written as spaces (``می شود``) and those lost altogether (``میشود``). It leaves digits,
punctuation and the author's own spellings (``بدنبال``, ``ساز و کار``) alone. :func:`fold` is the coarser,
same-length form that two spellings of one word share; it is for comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.text.offsets import MappedText, replaced
from pipeline.text.persian_words import NON_JOINING, ZWNJ, verb_forms, word_list
from pipeline.text.zwnj import restore

Edit = tuple[int, int, str]

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
)
_WORD = re.compile(rf"[ء-غف-يپچژکگی]+(?:{ZWNJ}[ء-غف-يپچژکگی]+)*")

_VERB_APART = re.compile(rf"(?<![ء-ۓ{ZWNJ}])(ن?می)([ \u00a0])([ء-غف-یپچژکگ]+)")
_ENDING_APART = re.compile(
    rf"([ء-غف-یپچژکگ{ZWNJ}]+)([ \u00a0])(ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?)?|تر(?:ین)?|ای|ام|اند|ایم|اید)(?![ء-ۓ{ZWNJ}])"
)

#: What no ending can follow, because it is one itself or belongs to the next verb.
_NO_STEMS = frozenset(["می", "نمی", "ها", "های", "هایی", "تر", "ترین", "ای", "ام", "اند", "ایم", "اید"])


def fold(text: str) -> str:
    """``text`` with letters and digits in one form each, of the same length: Arabic letters, presentation forms and
    carriers of hamza become plain Persian letters, Persian and Arabic digits ASCII ones.
    """
    return text.translate(_FOLD)


def normalise(text: str) -> MappedText:
    """``text`` in standard Persian writing; the map leads from each character back to its source.

    Idempotent. Text without Persian letters comes back as it is, except for invisible marks.
    """
    letters = text.translate(_SAME_LENGTH)
    clean = replaced(letters, _cleaning(letters)) if _DIRT.search(letters) else None
    current = letters if clean is None else clean.text
    # Spaces lie between words, so that both kinds of edit can be made at once.
    edits = sorted([*_space_edits(current), *_word_edits(current)])
    if not edits:
        return clean or MappedText.identity(current)
    mended = replaced(current, edits)
    return clean.compose(mended) if clean else mended


def normalise_word(word: str) -> str:
    """One word in standard writing, when the way back does not matter."""
    cleaned = word.translate(_SAME_LENGTH)
    return restore(_DIRT.sub(_clean, cleaned) if _DIRT.search(cleaned) else cleaned)


def _cleaning(text: str) -> Iterator[Edit]:
    """Marks that are dropped, ligatures spelled out, half-spaces that join nothing."""
    for match in _DIRT.finditer(text):
        yield match.start(), match.end(), _clean(match)


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


def _space_edits(text: str) -> Iterator[Edit]:
    """Spaces that should be half-spaces: after ``می`` and ``نمی``, and before endings that cannot stand alone."""
    if "می " in text or "می\u00a0" in text:
        spelled = verb_forms().spelled
        for match in _VERB_APART.finditer(text):
            if match[1] + match[3] in spelled:
                yield match.start(2), match.end(2), ZWNJ
    for match in _ENDING_APART.finditer(text):
        if _takes_ending(match[1], match[3]):
            joint = "" if match[1][-1] in NON_JOINING else ZWNJ
            yield match.start(2), match.end(2), joint


def _takes_ending(word: str, ending: str) -> bool:
    """Whether a word before a space can carry the ending that stands alone after it."""
    known = word_list()
    last = word.rsplit(ZWNJ, 1)[-1]
    if len(last) < 2 or last in _NO_STEMS or (ZWNJ in word and last.startswith("ها")):
        return False
    if ending.startswith("ها"):
        return known.is_noun(last) or known.is_noun(word) or known.is_adjective(last) or restore(word) != word
    if ending.startswith("تر"):
        return known.is_adjective(word) or known.is_adjective(last)
    if ending == "ای":
        return known.is_noun(last) and known.ends_in_silent_he(last)
    return last in verb_forms().participles


def _word_edits(text: str) -> Iterator[Edit]:
    """Half-spaces to add to (or take from) single words, as edits of nothing but the half-spaces."""
    for match in _WORD.finditer(text):
        word = match.group()
        right = restore(word)
        if right != word:
            yield from _half_space_edits(word, right, match.start())


def _half_space_edits(word: str, right: str, offset: int) -> Iterator[Edit]:
    """The edits that turn ``word`` into ``right``, which has the same letters; ``offset`` is where the word stands."""
    at = 0
    for character in right:
        if at < len(word) and word[at] == character:
            at += 1
        elif character == ZWNJ:
            yield offset + at, offset + at, ZWNJ
        else:
            while word[at] == ZWNJ:
                yield offset + at, offset + at + 1, ""
                at += 1
            at += 1
    while at < len(word):
        yield offset + at, offset + at + 1, ""
        at += 1
