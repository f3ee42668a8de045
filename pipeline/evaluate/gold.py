"""Gold annotations as plain data, from the two layouts they come in.

A *folder* annotates one article layer by layer (``metadata.yaml``, ``abstracts.yaml``, ``entity_mentions.tsv``,
``dates.yaml``, ``systems.yaml``). A *file* sums up one article: titles, abstract sentences (or their number), their
alignment, keyword pairs, names of systems. What a gold does not annotate is None and is not scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RecordError
from pipeline.evaluate.scores import Scored
from pipeline.text.offsets import Span

Links = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A time expression: its spans, EDTF value, whether it stands in a citation, whether it is calendar-anchored."""

    mention: Scored
    value: str | None
    inner_value: str | None
    citation: bool
    core: bool


@dataclass(frozen=True, slots=True)
class GoldSystem:
    """A named system with its kind, its mentions in scope, and its relations as (type, target name) pairs."""

    names: tuple[str, ...]
    kind: str | None
    mentions: tuple[Span, ...]
    relations: tuple[tuple[str, str], ...]


@dataclass
class Gold:
    """One article's annotations. ``scope`` bounds the spans that were annotated for entities, dates and systems."""

    name: str
    scope: Span | None = None
    fields: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, list[Span] | list[str]] = field(default_factory=dict)
    alignment: Links | None = None
    keywords: list[tuple[str | None, str | None]] | None = None
    entities: list[Scored] | None = None
    optional_entities: list[Scored] = field(default_factory=list)
    entity_pairs: list[tuple[str, str]] | None = None
    dates: list[GoldDate] | None = None
    systems: list[GoldSystem] | None = None
    system_names: list[tuple[str | None, str | None]] | None = None


def load_gold(path: Path) -> Gold:
    """The gold in a folder or a file. Raises RecordError when neither layout is recognised."""
    if path.is_dir():
        return _from_folder(path)
    return _from_file(path)


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise RecordError(f"{path}: cannot be read as gold: {error}", code="E-GOLD") from None


def _from_folder(folder: Path) -> Gold:
    gold = Gold(folder.name)
    loaders = {
        "metadata.yaml": _metadata, "abstracts.yaml": _abstracts, "entity_mentions.tsv": _entities,
        "entities.yaml": _entity_pairs, "dates.yaml": _dates, "systems.yaml": _systems,
    }  # fmt: skip
    found = [name for name in loaders if (folder / name).is_file()]
    if not found:
        raise RecordError(f"{folder}: no gold here (none of {', '.join(loaders)})", code="E-GOLD")
    for name in found:
        loaders[name](folder / name, gold)
    return gold


def _metadata(path: Path, gold: Gold) -> None:
    data = _yaml(path)
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
    data = _yaml(path)
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
    gold.entity_pairs = [(pair["en"], pair["fa"]) for pair in _yaml(path)["persian_alignment"]]


def _dates(path: Path, gold: Gold) -> None:
    gold.dates = []
    for item in _yaml(path)["expressions"]:
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
    data = _yaml(path)
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
        )
        for system in data["systems"]
    ]


def _from_file(path: Path) -> Gold:
    data = _yaml(path)
    if not isinstance(data, Mapping) or "title" not in data:
        raise RecordError(f"{path}: no gold here (a gold file begins with the article's title)", code="E-GOLD")
    gold = Gold(path.stem)
    gold.fields = {f"title.{language}": text for language, text in data["title"].items() if text}
    for i, author in enumerate(data.get("authors") or ()):
        gold.fields |= {f"authors.{i}.{key}": author[key] for key in ("en", "fa") if author.get(key)}
    for key in ("email", "received", "accepted"):
        if data.get(key):
            gold.fields[key] = str(data[key])
    if "sentences" in data:
        gold.sentences = {language: list(data["sentences"][language]) for language in ("en", "fa")}
    for language, count in (data.get("abstract_sentences") or {}).items():
        gold.counts[f"abstract sentences {language}"] = count
    for key, name in (("body_sections", "body sections"), ("notes", "notes"), ("references", "references")):
        if data.get(key) is not None:
            gold.counts[name] = data[key] if isinstance(data[key], int) else len(data[key])
    gold.alignment = _links(data.get("sentence_alignment") or data.get("alignment"))
    keywords = data.get("keywords")
    if isinstance(keywords, Mapping):
        gold.keywords = [(pair["en"], pair["fa"]) for pair in keywords["pairs"]]
    elif keywords:
        gold.keywords = [(pair.get("en"), pair.get("fa")) for pair in keywords]
    if data.get("systems") is not None:
        gold.system_names = [(system.get("en"), system.get("fa")) for system in data["systems"]]
    return gold


def _links(data: Any) -> Links | None:
    if not data:
        return None
    return [
        (tuple(link["en"]), tuple(link["fa"])) if isinstance(link, Mapping) else (tuple(link[0]), tuple(link[1]))
        for link in data
    ]
