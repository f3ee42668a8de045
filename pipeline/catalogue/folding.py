"""Words in the form the catalogue knows them by, the same for what is stored and for what is asked.

Folding is done here and not by the database, so that SQLite and PostgreSQL hold the same words and give the same
answers. It needs no word list, because a query must not wait for one: ``می شود``, ``می‌شود`` and ``میشود`` are one
word, so are ``كتابها``, ``کتاب‌های`` and ``کتاب``, ``C-802`` and ``c802``, ``۱۳۹۴`` and ``1394``, ``Missiles`` and
``missile``. Keys are for finding, never for showing; that some different words share one (hamza is dropped) costs a
search little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.lemma import english_lemma
from pipeline.text.persian_letters import fold, in_persian_letters

#: Keys longer than this many characters are cut: no word is so long, and both databases set a limit somewhere.
LONGEST = 64

_DIGIT = "0-9۰-۹٠-٩"
_PERSIAN = "\u0621-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc"
#: Marks that may stand inside a word and are not seen: half-spaces, joiners, direction marks, soft hyphens.
_UNSEEN = "\u200b-\u200f\u00ad\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_GAP = rf"[{_UNSEEN}]*[ \u00a0]?[{_UNSEEN}]*"
_PLURAL = r"ها(?:[یي]?[یي]|[یي]?(?:م|ت|ش|مان|تان|شان))?"
_WORD = re.compile(
    rf"(?P<designation>(?<![A-Za-z])[A-Za-z]{{1,6}}[-‐‑–.]?[{_DIGIT}]+[A-Za-z]{{0,2}}(?![A-Za-z{_DIGIT}]))"
    rf"|(?P<number>[{_DIGIT}]+(?:[,٬][{_DIGIT}]{{3}}(?![{_DIGIT}]))*)"
    # می and نمی belong to the verb behind them, the plural and تر to the word before them, however they are spaced.
    rf"|(?P<persian>(?:ن?م[یيى]{_GAP}(?=[{_PERSIAN}]{{2}}))?[{_PERSIAN}]+(?:[{_UNSEEN}]+[{_PERSIAN}]+)*"
    rf"(?:[ \u00a0](?:{_PLURAL}|تر(?:[یي]ن)?|اند|ا[یي]م|ا[یي]د)(?![{_PERSIAN}{_UNSEEN}]))*)"
    r"|(?P<other>[^\W\d_]+(?:['’][a-z]{1,2}(?![a-z]))?)"
)
_JOINT = "\u200c"
#: Endings of three letters or more that belong to the word before a half-space.
_ENDING = re.compile(rf"(?:{_PLURAL}|ترین|اند|ایم|ا[یي]د|مان|تان|شان)(?: .*)?$")
_MARKS = re.compile(rf"[\u0640\u064b-\u065f\u0670{_UNSEEN}]")
#: An ezafe, an indefinite or a relative ending behind a silent ه.
_AFTER_HE = re.compile(rf"(?<=ه)[{_UNSEEN} ]+(?:ی|ای)$")
_PLURAL_ENDING = re.compile(r"ها(?:یی|ی|یم|یت|یش|م|ت|ش|یمان|یتان|یشان|مان|تان|شان)?$")
#: Words that end like a plural and are none.
_NO_PLURAL = frozenset(["تنها", "تنهایی", "انتها", "انتهای", "انتهایی", "منتها", "بهای", "رهایی", "نهایی", "نهایت"])
#: Words whose capitals carry their meaning; a search takes both writings for one word.
_AS_WRITTEN = frozenset(["us", "it", "who", "aids"])
_NOT_A_LETTER = re.compile(r"[\W_]+")


class Word(NamedTuple):
    """A key and where its word stands, ``[start, end)`` of the text it was found in."""

    key: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in either language, in order."""
    for match in _WORD.finditer(text):
        found, start = match.group(), match.start()
        if _JOINT not in found:
            if key := _key(found, match.lastgroup or "other"):
                yield Word(key, start, match.end())
            continue
        for part in _parts(found):
            if key := _key(part, "persian"):
                yield Word(key, start, start + len(part))
            start += len(part) + len(_JOINT)


def folded(text: str) -> str:
    """The keys of a text between single spaces: what full-text indexes are made of."""
    keys = []
    for designation, number, persian, other in _WORD.findall(text):
        if other:
            keys.append(_key(other, "other"))
        elif _JOINT in persian:
            keys += [_key(part, "persian") for part in _parts(persian)]
        elif persian:
            keys.append(_key(persian, "persian"))
        else:
            keys.append(_key(number, "number") if number else _key(designation, "designation"))
    return " ".join(filter(None, keys))


def prefix(text: str) -> str:
    """The key that words beginning with ``text`` begin with: folded letters without any ending taken off."""
    return _plain(text)[:LONGEST]


@lru_cache(maxsize=100_000)
def compact(name: str) -> str:
    """A name reduced to its letters and digits, by which spellings of one name meet (``C-802`` and ``c 802``)."""
    return _plain(name)[:200]


def _parts(word: str) -> list[str]:
    """A Persian word cut at the half-spaces between words (``خلیج‌فارس`` is ``خلیج فارس``), not at those of affixes.

    What has one or two letters is an affix (``بی‌``, ``هم‌``, ``‌گر``), and so are a verb's نمی and the longer endings.
    """
    parts: list[str] = []
    for piece in word.split(_JOINT):
        last = parts[-1].rsplit(_JOINT, 1)[-1] if parts else ""
        if len(last) < 3 or len(piece) < 3 or last in ("نمی", "نمي") or _ENDING.match(piece):
            parts[-1:] = [f"{parts[-1]}{_JOINT}{piece}" if parts else piece]
        else:
            parts.append(piece)
    return parts


@lru_cache(maxsize=300_000)
def _key(word: str, kind: str) -> str:
    if kind == "persian":
        return _persian_key(word)
    if kind == "other":
        lower = "".join(c for c in unicodedata.normalize("NFKD", word).lower() if not unicodedata.combining(c))
        lower = lower if lower in _AS_WRITTEN or not lower.isascii() else english_lemma(lower)
        return _NOT_A_LETTER.sub("", lower)[:LONGEST]
    if kind == "designation" and word.endswith("s") and word[-2:-1].isdigit():
        word = word[:-1]
    return _plain(word)[:LONGEST]


def _persian_key(word: str) -> str:
    bare = _AFTER_HE.sub("", in_persian_letters(word).strip())
    bare = fold(unicodedata.normalize("NFKC", _MARKS.sub("", bare))).replace(" ", "").replace("\u00a0", "")
    if bare not in _NO_PLURAL:
        stem = _PLURAL_ENDING.sub("", bare)
        bare = stem if len(stem) > 1 else bare
    return _NOT_A_LETTER.sub("", bare)[:LONGEST]


def _plain(text: str) -> str:
    """Letters and digits alone, lower case, without diacritics."""
    apart = unicodedata.normalize("NFKD", fold(in_persian_letters(text))).lower()
    return _NOT_A_LETTER.sub("", fold(_MARKS.sub("", "".join(c for c in apart if not unicodedata.combining(c)))))
