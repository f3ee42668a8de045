"""Running many articles, each apart from the others, in one process or several.

An article's failure, of whatever kind, is a row: this is the one place where a broad ``except`` stands.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from pipeline.batch.discovery import Job
from pipeline.batch.outcome import Outcome
from pipeline.config import Config
from pipeline.errors import DozabanError, ModelMissingError
from pipeline.record import Diagnostic
from pipeline.road import Road, open_source

#: Below this many articles for each process, starting another one costs more than it saves.
ARTICLES_PER_WORKER = 3


def run(jobs: Sequence[Job], config: Config, outputs: Path, *, workers: int = 0) -> Iterator[Outcome]:
    """Process every job and write its record into ``outputs``; yields each outcome as it comes.

    Args:
        jobs: the articles, from :func:`pipeline.batch.discovery.discover`.
        config: the configuration of every article.
        outputs: the folder of records, made when missing.
        workers: number of processes; 0 takes one for each core when there are enough articles. The number changes
            the order of the outcomes, never a record.

    Raises ConfigError or StageError before anything runs, and ModelMissingError when a model is not installed.
    """
    road = Road(config)
    if workers == 0:
        workers = max(1, min(os.cpu_count() or 1, len(jobs) // ARTICLES_PER_WORKER))
    if workers == 1 or len(jobs) <= 1:
        for job in jobs:
            yield process_job(road, job, outputs)
        return
    yield from _run_pool(jobs, config, outputs, workers)


def process_job(road: Road, job: Job, outputs: Path) -> Outcome:
    """Read, process and write one article. Raises ModelMissingError only: every other article would miss it too."""
    start = time.perf_counter()
    try:
        record = road.process(open_source(job.path, part=job.part), job.id)
        if job.renamed_from is not None:
            record.diagnostics.append(_renamed(job))
        if road.sink is not None:
            road.sink.write(record, outputs)
        return Outcome.of(record, str(job.path), time.perf_counter() - start)
    except ModelMissingError:
        raise
    except DozabanError as error:
        code, message = error.code, str(error.args[0])
    except OSError as error:
        code, message = "E-WRITE", f"{job.path}: {error}; check the space and the rights of the output folder"
    except Exception as error:
        code = "E-INTERNAL"
        message = f"{job.path}: a fault in Dozaban ({type(error).__name__}: {error}); please report it with the file"
    return Outcome(job.id, str(job.path), "failed", time.perf_counter() - start, code=code, message=message)


def _renamed(job: Job) -> Diagnostic:
    return Diagnostic(
        stage="batch",
        severity="warning",
        code="W-SAME-NAME",
        message=f"another article of this run is called {job.renamed_from!r}; this one is {job.id!r}. "
        "Rename the file to choose its id yourself",
    )


_worker_road: Road | None = None


def _start_worker(config: Config) -> None:
    global _worker_road  # noqa: PLW0603 (a worker process holds one road, made once)
    _worker_road = Road(config)


def _work(job: Job, outputs: Path) -> Outcome:
    assert _worker_road is not None
    return process_job(_worker_road, job, outputs)


def _run_pool(jobs: Sequence[Job], config: Config, outputs: Path, workers: int) -> Iterator[Outcome]:
    """Several processes; when one dies, the articles it may have died of are run one by one, each in its own."""
    context = get_context("spawn")
    unfinished = dict.fromkeys(jobs)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(config,)) as pool:
        futures = {pool.submit(_work, job, outputs): job for job in jobs}
        try:
            for future in as_completed(futures):
                outcome = future.result()
                del unfinished[futures[future]]
                yield outcome
        except BrokenProcessPool:
            pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for job in unfinished:
        with ProcessPoolExecutor(1, mp_context=context, initializer=_start_worker, initargs=(config,)) as pool:
            start = time.perf_counter()
            try:
                outcome = pool.submit(_work, job, outputs).result()
            except BrokenProcessPool:
                message = f"{job.path}: the process that worked on it died (out of memory, or a fault in a library)"
                seconds = time.perf_counter() - start
                outcome = Outcome(job.id, str(job.path), "failed", seconds, code="E-WORKER-DIED", message=message)
        yield outcome
