"""Which language a string is in, or each stretch of a string that mixes scripts: English, Persian, or neither.

The script decides first, then the letters and function words that only one language of that script has. langdetect
is asked, with a fixed seed, only about long strings for which neither says anything; it is unreliable on short ones
(it takes many Persian names for Arabic). Persian is the expected language of Arabic script, English that of Latin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from pipeline.text.offsets import Span

Language = Literal["en", "fa", "und"]
Script = Literal["latin", "arabic"]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
#: Letters of either script, with the signs that stand on them.
_EITHER = re.compile(
    f"(?P<latin>(?:{_LATIN.pattern})[\u0300-\u036f]*)|(?P<arabic>(?:{_ARABIC.pattern})[\u064b-\u065f\u0670]*)"
)
_ASIDE = re.compile(r"«[^«»]+»|“[^“”]+”|\"[^\"]+\"|\([^()]+\)|\[[^\[\]]+\]")
_WORDS_OF_AN_ASIDE, _SURE_OF_AN_ASIDE = 4, 0.8
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


class Stretch(NamedTuple):
    """A stretch of text in one script and language; its span begins and ends with a letter (or a vowel sign)."""

    span: Span
    script: Script
    language: Language
    confidence: float


def language_of_name(name: str, around: Literal["en", "fa"]) -> Literal["en", "fa"]:
    """The language of a name: that of the text ``around`` it, unless all its letters are of the other one's script.

    ``Hugo Chávez`` in a Persian sentence is the English form of a name, جسر in an English one a Persian form.
    """
    scripts = {character > "\u0600" for character in name if character.isalpha()}
    return around if len(scripts) != 1 else "fa" if scripts.pop() else "en"


def stretches(text: str) -> list[Stretch]:
    """The stretches of ``text`` that are each in one script and one language, in order.

    An English name in a Persian sentence is a stretch of its own, and so is a Persian word in an English note; what a
    quotation or bracket holds is judged apart when it is long enough to be sure of. Digits and punctuation between
    two stretches belong to neither; web and mail addresses are in no language.
    """
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    found: list[Stretch] = []
    for script, span in _runs(text, addresses):
        whole = language_of(text[slice(*span)])
        at = span.start
        for aside in _ASIDE.finditer(text, *span):
            language, confidence = language_of(aside[0])
            if language != whole[0] and confidence >= _SURE_OF_AN_ASIDE and len(aside[0].split()) >= _WORDS_OF_AN_ASIDE:
                found += _stretch(text, Span(at, aside.start()), script, *whole)
                found += _stretch(text, Span(*aside.span()), script, language, confidence)
                at = aside.end()
        found += _stretch(text, Span(at, span.end), script, *whole)
    return found


def _runs(text: str, addresses: list[tuple[int, int]]) -> Iterator[tuple[Script, Span]]:
    """Stretches from letter to letter between which no letter of another script and no address stands."""
    script: Script | None = None
    start = end = 0
    for match in _EITHER.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in addresses):
            continue
        own: Script = "latin" if match.lastgroup == "latin" else "arabic"
        parted = own != script or any(end <= a < match.start() for a, _ in addresses)
        if parted and script:
            yield script, Span(start, end)
        if parted:
            script, start = own, match.start()
        end = match.end()
    if script:
        yield script, Span(start, end)


def _stretch(text: str, span: Span, script: Script, language: Language, confidence: float) -> Iterator[Stretch]:
    """The stretch from the first to the last letter of ``span``, when there is one."""
    letters = list(_EITHER.finditer(text, *span))
    if letters:
        yield Stretch(Span(letters[0].start(), letters[-1].end()), script, language, confidence)


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
