"""The kind-noun layer in English: names that a noun of kind stands beside.

“Noor” long-range anti-ship missile; the Sabalan destroyer; the destroyers Alvand and Alborz; a program called Kite;
frameworks such as Dart-Net and Kite; Kite, an open-source platform. Each construction gives candidates; one set of
tests decides which of them can be names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.systems.folding import fold, is_coined
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lookalikes import is_lookalike
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.text.numerals import parse_number
from pipeline.text.offsets import Span

_WORD = r"[A-Z](?:[\w+#-]|'(?!s\b))*[\w+#]"
_CODE = r"[a-z]{2,}\d[a-z]+(?: \d\.\d)?|[a-z][A-Z]\w+"
#: The number on a ship's side and her name: ``HQ-011 Dinh Tien Hoang``.
_HULL = rf"[A-Z]{{1,4}}-?\d{{2,4}} {_WORD}(?:[ -]{_WORD}){{1,3}}"
_NAME = rf"(?:{_HULL}|{_WORD}(?: (?:of |de |e )?{_WORD}){{0,2}}(?:[- ]\d{{1,4}}[A-Z]?(?![\w]))?)"
_NOT_MODIFIER = (
    r"(?!(?:a|an|the|of|and|or|to|in|on|at|for|with|by|from|is|was|were|are|be|has|have|had|that|which|who"
    r"|as|into|than|but|not|can|will|its|their|his|this|these|those|it|such|like|whose"
    r"|including|over|against|via|when|where|between|sold|sells|bought|used|uses|made|makes|other|own|many"
    r"|several|some|more|no|any|all|both|first|two|three|four|five) )"
)
_MODIFIERS = rf"(?:{_NOT_MODIFIER}[a-z][a-z/-]*,? ){{0,4}}"
_QUOTED_BEFORE = re.compile(
    rf"[“\"«](?P<name>[A-Z\u0600-\u06FF][^“”\"«»\n]{{1,38}}?),?[”\"»] {_MODIFIERS}(?:[A-Z][a-z]+ )?$"
)
_NAMED_BEFORE = re.compile(
    rf"(?<![\w.'’&/-])(?P<name>{_WORD}(?: {_WORD}){{0,2}}(?:[- ]\d{{1,4}}[A-Z]?)?)(?P<class>[- ](?:class"
    rf"|type|series))? {_MODIFIERS}$"
)
_QUOTED_AFTER = re.compile(
    r"(?: \([A-Z]+s?\))?,?(?: (?:the|is|was|its))* ?[“\"«](?P<name>[A-Z\u0600-\u06FF][^“”\"«»\n]{1,38}?),?[”\"»]"
)
_APPOSED = re.compile(rf" (?:the )?(?P<name>{_NAME})")
_LIST = re.compile(r"(?: \([A-Z]+s?\))?,? (?:such as|like|including|namely|e\.g\.,?|especially|for example,?) ")
_ITEM = re.compile(rf"(?:the |its |our (?:own )?)?[“\"«]?(?P<name>{_CODE}|{_NAME})[”\"»]?(?: \([^()\n]{{1,30}}\))?")
#: A plural noun and at least two names after a comma; a noun and one name between commas.
_AFTER_COMMA = re.compile(r"(?: \([A-Z]+s?\))?(?:,|:) ")
_BETWEEN_COMMAS = re.compile(rf"(?: \([A-Z]+s?\))?, (?:the |our )?(?P<name>{_CODE}|{_NAME})(?=[,.;)])")
_NEXT_ITEM = re.compile(r"(?:, and |, or |, | and | or | as well as )")
_APPOSITION = re.compile(
    rf"(?<![\w.'’-])(?P<name>{_CODE}|{_NAME})(?: ?\[?\ufffc+\]?| \[\d+\])?(?:, | is | was | – | — "
    rf"|: )(?:an?|the|our|one of the)"
    rf" (?P<between>(?:{_NOT_MODIFIER}[\w-]+,? ){{0,6}})$"
)
#: ``with Mosquitto as the broker``.
_AS = re.compile(
    rf"\b(?:with|using|used|uses?|chose|chosen|adopt(?:s|ed)?|employ(?:s|ed)?|took) (?P<name>{_CODE}|{_NAME}) as"
    rf" (?:the|an?|its|our|their|his) (?:{_NOT_MODIFIER}[\w-]+ ){{0,3}}$"
)
_ENUMERATED = re.compile(
    rf"(?<![\w.'’-])(?P<list>(?:{_CODE}|{_NAME})(?:,? (?:and )?(?:{_CODE}|{_NAME})){{1,4}}), "
    rf"(?:two|three|four|five|both|all|several|the|popular|other) (?:{_NOT_MODIFIER}[\w-]+,? ){{0,3}}$"
)
_HEAD = re.compile(
    r"(?: (?:that|which|to|for|with|in|on|by|developed|designed|based|built|written|implemented|running"
    r"|made|created|launched|released|introduced|intended|supporting|providing|allowing|enabling|offering"
    r"|using|used|from|of|and|capable|where|whose|called|at)\b|s?[,.;:)])"
)
_MADE_BY = re.compile(r",? (?:by|from|developed|released|proposed|introduced|trained|published|created) ")
_OR = re.compile(r"\s+or\s+|\s*/\s*")
_WINDOW = 96


def english_names(scene: Scene) -> list[Found]:
    """The names that English constructions with a kind noun give."""
    if scene.reading.language != "en":
        return []
    return [found for noun in scene.nouns for found in _around(scene, noun)]


def _around(scene: Scene, noun: KindNoun) -> Iterator[Found]:
    text = scene.reading.text
    start = noun.span.start
    before = text[max(0, start - _WINDOW) : start]
    offset = start - len(before)
    if (match := _QUOTED_BEFORE.search(before)) and not noun.kind.weak:
        yield from _quoted(scene, noun, Span(*match.span("name")).shift(offset))
    elif (match := _search_last(_NAMED_BEFORE, before)) and _licenses(noun, match["name"]):
        yield from _bare(scene, noun, Span(*match.span("name")).shift(offset), match["class"] or "")
    if " as " in before and (match := _search_last(_AS, before)):
        span = Span(*match.span("name")).shift(offset)
        if (not noun.kind.weak or noun.kind.bare_latin) and can_name(scene, span, strict=True):
            yield _found(scene, span, noun, "kind-noun")
    if noun.plural and " and " in before and (match := _search_last(_ENUMERATED, before)):
        yield from _enumerated(scene, noun, Span(*match.span("list")).shift(offset))
    if match := _search_last(_APPOSITION, before):
        yield from _apposition(scene, noun, Span(*match.span("name")).shift(offset), match["between"])
    if scene.reading.in_title(start):
        # Titles capitalise all words: only what is visibly a name counts after a noun there.
        yield from (found for found in _after(scene, noun) if _is_visible(scene, found))
    else:
        yield from _after(scene, noun)


def _is_visible(scene: Scene, found: Found) -> bool:
    return (
        is_coined(found.text)
        or found.method == "quoted-name"
        or any(character.isdigit() for character in found.text)
        or fold(found.text) in scene.vocabulary.known
    )


def _licenses(noun: KindNoun, name: str) -> bool:
    """Whether the noun alone makes a name of the word before it; a weak one only of a coined word (``ERA5``)."""
    if not noun.kind.weak:
        return True
    return noun.kind.bare_latin and (is_coined(name) or is_country_word(name.split(maxsplit=1)[0]))


def _search_last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match of a pattern that ends with the text; cheap because it must begin at a capital."""
    return pattern.search(text) if not text.islower() else None


def _after(scene: Scene, noun: KindNoun) -> Iterator[Found]:
    text, end = scene.reading.text, noun.span.end
    naming = _naming_pattern(scene.vocabulary.naming["en"]).match(text, end)
    if naming:
        span = Span(*naming.span("quoted" if naming["quoted"] else "bare"))
        if can_name(scene, span, strict=False):
            yield _found(scene, span, noun, "quoted-name" if naming["quoted"] else "kind-noun")
        return
    if not noun.kind.weak and (match := _QUOTED_AFTER.match(text, end)):
        yield from _quoted(scene, noun, Span(*match.span("name")))
        return
    if match := _LIST.match(text, end):
        yield from _listed(scene, noun, match.end())
        return
    if noun.plural and (comma := _AFTER_COMMA.match(text, end)):
        first = _ITEM.match(text, comma.end())
        if first and _NEXT_ITEM.match(text, first.end()):
            listed = list(_listed(scene, noun, comma.end()))
            if len(listed) > 1:
                yield from listed
                return
    if between := _BETWEEN_COMMAS.match(text, end):
        span = Span(*between.span("name"))
        name = text[span.start : span.end]
        fits = is_coined(name) if noun.kind.weak else not noun.plural and not noun.capital
        if fits and can_name(scene, span, strict=True):
            yield _found(scene, span, noun, "kind-noun")
        return
    if noun.kind.weak and noun.kind.bare_latin and not noun.plural and (match := _APPOSED.match(text, end)):
        span = Span(*match.span("name"))
        name = text[span.start : span.end]
        if (is_coined(name) or re.search(r"[a-z] \d{1,2}$", name)) and can_name(scene, span, strict=True):
            yield _found(scene, span, noun, "kind-noun")
        return
    if noun.kind.apposed or (noun.kind.bare_latin and not noun.kind.weak):
        match = _APPOSED.match(text, end)
        if match and not noun.capital and not (noun.plural and noun.kind.weak):
            span = Span(*match.span("name"))
            if can_name(scene, span, strict=True) and not (noun.kind.apposed and text[span.start : span.end].isupper()):
                yield _found(scene, span, noun, "kind-noun")
                if noun.plural:
                    yield from _further(scene, noun, match.end(), strict=True)


@cache
def _naming_pattern(cues: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?: \([A-Z]+s?\))?,?(?: (?:which|that))?(?: (?:is|was|were|are))? (?:{cues}) (?:the |as )?"
        rf"(?:[“\"«](?P<quoted>[^“”\"«»\n]{{2,38}}?),?[”\"»]|(?P<bare>{_NAME}))"
    )


def _quoted(scene: Scene, noun: KindNoun, span: Span) -> Iterator[Found]:
    """A name in quotation marks; "X or Y" there are two names of one system."""
    text = scene.reading.text
    parts = []
    at = span.start
    for separator in [*_OR.finditer(text, span.start, span.end), None]:
        part = Span(at, separator.start() if separator else span.end)
        if can_name(scene, part, strict=False):
            parts.append(part)
        at = separator.end() if separator else span.end
    for part in parts:
        key = _key(scene, text[parts[0].start : parts[0].end])
        yield _found(scene, part, noun, "quoted-name", key=key)


def _bare(scene: Scene, noun: KindNoun, span: Span, class_word: str) -> Iterator[Found]:
    """A capitalised name before the noun: ``the Sabalan destroyer``, ``Alborz-class submarines``.

    A class of ships is named by its first ship, but is another thing: it keeps its ``-class``.
    """
    text = scene.reading.text
    kept = _without_leading(scene, span)
    if kept is None:
        return
    span = kept
    name = text[span.start : span.end]
    if (noun.capital or scene.reading.in_title(kept.start)) and not is_coined(name):
        return
    following = re.match(r" ([a-z]+)", text[noun.span.end : noun.span.end + 24])
    if following and following[1] in scene.vocabulary.heads:
        return
    if name.isupper() and (noun.kind.apposed or noun.plural or f"({name})" in text) and not class_word:
        return
    if class_word or name.endswith(("-type", "-series")):
        return
    if can_name(scene, span, strict=True):
        yield _found(scene, span, noun, "kind-noun", key=_key(scene, name))


def _without_leading(scene: Scene, span: Span) -> Span | None:
    """The span less the country words and titles it begins with (``Chinese Yuan`` leaves ``Yuan``)."""
    text = scene.reading.text
    countries = [
        word.span
        for word in scene.countries_within(Span(max(0, span.start - 30), span.end))
        if word.span.end > span.start
    ]
    at = max((country.end for country in countries), default=span.start)
    parted = False
    for word in re.finditer(r"[^ ]+", text[at : span.end]):
        if opens_phrase(word[0]) or (at > span.start and word.start() == 0):
            continue
        if not scene.vocabulary.is_never("en", word[0]):
            # What is left of "Sea Falcon helicopter" is no name: a word that is none by itself may belong to one.
            return Span(at + word.start(), span.end) if not parted else None
        parted = True
    return None


def _listed(scene: Scene, noun: KindNoun, at: int) -> Iterator[Found]:
    match = _ITEM.match(scene.reading.text, at)
    if match:
        span = Span(*match.span("name"))
        further = list(_further(scene, noun, match.end(), strict=True, listed=True))
        if _can_be_listed(scene, noun, span) or (_vouched_for(further) and can_name(scene, span, strict=True)):
            yield _found(scene, span, noun, "list")
        yield from further


def _further(scene: Scene, noun: KindNoun, at: int, *, strict: bool, listed: bool = False) -> Iterator[Found]:
    """The members of an enumeration that goes on at an offset."""
    text = scene.reading.text
    spans = []
    while (link := _NEXT_ITEM.match(text, at)) and (match := _ITEM.match(text, link.end())):
        spans.append(Span(*match.span("name")))
        at = match.end()
    sure = [_found(scene, span, noun, "list") for span in spans if _can_be_listed(scene, noun, span)] if listed else []
    for span in spans:
        free = can_name(scene, span, strict=strict) and (not listed or _vouched_for(sure))
        if free or any(each.span == span for each in sure):
            yield _found(scene, span, noun, "list")


def _vouched_for(sure: Sequence[Found]) -> bool:
    """Whether the sure names of an enumeration speak for the others: two, or one that is visibly a name."""
    return len(sure) > 1 or any(is_coined(each.text) for each in sure)


def _can_be_listed(scene: Scene, noun: KindNoun, span: Span) -> bool:
    name = scene.reading.text[span.start : span.end]
    if noun.kind.weak and fold(name) not in scene.vocabulary.known and not is_coined(name):
        capitals = noun.kind.bare_latin and noun.kind.id not in {"system", "model"} and re.search(r"[A-Z]{3}", name)
        if not capitals:
            return False
    return can_name(scene, span, strict=True)


def _enumerated(scene: Scene, noun: KindNoun, span: Span) -> Iterator[Found]:
    """``Kite, OpenFly and Loop, three programs that …``: one coined name speaks for the others."""
    spans, at = [], span.start
    while match := _ITEM.match(scene.reading.text, at, span.end):
        spans.append(Span(*match.span("name")))
        link = _NEXT_ITEM.match(scene.reading.text, match.end(), span.end)
        if link is None:
            break
        at = link.end()
    names = [scene.reading.text[each.start : each.end] for each in spans]
    if noun.kind.weak and not any(is_coined(name) or fold(name) in scene.vocabulary.known for name in names):
        return
    for each in spans:
        if can_name(scene, each, strict=True, initial=True):
            yield _found(scene, each, noun, "list")


def _apposition(scene: Scene, noun: KindNoun, span: Span, between: str) -> Iterator[Found]:
    """``Kite, an open-source platform``: the name comes first, the kind explains it."""
    if (noun.plural and "one of" not in between) or not _HEAD.match(scene.reading.text, noun.span.end):
        return
    described = [*between.replace(",", "").split(), *scene.reading.lower[noun.span.start : noun.span.end].split()[:-1]]
    if noun.kind.weak and not any(scene.vocabulary.is_modifier("en", word) for word in described):
        name = scene.reading.text[span.start : span.end]
        made = noun.kind.bare_latin and _MADE_BY.match(scene.reading.text, noun.span.end)
        ship = noun.kind.apposed and len(scene.reading.text[noun.span.start : noun.span.end]) > len("vessels")
        if not (is_coined(name) or made or ship):
            return
    if can_name(scene, span, strict=True, initial=True):
        yield _found(scene, span, noun, "kind-noun")


#: Words that begin sentences and noun phrases with a capital and are no part of a name.
OPENERS = frozenset([
    "The", "A", "An", "This", "That", "These", "Those", "Its", "Their", "His", "Her", "Our", "Some", "Many", "Most",
    "Several", "Other", "Such", "Each", "Every", "Both", "All", "Any", "In",
    "On", "At", "For", "From", "With", "By", "And", "But", "Or", "As", "If", "When", "While", "Since", "After",
    "Before", "During", "Under", "Over", "Although", "Though", "However", "Moreover", "Thus", "Also", "Because",
    "Until", "Today", "Meanwhile", "Additionally", "Furthermore", "Finally", "Recently", "Currently", "Using", "It",
    "He", "She", "They", "We", "There", "Here", "Where", "Which", "What", "How", "Why", "Like", "Unlike", "Despite",
    "Among", "Between", "Later", "Then", "Now", "Soon",
    "Earlier", "Eventually", "Yet", "Still", "Again", "Afterwards", "Subsequently", "Instead", "Indeed", "Hence",
])  # fmt: skip


def opens_phrase(word: str) -> bool:
    """Whether a capitalised word begins a sentence or noun phrase and no name: ``The``, ``Fifteen``, ``Forty-six``."""
    return word in OPENERS or (word[0].isalpha() and parse_number(word.lower(), "en") is not None)


def can_name(scene: Scene, span: Span, *, strict: bool, initial: bool = False) -> bool:
    """Whether the words can be a system's name; ``strict`` where only the noun beside them speaks for it."""
    text, vocabulary = scene.reading.text, scene.vocabulary
    name = text[span.start : span.end]
    words = name.replace("-", " ").split()
    if not words or len(name) < 2 or is_country_word(name) or is_lookalike(scene.reading, span):
        return False
    if vocabulary.is_never("en", name) or (strict and any(vocabulary.is_never("en", word) for word in words)):
        return False
    if opens_phrase(name.split()[0]) or len(words) > 5 or (words[0].isdigit() and len(words) == 1):
        return False
    if any(hit.span.end == span.end and hit.span.start >= span.start for hit in scene.nouns_within(span)):
        return False
    if not strict:
        return any(character.isupper() or not character.isascii() for character in name)
    if any(is_country_word(word) for word in name.split()):
        return False
    if len(words) == 1 and not any(character.isdigit() for character in name):
        if name.lower() in scene.reading.common_words:
            return False
        if not initial and span.start in scene.reading.sentence_starts:
            return bool(re.search(rf"[a-z,] {re.escape(name)}\b", text))
    return True


def _key(scene: Scene, name: str) -> str:
    known = scene.vocabulary.known.get(fold(name))
    return fold(known[0].en) if known else fold(name)


def _found(scene: Scene, span: Span, noun: KindNoun, method: str, *, key: str | None = None) -> Found:
    name = scene.reading.text[span.start : span.end]
    known = scene.vocabulary.known.get(fold(name), [])
    related = [each for each in known if noun.kind.id in scene.vocabulary.lineage(each.kind)]
    return Found(
        reading=scene.reading,
        span=span,
        pack=scene.vocabulary.pack,
        key=key or _key(scene, name),
        name=name,
        method=method,
        kind=noun.kind.id,
        known_kind=related[0].kind if related else None,
        origin=related[0].origin if related else None,
    )


def _ship_kind(scene: Scene, name: str, kind: str) -> str:
    """The finer kind that the pack knows of a ship (an aircraft carrier, a submarine)."""
    known = [each.kind for each in scene.vocabulary.known.get(fold(name), [])]
    return next((each for each in known if scene.vocabulary.kinds[each].apposed), kind)


def prefixed_names(scene: Scene) -> list[Found]:
    """Ships named with their navy's letters: ``USS Kite``."""
    table = scene.vocabulary.prefixed_names
    if table is None:
        return []
    pattern, prefixes = table
    found = []
    for match in pattern.finditer(scene.reading.text):
        words = match["name"].split()
        while len(words) > 1 and (words[-1] in {"of", "de"} or is_country_word(words[-1]) or words[-1] in OPENERS):
            words.pop()
        name = " ".join(words)
        entry = prefixes[match["prefix"]]
        span = Span(match.start(), match.start("name") + len(name))
        found.append(
            Found(
                reading=scene.reading,
                span=span,
                pack=scene.vocabulary.pack,
                key=fold(f"{match['prefix']}{name}"),
                name=f"{match['prefix']} {name}",
                bare=name,
                method="pattern",
                known_kind=_ship_kind(scene, name, entry.kind),
                origin=entry.origin,
            )
        )
    return found
