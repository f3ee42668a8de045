"""What the text states of a system: measures with units, years, quantities, set phrases.

Whose property it is, :mod:`owners` answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.systems.bare_amounts import bare_amounts
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.owners import Owners
from pipeline.extract.systems.pack import PropertyRule
from pipeline.extract.systems.property_patterns import QUALIFIERS, PropertyPatterns
from pipeline.extract.systems.reading import Tongue
from pipeline.extract.systems.relations import Stated
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.si import in_si
from pipeline.extract.systems.table_facts import table_facts
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.record import Property
from pipeline.text.offsets import Span

_OPENING_DATE = re.compile(
    r"(?:In|On|By|Since) (?:early |late |mid-)?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:1[0-9]\d\d|20\d\d)\b"
)
#: What may stand between a verb and its year.
_TO_YEAR: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"(?: (?:in|since|by|on|early|late|mid|the|its|with|again|only|as early as)| [A-Z][a-z]+| \d{1,2},?|,"
        r"| into service| to the public)* ?"
    ),
    "fa": re.compile(r"[ \u200c]*(?:[^\s.؛]+[ \u200c]+){0,4}"),
}
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")

#: An active verb has a subject right before it and an article or a name right after it.
_SUBJECT = re.compile(
    r"\b(?:[A-Z][a-z]+|they|it|navy|army|force|government|company|country)(?: (?:has|had|also|then|first))? $"
)
_OBJECT = re.compile(r" (?:its|the|an?|their|two|three|[A-Z\"“])")
_CLAUSE = re.compile(r"[;:]|\b(?:which|that|while|but|when|where|and then)\b")
_YEAR_BEFORE = re.compile(
    r"\b[Ii]n (?:early |late |mid-)?(?:[A-Z][a-z]+ )?(?P<year>1[0-9]\d\d|20\d\d),? (?:the )?(?:[A-Z]?[a-z]+ ){1,4}$"
)
_PERSIAN_ENDING = re.compile(r"[\u200c ]?ها(?:ی|یی)?$|[\u200c ]ی$|[ٔءِ]$")
_DELIVERED = re.compile(
    r"(?:(?P<qualifier>only|about|some|around) )?(?<![\w.,$-])(?P<n>\d{1,5}) (?:of (?:them|these|which)"
    r" )?(?:were|was|had been|have been) (?:actually |eventually |finally )?(?P<verb>delivered|received"
    r"|ordered|sold|built|supplied)"
)


def owners_of(
    scene: Scene, found: Sequence[Found], relations: Sequence[Stated], beside: Mapping[Span, KindNoun]
) -> Owners:
    """What answers whose property a place is: mentions at which a relation aims have none of their own there."""
    aimed = {
        each.span
        for each in found
        for relation in relations
        if relation.evidence.start <= each.span.start < relation.evidence.end and each.key == relation.target
    }
    return Owners(scene, found, aimed, beside)


def stated_properties(scene: Scene, owners: Owners, beside: Mapping[Span, KindNoun]) -> list[tuple[Found, Property]]:
    """The properties that a scene states, each with the mention it belongs to."""
    measured = list(_measures(scene, owners))
    stated = [
        *((each, stated) for each, stated, _ in measured),
        *_measures_around_names(scene, owners),
        *bare_amounts(scene, owners, [span for _, _, span in measured]),
        *((each, fact) for each, fact in table_facts(scene, owners) if isinstance(fact, Property)),
        *_years(scene, owners),
        *_counts(scene, owners),
        *_enumerated_keywords(scene, owners),
        *_keywords(scene, owners),
        *_nouns(scene, owners.found, beside),
    ]
    return sorted(stated, key=lambda each: (each[1].evidence, each[1].name))


def _measures(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property, Span]]:
    taken: list[Span] = []
    for measure in _patterns(scene).measures:
        windows = owners.holding(measure.amount)
        for pattern in (measure.cue_first, measure.number_first):
            for match in (each for window in windows for each in pattern.finditer(scene.reading.text, *window)):
                span = Span(*match.span())
                if any(span.overlaps(other) for other in taken):
                    continue
                for owner in owners.of(span, kinds=measure.rule.of):
                    taken.append(span)
                    yield owner, _measured(scene, measure.rule, match), span


def _measures_around_names(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property]]:
    """``برد نور ۱۲۰ کیلومتر است``; ``the range of the X is 300 km``: the name stands between cue and amount."""
    text = scene.reading.text
    for each in owners.found:
        for measure in _patterns(scene).measures:
            if not owners.can_have(each, measure.rule.of):
                continue
            match = measure.amount_after.match(text, each.span.end)
            cue = measure.cue_before.search(text, max(0, each.span.start - 40), each.span.start) if match else None
            if match is not None and cue is not None:
                yield each, _measured(scene, measure.rule, match, start=cue.start())
                break


def _measured(scene: Scene, rule: PropertyRule, match: re.Match[str], start: int | None = None) -> Property:
    low, high = _value(match["low"]), _value(match["high"]) if match["high"] else None
    scale = {"million": 1e6, "billion": 1e9, "thousand": 1e3, "میلیون": 1e6, "میلیارد": 1e9, "هزار": 1e3}.get(
        (match["scale"] or "").lower(), 1
    )
    value = _plain((high if high is not None else low) * scale)
    minimum = _plain(low * scale) if high is not None else None
    maximum = value if high is not None or rule.bound else None
    unit = _patterns(scene).unit(match["unit"])
    qualifier = QUALIFIERS.get(" ".join((match["qualifier"] or "").lower().split()))
    return Property(
        name=rule.name, value=value, minimum=minimum, maximum=maximum, unit=unit,
        qualifier=qualifier, confidence=0.85, si=in_si(unit, value, minimum, maximum),
        evidence=scene.reading.source(Span(match.start("whole") if start is None else start, match.end("whole"))),
    )  # fmt: skip


def _value(number: str) -> float:
    return float(re.sub(r"[,٬]", "", number).replace("٫", ".").replace("/", "."))


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _years(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property]]:
    for rule, pattern in _patterns(scene).years:
        for match in owners.numbered(pattern, scene.reading.lower):
            year = _YEAR.search(scene.reading.text, match.end(), match.end() + 36)
            joined = scene.reading.text[match.end() : year.start()] if year else ""
            fitting = _TO_YEAR[scene.reading.language].fullmatch(joined)
            start = match.start()
            if year is None or not fitting:
                year = (
                    _first_year(scene, match.start())
                    if scene.reading.language == "en"
                    else _last_year(scene, match.start())
                )
                if year is None:
                    continue
                start = year.start()
            span = Span(min(start, year.start()), max(match.end(), year.end()))
            if (made := _object_of(scene, owners, match)) is not None:
                yield made, _year_property(scene, rule, year, Span(span.start, made.span.end))
                continue
            within = [each for each in owners.found if span.start <= each.span.start and each.span.end <= span.end]
            for owner in within[-1:] or owners.of(span):
                yield owner, _year_property(scene, rule, year, span)


def _year_property(scene: Scene, rule: PropertyRule, year: re.Match[str], span: Span) -> Property:
    return Property(
        name=rule.name, value=int(year[0]), unit="year", evidence=scene.reading.source(span), confidence=0.8
    )


def _object_of(scene: Scene, owners: Owners, verb: re.Match[str]) -> Found | None:
    """The system that an active verb has as its object: ``in 1992 Iran began to mass produce … the X``."""
    text = scene.reading.text
    if (
        scene.reading.language != "en"
        or not _OBJECT.match(text, verb.end())
        or not _SUBJECT.search(text, max(0, verb.start() - 24), verb.start())
    ):
        return None
    sentence = scene.reading.sentence(verb.start())
    for each in owners.found:
        if verb.end() <= each.span.start < min(sentence.end, verb.end() + 80) and each.span not in owners.aimed:
            return None if _CLAUSE.search(text, verb.end(), each.span.start) else each
    return None


def _first_year(scene: Scene, before: int) -> re.Match[str] | None:
    """The year of a date that opens the English sentence: "In October 2021 the X entered service"."""
    sentence = scene.reading.sentence(before)
    text = scene.reading.text
    opening = _OPENING_DATE.match(text, sentence.start, before) or _YEAR_BEFORE.search(
        text, max(sentence.start, before - 60), before
    )
    return _YEAR.search(text, opening.start(), opening.end()) if opening else None


def _last_year(scene: Scene, before: int) -> re.Match[str] | None:
    """In Persian the verb comes last: the year stands before it in the sentence."""
    sentence = scene.reading.sentence(before)
    found = list(_YEAR.finditer(scene.reading.text, max(sentence.start, before - 70), before))
    return found[-1] if found else None


def _counts(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property]]:
    """``sell 150 C-802s``: the count stands before the mention; ``only 75 were delivered``: before the verb."""
    text, lower = scene.reading.text, scene.reading.lower
    rules = _patterns(scene).counts
    for each in owners.found:
        number = re.search(
            r"(?<![\w.,$-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})(?: (?:[A-Z][a-z]+|[a-z]+-[a-z]+|فروند|دستگاه"
            r"|عدد|قبضه|تیر)){0,2}[ \u200c]$",
            text[max(0, each.span.start - 40) : each.span.start],
        )
        if number is None or (_YEAR.fullmatch(number["n"]) and "," not in number["n"]):
            continue
        noun = scene.noun_before(each.span)
        if noun is not None and noun.span.start > each.span.start - len(number[0]):
            continue
        start = max(0, each.span.start - 40) + number.start()
        sentence = scene.reading.sentence(each.span.start)
        name, cue = "quantity", start
        for rule, pattern in rules:
            window = (
                (max(sentence.start, start - 24), start)
                if scene.reading.language == "en"
                else (each.span.end, min(sentence.end, each.span.end + 60))
            )
            if cues := list(pattern.finditer(lower, *window)):
                name, cue = rule.name, cues[-1].start()
                break
        if (
            name == "quantity"
            and scene.noun_after(each.span) is None
            and not text[each.span.start : each.span.end].endswith("s")
        ):
            continue
        span = Span(min(cue, start), max(each.span.end, cue))
        yield (
            each,
            Property(
                name=name,
                value=int(_value(number["n"])),
                unit="units",
                evidence=scene.reading.source(span),
                confidence=0.8,
            ),
        )
    for match in owners.numbered(_DELIVERED, lower):
        span = Span(*match.span())
        for owner in owners.of(span) if not _YEAR.fullmatch(match["n"]) else ():
            name = {
                "delivered": "quantity_delivered",
                "received": "quantity_delivered",
                "supplied": "quantity_delivered",
                "built": "quantity_built",
            }.get(match["verb"], "quantity_ordered")
            qualifier = QUALIFIERS.get(match["qualifier"] or "")
            yield (
                owner,
                Property(
                    name=name,
                    value=int(match["n"]),
                    unit="units",
                    qualifier=qualifier,
                    evidence=scene.reading.source(span),
                    confidence=0.8,
                ),
            )


def _keywords(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property]]:
    for rule, value, pattern in _patterns(scene).keywords:
        for match in owners.matches(pattern, scene.reading.lower):
            span = Span(*match.span())
            for owner in owners.of(span, near=110):
                yield owner, Property(name=rule, value=value, evidence=scene.reading.source(span), confidence=0.7)


def _enumerated_keywords(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property]]:
    """``radar and television-guided``: each member of the enumeration is a value; the words of all are the evidence."""
    for shared in _patterns(scene).shared:
        for match in owners.matches(shared.pattern, scene.reading.lower):
            span = Span(*match.span())
            members = [shared.values[each[0]] for each in shared.stem.finditer(match[0])]
            for owner in owners.of(span, near=110):
                for value in dict.fromkeys(members):
                    evidence = scene.reading.source(span)
                    yield owner, Property(name=shared.name, value=value, evidence=evidence, confidence=0.7)


def _nouns(scene: Scene, found: Sequence[Found], beside: Mapping[Span, KindNoun]) -> Iterator[tuple[Found, Property]]:
    """Which noun of its kind the text used: a warship's ``ship_class`` is destroyer, frigate, corvette…"""
    for each in found:
        noun = beside.get(each.span)
        if noun is not None and noun.kind.noun_property and not noun.kind.weak:
            value = scene.reading.lower[noun.span.start : noun.span.end]
            value = (
                value.removesuffix("s")
                if scene.reading.language == "en" and noun.plural
                else _PERSIAN_ENDING.sub("", value)
            )
            yield (
                each,
                Property(
                    name=noun.kind.noun_property, value=value, evidence=scene.reading.source(noun.span), confidence=0.85
                ),
            )


def _patterns(scene: Scene) -> PropertyPatterns:
    return scene.vocabulary.property_patterns[scene.reading.language]
