"""A text cut into the words of Persian letters it holds and what stands between them.

Cutting is done by one regular expression and keeps no object for each word, because spelling repair passes through
whole articles.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from pipeline.text.offsets import Span
from pipeline.text.persian_words import ZWNJ

LETTERS = "ء-غف-يپچژکگی"
#: Spaces that, alone between two words, could stand for a half-space.
SPACES = (" ", "\u00a0")

_MARKS = "\u064b-\u0652\u0670"
_WORD = re.compile(rf"(?<![{LETTERS}{_MARKS}{ZWNJ}])([{LETTERS}]++(?:{ZWNJ}[{LETTERS}]++)*+)(?![{_MARKS}])")


class Words(NamedTuple):
    """The words of a text in order, where each starts, and the stretches around them: ``gaps[i]`` stands before word
    ``i``, and the last one after the last word.
    """

    words: list[str]
    starts: list[int]
    gaps: list[str]


def words_of(text: str, within: Span | None = None) -> Words:
    """The words in ``text``, or in the lines of it that ``within`` spans: letters and half-spaces, no vowel sign."""
    start, end = within or (0, len(text))
    pieces = _WORD.split(text[start:end])
    starts = list(accumulate(map(len, pieces), initial=start))
    return Words(pieces[1::2], starts[1:-1:2], pieces[::2])


def is_word(text: str) -> bool:
    """Whether the whole text is one word in Persian letters."""
    return bool(_WORD.fullmatch(text))
