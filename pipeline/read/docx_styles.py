"""What the styles and the numbering of a DOCX say of a paragraph: heading, caption, list, bold type, its number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.read.markup_tree import Element, child, children
from pipeline.text.numerals import fold_digits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(
    r"(?:heading|head|überschrift|titre|título|عنوان|تیتر|تيتر|سرتیتر|سرفصل)[\s_-]*(?:سطح[\s_-]*)?([1-9])(?!\d)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:title|article[\s_-]?title|paper[\s_-]?title|main[\s_-]?title|titel|titre|عنوان|عنوان[\s_-]?(?:اصلی|مقاله|فارسی|انگلیسی)|تیتر"
    r"(?:[\s_-]?(?:اصلی|مقاله))?)",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|عنوان[\s_-]?(?:جدول|شکل|نمودار)|زیرنویس[\s_-]?شکل", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense[\s_-]?)?quote|block[\s_-]?text|نقل[\s_‌-]?قول", re.IGNORECASE)
_CONTENTS = re.compile(r"toc[\s_-]?(?:\d|heading)|table of (?:figures|authorities)|فهرست[\s_-]?مطالب", re.IGNORECASE)
_ABJAD = "ابجدهوزحطیکلمنسعفصقرشت"
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_DEEPEST = 20  # styles based on one another


@dataclass(slots=True)
class Style:
    """A paragraph or character style, as far as it matters."""

    name: str
    based_on: str | None
    properties: Element | None
    run: Element | None


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted.

    Lists that are made from one pattern (``abstractNum``) go on counting together, unless one says where it begins; it
    does so at its first item.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    abstract: dict[str, str] = field(default_factory=dict)
    beginning: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The numbering of ``numbering.xml``."""
        numbering = cls()
        if root is None:
            return numbering
        shared = {value(each, "abstractNumId", own=True): _levels(each) for each in children(root, "abstractNum")}
        for num in children(root, "num"):
            identity = value(num, "numId", own=True)
            base = value(child(num, "abstractNumId"))
            levels = dict(shared.get(base, {}))
            for override in children(num, "lvlOverride"):
                level = _number(value(override, "ilvl", own=True))
                if (own := child(override, "lvl")) is not None:
                    levels[level] = _level(own)
                start = child(override, "startOverride")
                if start is not None and level in levels:
                    held = levels[level]
                    levels[level] = _Level(held.format, held.text, _number(value(start), 1))
                    numbering.beginning.add((identity, level))
            numbering.levels[identity] = levels
            numbering.abstract[identity] = base
        return numbering

    def next(self, identity: str, depth: int, *, persian: bool) -> str | None:
        """The printed number of the next item, ``""`` for a bullet; None when there is no such list."""
        levels = self.levels.get(identity)
        if levels is None or depth not in levels:
            return None
        level = levels[depth]
        counts = self.counters[self.abstract[identity]]
        if (identity, depth) in self.beginning:
            self.beginning.remove((identity, depth))
            counts.pop(depth, None)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none") or "%" not in level.text:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            held = levels.get(at)
            return _written(
                counts.get(at, held.start if held else 1), held.format if held else "decimal", persian=persian
            )

        return re.sub(r"%([1-9])", number, level.text).strip()


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for each in children(root, "style") if root is not None else ():
            identity = value(each, "styleId", own=True)
            based = child(each, "basedOn")
            self._styles[identity] = Style(
                value(child(each, "name")), value(based) or None, child(each, "pPr"), child(each, "rPr")
            )
            if value(each, "type", own=True) == "paragraph" and value(each, "default", own=True) in ("1", "true"):
                self.default = identity

    def chain(self, identity: str | None) -> list[Style]:
        """A style and those it is based on."""
        found: list[Style] = []
        while identity in self._styles and len(found) < _DEEPEST:
            style = self._styles[identity]
            found.append(style)
            identity = style.based_on
        return found

    def property(self, paragraph: Element | None, style: str | None, *path: str) -> Element | None:
        """A paragraph's property, its own or its style's."""
        own = child(paragraph, *path)
        if own is not None:
            return own
        return next((e for each in self.chain(style) if (e := child(each.properties, *path)) is not None), None)

    def heading_level(self, properties: Element | None, style: str | None) -> int | None:
        """The level of a heading, 0 for the title; None for what is none."""
        names = [each.name for each in self.chain(style)]
        if names and _TITLE.fullmatch(names[0].strip()):
            return 0
        outline = self.property(properties, style, "outlineLvl")
        if outline is not None and (level := _number(value(outline), 9)) < 9:
            return level + 1
        for name in names[:2]:
            if match := _HEADING.fullmatch(fold_digits(name.strip())):
                return int(match[1])
        return None

    def kind(self, style: str | None) -> str | None:
        """``caption``, ``quote`` or ``contents`` where a style's name says so."""
        name = next((each.name for each in self.chain(style)[:1]), "")
        for kind, pattern in (("caption", _CAPTION), ("quote", _QUOTE), ("contents", _CONTENTS)):
            if pattern.match(name):
                return kind
        return None

    def switched(self, run: Element | None, style: str | None, *names: str) -> bool:
        """Whether a run or its styles switch one of these properties on (``b``, ``i``)."""
        for holder in (run, *(each.run for each in self.chain(style))):
            for name in names:
                element = child(holder, name)
                if element is not None:
                    return value(element) not in ("0", "false", "none", "off")
        return False


def value(element: Element | None, name: str = "val", *, own: bool = False) -> str:
    """The attribute ``w:val`` (or another, with ``own`` of the element given) as a string; empty when absent."""
    if element is None:
        return ""
    found: str | None = element.get(f"{W}{name}")
    return found or ""


def _levels(abstract: Element) -> dict[int, _Level]:
    return {_number(value(each, "ilvl", own=True)): _level(each) for each in children(abstract, "lvl")}


def _level(element: Element) -> _Level:
    return _Level(
        value(child(element, "numFmt")) or "decimal", value(child(element, "lvlText")),
        _number(value(child(element, "start")), 1),
    )  # fmt: skip


def _number(written: str, otherwise: int = 0) -> int:
    return int(written) if written.isdecimal() and len(written) < 7 else otherwise


def _written(number: int, form: str, *, persian: bool) -> str:
    """A number in the form of a list."""
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 3)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "arabicAbjad" | "arabicAlpha":
            return "الف" if number == 1 else _ABJAD[(number - 1) % len(_ABJAD)]
        case "hindiNumbers" | "hindiArabic":
            return str(number).translate(_PERSIAN_DIGITS)
        case _:
            return str(number).translate(_PERSIAN_DIGITS) if persian else str(number)


def _roman(number: int) -> str:
    written = ""
    for size, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        times, number = divmod(min(number, 89), size)
        written += letters * times
    return written
