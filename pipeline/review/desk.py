"""One article under review: the machine's record, the decisions of one reviewer, and the record they make of it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pipeline
from pipeline.decisions.apply import Unfit, decide, is_decided, preserved, take
from pipeline.decisions.bench import Bench
from pipeline.decisions.disagreement import Conflict
from pipeline.decisions.entries import Entry, standing
from pipeline.decisions.files import FOLDER, ReviewFile
from pipeline.emit import keep_machine, machine_file
from pipeline.errors import ReviewError
from pipeline.record import Record
from pipeline.review.drafting import Wish, drafted
from pipeline.review.store import Draft, Store


def machine_record(outputs: Path, article: str) -> Record:
    """The record of an article as the machine made it, with its text.

    Raises RecordError when there is none, and ReviewError ``E-REVIEW-TEXT`` when its text is missing.
    """
    kept = machine_file(outputs / FOLDER, article)
    record = pipeline.load(outputs / f"{article}.yaml")
    if is_decided(record) and kept.is_file():
        text = record.text
        record = Record.model_validate(json.loads(kept.read_bytes()))
        if text is not None:
            record.with_text(text)
    if record.text is None:
        raise ReviewError(
            f"{article}: its text ({article}.txt) must stand beside the record to be reviewed", code="E-REVIEW-TEXT"
        )
    return record


@dataclass
class Change:
    """What a decision did: the entry, and why it does not fit, if it does not."""

    entry: Entry
    unfit: str | None = None


@dataclass
class Desk:
    """The state of one article for one reviewer. Its methods may be called from several threads."""

    outputs: Path
    article: str
    store: Store
    machine: Record = field(init=False)
    record: Record = field(init=False)
    own: list[Entry] = field(init=False, default_factory=list)
    unfit: list[Unfit] = field(init=False, default_factory=list)
    conflicts: list[Conflict] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._kept = False
        self.machine = machine_record(self.outputs, self.article)
        self._preserved = preserved(self.machine)
        self.reload()

    def reload(self) -> None:
        """Read the decisions again and apply them: the confirmed ones first, then the reviewer's own."""
        with self._lock:
            self._reviews = self.store.reviews(self.article)
            self.own = [entry for review in self._reviews if review.user == self.store.user for entry in review.entries]
            self._apply()

    def _apply(self) -> None:
        """Apply the decisions that are known."""
        mine = ReviewFile(self.article, self.store.user, tuple(self.own), "")
        others = [review for review in self._reviews if review.user != self.store.user]
        reviews = sorted([*others, mine], key=lambda review: (review.user == "", review.user))
        self.conflicts = decide(self.machine, reviews).conflicts if len(others) > 1 or (others and self.own) else []
        seen = [review for review in reviews if review.user in ("", self.store.user)]
        decided = decide(self.machine, seen, kept=self._preserved)
        self.record, self.unfit = decided.record, decided.unfit
        self._bench = Bench(self.record)

    def decide(self, wish: Wish) -> Change:
        """Write a decision down and apply it. Raises ReviewError when it cannot be taken; nothing is saved then."""
        with self._lock:
            if wish.do == "undo":
                wish = wish.model_copy(update={"entry": self._last(wish.entry)})
            self._keep_machine()
            entry = self.store.append(self.article, lambda number, at, by: drafted(self.record, wish, number, at, by))
            self.own.append(entry)
            if wish.do == "undo":
                self._apply()
                return Change(entry)
            why = take(self._bench, entry)
            if why is not None:
                self.unfit.append(Unfit(entry, why))
            return Change(entry, why)

    def confirm(self, draft: Draft) -> None:
        """Write down a decision that another reviewer has taken, and apply all anew. Raises ReviewError."""
        with self._lock:
            self._keep_machine()
            self.store.append(self.article, draft)
            self.reload()

    def standing(self) -> list[Entry]:
        """The reviewer's own decisions that hold."""
        return standing(self.own)

    @property
    def state(self) -> str:
        """``new``, ``review`` (decisions were taken) or ``done``."""
        return state_of(self.own)

    def _keep_machine(self) -> None:
        if not self._kept and not self.store.read_only:
            keep_machine(self.machine, self.store.folder)
            self._kept = True

    def _last(self, number: int | None) -> int:
        """The number of the decision to take back: the one named, else the last that stands."""
        held = standing(self.own)
        known = {entry.number for entry in held}
        if number is None and held:
            return held[-1].number
        if number is None or number not in known:
            raise ReviewError("there is no such decision to take back", code="E-REVIEW-DRAFT")
        return number


def state_of(entries: list[Entry]) -> str:
    """The state of an article as the decisions tell it."""
    held = standing(entries)
    last = next((entry.do for entry in reversed(held) if entry.do in ("done", "reopen")), None)
    if last == "done":
        return "done"
    return "review" if held else "new"
