"""Towns of the world by name (GeoNames), asked only where the words around a name speak of a place."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pipeline import resources

TABLE = "gazetteer/towns.tsv.gz"


class Town(NamedTuple):
    """A town: its country (ISO 3166-1), its id in GeoNames, and whether it has 100,000 people and this as its name."""

    country: str
    geonames: str
    city: bool


def town(name: str) -> Town | None:
    """The town of a name, the one with most people if there are several."""
    lines, name = _lines(), plain(name)
    at = bisect_left(lines, name + "\t")
    if at == len(lines) or not lines[at].startswith(name + "\t"):
        return None
    _, country, key, size = lines[at].split("\t")
    return Town(country, key, size == "city")


def geonames_id(name: str, country: str | None) -> str | None:
    """The id of the city a name means: in its country where that is known, else only when it is a large one."""
    found = town(name)
    if found is None or (country is not None and found.country != country) or (country is None and not found.city):
        return None
    return found.geonames


def plain(name: str) -> str:
    """A name without marks over its letters (``Khūzestān`` → ``Khuzestan``)."""
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("‘", "'").replace("’", "'"))
    return "".join(char for char in bare if not unicodedata.combining(char))


@cache
def _lines() -> list[str]:
    """The table's lines, in order; kept as text, since an article asks for a few dozen of a hundred thousand."""
    return [line for line in resources.read_text(TABLE).splitlines() if not line.startswith("#")]
