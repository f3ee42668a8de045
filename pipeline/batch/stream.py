"""Many articles from Python: records as they come, in order, with the memory and isolation of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import api
from pipeline.batch.archive import Limits
from pipeline.batch.discovery import Unpacking, discover
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Choice
from pipeline.batch.run import Options, Run
from pipeline.batch.sources import Source
from pipeline.batch.state import State
from pipeline.config import Config
from pipeline.record import Record


class Batch:
    """Articles to be processed, as an iterable of their records.

    Iterating makes what has to be made, lazily: at most a few articles ahead of whoever takes the records. Each round
    goes through all articles; those that stand already are only loaded. Failures are collected in ``failures`` and
    everything in ``outcomes``, which belong to the last round.
    """

    def __init__(
        self,
        places: str | Path | Iterable[str | Path],
        *,
        output: Path | str | None = None,
        settings: api.SettingsLike = None,
        jobs: int = 0,
        engine: str = "local",
        scheduler: str = "",
        force: bool = False,
        retry_failed: bool = False,
        limit: int | None = None,
    ) -> None:
        """``places`` are files, folders, patterns, archives or URLs; ``output`` is where records are kept.

        Without ``output`` it is ``paths.outputs`` of the settings. The rest is as for ``dozaban run``.
        """
        self.config: Config = api.configuration_of(settings)
        self.output = str(output if output is not None else self.config.paths.outputs)
        self.outcomes: list[Outcome] = []
        self._places = [places] if isinstance(places, str | Path) else list(places)
        self._options = Options(jobs, engine, scheduler, Choice(force, retry_failed, limit))

    @property
    def failures(self) -> list[Outcome]:
        """The articles of the last round that have no record, with code and reason."""
        return [outcome for outcome in self.outcomes if outcome.status == "failed"]

    def __iter__(self) -> Iterator[Record]:
        """The records, in the order of the articles; a duplicate's record comes once.

        Raises OutputError, WorkerError, ModelMissingError, ConfigError; what is wrong with one article raises nothing.
        """
        from pipeline.read.formats import articles_in, known_suffixes

        self.outcomes = []
        batch = self.config.batch
        with State(self.output) as state:
            places: list[str | Path | Source] = [*self._places]
            jobs = discover(
                places,
                known_suffixes(),
                self.config.paths.ignore,
                articles_in=articles_in,
                unpacking=Unpacking(state.unpacked, Limits(batch.max_unpacked_bytes, batch.max_members)),
                known=state.ledger.ids(),
                ours=state.owns,
            )
            run = Run(jobs, self.config, state, self.output, self._options)
            for outcome in run.outcomes():
                self.outcomes.append(outcome)
                if outcome.status in ("ok", "warnings"):
                    yield run.load(outcome.id)

    def __repr__(self) -> str:
        places = ", ".join(str(place) for place in self._places)
        return f"Batch({places} -> {self.output})"
