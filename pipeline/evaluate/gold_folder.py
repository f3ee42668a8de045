"""Gold in a folder: one article annotated layer by layer.

``metadata.yaml``, ``abstracts.yaml``, ``entity_mentions.tsv``, ``entities.yaml``, ``dates.yaml``, ``systems.yaml``,
``events.yaml``; any of them may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RecordError
from pipeline.evaluate.gold import Gold, GoldDate, GoldEvent, GoldSystem
from pipeline.evaluate.scores import Scored
from pipeline.text.offsets import Span


def read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise RecordError(f"{path}: cannot be read as gold: {error}", code="E-GOLD") from None


def gold_of_folder(folder: Path) -> Gold:
    gold = Gold(folder.name)
    loaders = {
        "metadata.yaml": _metadata, "abstracts.yaml": _abstracts, "entity_mentions.tsv": _entities,
        "entities.yaml": _entity_pairs, "dates.yaml": _dates, "systems.yaml": _systems, "events.yaml": _events,
    }  # fmt: skip
    found = [name for name in loaders if (folder / name).is_file()]
    if not found:
        raise RecordError(f"{folder}: no gold here (none of {', '.join(loaders)})", code="E-GOLD")
    for name in found:
        loaders[name](folder / name, gold)
    return gold


def _metadata(path: Path, gold: Gold) -> None:
    data = read_yaml(path)
    authors = data["authors"]
    gold.fields = {
        "title.en": data["title_en"],
        "title.fa": data["title_fa"],
        **{f"authors.{i}.en": author["name_en"] for i, author in enumerate(authors)},
        **{f"authors.{i}.fa": author["name_fa"] for i, author in enumerate(authors)},
        "email": next((a["email"] for a in authors if a.get("email")), ""),
        "received": data["received"],
        "accepted": data["accepted"],
    }
    gold.counts = {
        "body sections": data["section_count_body"],
        "notes": data["notes_count"],
        "note markers": data["note_markers_in_text"],
        "references": data["references_count"],
        "table rows": len(data["table"]["rows"]),
    }
    gold.keywords = [(pair["en"], pair["fa"]) for pair in data["keyword_pairs"]]
    main = data["document"]["regions"]["title_to_note"]
    gold.scope = Span(main[0], main[1])


def _abstracts(path: Path, gold: Gold) -> None:
    data = read_yaml(path)
    for language, key in (("en", "english"), ("fa", "persian")):
        gold.sentences[language] = [Span(s["start"], s["end"]) for s in data[key]["sentences"]]
    gold.alignment = [(tuple(en), tuple(fa)) for en, fa in data["sentence_alignment"]]


#: Names of types in the gold that differ from the record's.
_TYPES = {"LAW_DOC": "LAW"}


def _entities(path: Path, gold: Gold) -> None:
    """Layer A holds names, B events, laws and programmes (may overlap A); C holds nested extras: right, but not due."""
    gold.entities = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        start, end, _surface, kind, _canonical, layer, in_citation = line.split("\t")
        mention = Scored(Span(int(start), int(end)), _TYPES.get(kind, kind))
        due = layer in ("A", "B") and in_citation == "false"
        (gold.entities if due else gold.optional_entities).append(mention)


def _entity_pairs(path: Path, gold: Gold) -> None:
    gold.entity_pairs = [(pair["en"], pair["fa"]) for pair in read_yaml(path)["persian_alignment"]]


def _dates(path: Path, gold: Gold) -> None:
    gold.dates = []
    for item in read_yaml(path)["expressions"]:
        inner = item.get("inner") or {}
        also = (Span(inner["start"], inner["end"]),) if inner else ()
        gold.dates.append(
            GoldDate(
                mention=Scored(Span(item["start"], item["end"]), "DATE", also),
                value=edtf(item["value"]),
                inner_value=edtf(inner.get("value")),
                citation=item["is_citation_year"],
                core=item["core"],
            )
        )


def edtf(value: Any) -> str | None:
    """A gold value in the record's notation: open ranges are written ``1979..`` and ``..2014`` in the gold files."""
    if value is None:
        return None
    text = str(value)
    if text.endswith("..") and "/" not in text:
        return f"{text[:-2]}/.."
    if text.startswith("..") and "/" not in text:
        return f"../{text[2:]}"
    return text


def _systems(path: Path, gold: Gold) -> None:
    data = read_yaml(path)
    limit = int(data["scope"]["main"].split("..")[1].split()[0])
    names = {s["canonical"]: (s["canonical"], *(a["surface"] for a in s["aliases"])) for s in data["systems"]}
    gold.systems = [
        GoldSystem(
            names=names[system["canonical"]],
            kind=system["kind"],
            mentions=tuple(Span(m["start"], m["end"]) for m in system["mentions"] if m["end"] <= limit),
            relations=tuple(
                (relation["type"], relation["target"])
                for relation in system.get("relations") or ()
                if relation.get("scope", "main") == "main"
            ),
            properties=tuple(stated_properties(_within(system.get("attributes") or (), limit))),
        )
        for system in data["systems"]
    ]


def _within(attributes: Any, limit: int) -> list[Any]:
    """The attributes whose evidence lies in the text that is scored, as the mentions must."""
    return [each for each in attributes if (each.get("evidence") or {}).get("end", 0) <= limit]


def _events(path: Path, gold: Gold) -> None:
    """Facts told again (``duplicate_of``) and those of the notes are not due."""
    gold.events = [
        GoldEvent(date=edtf(event["date"]) or "", evidence=Span(event["evidence"]["start"], event["evidence"]["end"]))
        for event in read_yaml(path)["events"]
        if event["scope"] != "notes" and not event.get("duplicate_of")
    ]


#: Attributes of a system that say what the record holds elsewhere (its kind), or that no property stands for.
_NO_PROPERTIES = frozenset(
    ["role", "production_line", "development_contributors", "co_producer", "tested_by", "launch_platform", "mass_class",
     "range_class", "armament", "manufacturer", "developer", "publisher", "design_basis", "carried_by"]
)  # fmt: skip


def stated_properties(attributes: Any) -> list[tuple[str, str]]:
    """The (name, value) pairs of a system's attributes; of one stated in two units the first is due."""
    found: list[tuple[str, str]] = []
    names: set[str] = set()
    for attribute in attributes:
        name = str(attribute["name"])
        value = attribute.get("value", attribute.get("max"))
        if name in _NO_PROPERTIES or value is None or isinstance(value, Mapping):
            continue
        values = value if isinstance(value, list) else [value]
        if attribute.get("unit") in {"mi", "ft", "nmi", "lb"} and name in names:
            continue
        names.add(name)
        found += [(name, str(each)) for each in values]
    return found
