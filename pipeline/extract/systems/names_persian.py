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

from pipeline.extract.systems.bare_persian import (
    FOREIGN_OPENINGS,
    FUNCTION,
    can_begin,
    goes_on,
    has_word_ending,
    is_adjective,
    is_foreign,
    is_rare,
    only_describes,
)
from pipeline.extract.systems.folding import LETTER_PATTERN, fold, is_coined, latin_prefixes
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
    r"[ \u200c]*\(?(?P<name>[A-Z][\w+#.-]*[\w+#](?: [A-Z][\w+#.-]*[\w+#]){0,2}|[A-Z]\+\+|[a-z]+[A-Z]\w*"
    r"|[a-z]+\d\w*)(?:[ ]\d+\.\d+(?!\d))?"
)
_NUMBER = re.compile(r"[ \u200c]?[-–ـ]?[ \u200c]?(?P<number>(?!1[2-9]\d\d|20\d\d)\d{1,4})(?!\d|/\d|\.\d)")
_LINK = re.compile(r"[»”\"]?(?:[ \u200c]+و[ \u200c]|[ \u200c]*،[ \u200c]*(?:و[ \u200c]+)?)")
_HONORIFICS = frozenset([
    "شهید", "امام", "حاج", "شیخ", "میرزا", "سید",
])  # fmt: skip
_MEASURED = re.compile(
    r"[ \u200c]+\d[\d.,٫]*[ \u200c]*(?:هزار[ \u200c])?(?:تنی|متری|کیلومتری|مگاواتی|کیلوگرمی|نفره"
    r"|میلی\u200c?متری|تن|متر)(?![\u0621-\u06D3])"
)
_SUCH_AS = re.compile(
    rf"(?:[ \u200c]+[{PERSIAN_LETTER}\u200c]+){{0,3}}?[ \u200c]*،?[ \u200c]+"
    r"(?:از[ \u200c]جمله|مانند|مثل|نظیر|همچون|یعنی|شامل|چون"
    r"|ازجمله)(?=[ \u200c:])[ \u200c]*:?(?:[ \u200c]+(?:کلاس|رده|نوع))?"
)
#: A word with a hyphen and a number, at most two words after the noun: ``رادار پرندهٔ عدنان-۲``.
_HYPHENED = re.compile(
    rf"(?P<between>(?:[ \u200c]+[{PERSIAN_LETTER}\u200c]+){{0,2}})[ \u200c]+"
    rf"(?P<name>[{PERSIAN_LETTER}]{{2,}}-\d{{1,3}})"
    rf"(?![\d/{PERSIAN_LETTER}]|-\d|\.\d)"
)
#: What stands in a province is called after its place there: ``رادار کورجیک در استان ملاطیه``.
_IN_PLACE = re.compile(r"[ \u200c]در[ \u200c](?:استان|شهرستان|شهر|حومه|نزدیکی)")
#: A designation of letters alone: ``موشک ان‌اس‌ام``.
_LETTERS = re.compile(
    rf"[ \u200c]+(?P<name>(?:{LETTER_PATTERN})(?:\u200c(?:{LETTER_PATTERN})){{1,4}})(?![{PERSIAN_LETTER}\u200c\d-])"
)
_ITS = re.compile(r"[ \u200c]+(?:آن|آن\u200cها|آنها|این[ \u200c]سامانه|خود)(?=[ \u200c]*،)")
_AFTER_COMMA = re.compile(rf"(?:[ \u200c]+[{PERSIAN_LETTER}\u200c]+){{0,3}}?[ \u200c]*،(?P<at>[ \u200c]+)")
_COMMA = re.compile(r"[»”\"]?[ \u200c]*[،؛.]")
_BEFORE_COMMA = re.compile(
    rf"(?:^|[،؛.:(\n]|[ \u200c](?:و|بر|از|به|با|که|در|بود|شد|است))[ \u200c]*[«“\"]?"
    rf"(?P<name>[{PERSIAN_LETTER}\u200c]+|[A-Z][\w+#.-]*[\w+#]|[a-z]+[A-Z\d]\w*)[»”\"]?[ \u200c]*،[ \u200c]*$"
)
_COUNTED = re.compile(
    r"(?:^|[ \u200c])(?:\d+|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|چند|چندین)(?:[ \u200c](?:فروند|دستگاه|عدد))?[ \u200c]+$"
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
        direct = list(_direct(scene, noun, at, counts))
        between = {word.rstrip("ٔ") for word in scene.reading.text[noun.span.end : at].split()}
        if between & set(scene.vocabulary.pack.class_words.fa):
            found.extend(each for each in direct if _is_quoted(scene.reading.text, each.span))
            continue  # a class has a name of its own only in quotation marks
        found.extend(direct)
        if not direct:
            found.extend(_introduced(scene, noun, at, counts))
    return found


def _introduced(scene: Scene, noun: KindNoun, at: int, counts: Counter[str]) -> Iterator[Found]:
    """Names after "such as", and a name between commas that the noun explains: ``مدل پیشنهادی ما، کیان،``."""
    text = scene.reading.text
    if (hyphened := _HYPHENED.match(text, at)) and not noun.kind.weak:
        span = Span(*hyphened.span("name"))
        words = hyphened["between"].split()
        if not any(word in FUNCTION for word in words) and _can_name(scene, span, noun, quoted=False):
            yield _found(scene, span, noun, "kind-noun")
            return
    if such := _SUCH_AS.match(text, at):
        first = _item(scene, noun, such.end(), counts)
        if first is not None and (not noun.kind.weak or not _is_quoted(text, first)):
            yield _found(scene, first, noun, "list")
            yield from _further(scene, noun, _closed(text, first), counts, listed=True)
        return
    if (its := _ITS.match(text, at)) and not noun.kind.weak and (comma := _AFTER_COMMA.match(text, its.end())):
        own = _item(scene, noun, comma.start("at"), counts) or _one_name(scene, comma.start("at"))
        if own is not None and _COMMA.match(text, own.end) and _can_name(scene, own, noun, quoted=False):
            yield _found(scene, own, noun, "kind-noun")
            return
    if comma := _AFTER_COMMA.match(text, at):
        first = _item(scene, noun, comma.start("at"), counts)
        if first is not None and _COMMA.match(text, first.end) and _coined(text[first.start : first.end]):
            yield _found(scene, first, noun, "kind-noun")
    before = _BEFORE_COMMA.search(text, max(0, noun.span.start - 48), noun.span.start)
    written = text[noun.span.start : noun.span.end]
    if before and written.endswith(("ی", "\u200cای")) and not written.endswith(("زیردریایی", "های")):
        span = Span(*before.span("name"))
        name = text[span.start : span.end]
        if (_coined(name) or _is_quoted(text, span)) and _can_name(scene, span, noun, quoted=_is_quoted(text, span)):
            yield _found(scene, span, noun, "kind-noun")


def _coined(name: str) -> bool:
    """Whether a name is visibly one: Latin with an inner capital or digit, or Persian that no dictionary has."""
    return is_coined(name) if name.isascii() else all(is_foreign(word) for word in name.split())


def _is_quoted(text: str, span: Span) -> bool:
    return text[max(0, span.start - 1) : span.start] in {"«", "“", '"'}


def _closed(text: str, span: Span) -> int:
    """The offset after a name and the quotation mark that closes it."""
    return span.end + 1 if _is_quoted(text, span) and text[span.end : span.end + 1] in {"»", "”", '"'} else span.end


def _item(scene: Scene, noun: KindNoun, at: int, counts: Counter[str]) -> Span | None:
    """A member of an enumeration: quoted, in Latin letters, or a word that can be a name without either."""
    text = scene.reading.text
    if quoted := _QUOTE.match(text, at):
        span = Span(*quoted.span("name"))
        return span if _can_name(scene, span, noun, quoted=True) else None
    if latin := _LATIN.match(text, at):
        span = Span(*latin.span("name"))
        coined = is_coined(text[span.start : span.end]) or not noun.kind.weak or noun.kind.bare_latin
        return span if coined and _can_name(scene, span, noun, quoted=False) else None
    candidate = _one_name(scene, at)
    if candidate is None or not _can_name(scene, candidate, noun, quoted=False):
        return None
    name = text[candidate.start : candidate.end]
    if (
        is_foreign(name.split()[-1])
        or scene.vocabulary.known.get(fold(name))
        or _is_bare_name(scene, noun, candidate, counts)
    ):
        return candidate
    return None


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
        between = text[noun.span.end : at].strip(" \u200cٔ")
        if (not noun.kind.weak or not between or is_country_word(between)) and _can_name(
            scene, span, noun, quoted=True
        ):
            yield _found(scene, span, noun, "quoted-name")
            yield from _further(scene, noun, quoted.end(), counts)
        return
    if (noun.kind.bare_latin or not noun.kind.weak) and (latin := _LATIN.match(text, at)):
        span = Span(*latin.span("name"))
        if _can_name(scene, span, noun, quoted=False):
            yield _found(scene, span, noun, "kind-noun")
            yield from _further(scene, noun, span.end, counts)
        return
    if not noun.kind.weak and (letters := _LETTERS.match(text, at)):
        span = Span(*letters.span("name"))
        if _can_name(scene, span, noun, quoted=False):
            yield _found(scene, span, noun, "kind-noun")
            return
    span_or_none = _one_name(scene, at)
    if not noun.kind.bare and not (span_or_none is not None and _of_a_nation(scene, noun, span_or_none, at)):
        return
    if span_or_none is not None and _is_bare_name(scene, noun, span_or_none, counts):
        yield _found(scene, span_or_none, noun, "kind-noun")
        yield from _further(scene, noun, span_or_none.end, counts)


def _of_a_nation(scene: Scene, noun: KindNoun, span: Span, at: int) -> bool:
    """``سامانهٔ باستیون روسیه``؛ ``سامانهٔ کره‌ای چیرون``: a word of no dictionary, with the nation it comes from."""
    text = scene.reading.text
    word = text[span.start : span.end].split()[-1]
    if not is_foreign(word) or word.endswith("ش"):
        return False  # nouns made of verbs (پایش، رایانش) are newer than the dictionary
    between = text[noun.span.end : at].strip(" \u200cٔ")
    return is_country_word(between) or bool(scene.countries_within(Span(span.end, span.end + 2)))


def _further(scene: Scene, noun: KindNoun, at: int, counts: Counter[str], *, listed: bool = False) -> Iterator[Found]:
    """The members of an enumeration: bare ones after a plural or counted noun, quoted ones after any."""
    text = scene.reading.text
    opened = text[at - 1 : at] in {"»", "”", '"'}
    many = listed or noun.plural or bool(_COUNTED.search(text, max(0, noun.span.start - 24), noun.span.start))
    while link := _LINK.match(text, at):
        span = _item(scene, noun, link.end(), counts) or _item(scene, noun, link.end() - 1, counts)
        if span is None or not (many or _is_quoted(text, span)):
            return
        if noun.kind.weak and _is_quoted(text, span) != opened:
            return
        yield _found(scene, span, noun, "list")
        at = _closed(text, span)


def _after_modifiers(scene: Scene, at: int) -> int:
    """The offset after the adjectives (of kind or of nation) that stand at ``at``."""
    text = scene.reading.text
    while (match := _WORD.match(text, at)) or _MEASURED.match(text, at):
        if measured := _MEASURED.match(text, at):
            at = measured.end()
            continue
        assert match is not None
        longer = _WORD.match(text, match.end())
        two = f"{match['word']} {longer['word']}" if longer else ""
        of_class = (
            longer and match["word"] == "از" and longer["word"].rstrip("ٔ") in scene.vocabulary.pack.class_words.fa
        )
        if longer and (of_class or scene.vocabulary.is_modifier("fa", two) or is_country_word(two)):
            at = longer.end()
        elif (
            scene.vocabulary.is_modifier("fa", match["word"])
            or is_country_word(match["word"])
            or match["word"].rstrip("ٔ") in scene.vocabulary.pack.class_words.fa
        ):
            at = match.end()
        elif is_adjective(match["word"]):
            # Any adjective may stand before a name in quotation marks: ``ناو تندروی «سوئیفت»``.
            ahead = longer.end() if longer and is_adjective(longer["word"]) else match.end()
            if not _QUOTE.match(text, ahead):
                break
            at = ahead
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
    if (second := _WORD.match(text, match.end())) and "\u200c" not in second[0].rstrip(second["word"]):
        opening = match["word"] in FOREIGN_OPENINGS or is_foreign(match["word"])
        if match["word"] in _HONORIFICS or (opening and is_foreign(second["word"])):
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
    if (has_word_ending(word) and not word.startswith("شهید")) or (
        not noun.kind.apposed and _IN_PLACE.match(text, span.end)
    ):
        return False
    if is_foreign(word.split()[-1]):
        return True
    if noun.kind.weak or only_describes(word):
        return False
    if goes_on(text, span.end):
        return counts[word] > 1
    return (noun.kind.apposed and not indefinite) or counts[word] > 1 or (is_rare(word) and not indefinite)


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
        return len(words) <= 4 and not any(word in FUNCTION - {"یک", "دو", "و"} for word in words)
    if language == "en":
        return True
    return can_begin(words[0])


def _found(scene: Scene, span: Span, noun: KindNoun, method: str) -> Found:
    name = scene.reading.text[span.start : span.end]
    known = scene.vocabulary.known.get(fold(name)) or [
        each for latin in latin_prefixes(name) for each in scene.vocabulary.known.get(latin, [])
    ]
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
