"""The articles of a folder of records: what each is called, how far its review is, and what is least certain in it.

A summary of each record is kept in memory and, where the folder can be written to, in ``reviews/.shelf.json``, and made
anew when the record's file has changed. :class:`Search` is all the shelf asks of a search: :class:`WordSearch` looks
for the words in titles, authors, keywords and names; one that knows the running text can be set beside it.
"""

from __future__ import annotations

import heapq
import json
import re
import threading
import time
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from textwrap import shorten
from typing import Any, Protocol

import yaml

from pipeline.decisions.files import FOLDER, read_review
from pipeline.emit.atomic import write_atomically
from pipeline.errors import ReviewError
from pipeline.review.desk import state_of

#: The facts of an article that the queue may show: its least certain ones, no more than this.
DOUBTFUL = 25
_LAYERS = ("entities", "dates", "systems", "timeline")
_FRESH_SECONDS = 2.0
_PATIENCE_SECONDS = 0.2
_FIRST_PATIENCE_SECONDS = 3.0
_VERSION = 2
_FOLD = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "\u200c": " "})


@dataclass(frozen=True)
class Doubt:
    """A fact that nobody has decided yet: where it is, what it is called, and how sure the machine is."""

    layer: str
    fact: str
    kind: str
    en: str
    fa: str
    confidence: float


@dataclass(frozen=True)
class Summary:
    """What the shelf shows of an article. ``words`` are folded, for the search."""

    id: str
    en: str
    fa: str
    counts: Mapping[str, int]
    low: float
    warnings: int
    doubts: tuple[Doubt, ...]
    words: str
    stamp: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Row:
    """An article on the shelf with the state of its review."""

    summary: Summary
    state: str
    reviewers: tuple[str, ...] = ()


class Search(Protocol):
    """Finds articles by words in either language, best first."""

    def find(self, query: str) -> list[str]: ...


@dataclass
class WordSearch:
    """All words of the query have to be there, each at least as the beginning of a word."""

    summaries: Mapping[str, Summary]

    def find(self, query: str) -> list[str]:
        """The ids of the articles, those with the words in the title first."""
        wanted = [f" {word}" for word in folded(query).split()]
        hits = [s for s in self.summaries.values() if all(word in s.words for word in wanted)]
        titled = {s.id: _folded_title(f"{s.en} {s.fa}") for s in hits}
        return [s.id for s in sorted(hits, key=lambda s: (not all(w in titled[s.id] for w in wanted), s.id))]


@dataclass
class InTurn:
    """Several searches: what the first one finds comes first."""

    searches: tuple[Search, ...]

    def find(self, query: str) -> list[str]:
        """The ids that any of them finds."""
        return list(dict.fromkeys(article for search in self.searches for article in search.find(query)))


@dataclass
class Shelf:
    """The articles of an output folder. Files are looked at again when the last look is two seconds old."""

    outputs: Path
    passages: Search | None = None
    summaries: dict[str, Summary] = field(default_factory=dict)
    _states: dict[str, tuple[tuple[int, int], str, str]] = field(default_factory=dict)
    _rows: list[Row] = field(default_factory=list)
    _looked: float = -1e9
    reading: bool = False

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._look_done = threading.Event()
        self.summaries = _kept(self._cache())

    def rows(self, *, fresh: bool = False) -> list[Row]:
        """Every article by id. While many records are being read for the first time, those that have been read.

        ``fresh`` looks at the files now and waits for it.
        """
        if fresh:
            self._guarded_look()
        elif time.monotonic() - self._looked > _FRESH_SECONDS:
            if not self._lock.locked():
                self._look_done = threading.Event()
                threading.Thread(target=self._guarded_look, name="shelf", daemon=True).start()
            self._look_done.wait(_PATIENCE_SECONDS if self._rows else _FIRST_PATIENCE_SECONDS)
        return self._rows

    def row(self, article: str) -> Row | None:
        """One article, or None when there is no such record."""
        found = next((row for row in self.rows() if row.summary.id == article), None)
        if found is None and "/" not in article and (path := self.outputs / f"{article}.yaml").is_file():
            summary = summarise(path, _stamp(path))
            return Row(summary, "new") if summary is not None else None
        return found

    def warm(self) -> None:
        """Look at the files and search once, so that the first who searches need not wait for what is kept then."""
        self.rows()
        self.search().find("a")

    def search(self) -> Search:
        """How articles are found by words: by their titles and names first, then by their running text."""
        words = WordSearch(self.summaries)
        return words if self.passages is None else InTurn((words, self.passages))

    def _guarded_look(self) -> None:
        with self._lock:
            self._look()
            self._looked = time.monotonic()
            self.reading = False
        self._look_done.set()

    def _look(self) -> None:
        changed = False
        present = {path.stem: path for path in self.outputs.glob("*.yaml")}
        states = self._review_states()
        known = dict(self.summaries)
        for number, (article, path) in enumerate(sorted(present.items())):
            stamp = _stamp(path)
            if article in known and known[article].stamp == stamp:
                continue
            summary = summarise(path, stamp)
            changed = True
            known.pop(article, None)
            if summary is not None:
                known[article] = summary
            if number % 200 == 199:
                self.reading = True
                self._show(known, present, states)
        self._show(known, present, states)
        if changed:
            self._keep()

    def _show(
        self, known: Mapping[str, Summary], present: Collection[str], states: Mapping[str, tuple[str, tuple[str, ...]]]
    ) -> None:
        """Put on the shelf what is known by now."""
        self.summaries = {article: known[article] for article in sorted(known) if article in present}
        self._rows = [Row(summary, *states.get(article, ("new", ()))) for article, summary in self.summaries.items()]

    def _review_states(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """State and reviewers of each article that has decisions: done when any file says so."""
        folder = self.outputs / FOLDER
        found: dict[str, list[tuple[str, str]]] = {}
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            stamp = _stamp(path)
            known = self._states.get(path.name)
            if known is None or known[0] != stamp:
                try:
                    review = read_review(path)
                except ReviewError:
                    continue
                known = (stamp, review.article, f"{review.user}\n{state_of(list(review.entries))}")
                self._states[path.name] = known
            user, _, state = known[2].partition("\n")
            found.setdefault(known[1], []).append((user, state))
        ranks = ("new", "review", "done")
        return {
            article: (max((state for _, state in states), key=ranks.index), tuple(user for user, _ in states))
            for article, states in found.items()
        }

    def _cache(self) -> Path:
        return self.outputs / FOLDER / ".shelf.json"

    def _keep(self) -> None:
        """Keep the summaries of larger folders, where that is possible; a small one is summed up in no time."""
        if len(self.summaries) < 50:
            return
        try:
            self._cache().parent.mkdir(exist_ok=True)
            data = {"version": _VERSION, "summaries": [asdict(summary) for summary in self.summaries.values()]}
            write_atomically(self._cache(), json.dumps(data, ensure_ascii=False, separators=(",", ":")))
        except OSError:
            return


def summarise(path: Path, stamp: tuple[int, int] = (0, 0)) -> Summary | None:
    """The summary of a record, read from its line of JSON where that is as new; None when the file is no record."""
    try:
        beside = path.with_suffix(".jsonl")
        if beside.is_file() and beside.stat().st_mtime_ns >= path.stat().st_mtime_ns - 10**9:
            data = json.loads(beside.read_bytes())
        else:
            data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        if not isinstance(data, dict) or not str(data.get("schema", "")).startswith("dozaban/"):
            return None
        return _summary(data, path.stem, stamp)
    except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError, KeyError):
        return None


@lru_cache(maxsize=50_000)
def _folded_title(title: str) -> str:
    """A title folded, kept for the next search."""
    return folded(title)


def folded(text: str) -> str:
    """Text for searching: letters and digits only, lower case, Arabic letters as Persian, a space before each word."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return " " + " ".join(re.findall(r"\w+", plain)) + " "


def _summary(data: Mapping[str, Any], article: str, stamp: tuple[int, int]) -> Summary:
    metadata = data.get("metadata") or {}
    title = metadata.get("title") or {}
    facts = [(layer, fact) for layer in _LAYERS for fact in data.get(layer) or ()]
    open_facts = [(layer, fact) for layer, fact in facts if not _reviewed(fact)]
    ranked = sorted(open_facts, key=lambda each: (_sureness(each[1]), each[1]["id"]))
    names = [_names(fact) for _, fact in facts]
    words = [title.get("en"), title.get("fa"), article]
    words += [name for author in metadata.get("authors") or () for name in (author.get("name") or {}).values()]
    words += [word for k in data.get("keywords") or () for word in (k.get("en"), k.get("fa"))]
    words += [name for pair in names for name in pair]
    return Summary(
        id=article,
        en=title.get("en") or "",
        fa=title.get("fa") or "",
        counts={layer: len(data.get(layer) or ()) for layer in _LAYERS},
        low=round(sum(bool(fact.get("low")) for _, fact in facts) / len(facts), 4) if facts else 0.0,
        warnings=sum(each.get("severity") != "info" for each in data.get("diagnostics") or ()),
        doubts=tuple(_doubt(layer, fact) for layer, fact in ranked[:DOUBTFUL]),
        words=folded(" ".join(dict.fromkeys(word for word in words if word))),
        stamp=stamp,
    )


def _reviewed(fact: Mapping[str, Any]) -> bool:
    return str(fact.get("method", "")).startswith("review:") or _sureness(fact) >= 1.0


def _sureness(fact: Mapping[str, Any]) -> float:
    return float(fact.get("confidence") or 0.0)


def _names(fact: Mapping[str, Any]) -> tuple[str, str]:
    name = fact.get("name") or {}
    if name:
        return name.get("en") or "", name.get("fa") or ""
    if "evidence" in fact:
        said = f"{fact.get('date', '')} {fact.get('what') or ''}"
        return shorten(said, 120, placeholder=" …"), ""
    mentions = fact.get("mentions") or {}
    en, fa = ((mentions.get(language) or [{}])[0].get("surface") or "" for language in ("en", "fa"))
    return en, fa


def _doubt(layer: str, fact: Mapping[str, Any]) -> Doubt:
    en, fa = _names(fact)
    kind = str(fact.get("type") or (fact.get("kind") or {}).get("en") or "system")
    return Doubt(layer, str(fact["id"]), kind, en, fa, _sureness(fact))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _kept(path: Path) -> dict[str, Summary]:
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != _VERSION:
            return {}
        return {each["id"]: _revived(each) for each in data["summaries"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _revived(data: dict[str, Any]) -> Summary:
    doubts = tuple(Doubt(**doubt) for doubt in data["doubts"])
    return Summary(**{**data, "doubts": doubts, "stamp": tuple(data["stamp"])})


def least_certain(rows: Iterable[Row], limit: int) -> list[tuple[Row, Doubt]]:
    """The queue: undecided facts of all articles, the least certain first."""
    every = ((row, doubt) for row in rows if row.state != "done" for doubt in row.summary.doubts)
    return heapq.nsmallest(limit, every, key=lambda each: (each[1].confidence, each[0].summary.id, each[1].fact))
