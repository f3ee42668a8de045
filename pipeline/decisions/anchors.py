"""Finding the words of a decision again, in a text that may have been read anew.

An anchor holds where words stood, the words, and :data:`CONTEXT` characters on either side. In an unchanged text the
offsets alone are right. In a changed one the occurrence whose surroundings agree best is taken; where the words are
spelled a little differently now (a half-space, an Arabic letter, a line break), folded texts are compared. Words that
could be meant in several places are meant in none: a decision is never moved by guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pipeline.decisions.entries import Anchor
from pipeline.text.offsets import MappedText, Span, replaced

#: Characters of context kept on either side.
CONTEXT = 24

#: Share of the context (0 to 1) that has to agree where the words alone do not say which place is meant.
_AGREES = 0.35

#: Stands for a line end in the surroundings of an anchor.
_LINE_END = "⏎"

#: Characters that may come, go or change without the words being others.
_FOLDED = {"\u200c": "", "\u200d": "", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "*": "", "\\": ""}


def anchor_at(text: str, span: Span, language: Literal["en", "fa"] | None = None) -> Anchor:
    """The anchor of a span of the text."""
    start, end = span
    return Anchor(
        span=Span(start, end),
        surface=text[start:end],
        language=language,
        before=_on_one_line(text[max(0, start - CONTEXT) : start]),
        after=_on_one_line(text[end : end + CONTEXT]),
    )


class Finder:
    """Finds anchors in one text. The folded text is made when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: MappedText | None = None

    def find(self, anchor: Anchor) -> Span | None:
        """Where the anchor's words stand now, or None when they are gone or cannot be told from others."""
        start, end = anchor.span
        if (
            self.text[start:end] == anchor.surface
            and _agreement(self.text, start, end, anchor.before, anchor.after) == 1
        ):
            return Span(start, end)
        found = _best(self.text, anchor.surface, anchor.before, anchor.after, start)
        if found is not None:
            return Span(found, found + len(anchor.surface))
        if self._folded is None:
            self._folded = fold(self.text)
        surface = fold(anchor.surface).text.strip()
        if not surface:
            return None
        at = _best(self._folded.text, surface, fold(anchor.before).text, fold(anchor.after).text, start)
        return None if at is None else self._folded.to_source(at, at + len(surface))


def fold(text: str) -> MappedText:
    """The text with spelling that may vary folded, and a map back."""
    return replaced(text, _edits(text))


def _edits(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(text):
        char = text[at]
        if char in _FOLDED:
            yield at, at + 1, _FOLDED[char]
        elif char.isspace() or char == _LINE_END:
            end = at + 1
            while end < len(text) and (text[end].isspace() or text[end] == _LINE_END):
                end += 1
            if text[at:end] != " ":
                yield at, end, " "
            at = end
            continue
        at += 1


def _best(text: str, surface: str, before: str, after: str, near: int) -> int | None:
    """The start of the occurrence whose surroundings agree best; of equal ones the nearest to ``near``."""
    found: list[tuple[float, int, int]] = []
    at = text.find(surface)
    while at >= 0:
        found.append((-_agreement(text, at, at + len(surface), before, after), abs(at - near), at))
        at = text.find(surface, at + 1)
    if not found:
        return None
    found.sort()
    agreement = -found[0][0]
    if agreement >= _AGREES or (len(found) == 1 and len(surface.strip()) > 1):
        return found[0][2]
    return None


def _agreement(text: str, start: int, end: int, before: str, after: str) -> float:
    """The share of the context that is the same on both sides, counted from the words outwards."""
    whole = len(before) + len(after)
    if not whole:
        return 1.0
    left = _shared(before[::-1], _on_one_line(text[max(0, start - len(before)) : start])[::-1])
    return (left + _shared(after, _on_one_line(text[end : end + len(after)]))) / whole


def _on_one_line(context: str) -> str:
    """Surroundings as they are kept: on one line, so that an entry reads well in a diff."""
    return context.replace("\n", _LINE_END)


def _shared(one: str, other: str) -> int:
    """The length of the common beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
