"""How the facts of a record are held against gold: entities, dates, systems with what is said of them, events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.evaluate.gold import Gold, GoldSystem
from pipeline.evaluate.scores import Macro, Score, Scored, folded, match, score_mentions, score_sets
from pipeline.record import Record, System
from pipeline.text.offsets import Span

#: Types of time expression that are not anchored in a calendar; gold marks its own as not ``core``.
NOT_CORE = frozenset(["relative", "duration", "set"])
#: Names of one property in different golds, and in the packs.
_PROPERTY = (
    (re.compile("range$|^combat_radius$"), "range"),
    (re.compile("^(?:introduced|unveiled|released|first_|launched|published|.*production_start|in_service)"), "year"),
    (re.compile("^quantity"), "quantity"),
    (re.compile("^(?:ceiling|altitude)$"), "ceiling"),
    (re.compile("^(?:mass|weight)$"), "mass"),
    (re.compile("^(?:warhead|payload)"), "payload"),
)
#: Relations that read one clause either way, or that golds name differently.
_RELATION = {
    "renamed_as": "derived_from", "renamed_to": "derived_from", "derived_from": "derived_from",
    "successor_of": "derived_from", "replaces": "derived_from",
}  # fmt: skip


def entity_scores(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    """Mentions by type, over all types, by language, and the pairs of names that both languages have."""
    if gold.entities is not None and gold.scope is not None:
        optional = {(item.span, item.type) for item in gold.optional_entities}
        found = [
            Scored(mention.span, entity.type, language=language)
            for entity in record.entities
            for language, mention in entity.mentions.all()
            if gold.covers(mention.span) and (mention.span, entity.type) not in optional
        ]
        found.sort(key=lambda item: item.span)
        types = sorted({item.type for item in gold.entities})
        by_type = {}
        for kind in types:
            due = [item for item in gold.entities if item.type == kind]
            got = [item for item in found if item.type == kind]
            by_type[kind] = score_mentions(f"entities {kind}", due, got, text)
            yield by_type[kind]
        for matching in ("strict", "partial", "span"):
            yield score_mentions("entities, micro", gold.entities, found, text, matching=matching)
        if len({item.language for item in gold.entities}) > 1:
            for language in ("en", "fa"):
                due = [item for item in gold.entities if item.language == language]
                got = [item for item in found if item.language == language]
                yield score_mentions(f"entities {language}", due, got, text)
        macro = sum(score.f1 for score in by_type.values()) / len(by_type)
        yield Macro("entities, macro F1", macro)
    if gold.entity_pairs is not None:
        due_pairs = {(folded(en), folded(fa)) for en, fa in gold.entity_pairs}
        got_pairs = {
            (folded(en), folded(fa))
            for entity in record.entities
            for en in [entity.name.en, *entity.aliases.get("en", [])]
            for fa in [entity.name.fa, *entity.aliases.get("fa", [])]
        }
        score = score_sets("entity pairs", sorted(due_pairs), sorted(due_pairs & got_pairs))
        score.matching = "recall"
        yield score


def date_scores(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    """Calendar-anchored expressions, their values, and whether those of citations are known as such."""
    if gold.dates is None or gold.scope is None:
        return
    ignored = {span for item in gold.dates if not item.core for span in item.mention.spans}
    core = [item for item in gold.dates if item.core]
    predicted = [
        (Scored(mention.span, "DATE"), date)
        for date in record.dates
        if date.type not in NOT_CORE
        for _, mention in date.mentions.all()
        if gold.covers(mention.span, dates=True) and mention.span not in ignored
    ]
    due, found = [item.mention for item in core], [item for item, _ in predicted]
    yield score_mentions("dates, core", due, found, text)
    yield score_mentions("dates, core", due, found, text, matching="partial")
    pairs = match(due, found, matching="strict")
    values, flags = Score("date values", "of matched"), Score("date citation flags", "of matched")
    natives = Score("date values, own calendar", "of matched")
    for g, f in pairs:
        date = predicted[f][1]
        outer = found[f].span == core[g].mention.span
        accepted = {core[g].value} if outer else {core[g].inner_value, core[g].value}
        where = f"{text[slice(*found[f].span)]!r} at {found[f].span.start}"
        _tally(values, date.value.edtf in accepted, f"{where}: {core[g].value}", f"{where}: {date.value.edtf}")
        if core[g].native is not None:
            _tally(natives, date.value.native == core[g].native, f"{where}: {core[g].native}", f"{date.value.native}")
        cited = date.role == "citation"
        _tally(flags, cited == core[g].citation, f"{where}: {core[g].citation}", f"{where}: {cited}")
    yield from (values, natives, flags) if natives.gold else (values, flags)


def _tally(score: Score, right: bool, due: str, got: str) -> None:
    if right:
        score.right += 1
    else:
        score.missed.append(due)
        score.spurious.append(got)


def system_scores(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    """Names, or mentions with kinds, properties and relations."""
    if gold.system_names is not None:
        for index, language in enumerate(("en", "fa")):
            due = [folded(pair[index]) for pair in gold.system_names if pair[index]]
            yield score_sets(f"system names {language}", due, _named_systems(record, language, due))
    if gold.systems is None or gold.scope is None:
        return
    owner = {folded(name): folded(system.names[0]) for system in gold.systems for name in system.names}
    mentions = [Scored(span, "SYSTEM") for system in gold.systems for span in system.mentions if gold.covers(span)]
    found = [
        (Scored(mention.span, "SYSTEM"), system)
        for system in record.systems
        for _, mention in system.mentions.all()
        if gold.covers(mention.span) and mention.span not in gold.optional_systems
    ]
    found.sort(key=lambda item: item[0].span)
    for matching in ("strict", "partial"):
        yield score_mentions("systems", mentions, [item for item, _ in found], text, matching=matching)
    yield _kinds(gold.systems, found)
    names = {system.id: _canonical(system, owner) for system in record.systems}
    yield score_sets("system properties", _due_properties(gold.systems), _found_properties(record, gold, names))
    yield score_sets("system relations", _due_relations(gold.systems, owner), _found_relations(record, gold, names))


def event_scores(record: Record, gold: Gold) -> Iterator[Score]:
    """An event is found when an event of the same date has evidence that overlaps it."""
    if gold.events is None or gold.scope is None:
        return
    score = Score("timeline", "date and place")
    free = [event for event in record.timeline if gold.covers(event.evidence)]
    for due in gold.events:
        hit = next((e for e in free if e.date == due.date and e.evidence.overlaps(due.evidence)), None)
        if hit is None:
            score.missed.append(f"{due.date} at {due.evidence.start}")
        else:
            free.remove(hit)
            score.right += 1
    score.spurious = [f"{event.date} at {event.evidence.start}: {event.type}" for event in free]
    yield score


def _canonical(system: System, owner: dict[str, str]) -> str:
    """The gold's name of a system, by any of its names; its own when the gold has none of them."""
    forms = [folded(system.name.en), folded(system.name.fa), *(folded(m.surface) for _, m in system.mentions.all())]
    return next((owner[form] for form in forms if form in owner), forms[0] or forms[1])


def _kinds(systems: list[GoldSystem], found: list[tuple[Scored, System]]) -> Score:
    score = Score("system kinds", "of matched")
    due: dict[Span, str | None] = {span: system.kind for system in systems for span in system.mentions}
    seen: set[str] = set()
    for item, system in found:
        if due.get(item.span) and system.id not in seen:
            seen.add(system.id)
            _tally(score, system.kind_id == due[item.span], f"{system.id}: {due[item.span]}", f"{system.kind_id}")
    return score


def _due_properties(systems: list[GoldSystem]) -> list[tuple[str, str, str]]:
    return [
        (folded(system.names[0]), _property(name), _value(value))
        for system in systems
        for name, value in system.properties
    ]


def _found_properties(record: Record, gold: Gold, names: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (names[system.id], _property(each.name), _value(str(each.value)))
        for system in record.systems
        for each in system.properties
        if gold.covers(each.evidence)
    ]


def _property(name: str) -> str:
    return next((common for pattern, common in _PROPERTY if pattern.search(name)), name)


def _value(value: str) -> str:
    """A value for comparison: a number without trailing zeros, a year of a date, words folded."""
    if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return f"{float(value):g}"
    if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", value):
        return value[:4]
    return folded(value)


def _due_relations(systems: list[GoldSystem], owner: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (folded(system.names[0]), _relation(kind), owner.get(folded(target), folded(target)))
        for system in systems
        for kind, target in system.relations
        if kind != "renamed_to"
    ]


def _found_relations(record: Record, gold: Gold, names: dict[str, str]) -> list[tuple[str, str, str]]:
    named = {kind for system in gold.systems or () for kind, _ in system.relations} | {"variant_of", "based_on"}
    return [
        (names[system.id], _relation(relation.type), names.get(relation.target, relation.target))
        for system in record.systems
        for relation in system.relations
        if relation.type not in ("supplied_by", "supplied_to")
        and (relation.type != "carried_by" or "carried_by" in named)
        and gold.covers(relation.evidence)
    ]


def _named_systems(record: Record, language: str, due: list[str]) -> list[str]:
    """One name for each system found in a language: the alias the gold uses, where there is one."""
    names = []
    for system in record.systems:
        mentions = getattr(system.mentions, language)
        if not mentions:
            continue
        own = [folded(mention.surface) for mention in mentions] + [folded(getattr(system.name, language))]
        names.append(next((name for name in own if name in due), own[0]))
    return names


def _relation(kind: str) -> str:
    """A renaming and a derivation read the same clause both ways; either is right."""
    return _RELATION.get(kind, kind)
