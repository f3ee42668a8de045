"""JSON-LD: the graph of :mod:`.rdf`, written by rdflib and put in order."""

from __future__ import annotations

import json
from typing import Any

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.rdf import graph_of
from pipeline.record import Record


def render(record: Record) -> Files:
    """The graph of the article, with prefixes in its context."""
    graph = graph_of(record)
    context = {prefix: str(namespace) for prefix, namespace in sorted(graph.namespaces())}
    data = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
    return {".jsonld": (json.dumps(_ordered(data), ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _ordered(value: Any) -> Any:
    """Sets in RDF have no order, and rdflib writes them in any; no list in these graphs has one either."""
    if isinstance(value, dict):
        return {key: _ordered(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_ordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
