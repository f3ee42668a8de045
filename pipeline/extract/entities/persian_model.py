"""The statistical voice for Persian: what the trained tagger takes for names, as candidates.

The tagger (:mod:`pipeline.text.tagger`) has two heads. ``news``, learnt from PEYMA, knows persons, organisations and
locations; ``tweets``, learnt from ParsTwiNER, also nationalities, events and political groups, and is heard for these
alone. Neither corpus tells a state from a sea: a location is GPE, LOC or FAC by what the gazetteers say of the whole
name, else by the noun it begins with or follows (دریای خزر, فرودگاه مهرآباد), else it is GPE, as most are.
"""

from __future__ import annotations

from functools import cache

from pipeline import resources
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.lexicon import lexicon, persian_forms
from pipeline.extract.entities.reading import Reading, fold
from pipeline.record import EntityType
from pipeline.text.tagger.network import Network
from pipeline.text.tagger.pieces import pieces
from pipeline.text.tagger.reading import Tagged, tag
from pipeline.text.tagger.store import load_network

RESOURCE = "ner/persian.npz"
_NEWS, _TWEETS = "news", "tweets"
_KINDS: dict[str, EntityType] = {
    "PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "POG": "ORG", "NAT": "NORP", "EVE": "EVENT"
}  # fmt: skip
#: What only the second head knows, and how much its answers are worth on prose unlike its own.
_ONLY_TWEETS = frozenset({"POG", "NAT", "EVE"})
_FOREIGN_REGISTER = 0.85
_PLACES = frozenset({"GPE", "LOC", "FAC"})

_PLACE_NOUNS: dict[EntityType, str] = {
    "GPE": "کشور شهر استان شهرستان شهرک روستا بخش ایالت جمهوری دهستان پایتخت بندر ولایت امارت کلانشهر پادشاهی",
    "LOC": """دریا رود رودخانه کوه کوهستان رشته جزیره جزایر خلیج تنگه اقیانوس قاره دشت دره جنگل بیابان کویر
        دریاچه منطقه ناحیه حوزه حوضه ساحل سواحل مرز کرانه شبه خاور غرب شرق شمال جنوب آسیای باختر تالاب کانال
        چشمه غار فلات قله صحرا ارتفاعات بلندیهای آبراه""",
    "FAC": """فرودگاه خیابان میدان پل بیمارستان ورزشگاه استادیوم سالن ایستگاه جاده بزرگراه اتوبان آزادراه مسجد
        حرم برج کاخ موزه پارک نیروگاه سد زندان پایگاه پالایشگاه پادگان بازار کارخانه مترو تالار آرامگاه بقعه
        امامزاده سینما هتل ساختمان تاسیسات مجتمع بلوار کوچه پایانه کتابخانه مقبره قلعه دانشکده پاساژ باغ""",
}


@cache
def persian_network() -> Network:
    """The shipped tagger, read on the first call. Raises ModelMissingError when it cannot be read."""
    return load_network(resources.path(RESOURCE))


def persian_candidates(reading: Reading, least: float = 0.4) -> list[Candidate]:
    """The names the model finds in a Persian reading, in text order, without overlap.

    ``confidence`` is the least probability, over the name's pieces, that the piece has its label; names below
    ``least`` are left out. Offsets are those of ``reading.text``.
    """
    text = reading.text
    network = persian_network()
    answers = tag(text, network, [head for head in (_NEWS, _TWEETS) if head in network.heads])
    main = answers.get(_NEWS, answers.get(_TWEETS, []))
    found = [
        Candidate(*place, _kind(text, name), "model", confidence=_rounded(name.probability))
        for name in main
        if name.probability >= least and (place := _trimmed(text, name.start, name.end)) is not None
    ]
    taken = Occupied(len(text))
    for candidate in found:
        taken.add(candidate.start, candidate.end)
    if _NEWS in answers:
        for name in answers.get(_TWEETS, []):
            place = _trimmed(text, name.start, name.end)
            worth = name.probability * _FOREIGN_REGISTER
            if name.kind in _ONLY_TWEETS and worth >= least and place is not None and not taken.overlaps(*place):
                found.append(Candidate(*place, _KINDS[name.kind], "model", confidence=_rounded(worth)))
    return sorted(found, key=lambda candidate: candidate.start)


def place_type(surface: str, before: str = "") -> EntityType:
    """Whether a location's name is GPE, LOC or FAC; ``before`` is the word that stands before it."""
    words = [piece.form for piece in pieces(surface)]
    known = _known_places().get(" ".join(words))
    if known:
        return known
    for word in (*words[:1], before):
        kind = _place_nouns().get(word) or _place_nouns().get(word.removesuffix("ی"))
        if kind:
            return kind
    return "GPE"


def _kind(text: str, name: Tagged) -> EntityType:
    if name.kind != "LOC":
        return _KINDS[name.kind]
    before = text[max(0, name.start - 24) : name.start].split()
    return place_type(text[name.start : name.end], fold(before[-1]) if before else "")


@cache
def _place_nouns() -> dict[str, EntityType]:
    return {fold(noun): kind for kind, nouns in _PLACE_NOUNS.items() for noun in nouns.split()}


@cache
def _known_places() -> dict[str, EntityType]:
    """The types of the places that the gazetteers know, by the pieces of their Persian names."""
    known: dict[str, EntityType] = {}
    for entry in lexicon().entries.values():
        if entry.type in _PLACES:
            for name in entry.fa:
                for form in persian_forms(name):
                    known.setdefault(" ".join(piece.form for piece in pieces(form)), entry.type)
    return known


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without signs at its ends; None when nothing is left. An opening bracket inside keeps its fellow."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if end - start > 1 else None


def _rounded(probability: float) -> float:
    return round(min(probability, 0.99), 2)
