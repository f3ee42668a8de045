"""GraphML and RDF: what igraph and pyld, which share no code with the writers, find in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import igraph
import pytest
from exporting import OUTPUTS, loaded, made_up, rendered
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import isomorphic

from pipeline.emit.exports import deliver, exporter
from pipeline.emit.exports.annotations import marks_of

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITS = "http://www.w3.org/2005/11/its/rdf#"
SCHEMA = "https://schema.org/"
each_record = pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> igraph.Graph:
    folder = tmp_path_factory.mktemp("graph")
    deliver(map(loaded, OUTPUTS), [exporter("graphml")], folder)
    return igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))


def test_every_article_entity_and_system_is_a_node_with_both_names(graph: igraph.Graph) -> None:
    nodes = {node["id"]: node for node in graph.vs}
    for record in map(loaded, OUTPUTS):
        assert nodes[f"article/{record.id}"]["name_fa"] == record.metadata.title.fa
        for fact in [*record.entities, *record.systems]:
            assert nodes[fact.id]["kind"] in ("entity", "system")
    iran = nodes["gpe/iran"]
    assert (iran["name_en"], iran["name_fa"], iran["type"]) == ("Iran", "ایران", "GPE")


def test_the_edges_are_the_mentions_and_the_relations_of_the_records(graph: igraph.Graph) -> None:
    def name(index: int) -> str:
        return str(graph.vs[index]["id"])

    edges = [(edge["type"], name(edge.source), name(edge.target), edge["count"]) for edge in graph.es]
    for record in map(loaded, OUTPUTS):
        for fact in [*record.entities, *record.systems]:
            assert ("mentions", f"article/{record.id}", fact.id, len(fact.mentions)) in edges
    relations = [
        (r.type, s.id, r.target) for record in map(loaded, OUTPUTS) for s in record.systems for r in s.relations
    ]
    assert relations
    assert set(relations) <= {edge[:3] for edge in edges}


def test_iran_is_one_node_for_all_articles_that_speak_of_it(graph: igraph.Graph) -> None:
    (iran,) = [node for node in graph.vs if node["id"] == "gpe/iran"]
    articles = {graph.vs[edge.source]["id"] for edge in iran.in_edges() if edge["type"] == "mentions"}
    assert len(articles) == sum(any(e.id == "gpe/iran" for e in loaded(path).entities) for path in OUTPUTS) > 3


def test_control_characters_do_not_break_the_graph(tmp_path: Path) -> None:
    deliver([made_up("a\x01b", [(0, 3)])], [exporter("graphml")], tmp_path)
    assert "a\ufffdb" in etree.tostring(etree.parse(tmp_path / "graph.graphml"), encoding="unicode")


def expanded(data: bytes) -> dict[str, dict[str, Any]]:
    """The nodes of a JSON-LD file by their URI, as pyld reads it."""
    return {node["@id"]: node for node in jsonld.expand(json.loads(data))}


def phrases(nodes: dict[str, dict[str, Any]]) -> list[tuple[int, int, str, str]]:
    return sorted(
        (
            int(node[f"{NIF}beginIndex"][0]["@value"]),
            int(node[f"{NIF}endIndex"][0]["@value"]),
            node[f"{NIF}anchorOf"][0]["@value"],
            unquote(node[f"{ITS}taIdentRef"][0]["@id"].removeprefix("urn:dozaban:")),
        )
        for node in nodes.values()
        if f"{NIF}Phrase" in node["@type"]
    )


@each_record
def test_every_mention_is_a_phrase_at_its_place_in_the_context(path: Path) -> None:
    record = loaded(path)
    nodes = expanded(rendered("jsonld", path)[".jsonld"])
    (context,) = [node for node in nodes.values() if f"{NIF}Context" in node["@type"]]
    text = context[f"{NIF}isString"][0]["@value"]
    assert text == record.text
    found = phrases(nodes)
    assert all(text[start:end] == surface for start, end, surface, _ in found)
    assert found == sorted((*mark.span, mark.surface, mark.fact) for mark in marks_of(record))


@each_record
def test_names_have_their_language_and_relations_lead_from_system_to_system(path: Path) -> None:
    record = loaded(path)
    nodes = expanded(rendered("jsonld", path)[".jsonld"])
    for fact in [*record.entities, *record.systems]:
        names = {value["@language"]: value["@value"] for value in nodes[uri(fact.id)].get(f"{SCHEMA}name", [])}
        assert names == {side: name for side in ("en", "fa") if (name := getattr(fact.name, side))}
    for system in record.systems:
        for relation in system.relations:
            targets = nodes[uri(system.id)][f"urn:dozaban:vocabulary#{relation.type}"]
            assert uri(relation.target) in {target["@id"] for target in targets}


def uri(fact: str) -> str:
    return "urn:dozaban:" + quote(fact, safe="/-._~:,+")


@each_record
def test_turtle_and_json_ld_are_the_same_graph_without_blank_nodes(path: Path) -> None:
    turtle = Graph().parse(data=rendered("turtle", path)[".ttl"], format="turtle")
    linked = Graph().parse(data=rendered("jsonld", path)[".jsonld"], format="json-ld")
    assert len(turtle) > 300
    assert isomorphic(turtle, linked)
    assert not re.search(rb"_:|\[\]", rendered("turtle", path)[".ttl"])


@given(st.text(alphabet='ایa \n\f\x01"\\<>{}|^`😀\u200c', min_size=1, max_size=30))
@settings(deadline=None)
def test_any_text_and_any_name_come_through_rdf(text: str) -> None:
    record = made_up(text, [(0, len(text))], name="x")
    record.entities[0].id = f"org/{text}"
    nodes = expanded(exporter("jsonld").render(record)[".jsonld"])
    assert phrases(nodes) == [(0, len(text), text, f"org/{text}")]
    Graph().parse(data=exporter("turtle").render(record)[".ttl"], format="turtle")
