"""Small pictures as SVG, without a library and without styles in attributes, so that a strict content policy holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from pipeline.record import Record
from pipeline.review.words import Words

_YEAR = re.compile(r"-?\d{4}|\d{3}X|\d{2}XX")
_WIDTH = 920


def timeline_picture(record: Record, words: Words) -> str:
    """The events on an axis of years, one row for each type, each dot with its words as a title; empty without any."""
    dated = [(year, event) for event in record.timeline if (year := _year(event.date)) is not None]
    if not dated:
        return ""
    first, last = min(year for year, _ in dated), max(year for year, _ in dated)
    span = max(last - first, 1)
    kinds = sorted({event.type for _, event in dated})
    height = 26 * len(kinds) + 40
    parts = [_open(_WIDTH, height, words("timeline"))]
    left, right = 150, _WIDTH - 30

    def x(year: float) -> float:
        return left + (year - first) / span * (right - left)

    for tick in _ticks(first, last):
        parts.append(f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="8" y2="{height - 26}"/>')
        shown = words.number(str(tick))
        parts.append(f'<text class="tick" x="{x(tick):.1f}" y="{height - 8}" text-anchor="middle">{shown}</text>')
    seen: Counter[tuple[int, str]] = Counter()
    for row, kind in enumerate(kinds):
        y = 20 + 26 * row
        name = escape(words.coded(kind))
        parts.append(f'<text class="row" x="{left - 14}" y="{y + 4}" text-anchor="end">{name}</text>')
    for year, event in dated:
        row = kinds.index(event.type)
        seen[year, event.type] += 1
        y = 20 + 26 * row - 4 * min(seen[year, event.type] - 1, 2)
        title = escape(f"{event.date}: {(event.what or words.coded(event.type))[:160]}")
        dot = f'class="dot c{row % 8}" cx="{x(year):.1f}" cy="{y}" r="5"'
        parts.append(f"<circle {dot}><title>{title}</title></circle>")
    return "".join([*parts, "</svg>"])


def network_picture(record: Record, label: str, limit: int = 14) -> str:
    """The most mentioned entities and systems on a circle, joined where one event or relation names both."""
    named = {fact.id: fact for facts in (record.entities, record.systems) for fact in facts}
    pairs: Counter[tuple[str, str]] = Counter()
    for event in record.timeline:
        who = sorted({p for p in [*event.participants, event.place or ""] if p in named})
        pairs.update((a, b) for i, a in enumerate(who) for b in who[i + 1 :])
    for system in record.systems:
        pairs.update(
            (min(system.id, r.target), max(system.id, r.target)) for r in system.relations if r.target in named
        )
    joined = {each for pair in pairs for each in pair}
    return _circle(
        [fact_id for fact_id, _ in Counter({i: len(named[i].mentions) for i in joined}).most_common(limit)],
        {fact_id: named[fact_id].name.en or named[fact_id].name.fa or fact_id for fact_id in joined},
        pairs,
        label,
    )


def system_picture(record: Record, words: Words) -> str:
    """The systems and their relations, named on the lines; empty when there is none."""
    named = {f.id: f.name.en or f.name.fa or f.id for facts in (record.entities, record.systems) for f in facts}
    pairs = Counter(
        {(system.id, relation.target): 1 for system in record.systems for relation in system.relations
         if relation.target in named}
    )  # fmt: skip
    ids = list(dict.fromkeys(each for pair in pairs for each in pair))
    stated = {
        (system.id, relation.target): words.coded(relation.type)
        for system in record.systems
        for relation in system.relations
    }
    return _circle(ids[:20], named, pairs, words("relations"), stated)


def bars(counts: Mapping[str, int], label: str) -> str:
    """A row of horizontal bars, the longest first; empty without any."""
    if not counts:
        return ""
    largest = max(counts.values())
    parts = [_open(460, 22 * len(counts) + 6, label)]
    for row, (name, count) in enumerate(counts.items()):
        y = 4 + 22 * row
        width = 250 * count / largest
        parts.append(f'<text class="row" x="150" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect class="bar c{row % 8}" x="160" y="{y + 2}" width="{width:.1f}" height="14" rx="2"/>')
        parts.append(f'<text class="tick" x="{166 + width:.1f}" y="{y + 13}">{count}</text>')
    return "".join([*parts, "</svg>"])


def _circle(
    ids: Sequence[str],
    names: Mapping[str, str],
    pairs: Mapping[tuple[str, str], int],
    label: str,
    words: Mapping[tuple[str, str], str] | None = None,
) -> str:
    if not ids:
        return ""
    width, height = 720, 320
    place = {}
    for number, fact_id in enumerate(ids):
        angle = 2 * math.pi * number / len(ids) - math.pi / 2
        place[fact_id] = (width / 2 + 210 * math.cos(angle), height / 2 + 118 * math.sin(angle))
    parts = [_open(width, height, label)]
    for (one, other), weight in sorted(pairs.items()):
        if one not in place or other not in place or one == other:
            continue
        (x1, y1), (x2, y2) = place[one], place[other]
        line = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke-width="{min(1 + weight / 2, 4):.1f}"'
        parts.append(f'<line class="edge" {line}/>')
        if words and (one, other) in words:
            middle = f'x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2 - 3:.0f}" text-anchor="middle"'
            parts.append(f'<text class="on-edge" {middle}>{escape(words[one, other])}</text>')
    for fact_id, (x, y) in place.items():
        anchor = "start" if x > width / 2 + 5 else "end" if x < width / 2 - 5 else "middle"
        shift = {"start": 9, "end": -9, "middle": 0}[anchor]
        lift = 4 if anchor != "middle" else (-10 if y < height / 2 else 20)
        kind = fact_id.partition("/")[0]
        parts.append(f'<circle class="node n-{escape(kind)}" cx="{x:.0f}" cy="{y:.0f}" r="5"/>')
        name = escape(names[fact_id][:28])
        parts.append(f'<text class="row" x="{x + shift:.0f}" y="{y + lift:.0f}" text-anchor="{anchor}">{name}</text>')
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, label: str) -> str:
    head = f'<svg class="picture" viewBox="0 0 {width} {height}" role="img" direction="ltr"'
    return f'{head} xmlns="http://www.w3.org/2000/svg"><title>{escape(label)}</title>'


def _year(edtf: str) -> int | None:
    match = _YEAR.search(edtf)
    return int(match[0].replace("X", "0")) if match else None


def _ticks(first: int, last: int) -> list[int]:
    span = max(last - first, 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if span / step <= 10), 1000)
    start = -(-first // step) * step
    return list(range(start, last + 1, step)) or [first]
