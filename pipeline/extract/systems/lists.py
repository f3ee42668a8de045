"""Enumerations: ``C-801 and C-802``, ``the Chinese C701 and TL-10``, ``شهاب-۳ و قدر``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.extract.systems.reading import Reading
from pipeline.text.offsets import Span

_LINK = re.compile(
    r"[\"”»')]*(?:s)?(?: \([^()\n]{0,40}\))?(?: ?, ?(?:and |or |و |یا )?| ?/ ?| (?:and|or|&|و|یا|as well"
    r" as) | ?، ?(?:و )?)(?:the |its |both )?(?:[A-Z][\w.]+(?:-made|'s)? )?[\"“«(]*"
)


def linked(text: str, before: Span, after: Span) -> bool:
    """Whether two spans are neighbouring members of one enumeration."""
    return after.start - before.end <= 60 and bool(_LINK.fullmatch(text, before.end, after.start))


def runs[T](reading: Reading, items: Sequence[T], *, span_of: Callable[[T], Span]) -> Iterator[list[T]]:
    """The items, which are in text order, grouped into enumerations (most of them of one)."""
    run: list[T] = []
    for item in items:
        if run and not linked(reading.text, span_of(run[-1]), span_of(item)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
