"""Which kind a system is of: by the nouns its mentions stand with, the nearest and most specific first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lists import runs
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun, Vocabulary
from pipeline.text.offsets import Span

_BESIDE, _LISTED, _SENTENCE = 4, 3, 1


def nouns_of(scene: Scene, found: Sequence[Found]) -> dict[Span, KindNoun]:
    """The kind noun beside each mention of a scene; members of one enumeration share theirs."""
    nouns: dict[Span, KindNoun] = {}
    for run in runs(scene.reading, found, span_of=lambda each: each.span):
        own = {each.span: scene.noun_beside(each.span) for each in run}
        shared = next((noun for each in reversed(run) if (noun := own[each.span])), None)
        for each in run:
            noun = own[each.span] or shared
            if noun is not None:
                nouns[each.span] = noun
    return nouns


def votes(scene: Scene, found: Sequence[Found], beside: Mapping[Span, KindNoun]) -> dict[str, Counter[str]]:
    """For each system's key, the kinds that its mentions speak for, with their weight."""
    tally: dict[str, Counter[str]] = {}
    spoken_for = {noun.span for noun in beside.values()}
    for position, each in enumerate(found):
        counts = tally.setdefault(each.key, Counter())
        if each.kind is not None:
            counts[each.kind] += _BESIDE
        elif each.span in beside:
            counts[beside[each.span].kind.id] += _LISTED
        following = found[position + 1].span.start if position + 1 < len(found) else len(scene.reading.text)
        sentence = scene.reading.sentence(each.span.start)
        reach = Span(each.span.end, min(sentence.end, following))
        for noun in scene.nouns_within(reach) if reach.start < reach.end else ():
            if not noun.kind.weak and noun.span not in spoken_for:
                counts[noun.kind.id] += _SENTENCE
    return tally


def decided(vocabulary: Vocabulary, counts: Counter[str], known: str | None) -> str | None:
    """The kind that the votes and the pack's own knowledge amount to; None when there is neither.

    Knowledge refines what the text says (a Stinger "anti-aircraft missile" is a MANPADS) and stands in where the text
    says nothing or only something weak; the text wins where the two contradict each other.
    """
    firm = {kind: weight for kind, weight in counts.items() if not vocabulary.kinds[kind].weak and weight >= _LISTED}
    if known is not None and not firm:
        return known
    if not firm:
        strongest = [kind for kind, weight in counts.items() if weight >= _LISTED]
        return min(strongest, key=lambda kind: (-counts[kind], kind), default=None)
    chosen = min(firm, key=lambda kind: (-firm[kind], -len(vocabulary.lineage(kind)), kind))
    for kind in sorted(counts, key=lambda kind: (-counts[kind], kind)):
        if not vocabulary.kinds[kind].weak:
            chosen = vocabulary.more_specific(chosen, kind)
    return known if known is not None and chosen in vocabulary.lineage(known) else chosen
