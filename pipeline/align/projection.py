"""Finding the other language's mention of a name in a sentence that translates the one it stands in.

Where the place found is already another fact's mention, the two facts are one; where it is nobody's, it becomes a
mention of the fact, with the method ``projection``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.align.names import AKIN_FACTOR, Join, agreement, forms, lacks
from pipeline.align.parallel import Found, ParallelText, SentencePair
from pipeline.article import Article
from pipeline.record import Entity, Link, Mention, System
from pipeline.text.offsets import Span
from pipeline.text.orthography import normalise

Side = Literal["en", "fa"]
METHOD = "projection"
#: No projected mention is surer: of those into Persian two thirds are right to the letter.
_SUREST = 0.85


@dataclass
class Projected:
    """What projection found: joins of two facts, and new mentions of one (by its position), in text order."""

    joins: list[Join] = field(default_factory=list)
    mentions: dict[int, list[Mention]] = field(default_factory=dict)


def project[F: (Entity, System)](
    article: Article, facts: Sequence[F], parallel: ParallelText, taken: Sequence[Span], min_confidence: float
) -> Projected:
    """The counterparts of all facts that lack one language and stand in an aligned sentence.

    ``taken`` are spans that belong to facts of other layers, where no new mention may be laid.
    """
    found = Projected()
    owners = {mention.span: at for at, fact in enumerate(facts) for _, mention in fact.mentions.all()}
    joined: set[int] = set()
    occupied = list(taken)
    for language in ("en", "fa"):
        other: Side = "fa" if language == "en" else "en"
        # The spans of facts known in both languages are closed; a fact that lacks this language may be joined.
        known = [span for span, owner in owners.items() if not lacks(facts[owner], language)]
        for at, fact in enumerate(facts):
            if at in joined or at in found.mentions or not lacks(fact, other):
                continue
            place = _best_place(fact, language, parallel, occupied + known)
            if place is None or place.score < min_confidence:
                continue
            confidence = round(min(_SUREST, place.score), 2)
            partner = next((owner for span, owner in sorted(owners.items()) if span.overlaps(place.span)), None)
            if partner is None:
                found.mentions[at] = _mentions(article, parallel, place, other, confidence)
                occupied += [mention.span for mention in found.mentions[at]]
            elif partner != at and partner not in joined and _may_be_one(fact, facts[partner]):
                english, persian = (at, partner) if language == "en" else (partner, at)
                found.joins.append(Join(english, persian, Link(method=METHOD, confidence=confidence)))
                joined.update((at, partner))
    return found


def _may_be_one(fact: Entity | System, partner: Entity | System) -> bool:
    """Whether two facts may be joined: a known state or town is nothing else (*Mixed Courts of Egypt*, مصر)."""
    if not isinstance(fact, Entity) or not isinstance(partner, Entity) or fact.type == partner.type:
        return agreement(fact, partner) > 0
    return not (fact.identifiers or partner.identifiers) and agreement(fact, partner) >= AKIN_FACTOR


def _best_place(fact: Entity | System, language: str, parallel: ParallelText, closed: Sequence[Span]) -> Found | None:
    """The surest counterpart of a fact over all pairs of sentences that mention it."""
    best: Found | None = None
    for pair in parallel.pairs:
        if not _mentioned(fact, language, pair):
            continue
        for form in forms(fact, language):
            place = parallel.counterpart(form, language, pair, closed)
            if place is not None and (best is None or place.score > best.score):
                best = place
    return best


def _mentioned(fact: Entity | System, language: str, pair: SentencePair) -> bool:
    mentions, sentences = (fact.mentions.en, pair.en_spans) if language == "en" else (fact.mentions.fa, pair.fa_spans)
    return any(sentence.contains(mention.span) for mention in mentions for sentence in sentences)


def _mentions(
    article: Article, parallel: ParallelText, place: Found, language: Side, confidence: float
) -> list[Mention]:
    """The place found and its repetitions as mentions."""
    spans = sorted({place.span, *parallel.repeated(place.span, language)})
    return [_mention(article, span, language, confidence) for span in spans]


def _mention(article: Article, span: Span, language: Side, confidence: float) -> Mention:
    surface = article.surface(span)
    plain = normalise(article.view(span).text).text if language == "fa" else surface
    return Mention(
        span=span,
        surface=surface,
        normalized=plain if plain != surface else None,
        method=METHOD,
        confidence=confidence,
    )
