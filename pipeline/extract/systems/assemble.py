"""Mentions with one key become one system: its name, kind, origin, properties and relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.article import sorted_mentions
from pipeline.extract.systems import kinds as kinds_of
from pipeline.extract.systems.folding import slug
from pipeline.extract.systems.found import CONFIDENCE, METHODS, Found
from pipeline.extract.systems.relations import Stated
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import Vocabulary
from pipeline.record import Bilingual, Mention, Mentions, Origin, Property, Relation, System

#: Relations through which a system without a kind of its own takes that of the other.
_SAME_KIND = {"variant_of", "based_on", "copy_of", "derived_from", "renamed_as", "similar_to"}
#: Relations between designs so near that the finer kind of the original holds for the other too.
_SAME_DESIGN = {"variant_of", "copy_of", "derived_from"}


@dataclass
class Gathered:
    """All that the scenes say of one key."""

    mentions: list[Found] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    origins: list[Origin] = field(default_factory=list)
    #: What a ship's prefix, or the pack beside a country named in the passage, lets suppose.
    supposed: list[Origin] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    relations: list[tuple[Scene, Stated]] = field(default_factory=list)


def assembled(text: str, gathered: Mapping[str, Gathered], vocabularies: Mapping[str, Vocabulary]) -> list[System]:
    """The systems, in the order of their first mention."""
    decided = {key: _kind(each, vocabularies) for key, each in gathered.items()}
    _inherit(gathered, decided, vocabularies)
    ids = {key: f"system/{slug(_name(key, each))}" for key, each in gathered.items()}
    systems = [
        _system(text, key, each, decided[key], ids, vocabularies[_pack_id(each)]) for key, each in gathered.items()
    ]
    return sorted(systems, key=lambda system: (min(mention.span for _, mention in system.mentions.all()), system.id))


def _pack_id(each: Gathered) -> str:
    """The pack that knows what the system is; else the one that found it first."""
    telling = (found for found in each.mentions if found.kind is not None or found.known_kind is not None)
    return next(telling, each.mentions[0]).pack.id


def _kind(each: Gathered, vocabularies: Mapping[str, Vocabulary]) -> str | None:
    vocabulary = vocabularies[_pack_id(each)]
    own = [found for found in each.mentions if found.pack is vocabulary.pack]
    known = next((found.known_kind for found in own if found.known_kind), None)
    counts = Counter({kind: count for kind, count in each.kinds.items() if kind in vocabulary.kinds})
    return kinds_of.decided(vocabulary, counts, known)


def _inherit(
    gathered: Mapping[str, Gathered], decided: dict[str, str | None], vocabularies: Mapping[str, Vocabulary]
) -> None:
    """Give a system without a kind, or with a coarse one, that of the system it is a variant or copy of."""
    for _ in range(2):
        for key, each in gathered.items():
            for _, stated in each.relations:
                if stated.type not in _SAME_KIND or stated.target not in gathered:
                    continue
                if gathered[stated.target].mentions[0].pack is not each.mentions[0].pack:
                    continue
                own, other = decided[key], decided[stated.target]
                if own is None:
                    decided[key] = other
                elif other is None:
                    decided[stated.target] = own
                elif stated.type in _SAME_DESIGN:
                    decided[key] = vocabularies[_pack_id(each)].more_specific(own, other)


def _name(key: str, each: Gathered) -> str:
    """The name that makes the id: the English one where there is one."""
    return _best_name(each, "en") or _best_name(each, "fa") or key


def _best_name(each: Gathered, language: Literal["en", "fa"]) -> str | None:
    """The canonical English name, or the most used form in Persian text."""
    if language == "en":
        latin = [found for found in each.mentions if found.name.isascii() or found.reading.language == "en"]
        if not latin:
            return None
        counts = Counter(found.name for found in latin)
        order = {name: index for index, name in reversed(list(enumerate(found.name for found in latin)))}
        trusted = {found.name for found in latin if found.method in {"pattern", "known-name"}}
        return min(counts, key=lambda name: (name not in trusted, -counts[name], order[name]))
    forms = [found.text for found in each.mentions if found.reading.language == "fa"]
    if not forms:
        return None
    persian = [form for form in forms if not form.isascii()] or forms
    counts = Counter(persian)
    return min(counts, key=lambda form: (-counts[form], persian.index(form)))


def _system(
    text: str, key: str, each: Gathered, kind_id: str | None, ids: Mapping[str, str], vocabulary: Vocabulary
) -> System:
    method = min((found.method for found in each.mentions), key=METHODS.index)
    mentions = Mentions()
    for found in each.mentions:
        span = found.reading.source(found.span)
        own = {"method": found.method, "confidence": found.confidence} if found.method != method else {}
        mention = Mention(span=span, surface=text[span.start : span.end], **own)  # type: ignore[arg-type]
        (mentions.fa if found.reading.language == "fa" else mentions.en).append(mention)
    mentions = Mentions(en=sorted_mentions(mentions.en), fa=sorted_mentions(mentions.fa))
    name = Bilingual(en=_best_name(each, "en"), fa=_as_written(text, each, _best_name(each, "fa")))
    kind = vocabulary.kinds[kind_id] if kind_id else None
    return System(
        id=ids[key], name=name, designation=key if any(character.isdigit() for character in key) else None,
        aliases=_aliases(each, mentions, name), kind_id=kind_id,
        kind=Bilingual(en=kind.name.en, fa=kind.name.fa) if kind else Bilingual(),
        pack=vocabulary.pack.id, origin=_origins(each), properties=_properties(each), relations=_relations(each, ids),
        mentions=mentions, method=method, confidence=_confidence(each, method),
    )  # fmt: skip


def _as_written(text: str, each: Gathered, folded: str | None) -> str | None:
    for found in each.mentions:
        if folded is not None and found.reading.language == "fa" and found.text == folded:
            span = found.reading.source(found.span)
            return " ".join(text[span.start : span.end].split())
    return folded


def _aliases(each: Gathered, mentions: Mentions, name: Bilingual) -> dict[Literal["en", "fa"], list[str]]:
    """The other forms the article uses, in order of appearance."""
    aliases: dict[Literal["en", "fa"], list[str]] = {}
    extra = [alias for found in each.mentions for alias in found.aliases]
    sides: tuple[tuple[Literal["en", "fa"], str | None, list[Mention], list[str]], ...] = (
        ("en", name.en, mentions.en, extra), ("fa", name.fa, mentions.fa, []),
    )  # fmt: skip
    for language, canonical, places, more in sides:
        forms = [" ".join((mention.surface or "").split()) for mention in places] + more
        kept = [form for form in dict.fromkeys(forms) if form != canonical]
        if kept:
            aliases[language] = kept
    return aliases


def _origins(each: Gathered) -> list[Origin]:
    """One origin a country, a stated one before an implied one; several stated countries are all kept."""
    ranked = sorted(each.origins, key=lambda origin: (origin.basis != "stated", origin.evidence or (0, 0)))
    kept: dict[str, Origin] = {}
    for origin in ranked:
        if origin.basis == "implied" and kept and origin.country not in kept:
            continue
        kept.setdefault(origin.country, origin)
    for origin in each.supposed if not kept else ():
        return [origin]
    return list(kept.values())


def _properties(each: Gathered) -> list[Property]:
    """Each property once for its value, in text order."""
    kept: dict[tuple[str, object, str | None], Property] = {}
    for stated in sorted(each.properties, key=lambda one: (one.evidence, one.name)):
        kept.setdefault((stated.name, stated.value, stated.unit), stated)
    return list(kept.values())


def _relations(each: Gathered, ids: Mapping[str, str]) -> list[Relation]:
    kept: dict[tuple[str, str], Relation] = {}
    for scene, stated in each.relations:
        relation = Relation(
            type=stated.type, target=ids[stated.target], qualifier=stated.qualifier,
            evidence=scene.reading.source(stated.evidence), confidence=0.8 if stated.qualifier is None else 0.75,
        )  # fmt: skip
        kept.setdefault((relation.type, relation.target), relation)
    return sorted(kept.values(), key=lambda relation: (relation.evidence, relation.type, relation.target))


def _confidence(each: Gathered, method: str) -> float:
    """The best layer's confidence, a little more when layers agree or the system is named often."""
    layers = {found.method for found in each.mentions} - {"propagation"}
    bonus = 0.02 * min(2, len(layers) - 1 if layers else 0) + 0.01 * min(2, len(each.mentions) - 1)
    return round(min(0.99, CONFIDENCE[method] + bonus), 2)
