"""Persian laws in parts and places: ``مادهٔ ۶۰``, ``اصل سی‌ام``, ``قرارداد ۱۹۲۱``, and the town a treaty is named for.

``قرارداد`` and ``مادهٔ`` are common words, so that a part counts only in a text that names a law, and only with its
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import is_unknown
from pipeline.text.persian_words import ZWNJ

_UNITS = "یکم|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم"
_TENS = "دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|نوزدهم|بیستم|سی[ \u200c]?ام|چهلم|پنجاهم"
_JOINED = rf"(?:بیست|سی|چهل|پنجاه)[ \u200c]?و[ \u200c]?(?:{_UNITS})"
_PART = re.compile(
    fold(
        rf"(?<![\w\u200c])(?:ماده|اصل|بند|تبصره|متمم)[ٔی]?[ \u200c]?"
        rf"(?:[0-9۰-۹٠-٩]{{1,4}}|{_JOINED}|{_UNITS}|{_TENS}|نخست|اول)(?![\w\u200c])"
    )
)
#: ``در بند اول`` may be the stanza of a poem and ``اصل اول`` a principle, so that words need a law right behind.
_LOOSE = re.compile(fold(r"(?:اصل|بند) ?[ٔی]?(?:\D+)$"))
_LAW_BEHIND = re.compile(fold(r"^[ \u200c](?:قانون|معاهده|عهدنامه|پیمان|کنوانسیون|منشور|قرارداد|اساسنامه|برجام|متمم)"))
_ITS = re.compile(fold(r" (?:آن|این|همان)(?!\w)"))
_DATED = re.compile(
    fold(
        r"(?<![\w\u200c])(?:قرارداد|عهدنامه|معاهده|پیمان|کنوانسیون|پروتکل|موافقتنامه|موافقت[ \u200c]نامه)[ٔی]?"
        r" (?:[12١٢۱۲][0-9٠-٩۰-۹]{3})(?![\w\u200c])"
    )
)
_DATED_EVENT = re.compile(
    fold(
        r"(?<![\w\u200c])(?:زلزله|زمین[ \u200c]?لرزه|سیل|قحطی|کودتای|انقلاب|بحران(?: نفتی| مالی| اقتصادی)?)[ٔی]?"
        r" [1١۱2٢۲][0-9٠-٩۰-۹]{3}(?![\w\u200c])"
    )
)
_TREATY = frozenset(fold("عهدنامه معاهده پیمان صلح کنوانسیون بیانیه توافق تفاهم پروتکل قرارداد توافقنامه نبرد").split())
#: Those that are named for towns more than for anything else.
_OF_TOWNS = _TREATY - frozenset(fold("کنوانسیون پروتکل قرارداد توافق").split())
_WORD = re.compile(r"[^\W_]+")


def parts_of_laws(reading: Reading, deeds: Sequence[Candidate], names: Sequence[Candidate]) -> Iterator[Candidate]:
    """Numbered articles, where the text names a law; and treaties and events named by their year."""
    following = {name.start: name for name in names if name.type in {"GPE", "ORG", "LOC"}}
    for match in _DATED.finditer(reading.text):
        place = following.get(match.end() + 1)
        yield Candidate(match.start(), place.end if place else match.end(), "LAW", "pattern", confidence=0.75)
    for match in _DATED_EVENT.finditer(reading.text):
        yield Candidate(*match.span(), "EVENT", "pattern", confidence=0.75)
    if not any(deed.type == "LAW" for deed in deeds):
        return
    for match in _PART.finditer(reading.text):
        if _ITS.match(reading.text, match.end()):
            continue
        loose = _LOOSE.match(match.group()) and not _LAW_BEHIND.match(reading.text, match.end())
        if not loose or _constitutional(reading, match.start()):
            yield Candidate(*match.span(), "LAW", "pattern", confidence=0.75)


def _constitutional(reading: Reading, start: int) -> bool:
    """Whether a constitution or another law is named in the sentence before a position."""
    before = re.split(r"[.؟!\n]", reading.text[max(0, start - 90) : start])[-1]
    return re.search(fold(r"قانون|عهدنامه|معاهده|پیمان|منشور|کنوانسیون"), before) is not None


def towns_of_treaties(reading: Reading, deeds: Sequence[Candidate], places: Sequence[Candidate]) -> Iterator[Candidate]:
    """The town in the name of a treaty or battle of two words (``عهدنامه ترکمانچای``).

    ``places`` are those that a gazetteer or the tagger would take there for places, though not surely.
    """
    spans = {(place.start, place.end): place for place in places}
    for deed in deeds:
        if deed.type not in {"LAW", "EVENT"}:
            continue
        words = list(_WORD.finditer(reading.text, deed.start, deed.end))
        if len(words) < 2 or words[0].group() not in _TREATY or ZWNJ in reading.text[words[0].end() : words[1].start()]:
            continue
        last = words[-1]
        place = spans.get(last.span())
        if place is not None and place.type not in {"GPE", "LOC", "FAC"}:
            continue
        if place is not None:
            yield Candidate(*last.span(), "GPE", "consistency", place.key if place.type == "GPE" else "", 0.75)
        elif len(words) == 2 and words[0].group() in _OF_TOWNS and is_unknown(last.group()):
            yield Candidate(*last.span(), "GPE", "pattern", confidence=0.7)
