"""The embedding levels of the Unicode bidirectional algorithm, and the order in which a line is shown.

UAX #9 (https://www.unicode.org/reports/tr9/) for plain text: rules P2–P3, W1–W7, N0–N2, I1–I2, L1 and L2. Explicit
formatting characters (X1–X9) are ignored, since a page shows none. :mod:`.bidi` uses it to check what it reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

_OPENING = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
#: Pairs that rule N0 knows; guillemets are mirrored, but are no brackets to the algorithm.
_PAIRED = frozenset("()[]{}")
_NEUTRAL = frozenset(["B", "S", "WS", "ON", "BN"])


@cache
def bidi_class(character: str) -> str:
    """The bidirectional class of a character; explicit formatting characters count as boundary neutrals."""
    found = unicodedata.bidirectional(character) or "L"
    return "BN" if found in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") else found


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph whose own level is ``base`` (0 left to right, 1 right to left)."""
    outer = "R" if base else "L"
    classes = [bidi_class(character) for character in text]
    _resolve_weak(classes, outer)
    _resolve_brackets(text, classes, outer)
    _resolve_neutral(classes, outer)
    found = []
    for kind in classes:
        if base:
            found.append(1 if kind == "R" else 2)
        else:
            found.append(0 if kind == "L" else 1 if kind == "R" else 2)
    return found


def shown_order(line_levels: Sequence[int], text: str, base: int) -> list[int]:
    """The indices of a line's characters from left to right (rules L1, for the end of the line, and L2)."""
    ranks = list(line_levels)
    at = len(text)
    while at and text[at - 1].isspace():
        at -= 1
        ranks[at] = base
    order = list(range(len(text)))
    for level in range(max(ranks, default=0), 0, -1):
        start = 0
        while start < len(order):
            if ranks[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and ranks[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _resolve_weak(classes: list[str], outer: str) -> None:
    """Rules W1 to W7, in place."""
    before = strong = outer
    for at, given in enumerate(classes):
        kind = before if given in ("NSM", "BN") else given  # W1
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"  # W2
        classes[at] = before = kind
    for at, kind in enumerate(classes):
        if kind == "AL":
            classes[at] = "R"  # W3
    for at in range(1, len(classes) - 1):  # W4
        left, right = classes[at - 1], classes[at + 1]
        if left == right and ((classes[at] == "ES" and left == "EN") or (classes[at] == "CS" and left in ("EN", "AN"))):
            classes[at] = left
    at = 0
    while at < len(classes):  # W5, W6
        if classes[at] == "ET":
            end = at
            while end < len(classes) and classes[end] == "ET":
                end += 1
            beside = (at and classes[at - 1] == "EN") or (end < len(classes) and classes[end] == "EN")
            classes[at:end] = ["EN" if beside else "ON"] * (end - at)
            at = end
        else:
            if classes[at] in ("ES", "CS"):
                classes[at] = "ON"
            at += 1
    strong = outer
    for at, kind in enumerate(classes):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            classes[at] = "L"


def _resolve_brackets(text: str, classes: list[str], outer: str) -> None:
    """Rule N0, in place."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if character not in _PAIRED or classes[at] != "ON":
            continue
        if character in _OPENING:
            stack.append((character, at))
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == _CLOSING[character]:
                pairs.append((stack[depth][1], at))
                del stack[depth:]
                break
    for start, end in sorted(pairs):
        inside = {_strong(kind) for kind in classes[start + 1 : end]} - {""}
        if outer in inside:
            classes[start] = classes[end] = outer
        elif inside:
            before = next((s for kind in reversed(classes[:start]) if (s := _strong(kind))), outer)
            classes[start] = classes[end] = before if before in inside else outer


def _strong(kind: str) -> str:
    return kind if kind in ("L", "R") else "R" if kind in ("EN", "AN") else ""


def _resolve_neutral(classes: list[str], outer: str) -> None:
    """Rules N1 and N2, in place."""
    at = 0
    while at < len(classes):
        if classes[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(classes) and classes[end] in _NEUTRAL:
            end += 1
        before = _strong(classes[at - 1]) if at else outer
        after = _strong(classes[end]) if end < len(classes) else outer
        classes[at:end] = [before if before == after else outer] * (end - at)
        at = end
