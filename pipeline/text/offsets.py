"""Spans and the maps that lead from a changed text back to the source.

Every offset in Dozaban is a position in Unicode code points (Python ``str`` indices), and every span is half
open: ``text[start:end]``. A function that changes text returns a :class:`MappedText`, which remembers for each
character of the new text the stretch of the source it stands for; maps compose, so a span found after several
changes still points at the characters a reader can see.

Only offsets live here; what is changed, and why, belongs to the modules that do it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span (equal spans contain each other)."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same range, ``by`` characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text with, for each of its characters, the source range it stands for.

    ``starts[i]`` and ``ends[i]`` bound the source of ``text[i]``. Starts never decrease, and neither do ends. A
    character that was inserted has an empty range (``starts[i] == ends[i]``); several characters that replace one
    source range share it.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError("a mapped text needs one start and one end for each character")

    def to_source(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``; inserted characters at either edge are left out.

        Raises ValueError when the range is empty, reversed, or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a non-empty range of a text of {len(self.text)} characters")
        first, last = start, end - 1
        while first < last and self.starts[first] == self.ends[first]:
            first += 1
        while last > first and self.starts[last] == self.ends[last]:
            last -= 1
        return Span(self.starts[first], self.ends[last])

    def from_source(self, start: int, end: int) -> Span | None:
        """The range of this text made from source ``[start, end)``; None when nothing of it is left."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        while first < last and self.starts[first] == self.ends[first]:
            first += 1
        while last > first and self.starts[last - 1] == self.ends[last - 1]:
            last -= 1
        return Span(first, last) if first < last else None

    def compose(self, inner: MappedText) -> MappedText:
        """The map from ``inner``'s text to this text's source, where ``inner`` was made from this text."""
        starts: list[int] = []
        ends: list[int] = []
        limit = len(self.text)
        for start, end in zip(inner.starts, inner.ends, strict=True):
            if start == end:
                at = self.starts[start] if start < limit else (self.ends[limit - 1] if limit else 0)
                starts.append(at)
                ends.append(at)
            else:
                source = self.to_source(start, end)
                starts.append(source.start)
                ends.append(source.end)
        return MappedText(inner.text, starts, ends)

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> MappedText:
        """This text with ``(start, end, new)`` edits made, in order and without overlap; the map still leads to the
        source. The same as composing with :func:`replaced`, at the cost of the edits only.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in edits:
            if start < at or end < start:
                raise ValueError("edits must be in order and must not overlap")
            pieces += (self.text[at:start], new)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if start < end:
                source = self.to_source(start, end)
            else:
                place = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.text else 0)
                source = Span(place, place)
            starts += [source.start] * len(new)
            ends += [source.end] * len(new)
            at = end
        pieces.append(self.text[at:])
        starts += self.starts[at:]
        ends += self.ends[at:]
        return MappedText("".join(pieces), starts, ends)

    @classmethod
    def identity(cls, text: str, offset: int = 0) -> MappedText:
        """``text`` as its own source, beginning at ``offset``."""
        return cls(text, range(offset, offset + len(text)), range(offset + 1, offset + len(text) + 1))

    @classmethod
    def join(cls, parts: Iterable[MappedText], separator: str) -> MappedText:
        """Parts of one source, in order, with an inserted separator between them."""
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for part in parts:
            if texts and separator:
                at = ends[-1] if ends else 0
                texts.append(separator)
                starts.extend([at] * len(separator))
                ends.extend([at] * len(separator))
            texts.append(part.text)
            starts.extend(part.starts)
            ends.extend(part.ends)
        return cls("".join(texts), starts, ends)


def without(text: str, removed: Iterable[Span], *, within: Span | None = None) -> MappedText:
    """``text`` (or the part ``within``) less the ``removed`` spans, which may overlap and come in any order."""
    bounds = within or Span(0, len(text))
    kept: list[tuple[int, int]] = []
    at = bounds.start
    for start, end in sorted(removed):
        if end <= at or start >= bounds.end:
            continue
        if start > at:
            kept.append((at, start))
        at = max(at, min(end, bounds.end))
    if at < bounds.end:
        kept.append((at, bounds.end))
    if len(kept) == 1:
        start, end = kept[0]
        return MappedText.identity(text[start:end], start)
    starts = [at for start, end in kept for at in range(start, end)]
    ends = [at for start, end in kept for at in range(start + 1, end + 1)]
    return MappedText("".join(text[start:end] for start, end in kept), starts, ends)


def replaced(text: str, edits: Iterable[tuple[int, int, str]]) -> MappedText:
    """``text`` with each ``(start, end, new)`` edit applied; edits must be in order and must not overlap.

    The new characters of an edit all stand for the whole replaced range; an edit with ``start == end`` inserts.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, new in edits:
        if start < at or end < start:
            raise ValueError("edits must be in order and must not overlap")
        pieces.append(text[at:start])
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        pieces.append(new)
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        at = end
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return MappedText("".join(pieces), starts, ends)
