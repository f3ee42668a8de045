"""What a run has to say when it ends: as YAML for programs, as a page for people.

The page is one file that needs nothing else, its headings in both languages. Figures are of every article of the run,
those that stood already included.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import pipeline
from pipeline import resources
from pipeline.batch.outcome import Outcome
from pipeline.config import Config

#: Rows of the tables that name the slowest and the least sure.
_MOST = 25
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a distribution: the values from ``low`` to below ``high``, how many, and as a share of the longest."""

    low: float
    high: float
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A run that is over."""

    rows: tuple[Outcome, ...]
    seconds: float
    left: int
    versions: dict[str, str]

    @classmethod
    def of(cls, rows: Sequence[Outcome], seconds: float, config: Config, left: int) -> Summary:
        """The summary of a run's outcomes."""
        versions = {"dozaban": pipeline.__version__, "config_sha256": config.sha256}
        return cls(tuple(sorted(rows, key=lambda row: row.id)), seconds, left, versions)

    def totals(self) -> dict[str, Any]:
        """The counts and the pace of the run."""
        by_status = Counter(row.status for row in self.rows)
        made = [row for row in self.rows if row.made]
        return {
            "articles": len(self.rows) - by_status["duplicate"],
            "made": len(made),
            "unchanged": sum(1 for row in self.rows if not row.made and row.status != "duplicate"),
            "failed": by_status["failed"],
            "with_warnings": by_status["warnings"],
            "duplicates": by_status["duplicate"],
            "left": self.left,
            "seconds": round(self.seconds, 2),
            "articles_per_minute": round(len(made) / self.seconds * 60, 1) if made and self.seconds else 0.0,
        }

    @property
    def good(self) -> list[Outcome]:
        """The articles that have a record."""
        return [row for row in self.rows if row.status in ("ok", "warnings")]

    def failures(self) -> dict[str, list[Outcome]]:
        """The failed articles by code, the commonest code first."""
        found: dict[str, list[Outcome]] = {}
        for row in self.rows:
            if row.status == "failed":
                found.setdefault(row.code or "E-INTERNAL", []).append(row)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def warnings(self) -> list[tuple[str, int]]:
        """Codes of warnings with the number of articles that have them."""
        counts = Counter(code for row in self.good for code in {code for code, _ in row.warnings})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def slowest(self) -> list[Outcome]:
        """The articles that took longest."""
        return sorted((row for row in self.rows if row.status != "duplicate"), key=lambda r: (-r.seconds, r.id))[:_MOST]

    def doubtful(self) -> list[Outcome]:
        """The articles whose facts are least sure, by the share of doubtful ones; those without any doubt left out."""
        rows = [row for row in self.good if row.figures.doubtful]
        return sorted(rows, key=lambda r: (-r.figures.doubtful / max(r.figures.facts, 1), r.id))[:_MOST]

    def languages(self) -> dict[str, int]:
        """How many articles have words, a title and an abstract in which language."""
        good = self.good
        return {
            "both": sum(1 for row in good if row.figures.words_en and row.figures.words_fa),
            "en_only": sum(1 for row in good if row.figures.words_en and not row.figures.words_fa),
            "fa_only": sum(1 for row in good if row.figures.words_fa and not row.figures.words_en),
            **{f"title_{side}": sum(1 for row in good if side in row.figures.title) for side in ("en", "fa")},
            **{f"abstract_{side}": sum(1 for row in good if side in row.figures.abstract) for side in ("en", "fa")},
            "abstract_both": sum(1 for row in good if len(row.figures.abstract) == 2),
            "words_en": sum(row.figures.words_en for row in good),
            "words_fa": sum(row.figures.words_fa for row in good),
        }

    def distribution(self, value: Callable[[Outcome], float | None], bars: int = 12) -> list[Bar]:
        """How a figure is spread over the articles that have it. The last bar takes everything beyond the 98th part."""
        values = sorted(v for row in self.good if (v := value(row)) is not None)
        if not values:
            return []
        low, high = values[0], values[min(len(values) - 1, int(len(values) * 0.98))]
        width = (high - low) / bars or 1.0
        counts = Counter(min(bars - 1, int((v - low) / width)) for v in values)
        most = max(counts.values())
        return [
            Bar(low + i * width, max(high, values[-1]) if i == bars - 1 else low + (i + 1) * width, counts[i],
                counts[i] / most)
            for i in range(bars)
        ]  # fmt: skip

    def stage_seconds(self) -> list[tuple[str, float]]:
        """The median seconds of each stage, over the articles for which it ran."""
        found: dict[str, list[float]] = {}
        for row in self.rows:
            for name, seconds in row.stages:
                found.setdefault(name, []).append(seconds)
        return [(name, round(statistics.median(values), 4)) for name, values in found.items()]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the order of the page."""
        return {
            **self.versions,
            "totals": self.totals(),
            "failures": {
                code: [{"id": row.id, "file": row.file, "message": row.message} for row in rows]
                for code, rows in self.failures().items()
            },
            "warnings": dict(self.warnings()),
            "languages": self.languages(),
            "stages": dict(self.stage_seconds()),
            "slowest": [{"id": row.id, "seconds": round(row.seconds, 2)} for row in self.slowest()],
            "low_confidence": [
                {"id": row.id, "doubtful": row.figures.doubtful, "facts": row.figures.facts} for row in self.doubtful()
            ],
            "duplicates": {row.file: row.same_as for row in self.rows if row.status == "duplicate"},
        }


def write(summary: Summary, folder: Path) -> list[Path]:
    """Write ``run.yaml`` and ``index.html``; both are there whole or not at all."""
    from pipeline.emit.atomic import write_atomically

    folder.mkdir(parents=True, exist_ok=True)
    data = yaml.dump(summary.to_dict(), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    pages = {"run.yaml": data, "index.html": page(summary)}
    for name, content in pages.items():
        write_atomically(folder / name, content)
    return [folder / name for name in pages]


def page(summary: Summary) -> str:
    """The report as one HTML page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["persian"] = lambda number: str(number).translate(_PERSIAN_DIGITS)
    distributions = [
        ("Seconds an article", "ثانیه برای هر مقاله", summary.distribution(lambda row: row.seconds), 1),
        ("Characters", "نویسه", summary.distribution(lambda row: row.figures.characters), 0),
        ("Entities", "موجودیت", summary.distribution(lambda row: row.entities), 0),
        ("Dates", "تاریخ", summary.distribution(lambda row: row.dates), 0),
        ("Systems", "سامانه", summary.distribution(lambda row: row.systems), 0),
        ("Aligned pairs", "جفت هم‌تراز", summary.distribution(lambda row: row.aligned), 0),
        ("Mean confidence", "میانگین اطمینان", summary.distribution(lambda row: row.figures.confidence), 2),
    ]
    template = environment.from_string(resources.read_text("pages/run.html"))
    return template.render(run=summary, meanings=meanings(), distributions=distributions)


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What each code of a failed article means and what to do, in both languages."""
    found: dict[str, dict[str, str]] = yaml.safe_load(resources.read_text("codes.yaml"))
    return found
