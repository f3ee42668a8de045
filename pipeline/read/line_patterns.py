"""How a line begins: list bullets, item numbers, rules, and the headings that scholarly articles use.

Shared by the readers of Markdown and plain text. Patterns are anchored by ``match(text, start, end)``.
"""

from __future__ import annotations

import re

from pipeline.read.characters import Line

#: A bullet and the space after it.
BULLET = re.compile(r"[-*+•▪●◦‣■□○✓➢](?=[ \t\u00a0])[ \t\u00a0]+")

#: An item number (``12.``, ``3)``, ``(4)``, ``۱-``) and the space after it; Persian numbers may lack the space. Four
#: digits are a year, not a number.
NUMBER = re.compile(
    r"(?:\((?P<inner>\d{1,3})\)|(?P<number>\d{1,3})[.)\-–ـ])(?=[ \t\u00a0])[ \t\u00a0]+"
    r"|(?P<tight>[۰-۹]{1,3})[.)\-ـ](?=[ء-ی])"
)

#: A thematic break.
RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}\Z|[─━═_—–]{3,}\Z")

_HEAD = re.compile(  # matched against text whose Arabic ي and ك are folded to ی and ک
    r"(?:[0-9۰-۹]{1,2}\s*[.\-–ـ)]\s*)?(?:"
    r"(?:extended |graphical )?abstract|summary|key[ -]?words?|introduction|background|methods?|materials and methods"
    r"|methodology|results?(?: and discussion)?|discussion|conclusions?|acknowledge?ments?|references?|bibliography"
    r"|notes?|endnotes?|footnotes?|appendix|literature review|conflicts? of interest|funding|sources"
    r"|چکیده|خلاصه|کلید[ \u200c]?واژه[ \u200c]?(?:ها|گان)?|(?:واژه|کلمه)[ \u200c]?(?:ها|های) کلیدی"
    r"|واژگان کلیدی|کلمات کلیدی"
    r"|مقدمه|پیشگفتار|مبانی نظری|پیشینه(?: پژوهش| تحقیق)?|روش(?:[ \u200c]?شناسی)?(?: پژوهش| تحقیق)?"
    r"|یافته[ \u200c]?ها(?:ی پژوهش)?|بحث(?: و نتیجه[ \u200c]?گیری)?|نتیجه(?:[ \u200c]?گیری)?"
    r"|منابع(?: و م[اآ]خذ)?|مآخذ|فهرست منابع|یادداشت[ \u200c]?ها|پی[ \u200c]?نوشت(?:[ \u200c]?ها)?"
    r"|سپاسگزاری|تقدیر و تشکر|تعارض منافع|پیوست(?:[ \u200c]?ها)?"
    r")(?!\w)\s*[:：.]?",
    re.IGNORECASE,
)
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")

#: A label that carries its text on the same line (``Keywords: …``).
LABEL = re.compile(r"[^\W\d_][\w \u200c\u200f-]{1,30}[:：]")


def number_at(text: str, start: int, end: int) -> int | None:
    """The number of a numbered item that begins at ``start``, or None."""
    match = NUMBER.match(text, start, end)
    return int(match["inner"] or match["number"] or match["tight"]) if match else None


def is_known_head(line: str) -> bool:
    """Whether a line is nothing but a heading that articles in English or Persian commonly use."""
    return len(line) <= 60 and _HEAD.fullmatch(line.strip(" \t*#_").translate(_PERSIAN_LETTERS)) is not None


def begins_with_head(text: str) -> bool:
    """Whether a text begins with such a heading."""
    return _HEAD.match(text[:60].translate(_PERSIAN_LETTERS)) is not None


def tab_table_end(text: str, lines: list[Line], first: int) -> int:
    """Index after the last row of the tab-separated table that begins at ``first``, or ``first`` when there is none.

    A table is two or more lines in a row with the same number of tabs, at least one.
    """
    tabs = text.count("\t", lines[first].start, lines[first].end)
    if not tabs:
        return first
    after = first + 1
    while after < len(lines) and not lines[after].blank and text.count("\t", *lines[after][1:3]) == tabs:
        after += 1
    return after if after - first > 1 else first
