"""Which keys mean one system: aliases written together, tails of longer names, ships with and without their prefix."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.vocabulary import Vocabulary

_TAIL = re.compile(r"(?: (?P<word>[A-Z][a-z]+ \d{1,3}|[A-Z]{1,5}-?\d{1,4}[A-Z]?|[A-Z][\w]+ \d\.\d))$")


def tail(name: str) -> str | None:
    """The end of a longer name by which a text may call it alone: ``TB2`` of ``Bayraktar TB2``, ``Pi 4``."""
    match = _TAIL.search(name)
    return match["word"] if match else None


def same_keys(found: Sequence[Found], vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    """Keys that are another system's: each with the key that stands for both."""
    by_key: dict[str, list[Found]] = defaultdict(list)
    for each in found:
        by_key[each.key].append(each)
    joined: dict[str, str] = {}
    for each in found:
        for alias in each.aliases:
            other = fold(alias)
            if other != each.key and (other not in by_key or other not in joined):
                joined[other] = each.key
        end = tail(each.name)
        if end is not None and fold(end) in by_key and fold(end) != each.key:
            joined.setdefault(fold(end), each.key)
        own = fold(each.text)
        second = each.method in {"alias", "transliteration"} and own in by_key and own != each.key
        if second and not any(_unlike(each, other, vocabularies) for other in by_key[own]):
            joined.setdefault(own, each.key)
        if each.bare is not None and each.key not in joined:
            bare = fold(each.bare)
            if not any(_unlike(each, other, vocabularies) for other in by_key.get(bare, ())):
                joined[each.key] = bare
    return {key: _last(key, joined) for key in joined}


def _last(key: str, joined: Mapping[str, str]) -> str:
    seen = {key}
    while (following := joined.get(key)) is not None and following not in seen:
        key = following
        seen.add(key)
    return key


def _unlike(one: Found, other: Found, vocabularies: Mapping[str, Vocabulary]) -> bool:
    """Whether two mentions with one name are of kinds that have nothing in common (a missile and a ship)."""
    kinds = [one.kind or one.known_kind, other.kind or other.known_kind]
    if kinds[0] is None or kinds[1] is None or one.pack is not other.pack:
        return False
    vocabulary = vocabularies[one.pack.id]
    roots = [vocabulary.lineage(kind)[-1] for kind in kinds if kind is not None]
    apposed = [any(vocabulary.kinds[line].apposed for line in vocabulary.lineage(kind)) for kind in kinds if kind]
    return roots[0] != roots[1] and not all(apposed)
