"""What a run has to do: which articles are new or changed, which stand, which are the same article twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.batch.destination import Destination, touched
from pipeline.batch.discovery import Job
from pipeline.batch.fingerprint import Chain, Identity
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.outcome import Outcome
from pipeline.batch.reviews import Reviews, digest
from pipeline.batch.state import State
from pipeline.errors import DozabanError

Reason = Literal[
    "new", "content changed", "settings or code changed", "decisions changed", "record missing",
    "record changed by hand", "failed before", "forced",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """An article to be made, why, and the key of the kept layers it can go on from (None: from the source)."""

    job: Job
    reason: Reason
    content: str
    layers: str | None = None
    reviews: Reviews = ()


@dataclass(slots=True)
class Plan:
    """Articles to be made, and outcomes that are known already, by their place in the run.

    ``left`` is the number of articles left for another run by a limit.
    """

    work: dict[int, Work] = field(default_factory=dict)
    known: dict[int, Outcome] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be made besides what is new or changed: everything, what failed before; and at most how many."""

    force: bool = False
    retry_failed: bool = False
    limit: int | None = None


def make_plan(
    jobs: Sequence[Job], chain: Chain, state: State, destination: Destination, choice: Choice, keep: str
) -> Plan:
    """Compare the articles with the ledger. Nothing is written but the hashes of sources that had to be read."""
    plan = Plan()
    contents = list(_contents(jobs, state.ledger))
    first = _first_of_each(jobs, contents, state.ledger)
    for number, (job, content) in enumerate(zip(jobs, contents, strict=True)):
        if content is None:
            # It cannot be read: the attempt to make it says why.
            plan.work[number] = Work(job, "new", "")
            continue
        original = first[content, job.part]
        if original != number:
            plan.known[number] = _duplicate(job, jobs[original])
            continue
        work = _compare(job, content, chain, state, destination, choice, keep)
        if isinstance(work, Outcome):
            plan.known[number] = work
        elif choice.limit is not None and len(plan.work) >= choice.limit:
            plan.left += 1
        else:
            plan.work[number] = work
    return plan


def identity(job: Job, content: str, reviews: Reviews = ()) -> Identity:
    """What makes an article's record its own."""
    return Identity(content, job.source.name, job.id, job.renamed_from, job.part, digest(reviews))


def _compare(
    job: Job, content: str, chain: Chain, state: State, destination: Destination, choice: Choice, keep: str
) -> Work | Outcome:
    reviews = destination.reviews(job.id)
    article = identity(job, content, reviews)
    entry = state.ledger.entry(job.id)
    layers = None
    if keep and not choice.force:
        key = chain.key(article, keep)
        layers = key if state.layers.has(key) else None
    reason = _reason(entry, content, chain.key(article), destination, choice)
    if reason is None:
        assert entry is not None
        return replace(entry.outcome.kept(), file=job.where)
    return Work(job, reason, content, layers, reviews)


def _reason(entry: Entry | None, content: str, key: str, destination: Destination, choice: Choice) -> Reason | None:
    if choice.force:
        return "forced"
    if entry is None:
        return "new"
    if entry.content != content:
        return "content changed"
    if entry.key != key:
        same = entry.key.partition(":")[0] == key.partition(":")[0]
        return "decisions changed" if same else "settings or code changed"
    if entry.outcome.status == "failed":
        return "failed before" if choice.retry_failed else None
    state = touched(destination, entry.files)
    if state is None:
        return None
    return "record missing" if state == "missing" else "record changed by hand"


def _contents(jobs: Sequence[Job], ledger: Ledger) -> Iterator[str | None]:
    """The SHA-256 of each article's source, None for one that cannot be read; untouched files are not read again."""
    seen: dict[str, str | None] = {}
    fresh: list[tuple[str, str, str]] = []
    for job in jobs:
        source = job.source
        if source.key not in seen:
            stamp = source.stamp()
            known = ledger.content(source.key, stamp) if stamp is not None else None
            try:
                seen[source.key] = known or hashlib.sha256(source.read()).hexdigest()
            except DozabanError:
                seen[source.key] = None
            found = seen[source.key]
            if stamp is not None and known is None and found is not None:
                fresh.append((source.key, stamp, found))
        yield seen[source.key]
    ledger.remember(fresh)


def _first_of_each(
    jobs: Sequence[Job], contents: Sequence[str | None], ledger: Ledger
) -> dict[tuple[str, str | None], int]:
    """For each content the article that stands for it: one that has a record already, else the first."""
    first: dict[tuple[str, str | None], int] = {}
    for number, (job, content) in enumerate(zip(jobs, contents, strict=True)):
        if content is not None:
            first.setdefault((content, job.part), number)
    standing: set[tuple[str, str | None]] = set()
    for number, (job, content) in enumerate(zip(jobs, contents, strict=True)):
        if content is None or (content, job.part) in standing or first[content, job.part] == number:
            continue
        entry = ledger.entry(job.id)
        holder = ledger.entry(jobs[first[content, job.part]].id)
        if entry and entry.content == content and not (holder and holder.content == content):
            first[content, job.part] = number
            standing.add((content, job.part))
    return first


def _duplicate(job: Job, original: Job) -> Outcome:
    message = f"{job.where} holds the same as {original.where}; its record is {original.id}"
    return Outcome(job.id, job.where, "duplicate", 0.0, message=message, same_as=original.id, made=False)
