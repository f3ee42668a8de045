"""Making one article: through the stages, into files. Its failure, of whatever kind, is an outcome.

This is the one place where a broad ``except`` stands.
"""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from pathlib import Path

from pipeline.article import Article, SourceFile
from pipeline.batch import layers, reviews
from pipeline.batch.discovery import Job
from pipeline.batch.outcome import Outcome
from pipeline.batch.task import Product, Task
from pipeline.errors import DozabanError, ModelMissingError, ReadError
from pipeline.record import Diagnostic
from pipeline.road import Road


def perform(road: Road, task: Task, folder: Path) -> Product:
    """Make an article's record and write its files into ``folder``, which is the task's own."""
    start = time.perf_counter()
    job = task.job
    try:
        product = _make(road, task, folder, start)
        return replace(product, outcome=replace(product.outcome, megabytes=memory_megabytes()))
    except ModelMissingError as error:
        code, message, fatal = error.code, str(error.args[0]), error
    except DozabanError as error:
        code, message, fatal = error.code, str(error.args[0]), None
        if isinstance(error, ReadError) and job.source.name in message and job.where not in message:
            message = message.replace(job.source.name, job.where, 1)
    except OSError as error:
        code, fatal = "E-WRITE", None
        message = f"{job.where}: {error}; check the space and the rights of the output folder"
    except MemoryError:
        code, fatal = "E-WORKER-MEMORY", None
        message = f"{job.where}: it needs more memory than there is; process it alone, on a larger machine"
    except Exception as error:
        code, fatal = "E-INTERNAL", None
        message = f"{job.where}: a fault in Dozaban ({type(error).__name__}: {error}); please report it with the file"
    outcome = Outcome(job.id, job.where, "failed", time.perf_counter() - start, code=code, message=message)
    return Product(task.number, replace(outcome, megabytes=memory_megabytes()), fatal=fatal)


def _make(road: Road, task: Task, folder: Path, start: float) -> Product:
    job, source = task.job, task.job.source
    article = None
    if task.layers is not None:
        file = SourceFile(name=source.name, data=b"", path=source.path, part=job.part)
        article = layers.restore(task.layers, job.id, file)
    after = task.keep if article is not None else None
    if article is None:
        data = source.read()
        article = Article(job.id, SourceFile(name=source.name, data=data, path=source.path, part=job.part))
    kept: bytes | None = None
    times: list[tuple[str, float]] = []
    before = time.perf_counter()
    for name in road.steps(article, after=after):
        if name == task.keep:
            kept = layers.dump(article)
        times.append((name, round(time.perf_counter() - before, 4)))
        before = time.perf_counter()
    record = road.finish(article)
    if job.renamed_from is not None:
        record.diagnostics.append(_renamed(job))
    folder.mkdir(parents=True, exist_ok=True)
    reviews.place(task.reviews, folder)
    files = road.sink.write(record, folder) if road.sink is not None else []
    files += reviews.machine_record(job.id, folder)
    times.append(("emit", round(time.perf_counter() - before, 4)))
    outcome = Outcome.of(record, job.where, time.perf_counter() - start)
    return Product(
        task.number, replace(outcome, stages=tuple(times)), tuple(files), content=record.source.sha256, layers=kept
    )


def _renamed(job: Job) -> Diagnostic:
    return Diagnostic(
        stage="batch",
        severity="warning",
        code="W-SAME-NAME",
        message=f"another article of this run is called {job.renamed_from!r}; this one is {job.id!r}. "
        "Rename the file to choose its id yourself",
    )


def memory_megabytes() -> float:
    """The memory this process holds (resident set)."""
    import psutil

    return round(psutil.Process().memory_info().rss / 1e6, 1)


def settle() -> None:
    """Put what is loaded for good out of the collector's sight, so that it need not be looked through again."""
    gc.collect()
    gc.freeze()
