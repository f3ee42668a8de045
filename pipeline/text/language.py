"""Which language a string is in: English, Persian, or neither.

The script decides first, then the letters and function words that only one language of that script has. langdetect
is asked, with a fixed seed, only about long strings for which neither says anything; it is unreliable on short ones
(it takes many Persian names for Arabic). Persian is the expected language of Arabic script, English that of Latin.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Language = Literal["en", "fa", "und"]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\s?[^\s<>«»]+|[\w.+-]+@[\w-]+\.[\w.-]+")

#: Letters that Arabic does not write (the last two are the Persian forms of kaf and yeh).
_PERSIAN_LETTER = re.compile(r"[پچژگ]")
_PERSIAN_FORM = re.compile(r"[کی]")
#: Endings and letters that Persian seldom writes.
_ARABIC_SIGN = re.compile(r"ة|\bال(?=\w{3})|\bوال(?=\w{3})|\bلل(?=\w{3})|إ")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ENGLISH_WORDS = _words(
    "the of and to in is that for it with as was on are by this be at from or an which not but have has had were "
    "its their they been can will would between into through than these those we our how what when where who "
    "about after during under over more most such also only other some may might could should"
)
_FOREIGN_WORDS = _words(
    "le la les des du une est et dans pour sur avec der die das und ein eine nicht mit von zu den dem el los las "
    "una por para con del que como il lo gli della che non sono ve bir için ile bu"
)
_PERSIAN_WORDS = _words(
    "و در به از که این است را با برای آن تا بر هم می شود شد بود های ها یا نیز اما اگر هر یک خود کرد کرده شده دارد "
    "دارند باشد بین چون چه پس میان نمی ای اند"
)
_ARABIC_WORDS = _words(
    "في من على إلى الى عن مع هذا هذه التي الذي ذلك تلك أن ان إن كان كانت قد لم لا ما بين بعد قبل و ثم أو حول عند "
    "كما هو هي"
) - {"و", "ما", "لا"}

#: Words below which langdetect is not asked, in Arabic and in Latin script: it errs on names, titles and references.
_LONG, _LONG_LATIN = 12, 30


def language_of(text: str) -> tuple[Language, float]:
    """The language of ``text`` and how sure that is, in [0, 1].

    ``("und", 0.0)`` when there is no letter in it; ``("und", c)`` when it is in a third language. Web and mail
    addresses don't count.
    """
    if "@" in text or "http" in text or "www" in text:
        text = _ADDRESS.sub(" ", text)
    latin = _LATIN.findall(text)
    arabic = _ARABIC.findall(text)
    latin_letters, arabic_letters = sum(map(len, latin)), sum(map(len, arabic))
    total = latin_letters + arabic_letters
    if not total:
        return "und", 0.0
    share = arabic_letters / total
    if 0.2 < share < 0.8:
        return _of_mixed(text, latin, arabic, share)
    return _of_arabic_script(text, arabic) if share >= 0.8 else _of_latin_script(text, latin)


def _of_mixed(text: str, latin: list[str], arabic: list[str], share: float) -> tuple[Language, float]:
    """A string of both scripts belongs to the language whose function words hold it together, or that it begins in."""
    english = sum(word.lower() in _ENGLISH_WORDS for word in latin)
    persian = sum(word in _PERSIAN_WORDS for word in arabic)
    if english != persian:
        return ("en", 0.7) if english > persian else ("fa", 0.7)
    begins_persian = _FIRST_LETTER.search(text)
    if share >= 0.5 or (begins_persian and begins_persian[0] > "\u0600"):
        return "fa", 0.5 + share / 4
    return "en", 0.5 + (1 - share) / 4


def _of_arabic_script(text: str, words: list[str]) -> tuple[Language, float]:
    letters = len(_PERSIAN_LETTER.findall(text))
    persian = sum(word in _PERSIAN_WORDS for word in words) + letters
    arabic = sum(word in _ARABIC_WORDS for word in words)
    if arabic:
        arabic += len(_ARABIC_SIGN.findall(text))
    if persian > arabic:
        return "fa", 0.99 if letters or persian > 2 else 0.9
    if arabic > 2 * persian + 1:
        return "und", 0.9
    if _PERSIAN_FORM.search(text):
        return "fa", 0.9
    if len(words) < _LONG:
        return "fa", 0.6
    return ("und", 0.7) if _ask_langdetect(text) == "ar" else ("fa", 0.7)


def _of_latin_script(text: str, words: list[str]) -> tuple[Language, float]:
    lower = [word.lower() for word in words]
    english = sum(word in _ENGLISH_WORDS for word in lower)
    foreign = sum(word in _FOREIGN_WORDS for word in lower)
    if english > foreign:
        return "en", 0.99 if english > 2 else 0.9
    if foreign > 2 * english + 1 and foreign * 6 > len(words):
        return "und", 0.8
    if len(words) < _LONG_LATIN:
        return "en", 0.7
    return ("en", 0.7) if _ask_langdetect(text) in ("en", "unknown") else ("und", 0.6)


def _ask_langdetect(text: str) -> str:
    """langdetect's ISO 639-1 code, ``unknown`` when it finds nothing to go by."""
    detect, nothing = _langdetect()
    try:
        return str(detect(text))
    except nothing:
        return "unknown"


@cache
def _langdetect():  # type: ignore[no-untyped-def]
    """langdetect's function and its error; imported when first needed, and seeded, for it samples at random."""
    from langdetect import DetectorFactory, detect
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = 0
    return detect, LangDetectException
