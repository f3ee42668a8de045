"""Further places of names found elsewhere in an English text: family names, and names a text explains once."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.people_en import family_names
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.resolve import surface_key


def family(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """Family names that stand alone, joined with the full name."""
    full = sorted({reading.text[n.start : n.end] for n in names if n.type == "PERSON"})
    full = [" ".join(name.split()) for name in full]
    owners = family_names(full)
    keys = {reading.text[n.start : n.end]: n.key for n in names if n.type == "PERSON" and n.key}
    found = []
    for i, word in enumerate(reading.words):
        owner = owners.get(word)
        if owner is None:
            continue
        start, end = reading.starts[i], reading.ends[i]
        if reading.text[start - 1 : start] == "-" or reading.text[end : end + 1] == "-":
            continue
        found.append(Candidate(start, end, "PERSON", "consistency", keys.get(owner) or surface_key("PERSON", owner)))
    return found


def repeated(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """Other places of names that were found once by their surroundings, their form or the model.

    Of one-word names only those found by a pattern count, and not those that are ordinary words too.
    """
    types: dict[str, Candidate] = {}
    for name in names:
        surface = reading.text[name.start : name.end]
        if " " in surface or (name.method == "pattern" and name.length > 3 and not reading.is_ordinary(surface)):
            types.setdefault(surface, name)
    if not types:
        return []
    pattern = re.compile(
        r"(?<![-–\w])(?:"
        + "|".join(re.escape(name) for name in sorted(types, key=lambda n: (-len(n), n)))
        + r")(?![\w]|-\w)"
    )
    return [
        Candidate(*match.span(), types[match.group()].type, "consistency", types[match.group()].key)
        for match in pattern.finditer(reading.text)
    ]


def one_type(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """``names`` with one type for each written form: that of its surest mention (an island is no town elsewhere)."""
    surest: dict[str, Candidate] = {}
    for name in names:
        surface = reading.text[name.start : name.end]
        if surface not in surest or name.worth > surest[surface].worth:
            surest[surface] = name
    types = {surface: name.type for surface, name in surest.items()}
    return [replace(name, type=types[reading.text[name.start : name.end]]) for name in names]
