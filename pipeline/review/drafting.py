"""From what the page sends to a decision: its anchors, and what stood there before, come from the record.

The page names a fact, a place and what is wanted; everything that a decision remembers besides is looked up here, so
that nobody can write a past that was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.decisions.anchors import anchor_at
from pipeline.decisions.bench import MENTIONED
from pipeline.decisions.entries import LONGEST_NOTE, Action, Anchor, DecidedLayer, Entry, Into
from pipeline.decisions.making import described
from pipeline.errors import ReviewError
from pipeline.facts import Relation
from pipeline.record import Record
from pipeline.text.offsets import Span

#: So many mentions in each language are anchored with their surroundings; the others are listed by their offsets.
ANCHORED = 2

Tongue = Literal["en", "fa"]


class Wish(BaseModel):
    """What the page asks for. ``spans`` are places in the text; ``all`` means every mention of that name."""

    model_config = ConfigDict(extra="forbid")

    do: Action
    layer: DecidedLayer = "article"
    fact: str | None = Field(default=None, max_length=400)
    part: str | None = Field(default=None, max_length=400)
    scope: Literal["fact", "mention"] = "fact"
    spans: list[tuple[int, int]] = Field(default=[], max_length=2000)
    into: str | None = Field(default=None, max_length=400)
    new: dict[str, Any] = Field(default={}, max_length=12)
    note: str | None = Field(default=None, max_length=LONGEST_NOTE)
    entry: int | None = None
    all: bool = False


def read_wish(data: bytes) -> Wish:
    """A wish from JSON. Raises ReviewError ``E-REVIEW-DRAFT``."""
    try:
        return Wish.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _refused(f"{where}: {first['msg']}") from None


def drafted(record: Record, wish: Wish, number: int, at: str, by: str) -> Entry:
    """The decision that a wish means for a record as it stands. Raises ReviewError ``E-REVIEW-DRAFT``."""
    text = record.text or ""
    spans = [Span(start, end) for start, end in wish.spans]
    if any(not 0 <= span.start < span.end <= len(text) for span in spans):
        raise _refused("a place outside the text")
    if wish.do in ("boundary", "add", "split") and not spans:
        raise _refused("no words were chosen")
    entry = Entry(
        number=number, at=at, by=by, do=wish.do, layer=wish.layer, fact=wish.fact, part=wish.part, scope=wish.scope,
        new=wish.new, note=wish.note, entry=wish.entry,
    )  # fmt: skip
    if wish.do in ("undo", "done", "reopen"):
        return entry
    _describe(record, wish, entry, spans)
    return entry


def _describe(record: Record, wish: Wish, entry: Entry, spans: list[Span]) -> None:
    text = record.text or ""
    if wish.layer in MENTIONED:
        _mentioned(record, wish, entry, spans)
    elif wish.layer == "timeline":
        event = next((event for event in record.timeline if event.id == wish.fact), None)
        if event is None:
            raise _refused(f"no event {wish.fact!r}")
        entry.where = [_at(record, event.evidence)]
        entry.old = {key: getattr(event, key) for key in ("date", "type", "what") if getattr(event, key)}
    elif wish.layer == "metadata":
        entry.old = {path: _value(record.metadata, path) for path in wish.new}
    else:
        entry.where = [anchor_at(text, span, _language(record, span)) for span in spans]
        if wish.layer == "abstract":
            entry.old = {
                "links": [[link.en, link.fa] for link in record.abstract.alignment if _meets(record, link, spans)]
            }
    if not entry.where and wish.do not in ("edit", "note") and wish.layer != "article":
        raise _refused("it is about no words of the text")


def _mentioned(record: Record, wish: Wish, entry: Entry, spans: list[Span]) -> None:
    text = record.text or ""
    layer: list[Any] = getattr(record, wish.layer)
    fact = next((fact for fact in layer if fact.id == wish.fact), None)
    if fact is None and wish.do != "add":
        raise _refused(f"no fact {wish.fact!r}; the page may be older than the record, load it again")
    if fact is not None:
        entry.old = described(fact)
        if wish.part:
            part = next((p for p in [*fact.properties, *fact.relations] if part_name(p) == wish.part), None)
            if part is None:
                raise _refused(f"no part {wish.part!r}")
            entry.where = [_at(record, part.evidence)]
            entry.old = part.model_dump(exclude_none=True, exclude={"evidence", "confidence", "si"})
            return
    if wish.do == "boundary":
        entry.where = [anchor_at(text, spans[0], _language(record, spans[0]))]
        entry.new = anchor_at(text, spans[1], _language(record, spans[1])).model_dump(mode="json")
        return
    if wish.do in ("add", "split") or wish.scope == "mention":
        chosen = spans
        if wish.all:
            chosen = [*spans, *_same_words(record, wish, fact, spans)]
        entry.where, entry.also = _anchored(record, chosen)
    else:
        assert fact is not None
        entry.where, entry.also = _anchored(record, [mention.span for _, mention in fact.mentions.all()])
    if wish.do == "edit" and fact is not None:
        entry.old = {path: _value(fact, path) for path in wish.new}
    if wish.into is not None:
        second = next((other for other in layer if other.id == wish.into), None)
        if second is None or second is fact:
            raise _refused(f"no second fact {wish.into!r}")
        entry.into = Into(fact=wish.into, where=_anchored(record, [m.span for _, m in second.mentions.all()])[0])


def _same_words(record: Record, wish: Wish, fact: Any, spans: list[Span]) -> list[Span]:
    """The other places of the chosen words: mentions of the fact, or, when something is added, free whole words."""
    text = record.text or ""
    words = text[spans[0].start : spans[0].end]
    if wish.do != "add":
        mentions = [mention.span for _, mention in fact.mentions.all()]
        return [span for span in mentions if span not in spans and text[span.start : span.end] == words]
    taken = {m.span for other in getattr(record, wish.layer) for _, m in other.mentions.all()}
    found = (Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    return [span for span in found if span not in spans and not any(span.overlaps(other) for other in taken)]


def _anchored(record: Record, spans: Iterable[Span]) -> tuple[list[Anchor], list[Span]]:
    """The first mentions of each form in each language as anchors, the others as bare spans."""
    anchors: list[Anchor] = []
    others: list[Span] = []
    count: dict[Tongue, int] = {"en": 0, "fa": 0}
    surfaces: set[str] = set()
    text = record.text or ""
    for span in spans:
        language = _language(record, span)
        words = text[span.start : span.end]
        if count[language] < ANCHORED or words not in surfaces:
            count[language] += 1
            surfaces.add(words)
            anchors.append(anchor_at(text, span, language))
        else:
            others.append(span)
    return anchors, others


def _language(record: Record, span: Span) -> Tongue:
    for block in record.blocks:
        if block.span.start <= span.start < block.span.end and block.language != "und":
            return "fa" if block.language == "fa" else "en"
    return "fa" if re.search("[\u0600-\u06ff]", (record.text or "")[span.start : span.end]) else "en"


def _at(record: Record, span: Span) -> Anchor:
    return anchor_at(record.text or "", span, _language(record, span))


def _meets(record: Record, link: Any, spans: list[Span]) -> bool:
    abstract = record.abstract
    both = [(abstract.en, link.en), (abstract.fa, link.fa)]
    return any(text.sentences[i].span in spans for text, indices in both if text for i in indices)


def _value(model: Any, path: str) -> Any:
    for step in path.split("."):
        model = getattr(model, step, None)
    return model if isinstance(model, str | int | float) else None


def part_name(part: Any) -> str:
    """The name by which a decision calls a property or relation of a system."""
    if isinstance(part, Relation):
        return f"relation/{part.type}/{part.target}"
    return f"property/{part.name}"


def _refused(what: str) -> ReviewError:
    return ReviewError(f"this cannot be decided: {what}", code="E-REVIEW-DRAFT")
