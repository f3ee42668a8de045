"""The words of a DOCX paragraph: runs with their type, notes that are called, text boxes that hang on it.

Tracked changes are read as accepted: what was inserted or moved here is kept, what was deleted or moved away is not. Of
a field its result is read, of alternative contents the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.read.docx_styles import Styles, value
from pipeline.read.inline import Inline, clean
from pipeline.read.markup_tree import Element, child, content, local

#: Containers whose runs belong to the paragraph.
_THROUGH = frozenset(
    {
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "bdo",
        "dir",
        "customXml",
        "ruby",
        "rubyBase",
    }
)
#: The glyphs of the font Symbol that texts use as letters and signs.
_SYMBOL = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0x2D: "−", 0x61: "α",
           0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x44: "Δ", 0xAE: "→", 0xA5: "∞",
           0xBB: "≈"}  # fmt: skip

#: Told of a note that is called (``footnote`` or ``endnote``, its id) and answers with its label.
Caller = Callable[[str, str], str | None]


@dataclass(slots=True)
class Words:
    """The words of a paragraph, and the text boxes anchored in it.

    ``size`` is that of its largest type in half points (0 where nothing says); ``bold`` that all of it is bold.
    """

    inline: Inline = field(default_factory=Inline)
    boxes: list[Element] = field(default_factory=list)
    size: int = 0
    bold: bool = False


@dataclass(slots=True)
class _Stretch:
    """Characters of one type. ``call`` is the label of a note that is called before them."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    call: str | None = None
    size: int = 0

    @property
    def type(self) -> tuple[bool, bool, bool, bool]:
        return (self.bold, self.italic, self.raised, self.lowered)


class RunReader:
    """Reads the runs of paragraphs."""

    def __init__(self, styles: Styles, caller: Caller) -> None:
        self.styles = styles
        self.caller = caller

    def read(self, paragraph: Element, style: str | None, *, plain: bool = False) -> Words:
        """The words of a paragraph; ``plain`` (of headings) leaves out bold type."""
        words = Words()
        stretches: list[_Stretch] = []
        for stretch in self._stretches(paragraph, style, words.boxes):
            if stretches and stretch.call is None and stretches[-1].type == stretch.type and stretches[-1].call is None:
                stretches[-1].text += stretch.text
            else:
                stretches.append(stretch)
            words.size = max(words.size, stretch.size)
        said = [stretch for stretch in stretches if stretch.text.strip()]
        words.bold = bool(said) and all(stretch.bold or stretch.raised for stretch in said)
        for stretch in stretches:
            self._write(words.inline, stretch, plain=plain)
        return words

    def _write(self, inline: Inline, stretch: _Stretch, *, plain: bool) -> None:
        if stretch.call is not None:
            inline.call(stretch.call)
            return
        text = clean(stretch.text)
        marks = [mark for mark, on in (("**", stretch.bold and not plain), ("*", stretch.italic)) if on]
        bare = text.strip()
        if (stretch.raised or stretch.lowered) and bare and len(bare) <= 40 and not set(bare) & set("<>\n"):
            inline.write(text[: len(text) - len(text.lstrip())])
            if stretch.raised:
                inline.literal(f"<sup>{bare}</sup>")
            else:
                inline.literal("<sub>", "tag")
                inline.literal(bare)
                inline.literal("</sub>", "tag")
            inline.write(text[len(text.rstrip()) :])
            return
        for mark in marks:
            inline.open(mark, "emphasis")
        for number, line in enumerate(text.split("\n")):
            if number:
                inline.line_break()
            inline.write(line)
        for mark in reversed(marks):
            inline.close(mark, "emphasis")

    def _stretches(self, element: Element, style: str | None, boxes: list[Element]) -> Iterator[_Stretch]:
        for inner in element:
            name = local(inner)
            if name == "r":
                yield from self._run(inner, style, boxes)
            elif name in _THROUGH:
                yield from self._stretches(inner, style, boxes)
            elif name == "AlternateContent":
                first = child(inner, "Choice")
                if first is not None:
                    yield from self._stretches(first, style, boxes)
            elif name in ("oMath", "oMathPara"):
                yield _Stretch("".join(content(t) for t in inner.iter() if local(t) == "t"))

    def _run(self, run: Element, style: str | None, boxes: list[Element]) -> Iterator[_Stretch]:
        properties = child(run, "rPr")
        if properties is not None and self.styles.switched(properties, None, "vanish"):
            return
        own = value(child(properties, "rStyle")) or None
        position = value(child(properties, "vertAlign")) or self._vertical(own)
        raised = position == "superscript" or _lifted(value(child(properties, "position")))
        rtl = child(properties, "rtl") is not None
        stretch = _Stretch(
            "",
            self._on(properties, own, style, "bCs" if rtl else "b", "b"),
            self._on(properties, own, style, "iCs" if rtl else "i", "i"),
            raised,
            position == "subscript",
            size=self._size(properties, own, style, rtl=rtl),
        )
        mark_follows = False
        for inner in run:
            name = local(inner)
            if name in ("footnoteReference", "endnoteReference"):
                label = self.caller(name.removesuffix("Reference"), value(inner, "id", own=True))
                mark_follows = value(inner, "customMarkFollows", own=True) in ("1", "true")
                if label is not None:
                    yield _Stretch("", call=label)
            elif name == "AlternateContent":
                choice = child(inner, "Choice")
                if choice is not None:
                    _anchored(choice, boxes)
            elif name in ("drawing", "pict", "object"):
                _anchored(inner, boxes)
            elif not mark_follows:
                stretch.text += _characters(inner, name)
        if stretch.text:
            yield stretch

    def _on(self, properties: Element | None, own: str | None, style: str | None, *names: str) -> bool:
        """Whether a run is bold (italic): by itself, by its own style, by the paragraph's."""
        for name in names:
            element = child(properties, name)
            if element is not None:
                return value(element) not in ("0", "false", "none", "off")
        return self.styles.switched(None, own, *names) or self.styles.switched(None, style, *names)

    def _size(self, properties: Element | None, own: str | None, style: str | None, *, rtl: bool) -> int:
        """The size of a run's type in half points, its own or its styles'; 0 where nothing says."""
        names = ("szCs", "sz") if rtl else ("sz", "szCs")
        for holder in (properties, *(each.run for each in (*self.styles.chain(own), *self.styles.chain(style)))):
            for name in names:
                written = value(child(holder, name))
                if written.isdecimal() and len(written) < 5:
                    return int(written)
        return 0

    def _vertical(self, style: str | None) -> str:
        return next((v for each in self.styles.chain(style) if (v := value(child(each.run, "vertAlign")))), "")


def _characters(element: Element, name: str) -> str:
    """What a child of a run stands for."""
    match name:
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return " "
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "softHyphen":
            return "\u00ad"
        case "sym":
            written = value(element, "char", own=True)
            code = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{2,6}", written) else 0
            if 0xF000 <= code <= 0xF0FF:
                return _SYMBOL.get(code - 0xF000, "")
            return chr(code) if 0x20 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        case _:
            return ""


def _lifted(position: str) -> bool:
    """Whether a run is set at least three points above its line (in half points)."""
    return position.isdecimal() and len(position) < 5 and 6 <= int(position) <= 24


def _anchored(element: Element, boxes: list[Element]) -> None:
    """Note the text boxes in a drawing; of alternatives the first, and no box inside a box."""
    if local(element) == "txbxContent":
        boxes.append(element)
        return
    for inner in element:
        if local(inner) != "Fallback":
            _anchored(inner, boxes)
