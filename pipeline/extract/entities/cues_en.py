"""What the words around an English name say of it: a place is *near* something, a person *said* it, a maker *built* it.

The cues serve twice: to find names the model does not see (:func:`cued_names`), and to weigh those it does
(:func:`place_cue`, :func:`person_cue`, :func:`maker_cue`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.classes_en import NAME
from pipeline.extract.entities.given_names import given_names
from pipeline.extract.entities.grammar_en import heads
from pipeline.extract.entities.people_en import FULL_NAME
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.towns import town
from pipeline.extract.entities.words_en import NOT_FAMILY, STOP_EN

_IN_PLACE = re.compile(
    r"(?:\b(?:in|at|near|off|outside|inside|around|against|via|through|(?:strike|attack|raid|assault|bombardment|march)s?\s+on|towards?|across|(?:north|south|east|west)(?:east|west)?\s+of|"
    r"(?:capture|fall|siege|city|town|village|port|outskirts|suburb|streets|people|mayor|governor)s?\s+of|reach(?:ed|ing|es)?|"
    r"visit(?:ed|ing|s)?|(?:re)?took|retak(?:en|ing)|(?:re)?captured|seized|besieged|bombed|shelled|stormed|abandoned|fled|enter(?:ed|ing|s)?|leaving|left\s+for|from|to|between|road\s+to)\s+)$"
)
_STRONG_PLACE = re.compile(
    r"\b(?:near|off|outside|(?:north|south|east|west)(?:east|west)?\s+of|(?:born|lived?|held|signed|met|killed|buried|"
    r"died|arrived?|landed|stationed|deployed|located|situated|built|opened|assembled|based|fought|settled|exiled|"
    r"published|printed|crashed|stationed|garrisoned|imprisoned|executed|(?:base|plant|refinery|camp|factory|facility|prison|shipyard|garrison|market)s?)\s+(?:in|at|near)|(?:city|town|village)\s+of)\s+$"
)
_PLACE_BEHIND = re.compile(
    r"\s+(?:province|region|district|county|oblast|governorate|city|airport|port|bazaar|garrison|suburbs?|section|border|crossing|bridge|front|sector|checkpoint|area|countryside)\b"
)
_SPEAKS = (
    r"(?:said|says|told|tells|wrote|writes|argued|argues|claimed|claims|announced|declared|stated|stressed|noted|notes|added|"
    r"replied|warned|promised|insisted|remarked|observed|observes|believed|believes|thought|visited|met|resigned|"
    r"died|was\s+born|was\s+elected|was\s+appointed|himself|herself|spoke|suggested|suggests|maintains|holds|explains|"
    r"refused|rejected|accepted|accused|criticised|criticized|praised|pledged|recalled|composed|translated|taught)\b"
)
_PERSON_BEHIND = re.compile(
    rf"(?:['’]s\s+(?:son|father|wife|brother|death|poem|poetry|view|theory|speech|government)|\s+(?:\w+ly\s+|then\s+|also\s+)?{_SPEAKS}|,\s+who\b)"
)
_PERSON_BEFORE = re.compile(
    r"\b(?:according to|by|following|succeeded|elected|appointed|(?:translations?|poems?|poetry|biograph\w+) of)\s+$"
)
_ROLES = (
    r"advis[eo]r|minister|president|premier|chancellor|envoy|ambassador|spokes(?:man|woman|person)|secretary|director|"
    r"chair(?:man|woman)?|co-chair|head|chief|commander|governor|mayor|leader|deputy|senator|professor|historian|poet|"
    r"novelist|writer|author|scholar|philosopher|physicist|engineer|pilot|officer|general|admiral|diplomat|negotiator|"
    r"founder|analyst|economist|journalist|editor|critic|translator|painter|architect|physician|king|queen|sultan|shah|emir|"
    r"ruler|vizier|khan|caliph|emperor|bishop|researcher|scientist|theorist|sociologist|jurist|judge|representative"
)
_POST_BEHIND = re.compile(
    rf",\s+(?:then\s+|now\s+|also\s+)?(?:(?:the|a|an|its|his|her|their|one\s+of)\s+)?(?:[\w’'.-]+\s+){{0,4}}?(?:{_ROLES})\b",
    re.IGNORECASE,
)
_POST_BEFORE = re.compile(rf"\b(?:{_ROLES}),\s+$", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:built|made|manufactured|produced|supplied|marketed|operated|owned|acquired|sold|released|developed|"
    r"maintained|funded|offered|previewed|launched)\s+(?:\w+ly\s+)?by\s+(?:the\s+)?$"
)
_FIRM = (
    r"(?:company|firm|consortium|manufacturer|shipbuilder|shipyard|contractor|conglomerate|airline|carmaker|start-?up|"
    r"think[ -]tank|charity|retailer|brewery|publisher|broadcaster|subsidiary|utility)"
)
_FIRM_BEFORE = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+(?:[\w-]+\s+){{0,3}}{_FIRM}\s+$")
_FIRM_BEHIND = re.compile(rf",\s+(?:an?|the|its|their)\s+(?:(?!of\b)[\w’'-]+\s+){{0,3}}{_FIRM}\b")
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.\s?){1,3}(?:(?:de|von|van|al)[ -])?([A-Z][a-zà-ž]{2,}(?:-[A-Z][a-z]+)?)\b(?!\s+[A-Z])"
)
_NUMERAL = re.compile(r"\b(?:II|III|IV|VI{0,3}|IX|XI{0,3}|XI?V|XVI)\b")
_RULER = re.compile(
    r"(?i:\b(?:king|queen|emperor|sultan|tsar|czar|pope|under|defeated|son of|(?:reign|court|death) of))\s+"
    r"([A-Z][^\W\d_]+)\s$"
)
_LIVES = re.compile(
    r"\s+(?:wrote|drafted|resigned|married|travell?ed|was\s+(?:born|killed|arrested|executed|exiled|imprisoned)|died|studied|"
    r"taught|grew\s+up|recalls|recalled|remembers|excavated|translated)\b"
)
_WROTE = re.compile(r"\b(?:wrote|composed|authored|compiled)\s+(?:the|his|her|a|an)\s+$")
_ROW = re.compile(r"(?:,\s+|,?\s+(?:and|or)\s+)$")
_NAME = re.compile(NAME)
_WORDS = re.compile(r"[^\W_]+")


def place_cue(text: str, start: int, end: int, *, strong: bool = False) -> bool:
    """Whether the words around a name speak of a place; ``strong`` ones need no list of towns."""
    pattern = _STRONG_PLACE if strong else _IN_PLACE
    return bool(pattern.search(text, max(0, start - 32), start) or _PLACE_BEHIND.match(text, end))


def stands_in(text: str, start: int) -> bool:
    """Whether a plain *in* stands before a name."""
    return text[max(0, start - 4) : start].split()[-1:] == ["in"]


def person_cue(text: str, start: int, end: int) -> bool:
    """Whether the words around a name speak of a person."""
    return bool(
        _PERSON_BEHIND.match(text, end)
        or _POST_BEHIND.match(text, end, end + 90)
        or _PERSON_BEFORE.search(text, max(0, start - 24), start)
        or _POST_BEFORE.search(text, max(0, start - 24), start)
    )


def maker_cue(text: str, start: int, end: int) -> bool:
    """Whether the words around a name speak of one who makes or runs things, or call it a company."""
    return bool(
        _MADE.search(text, max(0, start - 40), start)
        or _FIRM_BEFORE.search(text, max(0, start - 60), start)
        or _FIRM_BEHIND.match(text, end)
    )


def cued_names(
    reading: Reading, taken: Occupied, families: frozenset[str], places: Iterable[int]
) -> Iterator[Candidate]:
    """Persons, towns and makers on free ground that the words in and around them give away.

    ``families`` are family names the text has with a given name, so no towns; ``places`` are the ends of known places.
    """
    text = reading.text
    given = given_names()
    places = set(places)
    for match in _INITIALS.finditer(text):
        family = match.group(1)
        if family in STOP_EN or family in heads() or reading.is_ordinary(family) or reading.is_quiet(match.start()):
            continue
        if not taken.overlaps(*match.span()):
            yield Candidate(*match.span(), "PERSON", "pattern", confidence=0.75)
    for numeral in _NUMERAL.finditer(text):
        ruler = _RULER.search(text, max(0, numeral.start() - 40), numeral.start())
        if ruler is not None and not taken.overlaps(ruler.start(1), numeral.end()):
            yield Candidate(ruler.start(1), numeral.end(), "PERSON", "pattern", confidence=0.72)
    for match in _NAME.finditer(text):
        start, end = match.span()
        if reading.is_quiet(start):
            continue
        if taken.overlaps(start, end):
            end = _free_end(text, start, end, taken)
        words = _WORDS.findall(text, start, end)
        if not words or words[0] in STOP_EN or text[start - 1 : start] in {"-", "–", "/"}:
            continue
        if words[0] in given and (full := _with_particles(text, start, end, taken)) > end:
            yield Candidate(start, full, "PERSON", "pattern", confidence=0.75)
        elif _WROTE.search(text, max(0, start - 24), start) and not taken.overlaps(start, match.end()):
            yield Candidate(start, match.end(), "WORK", "pattern", confidence=0.68)
        elif len(words) > 1 and words[0] in given and _personal(text, start, end, words):
            yield Candidate(start, end, "PERSON", "pattern", confidence=0.75)
        elif (
            len(words) > 1
            and not any(reading.is_ordinary(word) for word in words)
            and _personal(text, start, end, words)
            and (_LIVES.match(text, end) or _has_post(text, start, end))
        ):
            yield Candidate(start, end, "PERSON", "pattern", confidence=0.65)
        elif words[-1] not in families and (
            _is_town(reading, start, end, words) or _in_a_row(reading, start, end, words, places)
        ):
            places.add(end)
            yield Candidate(start, end, "GPE", "pattern", confidence=0.72)
        elif len(words) <= 3 and maker_cue(text, start, end) and words[0] not in given and _makers(reading, words):
            yield Candidate(start, end, "ORG", "pattern", confidence=0.68)


def _with_particles(text: str, start: int, end: int, taken: Occupied) -> int:
    """The end of a name that goes on behind a particle (*Badr bin Saud Al Busaidi*), or the given end."""
    match = FULL_NAME.match(text, start)
    if match is None or not any(part[0].islower() for part in match.group().split()):
        return end
    return end if taken.overlaps(start, match.end()) or match.end() <= end else match.end()


def _has_post(text: str, start: int, end: int) -> bool:
    before = _POST_BEFORE.search(text, max(0, start - 24), start)
    return bool(before or _POST_BEHIND.match(text, end, end + 90))


def _free_end(text: str, start: int, end: int, taken: Occupied) -> int:
    """The end of the words from ``start`` on that nothing has taken."""
    last = start
    for word in _WORDS.finditer(text, start, end):
        if taken.overlaps(*word.span()):
            break
        if word.group()[0].isupper():
            last = word.end()
    return last


def _personal(text: str, start: int, end: int, words: list[str]) -> bool:
    """Whether capitalised words can be a person's name."""
    surface = text[start:end]
    return (
        len(words) <= 5
        and " of " not in surface
        and words[-1] not in NOT_FAMILY
        and not any(word in STOP_EN or word in heads() or (word.isupper() and len(word) > 1) for word in words)
    )


def _is_town(reading: Reading, start: int, end: int, words: list[str]) -> bool:
    text = reading.text
    if not place_cue(text, start, end) or re.match(r"\s+[A-Z]", text[end : end + 3]):
        return False
    surface = " ".join(text[start:end].split())
    if 1 < len(words) < 4 and place_cue(text, start, end, strong=True) and _proper_words(reading, words):
        return True
    if len(words) == 1:
        word = words[0]
        if word.isupper() or reading.is_ordinary(word) or word in given_names() or word in heads():
            return False
        if place_cue(text, start, end, strong=True) and len(word) > 3 and not _inner_capital(word):
            return True
    return town(surface) is not None


def _proper_words(reading: Reading, words: list[str]) -> bool:
    given = words[0] in given_names()
    return not given and not any(reading.is_ordinary(word) or word in heads() or word.isupper() for word in words)


def _in_a_row(reading: Reading, start: int, end: int, words: list[str], places: set[int]) -> bool:
    """Whether a town's name follows another place in a list (*Shiraz, Kazerun and Borazjan*)."""
    before = _ROW.search(reading.text, max(0, start - 8), start)
    if before is None or before.start() not in places or re.match(r"\s+[A-Z]", reading.text[end : end + 3]):
        return False
    ordinary = any(reading.is_ordinary(word) or word in given_names() or word in heads() for word in words)
    return not ordinary and town(" ".join(words)) is not None


def _makers(reading: Reading, words: list[str]) -> bool:
    return words[-1] not in heads() and not all(reading.is_ordinary(word) for word in words) and len(words[0]) > 1


def _inner_capital(word: str) -> bool:
    return any(char.isupper() for char in word[1:])
