"""What a fact is made of: mentions with their spans, names in two languages, and the kinds of fact themselves.

The contract is :mod:`pipeline.record`, which offers every name here too; this module holds what is said *about the
world* (entities, dates, systems, events), the other what is said about the article and the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.text.offsets import Span

Language = Literal["en", "fa", "und"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]

BlockKind = Literal[
    "title", "author", "affiliation", "date_line", "heading", "abstract", "keywords", "paragraph", "list_item",
    "quote", "table", "caption", "note", "reference", "code", "rule", "furniture",
]  # fmt: skip
SectionRole = Literal["title", "abstract", "keywords", "body", "notes", "references", "acknowledgements", "appendix"]
EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK", "PROGRAM"]
DateType = Literal[
    "date", "month", "year", "season", "quarter", "decade", "century", "range", "open_range", "relative", "duration",
    "set",
]  # fmt: skip
Calendar = Literal["gregorian", "jalali", "hijri"]
Modifier = Literal["early", "mid", "late", "approximate", "uncertain"]
DateRole = Literal["text", "citation", "metadata"]
Severity = Literal["info", "warning", "error"]
RelationType = Literal[
    "variant_of", "based_on", "copy_of", "derived_from", "renamed_as", "similar_to", "carried_by", "supplied_by",
    "supplied_to", "component_of", "powered_by", "replaces", "successor_of",
]  # fmt: skip


class Model(BaseModel):
    """A part of the record. Unknown fields are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Bilingual(Model):
    """One thing's name or value in either language."""

    en: str | None = None
    fa: str | None = None


class Mention(Model):
    """One place in the text that speaks of a fact.

    ``normalized`` is the repaired form where it differs from the surface (half-spaces restored, letters folded);
    ``method`` and ``confidence`` are given where they differ from the fact's own. In a stand-off record a long
    ``surface`` is replaced by ``sha256``.
    """

    span: Span
    surface: str | None = None
    normalized: str | None = None
    method: str | None = None
    confidence: Confidence | None = None
    sha256: str | None = None


class Mentions(Model):
    """The mentions of one fact, by the language of the text they stand in, each list in text order."""

    en: list[Mention] = []
    fa: list[Mention] = []

    def all(self) -> Iterator[tuple[Literal["en", "fa"], Mention]]:
        """Each mention with its language, English ones first."""
        for mention in self.en:
            yield "en", mention
        for mention in self.fa:
            yield "fa", mention

    def __len__(self) -> int:
        return len(self.en) + len(self.fa)


class Link(Model):
    """Why two languages' names are held to mean the same thing."""

    method: str
    confidence: Confidence


class BilingualSpans(Model):
    """Where the two languages' forms of one thing stand."""

    en: Span | None = None
    fa: Span | None = None


class Entity(Model):
    """A person, organisation, place, group, event, law, work or programme the article speaks of."""

    id: str
    type: EntityType
    name: Bilingual
    aliases: dict[Literal["en", "fa"], list[str]] = {}
    identifiers: dict[str, str] = {}
    mentions: Mentions = Mentions()
    method: str
    alignment: Link | None = None
    confidence: Confidence
    low: bool = False


class DateValue(Model):
    """A point or stretch of time.

    ``edtf`` is the Gregorian value in EDTF (ISO 8601-2) with openness and uncertainty (``1979/..``, ``2020?``);
    ``gregorian`` is the named period alone (``1979``, ``2020``); ``native`` is that period in the calendar the text
    uses, where that is not the Gregorian one (``1394-03``, whose ``gregorian`` is ``2015-05-22/2015-06-21``).
    ``edtf`` is null for a relative expression that nothing in the text resolves.
    """

    edtf: str | None = None
    calendar: Calendar = "gregorian"
    gregorian: str | None = None
    native: str | None = None
    modifier: Modifier | None = None
    calendar_confidence: Confidence | None = None


class Date(Model):
    """One value of time, with the places that state it."""

    id: str
    type: DateType
    value: DateValue
    role: DateRole = "text"
    mentions: Mentions = Mentions()
    method: str
    alignment: Link | None = None
    confidence: Confidence
    low: bool = False


class Origin(Model):
    """A country a system comes from (ISO 3166-1 alpha-2), with the words that say so."""

    country: str
    evidence: Span | None = None
    basis: Literal["stated", "implied"] = "stated"


class Quantity(Model):
    """An amount in a unit of the SI (m, m/s, kg, s, W, Hz, N)."""

    value: float | int
    minimum: float | int | None = None
    maximum: float | int | None = None
    unit: str


class Property(Model):
    """A measured or stated property of a system. ``value`` is the number as stated (the upper bound of a range).

    ``si`` is the same amount in the SI's unit, where it has one.
    """

    name: str
    value: float | int | str
    minimum: float | int | None = None
    maximum: float | int | None = None
    unit: str | None = None
    qualifier: str | None = None
    si: Quantity | None = None
    evidence: Span
    confidence: Confidence | None = None


class Relation(Model):
    """How one system stands to another; ``target`` is a system's or an entity's id."""

    type: RelationType
    target: str
    qualifier: str | None = None
    evidence: Span
    confidence: Confidence | None = None


class System(Model):
    """A named thing with a design of its own: a weapon, ship, device, program, protocol."""

    id: str
    name: Bilingual
    designation: str | None = None
    aliases: dict[Literal["en", "fa"], list[str]] = {}
    kind: Bilingual = Bilingual()
    kind_id: str | None = None
    pack: str
    origin: list[Origin] = []
    properties: list[Property] = []
    relations: list[Relation] = []
    mentions: Mentions = Mentions()
    method: str
    alignment: Link | None = None
    confidence: Confidence
    low: bool = False


class Event(Model):
    """A dated fact; ``date`` is EDTF, ``participants`` and ``place`` are ids of entities and systems."""

    id: str
    date: str
    date_id: str | None = None
    type: str
    what: str | None = None
    participants: list[str] = []
    place: str | None = None
    evidence: Span
    confidence: Confidence | None = None
    low: bool = False


class Diagnostic(Model):
    """Something a person should know about how the record came about. ``code`` is stable and documented."""

    stage: str
    severity: Severity
    code: str
    message: str
    span: Span | None = None
