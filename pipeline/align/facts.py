"""Entities and systems of both languages brought together: by name, then by projection between aligned sentences.

The two layers pass through the same steps; ids that vanish in a join are returned, so that whoever refers to them can
follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.align.names import Join, forms, join_by_name, lacks, merged
from pipeline.align.parallel import ParallelText
from pipeline.align.projection import METHOD, project
from pipeline.article import Article, sorted_mentions
from pipeline.record import Bilingual, Diagnostic, Entity, Event, Link, Mention, Mentions, System
from pipeline.text.offsets import Span


@dataclass(frozen=True)
class Joined[F: (Entity, System)]:
    """A layer after joining, the ids that went into others, and what a person should look at."""

    facts: list[F]
    renamed: dict[str, str]
    diagnostics: list[Diagnostic]


def join_facts[F: (Entity, System)](
    article: Article,
    facts: Sequence[F],
    parallel: ParallelText,
    *,
    taken: Sequence[Span],
    min_confidence: float,
    projection: bool,
) -> Joined[F]:
    """The facts with those of one language joined to their counterparts. ``taken`` spans are closed to new mentions."""

    def together(left: F, right: F) -> bool:
        return parallel.together([m.span for m in left.mentions.en], [m.span for m in right.mentions.fa])

    diagnostics: list[Diagnostic] = []
    renamed: dict[str, str] = {}
    current = _apply(article, facts, join_by_name(facts, together, min_confidence), renamed, diagnostics)
    if projection and parallel.pairs:
        found = project(article, current, parallel, taken, min_confidence)
        current = [_with_mentions(fact, found.mentions.get(at)) for at, fact in enumerate(current)]
        current = _apply(article, current, found.joins, renamed, diagnostics)
    return Joined([_linked(fact) for fact in current], renamed, diagnostics)


def names_to_look_for(facts: Iterable[Entity | System]) -> list[tuple[str, str]]:
    """The (language, form) pairs of the facts that lack one language."""
    wanted: dict[tuple[str, str], None] = {}
    for fact in facts:
        for language, other in (("en", "fa"), ("fa", "en")):
            if lacks(fact, other):
                wanted.update(dict.fromkeys((language, form) for form in forms(fact, language)))
    return list(wanted)


def with_new_ids(systems: Sequence[System], renamed: dict[str, str]) -> list[System]:
    """The systems with relations that follow their targets into the facts they were joined to."""
    return [
        system
        if not any(relation.target in renamed for relation in system.relations)
        else system.model_copy(
            update={
                "relations": [
                    relation.model_copy(update={"target": renamed.get(relation.target, relation.target)})
                    for relation in system.relations
                ]
            }
        )
        for system in systems
    ]


def events_with_new_ids(events: Sequence[Event], renamed: dict[str, str]) -> list[Event]:
    """The events with participants, places and dates that follow the facts into those they were joined to."""
    return [
        event
        if renamed.keys().isdisjoint([*event.participants, event.place, event.date_id])
        else event.model_copy(
            update={
                "participants": list(dict.fromkeys(renamed.get(other, other) for other in event.participants)),
                "place": renamed.get(event.place, event.place) if event.place else None,
                "date_id": renamed.get(event.date_id, event.date_id) if event.date_id else None,
            }
        )
        for event in events
    ]


def _apply[F: (Entity, System)](
    article: Article, facts: Sequence[F], joins: Sequence[Join], renamed: dict[str, str], diagnostics: list[Diagnostic]
) -> list[F]:
    """The facts after the joins: each joined pair stands where the English fact stood."""
    into = {join.english: join for join in joins}
    gone = {join.persian for join in joins}
    result: list[F] = []
    for at, fact in enumerate(facts):
        if at in into:
            partner = facts[into[at].persian]
            diagnostics += _conflict(article, fact, partner)
            renamed[partner.id] = fact.id
            result.append(merged(fact, partner, into[at].link))
        elif at not in gone:
            result.append(fact)
    return result


def _conflict(article: Article, english: Entity | System, persian: Entity | System) -> list[Diagnostic]:
    if not isinstance(english, Entity) or not isinstance(persian, Entity) or english.type == persian.type:
        return []
    kept = english.type if english.confidence >= persian.confidence else persian.type
    names = f"{english.name.en!r} is {english.type} in English and {persian.name.fa!r} {persian.type} in Persian"
    message = f"{names}; kept {kept}"
    at = next((mention.span for _, mention in persian.mentions.all()), None)
    return [article.diagnose("align", "warning", "W-TYPE-CONFLICT", message, at)]


def _with_mentions[F: (Entity, System)](fact: F, mentions: Sequence[Mention] | None) -> F:
    """The fact with its projected mentions, which also name it where it had no name."""
    if not mentions:
        return fact
    in_english = not fact.mentions.en
    form = " ".join((mentions[0].normalized or mentions[0].surface or "").split())
    name = (
        Bilingual(en=fact.name.en or form, fa=fact.name.fa)
        if in_english
        else Bilingual(en=fact.name.en, fa=fact.name.fa or form)
    )
    added_english: list[Mention] = list(mentions) if in_english else []
    added_persian: list[Mention] = [] if in_english else list(mentions)
    return fact.model_copy(
        update={
            "name": name,
            "mentions": Mentions(
                en=sorted_mentions([*fact.mentions.en, *added_english]),
                fa=sorted_mentions([*fact.mentions.fa, *added_persian]),
            ),
            "alignment": Link(method=METHOD, confidence=mentions[0].confidence or fact.confidence),
        }
    )


def _linked[F: (Entity, System)](fact: F) -> F:
    """A fact found in both languages under one identity gets a link that says so."""
    if fact.alignment is not None or not fact.mentions.en or not fact.mentions.fa:
        return fact
    return fact.model_copy(update={"alignment": Link(method="identity", confidence=fact.confidence)})
