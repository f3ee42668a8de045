"""Which entity of the catalogue each fact belongs to, kept true while articles come, change and go.

Facts that share a key (:mod:`pipeline.catalogue.identity`) are one entity: the catalogue is a graph of facts and keys,
and an entity one of its connected parts. Feeding joins parts; taking an article away may part them again, which is
looked into only when no other fact held the same keys together. A name pair never joins entities whose identifiers
disagree (two towns of one name).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from pipeline.catalogue import tables as t
from pipeline.catalogue.folding import compact, folded
from pipeline.catalogue.identity import PAIR, Fact, Key, read_keys, written_keys
from pipeline.catalogue.storing import MANY, among, highest, store

#: What a name is known by.
_NAME = ("entity_id", "language", "name")


def place(connection: Connection, facts: Sequence[Fact], article: str) -> set[int]:
    """Give each fact its ``entity_id``, making and joining entities as needed, and count its names and keys.

    The facts' rows are not inserted. Returns the entities that other ones were joined into.
    """
    known = _entities_of(connection, {key for fact in facts for key in fact.keys})
    stated = _identifiers(connection, set(known.values()))
    following = highest(connection, t.entities) + 1
    made: dict[int, dict[str, Any]] = {}
    joined: dict[int, int] = {}
    taken = _taken(connection, facts, article)

    def final(entity: int) -> int:
        while entity in joined:
            entity = joined[entity]
        return entity

    for fact in facts:
        own = {scheme: value for scheme, value in fact.keys if scheme != PAIR}
        found: list[int] = []
        for key in fact.keys:
            entity = final(known[key]) if key in known else None
            if entity is not None and entity not in found and _agree(own, stated[entity]):
                found.append(entity)
                own = {**stated[entity], **own}
        again = _again(fact, article, taken)
        if found:
            home = min(found)
            joined |= {other: home for other in found if other != home}
        elif again is not None:
            home = again
        else:
            home, following = following, following + 1
            made[home] = _entity_row(home, fact, article, taken)
            taken[made[home]["entity"]] = home
        stated[home] = {**own, **stated[home]}
        for key in fact.keys:
            known.setdefault(key, home)
        fact.row["entity_id"] = home
    for fact in facts:
        fact.row["entity_id"] = final(fact.row["entity_id"])
        # A key that belongs to an entity which the fact's identifiers rule out is not the fact's.
        fact.keys = [key for key in fact.keys if final(known[key]) == fact.row["entity_id"]]
        fact.row["merge_keys"] = written_keys(fact.keys)
    if made:
        store(connection, t.entities, list(made.values()))
    _count(connection, [(fact.row["entity_id"], fact.names, fact.keys) for fact in facts])
    _complete_names(connection, facts)
    return _join(connection, {old: final(old) for old in joined})


def take_away(connection: Connection, first: int, beyond: int) -> dict[int, list[str]]:
    """Delete the facts with ids in ``[first, beyond)`` and uncount their names and keys.

    Returns the entities they belonged to, each with the keys of its facts; :func:`settle` them when new facts are in.
    """
    c = t.facts.c
    here = (c.id >= first, c.id < beyond)
    rows = connection.execute(select(c.entity_id, c.merge_keys, c.all_names).where(*here)).all()
    uses: Counter[tuple[int, str, str]] = Counter()
    keys: Counter[Key] = Counter()
    touched: dict[int, list[str]] = defaultdict(list)
    for entity, merge_keys, all_names in rows:
        uses.update((entity, language, name) for language, name in json.loads(all_names))
        keys.update(read_keys(merge_keys))
        touched[entity].append(merge_keys)
    connection.execute(delete(t.facts).where(*here))
    if uses:
        where = (
            t.names.c.entity_id == bindparam("b_entity"),
            t.names.c.language == bindparam("b_language"),
            t.names.c.name == bindparam("b_name"),
        )
        connection.execute(
            update(t.names).where(*where).values(uses=t.names.c.uses - bindparam("b_uses")),
            [{"b_entity": e, "b_language": lang, "b_name": n, "b_uses": count} for (e, lang, n), count in uses.items()],
        )
    if keys:
        same = (t.identifiers.c.scheme == bindparam("b_scheme"), t.identifiers.c.value == bindparam("b_value"))
        connection.execute(
            update(t.identifiers).where(*same).values(uses=t.identifiers.c.uses - bindparam("b_uses")),
            [{"b_scheme": scheme, "b_value": value, "b_uses": count} for (scheme, value), count in keys.items()],
        )
    return dict(touched)


def settle(connection: Connection, touched: Mapping[int, Iterable[str]], placed: Iterable[Fact] = ()) -> None:
    """After facts were taken away and others ``placed``: drop what nobody uses, part what nothing holds together."""
    entities = sorted(touched)
    nameless: set[int] = set()
    for some in _chunks(entities):
        unused = (t.names.c.entity_id.in_(some), t.names.c.uses <= 0)
        nameless |= set(connection.scalars(select(t.names.c.entity_id).where(*unused)))
        connection.execute(delete(t.names).where(*unused))
        connection.execute(delete(t.identifiers).where(t.identifiers.c.entity_id.in_(some), t.identifiers.c.uses <= 0))
    gone: set[int] = set()
    for some in _chunks(entities):
        facts = select(t.facts.c.id).where(t.facts.c.entity_id == t.entities.c.id).exists()
        gone |= set(connection.scalars(select(t.entities.c.id).where(t.entities.c.id.in_(some), ~facts)))
    for some in _chunks(sorted(gone)):
        for table in (t.names, t.identifiers):
            connection.execute(delete(table).where(table.c.entity_id.in_(some)))
        connection.execute(delete(t.entities).where(t.entities.c.id.in_(some)))
    held = {(fact.row["entity_id"], fact.row["merge_keys"]) for fact in placed}
    c = t.facts.c
    for entity in entities:
        for keys in sorted(set(touched[entity])):
            if entity in gone or (entity, keys) in held or len(read_keys(keys)) < 2:
                continue
            same = select(c.id).where(c.entity_id == entity, c.merge_keys == keys).limit(1)
            if connection.scalar(same) is None:
                _part(connection, entity)
                break
    for entity in sorted(nameless - gone):
        _rename(connection, entity)


def _entities_of(connection: Connection, keys: set[Key]) -> dict[Key, int]:
    c = t.identifiers.c
    values: dict[str, set[str]] = defaultdict(set)
    for scheme, value in keys:
        values[scheme].add(value)
    found: dict[Key, int] = {}
    for scheme in sorted(values):
        rows = among(connection, c.value, values[scheme], c.entity_id, scheme=scheme)
        found.update(((scheme, value), entity) for value, entity in rows)
    return found


def _identifiers(connection: Connection, entities: set[int]) -> dict[int, dict[str, str]]:
    """The identifiers of entities, without name pairs."""
    c = t.identifiers.c
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for entity, scheme, value, uses in among(connection, c.entity_id, entities, c.scheme, c.value, c.uses):
        if scheme != PAIR and uses > 0:
            found[entity][scheme] = value
    return found


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(other.get(scheme, value) == value for scheme, value in one.items())


def _taken(connection: Connection, facts: Sequence[Fact], article: str) -> dict[str, int]:
    """Which of the keys that new entities would get belong to an entity already."""
    c = t.entities.c
    wanted = {name for fact in facts for name in (fact.row["fact"], _local(fact, article))}
    return {str(entity): int(number) for entity, number in among(connection, c.entity, wanted, c.id)}


def _local(fact: Fact, article: str) -> str:
    """The key of an entity that only one article is known to speak of."""
    return f"{fact.row['fact']}@{article}"


def _again(fact: Fact, article: str, taken: Mapping[str, int]) -> int | None:
    """The entity that this very fact made when the article was fed before."""
    return taken.get(_local(fact, article)) if not fact.keys else None


def _entity_row(entity: int, fact: Fact, article: str, taken: Mapping[str, int]) -> dict[str, Any]:
    key = fact.row["fact"] if fact.keys else _local(fact, article)
    if key in taken:
        key = _local(fact, article)
    number = 2
    while key in taken:
        key, number = f"{_local(fact, article)}~{number}", number + 1
    row = fact.row
    return {
        "id": entity, "entity": key, "type": row["type"], "name_en": row["name_en"], "name_fa": row["name_fa"],
    }  # fmt: skip


def _count(connection: Connection, counted: Iterable[tuple[int, list[tuple[str, str]], list[Key]]]) -> None:
    """Add one use for each name and key of each fact."""
    uses: Counter[tuple[int, str, str]] = Counter()
    keys: dict[Key, list[int]] = {}
    for entity, fact_names, fact_keys in counted:
        uses.update((entity, language, name) for language, name in fact_names)
        for key in fact_keys:
            keys.setdefault(key, [entity, 0])[1] += 1
    rows = [
        {"entity_id": entity, "language": language, "name": name, "folded": f"{folded(name)} lang{language}",
         "compact": compact(name), "uses": count}
        for (entity, language, name), count in uses.items()
    ]  # fmt: skip
    store(connection, t.names, rows, _NAME)
    held = [
        {"entity_id": entity, "scheme": scheme, "value": value, "uses": count}
        for (scheme, value), (entity, count) in keys.items()
    ]
    store(connection, t.identifiers, held, ("scheme", "value"))


def _complete_names(connection: Connection, facts: Sequence[Fact]) -> None:
    """An entity known in one language gets the name that a new fact has in the other."""
    c = t.entities.c
    given: dict[int, dict[str, str]] = defaultdict(dict)
    for fact in facts:
        for name in ("name_en", "name_fa"):
            if fact.row[name]:
                given[fact.row["entity_id"]][name] = fact.row[name]
    for entity, english, persian in among(connection, c.id, given, c.name_en, c.name_fa):
        lacking = {"name_en": english, "name_fa": persian}
        new = {name: words for name, words in given[entity].items() if lacking[name] is None}
        if new:
            connection.execute(update(t.entities).where(c.id == entity).values(new))


def _join(connection: Connection, joined: Mapping[int, int]) -> set[int]:
    """Make the entities that turned out to be one into one."""
    for old, new in sorted(joined.items()):
        connection.execute(update(t.facts).where(t.facts.c.entity_id == old).values(entity_id=new))
        connection.execute(update(t.identifiers).where(t.identifiers.c.entity_id == old).values(entity_id=new))
        c = t.names.c
        rows = connection.execute(
            select(c.language, c.name, c.folded, c.compact, c.uses).where(c.entity_id == old).order_by(c.id)
        ).all()
        connection.execute(delete(t.names).where(c.entity_id == old))
        store(connection, t.names, [{"entity_id": new, **row._mapping} for row in rows], _NAME)
        connection.execute(delete(t.entities).where(t.entities.c.id == old))
    return set(joined.values())


def _part(connection: Connection, entity: int) -> None:
    """Give each connected part of an entity's facts an entity of its own; the part with the eldest fact keeps this."""
    c = t.facts.c
    rows = connection.execute(
        select(c.id, c.fact, c.type, c.name_en, c.name_fa, c.merge_keys, c.all_names, t.articles.c.article)
        .join(t.articles, t.articles.c.id == c.article_id)
        .where(c.entity_id == entity)
        .order_by(c.id)
    ).all()
    home: dict[Key, int] = {}
    part_of: list[int] = []
    parts: dict[int, set[Key]] = {}
    for number, row in enumerate(rows):
        keys = set(read_keys(row.merge_keys))
        meeting = sorted({home[key] for key in keys if key in home})
        target = meeting[0] if meeting else number
        merged = parts.setdefault(target, set())
        for other in meeting[1:]:
            merged |= parts.pop(other)
            part_of = [target if part == other else part for part in part_of]
        merged |= keys
        home |= dict.fromkeys(merged, target)
        part_of.append(target)
    if len(parts) < 2:
        return
    for table in (t.names, t.identifiers):
        connection.execute(delete(table).where(table.c.entity_id == entity))
    following = highest(connection, t.entities) + 1
    ids: dict[int, int] = {}
    counted = []
    for row, part in zip(rows, part_of, strict=True):
        if part not in ids:
            ids[part] = entity if not ids else following
            if ids[part] == following:
                following += 1
                new = {"id": ids[part], "entity": f"{row.fact}@{row.article}", "type": row.type}
                connection.execute(t.entities.insert(), {**new, "name_en": row.name_en, "name_fa": row.name_fa})
        if ids[part] != entity:
            connection.execute(update(t.facts).where(c.id == row.id).values(entity_id=ids[part]))
        named = [(str(language), str(name)) for language, name in json.loads(row.all_names)]
        counted.append((ids[part], named, read_keys(row.merge_keys)))
    _count(connection, counted)


def _rename(connection: Connection, entity: int) -> None:
    """Give an entity whose shown name has gone the name that most facts use."""
    shown = connection.execute(
        select(t.entities.c.name_en, t.entities.c.name_fa).where(t.entities.c.id == entity)
    ).one()
    for language, name in (("en", shown.name_en), ("fa", shown.name_fa)):
        c = t.names.c
        names = connection.execute(
            select(c.name).where(c.entity_id == entity, c.language == language).order_by(c.uses.desc(), c.id)
        ).scalars()
        left = list(names)
        if name is not None and name not in left:
            new = {f"name_{language}": left[0] if left else None}
            connection.execute(update(t.entities).where(t.entities.c.id == entity).values(new))


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + MANY] for at in range(0, len(values), MANY))
