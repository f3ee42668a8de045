"""Decisions about entities, dates and systems, and about single mentions of them."""

from __future__ import annotations

from typing import Any, get_args

from pipeline.decisions.bench import Bench, Fact, Stale, Tongue, spell_out, vouch
from pipeline.decisions.entries import Anchor, Entry
from pipeline.decisions.making import date_value, described, made
from pipeline.facts import Date, Entity, EntityType, Link, System
from pipeline.text.slugs import slug


def accept(bench: Bench, entry: Entry) -> None:
    """The fact (or one mention of it) is right as it was shown; what of it is missing now is put back."""
    fact = _meant(bench, entry)
    places = bench.places(entry.where)
    if not places and not (fact is not None and fact.id == entry.fact):
        raise Stale("its words are not in the text any more, or in several places")
    if fact is None:
        fact = made(bench, entry.layer, entry.old, entry.by, entry.fact)
    elif isinstance(fact, Entity) and entry.old.get("type") not in (None, fact.type):
        fact = _retyped(bench, fact, str(entry.old["type"]))
    vouch(fact, entry.by, everywhere=entry.scope == "fact")
    _restore(bench, entry, fact, missing_only=entry.scope == "fact")
    bench.settle(entry.layer, fact)


def reject(bench: Bench, entry: Entry) -> None:
    """There is no such fact, or no mention of it there; nothing is left to do where the machine agrees."""
    places = bench.stands(entry)
    if entry.where and not places:
        raise Stale("its words are not in the text any more, or in several places")
    if entry.scope == "fact":
        known = bench.fact(entry.layer, entry.fact, entry.where, entry.old.get("type"))
        if known is not None:
            _with_events(bench, known)
            bench.remove(entry.layer, known)
        return
    for span, _ in places:
        found = bench.holder(entry.layer, span, entry.fact)
        if found is not None and (found[0].id == entry.fact or _same_type(found[0], entry)):
            spell_out(found[0])
            bench.drop_mention(found[0], span)
            bench.settle(entry.layer, found[0])


def retype(bench: Bench, entry: Entry) -> None:
    """The entity is of another type; decided for one mention, that mention goes to an entity of that type."""
    kind = entry.new.get("type")
    if kind not in get_args(EntityType):
        raise Stale(f"{kind!r} is no type of entity")
    fact = _meant(bench, entry)
    places = bench.places(entry.where)
    if fact is None and not places:
        raise Stale("neither the entity nor its words are there any more")
    if fact is None:
        fact = made(bench, entry.layer, {**entry.old, "type": kind}, entry.by)
    if not isinstance(fact, Entity):
        raise Stale("only entities have a type that can be changed")
    if entry.scope == "mention":
        spell_out(fact)
        for span, language in bench.stands(entry):
            name = {language: bench.text[span.start : span.end]}
            wanted = f"{str(kind).lower()}/{slug(name[language])}"
            what = {"type": kind, "name": name}
            target = bench.by_id(entry.layer, wanted) or made(bench, entry.layer, what, entry.by, wanted)
            bench.put(entry.layer, target, span, language, entry.by)
            bench.settle(entry.layer, target)
        if bench.by_id(entry.layer, fact.id) is fact:
            bench.settle(entry.layer, fact)
        return
    fact = _retyped(bench, fact, str(kind))
    vouch(fact, entry.by)
    _restore(bench, entry, fact, missing_only=True)
    bench.settle(entry.layer, fact)


def boundary(bench: Bench, entry: Entry) -> None:
    """The mention is longer or shorter than the machine has it."""
    target = _anchor_of(entry.new)
    new = bench.finder.find(target)
    if new is None:
        raise Stale("the words it chose are not in the text any more, or in several places")
    old = bench.finder.find(entry.where[0]) if entry.where else None
    fact = _meant(bench, entry)
    if fact is None:
        fact = made(bench, entry.layer, entry.old, entry.by, entry.fact)
    spell_out(fact)
    if old is not None:
        bench.drop_mention(fact, old)
    bench.put(entry.layer, fact, new, bench.language_at(new, target), entry.by)
    bench.settle(entry.layer, fact)


def add(bench: Bench, entry: Entry) -> None:
    """What the machine missed: further mentions of a fact it knows, or a fact of its own."""
    places = bench.places(entry.where)
    if not places:
        raise Stale("its words are not in the text any more, or in several places")
    known = bench.by_id(entry.layer, entry.fact) if entry.fact else None
    fact = known or made(bench, entry.layer, entry.new, entry.by, entry.fact)
    _restore(bench, entry, fact, missing_only=False)
    bench.settle(entry.layer, fact)


def merge(bench: Bench, entry: Entry) -> None:
    """Two facts are one: the mentions, names and aliases of the first go to the second."""
    first, second = _two(bench, entry)
    if first is second:
        return
    _joined(bench, entry, first, second)


def link(bench: Bench, entry: Entry) -> None:
    """The English fact and the Persian one are one and the same."""
    first, second = _two(bench, entry)
    kept = second if first is second else _joined(bench, entry, first, second)
    if kept.mentions.en and kept.mentions.fa:
        kept.alignment = Link(method=f"review:{entry.by}", confidence=1.0)


def unlink(bench: Bench, entry: Entry) -> None:
    """The English and the Persian mentions speak of two things: the Persian ones become a fact of their own."""
    fact = _meant(bench, entry)
    if fact is None:
        raise Stale("the fact is not there any more")
    if not (fact.mentions.en and fact.mentions.fa):
        return
    moved = [mention.span for mention in fact.mentions.fa]
    persian = None if isinstance(fact, Date) else fact.name.fa
    said = described(fact)
    if not isinstance(fact, Date):
        said["name"] = {"fa": persian or fact.mentions.fa[0].surface}
    stem = fact.id.partition("/")[0]
    wanted = f"{fact.id}-fa" if isinstance(fact, Date) else f"{stem}/{slug(said['name']['fa'] or '')}"
    other = made(bench, entry.layer, said, entry.by, wanted)
    for span in moved:
        bench.put(entry.layer, other, span, "fa", entry.by)
    if not isinstance(fact, Date):
        fact.name.fa = None
        fact.aliases = {language: names for language, names in fact.aliases.items() if language != "fa"}
    bench.settle(entry.layer, fact)
    bench.settle(entry.layer, other)


def split(bench: Bench, entry: Entry) -> None:
    """Some mentions speak of something else and become a fact of their own."""
    places = bench.places(entry.where)
    if not places:
        raise Stale("its words are not in the text any more, or in several places")
    holder = bench.holder(entry.layer, places[0][1], entry.fact)
    said = {**(described(holder[0]) if holder else entry.old), **entry.new}
    fact = made(bench, entry.layer, said, entry.by)
    _restore(bench, entry, fact, missing_only=False)
    bench.settle(entry.layer, fact)


def date(bench: Bench, entry: Entry) -> None:
    """The date means another day, or the same in another calendar."""
    fact = _meant(bench, entry)
    if fact is None and not bench.places(entry.where):
        raise Stale("neither the date nor its words are there any more")
    value, kind = date_value(entry.new, entry.new.get("type") or entry.old.get("type"))
    if fact is None:
        fact = made(bench, "dates", {"value": entry.new, "type": kind}, entry.by)
    if not isinstance(fact, Date):
        raise Stale("it is no date")
    fact.value, fact.type = value, kind
    if value.edtf:
        for event in bench.record.timeline:
            if event.date_id == fact.id:
                event.date = value.edtf
    new_id = f"date/{value.edtf or value.native or 'unknown'}" + ("" if fact.role == "text" else f"-{fact.role}")
    twin = bench.by_id("dates", new_id)
    if isinstance(twin, Date) and twin is not fact and twin.value.edtf == value.edtf:
        for language, mention in list(fact.mentions.all()):
            bench.put("dates", twin, mention.span, language, entry.by)
        bench.renamed(fact.id, twin.id)
        vouch(twin, entry.by, everywhere=False)
        bench.settle("dates", twin)
        return
    if new_id != fact.id:
        new_id = bench.free_id("dates", new_id)
        bench.renamed(fact.id, new_id)
        fact.id = new_id
    vouch(fact, entry.by)
    _restore(bench, entry, fact, missing_only=True)
    bench.settle("dates", fact)


# ── between them ───────────────────────────────────────────────────────────────────────────────────────────────


def _meant(bench: Bench, entry: Entry) -> Fact | None:
    return bench.fact(entry.layer, entry.fact, entry.where)


def _same_type(fact: Fact, entry: Entry) -> bool:
    said = entry.old.get("type")
    return said is None or getattr(fact, "type", said) == said


def _with_events(bench: Bench, fact: Fact) -> None:
    """The events of a date that is none are none either."""
    if isinstance(fact, Date):
        events = bench.record.timeline
        events[:] = [event for event in events if event.date_id != fact.id]


def _restore(bench: Bench, entry: Entry, fact: Fact, *, missing_only: bool) -> None:
    """Give the fact the mentions that the decision names, where it has them not."""
    have = {mention.span for _, mention in fact.mentions.all()}
    for span, language in bench.stands(entry):
        if not (missing_only and span in have):
            bench.put(entry.layer, fact, span, language, entry.by)


def _retyped(bench: Bench, fact: Entity, kind: str) -> Entity:
    """The entity with another type, and with the id that goes with it; one that has that id already takes it in."""
    if fact.type == kind:
        return fact
    wanted = f"{kind.lower()}/{fact.id.partition('/')[2]}"
    twin = bench.by_id("entities", wanted)
    old = fact.id
    fact.type = kind  # type: ignore[assignment]
    if isinstance(twin, Entity) and twin is not fact:
        for language, mention in list(twin.mentions.all()):
            (fact.mentions.fa if language == "fa" else fact.mentions.en).append(mention)
        bench.remove("entities", twin)
    fact.id = wanted
    bench.renamed(old, wanted)
    return fact


def _two(bench: Bench, entry: Entry) -> tuple[Fact, Fact]:
    if entry.into is None:
        raise Stale("it names no second fact")
    first = _meant(bench, entry)
    second = bench.fact(entry.layer, entry.into.fact, entry.into.where)
    if first is None and second is not None and bench.places(entry.where):
        first = made(bench, entry.layer, entry.old, entry.by)
        _restore(bench, entry, first, missing_only=False)
    if first is None or second is None:
        raise Stale("one of the two facts is not there any more")
    return first, second


def _joined(bench: Bench, entry: Entry, first: Fact, second: Fact) -> Fact:
    spell_out(first)
    spell_out(second)
    for language in ("en", "fa"):
        have = {mention.span for mention in getattr(second.mentions, language)}
        getattr(second.mentions, language).extend(
            mention for mention in getattr(first.mentions, language) if mention.span not in have
        )
    if not isinstance(first, Date) and not isinstance(second, Date):
        _join_names(first, second)
    if isinstance(first, System) and isinstance(second, System):
        second.properties += [p for p in first.properties if p not in second.properties]
        second.relations += [r for r in first.relations if r not in second.relations]
        second.origin += [o for o in first.origin if o not in second.origin]
    facts = bench.layer(entry.layer)
    facts[:] = [fact for fact in facts if fact is not first]
    bench.renamed(first.id, second.id)
    vouch(second, entry.by, everywhere=False)
    if second.mentions.en and second.mentions.fa and second.alignment is None:
        second.alignment = Link(method=f"review:{entry.by}", confidence=1.0)
    bench.settle(entry.layer, second)
    return second


def _join_names(first: Entity | System, second: Entity | System) -> None:
    languages: tuple[Tongue, ...] = ("en", "fa")
    for language in languages:
        other = getattr(first.name, language)
        if other and not getattr(second.name, language):
            setattr(second.name, language, other)
        more = [*second.aliases.get(language, []), *([other] if other else []), *first.aliases.get(language, [])]
        names = list(dict.fromkeys(name for name in more if name != getattr(second.name, language)))
        if names:
            second.aliases = {**second.aliases, language: names}


def _anchor_of(new: dict[str, Any]) -> Anchor:
    try:
        return Anchor.model_validate(new)
    except ValueError:
        raise Stale("it does not say which words it chose") from None
