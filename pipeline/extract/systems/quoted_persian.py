"""Quoted Persian names that no noun stands beside: the sentence has said what they are.

«پیکان» و «جوشن»، هر دو با ۲۷۵ تن: a name in quotation marks is taken when the words before it leave it free (a comma,
"and", a preposition), a noun of kind is at hand in the sentence or the one before, and nothing shows that the
quotation marks hold a term, a title or a slogan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.systems.bare_persian import FUNCTION, OTHER_THING, is_verb
from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lookalikes import NUMBERED, is_lookalike
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.text.offsets import Span

_QUOTED = re.compile(rf"[«“](?P<name>[{PERSIAN_LETTER}\u200c]+(?:[ -][{PERSIAN_LETTER}\u200c0-9]+){{0,1}})[»”]")
#: What may stand before a quoted name that is a subject, an object or a member of an enumeration.
_FREE = re.compile(
    r"(?:^|[\n،؛.:(!؟»”][ \u200c]*|[ \u200c](?:و|یا|که|به|از|با|بر|در|جمله|مانند|مثل|نظیر|چون|همچون|نام"
    r"|سپس|نیز|تا|میان)[ \u200c]+)$"
)
#: After these words the quotation marks hold a saying or a term.
_SAID = re.compile(r"(?:گفت|نوشت|می\u200cگوید|می\u200cنویسد|خواند|اصطلاح|واژه|واژهٔ|مفهوم|شعار|عنوان)[ \u200c:]*$")
#: A verb right after the quotation marks has a term for its object: «حضور» می‌خرد.
_IS_DONE = re.compile(r"[ \u200c]*ن?می\u200c")
_PREDICATE = re.compile(r"[ \u200c]*(?:نامیده|خوانده|نام گرفت|می\u200cنامند|می\u200cخوانند|نامید|خواند)")


def quoted_names(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """The quoted names of a Persian reading that only their surroundings explain."""
    if scene.reading.language != "fa":
        return
    text = scene.reading.text
    taken = [each.span for each in found]
    spoken = {each.text for each in found if not each.text.isascii()}
    for match in scene.reading.matches(_QUOTED):
        span = Span(*match.span("name"))
        if match["name"] in spoken or any(span.overlaps(other) for other in taken) or not _can_name(scene, span):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        if _SAID.search(before) or _PREDICATE.match(text, match.end()) or OTHER_THING.search(before + "«"):
            continue
        if not _FREE.search(before) or _IS_DONE.match(text, match.end()):
            continue
        noun = _noun_at_hand(scene, span, found)
        if noun is None or noun.kind.weak or not noun.kind.bare:
            continue
        yield _found(scene, span, noun)


def _can_name(scene: Scene, span: Span) -> bool:
    name = scene.reading.text[span.start : span.end]
    words = name.split()
    return not (
        len(name) < 2
        or is_country_word(name)
        or is_lookalike(scene.reading, span)
        or scene.vocabulary.is_never("fa", words[0])
        or any(word in FUNCTION or word in NUMBERED or is_verb(word) for word in words)
        or scene.nouns_within(span)
    )


def _noun_at_hand(scene: Scene, span: Span, found: Sequence[Found]) -> KindNoun | None:
    """The last strong kind noun before the name in its sentence; else in the sentence before, if that names systems."""
    sentence = scene.reading.sentence(span.start)
    nouns = [noun for noun in scene.nouns_within(Span(sentence.start, span.start)) if not noun.kind.weak]
    apposed = [noun for noun in nouns if noun.kind.apposed]
    if nouns:
        return (apposed or nouns)[-1]
    after = [
        noun for noun in scene.nouns_within(Span(span.end, min(sentence.end, span.end + 40))) if not noun.kind.weak
    ]
    if after:
        return after[0]
    previous = scene.reading.previous_sentence(sentence)
    if previous is None:
        return None
    nouns = [noun for noun in scene.nouns_within(previous) if not noun.kind.weak]
    named = any(previous.start <= each.span.start < previous.end for each in found)
    return nouns[-1] if nouns and (named or nouns[-1].kind.apposed) else None


def _found(scene: Scene, span: Span, noun: KindNoun) -> Found:
    name = scene.reading.text[span.start : span.end]
    line = scene.vocabulary.lineage(noun.kind.id)
    known = next(
        (
            each
            for each in scene.vocabulary.known.get(fold(name), [])
            if noun.kind.id in scene.vocabulary.lineage(each.kind) or each.kind in line
        ),
        None,
    )
    return Found(
        reading=scene.reading, span=span, pack=scene.vocabulary.pack, key=fold(known.en) if known else fold(name),
        name=known.en if known else name, method="quoted-name", kind=noun.kind.id,
        known_kind=known.kind if known else None, origin=known.origin if known else None,
    )  # fmt: skip
