"""The record: the typed model of everything one article yields.

The field names are the contract with every reader of a record; the JSON Schema in ``docs/schema/`` is generated from
these classes, one file for each revision. Within one major version of the schema fields may be added (which makes a
new revision), never renamed, removed or given another meaning.

A span is ``[start, end)`` in Unicode code points of the article's text (``<id>.txt``), and wherever a fact carries
a span and a ``surface`` (or ``text``), the two agree: ``text[start:end] == surface``.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, PrivateAttr
from pydantic.json_schema import PydanticJsonSchemaWarning
from pydantic_core import CoreSchema, core_schema

from pipeline import yaml_style
from pipeline.facts import (
    Bilingual,
    BilingualSpans,
    BlockKind,
    Calendar,
    Confidence,
    Date,
    DateRole,
    DateType,
    DateValue,
    Diagnostic,
    Entity,
    EntityType,
    Event,
    Language,
    Link,
    Mention,
    Mentions,
    Model,
    Modifier,
    Origin,
    Property,
    Quantity,
    Relation,
    RelationType,
    SectionRole,
    Severity,
    System,
)
from pipeline.parts import (
    Abstract,
    AbstractText,
    Author,
    Block,
    Citation,
    Evidence,
    Keyword,
    Metadata,
    Note,
    PageLayout,
    ProducedBy,
    Reference,
    Section,
    Sentence,
    SentenceLink,
    Source,
    StageVersion,
    Table,
    Term,
    Words,
)
from pipeline.text.offsets import Span

__all__ = [
    "LAYERS",
    "REVISION",
    "SCHEMA",
    "Abstract",
    "AbstractText",
    "Author",
    "Bilingual",
    "BilingualSpans",
    "Block",
    "BlockKind",
    "Calendar",
    "Citation",
    "Confidence",
    "Date",
    "DateRole",
    "DateType",
    "DateValue",
    "Diagnostic",
    "Entity",
    "EntityType",
    "Event",
    "Evidence",
    "Keyword",
    "Language",
    "Layer",
    "Link",
    "Mention",
    "Mentions",
    "Metadata",
    "Model",
    "Modifier",
    "Note",
    "Origin",
    "PageLayout",
    "ProducedBy",
    "Property",
    "Quantity",
    "Record",
    "Reference",
    "Relation",
    "RelationType",
    "Section",
    "SectionRole",
    "Sentence",
    "SentenceLink",
    "Severity",
    "Source",
    "Span",
    "StageVersion",
    "System",
    "Table",
    "Term",
    "Words",
    "json_schema",
]

SCHEMA: Literal["dozaban/1"] = "dozaban/1"

#: Grows whenever the schema does: ``docs/schema/dozaban-<revision>.json`` holds the schema of each.
REVISION = "1.3"


# ── the record ─────────────────────────────────────────────────────────────────────────────────────────────────

_Fact = TypeVar("_Fact", bound=Model)


class Layer(list[_Fact]):
    """A list of facts that can also be asked for one of them by id."""

    def by_id(self, fact_id: str) -> _Fact:
        """The fact with this id. Raises KeyError, naming some ids of the same kind, when there is none."""
        for fact in self:
            if getattr(fact, "id", None) == fact_id:
                return fact
        kind = fact_id.split("/", 1)[0]
        ids = [str(getattr(fact, "id", "")) for fact in self]
        near = [other for other in ids if other.split("/", 1)[0] == kind][:5]
        raise KeyError(f"no fact {fact_id!r} in this layer" + (f"; it has {', '.join(near)}" if near else ""))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (item,) = get_args(source)
        return core_schema.no_info_after_validator_function(cls, handler(list.__class_getitem__(item)))


class Record(Model):
    """Everything known of one article, and the text that its spans point into.

    ``text`` is None until it is attached (:func:`pipeline.load` does so when ``<id>.txt`` stands beside the record).
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["dozaban/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    standoff: bool = False
    source: Source
    produced_by: ProducedBy
    metadata: Metadata = Metadata()
    abstract: Abstract = Abstract()
    keywords: Layer[Keyword] = Layer()
    terms: Layer[Term] = Layer()
    sections: Layer[Section] = Layer()
    tables: Layer[Table] = Layer()
    notes: Layer[Note] = Layer()
    references: Layer[Reference] = Layer()
    citations: Layer[Citation] = Layer()
    entities: Layer[Entity] = Layer()
    dates: Layer[Date] = Layer()
    systems: Layer[System] = Layer()
    timeline: Layer[Event] = Layer()
    blocks: Layer[Block] = Layer()
    layout: list[PageLayout] = []
    diagnostics: Layer[Diagnostic] = Layer()
    extensions: dict[str, Any] = {}
    _text: str | None = PrivateAttr(default=None)

    @property
    def text(self) -> str | None:
        """The article's text, or None when it has not been attached."""
        return self._text

    def with_text(self, text: str) -> Record:
        """This record with its text attached. Raises ValueError when the text is not the one it was made from."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if self.source.text_sha256 and digest != self.source.text_sha256:
            raise ValueError(f"{self.id}: the text is not the one this record was made from (sha256 differs)")
        self._text = text
        return self

    def text_of(self, span: Span | tuple[int, int]) -> str:
        """The characters of a span. Raises ValueError when no text is attached."""
        if self._text is None:
            raise ValueError(f"{self.id}: no text is attached; load the record beside its .txt or use with_text()")
        return self._text[span[0] : span[1]]

    def layers(self) -> Iterator[tuple[str, list[Any]]]:
        """Each list of facts with its name, in the order of the record."""
        for name in LAYERS:
            yield name, getattr(self, name)

    def mark_low(self, below: float) -> None:
        """Mark the entities, dates, systems and events whose confidence is under ``below`` as ``low``."""
        for facts in (self.entities, self.dates, self.systems, self.timeline):
            for fact in facts:
                fact.low = fact.confidence is not None and fact.confidence < below

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, in the order of the contract, without empty fields."""
        return cast("dict[str, Any]", _plain(self))

    def to_yaml(self) -> str:
        """The record as YAML, in the style of :mod:`pipeline.yaml_style`."""
        return yaml_style.dump(self.to_dict())


LAYERS = (
    "keywords", "terms", "sections", "tables", "notes", "references", "citations", "entities", "dates", "systems",
    "timeline", "blocks", "diagnostics",
)  # fmt: skip


def _plain(value: Any) -> Any:
    """``value`` as plain data, fractions to four places. An optional field that is None, False or empty is left out."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return _plain_model(value) if isinstance(value, Model) else value


def _plain_model(model: Model) -> dict[str, Any]:
    """The fields of a model. One that holds nothing is left out: 0 is a value, a model without content is not."""
    plain: dict[str, Any] = {}
    values = model.__dict__
    for name, alias, required in _fields(type(model)):
        item = values[name]
        if not required and (item is None or item is False):
            continue
        kind = type(item)
        if kind is not str and kind is not int:
            hollow = isinstance(item, Model | list | dict)
            item = _plain(item)
            if hollow and not item and not required:
                continue
        plain[alias] = item
    return plain


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (name, field.alias or name, field.is_required() or name == "schema_")
        for name, field in model.model_fields.items()
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record as it is written."""
    with warnings.catch_warnings():
        # pydantic cannot write an empty Layer as a default into the schema, and need not.
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        schema = Record.model_json_schema(by_alias=True, mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{SCHEMA}?revision={REVISION}"}
    return {**head, **schema}
