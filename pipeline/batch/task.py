"""One article's work as it goes to whoever does it, and what comes back. Both are plain data that can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.batch.discovery import Job
from pipeline.batch.outcome import Outcome
from pipeline.batch.reviews import Reviews
from pipeline.errors import DozabanError


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be made.

    ``number`` is its place in the run. ``layers`` are kept layers to go on from, those after the stage ``keep``, at
    which new ones are to be kept otherwise (empty: nowhere). ``reviews`` are the files of people's decisions about it.
    """

    number: int
    job: Job
    layers: bytes | None = None
    keep: str = ""
    reviews: Reviews = ()


@dataclass(frozen=True, slots=True)
class Product:
    """What came of a task: the outcome, and where there is a record its files, in a folder nobody else uses.

    ``content`` is the SHA-256 of what was read; ``fatal`` an error that every other article would meet too.
    """

    number: int
    outcome: Outcome
    files: tuple[Path, ...] = ()
    content: str = ""
    layers: bytes | None = field(default=None, repr=False)
    fatal: DozabanError | None = None


class Engine(Protocol):
    """Does tasks, in whatever order suits it; takes a new one only when it can begin with it."""

    def perform(self, tasks: Iterator[Task]) -> Iterator[Product]:
        """Yield the product of every task. Closing the iterator ends all work at once."""
        ...


#: What was found of a task that took its worker with it: the code, and what to tell.
Failure = tuple[str, str]


def lost(task: Task, failure: Failure, seconds: float, worker: str = "") -> Product:
    """The product of a task whose worker did not come back."""
    code, message = failure
    job = task.job
    outcome = Outcome(job.id, job.where, "failed", seconds, code=code, message=f"{job.where}: {message}", worker=worker)
    return Product(task.number, outcome)
