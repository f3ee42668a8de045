"""The roles of the elements of JATS, and the labels of its notes."""

from __future__ import annotations

import re

from pipeline import record
from pipeline.read.composer import Paragraph, note
from pipeline.read.front import declared
from pipeline.read.inline import Inline, clean
from pipeline.read.markup_tree import Element, Entities, child, children, content, language_code, local
from pipeline.read.tree_writer import Role, TreeWriter
from pipeline.text.numerals import fold_digits

_ROLES: dict[str, Role] = {
    "bold": "bold", "b": "bold", "italic": "italic", "i": "italic", "sup": "sup", "sub": "sub", "break": "break",
    "p": "paragraph", "sec": "block", "title": "heading", "list": "list", "list-item": "item", "disp-quote": "quote",
    "verse-group": "quote", "verse-line": "block", "attrib": "block", "boxed-text": "block", "statement": "block",
    "table": "table", "caption": "other", "table-wrap": "other", "table-wrap-group": "block", "fig": "other",
    "fig-group": "block", "fn": "other", "xref": "other", "ext-link": "link", "uri": "link", "email": "inline",
    "preformat": "code", "code": "code", "def-list": "list", "def-item": "item", "def": "block", "term": "bold",
    "graphic": "skip", "inline-graphic": "skip", "media": "skip", "supplementary-material": "skip",
    "alt-text": "skip", "long-desc": "skip", "object-id": "skip", "permissions": "skip", "sec-meta": "skip",
    "processing-meta": "skip", "index-term": "skip", "hr": "rule", "alternatives": "other", "tex-math": "other",
    "disp-formula": "block", "label": "inline", "table-wrap-foot": "block", "speech": "block", "speaker": "bold",
    "target": "skip", "private-char": "skip", "ref-list": "skip", "fn-group": "block", "math": "inline",
    "annotation": "skip", "annotation-xml": "skip",
}  # fmt: skip
_DEEPEST = 5


class JatsWriter(TreeWriter):
    """Writes elements of one article; notes are numbered through it."""

    def __init__(self, article: Element, entities: Entities) -> None:
        super().__init__(entities)
        self.abstract = False
        self._labels = _note_labels(article)
        self._by_id = {id_: label for element, label in self._labels.items() if (id_ := element.get("id"))}

    def role(self, element: Element, name: str) -> Role:
        """The role of an element; unknown ones are words in a line."""
        if name == "label" and (parent := element.getparent()) is not None and child(parent, "title") is not None:
            return "skip"  # the heading has it
        return _ROLES.get(name, "inline")

    def language_of(self, element: Element) -> record.Language | None:
        """What ``xml:lang`` says."""
        code = language_code(element)
        return declared(code) if code else None

    def heading_level(self, element: Element) -> int:
        """One more than the number of sections around it."""
        depth = sum(1 for outer in element.iterancestors() if local(outer) in ("sec", "abstract", "trans-abstract"))
        return min(1 + max(depth, 1), _DEEPEST)

    def heading_lead(self, element: Element) -> str:
        """The number of the section, from its ``label``."""
        label = child(element.getparent(), "label")
        words = self.inline_of(label).text if label is not None else ""
        return f"{words}{'' if words.endswith(('.', ')', ':', '-', 'ـ')) else '.'} " if words else ""

    def add(self, paragraph: Paragraph) -> None:
        """Take a paragraph; those of an abstract are abstract."""
        if self.abstract and paragraph.kind in ("paragraph", "list_item"):
            paragraph.kind, paragraph.prefix, paragraph.level = "abstract", "", None
        super().add(paragraph)

    def item_prefix(self, element: Element, ordinal: int) -> str | None:
        """Numbers where the list has an order."""
        return f"{ordinal}. " if element.get("list-type") == "order" else None

    def link(self, element: Element) -> None:
        """The words of a link, and its target where they don't say it."""
        target = next((value for name, value in element.attrib.items() if str(name).endswith("href")), "")
        if not content(element).strip():
            self.words(str(target))
            return
        self.walk(element)

    def other(self, element: Element) -> None:
        """Elements whose writing depends on what is in them."""
        match local(element):
            case "xref":
                self._cross_reference(element)
            case "fn":
                self._footnote(element)
            case "fig" | "table-wrap":
                self._captioned(element)
            case "caption":
                self._inside_caption(element, None)
            case "alternatives":
                self._first_readable(element)
            case "tex-math":
                self.words(_formula(content(element)))

    def _cross_reference(self, element: Element) -> None:
        """What leads to a note calls it; what leads anywhere else is words."""
        labels = [self._by_id[rid] for rid in (element.get("rid") or "").split() if rid in self._by_id]
        if labels:
            for label in labels:
                self.line.call(label)
        elif element.get("ref-type") not in ("aff", "corresp", "author-notes", "contrib"):
            self.walk(element)

    def _footnote(self, element: Element) -> None:
        """A note in a group stands there; one within a paragraph follows it."""
        label = self._labels.get(element)
        parent = element.getparent()
        words = self.inline_of_note(element)
        own = self.language
        if label is None:  # under a table, or of an author
            self.flush()
            self.add(Paragraph("paragraph", words, None, own))
        elif parent is not None and local(parent) in ("fn-group", "notes", "back", "sec"):
            self.flush()
            self.add(note(words, label, own))
        else:
            self.line.call(label)
            self.later(note(words, label, own))

    def inline_of_note(self, element: Element) -> Inline:
        """The words of a note without its label."""
        words = Inline()
        for inner in children(element):
            if local(inner) != "label":
                part = self.inline_of(inner)
                if part.text:
                    words.write(" ")
                    words.extend(part)
        return words if words.text else self.inline_of(element)

    def _captioned(self, element: Element) -> None:
        """A figure or a table: the caption with its label, then the rest."""
        self.flush()
        caption = child(element, "caption")
        self._inside_caption(caption, child(element, "label"))
        for inner in children(element):
            if local(inner) not in ("label", "caption"):
                self.element(inner)
        self.flush()

    def _inside_caption(self, caption: Element | None, label: Element | None) -> None:
        words = self.inline_of(label) if label is not None else Inline()
        if words.text and not re.search(r"[.:：]$", words.text):
            words.write(".")
        if caption is not None:
            words.write(" ")
            words.extend(self.inline_of(caption))
        if words.text:
            self.add(Paragraph("caption", words, None, self.language))

    def _first_readable(self, element: Element) -> None:
        """Of several forms of one thing: a table or text rather than an image, TeX rather than MathML."""
        ranked = sorted(children(element), key=lambda inner: _RANK.get(local(inner), 1))
        if ranked:
            self.element(ranked[0])


_RANK = {"table": 0, "tex-math": 0, "textual-form": 0, "math": 2, "graphic": 3, "inline-graphic": 3}


def _formula(source: str) -> str:
    """A formula's TeX without the document that some publishers wrap it in."""
    inner = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", source, re.DOTALL)
    return clean((inner[1] if inner else source).strip())


def _note_labels(article: Element) -> dict[Element, str]:
    """A label for every note of the text: its printed number where those are all different, else its place."""
    notes = [
        element
        for element in article.iter()
        if local(element) == "fn"
        and not any(
            local(outer) in ("author-notes", "table-wrap", "table-wrap-foot") for outer in element.iterancestors()
        )
    ]
    printed = [fold_digits(content(child(each, "label"))).strip(" .()[]\n\t") for each in notes]
    own = all(label.isdecimal() and len(label) < 4 for label in printed) and len(set(printed)) == len(printed)
    return {each: printed[at] if own else str(at + 1) for at, each in enumerate(notes)}
