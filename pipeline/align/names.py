"""Joining what is known by an English name with what is known by a Persian one: entities and systems.

Both kinds of fact have names, aliases and mentions, and are joined alike; what differs (types that must agree,
designations) stands in the functions that merge two facts into one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.align.phrases import PhraseTable
from pipeline.article import sorted_mentions
from pipeline.record import Bilingual, Entity, Link, Mentions, System

#: Kinds of entity that careful annotators confuse; others that meet under one name are a conflict.
_AKIN = (
    frozenset(["GPE", "LOC", "FAC"]),
    frozenset(["ORG", "FAC", "PROGRAM"]),
    frozenset(["EVENT", "PROGRAM", "LAW", "WORK"]),
)
AKIN_FACTOR = 0.95
_CONFLICT_FACTOR = 0.85
_TOGETHER_BONUS = 0.08


@dataclass(frozen=True)
class Join:
    """An English and a Persian fact (by position in their layer) that are one, and why."""

    english: int
    persian: int
    link: Link


def lacks(fact: Entity | System, language: str) -> bool:
    """Whether the text speaks of a fact nowhere in a language (a gazetteer may know its name there all the same)."""
    return not (fact.mentions.en if language == "en" else fact.mentions.fa)


def forms(fact: Entity | System, language: str) -> list[str]:
    """The name and aliases of a fact in a language."""
    name = fact.name.en if language == "en" else fact.name.fa
    aliases = fact.aliases.get("en" if language == "en" else "fa", [])
    return list(dict.fromkeys(form for form in (name, *aliases) if form))


def join_by_name[F: (Entity, System)](
    facts: Sequence[F], together: Callable[[F, F], bool], min_confidence: float
) -> list[Join]:
    """The one-to-one joins of facts that lack one language each, the surest first.

    ``together`` says whether two facts are mentioned in sentences that translate each other.
    """
    english = [at for at, fact in enumerate(facts) if lacks(fact, "fa") and forms(fact, "en")]
    persian = [at for at, fact in enumerate(facts) if lacks(fact, "en") and forms(fact, "fa")]
    if not english or not persian:
        return []
    table = PhraseTable(
        [forms(facts[at], "en") for at in english], [forms(facts[at], "fa") for at in persian], names=True
    )
    scored = []
    for score, i, j in table.candidates(min_confidence * 0.9):
        left, right = facts[english[i]], facts[persian[j]]
        agreed = score * agreement(left, right)
        if agreed and together(left, right):
            agreed += _TOGETHER_BONUS
        if agreed >= min_confidence:
            scored.append((agreed, english[i], persian[j]))
    return _one_to_one(scored)


def agreement(left: Entity | System, right: Entity | System) -> float:
    """How well the kinds of two facts go together: 1 for the same, 0 where a join would be wrong."""
    if isinstance(left, System) or isinstance(right, System):
        same = left.pack == right.pack if isinstance(left, System) and isinstance(right, System) else False
        return 1.0 if same else _CONFLICT_FACTOR
    if left.type == right.type:
        return 1.0
    if "NORP" in (left.type, right.type) or "PERSON" in (left.type, right.type):
        return 0.0
    return AKIN_FACTOR if any(left.type in kin and right.type in kin for kin in _AKIN) else _CONFLICT_FACTOR


def merged[F: (Entity, System)](english: F, persian: F, link: Link) -> F:
    """Two facts as one, under the English id. Where they disagree the surer one is right."""
    surer = english if english.confidence >= persian.confidence else persian
    common = {
        "name": Bilingual(en=english.name.en or persian.name.en, fa=persian.name.fa or english.name.fa),
        "aliases": _merged_aliases(english.aliases, persian.aliases),
        "mentions": Mentions(
            en=sorted_mentions([*english.mentions.en, *persian.mentions.en]),
            fa=sorted_mentions([*english.mentions.fa, *persian.mentions.fa]),
        ),
        "alignment": link,
        "confidence": surer.confidence,
    }
    if isinstance(english, Entity) and isinstance(persian, Entity) and isinstance(surer, Entity):
        return english.model_copy(
            update={**common, "type": surer.type, "identifiers": {**persian.identifiers, **english.identifiers}}
        )
    if isinstance(english, System) and isinstance(persian, System):
        return english.model_copy(update={**common, **_merged_details(english, persian)})
    raise TypeError("only facts of one kind can be merged")


def _merged_details(english: System, persian: System) -> dict[str, object]:
    known = {(p.name, p.value, p.unit, p.evidence) for p in english.properties}
    countries = {origin.country for origin in english.origin}
    return {
        "designation": english.designation or persian.designation,
        "kind": Bilingual(en=english.kind.en or persian.kind.en, fa=english.kind.fa or persian.kind.fa),
        "kind_id": english.kind_id or persian.kind_id,
        "origin": [*english.origin, *(origin for origin in persian.origin if origin.country not in countries)],
        "properties": [
            *english.properties,
            *(p for p in persian.properties if (p.name, p.value, p.unit, p.evidence) not in known),
        ],
        "relations": [*english.relations, *persian.relations],
    }


def _merged_aliases[K: str](left: Mapping[K, list[str]], right: Mapping[K, list[str]]) -> dict[K, list[str]]:
    return {
        language: list(dict.fromkeys([*left.get(language, []), *right.get(language, [])]))
        for language in sorted({*left, *right})
    }


def _one_to_one(scored: Sequence[tuple[float, int, int]]) -> list[Join]:
    """The best pairs, taken from the surest down, each fact once."""
    used: set[int] = set()
    joins = []
    for score, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if i not in used and j not in used:
            used.update((i, j))
            joins.append(Join(i, j, Link(method="name", confidence=round(min(0.99, score), 2))))
    return joins
