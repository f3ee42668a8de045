"""The record as a contract: its schema, its YAML, and the questions it answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RecordError
from pipeline.record import (
    REVISION,
    Bilingual,
    Entity,
    Layer,
    Link,
    Mention,
    Mentions,
    ProducedBy,
    Record,
    Source,
    json_schema,
)
from pipeline.serial import dump_yaml, load_yaml
from pipeline.text.offsets import Span

SCHEMAS = Path(__file__).parents[1] / "docs" / "schema"
OLD = Path(__file__).parent / "data" / "record-1.0.yaml"


def record(**layers: Any) -> Record:
    source = Source(file="a.md", media_type="text/markdown", sha256="0" * 64, characters=30)
    return Record(id="a", source=source, produced_by=ProducedBy(dozaban="0.1.0", config_sha256="0" * 64), **layers)


def iran(*, spans: tuple[Span, ...] = (Span(3, 7),)) -> Entity:
    return Entity(
        id="gpe/iran",
        type="GPE",
        name=Bilingual(en="Iran", fa="ایران"),
        identifiers={"iso3166": "IR"},
        mentions=Mentions(en=[Mention(span=span, surface="Iran") for span in spans]),
        method="gazetteer",
        alignment=Link(method="identifier", confidence=0.99),
        confidence=0.97,
    )


def test_the_schema_changes_only_together_with_its_revision() -> None:
    published = SCHEMAS / f"dozaban-{REVISION}.json"
    assert published.is_file(), f"write it with: dozaban schema > {published}"
    assert json.loads(published.read_text(encoding="utf-8")) == json_schema(), (
        "the record's model changed: raise REVISION in pipeline/record.py and write the new schema beside the old"
    )


def test_a_new_revision_only_adds_fields() -> None:
    now = json_schema()
    for published in sorted(SCHEMAS.glob("dozaban-1.*.json")):
        before = json.loads(published.read_text(encoding="utf-8"))
        for name, model in before["$defs"].items():
            assert set(model.get("properties", {})) <= set(now["$defs"][name].get("properties", {})), (published, name)
            assert set(now["$defs"][name].get("required", [])) <= set(model.get("required", [])), (published, name)
        assert set(before["properties"]) <= set(now["properties"]), published


def test_a_record_of_the_first_revision_still_loads() -> None:
    old = load_yaml(OLD.read_bytes(), name=OLD.name)
    assert old.entities.by_id("gpe/iran").name.fa == "ایران"
    assert load_yaml(dump_yaml(old)) == old


def test_a_record_obeys_its_own_schema() -> None:
    jsonschema.validate(record(entities=[iran()]).to_dict(), json_schema())


def test_a_mention_is_one_line_of_yaml() -> None:
    lines = dump_yaml(record(entities=[iran(spans=(Span(3, 7), Span(12, 16)))])).splitlines()
    assert "    - {span: [3, 7], surface: Iran}" in lines
    assert "    - {span: [12, 16], surface: Iran}" in lines


def test_yaml_is_utf8_in_the_order_of_the_contract_without_anchors() -> None:
    text = dump_yaml(record(entities=[iran(), iran()]))
    assert text.startswith("schema: dozaban/1\nid: a\n")
    assert "ایران" in text
    assert "&id" not in text
    assert list(yaml.safe_load(text))[:4] == ["schema", "id", "source", "produced_by"]


names = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30) | st.sampled_from(
    ["yes", "null", "1979", "2015-03-01", "۱۳۹۴", "- x", "a: b", "# c", "«نور»", "می\u200cشود", "'", '"', "{", "on"]
)


@given(names, names)
def test_any_name_survives_yaml(english: str, persian: str) -> None:
    entity = iran()
    entity.name = Bilingual(en=english, fa=persian)
    before = record(entities=[entity])
    assert load_yaml(dump_yaml(before)) == before


def test_a_fact_is_found_by_its_id() -> None:
    facts: Layer[Entity] = record(entities=[iran()]).entities
    assert facts.by_id("gpe/iran").identifiers == {"iso3166": "IR"}
    with pytest.raises(KeyError, match="it has gpe/iran"):
        facts.by_id("gpe/iraq")


def test_text_of_needs_the_text_the_record_was_made_from() -> None:
    made = record(entities=[iran()])
    with pytest.raises(ValueError, match="no text is attached"):
        made.text_of(Span(3, 7))
    assert made.with_text("in Iran").text_of(Span(3, 7)) == "Iran"
    made.source.text_sha256 = "1" * 64
    with pytest.raises(ValueError, match="not the one"):
        made.with_text("another text")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "E-RECORD-SCHEMA"),
        ("schema: dozaban/2\nid: a", "E-RECORD-INVALID"),
        ("schema: dozaban/1\nid: a\nentitees: []", "E-RECORD-INVALID"),
        ("a: [", "E-RECORD-YAML"),
        ("!!python/object/apply:os.system ['true']", "E-RECORD-YAML"),
    ],
)
def test_what_is_no_record_is_refused_with_its_name(text: str, code: str) -> None:
    with pytest.raises(RecordError, match=r"x\.yaml") as caught:
        load_yaml(text, name="x.yaml")
    assert caught.value.code == code
