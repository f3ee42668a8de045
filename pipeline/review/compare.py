"""How far two reviewers agree: Cohen's kappa on what both decided, and the F1 of their spans.

An item is a place in the text whose fact both have spoken about; its label is the type that a reviewer left it with, or
``none``. Kappa corrects the agreement for chance (J. Cohen, A coefficient of agreement for nominal scales, 1960). The
span F1 takes one reviewer's mentions as due and the other's as found, over the places that either of them decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.decisions.apply import decide
from pipeline.decisions.entries import Entry, standing
from pipeline.decisions.files import ReviewFile
from pipeline.record import Record

Label = tuple[str, str]
Spans = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Agreement:
    """Two reviewers; ``kappa`` is None when nothing was decided by both, or when chance alone explains everything."""

    first: str
    second: str
    items: int
    kappa: float | None
    f1: float


def agreements(machine: Record, reviews: Sequence[ReviewFile]) -> list[Agreement]:
    """Every pair of named reviewers of an article."""
    named = [review for review in reviews if review.user and standing(list(review.entries))]
    views = {review.user: _view(machine, review) for review in named}
    return [
        _agreement(one.user, other.user, *views[one.user], *views[other.user]) for one, other in combinations(named, 2)
    ]


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of labels; None without pairs, 1 where all agree on one label."""
    if not pairs:
        return None
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return 1.0 if chance == 1.0 else (agreed - chance) / (1 - chance)


def span_f1(first: Spans, second: Spans) -> float:
    """F1 of spans with their types; 1 where neither has any."""
    same = len(first.items() & second.items())
    return 2 * same / (len(first) + len(second)) if first or second else 1.0


def _agreement(
    one: str, other: str, first: Spans, decided: set[tuple[int, int]], second: Spans, also: set[tuple[int, int]]
) -> Agreement:
    both = sorted(decided & also)
    either = decided | also
    pairs = [(first.get(span, "none"), second.get(span, "none")) for span in both]
    ours, theirs = ({span: kind for span, kind in spans.items() if span in either} for spans in (first, second))
    return Agreement(one, other, len(both), kappa(pairs), span_f1(ours, theirs))


def _view(machine: Record, review: ReviewFile) -> tuple[Spans, set[tuple[int, int]]]:
    """The mentions as one reviewer leaves them, and the places that they spoke about."""
    record = decide(machine, [review]).record
    spans = _spans(record)
    decided: set[tuple[int, int]] = set()
    for entry in standing(list(review.entries)):
        decided |= _places(entry)
    return spans, decided


def _places(entry: Entry) -> set[tuple[int, int]]:
    if (
        entry.do in ("note", "done", "reopen", "edit", "align")
        or entry.part
        or entry.layer not in ("entities", "dates", "systems")
    ):
        return set()
    places = {(anchor.span.start, anchor.span.end) for anchor in entry.where} | {(s.start, s.end) for s in entry.also}
    if entry.do == "boundary":
        start, end = entry.new["span"]
        places.add((start, end))
    return places


def _spans(record: Record) -> Spans:
    found: Spans = {}
    for layer, facts in (("date", record.dates), ("system", record.systems), ("entity", record.entities)):
        for fact in facts:
            for _, mention in fact.mentions.all():
                found[mention.span[0], mention.span[1]] = getattr(fact, "type", layer) if layer == "entity" else layer
    return found
