"""The bench on which decisions are applied: one record, its text, and the ways to find and join its facts.

``Bench`` changes the record it is given; whoever applies decisions gives it a copy. Two facts of one layer never share
a mention after a decision: a person's mention takes the place of the machine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pipeline.decisions.anchors import Finder
from pipeline.decisions.entries import Anchor, Entry
from pipeline.facts import Date, Entity, Mention, System
from pipeline.record import Record
from pipeline.text.offsets import Span

Fact = Entity | Date | System
Tongue = Literal["en", "fa"]
MENTIONED = ("entities", "dates", "systems")


class Stale(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A decision does not fit the record any more; the message says why, for the list of such decisions."""


class Bench:
    """One record under a person's hands."""

    def __init__(self, record: Record) -> None:
        """The record needs its text. Raises ValueError without."""
        if record.text is None:
            raise ValueError(f"{record.id}: decisions can only be applied where the text is attached")
        self.record = record
        self.text = record.text
        self.finder = Finder(record.text)

    # ── places ────────────────────────────────────────────────────────────────────────────────────────────────

    def places(self, anchors: Iterable[Anchor]) -> list[tuple[Anchor, Span]]:
        """Each anchor that is found, with its place."""
        found = ((anchor, self.finder.find(anchor)) for anchor in anchors)
        return [(anchor, span) for anchor, span in found if span is not None]

    def place(self, entry: Entry) -> Span:
        """Where the first anchor of a decision stands. Raises Stale when its words are gone."""
        if not entry.where:
            raise Stale("it names no words of the text")
        span = self.finder.find(entry.where[0])
        if span is None:
            raise Stale("its words are not in the text any more, or in several places")
        return span

    def stands(self, entry: Entry) -> list[tuple[Span, Tongue]]:
        """Every place a decision names that is still there, with its language: the anchored ones, then the others.

        A place without surroundings counts where the words of an anchor stand, moved as the anchors have moved.
        """
        places = self.places(entry.where)
        found = [(span, self.language_at(span, anchor)) for anchor, span in places]
        if entry.also and places:
            surfaces = {anchor.surface for anchor in entry.where}
            moved = {span.start - anchor.span.start for anchor, span in places}
            for also in entry.also:
                span = also.shift(moved.copy().pop() if len(moved) == 1 else 0)
                if self.text[span.start : span.end] in surfaces:
                    found.append((span, self.language_at(span)))
        return found

    def language_at(self, span: Span, anchor: Anchor | None = None) -> Tongue:
        """The language of a mention there: as decided, else of its block, else by its letters."""
        if anchor is not None and anchor.language is not None:
            return anchor.language
        for block in self.record.blocks:
            if block.span.start <= span.start < block.span.end and block.language != "und":
                return "fa" if block.language == "fa" else "en"
        return "fa" if any("\u0600" <= char <= "\u06ff" for char in self.text[span.start : span.end]) else "en"

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def layer(self, name: str) -> list[Any]:
        """The facts of a layer that has mentions. Raises Stale for another one."""
        if name not in MENTIONED:
            raise Stale(f"there is no such decision about {name}")
        facts: list[Any] = getattr(self.record, name)
        return facts

    def by_id(self, layer: str, fact_id: str | None) -> Fact | None:
        """The fact of this id."""
        return next((fact for fact in self.layer(layer) if fact.id == fact_id), None)

    def fact(self, layer: str, fact_id: str | None, anchors: Sequence[Anchor], kind: str | None = None) -> Fact | None:
        """The fact that a decision means: by its id, else the one with most of the mentions it was anchored in.

        ``kind`` asks for a fact of this type, where the decision was about the fact as one of that type.
        """
        known = self.by_id(layer, fact_id)
        if known is not None:
            return known
        spans = {span for _, span in self.places(anchors)}
        best, most = None, 0
        for fact in self.layer(layer):
            if kind is not None and getattr(fact, "type", kind) != kind:
                continue
            shared = sum(mention.span in spans for _, mention in fact.mentions.all())
            if shared > most:
                best, most = fact, shared
        return best

    def holder(self, layer: str, span: Span, fact_id: str | None = None) -> tuple[Fact, Tongue, Mention] | None:
        """The fact that has a mention exactly there, the one of the given id first."""
        found = None
        for fact in self.layer(layer):
            for language, mention in fact.mentions.all():
                if mention.span == span and (found is None or fact.id == fact_id):
                    found = (fact, language, mention)
        return found

    def free_id(self, layer: str, wanted: str) -> str:
        """``wanted``, with a number behind it when another fact has it."""
        taken = {fact.id for fact in self.layer(layer)}
        number, candidate = 1, wanted
        while candidate in taken:
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate

    # ── changes ───────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, layer: str, fact: Fact, span: Span, language: Tongue, by: str) -> None:
        """Give a fact a mention that a person vouches for; any other fact's mention right there gives way."""
        for other in list(self.layer(layer)):
            if other is not fact and self.drop_mention(other, span):
                self.settle(layer, other)
        self.drop_mention(fact, span)
        spell_out(fact)
        mention = Mention(span=span, surface=self.text[span.start : span.end], method=f"review:{by}", confidence=1.0)
        (fact.mentions.fa if language == "fa" else fact.mentions.en).append(mention)

    def drop_mention(self, fact: Fact, span: Span) -> bool:
        """Take a mention away; whether there was one."""
        before = len(fact.mentions)
        fact.mentions.en = [mention for mention in fact.mentions.en if mention.span != span]
        fact.mentions.fa = [mention for mention in fact.mentions.fa if mention.span != span]
        return len(fact.mentions) < before

    def settle(self, layer: str, fact: Fact) -> None:
        """After a change: remove a fact without mentions, else bring it in order."""
        if not len(fact.mentions):
            self.remove(layer, fact)
            return
        for language in ("en", "fa"):
            setattr(fact.mentions, language, sorted(getattr(fact.mentions, language), key=lambda m: m.span))
        if not (fact.mentions.en and fact.mentions.fa):
            fact.alignment = None
        if fact.confidence == 1.0:
            fact.low = False
        sum_up(fact)

    def remove(self, layer: str, fact: Fact) -> None:
        """Take a fact out of the record, with what refers to it."""
        facts = self.layer(layer)
        facts[:] = [other for other in facts if other is not fact]
        self.renamed(fact.id, None)

    def renamed(self, old: str, new: str | None) -> None:
        """Let everything that refers to a fact refer to another one, or to nothing."""
        if old == new:
            return
        record = self.record
        for event in record.timeline:
            if old in event.participants:
                moved = [new if target == old else target for target in event.participants]
                event.participants = list(dict.fromkeys(target for target in moved if target is not None))
            if event.place == old:
                event.place = new
            if event.date_id == old:
                event.date_id = new
        for system in record.systems:
            for relation in system.relations:
                if relation.target == old and new is not None:
                    relation.target = new
            system.relations = [r for r in system.relations if r.target not in (old, system.id)]


def spell_out(fact: Fact) -> None:
    """Write each mention's method and confidence out, so that the fact's own may change."""
    for _, mention in fact.mentions.all():
        mention.method = mention.method or fact.method
        if mention.confidence is None:
            mention.confidence = fact.confidence


def sum_up(fact: Fact) -> None:
    """The inverse: a mention says again only what differs from its fact."""
    for _, mention in fact.mentions.all():
        if mention.method == fact.method:
            mention.method = None
        if mention.confidence == fact.confidence:
            mention.confidence = None


def vouch(fact: Fact, by: str, *, everywhere: bool = True) -> None:
    """A person holds the fact to be right; ``everywhere`` with all its mentions."""
    if not everywhere:
        spell_out(fact)
    fact.method, fact.confidence, fact.low = f"review:{by}", 1.0, False
    if everywhere:
        for _, mention in fact.mentions.all():
            mention.method, mention.confidence = None, None
