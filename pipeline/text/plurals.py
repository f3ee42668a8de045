"""``زمین‌های`` or ``زمینه‌ای``: what the neighbours say where a word allows both.

A plural in ``های`` leads on to a noun or an adjective; ``ه‌ای`` may well end a clause, stand before ``که`` or follow
``یک``. The word's own likelihoods come from its reading (:mod:`pipeline.text.readings`); here are only the features of
its neighbours, whose weights say by how much they shift the odds. Training and use share this code.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.persian_words import ZWNJ
from pipeline.text.word_kinds import Knowledge, kind

PLURAL, INDEFINITE = ZWNJ + "های", "ه" + ZWNJ + "ای"

#: What stands in a word's place where there is none: nothing, a sign, something that is no Persian word.
EDGE, SIGN, OTHER = "", ".", "#"


def neighbours(text: str, start: int, end: int, before: str, after: str) -> tuple[str, str]:
    """The words before and after ``text[start:end]`` as the features name them; ``before`` and ``after`` are the
    nearest words, where nothing but a space parts them from it, and empty otherwise.
    """
    if not before:
        before = EDGE if not text[max(0, start - 2) : start].strip() else OTHER
    if not after:
        sign = text[end : end + 1]
        after = EDGE if not sign or sign == "\n" else OTHER if sign == " " else SIGN
    return before.replace(ZWNJ, ""), after.replace(ZWNJ, "")


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
