"""Articles as tasks of a Dask cluster: one on this machine, or one whose scheduler is already running.

Dask places the work, moves it when a worker is lost, and restarts workers; what is here only says what the work is.
Each worker makes the road once, when the plug-in reaches it, and with it come the files the settings name. An article's
bytes travel to the worker and its record's files travel back, so that a cluster needs no common file system, and the
process that owns the output is the only one that writes.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import Future as ThreadFuture
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker

from pipeline.batch.fingerprint import strings
from pipeline.batch.perform import perform
from pipeline.batch.task import Product, Task, lost
from pipeline.config import Config
from pipeline.errors import WorkerError
from pipeline.road import Road

#: Tasks handed out for each thread of the cluster, so that none waits for the network.
_AHEAD = 2
#: Seconds to wait for the scheduler.
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Delivery:
    """A product on its way back, with its files by name."""

    product: Product
    files: tuple[tuple[str, bytes], ...]


class RoadPlugin(WorkerPlugin):
    """Makes a worker's road, once, with the files its settings name beside it."""

    name = "dozaban-road"

    def __init__(self, config: Config) -> None:
        self.config = config
        self.files = {text: Path(text).read_bytes() for text in strings(config.settings) if Path(text).is_file()}

    def setup(self, worker: Any) -> None:
        """Place the files that this machine lacks, and make the road."""
        folder = Path(worker.local_directory) / "dozaban"
        folder.mkdir(parents=True, exist_ok=True)
        placed: dict[str, str] = {}
        for text, data in self.files.items():
            here = Path(text)
            if not (here.is_file() and here.read_bytes() == data):
                here = folder / f"{hashlib.sha256(data).hexdigest()[:16]}{here.suffix}"
                here.write_bytes(data)
                placed[text] = str(here)
        road = Road(replace(self.config, settings=_renamed(self.config.settings, placed)))
        # The record names the configuration that was asked for, wherever its files lie.
        road.config = self.config
        worker.dozaban = road
        worker.dozaban_turn = threading.Lock()


class Cluster:
    """The engine ``dask``."""

    def __init__(self, config: Config, staging: Path, scheduler: str, workers: int) -> None:
        self._config = config
        self._staging = staging
        self._scheduler = scheduler
        self._workers = workers

    def perform(self, tasks: Iterator[Task]) -> Iterator[Product]:
        """Yield the product of every task as it comes. Raises WorkerError when the scheduler does not answer."""
        with _client(self._scheduler, self._workers) as client:
            try:
                client.register_plugin(RoadPlugin(self._config))
            except Exception as error:  # Dask passes on whatever a worker raised, often as a bare Exception
                raise WorkerError(
                    f"a worker of the cluster cannot take part: {_short(error)}; install the same Dozaban there"
                ) from None
            completed = as_completed()
            waiting: dict[Any, Task] = {}
            while True:
                threads = max(1, sum(client.nthreads().values()))
                while len(waiting) < threads * _AHEAD and (task := next(tasks, None)) is not None:
                    future = client.submit(deliver, task, self._config.batch.timeout, key=_key(task), pure=False)
                    waiting[future.key] = task
                    completed.add(future)
                if not waiting:
                    return
                future = next(completed)
                yield self._receive(client, future, waiting.pop(future.key))
                future.release()

    def _receive(self, client: Client, future: Any, task: Task) -> Product:
        """What came back, its files in the task's folder; a failed outcome when Dask gave the task up."""
        error = future.exception()
        if error is not None:
            reason = type(error).__name__
            return lost(task, ("E-WORKER-DIED", f"the cluster gave it up ({reason}: {_short(error)})"), 0.0)
        delivery: Delivery = future.result()
        product = delivery.product
        if product.outcome.code == "E-TIMEOUT":
            # The worker still turns over the article: Dask starts it afresh.
            client.restart_workers([product.outcome.worker], raise_for_error=False)
        folder = self._staging / str(task.number)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in delivery.files:
            (folder / name).write_bytes(data)
        return replace(product, files=tuple(folder / name for name, _ in delivery.files))


def deliver(task: Task, timeout: float) -> Delivery:
    """Make an article on a worker of the cluster. Runs there."""
    worker = get_worker()
    answer: ThreadFuture[Delivery] = ThreadFuture()
    thread = threading.Thread(target=_deliver, args=(worker, task, answer), daemon=True)
    thread.start()
    try:
        return answer.result(timeout)
    except TimeoutError:
        failure = ("E-TIMEOUT", f"not done after {timeout:g} seconds, given up; raise batch.timeout if it is only long")
        return Delivery(lost(task, failure, timeout, worker.address), ())


def _deliver(worker: Any, task: Task, answer: ThreadFuture[Delivery]) -> None:
    """Make an article and hand it over; one at a time, whatever the number of the worker's threads."""
    try:
        with worker.dozaban_turn, tempfile.TemporaryDirectory(prefix="dozaban-") as folder:
            product = perform(worker.dozaban, task, Path(folder))
            files = tuple((file.name, file.read_bytes()) for file in product.files)
        outcome = replace(product.outcome, worker=worker.address)
        answer.set_result(Delivery(replace(product, files=(), outcome=outcome), files))
    except BaseException as error:  # whatever it is, whoever waits has to hear of it
        answer.set_exception(error)


@contextmanager
def _client(scheduler: str, workers: int) -> Iterator[Client]:
    """A client of a running scheduler, or of a cluster of this machine that ends with it. Raises WorkerError."""
    if not scheduler:
        with (
            LocalCluster(workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkerError(f"the Dask scheduler {scheduler} does not answer: {error}; check its address") from None
    with client:
        yield client


def _key(task: Task) -> str:
    """The name of a task on the cluster, its own even when two runs share the cluster."""
    return f"dozaban-{task.job.id}-{uuid.uuid4().hex}"


def _short(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else "no reason given"


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Settings with the paths in ``names`` replaced."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(item, names) for item in value]
    return value
