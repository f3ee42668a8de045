"""Articles one after another in this process: for looking into a fault, and where a process is one too many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.perform import perform
from pipeline.batch.task import Product, Task
from pipeline.road import Road


class Inline:
    """The engine ``inline``. Nothing holds an article back that never ends, and a crash is everybody's."""

    def __init__(self, road: Road, staging: Path) -> None:
        self._road = road
        self._staging = staging

    def perform(self, tasks: Iterator[Task]) -> Iterator[Product]:
        """Yield the product of every task, in order."""
        for task in tasks:
            yield perform(self._road, task, self._staging / str(task.number))
