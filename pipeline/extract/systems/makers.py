"""Where a system comes from by who made it: makers that the pack knows, and countries as the subject of making.

``made by Roketsan``; ``India developed BrahMos together with Russia``; ``ایران زیردریایی «غدیر» را ساخت``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extract.systems import phrases
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.nationality import CountryWord
from pipeline.extract.systems.owners import Owners
from pipeline.extract.systems.pack import Makers
from pipeline.extract.systems.scene import Scene
from pipeline.record import Origin, Property
from pipeline.text.offsets import Span

_MADE_BY = re.compile(
    r"\b(?:made|built|developed|designed|manufactured|produced|assembled|published|released)(?: jointly| locally)?"
    r" (?:by|with|at) (?:the )?(?:(?:[A-Z][a-z]+an|[A-Z][a-z]+ish"
    r"|company) )?(?P<name>[A-Z][\w&.-]*(?: (?:of |and )?[A-Z][\w&.-]*){0,5})"
)
_MAKES_EN = re.compile(
    r"(?: (?:has|have|had|also|then|later|jointly|successfully|itself))*"
    r" (?:developed|built|produced|designed|manufactured|unveiled|introduced|launched|builds|develops"
    r"|produces|makes|made|constructed|tested)\b"
)
_TOGETHER = re.compile(
    r"[\"”»]?(?: [a-z-]+){0,2} (?:together|jointly|in cooperation|in partnership|in collaboration) with $"
)
_MAKES_FA = re.compile(
    r"(?:ساخت|ساختند|ساخته است|می\u200cسازد|تولید کرد|تولید می\u200cکند|به تولید رساند|طراحی کرد|توسعه داد"
    r"|رونمایی کرد|پرده برداشت|پرتاب کرد"
    r"|آزمایش کرد|به آب انداخت)(?![\u0621-\u06D3])"
)
_BY_OR_OBLIQUE = re.compile(
    r"(?:^|[ \u200c])(?:از|به|در|با|برای|علیه|تا|بر|کشور|نیروی دریایی|ارتش|جنگ|سفارت|مرز)[ \u200c]+$"
)
_HOME = re.compile(r"(?:بومی|تمام[ \u200c]?ایرانی|ساخت داخل|داخلی)")
_STOP = re.compile(r"[;:]| (?:while|whereas|but|which|where|when|because|after|before)\b")


def made_by(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    """Makers and the origins that follow from them."""
    if scene.reading.language == "en":
        yield from _named_makers(scene, owners)
        yield from _making_countries(scene, owners)
    else:
        yield from _persian_makers(scene, owners)
        yield from _persian_subjects(scene, owners)
        yield from _home_made(scene, owners)


@cache
def _makers(table: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    origin = {re.sub(r"\W+", "", name).lower(): code for code, names in table for name in names}
    names = [name for _, own in table for name in own if name.isascii() == (language == "en") or language == "en"]
    if language == "fa":
        body = phrases.tree_pattern(phrases.persian_atoms(name) for name in names)
        letter = phrases.PERSIAN_LETTER
        return re.compile(rf"(?<![{letter}])(?:{body or '(?!)'})(?![{letter}])"), origin
    body = phrases.tree_pattern([re.escape(c) for c in name] for name in names)
    return re.compile(rf"(?<![\w-])(?:{body or '(?!)'})(?![\w])"), origin


def _table(makers: tuple[Makers, ...], language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = []
    for group in makers:
        names = [
            form
            for english, persian in group.names.items()
            for form in ((english,) if language == "en" else (persian or "").split("|"))
            if form
        ]
        rows.append((group.origin, tuple(names)))
    return _makers(tuple(rows), language)


def _named_makers(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    pattern, origin = _table(scene.vocabulary.pack.makers, "en")
    for match in owners.matches(_MADE_BY, scene.reading.text):
        span = Span(*match.span())
        name = Span(*match.span("name"))
        if scene.countries_within(Span(name.start, name.start + 1)):
            continue
        for each in owners.of(span, near=120):
            yield (
                each,
                Property(
                    name="manufacturer", value=match["name"].rstrip("."), confidence=0.7,
                    evidence=scene.reading.source(Span(span.start, span.end - (match["name"].endswith(".")))),
                ),
            )  # fmt: skip
            known = pattern.search(scene.reading.text, name.start, name.end + 48)
            while known is not None:
                code = origin[re.sub(r"\W+", "", known[0]).lower()]
                yield each, Origin(country=code, evidence=scene.reading.source(Span(*known.span())), basis="implied")
                known = pattern.search(scene.reading.text, known.end(), name.end) if known.end() < name.end else None


def _making_countries(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    """``Iran developed X``; ``… together with Russia``."""
    text = scene.reading.text
    for word in scene.countries:
        verb = _MAKES_EN.match(text, word.span.end)
        if word.form != "name" or verb is None:
            continue
        sentence = scene.reading.sentence(word.span.start)
        following = [
            each
            for each in owners.found
            if verb.end() <= each.span.start < min(sentence.end, verb.end() + 70)
            and not _STOP.search(text, verb.end(), each.span.start)
            and not scene.countries_within(Span(verb.end(), each.span.start))
        ]
        for each in following[:1]:
            yield each, _origin(scene, word)
            for other in scene.countries_within(Span(each.span.end, min(sentence.end, each.span.end + 60)))[:1]:
                if _TOGETHER.fullmatch(text, each.span.end, other.span.start):
                    yield each, _origin(scene, other)


def _persian_makers(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    pattern, origin = _table(scene.vocabulary.pack.makers, "fa")
    text = scene.reading.text
    for match in owners.matches(pattern, text):
        sentence = scene.reading.sentence(match.start())
        verb = _MAKES_FA.search(text, match.end(), sentence.end)
        inside = [
            each for each in owners.found if match.end() <= each.span.start < (verb.start() if verb else match.end())
        ]
        code = origin.get(re.sub(r"\W+", "", match[0]).lower())
        if code is not None:
            for each in inside[:2]:
                yield each, Origin(country=code, evidence=scene.reading.source(Span(*match.span())), basis="implied")


def _persian_subjects(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    text = scene.reading.text
    for verb in owners.matches(_MAKES_FA, text):
        sentence = scene.reading.sentence(verb.start())
        inside = [each for each in owners.found if sentence.start <= each.span.start and each.span.end <= verb.start()]
        near = [each for each in inside if verb.start() - each.span.end <= 70]
        if not near:
            near = [
                each
                for each in owners.found
                if verb.end() <= each.span.start <= verb.end() + 16
                and text[verb.end() : verb.end() + 2].strip() in {"؛", "،", ":"}
            ]
        if not near:
            continue
        subjects = [
            word
            for word in scene.countries_within(Span(sentence.start, min(near[-1].span.start, verb.start())))
            if word.form == "name" and not _BY_OR_OBLIQUE.search(text, sentence.start, word.span.start)
        ]
        word = subjects[-1] if subjects else None
        if word is not None and near[-1].span.start - word.span.end <= 110:
            run = [near[-1]] if near[-1].span.start < verb.start() else near
            for each in run:
                yield each, _origin(scene, word)


def _home_made(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    """``سامانهٔ بومی «باور-۳۷۳»``: home-made, in an article that speaks of Iran more than of any other country."""
    counts: dict[str, int] = {}
    for word in scene.countries:
        counts[word.code] = counts.get(word.code, 0) + 1
    if not counts or max(counts, key=lambda code: (counts[code], code)) != "IR":
        return
    for each in owners.found:
        noun = scene.noun_before(each.span)
        if noun is None:
            continue
        if home := _HOME.search(scene.reading.text, noun.span.end, each.span.start):
            yield each, Origin(country="IR", evidence=scene.reading.source(Span(*home.span())), basis="implied")


def _origin(scene: Scene, word: CountryWord) -> Origin:
    return Origin(country=word.code, evidence=scene.reading.source(word.span))
