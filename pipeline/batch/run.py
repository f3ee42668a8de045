"""A run: what has to be done is planned, done by an engine, and taken into the folder of records and the ledger.

Only this process writes records. A worker makes a record in a folder of its own; here its files are moved into their
places and then entered in the ledger, so that a run that is killed at any moment leaves every record whole, and what
the ledger does not know is made again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.batch.destination import Destination, open_destination
from pipeline.batch.discovery import Job
from pipeline.batch.fingerprint import Chain
from pipeline.batch.ledger import Entry, Written
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Choice, Plan, Work, identity, make_plan
from pipeline.batch.reviews import is_record, place_of
from pipeline.batch.state import State
from pipeline.batch.task import Engine, Product, Task
from pipeline.config import Config
from pipeline.errors import DozabanError, ModelMissingError, RecordError
from pipeline.record import Record
from pipeline.road import Road
from pipeline.serial import load_yaml

#: Below this many articles for each process, starting another one costs more than it saves.
ARTICLES_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about its work. None of it changes a record.

    ``workers`` is the number of processes, 0 for one for each core when there are enough articles. ``engine`` is
    ``local`` (worker processes), ``inline`` (this process, nothing apart from anything else) or ``dask``, whose
    ``scheduler`` is an address, or empty for a cluster on this machine.
    """

    workers: int = 0
    engine: str = "local"
    scheduler: str = ""
    choice: Choice = field(default_factory=Choice)
    fail_fast: bool = False


class Run:
    """One run over some articles, its folder of records open. Made, looked at (``plan``), then iterated once."""

    def __init__(self, jobs: Sequence[Job], config: Config, state: State, outputs: str, options: Options) -> None:
        """Raises ConfigError or StageError when the configuration is wrong."""
        road = Road(config)
        names = [each.name for each in road.stages]
        self.config = config
        self.options = options
        self.state = state
        self.keep = config.batch.keep_layers if config.batch.keep_layers in names else ""
        self.destination: Destination = open_destination(outputs)
        self.chain = Chain.of(road)
        self.jobs = jobs
        self.plan: Plan = make_plan(jobs, self.chain, state, self.destination, options.choice, self.keep)

    def stages(self, work: Work) -> tuple[str, ...]:
        """The stages that will run for an article."""
        return self.chain.names(self.keep if work.layers is not None else None)

    def outcomes(self, watch: Callable[[Outcome], None] = lambda outcome: None) -> Iterator[Outcome]:
        """Make what has to be made. Yields every outcome in the order of the articles; ``watch`` hears of each at once.

        Raises ModelMissingError when a model is not installed, OutputError, WorkerError.
        """
        done = dict(self.plan.known)
        for outcome in done.values():
            watch(outcome)
        waiting = sorted([*self.plan.work, *done])
        with closing(self._products()) as products:
            failed = False
            while waiting and not failed:
                while waiting and waiting[0] in done:
                    yield done.pop(waiting.pop(0))
                product = next(products, None)
                if product is None:
                    break
                outcome = self._take(product)
                watch(outcome)
                done[product.number] = outcome
                failed = self.options.fail_fast and outcome.status == "failed"
        for number in waiting:
            if number in done:
                yield done[number]

    def load(self, article_id: str) -> Record:
        """A record of this run, with its text where there is one. Raises RecordError when it cannot be read."""
        data, text = (self.destination.read(f"{article_id}{suffix}") for suffix in (".yaml", ".txt"))
        if data is None:
            raise RecordError(f"{article_id}.yaml cannot be opened; is yaml among emit.formats?", code="E-RECORD-FILE")
        record = load_yaml(data, name=f"{article_id}.yaml")
        return record if text is None else record.with_text(text.decode("utf-8"))

    def _products(self) -> Generator[Product]:
        if self.plan.work:
            yield from self._engine().perform(self._tasks())

    def _tasks(self) -> Iterator[Task]:
        for number, work in self.plan.work.items():
            data = None
            if work.layers is not None:
                data = self.state.layers.path(work.layers).read_bytes()
            job = work.job
            if data is None and (self.options.engine == "dask" or job.source.where.startswith("memory:")):
                with suppress(DozabanError):  # whoever makes the article meets the same error
                    job = replace(job, source=job.source.loaded())
            yield Task(number, job, data, self.keep, work.reviews)

    def _take(self, product: Product) -> Outcome:
        """Move a record into its place and enter it in the ledger."""
        if product.fatal is not None:
            raise product.fatal
        work = self.plan.work[product.number]
        job, outcome = work.job, product.outcome
        article = identity(job, product.content or work.content, work.reviews)
        written: tuple[Written, ...] = ()
        layers = work.layers
        if outcome.status != "failed":
            if work.reason == "record changed by hand":
                outcome = replace(outcome, note=self._set_aside(job.id))
            try:
                # The record itself comes last: whoever sees it finds its text beside it.
                files = sorted(product.files, key=lambda file: file.suffix == ".yaml")
                placed = [(file.name, self.destination.put(place_of(file.name), file)) for file in files]
                written = tuple(each for name, each in placed if is_record(name))
            except OSError as error:
                message = f"{job.where}: {error}; check the space and the rights of the output folder"
                outcome = replace(outcome, status="failed", code="E-WRITE", message=message)
            if product.layers is not None:
                layers = self.chain.key(article, self.keep)
                self.state.layers.keep(layers, product.layers)
        folder = self.state.staging / str(product.number)
        try:
            folder.rmdir()  # empty as a rule, and then far cheaper than looking into it
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
        if article.content and outcome.code not in ("E-WRITE", "E-UNREADABLE"):
            old = self.state.ledger.entry(job.id)
            self.state.ledger.record(
                Entry(
                    job.id, job.source.key, job.part, article.content, self.chain.key(article), layers, outcome, written
                )
            )
            if old is not None and old.layers not in (None, layers):
                self.state.layers.drop(str(old.layers))
        return outcome

    def _set_aside(self, article_id: str) -> str:
        """Keep the files that somebody changed, before they are written anew. Returns a note of where they are."""
        folder = self.state.folder / "changed-by-hand"
        folder.mkdir(exist_ok=True)
        entry = self.state.ledger.entry(article_id)
        for file in entry.files if entry is not None else ():
            data = self.destination.read(file.name)
            if data is not None:
                (folder / file.name).write_bytes(data)
        return f"the record had been changed by hand; it was made again, the changed one is in {folder}"

    def _engine(self) -> Engine:
        batch, workers = self.config.batch, self.options.workers
        if workers == 0:
            workers = max(1, min(os.cpu_count() or 1, len(self.plan.work) // ARTICLES_PER_WORKER))
        workers = min(workers, len(self.plan.work))
        if self.options.engine == "inline":
            from pipeline.batch.inline import Inline

            return Inline(Road(self.config), self.state.staging)
        if self.options.engine == "dask":
            try:
                from pipeline.batch.cluster import Cluster
            except ImportError:
                raise ModelMissingError("--engine dask needs Dask: pip install 'dozaban[cluster]'") from None
            return Cluster(self.config, self.state.staging, self.options.scheduler, workers)
        from pipeline.batch.pool import Pool
        from pipeline.batch.worker import Orders

        orders = Orders(self.config, self.state.staging, batch.timeout, batch.max_megabytes)
        return Pool(orders, workers, batch.recycle_megabytes, self.state.log)


def run(
    jobs: Sequence[Job], config: Config, outputs: Path | str, *, options: Options | None = None
) -> Iterator[Outcome]:
    """Process every job that needs it and write its record into ``outputs``; yields each outcome, in order.

    Args:
        jobs: the articles, from :func:`pipeline.batch.discovery.discover`.
        config: the configuration of every article.
        outputs: the folder of records, made when missing, or a URL.
        options: how to go about it.

    Raises ConfigError or StageError before anything runs, OutputError, and ModelMissingError when a model is missing.
    """
    with State(str(outputs)) as state:
        yield from Run(jobs, config, state, str(outputs), options or Options()).outcomes()
