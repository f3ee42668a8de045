"""The kind-noun layer in Persian: names that follow a noun of kind.

موشک «قادر»؛ ناوشکن جماران؛ سامانهٔ باور-۳۷۳؛ پلتفرمی متن‌باز به نام کاپو؛ نرم‌افزار SPSS. Persian has no capitals, so
a bare word is a name only where words of its class cannot stand: after a ship's noun, or when several places of the
article say it again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lookalikes import is_lookalike
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.reading import Tongue
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.text.offsets import Span

_WORD = re.compile(rf"[ \u200c]+(?P<word>[{PERSIAN_LETTER}\u200c]*[{PERSIAN_LETTER}])")
_QUOTE = re.compile(r"[ \u200c]*[«“\"](?P<name>[^«»“”\"\n]{2,40})[»”\"]")
_LATIN = re.compile(
    r"[ \u200c]*\(?(?P<name>[A-Z][\w+#.-]*[\w+#](?: [A-Z][\w+#.-]*[\w+#]){0,2}|[A-Z]\+\+|[a-z]+[A-Z]\w*)"
)
_NUMBER = re.compile(r"[ \u200c]?[-–ـ]?[ \u200c]?(?P<number>\d{1,4})(?!\d|/\d|\.\d)")
_LINK = re.compile(r"[»”\"]?(?:[ \u200c]+و[ \u200c]|[ \u200c]*،[ \u200c]*(?:و[ \u200c]+)?)")
_HONORIFICS = frozenset([
    "شهید", "امام", "حاج", "شیخ", "میرزا", "سید",
])  # fmt: skip
_FUNCTION = frozenset([
    "در", "به", "از", "با", "بر", "برای", "که", "و", "یا", "را", "تا", "این", "آن", "است", "بود", "شد", "شده",
    "شدن", "کرد", "کردند", "کرده", "دارد", "داشت", "دارند", "باشد", "نیست", "هست", "هستند", "بودند", "شدند", "می",
    "نمی", "خواهد", "خواهند", "توان", "باید", "نباید", "نیز", "هم", "همچنین", "اما", "ولی", "اگر", "چون", "زیرا",
    "هر", "همه", "هیچ", "چه", "چند", "چندین", "یک", "دو", "سه", "چهار", "پنج", "ده", "صد", "هزار", "میان", "بین",
    "طی", "پس", "پیش", "بعد", "قبل", "روی", "زیر", "نزد", "سوی", "بدون", "علیه", "توسط", "درباره", "مانند", "مثل",
    "نظیر", "همچون", "شامل", "یعنی", "جهت", "طبق", "بنابر", "سال", "ماه", "روز", "خود", "آنها", "آنان", "ما", "شما",
    "او", "وی", "ایشان", "چنین", "چنان", "بسیار", "بیش", "کم", "بیشتر", "کمتر", "همین", "همان", "دیگر", "قرار",
    "مورد", "وارد", "خارج", "ساخته", "ساخت", "تولید", "آزمایش", "پرتاب", "شلیک", "رونمایی", "گفت", "گفته", "نام",
    "نیرو", "طور", "گونه", "حال", "حدود", "نخستین", "اولین", "آخرین", "دومین", "سومین", "هایی", "های", "ها", "ای",
    "ی", "ام", "اند", "اش", "شان",
])  # fmt: skip
_ENDINGS = (
    "ها",
    "های",
    "هایی",
    "هایش",
    "تر",
    "ترین",
    "شده",
    "کننده",
    "گر",
    "مند",
    "انه",
    "ات",
    "‌ای",
    "ی",
    "ه‌ای",
    "شان",
    "مان",
    "اند",
    "یم",
    "ند",
)


def persian_names(scene: Scene) -> list[Found]:
    """The names that Persian constructions with a kind noun give."""
    if scene.reading.language != "fa":
        return []
    counts = Counter(word for noun in scene.nouns if noun.kind.bare for _, word in _bare_words(scene, noun))
    found: list[Found] = []
    for noun in scene.nouns:
        found.extend(_named(scene, noun))
        at = _after_modifiers(scene, noun.span.end)
        found.extend(_direct(scene, noun, at, counts))
    return found


def _named(scene: Scene, noun: KindNoun) -> Iterator[Found]:
    """``… به نام X``: the naming words may stand several words after the noun."""
    match = _naming(scene.vocabulary.naming["fa"]).match(scene.reading.text, noun.span.end)
    if match is None:
        return
    at = match.end()
    if quoted := _QUOTE.match(scene.reading.text, at):
        span = Span(*quoted.span("name"))
    elif latin := _LATIN.match(scene.reading.text, at):
        span = Span(*latin.span("name"))
    else:
        bare = _one_name(scene, at)
        if bare is None:
            return
        span = bare
    if _can_name(scene, span, noun, quoted=True):
        yield _found(scene, span, noun, "quoted-name" if quoted else "kind-noun")


@cache
def _naming(cues: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:[ \u200c]+[{PERSIAN_LETTER}\u200c-]+){{0,7}}?[ \u200c]+(?:{cues})(?:[ \u200c]?های)?(?=[ \u200c:«“\"])"
    )


def _direct(scene: Scene, noun: KindNoun, at: int, counts: Counter[str]) -> Iterator[Found]:
    """What stands right after the noun and its adjectives."""
    text = scene.reading.text
    if quoted := _QUOTE.match(text, at):
        span = Span(*quoted.span("name"))
        if (not noun.kind.weak or at == noun.span.end) and _can_name(scene, span, noun, quoted=True):
            yield _found(scene, span, noun, "quoted-name")
            yield from _further(scene, noun, quoted.end(), counts)
        return
    if (noun.kind.bare_latin or not noun.kind.weak) and (latin := _LATIN.match(text, at)):
        span = Span(*latin.span("name"))
        if _can_name(scene, span, noun, quoted=False):
            yield _found(scene, span, noun, "kind-noun")
        return
    if not noun.kind.bare:
        return
    span_or_none = _one_name(scene, at)
    if span_or_none is not None and _is_bare_name(scene, noun, span_or_none, counts):
        yield _found(scene, span_or_none, noun, "kind-noun")
        yield from _further(scene, noun, span_or_none.end, counts)


def _further(scene: Scene, noun: KindNoun, at: int, counts: Counter[str]) -> Iterator[Found]:
    """The members of an enumeration that a plural noun opens: ``ناوشکن‌های X و Y``."""
    text = scene.reading.text
    while noun.plural and (link := _LINK.match(text, at)):
        if quoted := _QUOTE.match(text, link.end()):
            span = Span(*quoted.span("name"))
        else:
            candidate = _one_name(scene, link.end() - 1)
            if candidate is None or not _is_bare_name(scene, noun, candidate, counts):
                return
            span = candidate
        if not _can_name(scene, span, noun, quoted=bool(quoted)):
            return
        yield _found(scene, span, noun, "list")
        at = quoted.end() if quoted else span.end


def _after_modifiers(scene: Scene, at: int) -> int:
    """The offset after the adjectives (of kind or of nation) that stand at ``at``."""
    text = scene.reading.text
    while match := _WORD.match(text, at):
        longer = _WORD.match(text, match.end())
        two = f"{match['word']} {longer['word']}" if longer else ""
        if longer and (scene.vocabulary.is_modifier("fa", two) or is_country_word(two)):
            at = longer.end()
        elif (
            scene.vocabulary.is_modifier("fa", match["word"])
            or is_country_word(match["word"])
            or match["word"] in scene.vocabulary.pack.class_words.fa
        ):
            at = match.end()
        else:
            break
    return at


def _one_name(scene: Scene, at: int) -> Span | None:
    """The word (two after an honorific) at ``at``, with the number that belongs to it."""
    text = scene.reading.text
    match = _WORD.match(text, at)
    if match is None:
        return None
    span = Span(match.start("word"), match.end("word"))
    if match["word"] in _HONORIFICS and (second := _WORD.match(text, match.end())):
        span = Span(span.start, second.end("word"))
    number = _NUMBER.match(text, span.end)
    if number and not is_lookalike(scene.reading, Span(span.start, number.end())):
        span = Span(span.start, number.end("number"))
    return span


def _bare_words(scene: Scene, noun: KindNoun) -> Iterator[tuple[int, str]]:
    span = _one_name(scene, _after_modifiers(scene, noun.span.end))
    if span is not None:
        yield span.start, scene.reading.text[span.start : span.end]


def _is_bare_name(scene: Scene, noun: KindNoun, span: Span, counts: Counter[str]) -> bool:
    """Whether a word without quotation marks is a name here."""
    text = scene.reading.text
    word = text[span.start : span.end]
    if not _can_name(scene, span, noun, quoted=False):
        return False
    if any(character.isdigit() for character in word) or scene.vocabulary.known.get(fold(word)):
        return True
    written = text[noun.span.start : noun.span.end]
    indefinite = written.endswith(("ی", "\u200cای")) and not written.endswith(("زیردریایی", "های"))
    if word.endswith(_ENDINGS) and not word.startswith("شهید"):
        return False
    return (noun.kind.apposed and not indefinite and not noun.kind.weak) or counts[word] > 1


def _can_name(scene: Scene, span: Span, noun: KindNoun, *, quoted: bool) -> bool:
    text = scene.reading.text
    name = text[span.start : span.end]
    words = name.split()
    if not words or len(name) < 2 or is_country_word(name) or is_lookalike(scene.reading, span):
        return False
    language: Tongue = "en" if name.isascii() else "fa"
    if scene.vocabulary.is_never(language, name) or (not quoted and scene.vocabulary.is_never(language, words[0])):
        return False
    if scene.nouns_within(Span(span.start, span.start + 1)) and not quoted:
        return False
    if quoted:
        return len(words) <= 4 and not any(word in _FUNCTION - {"یک", "دو", "و"} for word in words)
    if language == "en":
        return True
    first = re.sub(r"\d.*", "", words[0]).strip("-ـ \u200c")
    return first not in _FUNCTION and len(first) > 1 and not first.startswith(("می\u200c", "نمی\u200c"))


def _found(scene: Scene, span: Span, noun: KindNoun, method: str) -> Found:
    name = scene.reading.text[span.start : span.end]
    known = scene.vocabulary.known.get(fold(name), [])
    related = [
        each
        for each in known
        if noun.kind.id in scene.vocabulary.lineage(each.kind) or each.kind in scene.vocabulary.lineage(noun.kind.id)
    ]
    chosen = related[0] if related else None
    return Found(
        reading=scene.reading,
        span=span,
        pack=scene.vocabulary.pack,
        key=fold(chosen.en) if chosen else fold(name),
        name=chosen.en if chosen else name,
        method=method,
        kind=noun.kind.id,
        known_kind=chosen.kind if chosen else None,
        origin=chosen.origin if chosen else None,
    )
