"""The stage ``extract.systems``: named weapons, ships, software, devices… as the packs teach them.

For each pack that applies, each reading of the article (English words, Persian words) goes through the layers of
detection; rival readings of the same words are settled; learned names are looked for everywhere; then the mentions of
one designation or name become one system with what the text says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field

from pipeline.article import Article
from pipeline.extract.systems import kinds, origins
from pipeline.extract.systems.aliases import aliases
from pipeline.extract.systems.assemble import Gathered, assembled
from pipeline.extract.systems.crossing import crossed
from pipeline.extract.systems.designations import designations, free_designations
from pipeline.extract.systems.found import Found, settled
from pipeline.extract.systems.growth import grown
from pipeline.extract.systems.identity import same_keys
from pipeline.extract.systems.known import known_names
from pipeline.extract.systems.lookalikes import is_class
from pipeline.extract.systems.makers import made_by
from pipeline.extract.systems.names_english import english_names, prefixed_names
from pipeline.extract.systems.names_persian import persian_names
from pipeline.extract.systems.names_tables import names_in_tables
from pipeline.extract.systems.pack import SHIPPED, Pack, load_packs
from pipeline.extract.systems.propagation import propagated
from pipeline.extract.systems.properties import owners_of, stated_properties
from pipeline.extract.systems.quoted_persian import quoted_names
from pipeline.extract.systems.reading import Reading, readings
from pipeline.extract.systems.related import related_names
from pipeline.extract.systems.relations import stated_relations
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.table_facts import table_facts
from pipeline.extract.systems.vocabulary import Vocabulary
from pipeline.extract.systems.vouching import vouched
from pipeline.record import Origin, System
from pipeline.stage import Settings as StageSettings

_AUTO = "auto"


class SystemsStage:
    """Finds named systems in running text, notes and table cells of both languages."""

    name: ClassVar[str] = "extract.systems"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "blocks", "citations", "tables"})
    provides: ClassVar[frozenset[str]] = frozenset({"systems", "diagnostics"})

    class Settings(StageSettings):
        """Which fields the extractor knows."""

        packs: tuple[str, ...] = Field(
            default=(_AUTO,),
            description="Packs to use: 'auto' (the shipped packs whose vocabulary the article uses), names of shipped"
            " packs, paths of your own pack files (.yaml). Packs named here are always applied.",
        )

    def __init__(self, settings: Settings) -> None:
        named = tuple(name for name in settings.packs if name != _AUTO)
        self._always = tuple(Vocabulary(pack) for pack in load_packs(named))
        always = {vocabulary.pack.id for vocabulary in self._always}
        offered: tuple[Pack, ...] = load_packs(SHIPPED) if _AUTO in settings.packs else ()
        self._offered = tuple(Vocabulary(pack) for pack in offered if pack.id not in always)

    def __call__(self, article: Article) -> dict[str, Any]:
        texts = list(readings(article))
        scenes = [(vocabulary, [Scene(reading, vocabulary) for reading in texts]) for vocabulary in self._always]
        for vocabulary in self._offered:
            offered = [Scene(reading, vocabulary) for reading in texts]
            if _applies(vocabulary, offered):
                scenes.append((vocabulary, offered))
        return {"systems": _systems(article, texts, scenes), "diagnostics": []}


def _applies(vocabulary: Vocabulary, scenes: Sequence[Scene]) -> bool:
    """Whether the article speaks the pack's language: enough nouns of strong kinds, or names that need no context."""
    needed = vocabulary.pack.threshold
    hits = 0
    for scene in scenes:
        hits += sum(not noun.kind.weak for noun in scene.nouns)
        if hits >= needed:
            return True
    names = {each.key for scene in scenes for each in scene.once(known_names)}
    for scene in scenes:
        names |= {each.key for each in scene.once(designations)[0]} if hits else free_designations(scene)
    return bool(names) and hits + len(names) >= min(2, needed)


def _systems(
    article: Article, texts: Sequence[Reading], packs: Sequence[tuple[Vocabulary, Sequence[Scene]]]
) -> list[System]:
    vocabularies = {vocabulary.pack.id: vocabulary for vocabulary, _ in packs}
    scenes = [scene for _, own in packs for scene in own]
    everything = _all_mentions(texts, scenes, vocabularies)
    joined = same_keys(everything, vocabularies)
    everything = [replace(each, key=joined.get(each.key, each.key)) for each in everything]
    gathered: dict[str, Gathered] = {}
    for each in everything:
        gathered.setdefault(each.key, Gathered()).mentions.append(each)
    for scene in scenes:
        if own := _of_scene(scene, everything):
            _gather(scene, own, gathered)
    return assembled(article.text, gathered, vocabularies)


def _all_mentions(
    texts: Sequence[Reading], scenes: Sequence[Scene], vocabularies: dict[str, Vocabulary]
) -> list[Found]:
    """The mentions that all layers find, each layer hearing what the layers before it found."""
    detected: list[Found] = []
    open_: list[tuple[Scene, list[Found]]] = []
    for scene in scenes:
        grammatical, unvouched = scene.once(designations)
        own = settled([*grammatical, *_named(scene)])
        detected += [*own, *quoted_names(scene, own)]
        open_.append((scene, unvouched))
    found = _grown(scenes, _settled_by_reading(texts, detected))
    places = {(scene.vocabulary.pack.id, id(scene.reading)): scene for scene in scenes}
    # What is propagated lets relations and enumerations reach further names, which are then propagated in turn.
    for _ in range(2):
        more = _implied(open_, found)
        found = _grown(scenes, _settled_by_reading(texts, [*found, *more])) if more else found
        found = _settled_by_reading(texts, [*found, *crossed(texts, found, vocabularies)])
        found = _settled_by_reading(texts, [*found, *propagated(texts, found, places)])
    return found


def _implied(open_: Sequence[tuple[Scene, list[Found]]], found: Sequence[Found]) -> list[Found]:
    """What the mentions found so far make of their surroundings: open designations, second names, related names."""
    keys = frozenset(each.key for each in found)
    more: list[Found] = []
    for scene, unvouched in open_:
        own = _of_scene(scene, found)
        taken = vouched(scene, unvouched, own, keys)
        told = list(aliases(scene, [*own, *taken]))
        more += [*taken, *told, *related_names(scene, [*own, *taken, *told])]
    return more


def _of_scene(scene: Scene, found: Sequence[Found]) -> list[Found]:
    return [each for each in found if each.reading is scene.reading and each.pack is scene.vocabulary.pack]


def _grown(scenes: Sequence[Scene], found: Sequence[Found]) -> list[Found]:
    return [each for scene in scenes for each in grown(scene, _of_scene(scene, found))]


def _named(scene: Scene) -> list[Found]:
    return [
        *prefixed_names(scene),
        *scene.once(known_names),
        *english_names(scene),
        *persian_names(scene),
        *names_in_tables(scene),
    ]


def _settled_by_reading(texts: Sequence[Reading], found: Sequence[Found]) -> list[Found]:
    named = [each for each in found if not is_class(each.reading, each.span)]
    return [each for reading in texts for each in settled(one for one in named if one.reading is reading)]


def _gather(scene: Scene, own: Sequence[Found], gathered: dict[str, Gathered]) -> None:
    """Add to each system what this scene says of it."""
    beside = kinds.nouns_of(scene, own)
    for key, counts in kinds.votes(scene, own, beside).items():
        gathered[key].kinds.update(counts)
    relations = stated_relations(scene, own, beside)
    for stated in relations:
        gathered[stated.source].relations.append((scene, stated))
    for key, found_origins in origins.stated_origins(scene, own).items():
        gathered[key].origins.extend(found_origins)
    implied, received = origins.supplied(scene, own, scene.vocabulary.pack.supply)
    for key, found_origins in implied.items():
        gathered[key].origins.extend(found_origins)
    implied_fa, received_fa = origins.supplied_in_persian(scene, own)
    for key, found_origins in implied_fa.items():
        gathered[key].origins.extend(found_origins)
    for key, properties in [*received.items(), *received_fa.items()]:
        gathered[key].properties.extend(properties)
    owners = owners_of(scene, own, relations, beside)
    for each, fact in [*table_facts(scene, owners), *made_by(scene, owners)]:
        if isinstance(fact, Origin):
            gathered[each.key].origins.append(fact)
        elif fact.name == "manufacturer":
            gathered[each.key].properties.append(fact)
    for each in own:
        if (origin := origins.family_origin(scene, each)) is not None:
            gathered[each.key].supposed.append(origin)
        if (origin := origins.supposed_origin(scene, each)) is not None:
            gathered[each.key].supposed.append(origin)
    for owner, stated_property in stated_properties(scene, owners, beside):
        gathered[owner.key].properties.append(stated_property)
