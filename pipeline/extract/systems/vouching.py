"""Open designations that something else in the article vouches for.

A form of the grammar that stands beside no noun is taken when the same designation was found elsewhere, when it is the
end of a longer name or a number added to one (``Babur-3`` where Babur is known), when it is enumerated with a system,
when a relation leads to it, or, for the unmistakable forms that begin with a digit, when its sentence speaks of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.identity import tail
from pipeline.extract.systems.lists import runs
from pipeline.extract.systems.relations import cues_of
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_TO_DESIGNATION = re.compile(
    r" (?:(?:the|its|an?|older|earlier|original) ){0,2}(?:[A-Z][a-z]+(?:-(?:made|built))? ){0,2}[“\"]?$"
    r"|[ \u200c]*(?:[^\s،.؛]+[ \u200c]){0,2}[«“]?$"
)
_BASE = re.compile(r"(?P<base>[A-Z][a-z'-]{2,}[a-z])[- ]\d{1,4}[A-Z]?s?")
_LETTERS = re.compile(r"[A-Z]{1,4}-(?=\d)")
#: A designation that opens the sentence's statement: ``X-53, a multilingual variant of …``.
_OPENS = re.compile(r",? (?:(?:which|that) )?(?:(?:is|was|are|were) )?(?:an?|the)?(?: [a-z-]+){0,3} ?")
_DIGIT_FIRST = re.compile(r"\d{1,2}[A-Z]{1,2}-?\d{1,3}\w*")


def vouched(scene: Scene, open_: Sequence[Found], found: Sequence[Found], keys: frozenset[str]) -> list[Found]:
    """Those of the open designations of a scene that are taken; ``keys`` are the keys found in the whole article."""
    taken: list[Found] = []
    for _ in range(3):
        more = _vouched(scene, open_, [*found, *taken], keys)
        taken += more
        keys |= {each.key for each in more}
        if not more:
            break
    return taken


def _vouched(scene: Scene, open_: Sequence[Found], found: Sequence[Found], keys: frozenset[str]) -> list[Found]:
    covered = {at for other in found for at in range(*other.span)}
    free = [each for each in open_ if covered.isdisjoint(range(*each.span))]
    if not free:
        return []
    tails = {fold(end): other for other in found if (end := tail(other.name)) is not None}
    listed: set[Span] = set()
    sure = {each.span for each in found}
    everything = sorted([*found, *free], key=lambda each: each.span)
    for run in runs(scene.reading, everything, span_of=lambda each: each.span):
        if any(each.span in sure for each in run):
            listed.update(each.span for each in run)
    aimed = _aimed(scene, free, found)
    taken: list[Found] = []
    for each in free:
        base = _BASE.fullmatch(each.text)
        if each.key in keys:
            taken.append(replace(each, method="propagation"))
        elif each.key in tails:
            taken.append(replace(each, method="propagation", key=tails[each.key].key, name=tails[each.key].name))
        elif (
            (base and fold(base["base"]) in keys)
            or each.span in aimed
            or each.span in listed
            or _has_sibling(scene, each, found)
        ):
            taken.append(each)
        elif _DIGIT_FIRST.fullmatch(each.text):
            sentence = scene.reading.sentence(each.span.start)
            if any(sentence.contains(other.span) and other.method == "pattern" for other in found):
                taken.append(each)
    return taken


def _has_sibling(scene: Scene, each: Found, found: Sequence[Found]) -> bool:
    """Whether the sentence, or the one before, has a designation with the same letters (``K-15`` beside ``K-4``)."""
    letters = _LETTERS.match(each.text)
    if letters is None:
        return False
    sentence = scene.reading.sentence(each.span.start)
    previous = scene.reading.previous_sentence(sentence)
    start = previous.start if previous is not None else sentence.start
    return any(
        start <= other.span.start < sentence.end and other.text.startswith(letters[0]) and other.method == "pattern"
        for other in found
    )


def _aimed(scene: Scene, free: Sequence[Found], found: Sequence[Found]) -> set[Span]:
    """The open designations that a relation cue of a sentence with a system leads to."""
    if not found:
        return set()
    aimed: set[Span] = set()
    for cue, _, _ in cues_of(scene, scene.reading.around(each.span for each in found)):
        sentence = scene.reading.sentence(cue.start)
        if not any(sentence.contains(each.span) for each in found):
            continue
        for each in free:
            if cue.end <= each.span.start <= cue.end + 40 and _TO_DESIGNATION.fullmatch(
                scene.reading.text, cue.end, each.span.start
            ):
                aimed.add(each.span)
            opens = each.span.end < cue.start and _OPENS.fullmatch(scene.reading.text, each.span.end, cue.start)
            if opens and any(cue.end < other.span.start <= cue.end + 24 for other in found):
                aimed.add(each.span)
    return aimed
