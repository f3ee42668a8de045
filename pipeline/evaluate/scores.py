"""Counting right and wrong: precision, recall and F1 of mentions and of sets.

A mention is matched strictly (same span and type), partially (same type, overlapping span: the partial matching of
SemEval-2013 task 9, in which each prediction and each gold mention is used once), or by span alone (``span``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.text.offsets import Span


@dataclass(frozen=True, slots=True)
class Scored:
    """A mention to be scored. ``also`` lists other spans that are right too (a date without its signal word)."""

    span: Span
    type: str
    also: tuple[Span, ...] = ()
    language: str = "en"

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every accepted span, the annotated one first."""
        return (self.span, *self.also)


@dataclass(slots=True)
class Score:
    """Counts of one layer (or type) under one way of matching, with the cases behind them."""

    layer: str
    matching: str = "strict"
    right: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)

    @property
    def gold(self) -> int:
        """Number of gold items."""
        return self.right + len(self.missed)

    @property
    def found(self) -> int:
        """Number of predicted items."""
        return self.right + len(self.spurious)

    @property
    def precision(self) -> float:
        """Share of predictions that are right (1 when there are none and none were due)."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of gold items found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_sets(layer: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> Score:
    """A layer whose items are right when they are equal."""
    due, got = list(dict.fromkeys(gold)), list(dict.fromkeys(found))
    score = Score(layer, "exact", right=sum(1 for item in due if item in set(got)))
    score.missed = [str(item) for item in due if item not in set(got)]
    score.spurious = [str(item) for item in got if item not in set(due)]
    return score


def match(gold: Sequence[Scored], found: Sequence[Scored], *, matching: str) -> list[tuple[int, int]]:
    """Pairs of indices (gold, found) that match, each index used once; nearest spans are paired first."""
    same_type = matching != "span"
    by_span: dict[Span, list[int]] = {}
    for index, item in enumerate(found):
        by_span.setdefault(item.span, []).append(index)
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    open_gold: list[int] = []
    for g, item in enumerate(gold):
        hits = (f for span in item.spans for f in by_span.get(span, ()) if f not in used)
        hit = next((f for f in hits if not same_type or found[f].type == item.type), None)
        if hit is None:
            open_gold.append(g)
        else:
            used.add(hit)
            pairs.append((g, hit))
    if matching == "partial":
        free = sorted((f for f in range(len(found)) if f not in used), key=lambda f: found[f].span)
        for g in open_gold:
            best = max(
                (f for f in free if found[f].type == gold[g].type and found[f].span.overlaps(gold[g].span)),
                key=lambda f: min(found[f].span.end, gold[g].span.end) - max(found[f].span.start, gold[g].span.start),
                default=None,
            )
            if best is not None:
                free.remove(best)
                pairs.append((g, best))
    return sorted(pairs)


def score_mentions(
    layer: str, gold: Sequence[Scored], found: Sequence[Scored], text: str, *, matching: str = "strict"
) -> Score:
    """A layer of mentions, with each miss and false alarm shown in its context."""
    pairs = match(gold, found, matching=matching)
    matched_gold, matched_found = {g for g, _ in pairs}, {f for _, f in pairs}
    return Score(
        layer,
        matching,
        right=len(pairs),
        missed=[in_context(item, text) for g, item in enumerate(gold) if g not in matched_gold],
        spurious=[in_context(item, text) for f, item in enumerate(found) if f not in matched_found],
    )


def in_context(item: Scored, text: str, width: int = 30) -> str:
    """A mention as ``type [start, end) …before [[surface]] after…``."""
    start, end = item.span
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return f"{item.type} [{start}, {end}) …{before}[[{text[start:end]}]]{after}…".replace("\n", " ")


def folded(name: str | None) -> str:
    """A name for comparison: letters and digits only, lower case, Arabic letters and digits as Persian and Latin."""
    text = unicodedata.normalize("NFKC", name or "").translate(_FOLD).casefold()
    return "".join(character for character in text if character.isalnum())


_FOLD: dict[int, int | str] = {
    **str.maketrans("يىكةۀأإآؤئ", "ییکههاااوی"),
    **{0x06F0 + digit: str(digit) for digit in range(10)},
    **{0x0660 + digit: str(digit) for digit in range(10)},
}


class Macro(Score):
    """A mean of other scores' F1: it has no counts of its own."""

    def __init__(self, layer: str, value: float) -> None:
        super().__init__(layer, "strict")
        self.value = value

    @property
    def precision(self) -> float:
        """The mean itself."""
        return self.value

    @property
    def recall(self) -> float:
        """The mean itself."""
        return self.value
