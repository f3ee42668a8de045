"""Persian names that tables list: which of them the words around confirm, and what belongs to them besides.

Many names are common words too (ساری, مالی, غرب). Such a *doubtful* name counts where a noun before it says what it is,
where it stands in a row with sure names, where the tagger hears it, or where the text has been clear about it before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import is_rare
from pipeline.record import EntityType
from pipeline.text.persian_words import is_unknown

PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})
#: How sure the tagger has to be, to confirm a doubtful name, and to be heard alone.
_CONFIRMING = 0.6
#: What stands before a doubtful name that is a place all the same (کشور مالی).
PLACE_CUE = re.compile(fold(r"(?<!\w)(?:کشور|شهر|جمهوری|دولت|استان|شهرستان|پایتخت|مردم|روستای|امیرنشین|پادشاهی) $"))
#: What stands before an adjective of a people that is a common word too (شرکت ترک, پژوهشگران غربی).
_NORP_CUE = re.compile(
    fold(
        r"(?<!\w)(?:قومی?|اقوام|جهان|ملت|مردم|مردمان|شرکت|کشورهای|(?:دولت|قدرت|رسانه|شرکت|بانک|مقام)[ \u200c]?های|"
        r"منابع|متحدان|رهبران|مقامات|پژوهشگران|تحلیلگران|دانشمندان|مورخان|نویسندگان|بازرگانان|کارشناسان|"
        r"دیپلمات[ \u200c]?های|سامانه|سازنده|سازندگان|بلوک|ضد|تمدن|تعاونی[ \u200c]?های)[ \u200c]?$"
    )
)
_DIRECTION = re.compile(fold(r"(?:ٔ|ی)? (?:شرقی|غربی|شمالی|جنوبی|مرکزی)(?![\w\u200c])"))
_YEAR_BEHIND = re.compile(r"\s[0-9۰-۹٠-٩]")
_STYLE = re.compile(fold("جمهوری اسلامی ایران"))
_IRAN = re.compile(fold("ایران(?!\\w)"))
_BANK = re.compile(fold("(?:بانک|گمرک) "))
_NATIONAL = re.compile(fold("(?:بانک|بیمه|شرکت|موزه|انستیتو|انجمن|فدراسیون|اتاق|گمرک|کتابخانه|بورس|آکادمی) "))
_NEIGHBOUR = re.compile(fold(r"[ ]?(?:،|,)? (?:و )?"))


def listed_names(reading: Reading, known: Lexicon, systems: Occupied) -> tuple[list[Candidate], list[Candidate]]:
    """Gazetteer names that stand for themselves, and those that need a cue."""
    sure: list[Candidate] = []
    doubtful: list[Candidate] = []
    for descriptive in (False, True):
        for name, phrase in known.find(reading, descriptive=descriptive):
            if systems.overlaps(name.start, name.end):
                continue
            cues = _NORP_CUE if name.type == "NORP" else PLACE_CUE
            cue = cues.search(reading.text, max(0, name.start - 18), name.start)
            (doubtful if phrase.guarded and not (cue or _stands_in(reading, name)) else sure).append(name)
    return sure, doubtful


def _stands_in(reading: Reading, name: Candidate) -> bool:
    """Whether a town whose name is no word of the dictionary stands behind ``در``."""
    form = reading.text[name.start : name.end]
    return (
        name.type == "GPE"
        and " " not in form
        and not _YEAR_BEHIND.match(reading.text, name.end)
        and reading.text[max(0, name.start - 4) : name.start] in {" در ", "\nدر "}
        and is_unknown(form)
    )


def confirmed(doubtful: Iterable[Candidate], answers: Iterable[Candidate]) -> list[Candidate]:
    """Doubtful names that the tagger takes for names of about that type, from end to end."""
    said = {(answer.start, answer.end): answer for answer in answers}
    agreed = [(name, said.get((name.start, name.end))) for name in doubtful]
    return [
        name for name, answer in agreed if answer and answer.confidence >= _CONFIRMING and _akin(name.type, answer.type)
    ]


def _akin(one: EntityType, other: EntityType) -> bool:
    return one == other or (one in PLACES and other in PLACES)


def seconded(reading: Reading, named: list[Candidate], doubtful: list[Candidate]) -> list[Candidate]:
    """Doubtful names that stand in a row with sure ones of their type (نیجر، مالی و چاد)."""
    ends = {name.end: name for name in named}
    starts = {name.start: name for name in named}
    found: list[Candidate] = []
    for name in doubtful:
        after = _NEIGHBOUR.match(reading.text, name.end)
        following = starts.get(after.end()) if after and len(after.group()) > 1 else None
        before = next(
            (
                ends[match.start()]
                for match in _NEIGHBOUR.finditer(reading.text, max(0, name.start - 4), name.start)
                if match.end() == name.start and match.start() in ends and len(match.group()) > 1
            ),
            None,
        )
        if any(other is not None and other.type == name.type for other in (before, following)):
            found.append(name)
            ends[name.end] = name
    return found


def believed_again(reading: Reading, named: list[Candidate], doubtful: list[Candidate]) -> list[Candidate]:
    """Doubtful names, of words that running text hardly uses, that stand for their place elsewhere in the text."""
    seen = {(reading.text[name.start : name.end], name.key) for name in named if name.method == "gazetteer"}
    return [
        name
        for name in doubtful
        if ((form := reading.text[name.start : name.end]), name.key) in seen and (" " in form or is_rare(form))
    ]


def with_direction(reading: Reading, name: Candidate) -> Candidate:
    """A region or sea with the adjective that makes it a part (مدیترانهٔ شرقی)."""
    if name.type != "LOC" or name.method != "gazetteer" or " " in reading.text[name.start : name.end]:
        return name
    part = _DIRECTION.match(reading.text, name.end)
    return replace(name, end=part.end(), key="") if part else name


def with_state(reading: Reading, named: list[Candidate]) -> list[Candidate]:
    """``named`` with the state inside the organisation right before it.

    So with its full style (ارتش جمهوری اسلامی ایران), behind a bank, and with Iran behind a company or museum.
    """
    states = {name.start: name for name in named if name.type == "GPE"}
    taken: set[int] = set()
    found: list[Candidate] = []
    for name in named:
        state = states.get(name.end + 1) if name.type == "ORG" else None
        if state is not None and reading.text[name.end] == " " and _is_in_name(reading.text, name, state):
            taken.add(state.start)
            found.append(replace(name, end=state.end))
        else:
            found.append(name)
    return [name for name in found if name.start not in taken]


def _is_in_name(text: str, name: Candidate, state: Candidate) -> bool:
    """Whether a state behind an organisation is a part of its name."""
    if _STYLE.match(text, state.start) or _BANK.match(text, name.start):
        return True
    return bool(_IRAN.match(text, state.start) and _NATIONAL.match(text, name.start))
