"""Designations that an English article speaks for: ``the CE-20, which gives 200 kN``, ``its Unha-2 over Japan``.

Roads, visas and documents take articles too, so the words after the designation must leave it the head of its noun
phrase ("the M-4 motorway" is none), and its paragraph must speak of things that bear designations.
"""

from __future__ import annotations

import re

from pipeline.extract.systems.lookalikes import NUMBERED
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_BEFORE = re.compile(
    r"(?<![\w-])(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?|[Ee]ach|[Tt]his|[Hh]is)"
    r"(?P<words>(?: [A-Za-z][a-z]*(?:-[a-z]+)*){0,2}) [“\"]?$"
)
_NO_ADJECTIVE = frozenset(
    """of and or to in on at by for from with is was are were has had as than that which between via under over near
    resolution article section grant room route road highway motorway line bus flight gate hangar annex""".split()
)
#: What leaves the designation the head of its noun phrase: a stop, a function word, a verb.
_FREE = re.compile(
    r"s?[”\"]?(?:\Z|[,.;:)!?\n–—]| ?\(| [–—]|'s [a-z]| (?:is|was|are|were|has|had|have|can|could|may|might|will|would"
    r"|did|does|and|or|but|that|which|whose|when|while|as|in|on|at|of|to|from|into|over|with|without|by|for|after|before"
    r"|since|until|during|against|than|not|also|first|then|only|itself|made|gave|took|came|went|became|began|put|sent"
    r"|lost|fell|sank|left|flew|flies|weighs|gives|carries|needs|uses|remains|costs|reaches|serves|carried|[a-z]+ed)\b)"
)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_FORM = re.compile(r"[A-Z]{1,4}-\d{1,4}[A-Z]{0,3}s?|[A-Z]{3,5}\d{1,3}[A-Z]?s?|[A-Z][a-z'-]{3,}-\d{1,3}[A-Z]?")
#: A brand with a number: ``Omnipod 5``, ``Dexcom G6``, ``MiniMed 780G``.
_BRAND = re.compile(r"(?:[A-Z][A-Za-z]{3,} ){1,2}(?:[A-Z]?\d{1,4}[A-Z]?)s?")


def is_determined(scene: Scene, span: Span) -> bool:
    """Whether an article makes a noun of the designation, in a paragraph about things of the pack's field."""
    text = scene.reading.text
    brand = bool(_BRAND.fullmatch(text, span.start, span.end))
    if scene.reading.language != "en" or not (brand or _FORM.fullmatch(text, span.start, span.end)):
        return False
    words = text[span.start : span.end].split()
    if words[0] in NUMBERED or _YEAR.fullmatch(words[-1]):
        return False  # Phase 2, Vision 2030
    before = _BEFORE.search(text, max(0, span.start - 40), span.start)
    if before is None:
        return False
    of_a_nation = any(is_country_word(word) for word in before["words"].split())  # "the Chinese CH-4 fills the gap"
    if not of_a_nation and not _FREE.match(text, span.end):
        return False
    if any(
        word in _NO_ADJECTIVE or (word[0].isupper() and not is_country_word(word)) for word in before["words"].split()
    ):
        return False
    noun = scene.noun_in_paragraph(span)
    return noun is not None and (noun.kind.bare or (brand and noun.kind.bare_latin))
