"""Applying decisions to a record, as the last thing that happens to it.

Decisions are taken one after the other in the order of their file. Those of several reviewers are taken file by file;
where two reviewers differ, neither is taken until the file without a reviewer's name, which outranks them, says who is
right. A decision that fits no longer is listed among the diagnostics, never dropped.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.decisions import fields, named
from pipeline.decisions.bench import MENTIONED, Bench, Stale
from pipeline.decisions.disagreement import Conflict, overruled
from pipeline.decisions.entries import Entry, standing
from pipeline.decisions.files import FOLDER, ReviewFile
from pipeline.facts import Diagnostic
from pipeline.record import Layer, Record

_NAMED: dict[str, Callable[[Bench, Entry], None]] = {
    "accept": named.accept, "reject": named.reject, "retype": named.retype, "boundary": named.boundary,
    "add": named.add, "merge": named.merge, "split": named.split, "link": named.link, "unlink": named.unlink,
    "date": named.date, "edit": fields.edit,
}  # fmt: skip
_OTHERS: dict[tuple[str, str], Callable[[Bench, Entry], None]] = {
    ("timeline", "accept"): fields.accept_event, ("timeline", "reject"): fields.reject_event,
    ("timeline", "edit"): fields.edit, ("metadata", "edit"): fields.edit, ("abstract", "align"): fields.align,
    ("keywords", "accept"): fields.accept_keyword, ("keywords", "add"): fields.accept_keyword,
    ("keywords", "link"): fields.accept_keyword, ("keywords", "reject"): fields.reject_keyword,
    ("keywords", "unlink"): fields.unlink_keyword,
}  # fmt: skip
_PARTS: dict[str, Callable[[Bench, Entry], None]] = {
    "accept": fields.accept_part, "reject": fields.reject_part, "edit": fields.edit,
}  # fmt: skip

#: What a reviewer says about the article as a whole, or in passing; nothing in the record changes.
SPOKEN = frozenset({"note", "done", "reopen"})


@dataclass(frozen=True)
class Unfit:
    """A decision that does not fit the record, and why."""

    entry: Entry
    why: str


@dataclass
class Decided:
    """A record under its reviewers' decisions, and what could not be decided."""

    record: Record
    unfit: list[Unfit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def decide(record: Record, reviews: Sequence[ReviewFile], *, kept: bytes | None = None) -> Decided:
    """A copy of ``record`` with the decisions applied; without decisions the record itself.

    ``kept`` is the record's own :func:`preserved` form, for those who apply decisions to it again and again.
    """
    if not reviews:
        return Decided(record)
    copy = changeable(record, kept)
    files = [(review, standing(list(review.entries))) for review in reviews]
    left_out, conflicts = overruled([(review.user, entries) for review, entries in files])
    bench = Bench(copy)
    unfit = []
    for review, entries in files:
        for entry in entries:
            if (review.user, entry.number) not in left_out and (why := take(bench, entry)) is not None:
                unfit.append(Unfit(entry, why))
    copy.diagnostics.extend(_said(each) for each in unfit)
    copy.diagnostics.extend(_differ(each) for each in conflicts)
    hashes = {f"{FOLDER}/{review.name}": review.sha256 for review in reviews}
    copy.produced_by.resources = dict(sorted({**copy.produced_by.resources, **hashes}.items()))
    return Decided(copy, unfit, conflicts)


#: What decisions may change; the other parts of a record are shared with its copy.
_CHANGEABLE = ("produced_by", "metadata", "abstract", "keywords", "entities", "dates", "systems", "timeline")


def preserved(record: Record) -> bytes:
    """The parts of a record that decisions may change, in the form that copies fastest."""
    return pickle.dumps([getattr(record, name) for name in _CHANGEABLE], pickle.HIGHEST_PROTOCOL)


def changeable(record: Record, kept: bytes | None = None) -> Record:
    """A copy of a record that decisions can be applied to without changing the record itself."""
    copy = record.model_copy()
    parts = pickle.loads(kept or preserved(record))
    for name, part in zip(_CHANGEABLE, parts, strict=True):
        setattr(copy, name, part)
    copy.diagnostics = Layer(record.diagnostics)
    return copy


def is_decided(record: Record) -> bool:
    """Whether decisions have been applied to a record already."""
    return any(name.startswith(f"{FOLDER}/") for name in record.produced_by.resources)


def take(bench: Bench, entry: Entry) -> str | None:
    """Apply one decision; None when it fits, else why it does not."""
    if entry.do in SPOKEN:
        return None
    if entry.layer in MENTIONED:
        action = _PARTS.get(entry.do) if entry.part else _NAMED.get(entry.do)
    else:
        action = _OTHERS.get((entry.layer, entry.do))
    if action is None:
        return f"there is no decision {entry.do!r} about {entry.layer}"
    try:
        action(bench, entry)
    except Stale as stale:
        return str(stale)
    return None


def _said(unfit: Unfit) -> Diagnostic:
    entry = unfit.entry
    words = f" “{entry.where[0].surface}”" if entry.where else ""
    message = f"decision {entry.number} of {entry.by} ({entry.do}{words}) does not fit any more: {unfit.why}"
    return Diagnostic(stage="review", severity="warning", code="W-REVIEW-STALE", message=message)


def _differ(conflict: Conflict) -> Diagnostic:
    names = " and ".join(sorted(conflict.said))
    message = f"{names} differ about “{conflict.words}”; the machine's reading stands until one is confirmed"
    return Diagnostic(stage="review", severity="warning", code="W-REVIEW-CONFLICT", message=message)
