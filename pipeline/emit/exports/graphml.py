"""GraphML: articles, entities, systems and events as a directed graph, written by networkx.

Facts of equal id in several articles are one node, whose names are those of the first article that gives them. Edges
have a ``type``: ``mentions``, ``participant``, ``place``, ``tells``, or the relation of two systems.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.emit.exports.xml_text import legal
from pipeline.record import Bilingual, Record

Value = str | int | float | None


class Collect:
    """Gathers the graph and writes ``graph.graphml``."""

    def __init__(self, folder: Path) -> None:
        import networkx

        self._path = folder / "graph.graphml"
        self._graph: Any = networkx.MultiDiGraph()

    def add(self, record: Record) -> None:
        """Take the nodes and edges of one record."""
        article = f"article/{record.id}"
        meta = record.metadata
        self._node(article, "article", meta.title, doi=meta.doi, language=meta.language)
        for entity in record.entities:
            identifiers = " ".join(f"{key}:{value}" for key, value in sorted(entity.identifiers.items()))
            self._node(entity.id, "entity", entity.name, type=entity.type, identifiers=identifiers or None)
            self._mentions(article, entity.id, len(entity.mentions), entity.confidence)
        for system in record.systems:
            origin = " ".join(origin.country for origin in system.origin) or None
            self._node(
                system.id, "system", system.name, type=system.kind.en, type_fa=system.kind.fa, origin=origin,
                designation=system.designation,
            )  # fmt: skip
            self._mentions(article, system.id, len(system.mentions), system.confidence)
        for system in record.systems:
            for relation in system.relations:
                self._edge(system.id, relation.target, relation.type, record.id, relation.confidence)
        for event in record.timeline:
            name = f"{article}#{event.id}"
            self._node(name, "event", Bilingual(), type=event.type, date=event.date, what=event.what)
            self._edge(article, name, "tells", record.id, event.confidence)
            for participant in event.participants:
                self._edge(name, participant, "participant", record.id, event.confidence)
            if event.place:
                self._edge(name, event.place, "place", record.id, event.confidence)

    def close(self) -> None:
        """Write the graph."""
        import networkx

        networkx.write_graphml_xml(self._graph, self._path, encoding="utf-8", named_key_ids=True)

    def _node(self, name: str, kind: str, names: Bilingual, **values: Value) -> None:
        node = legal(name)
        given = {
            "kind": kind,
            "name_en": names.en,
            "name_fa": names.fa,
            "label": names.en or names.fa or name,
            **values,
        }
        old = self._graph.nodes.get(node, {})
        self._graph.add_node(node, **{**_plain(given), **old})

    def _mentions(self, article: str, fact: str, count: int, confidence: float) -> None:
        self._graph.add_edge(
            legal(article), legal(fact), type="mentions", count=count, confidence=round(float(confidence), 4)
        )

    def _edge(self, source: str, target: str, kind: str, article: str, confidence: float | None) -> None:
        values = _plain({"type": kind, "article": article, "confidence": confidence})
        self._graph.add_edge(legal(source), legal(target), **values)


def _plain(values: dict[str, Value]) -> dict[str, str | int | float]:
    plain: dict[str, str | int | float] = {}
    for key, value in values.items():
        if isinstance(value, str):
            plain[key] = legal(value)
        elif value is not None:
            plain[key] = round(value, 4) if isinstance(value, float) else value
    return plain
