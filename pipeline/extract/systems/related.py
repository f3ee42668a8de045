"""Names that stand where a relation puts a system: ``a copy of the Italian Mangusta``, ``a variant of it, Kite, …``.

The other side of the relation is a system already found; what follows the cue must be written as a name, with an
article or an adjective of nation before it, and must be nothing a text could otherwise compare a system with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.names_english import can_name
from pipeline.extract.systems.relations import cues_of
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_WORD = r"[A-ZÀ-ÞİĞŞ][\w'’-]*[\w]"
_NAME = rf"(?P<name>{_WORD}(?: (?:de |del |of )?{_WORD}){{0,2}}(?: [IVX]{{1,3}}(?!\w))?)"
_TARGET = re.compile(
    rf" (?:(?:the|its|an?|both|older|earlier|original|well-known) ){{0,2}}(?P<nation>[A-Z][a-z]+(?:-(?:made"
    rf"|built))? )?{_NAME}"
)
_TOLD = re.compile(rf" (?:it|them|this|that|the [\w-]+(?: [\w-]+)?),? (?:called |named )?(?:the )?{_NAME},")
_STRONG = frozenset(
    {
        "variant_of",
        "copy_of",
        "derived_from",
        "based_on",
        "similar_to",
        "carried_by",
        "replaces",
        "successor_of",
        "powered_by",
    }
)


def related_names(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """The names that the cues of an English reading point at and no other layer found."""
    if scene.reading.language != "en" or not found:
        return
    text = scene.reading.text
    for cue, relation, _ in cues_of(scene, scene.reading.around(each.span for each in found)):
        if relation not in _STRONG:
            continue
        sentence = scene.reading.sentence(cue.start)
        before = [each for each in found if sentence.start <= each.span.start and each.span.end <= cue.start]
        source = before[-1] if before else _subject(scene, sentence, found)
        if source is None:
            continue
        if relation == "variant_of" and (told := _TOLD.match(text, cue.end)):
            span = Span(*told.span("name"))
        elif (match := _TARGET.match(text, cue.end)) and (target := _target(scene, match)) is not None:
            span = target
        else:
            continue
        if any(span.overlaps(each.span) for each in found) or not can_name(scene, span, strict=True):
            continue
        name = text[span.start : span.end]
        yield Found(
            reading=scene.reading, span=span, pack=source.pack, key=fold(name), name=name, method="relation",
        )  # fmt: skip


def _target(scene: Scene, match: re.Match[str]) -> Span | None:
    """The name after a cue, less the adjective of nation that opens it; None without article and adjective."""
    text = scene.reading.text
    start, end = match.span("name")
    nation = [word for word in scene.countries_within(Span(match.start() + 1, end)) if word.form == "adjective"]
    if nation and nation[0].span.start <= start:
        start = max(start, nation[0].span.end + 1)
    article = re.match(r" (?:the|its|an?) ", text[match.start() : match.start() + 5])
    if start >= end or not (nation or article):
        return None
    if scene.nouns_within(Span(start, end)) or re.match(r" [A-Z]|['’]s ", text[end : end + 3]):
        return None
    return Span(start, end)


def _subject(scene: Scene, sentence: Span, found: Sequence[Found]) -> Found | None:
    previous = scene.reading.previous_sentence(sentence)
    if previous is None or not re.match(r"(?:It|Its|This|She|He|They)\b", scene.reading.text[sentence.start :][:8]):
        return None
    return next((each for each in found if previous.start <= each.span.start < previous.end), None)
