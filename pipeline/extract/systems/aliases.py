"""Second names of a system, where the text gives them: ``the K-9 (known in NATO as Kite)``, ``«چلچله» (سوالو)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.systems.bare_persian import FUNCTION, is_verb
from pipeline.extract.systems.folding import fold, is_coined, is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lookalikes import is_lookalike
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span
from pipeline.text.persian_words import is_unknown

_NAME = r"[A-Z][\w'’-]*[\w](?: [A-Z][\w'’-]*[\w]){0,2}"
_LATIN_BRACKET = re.compile(
    r"[»”\"]?[ \u200c]\((?:NATO:? )?[«“\"]?(?P<name>[A-Z][\w+#.'-]*\w(?: [A-Z0-9][\w'-]*){0,2})[»”\"]?\)"
)
_PERSIAN_BRACKET = re.compile(
    rf"[»”\"]?[ \u200c]\([«“\"]?(?P<name>[{PERSIAN_LETTER}\u200c]+(?: [{PERSIAN_LETTER}\u200c]+){{0,2}})[»”\"]?\)"
)
_QUOTED_BRACKET = re.compile(r" \([“\"](?P<name>[A-Z][\w' -]{1,28})[”\"]\)")


@cache
def _also(cues: str) -> re.Pattern[str]:
    return re.compile(
        rf"[”\"»]?,? ?\(?(?:(?:which|that) (?:is|was) )?(?P<former>formerly (?:the )?(?:[A-Z][a-z]+ )?)?"
        rf"(?:(?:also|otherwise|better|locally|commonly|sometimes|variously|formerly|earlier|originally|initially|previously"
        rf"|later|now) )*"
        rf"(?:(?:{cues}|known|called|designated|referred to)(?: (?:in|by"
        rf"|to) (?:the )?[A-Z][\w]*(?: [A-Z][\w]*)?)?(?: as| the)* )"
        rf"(?:the )?[“\"«]?(?P<name>{_NAME}|[A-Z]{{1,4}}-\d{{1,4}})"
    )


_FORMERLY = re.compile(rf",? \(?(?:formerly|ex-?|previously) ?(?:the )?(?:[A-Z][a-z]+ )?(?P<name>{_NAME})(?=[,.;)])")


def aliases(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """The second names that follow a mention, under the mention's own key."""
    text = scene.reading.text
    taken = [each.span for each in found]
    for each in found:
        for span in _second_names(scene, each):
            name = text[span.start : span.end]
            if any(span.overlaps(other) for other in taken) or fold(name) == each.key:
                continue
            taken.append(span)
            yield Found(
                reading=scene.reading, span=span, pack=each.pack, key=each.key, name=name, method="alias",
                kind=each.kind, known_kind=each.known_kind, origin=each.origin,
            )  # fmt: skip


def _second_names(scene: Scene, each: Found) -> Iterator[Span]:
    text, end = scene.reading.text, each.span.end
    if scene.reading.language == "en":
        noun = scene.noun_after(each.span)
        # "The X missile, called Y" gives a second name; "a version of the X missile called Y" does not.
        if noun is not None and text.startswith(",", noun.span.end):
            after = _also(scene.vocabulary.naming["en"]).match(text, noun.span.end)
            span = Span(*after.span("name")) if after is not None else None
            if span is not None and _can_name(scene, span, ship=_is_ship(scene, each)):
                yield span
                return
        match = _also(scene.vocabulary.naming["en"]).match(text, end) or _QUOTED_BRACKET.match(text, end)
        if match is None and _is_ship(scene, each):
            match = _FORMERLY.match(text, end)
        if match is not None:
            span = Span(*match.span("name"))
            if _can_name(scene, span, ship=_is_ship(scene, each)):
                yield span
        return
    for pattern in (_LATIN_BRACKET, _PERSIAN_BRACKET):
        if match := pattern.match(text, end):
            span = Span(*match.span("name"))
            if pattern is _LATIN_BRACKET and not _stands_for(scene, each, text[span.start : span.end]):
                continue
            if pattern is _PERSIAN_BRACKET and not _persian_name(scene, each, text[span.start : span.end]):
                continue
            if _can_name(scene, span):
                yield span


def _is_ship(scene: Scene, each: Found) -> bool:
    kind = each.kind or each.known_kind
    return kind is not None and any(scene.vocabulary.kinds[line].apposed for line in scene.vocabulary.lineage(kind))


def _stands_for(scene: Scene, each: Found, name: str) -> bool:
    """Whether a Latin name in brackets after a Persian one is that system's own and not its maker's."""
    if is_latin(each.text):
        return False
    known = scene.vocabulary.known.get(fold(name))
    from pipeline.text.transliteration import similarity

    return bool(known) or is_coined(name) or similarity(name, each.text) >= 0.7


def _persian_name(scene: Scene, each: Found, name: str) -> bool:
    words = name.split()
    if any(word in FUNCTION or is_verb(word) for word in words) or is_country_word(name):
        return False
    if any(known.en == each.name or fold(known.en) == each.key for known in scene.vocabulary.known.get(fold(name), [])):
        return True
    return all(is_unknown(word) for word in words)


def _can_name(scene: Scene, span: Span, *, ship: bool = False) -> bool:
    name = scene.reading.text[span.start : span.end]
    language = "en" if is_latin(name) else "fa"
    words = name.split()
    return not (
        is_country_word(name)
        or scene.vocabulary.is_never("en" if language == "en" else "fa", name)
        or (scene.vocabulary.is_never("en" if language == "en" else "fa", words[0]) and not (ship and len(words) > 1))
        or is_lookalike(scene.reading, span)
        or scene.nouns_within(span)
    )
