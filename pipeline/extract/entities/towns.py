"""Towns of the world by name (GeoNames), asked only where the words around a name speak of a place."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pipeline import resources

TABLE = "gazetteer/towns.tsv.gz"


class Town(NamedTuple):
    """A town: its country (ISO 3166-1) and its id in GeoNames."""

    country: str
    geonames: str


def town(name: str) -> Town | None:
    """The town of a name, the one with most people if there are several."""
    lines = _lines()
    at = bisect_left(lines, name + "\t")
    if at == len(lines) or not lines[at].startswith(name + "\t"):
        return None
    _, country, key = lines[at].split("\t")
    return Town(country, key)


@cache
def _lines() -> list[str]:
    """The table's lines, in order; kept as text, since an article asks for a few dozen of a hundred thousand."""
    return [line for line in resources.read_text(TABLE).splitlines() if not line.startswith("#")]
