"""A found name grows to the whole name that is written: ``MiG-21 Bison``, ``Exocet SM39``, ``TLS 1.3``.

Two mentions with nothing but a space between them are one name; a designation takes the popular name after it; a
protocol, model or data set takes its version; a known name goes on over the capitals that follow, and is no system at
all where they make an organisation of it ("Raspberry Pi Foundation").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.systems.folding import fold, is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.growth_persian import is_tail, whole_persian
from pipeline.extract.systems.lookalikes import NUMBERED, is_lookalike
from pipeline.extract.systems.names_english import OPENERS
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þİ][\w'’]*[a-z\u00e0-\u024f](?:-(?:[a-z]{1,3}-)?[A-Z][\w]*)*"
_NICKNAME = re.compile(
    rf" (?P<open>[“\"]?)(?P<name>{_CAPITAL}|[A-Z]{{4,6}})(?P<close>[”\"]?)(?: (?P<tail>II|III))?(?![\w-])"
)
_NEXT_CAPITAL = re.compile(r" [A-Z]")
_MAKER_BEFORE = re.compile(r"\b(?:[Tt]he|an?|its|with|of) (?P<maker>[A-Z][A-Z]{2,9}|[A-Z][a-z]{3,11}) $")
_DESIGNATION = re.compile(r" [A-Z]{1,4}-?\d{1,4}[A-Z]?(?![\w/])")
_VERSION = re.compile(r" v?\d{1,2}(?:\.\d{1,2}){1,2}(?![\w%]| ?(?:km|kg|per|percent|million|billion|times)\b)")
_CONTINUATION = re.compile(rf"(?: (?:{_CAPITAL}|[A-Z]{{2,5}}(?!\w)))+")
_VERSIONED = frozenset({"dataset", "model", "protocol", "standard"})
#: Words that end the name of an organisation, a meeting or a publication.
_ORGANISATION = frozenset(
    """Foundation Inc Corporation Corp Company Ltd Limited Group Research Institute University Lab Labs Laboratory
    Laboratories Team Community Association Consortium Conference Summit Journal Press Books Society Academy Agency
    Office Center Centre Committee Council Alliance School Department Programme Program Symposium Workshop""".split()
)
#: Capitalised words after a designation that are not its popular name.
_NO_NICKNAME = frozenset(
    """Block Mark Type Class Version Model Flight Batch Program Programme Project Agreement Deal Report Contract Joint
    Series Generation Variant Missile Missiles System Systems Fighter Fighters Aircraft Helicopter Radar Air
    Naval""".split()
)


def grown(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """The mentions of one reading, in text order and apart from each other, each as long as its name is."""
    merged = _merged(scene, found)
    result: list[Found] = []
    for index, each in enumerate(merged):
        limit = merged[index + 1].span.start if index + 1 < len(merged) else len(scene.reading.text)
        whole = _whole(scene, each)
        if whole is not None:
            result.append(whole if whole.span.end <= limit else each)
    return result


def _merged(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Neighbours joined where only a space parts them and one of them is the other's designation or popular name."""
    merged: list[Found] = []
    for each in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and scene.reading.text[last.span.end : each.span.start] == " "
            and last.pack is each.pack
            and is_latin(last.text) == is_latin(each.text)
            and not last.text.endswith(("-class", "-type"))
            and (is_latin(last.text) or last.method == "pattern" or is_tail(each.text))
            and _one_thing(scene, last, each)
        ):
            designated = last.method == "pattern" and any(character.isdigit() for character in last.text)
            key = last.key if designated else fold(last.text + each.text)
            name = last.name if designated else f"{last.text} {each.text}"
            aliases = (*last.aliases, each.name) if designated and each.method == "known-name" else last.aliases
            if not is_latin(last.text) and last.method != "pattern":
                aliases = (*aliases, last.text)  # the text may go on without the letters: ماگورا وی۵، ماگورا
            merged[-1] = replace(
                last, span=Span(last.span.start, each.span.end), key=key, name=name, aliases=aliases,
                kind=last.kind or each.kind, known_kind=last.known_kind or each.known_kind,
                origin=last.origin or each.origin,
            )  # fmt: skip
        else:
            merged.append(each)
    return merged


def _one_thing(scene: Scene, one: Found, other: Found) -> bool:
    kinds = [each.known_kind or each.kind for each in (one, other)]
    if kinds[0] is None or kinds[1] is None:
        return True
    lines = [scene.vocabulary.lineage(kind) for kind in kinds if kind is not None]
    return lines[0][-1] == lines[1][-1]


def _whole(scene: Scene, each: Found) -> Found | None:
    if not is_latin(each.text):
        return whole_persian(scene, each)
    text, end = scene.reading.text, each.span.end
    if each.text.endswith(("-class", "-type", "-series")) or scene.reading.in_title(end):
        return each
    if each.method in {"pattern", "alias"} and each.text[-1:] != "s" and any(c.isdigit() for c in each.text):
        start = each.span.start
        maker = _MAKER_BEFORE.search(text, max(0, start - 20), start)
        if maker and each.known_kind in {None, "engine", "turbofan"} and _is_free(scene, maker["maker"]):
            start = maker.start("maker")
        after = _after_nickname(scene, end)
        nickname = text[end:after].strip(' “”"')
        aliases = (*each.aliases, nickname) if nickname and not re.search(r" I+$", nickname) else each.aliases
        return replace(each, span=Span(start, after), aliases=aliases)
    if each.method in {"known-name", "kind-noun", "quoted-name", "list"}:
        if (match := _DESIGNATION.match(text, end)) and each.method == "known-name":
            span = Span(each.span.start, match.end())
            if not is_lookalike(scene.reading, Span(match.start() + 1, match.end())):
                name = text[span.start : span.end]
                return replace(each, span=span, key=fold(name), name=name)
        kinds = {each.kind, each.known_kind}
        lines = {line for kind in kinds if kind for line in scene.vocabulary.lineage(kind)}
        if lines & _VERSIONED and (match := _VERSION.match(text, end)):
            return replace(each, span=Span(each.span.start, match.end()))
    if each.method == "known-name":
        return _continued(scene, each)
    return each


def _is_free(scene: Scene, word: str) -> bool:
    """Whether a capitalised word can be part of a name in this field."""
    return not (
        scene.vocabulary.is_never("en", word)
        or is_country_word(word)
        or word in OPENERS
        or word in NUMBERED
        or word in _NO_NICKNAME
        or word.lower() in scene.vocabulary.heads
    )


def _after_nickname(scene: Scene, end: int) -> int:
    """The offset after the popular name that follows a designation, or ``end``."""
    text = scene.reading.text
    match = _NICKNAME.match(text, end)
    if match is None or bool(match["open"]) != bool(match["close"]) or not _is_free(scene, match["name"]):
        return end
    if _NEXT_CAPITAL.match(text, match.end()) or scene.nouns_within(Span(match.start("name"), match.end("name"))):
        return end
    if match["name"].lower() in scene.reading.common_words:
        return end
    return match.end()


def _continued(scene: Scene, each: Found) -> Found | None:
    """A known name with the capitals after it; None where they name an organisation."""
    text, end = scene.reading.text, each.span.end
    match = _CONTINUATION.match(text, end)
    if match is None:
        return each
    words = match[0].split()
    if _ORGANISATION & set(words):
        return None
    if len(words) > 2 or not all(_is_free(scene, word) for word in words) or words[0].isupper():
        return each
    if scene.nouns_within(Span(end, match.end())) or any(w.lower() in scene.reading.common_words for w in words):
        return each
    span = Span(each.span.start, match.end())
    name = text[span.start : span.end]
    return replace(each, span=span, key=fold(name), name=name)
