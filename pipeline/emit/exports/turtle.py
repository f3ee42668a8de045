"""Turtle: the graph of :mod:`.rdf`, written by rdflib."""

from __future__ import annotations

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.rdf import graph_of
from pipeline.record import Record


def render(record: Record) -> Files:
    """The graph of the article; rdflib sorts its subjects, so that the same graph gives the same bytes."""
    return {".ttl": graph_of(record).serialize(format="turtle").encode("utf-8")}
