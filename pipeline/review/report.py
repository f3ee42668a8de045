"""Reports: one self-contained HTML file an article, the same look without a server, and an index with charts."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.emit.atomic import write_atomically
from pipeline.record import Record
from pipeline.review import pages, pictures
from pipeline.review.marks import blocks_html
from pipeline.review.words import Words

_SECTIONS = ("abstract", "keywords", "entities", "dates", "systems", "timeline", "references", "diagnostics")


def article_report(record: Record, words: Words, *, inline: bool = True) -> str:
    """One article as HTML. ``inline`` puts style and fonts into the file."""
    english, persian = pages.article_html(record, blocks_html(record))
    sections = [
        Markup(pages.section(name, record, words, entries=[], held=set(), unfit=[], acting=False, pages=False))
        for name in _SECTIONS
    ]
    types = {words.kind(kind): count for kind, count in pages.type_counts(record).items()}
    return pages.render(
        "report.html", words, record=record, english=english, persian=persian, sections=sections, inline=inline,
        style=_style() if inline else "", types=Markup(pictures.bars(types, words("types"))),
        network=Markup(pictures.network_picture(record, words("network"))),
    )  # fmt: skip


def write_reports(records: Sequence[Record], folder: Path, words: Words) -> list[Path]:
    """Write the report of each record, and ``index.html``. Returns the paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    rows: list[dict[str, Any]] = []
    for record in records:
        target = folder / f"{record.id}.html"
        write_atomically(target, article_report(record, words))
        written.append(target)
        links = [link.confidence for link in record.abstract.alignment if link.en and link.fa]
        rows.append({
            "id": record.id, "file": target.name, "en": record.metadata.title.en, "fa": record.metadata.title.fa,
            "counts": {layer: len(getattr(record, layer)) for layer in ("entities", "dates", "systems", "timeline")},
            "quality": sum(links) / len(links) if links else None,
        })  # fmt: skip
    index = folder / "index.html"
    write_atomically(
        index, pages.render("index.html", words, rows=rows, charts=_charts(records, rows, words), style=_style())
    )
    return [*written, index]


def _charts(records: Sequence[Record], rows: Sequence[dict[str, Any]], words: Words) -> list[tuple[Markup, str]]:
    types: Counter[str] = Counter()
    decades: Counter[str] = Counter()
    for record in records:
        types.update({words.kind(kind): count for kind, count in pages.type_counts(record).items()})
        decades.update(match[0] + "0" for event in record.timeline if (match := re.match(r"\d{3}", event.date)))
    quality = {
        (row["en"] or row["fa"] or row["id"])[:24]: round(100 * row["quality"])
        for row in rows
        if row["quality"] is not None
    }
    drawn = [
        (pictures.bars(dict(types.most_common()), words("types")), words("types")),
        (pictures.bars(dict(sorted(decades.items())), words("by.decade")), words("by.decade")),
        (pictures.bars(quality, words("quality")), f"{words('quality')} (%)"),
    ]
    return [(Markup(picture), label) for picture, label in drawn]


@cache
def _style() -> Markup:
    """The style with its fonts inside."""
    text = pages.asset("app.css").decode("utf-8")

    def inside(match: re.Match[str]) -> str:
        data = base64.b64encode(pages.asset(match[1])).decode("ascii")
        return f"url(data:font/woff2;base64,{data})"

    return Markup(re.sub(r"url\(/static/([\w.-]+)\)", inside, text))
