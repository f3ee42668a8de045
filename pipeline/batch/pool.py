"""Worker processes on this machine: started when needed, replaced when they grow, die or do not come back.

Each worker has a line of its own, so that one that dies in the middle of a word takes nobody else's with it; whoever
looks for the fault finds one article and one process. (Pools that share a queue between workers, those of the
standard library and of pebble, can lose the task of a worker that dies at a bad moment, and none of them replaces a
worker for its size.) Workers are started as programs, not forked, so that a script or notebook needs no ``__main__``
guard.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import IO, Literal

from pipeline.batch.task import Failure, Product, Task, lost
from pipeline.batch.worker import OUT_OF_MEMORY, Orders
from pipeline.errors import WorkerError

#: Times an article is given to another worker when its own was killed from outside.
_SECOND_CHANCES = 1
READY: Literal["ready"] = "ready"
#: Seconds a process may take to start.
_START_SECONDS = 180.0
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Pool:
    """The engine ``local``."""

    def __init__(self, orders: Orders, workers: int, recycle_megabytes: int, log: Path) -> None:
        self._orders = orders
        self._most = workers
        self._recycle = recycle_megabytes
        self._log = log
        self._workers: list[_Worker] = []
        self._started = 0

    def perform(self, tasks: Iterator[Task]) -> Iterator[Product]:
        """Yield the product of every task as it comes. Raises WorkerError when no worker can be started."""
        queue = _Queue(tasks)
        with self._log.open("wb") as log:
            try:
                while True:
                    while (idle := self._idle()) != [] and (task := queue.take()) is not None:
                        worker = idle[0] or self._start(log)
                        worker.begin(task)
                    busy = [worker for worker in self._workers if worker.task is not None]
                    if not busy:
                        return
                    for worker in self._ready(busy):
                        product = self._hear(worker, queue)
                        if product is not None:
                            yield product
            finally:
                for worker in self._workers:
                    worker.kill()
                self._workers.clear()

    def _idle(self) -> list[_Worker | None]:
        """A worker without task, or None for one that may be started; empty when all are busy."""
        for worker in self._workers:
            if worker.task is None:
                return [worker]
        return [None] if len(self._workers) < self._most else []

    def _start(self, log: IO[bytes]) -> _Worker:
        self._started += 1
        worker = _Worker(self._orders, log, f"{self._started}")
        self._workers.append(worker)
        return worker

    def _hear(self, worker: _Worker, queue: _Queue) -> Product | None:
        """What came of a worker's task; None when it only came up, or when the task is to be tried again."""
        task = worker.task
        assert task is not None
        answer = worker.answer()
        if answer == READY:
            worker.come_up()
            return None
        if answer is None:
            self._workers.remove(worker)
            worker.kill(patience=1.0)
            if not (worker.up or worker.late or worker.killed_from_outside):
                raise WorkerError(_why(self._log))
            if worker.killed_from_outside and queue.again(task):
                return None
            return lost(task, worker.failure(self._orders), worker.seconds, worker.name)
        if self._recycle and answer.outcome.megabytes > self._recycle:
            self._workers.remove(worker)
            worker.retire()
        elif (following := queue.take()) is not None:
            # Before the owner looks at the product, so that the worker need not wait for it.
            worker.begin(following)
        return answer

    def _ready(self, busy: list[_Worker]) -> list[_Worker]:
        """The workers that have answered, died, or are over their time; waits for one of them."""
        while True:
            soonest = min(worker.deadline(self._orders.timeout) for worker in busy)
            answered = wait([worker.inward for worker in busy], timeout=max(0.0, soonest - time.monotonic()))
            if answered:
                return [worker for worker in busy if worker.inward in answered]
            now = time.monotonic()
            late = [worker for worker in busy if worker.deadline(self._orders.timeout) <= now]
            for worker in late:
                worker.late = True
            if late:
                return late


class _Queue:
    """The tasks to come, those to be tried again first."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        self._tasks = tasks
        self._again: list[Task] = []
        self._tried: Counter[int] = Counter()

    def take(self) -> Task | None:
        """The next task, None when there is none left."""
        return self._again.pop() if self._again else next(self._tasks, None)

    def again(self, task: Task) -> bool:
        """Put a task back. False when it has had its chances."""
        self._tried[task.number] += 1
        if self._tried[task.number] > _SECOND_CHANCES:
            return False
        self._again.append(task)
        return True


class _Worker:
    """The owner's side of one worker process."""

    def __init__(self, orders: Orders, log: IO[bytes], name: str) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
        for variable in _THREADS:
            environment.setdefault(variable, "1")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.batch.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment,
        )  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.outward = Connection(os.dup(self.process.stdin.fileno()), readable=False)
        self.inward = Connection(os.dup(self.process.stdout.fileno()), writable=False)
        self.process.stdin.close()
        self.process.stdout.close()
        self.name = f"{name}:{self.process.pid}"
        self.task: Task | None = None
        self.started = 0.0
        self.seconds = 0.0
        self.up = False
        self.late = False
        self._send(orders)

    def begin(self, task: Task) -> None:
        """Hand the worker a task. One that is dead already is found out when its answer is asked for."""
        self.task = task
        self.started = time.monotonic()
        self._send(task)

    def come_up(self) -> None:
        """The process has started; the task's time runs from now."""
        self.up = True
        self.started = time.monotonic()

    def deadline(self, timeout: float) -> float:
        """The time at which the task is given up, or at which the process should long have started."""
        return self.started + (timeout if self.up else max(timeout, _START_SECONDS))

    def answer(self) -> Product | Literal["ready"] | None:
        """What the process has to say; None when it is dead or late."""
        self.seconds = time.monotonic() - self.started
        if self.late:
            return None
        try:
            said: Product | Literal["ready"] = self.inward.recv()
        except (EOFError, OSError):
            return None
        if isinstance(said, Product):
            self.task = None
            return replace(said, outcome=replace(said.outcome, worker=self.name))
        return said

    @property
    def killed_from_outside(self) -> bool:
        """Whether somebody else ended the process: a person, or the system when memory ran out."""
        return not self.late and self.process.returncode == -signal.SIGKILL

    def failure(self, orders: Orders) -> Failure:
        """Why the worker did not come back."""
        if self.late:
            limit = f"{orders.timeout:g} seconds"
            return "E-TIMEOUT", f"not done after {limit}, given up; raise batch.timeout if it is only long"
        status = self.process.returncode
        if status == OUT_OF_MEMORY:
            limit = f"{orders.max_megabytes:,} MB"
            return "E-WORKER-MEMORY", f"it needs more than {limit}; raise batch.max_megabytes if the machine has more"
        if status is not None and status < 0:
            reason = signal.strsignal(-status) or f"signal {-status}"
            return "E-WORKER-DIED", f"the process that worked on it died ({reason}); a library fails on this file"
        return "E-WORKER-DIED", f"the process that worked on it ended by itself (status {status})"

    def retire(self) -> None:
        """Let the process end in its own time."""
        self._close()
        self.kill(patience=5.0)

    def kill(self, patience: float = 0.0) -> None:
        """See the process ended: by itself within ``patience`` seconds, unless it is late, else by force."""
        if not self.late:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=patience)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._close()

    def _close(self) -> None:
        for line in (self.outward, self.inward):
            with suppress(OSError):
                line.close()

    def _send(self, message: object) -> None:
        with suppress(OSError):
            self.outward.send(message)


def _why(log: Path) -> str:
    """Why workers do not start, in the words of the last line they wrote."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    said = lines[-1].strip() if lines else "it said nothing"
    return f"a worker process did not start: {said} (see {log})"
