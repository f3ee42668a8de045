"""How each layer of a record is held against gold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.evaluate.gold import Gold
from pipeline.evaluate.scores import Score, Scored, match, score_mentions, score_sets
from pipeline.record import Record
from pipeline.text.offsets import Span

#: Types of time expression that are not anchored in a calendar; gold marks its own as not ``core``.
NOT_CORE = frozenset(["relative", "duration", "set"])


def scores(record: Record, gold: Gold) -> list[Score]:
    """Every score that this gold allows, in the order of the record."""
    text = record.text or ""
    return [
        *_fields(record, gold),
        *_counts(record, gold),
        *_abstract(record, gold),
        *_keywords(record, gold),
        *_entities(record, gold, text),
        *_dates(record, gold, text),
        *_systems(record, gold, text),
    ]


def folded(name: str | None) -> str:
    """A name for comparison: letters and digits only, lower case, Arabic letters and digits as Persian and Latin."""
    text = unicodedata.normalize("NFKC", name or "").translate(_FOLD).casefold()
    return "".join(character for character in text if character.isalnum())


_FOLD: dict[int, int | str] = {
    **str.maketrans("يىكةۀأإآؤئ", "ییکههاااوی"),
    **{0x06F0 + digit: str(digit) for digit in range(10)},
    **{0x0660 + digit: str(digit) for digit in range(10)},
}


def _fields(record: Record, gold: Gold) -> Iterator[Score]:
    if not gold.fields:
        return
    metadata = record.metadata
    found = {"title.en": metadata.title.en, "title.fa": metadata.title.fa}
    for i, author in enumerate(metadata.authors):
        found |= {f"authors.{i}.en": author.name.en, f"authors.{i}.fa": author.name.fa}
    found |= {"received": metadata.received, "accepted": metadata.accepted}
    found["email"] = next((author.email for author in metadata.authors if author.email), None)
    due = [(key, folded(value)) for key, value in gold.fields.items()]
    got = [(key, folded(value)) for key, value in found.items() if value and key in gold.fields]
    yield score_sets("metadata", due, got)


def _counts(record: Record, gold: Gold) -> Iterator[Score]:
    found = {
        "body sections": sum(1 for s in record.sections if s.role == "body"),
        "notes": len(record.notes),
        "note markers": sum(len(note.markers) for note in record.notes),
        "references": len(record.references),
        "table rows": sum(len(table.rows or ()) for table in record.tables),
        "abstract sentences en": len(record.abstract.en.sentences) if record.abstract.en else 0,
        "abstract sentences fa": len(record.abstract.fa.sentences) if record.abstract.fa else 0,
    }
    if gold.counts:
        yield score_sets("structure", gold.counts.items(), [(key, found[key]) for key in gold.counts])


def _abstract(record: Record, gold: Gold) -> Iterator[Score]:
    same = True
    for language in ("en", "fa"):
        due = gold.sentences.get(language)
        if due is None:
            continue
        abstract = getattr(record.abstract, language)
        sentences = abstract.sentences if abstract is not None else []
        if due and isinstance(due[0], str):
            score = score_sets(f"sentences {language}", map(folded, map(str, due)), [folded(s.text) for s in sentences])
        else:
            score = score_sets(f"sentences {language}", [tuple(s) for s in due], [tuple(s.span) for s in sentences])
        same = same and not score.missed and not score.spurious
        yield score
    if gold.alignment is not None:
        links = [(tuple(link.en), tuple(link.fa)) for link in record.abstract.alignment]
        yield score_sets("sentence links", gold.alignment, links)


def _keywords(record: Record, gold: Gold) -> Iterator[Score]:
    if gold.keywords is not None:
        due = [(folded(en), folded(fa)) for en, fa in gold.keywords if en and fa]
        yield score_sets("keyword pairs", due, [(folded(k.en), folded(k.fa)) for k in record.keywords if k.en and k.fa])


def _entities(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    if gold.entities is not None and gold.scope is not None:
        optional = {(item.span, item.type) for item in gold.optional_entities}
        found = [
            Scored(mention.span, entity.type)
            for entity in record.entities
            for _, mention in entity.mentions.all()
            if gold.scope.contains(mention.span) and (mention.span, entity.type) not in optional
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


class Macro(Score):
    """A mean of other scores' F1: it has no counts of its own."""

    def __init__(self, layer: str, value: float) -> None:
        super().__init__(layer, "strict")
        self.value = value

    @property
    def precision(self) -> float:
        """The mean itself."""
        return self.value

    @property
    def recall(self) -> float:
        """The mean itself."""
        return self.value


def _dates(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    if gold.dates is None or gold.scope is None:
        return
    ignored = {span for item in gold.dates if not item.core for span in item.mention.spans}
    core = [item for item in gold.dates if item.core]
    predicted = [
        (Scored(mention.span, "DATE"), date)
        for date in record.dates
        if date.type not in NOT_CORE
        for _, mention in date.mentions.all()
        if gold.scope.contains(mention.span) and mention.span not in ignored
    ]
    due, found = [item.mention for item in core], [item for item, _ in predicted]
    yield score_mentions("dates, core", due, found, text)
    yield score_mentions("dates, core", due, found, text, matching="partial")
    pairs = match(due, found, matching="strict")
    values, flags = Score("date values", "of matched"), Score("date citation flags", "of matched")
    for g, f in pairs:
        date = predicted[f][1]
        outer = found[f].span == core[g].mention.span
        accepted = {core[g].value} if outer else {core[g].inner_value, core[g].value}
        where = f"{text[slice(*found[f].span)]!r} at {found[f].span.start}"
        _tally(values, date.value.edtf in accepted, f"{where}: {core[g].value}", f"{where}: {date.value.edtf}")
        cited = date.role == "citation"
        _tally(flags, cited == core[g].citation, f"{where}: {core[g].citation}", f"{where}: {cited}")
    yield from (values, flags)


def _tally(score: Score, right: bool, due: str, got: str) -> None:
    if right:
        score.right += 1
    else:
        score.missed.append(due)
        score.spurious.append(got)


def _systems(record: Record, gold: Gold, text: str) -> Iterator[Score]:
    if gold.system_names is not None:
        for index, language in enumerate(("en", "fa")):
            due = [folded(pair[index]) for pair in gold.system_names if pair[index]]
            yield score_sets(f"system names {language}", due, _named_systems(record, language, due))
    if gold.systems is None or gold.scope is None:
        return
    owner = {folded(name): folded(system.names[0]) for system in gold.systems for name in system.names}
    gold_mentions = [Scored(span, "SYSTEM") for system in gold.systems for span in system.mentions]
    found = [
        (Scored(mention.span, "SYSTEM"), system)
        for system in record.systems
        for _, mention in system.mentions.all()
        if gold.scope.contains(mention.span)
    ]
    found.sort(key=lambda item: item[0].span)
    for matching in ("strict", "partial"):
        yield score_mentions("systems", gold_mentions, [item for item, _ in found], text, matching=matching)
    kinds = Score("system kinds", "of matched")
    spans: dict[Span, str | None] = {span: system.kind for system in gold.systems for span in system.mentions}
    seen: set[str] = set()
    for item, system in found:
        if item.span in spans and system.id not in seen:
            seen.add(system.id)
            _tally(kinds, system.kind_id == spans[item.span], f"{system.id}: {spans[item.span]}", f"{system.kind_id}")
    yield kinds
    names = {system.id: owner.get(folded(system.name.en), folded(system.name.en)) for system in record.systems}
    due_relations = [
        (folded(system.names[0]), _relation(kind), owner.get(folded(target), folded(target)))
        for system in gold.systems
        for kind, target in system.relations
        if kind != "renamed_to"
    ]
    got_relations = [
        (names[system.id], _relation(relation.type), names.get(relation.target, relation.target))
        for system in record.systems
        for relation in system.relations
        if relation.type not in ("supplied_by", "supplied_to", "carried_by") and gold.scope.contains(relation.evidence)
    ]
    yield score_sets("system relations", due_relations, got_relations)


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
    """A renaming and a derivation read the same clause both ways; gold accepts either."""
    return re.sub(r"^(renamed_as|renamed_to|derived_from)$", "derived_from", kind)
