"""A run as the command line does it: discovery, the run itself, its events and its report."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from rich.console import Console

from pipeline.batch import remote, report
from pipeline.batch.archive import Limits
from pipeline.batch.discovery import Job, Unpacking, discover
from pipeline.batch.events import Events
from pipeline.batch.inline import Inline
from pipeline.batch.outcome import Outcome
from pipeline.batch.run import Options, Run
from pipeline.batch.sources import Source
from pipeline.batch.state import REPORT, State
from pipeline.batch.task import Task
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.read.formats import articles_in, known_suffixes
from pipeline.road import Road
from pipeline.terminal.progress import Follower, summarise

Sources = Sequence[str | Source]


def run(sources: Sources, config: Config, output: str, options: Options, *, json: bool = False) -> int:
    """Make what has to be made and report it. Returns the exit code."""
    with State(output) as state:
        jobs = found(sources, config, state)
        return once(jobs, config, state, output, options, sys.stdout if json else None)


def once(
    jobs: Sequence[Job], config: Config, state: State, output: str, options: Options, stream: IO[str] | None
) -> int:
    """One run over known articles, its folder of records open. Returns the exit code."""
    start = time.perf_counter()
    this = Run(jobs, config, state, output, options)
    counts = Counter(outcome.status for outcome in this.plan.known.values())
    folder = state.folder / REPORT if remote.is_url(output) else Path(output) / REPORT
    events = Events(folder / "events.jsonl", stream)
    told = {"to_make": len(this.plan.work), "duplicates": counts["duplicate"], "left": this.plan.left}
    unchanged = len(this.plan.known) - counts["duplicate"]
    events.say("run-started", {"articles": len(jobs), "unchanged": unchanged, **told, "output": output})
    rows: list[Outcome] = []
    console = make_console()
    try:
        with Follower(len(jobs) - this.plan.left, console, silent=stream is not None) as follower:

            def hear(outcome: Outcome) -> None:
                events.article(outcome)
                follower.progress(outcome)

            for outcome in catalogued(this.outcomes(hear), output, config):
                rows.append(outcome)
                follower.row(outcome)
    finally:
        seconds = time.perf_counter() - start
        summary = report.Summary.of(rows, seconds, config, this.plan.left)
        events.say("run-ended", summary.totals())
        events.close()
        report.write(summary, folder)
        if remote.is_url(output):
            for file in sorted(folder.iterdir()):
                remote.write(f"{output.rstrip('/')}/{REPORT}/{file.name}", file.read_bytes())
    if stream is None:
        summarise(rows, seconds, console, left=this.plan.left)
    return 1 if any(row.status == "failed" for row in rows) else 0


def catalogued(outcomes: Iterator[Outcome], output: str, config: Config) -> Iterator[Outcome]:
    """A run's outcomes, each new record going into the catalogue on the way. Records in object stores do not."""
    if config.catalogue.url in ("", "none") or remote.is_url(output):
        return outcomes
    from pipeline.catalogue.building import following

    return following(
        outcomes, Path(output), config.catalogue.url, lambda words: print(f"dozaban: {words}", file=sys.stderr)
    )


def explain(sources: Sources, config: Config, output: str, options: Options) -> int:
    """Say what a run would do. The ledger is asked, records are not touched."""
    console = make_console()
    with State(output) as state:
        this = Run(found(sources, config, state), config, state, output, options)
        for work in this.plan.work.values():
            stages = ", ".join(this.stages(work))
            say(console, f"{work.job.id}: {work.reason} ({stages})  {work.job.where}")
        for outcome in this.plan.known.values():
            if outcome.status == "duplicate":
                say(console, f"{outcome.id}: {outcome.message}")
        duplicates = sum(1 for outcome in this.plan.known.values() if outcome.status == "duplicate")
        unchanged = len(this.plan.known) - duplicates
        left = f", {this.plan.left} left by the limit" if this.plan.left else ""
        say(console, f"{len(this.plan.work)} to make, {unchanged} unchanged, {duplicates} duplicates{left}")
    return 0


def filter_to_stdout(sources: Sources, config: Config) -> int:
    """Write the records to standard output, one YAML document each; failures go to standard error."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="dozaban-") as folder:
        engine = Inline(Road(config), Path(folder))
        jobs = _discover(sources, config, Path(folder) / "unpacked")
        for product in engine.perform(Task(number, job) for number, job in enumerate(jobs)):
            if product.fatal is not None:
                raise product.fatal
            if product.outcome.status == "failed":
                print(f"dozaban: {product.outcome.message} [{product.outcome.code}]", file=sys.stderr)
                failed += 1
            for file in product.files:
                if file.suffix == ".yaml":
                    sys.stdout.write(("---\n" if product.number else "") + file.read_text(encoding="utf-8"))
    return 1 if failed else 0


def watch(folder: Path, config: Config, output: str, options: Options, settle: float, *, json: bool = False) -> None:
    """Runs over a folder whenever something arrives in it, until interrupted."""
    from pipeline.batch.watch import arrivals

    with State(output) as state:
        console = make_console()
        for waiting in arrivals(folder, known_suffixes(), settle, state.owns):
            jobs = found([str(folder)], config, state, may_be_empty=True)
            if jobs and waiting:
                once(jobs, config, state, output, options, sys.stdout if json else None)
            elif not waiting and not json:
                say(console, f"watching {folder}; interrupt (Ctrl-C) to end")


def found(sources: Sources, config: Config, state: State, *, may_be_empty: bool = False) -> list[Job]:
    """The articles among the sources, with the ids they had in earlier runs.

    Raises ConfigError when there is none.
    """
    jobs = _discover(sources, config, state.unpacked, state)
    if not jobs and not may_be_empty:
        kinds = ", ".join(sorted(known_suffixes()))
        places = ", ".join(source if isinstance(source, str) else source.where for source in sources)
        raise ConfigError(f"no articles in {places}; known kinds of file are {kinds}", code="E-NO-ARTICLES")
    return jobs


def _discover(sources: Sources, config: Config, unpacked: Path, state: State | None = None) -> list[Job]:
    limits = Limits(config.batch.max_unpacked_bytes, config.batch.max_members)
    return discover(
        sources,
        known_suffixes(),
        config.paths.ignore,
        articles_in=articles_in,
        unpacking=Unpacking(unpacked, limits),
        known=state.ledger.ids() if state is not None else None,
        ours=state.owns if state is not None else lambda path: False,
    )


def make_console() -> Console:
    """A console that does not break lines where nobody is looking."""
    return Console() if sys.stdout.isatty() else Console(width=120)


def say(console: Console, text: str) -> None:
    """Print a line as it is."""
    console.print(text, soft_wrap=True, markup=False, highlight=False)
