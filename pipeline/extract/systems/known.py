"""The known-name layer: proper names that the pack lists, where their context asks for nothing or is met."""

from __future__ import annotations

import re

from pipeline.extract.systems.bare_persian import OTHER_THING, is_foreign
from pipeline.extract.systems.folding import fold, is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KnownName
from pipeline.text.offsets import Span

_QUOTES_BEFORE = re.compile(r"[“«\"]$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|to|near|off|of|into|toward|towards|around) $|(?:در|به|از|بندر|جزیره|شهر|استان|کوه"
    r"|خلیج|تنگه)[ٔه]? $"
)
_PLACE_AFTER = re.compile(
    r" (?:[Ii]slands?|[Mm]ountains?|[Pp]ort|[Cc]ity|[Pp]rovince|[Gg]ulf|[Ss]trait|[Rr]iver|[Uu]niversity"
    r"|[Ss]treet|[Bb]ase)\b"
)

_COUNTED = re.compile(r"(?:فروند|دستگاه|قبضه)[ \u200c]$")
#: Articles make a thing of a name (mountains and rivers take one too: the paragraph decides).
_ARTICLE = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Aa]n?|[Tt]heir)(?: [a-z\d.]+-[a-z-]+| (?:new|small|first|second|older|old))? $"
)
_SENT = re.compile(r"\b(?:orbited|lofted|launched|test-fired|fired|carried|lost|unveiled|tested|powered by) $")
_MADE = re.compile(
    r", (?:which (?:is|was) )?(?:built|designed|developed|produced|launched|manufactured|assembled) (?:by|in|with)\b"
)
_MEASURED = re.compile(r" (?:of |\()\d[\d.,]* ?(?:kg|t|tonnes|tons|m)\b")
_LONGER = re.compile(
    r" [A-Z](?![A-Z]{0,2}-?\d)| (?:mountains?|peak|summit|river|valley|plain|province|strait|gulf)\b|-[A-Za-z]"
)
#: The name of a class of ships, which is no ship of its own.
_CLASS_AFTER = re.compile(r"[ -](?:[Cc]lass|CLASS)\b")


def known_names(scene: Scene) -> list[Found]:
    """The known names of a scene's pack, in order."""
    found = []
    languages = ("en", "fa") if scene.reading.language == "fa" else ("en",)
    for language in languages:
        for match in scene.vocabulary.known_patterns["fa" if language == "fa" else "en"].finditer(scene.reading.text):
            span = Span(*match.span())
            names = scene.vocabulary.known[fold(match[0])]
            chosen = _chosen(scene, span, names)
            if chosen is not None:
                found.append(
                    Found(
                        reading=scene.reading,
                        span=span,
                        pack=scene.vocabulary.pack,
                        key=fold(chosen.en),
                        name=chosen.en,
                        method="known-name",
                        known_kind=chosen.kind,
                        origin=chosen.origin,
                    )
                )
    return found


def _chosen(scene: Scene, span: Span, names: list[KnownName]) -> KnownName | None:
    """The reading of the name that the context allows; among several the one whose kind is spoken of beside it."""
    text = scene.reading.text
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 14]
    beside = scene.noun_beside(span)
    if beside is not None:
        fitting = [name for name in names if beside.kind.weak or _related(scene, name.kind, beside.kind.id)]
        if fitting:
            return min(fitting, key=lambda name: not _akin(scene, name.kind, beside.kind.id))
    persian = not is_latin(text[span.start : span.end])
    if _CLASS_AFTER.match(after) or (persian and OTHER_THING.search(text[max(0, span.start - 18) : span.start])):
        return None
    near = scene.noun_in_sentence(span)
    quoted = bool(_QUOTES_BEFORE.search(before))
    open_ = near is not None and not _is_place(before, after) and not is_country_word(text[span.start : span.end])
    if persian and near is None and _COUNTED.search(text, max(0, span.start - 12), span.start):
        near = scene.noun_in_paragraph(span)
        open_ = near is not None
    usable = []
    for name in names:
        fits = near is not None and _related(scene, name.kind, near.kind.id)
        if (
            (name.context == "free" and not (persian and len(name.fa or "") < 3))
            or (open_ and name.context == "noun" and (not persian or quoted or (fits and _stands_alone(scene, span))))
            or (open_ and name.context == "adjacent" and persian and quoted and fits)
            or (name.context != "free" and not persian and _is_thing(scene, span, name))
        ):
            usable.append((not fits, name))
    return min(usable, key=lambda each: each[0])[1] if usable else None


def _is_thing(scene: Scene, span: Span, name: KnownName) -> bool:
    """``the Safir``, ``Mahda of 32 kg``, ``orbited Soraya``: a thing's name, near a noun of its kind."""
    text = scene.reading.text
    told = (
        _ARTICLE.search(text, max(0, span.start - 28), span.start)
        or _SENT.search(text, max(0, span.start - 16), span.start)
        or _MEASURED.match(text, span.end)
        or _MADE.match(text, span.end)
    )
    if not told or _PLACE_AFTER.match(text, span.end) or _LONGER.match(text, span.end):
        return False
    near = scene.nouns_within(scene.reading.paragraph(span))
    strong = [noun.kind.id for noun in near if not noun.kind.weak]
    if not any(scene.vocabulary.kinds[line].apposed for line in scene.vocabulary.lineage(name.kind)):
        return bool(strong)
    return any(_related(scene, name.kind, kind) for kind in strong)


def _stands_alone(scene: Scene, span: Span) -> bool:
    """Whether a Persian name needs no noun: counted, of a nation (``هاگ آمریکایی``), or no word of the language."""
    text = scene.reading.text
    if _COUNTED.search(text, max(0, span.start - 12), span.start):
        return True
    words = scene.countries_within(Span(span.end, span.end + 2))
    if words and words[0].form == "adjective":
        return True
    return all(is_foreign(word) for word in text[span.start : span.end].split()) and not _PLACE_BEFORE.search(
        text, max(0, span.start - 12), span.start
    )


def _related(scene: Scene, one: str, other: str) -> bool:
    line_one, line_other = scene.vocabulary.lineage(one), scene.vocabulary.lineage(other)
    return one in line_other or other in line_one or line_one[-1] == line_other[-1]


def _akin(scene: Scene, one: str, other: str) -> bool:
    """Whether one kind is a finer reading of the other."""
    return one in scene.vocabulary.lineage(other) or other in scene.vocabulary.lineage(one)


def _is_place(before: str, after: str) -> bool:
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after))
