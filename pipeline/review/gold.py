"""Reviewed articles as gold for ``dozaban evaluate``: what a person has confirmed is what the machine is scored on.

The file is a full annotation (:mod:`pipeline.evaluate.gold_file`): titles, abstract sentences and their links, keyword
pairs, and every mention of an entity, date and system with its offsets. Its name is the record's, so that the two find
each other; scored against the record it was made from, it gives 1.0 everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.decisions.apply import decide
from pipeline.decisions.files import FOLDER, read_reviews
from pipeline.emit.atomic import write_atomically
from pipeline.emit.exports import conll
from pipeline.errors import ReviewError
from pipeline.facts import Date, Mentions, Property, System
from pipeline.record import Language, Record
from pipeline.review.desk import machine_record, state_of
from pipeline.yaml_style import dump


def export_gold(outputs: Path, folder: Path, *, everything: bool = False) -> list[Path]:
    """Write a gold file for each article whose review is done (``everything``: for each that has decisions).

    Returns the paths. Raises ReviewError (``E-REVIEW-GOLD``) when there is no such article.
    """
    written = []
    for record in _confirmed(outputs, everything=everything):
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{record.id}.yaml"
        write_atomically(target, dump(gold_of(record)))
        written.append(target)
    return written


def write_annotated(outputs: Path, folder: Path, language: Language) -> list[Path]:
    """Write the sentences of each article whose review is done as a corpus that ``dozaban train`` reads.

    Returns the paths. Raises ReviewError (``E-REVIEW-GOLD``) when there is no such article.
    """
    written = []
    for record in _confirmed(outputs):
        content = conll.render(record).get(f".{language}.conll")
        if content is not None:
            target = folder / f"{record.id}.{language}.conll"
            target.write_bytes(content)
            written.append(target)
    return written


def _confirmed(outputs: Path, *, everything: bool = False) -> Iterator[Record]:
    """The records of the articles that are done, with the decisions applied."""
    found = False
    for article in reviewed_articles(outputs):
        reviews = read_reviews(outputs / FOLDER, article)
        states = {state_of(list(review.entries)) for review in reviews}
        if "done" not in states and not (everything and "review" in states):
            continue
        found = True
        yield decide(machine_record(outputs, article), reviews).record
    if not found:
        raise ReviewError(
            f"{outputs}: no article here is marked as done; mark some, or take --all for every one with decisions",
            code="E-REVIEW-GOLD",
        )


def reviewed_articles(outputs: Path) -> list[str]:
    """The articles that have records and decisions."""
    folder = outputs / FOLDER
    if not folder.is_dir():
        return []
    named = {path.name.removesuffix(".yaml") for path in folder.glob("*.yaml")}
    records = {path.stem for path in outputs.glob("*.yaml")}
    shortened = {name.rpartition(".")[0] for name in named}
    return sorted((named | shortened) & records)


def gold_of(record: Record) -> dict[str, Any]:
    """A record as a full annotation."""
    metadata, abstract = record.metadata, record.abstract
    title = {language: text for language, text in (("en", metadata.title.en), ("fa", metadata.title.fa)) if text}
    found: dict[str, Any] = {
        "title": title,
        "authors": [_without_empty({"en": a.name.en, "fa": a.name.fa}) for a in metadata.authors],
        "received": metadata.received,
        "accepted": metadata.accepted,
        "reviewed": True,
        "document": {"file": record.source.file, "text_sha256": record.source.text_sha256},
        "abstract": {
            language: {"sentences": [_place(sentence.span) for sentence in text.sentences]}
            for language, text in (("en", abstract.en), ("fa", abstract.fa))
            if text is not None
        },
        "alignment": [[list(link.en), list(link.fa)] for link in abstract.alignment],
        "keywords": [[k.en, k.fa] for k in record.keywords],
        "entities": sorted(_entities(record), key=_order),
        "entity_pairs": [[e.name.en, e.name.fa] for e in record.entities if e.mentions.en and e.mentions.fa],
        "dates": sorted((item for date in record.dates for item in _dates(date)), key=_order),
        "systems": [_system(system, record) for system in record.systems],
    }
    return {key: value for key, value in found.items() if value not in (None, [], {}) or key in _SCORED}


#: Layers that are annotated even where there is nothing.
_SCORED = frozenset({"title", "document", "entities", "dates", "systems"})


def _entities(record: Record) -> Iterator[dict[str, Any]]:
    for entity in record.entities:
        for item, language in _mentions(entity.mentions):
            yield {**item, "type": entity.type, "lang": language, "entity": entity.id}


def _dates(date: Date) -> Iterator[dict[str, Any]]:
    for item, language in _mentions(date.mentions):
        more = {"edtf": date.value.edtf, "native": date.value.native, "role": date.role, "lang": language}
        core = date.type not in ("relative", "duration", "set")
        yield {**item, **_without_empty(more), "edtf": date.value.edtf, "core": core}


def _system(system: System, record: Record) -> dict[str, Any]:
    names = {fact.id: fact.name.en or fact.name.fa for facts in (record.systems, record.entities) for fact in facts}
    said: dict[str, Any] = {
        "name_en": system.name.en,
        "name_fa": system.name.fa,
        "kind": system.kind_id or system.kind.en,
        "mentions": [item for item, _ in _mentions(system.mentions)],
        "properties": [_without_empty(_property(each)) for each in system.properties],
        "relations": [
            {"type": each.type, "target": names.get(each.target) or each.target} for each in system.relations
        ],
    }
    return {key: value for key, value in said.items() if value or key in ("name_en", "name_fa", "mentions")}


def _property(said: Property) -> dict[str, Any]:
    return {"name": said.name, "value": said.value, "unit": said.unit}


def _mentions(mentions: Mentions) -> Iterator[tuple[dict[str, Any], str]]:
    for language, mention in mentions.all():
        yield {**_place(mention.span), "surface": mention.surface}, language


def _place(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _order(item: dict[str, Any]) -> tuple[int, int]:
    return item["start"], item["end"]


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}
