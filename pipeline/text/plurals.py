"""``زمین‌های`` or ``زمینه‌ای``: what the neighbours say where a word allows both.

A plural in ``های`` leads on to a noun or an adjective; ``ه‌ای`` may well end a clause, stand before ``که`` or follow
``یک``. The word's own likelihoods come from its reading (:mod:`pipeline.text.readings`); here are only the features of
its neighbours, whose weights say by how much they shift the odds. Training and use share this code.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.persian_words import ZWNJ
from pipeline.text.word_kinds import Knowledge, kind
from pipeline.text.words import SPACES, Words

PLURAL, INDEFINITE = ZWNJ + "های", "ه" + ZWNJ + "ای"

#: What stands in a word's place where there is none: nothing, a sign, something that is no Persian word.
EDGE, SIGN, OTHER = "", ".", "#"


def neighbours(words: Words, at: int) -> tuple[str, str]:
    """The words before and after word ``at`` where nothing but a space parts them from it, else what is there."""
    gap, next_gap = words.gaps[at], words.gaps[at + 1]
    if at and gap in SPACES:
        before = words.words[at - 1].replace(ZWNJ, "")
    else:
        before = EDGE if not gap or gap[-1] == "\n" else OTHER
    if at + 1 < len(words.words) and next_gap in SPACES:
        return before, words.words[at + 1].replace(ZWNJ, "")
    if not next_gap or next_gap[0] == "\n":
        return before, EDGE
    return before, OTHER if next_gap[0] in SPACES else SIGN


def neighbour_features(around: Sequence[str], known: Knowledge) -> list[str]:
    """What the words before and after say for the plural."""
    before, after = around
    names = [f"-{before}", f"+{after}"]
    if after not in (EDGE, SIGN, OTHER):
        sort, magnitude = kind(after, known)
        names += [f"+k{sort}", f"+k{sort}{magnitude}"]
    if before not in (EDGE, OTHER):
        names.append(f"-k{kind(before, known)[0]}")
    return names
