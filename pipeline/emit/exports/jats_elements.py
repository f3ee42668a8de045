"""Elements of JATS, and running text with its calls of notes and works."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.xml_text import Names, legal
from pipeline.record import Record, Span

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XLINK = "http://www.w3.org/1999/xlink"
_HELD = re.compile("\ue000(\\d+)\ue001")

Element = Any


class Jats:
    """One document in the making: its elements, its identifiers, and what its text calls."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.names = Names()
        self.root = etree.Element("article", nsmap={"xlink": XLINK})
        #: Span, kind and target of every call in the text.
        listed = {reference.id for reference in record.references}
        calls = [
            (Span(*c.span), "bibr", c.reference) for c in record.citations if c.reference in listed and c.reference
        ]
        calls += [(Span(*marker), "fn", note.id) for note in record.notes for marker in note.markers]
        self._calls = sorted(calls)

    def add(
        self, parent: Element, tag: str, text: str | None = None, /, lang: str | None = None, **attributes: str | None
    ) -> Element:
        """A new last child; attributes that are None are left out."""
        made = etree.SubElement(parent, tag)
        if text is not None:
            made.text = legal(text)
        for key, value in attributes.items():
            if value is not None:
                made.set(key.replace("_", "-"), legal(value))
        if lang is not None and lang != "und":
            made.set(_LANG, lang)
        return made

    def words(self, parent: Element, span: Span) -> None:
        """Append the words of a span to an element, each call of a note or a work as ``xref``."""
        text = self.record.text_of(span)
        calls: list[tuple[Span, str, str]] = []
        if "\ue000" in text:
            _append(parent, plain_words(self.record, text))
            return
        at = span.start
        for call in self._calls:
            if span.contains(call[0]) and call[0].start >= at:
                calls.append(call)
                at = call[0].end
        held, reached = [], span.start
        for number, (place, _, _) in enumerate(calls):
            held.append(self.record.text_of(Span(reached, place.start)))
            held.append(f"\ue000{number}\ue001")
            reached = place.end
        held.append(self.record.text_of(Span(reached, span.end)))
        pieces = _HELD.split(plain_words(self.record, "".join(held)))
        _append(parent, pieces[0])
        for index, following in zip(pieces[1::2], pieces[2::2], strict=True):
            place, kind, target = calls[int(index)]
            surface = plain_words(self.record, self.record.text_of(place))
            reference = self.add(
                parent, "xref", surface or self._label(target), ref_type=kind, rid=self.names.of(target)
            )
            reference.tail = legal(following)

    def _label(self, target: str) -> str:
        return next((note.label for note in self.record.notes if note.id == target), "*")


def _append(parent: Element, text: str) -> None:
    """More text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + legal(text)
    else:
        parent.text = (parent.text or "") + legal(text)


def space(parent: Element) -> None:
    """A space between what an element holds and what follows."""
    if len(parent) or parent.text:
        _append(parent, " ")
