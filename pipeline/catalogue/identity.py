"""When two articles speak of the same thing: the keys by which their entities and systems meet.

Two facts are one entity when they share a key. There are keys of two sorts. **Identifiers**: those a record states
(``iso3166:IR``), an author's ORCID, and a system's designation within its pack and kind. **Name pairs**: the English
*and* the Persian name, both equal, and types that can be one (a place is a GPE here and a LOC there). A surname alone
is never a key, and neither is a name in one language only: many people share it, and every country has a ministry of
defence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.catalogue.folding import compact, words
from pipeline.record import Entity, Record, System

#: The type that systems have among entities.
SYSTEM = "SYSTEM"
#: The scheme of name pairs; the rest of a key's schemes are identifiers.
PAIR = "names"

_GROUPS = {"GPE": "place", "LOC": "place", "FAC": "place", "LAW": "text", "WORK": "text"}
#: Shortest designation that says enough (``M1`` is a tank, a rifle and a motorway).
_SHORTEST_DESIGNATION = 3

Key = tuple[str, str]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Text without the characters that no database takes (NUL, lone surrogates); U+FFFD stands for each."""
    return _UNSTORABLE.sub("\ufffd", text)


def is_storable(text: str) -> bool:
    """Whether :func:`storable` would change nothing; for a long text the quicker of the two."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


@dataclass
class Fact:
    """What one article says of one thing: the row to be stored, its names, and the keys it can be joined by."""

    row: dict[str, Any]
    names: list[tuple[str, str]]
    keys: list[Key]


def entity_fact(entity: Entity, record: Record) -> Fact:
    """An entity of a record. Its row has no ids yet."""
    keys = [
        (_clipped(storable(scheme), 60), _clipped(storable(value)))
        for scheme, value in sorted(entity.identifiers.items())
    ]
    keys += _orcid(entity, record)
    return _fact(entity, entity.type, keys + _pair(entity, entity.type))


def system_fact(system: System) -> Fact:
    """A system of a record. Its row has no ids yet."""
    keys: list[Key] = []
    designation = compact(system.designation or "")
    if len(designation) >= _SHORTEST_DESIGNATION and any(c.isdigit() for c in designation):
        keys.append(("designation", _clipped(f"{system.pack}:{system.kind_id or ''}:{designation}")))
    return _fact(system, SYSTEM, keys + _pair(system, f"{SYSTEM}:{system.pack}:{system.kind_id or ''}"))


def written_keys(keys: Iterable[Key]) -> str:
    """Keys as they are kept with a fact, so that its part in joining can be taken back."""
    return json.dumps([list(key) for key in keys], ensure_ascii=False)


def read_keys(text: str) -> list[Key]:
    """What :func:`written_keys` wrote."""
    return [(str(scheme), str(value)) for scheme, value in json.loads(text)]


def _fact(fact: Entity | System, kind: str, keys: list[Key]) -> Fact:
    given = [("en", fact.name.en), ("fa", fact.name.fa)]
    given += [(language, alias) for language, aliases in sorted(fact.aliases.items()) for alias in aliases]
    names = list(dict.fromkeys((language, storable(name)) for language, name in given if name and compact(name)))
    keys = list(dict.fromkeys(keys))
    row = {
        "fact": fact.id, "type": kind, "name_en": fact.name.en, "name_fa": fact.name.fa,
        "mentions_en": len(fact.mentions.en), "mentions_fa": len(fact.mentions.fa), "mentions": len(fact.mentions),
        "method": fact.method, "alignment": fact.alignment.method if fact.alignment else None,
        "alignment_confidence": fact.alignment.confidence if fact.alignment else None,
        "confidence": fact.confidence, "low": fact.low, "merge_keys": written_keys(keys),
        "all_names": json.dumps([list(name) for name in names], ensure_ascii=False),
    }  # fmt: skip
    return Fact(row, names, keys)


def _pair(fact: Entity | System, kind: str) -> list[Key]:
    english, persian = compact(fact.name.en or ""), compact(fact.name.fa or "")
    if not english or not persian:
        return []
    if kind == "PERSON" and min(len(list(words(name or ""))) for name in (fact.name.en, fact.name.fa)) < 2:
        return []
    return [(PAIR, _clipped(f"{_GROUPS.get(kind, kind)}:{english}|{persian}"))]


def _orcid(entity: Entity, record: Record) -> list[Key]:
    if entity.type != "PERSON":
        return []
    own = {(language, compact(name)) for language, name in (("en", entity.name.en), ("fa", entity.name.fa)) if name}
    for author in record.metadata.authors:
        if author.orcid and any((lang, compact(getattr(author.name, lang) or "")) in own for lang in ("en", "fa")):
            return [("orcid", compact(author.orcid))]
    return []


def _clipped(text: str, length: int = 500) -> str:
    """A key no longer than an index takes; of a longer one the beginning and a hash."""
    if len(text) <= length:
        return text
    import hashlib

    return text[: length - 65] + "#" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
