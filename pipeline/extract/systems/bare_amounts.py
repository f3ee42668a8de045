"""Amounts that no cue explains: in brackets after a name, after "of", before the name, as a Mach number, as money.

``K-4 (3,500 km)``; ``a ship of 27,436 tonnes``; ``ناوهای ۹۵۰ تنی «ببر»``; ``flies at Mach 2.8``; ``$375 million``.
Which property is meant follows from the unit and from what the system is: a rule of the pack marked ``bare``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lists import linked
from pipeline.extract.systems.owners import Owners
from pipeline.extract.systems.pack import PropertyRule
from pipeline.extract.systems.property_patterns import NUMBER, QUALIFIERS
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.si import in_si
from pipeline.record import Property
from pipeline.text.offsets import Span

_SCALES = {"million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "thousand": 1e3, "هزار": 1e3, "میلیون": 1e6}
_MACH = re.compile(r"\b(?:Mach|ماخ) ?(?P<low>\d+(?:[.٫]\d+)?)(?: ?[-–] ?(?P<high>\d+(?:[.٫]\d+)?))?", re.IGNORECASE)
_MONEY = re.compile(rf"(?:US)?(?P<sign>[$€]) ?(?P<low>{NUMBER})(?: ?(?P<scale>million|billion|bn|m)\b)?")
#: Between a name and the bracket that holds its measure: at most its noun; not the same measure in another unit.
_NAME_ONLY = re.compile(r"s?[\"”»]?(?: [a-z-]+){0,3} ?")
_MONEY_UNIT = {"$": "USD", "€": "EUR"}
_FOR_MONEY = re.compile(
    r"(?:\b(?:worth|cost|costs|costing|price|priced at|contract|deal|for|at|valued at|sold)\b[^.;()]{0,40}|\(|, )$",
    re.IGNORECASE,
)


def bare_amounts(scene: Scene, owners: Owners, taken: Sequence[Span]) -> Iterator[tuple[Found, Property]]:
    """The amounts of a reading that stand without a cue, less those inside spans that a cue explained."""
    text = scene.reading.text
    patterns = scene.vocabulary.property_patterns[scene.reading.language]
    done = list(taken)

    def free(span: Span) -> bool:
        return not any(span.overlaps(other) for other in done)

    for match in owners.numbered(patterns.bare, text):
        span = Span(match.start("low"), match.end())
        for each, rule in _meant(scene, owners, match, span) if free(span) else ():
            done.append(span)
            yield each, _property(scene, rule, match, patterns.unit(match["unit"]))
    for rule in scene.vocabulary.pack.properties:
        if "Mach" in rule.units:
            for match in owners.numbered(_MACH, text):
                span = Span(*match.span())
                for each in owners.of(span, kinds=rule.of) if free(span) else ():
                    done.append(span)
                    yield each, _property(scene, rule, match, "Mach")
        if "USD" in rule.units:
            for match in owners.numbered(_MONEY, text):
                span = Span(*match.span())
                sentence = scene.reading.sentence(span.start)
                if not free(span) or not _FOR_MONEY.search(text, max(sentence.start, span.start - 60), span.start):
                    continue
                for each in owners.of(span, kinds=rule.of, near=120):
                    done.append(span)
                    yield each, _property(scene, rule, match, _MONEY_UNIT[match["sign"]])


def _meant(scene: Scene, owners: Owners, match: re.Match[str], span: Span) -> Iterator[tuple[Found, PropertyRule]]:
    """Whose amount it is, and which property: by where it stands."""
    unit = scene.vocabulary.property_patterns[scene.reading.language].unit(match["unit"])
    rules = [rule for rule in scene.vocabulary.pack.properties if rule.bare and unit in rule.units]
    if scene.reading.language == "fa":
        yield from _before_names(scene, owners, match, rules)
        return
    for rule in rules:
        if match["opening"] == "(":
            owner = owners.of(span, kinds=rule.of)
            beside = [each for each in owner if _NAME_ONLY.fullmatch(scene.reading.text, each.span.end, match.start())]
        else:
            near = 24 if match["opening"].startswith(",") else 240
            owner = owners.of(span, kinds=rule.of)
            beside = [each for each in owner if match.start() - each.span.end <= near and rule.of]
        if beside:
            yield beside[-1], rule
            return


def _before_names(
    scene: Scene, owners: Owners, match: re.Match[str], rules: Sequence[PropertyRule]
) -> Iterator[tuple[Found, PropertyRule]]:
    """``ناوهای ۹۵۰ تنی «ببر» و «پلنگ»``: the amount stands between the noun and the names it holds for."""
    if scene.reading.text.endswith("با", 0, match.start()):
        for rule in rules:
            owner = owners.of(Span(match.start("low"), match.end()), kinds=rule.of) if rule.of else []
            if owner:
                yield owner[-1], rule
                return
    noun = scene.noun_before(Span(match.start("low"), match.end()))
    following = [each for each in owners.found if 0 <= each.span.start - match.end() <= 12]
    if noun is None or not following:
        return
    index = owners.found.index(following[0])
    run = [following[0]]
    for each in owners.found[index + 1 :]:
        if not linked(scene.reading.text, run[-1].span, each.span):
            break
        run.append(each)
    for rule in rules:
        having = [each for each in run if owners.can_have(each, rule.of)]
        if having:
            yield from ((each, rule) for each in having)
            return


def _property(scene: Scene, rule: PropertyRule, match: re.Match[str], unit: str | None) -> Property:
    groups = match.groupdict()
    scale = _SCALES.get((groups.get("scale") or "").lower(), 1)
    low = _value(match["low"], scale)
    high = _value(groups["high"], scale) if groups.get("high") else None
    value = high if high is not None else low
    minimum, maximum = (low, high) if high is not None else (None, value if rule.bound else None)
    return Property(
        name=rule.name, value=value, minimum=minimum, maximum=maximum, unit=unit,
        qualifier=QUALIFIERS.get(groups.get("qualifier") or ""), si=in_si(unit, value, minimum, maximum),
        evidence=scene.reading.source(Span(match.start("low") if "sign" not in groups else match.start(), match.end())),
        confidence=0.75,
    )  # fmt: skip


def _value(number: str, scale: float) -> int | float:
    value = float(re.sub(r"[,٬]", "", number).replace("٫", ".")) * scale
    return int(value) if value == int(value) else value
