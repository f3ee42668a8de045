"""Elements of TEI, and the anchors that its stand-off annotation points at.

Each stretch of the article's text stands in an element whose ``xml:id`` says where it begins: ``char-1200`` begins
with character 1200 (a code point) of ``<id>.txt``. ``#string-range(char-1200,5,4)`` therefore is ``text[1205:1209]``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from lxml import etree

from pipeline.emit.exports.xml_text import Names, legal
from pipeline.record import Language, Record, Span

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"

Element = Any


class Tei:
    """One document in the making: its elements, its identifiers, and the anchors of its text."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.names = Names()
        #: The notes that are written, by the identifier of their element.
        self.notes: dict[str, str] = {}
        self._starts: list[int] = []
        self._anchors: list[tuple[Span, str]] = []
        self.root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
        language(self.root, record.metadata.language)

    def add(
        self,
        parent: Element,
        tag: str,
        text: str | None = None,
        /,
        lang: Language | None = None,
        **attributes: str | None,
    ) -> Element:
        """A new last child; attributes that are None are left out, ``id`` becomes ``xml:id``, ``when_iso`` when-iso."""
        made = etree.SubElement(parent, f"{{{TEI}}}{tag}")
        if text is not None:
            made.text = legal(text)
        for key, value in attributes.items():
            if value is not None:
                made.set(f"{_XML}id" if key == "id" else key.rstrip("_").replace("_", "-"), legal(value))
        if lang is not None:
            language(made, lang)
        return made

    def passage(self, element: Element, span: Span) -> str:
        """Let an element hold the characters of a span, and be what their annotations point at. Returns its xml:id."""
        text = self.record.text_of(span)
        anchor = self.names.of(f"char-{span.start}")
        element.set(f"{_XML}id", anchor)
        element.text = legal(text)
        at = bisect_right(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._anchors.insert(at, (span, anchor))
        return anchor

    def pointer(self, span: Span) -> str | None:
        """The stretches of elements that hold a span, as pointers; None when none of its characters is held."""
        found = []
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        for held, anchor in self._anchors[at:]:
            if held.start >= span.end:
                break
            start, end = max(held.start, span.start), min(held.end, span.end)
            if start < end:
                found.append(f"#string-range({anchor},{start - held.start},{end - start})")
        return " ".join(found) or None


def language(element: Element, code: Language) -> None:
    """Say in which language an element is; nothing is said where it is not known."""
    if code != "und":
        element.set(f"{_XML}lang", code)
