"""The open desks of one server: which articles are in hand, what the page shows of each, and writing results out.

A page is told only what a decision has changed: the blocks whose marks are others now, and the facts that differ.
Records are written to the output folder a moment after the last decision, by a process of its own.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.decisions.files import FOLDER
from pipeline.review.cards import cards
from pipeline.review.desk import Desk
from pipeline.review.drafting import Wish
from pipeline.review.marks import blocks_html
from pipeline.review.publish import Publisher
from pipeline.review.store import Store

_DESKS = 8
_QUIET_SECONDS = 1.0
_LOG = logging.getLogger("dozaban.review")


@dataclass
class Open:
    """A desk and what the browser was last told of it."""

    desk: Desk
    blocks: list[str] = field(default_factory=list)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    stamps: tuple[Any, ...] = ()

    def refresh(self) -> None:
        """Draw everything anew."""
        self.blocks = blocks_html(self.desk.record)
        self.facts = cards(self.desk.record)

    def changes(self) -> dict[str, Any]:
        """What differs from what the browser was last told."""
        before_blocks, before = self.blocks, self.facts
        self.refresh()
        changed: dict[str, Any] = {fact_id: None for fact_id in before if fact_id not in self.facts}
        changed |= {fact_id: fact for fact_id, fact in self.facts.items() if before.get(fact_id) != fact}
        numbered = enumerate(zip(before_blocks, self.blocks, strict=True))
        return {"blocks": [[i, new] for i, (old, new) in numbered if old != new], "facts": changed}


class Office:
    """The desks, and the thread that writes records."""

    def __init__(self, outputs: Path, store: Store, publisher: Publisher | None = None) -> None:
        self.outputs = outputs
        self.store = store
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._lock = threading.RLock()
        self._due: set[str] = set()
        self._wake = threading.Event()
        self._closing = False
        self._publisher = publisher or Publisher(outputs)
        self._writer = threading.Thread(target=self._write, name="records", daemon=True)
        self._writer.start()

    def open(self, article: str, *, page: bool = False) -> Open:
        """The desk of an article, read anew when another program has changed its files.

        ``page`` says that a page is about to be drawn. Raises DozabanError when the record cannot be read.
        """
        with self._lock:
            found = self._open.get(article)
            stamps = self._stamps(article)
            if found is None or found.stamps[0] != stamps[0]:
                found = Open(Desk(self.outputs, article, self.store), stamps=stamps)
                self._open[article] = found
                found.refresh()
            elif found.stamps != stamps:
                found.desk.reload()
                found.stamps = stamps
                if page:
                    found.refresh()
            self._open.move_to_end(article)
            while len(self._open) > _DESKS:
                oldest = next(iter(self._open))
                if oldest in self._due:
                    break
                del self._open[oldest]
            return found

    def decide(self, article: str, wish: Wish) -> dict[str, Any]:
        """Take a decision and say what changed. Raises ReviewError; nothing is saved then."""
        with self._lock:
            found = self.open(article)
            change = found.desk.decide(wish)
            found.stamps = self._stamps(article)
            told = found.changes()
        self.publish(article)
        entry = change.entry
        return {
            **told,
            "entry": {"number": entry.number, "do": entry.do},
            "unfit": change.unfit,
            "state": found.desk.state,
        }

    def publish(self, article: str) -> None:
        """Have the record written soon."""
        with self._lock:
            self._due.add(article)
        self._wake.set()

    def close(self) -> None:
        """Write what is due and stop."""
        self._closing = True
        self._wake.set()
        self._writer.join(timeout=30)

    def _write(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if not self._closing:
                threading.Event().wait(_QUIET_SECONDS)
            with self._lock:
                due, self._due = sorted(self._due), set()
            for article in due:
                self._publish(article)
            if self._closing and not self._due:
                self._publisher.close()
                return

    def _publish(self, article: str) -> None:
        """Have a record written; the desk then knows that it was not another program that changed the file."""
        if problem := self._publisher(article):
            _LOG.error("%s: the record was not written (the decisions are safe): %s", article, problem)
            return
        with self._lock:
            if article in self._open:
                self._open[article].stamps = self._stamps(article)

    def _stamps(self, article: str) -> tuple[Any, ...]:
        """What tells that the record, or a file of decisions about it, was written by another hand."""
        record = self.outputs / f"{article}.yaml"
        folder = self.outputs / FOLDER
        reviews = sorted(folder.glob(f"{_literal(article)}*.yaml")) if folder.is_dir() else []
        return (_stamp(record), tuple((path.name, _stamp(path)) for path in reviews))


def _literal(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)
