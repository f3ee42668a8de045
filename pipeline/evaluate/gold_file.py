"""Gold in a file: one article summed up, or annotated mention by mention.

The summary holds titles, authors, abstract sentences (or their number), their alignment, keyword pairs and names of
systems. With ``document`` and ``entities`` it is a full annotation, in which every mention has its offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.evaluate.gold import Gold, GoldDate, GoldSystem, Links
from pipeline.evaluate.gold_folder import edtf, gold_of_folder, read_yaml, stated_properties
from pipeline.evaluate.scores import Scored
from pipeline.text.offsets import Span


def load_gold(path: Path) -> Gold:
    """The gold in a folder or a file. Raises RecordError when neither layout is recognised."""
    return gold_of_folder(path) if path.is_dir() else _from_file(path)


def _from_file(path: Path) -> Gold:
    data = read_yaml(path)
    if not isinstance(data, Mapping) or "title" not in data:
        raise RecordError(f"{path}: no gold here (a gold file begins with the article's title)", code="E-GOLD")
    gold = Gold(path.stem)
    gold.fields = {f"title.{language}": text for language, text in data["title"].items() if text}
    for i, author in enumerate(data.get("authors") or ()):
        gold.fields |= {f"authors.{i}.{key}": author[key] for key in ("en", "fa") if author.get(key)}
    for key in ("email", "received", "accepted"):
        if data.get(key):
            gold.fields[key] = str(data[key])
    if data.get("emails"):
        gold.fields["email"] = data["emails"][0]
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
        gold.keywords = [
            (pair.get("en"), pair.get("fa")) if isinstance(pair, Mapping) else (pair[0], pair[1]) for pair in keywords
        ]
    if "document" in data and "entities" in data:
        _annotated(data, gold)
    elif data.get("systems") is not None:
        gold.system_names = [(system.get("en"), system.get("fa")) for system in data["systems"]]
    return gold


def _links(data: Any) -> Links | None:
    if not data:
        return None
    return [
        (tuple(link["en"]), tuple(link["fa"])) if isinstance(link, Mapping) else (tuple(link[0]), tuple(link[1]))
        for link in data
    ]


def _annotated(data: Mapping[str, Any], gold: Gold) -> None:
    """The layers of a full annotation, whose scope is the whole text less what ``regions`` leaves out."""
    gold.scope = Span(0, 10**9)
    for name, region in (data.get("regions") or {}).items():
        spans = region if region and isinstance(region[0], list) else [region]
        found = [Span(start, end) for start, end in filter(None, spans)]
        gold.skipped += found
        gold.unread += found if name == "references" else []
    for language, abstract in (data.get("abstract") or {}).items():
        gold.sentences[language] = [_span(sentence) for sentence in abstract["sentences"]]
    gold.entities = [
        Scored(_span(item), item["type"], language=item["lang"])
        for item in data["entities"]
        if gold.covers(_span(item))
    ]
    gold.entity_pairs = [(pair[0], pair[1]) for pair in data.get("entity_pairs") or ()]
    gold.dates = [
        GoldDate(
            mention=Scored(_span(item), "DATE"),
            value=edtf(item["edtf"]),
            inner_value=None,
            citation=item.get("role") == "citation",
            core=item.get("core", True),
            native=item.get("native"),
        )
        for item in data.get("dates") or ()
    ]
    gold.optional_systems = [_span(item) for item in data.get("optional_systems") or () if "start" in item]
    # Gold made of a reviewed record (`dozaban review --export-gold`) says of every property that it is one.
    properties = _every_property if data.get("reviewed") else stated_properties
    gold.systems = [
        GoldSystem(
            names=tuple(
                dict.fromkeys(
                    name for name in (s["name_en"], s["name_fa"], *(m["surface"] for m in s["mentions"])) if name
                )
            ),
            kind=s.get("kind"),
            mentions=tuple(_span(m) for m in s["mentions"]),
            relations=tuple((relation["type"], relation["target"]) for relation in s.get("relations") or ()),
            properties=tuple(properties(s.get("properties") or ())),
        )
        for s in data.get("systems") or ()
    ]


def _every_property(attributes: Any) -> list[tuple[str, str]]:
    return [(str(attribute["name"]), str(attribute["value"])) for attribute in attributes]


def _span(item: Mapping[str, Any]) -> Span:
    return Span(item["start"], item["end"])
