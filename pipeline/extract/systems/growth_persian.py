"""A found Persian name grows to the whole name that is written: ``سوخو-۲۴ام‌ک``, ``اس-۳۰۰ پی‌ام‌یو-۲``, ``اف-۴ فانتوم``.

What follows a designation belongs to it when it is made of the Persian names of Latin letters, of one letter written to
the number, or is a word that no dictionary has; what stands before it when it is the maker of aircraft of that name
(``آنتونوف آن-۱۴۰``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.systems.bare_persian import FOREIGN_OPENINGS, is_foreign
from pipeline.extract.systems.folding import LETTER_PATTERN, fold, latin_prefixes
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_END = rf"(?![{PERSIAN_LETTER}\u200c\d])"
#: Letters written to the number: ``۲۴ام‌ک``, ``۲ب``.
_ATTACHED = re.compile(
    rf"(?:\u200c?(?:{LETTER_PATTERN})|[بپجدسفکگلمنه])(?:\u200c(?:{LETTER_PATTERN}|[بپتجدسفکگلمنهوی]))*(?:-?\d{{1,2}})?{_END}"
)
#: Letters apart from it, at least two or with a number: `` پی‌ام‌یو-۱``, ``-ام۱``.
_APART = re.compile(
    rf"[ -](?:(?:{LETTER_PATTERN})(?:\u200c(?:{LETTER_PATTERN}))+(?:-?\d{{1,2}})?"
    rf"|(?:{LETTER_PATTERN})[\u200c-]?\d{{1,2}}){_END}"
)
_HYPHENED = re.compile(rf"-(?:{LETTER_PATTERN})(?:\u200c?(?:{LETTER_PATTERN}))*(?:[\u200c-]?\d{{1,2}})?{_END}")
#: The model of an airliner: ``۷۳۷-۸۰۰``.
_MODEL = re.compile(r"-\d{1,3}(?![\d-])")
_NEXT = re.compile(rf"[ ](?P<word>[{PERSIAN_LETTER}]{{3,}})(?![{PERSIAN_LETTER}\u200c])")
_BEFORE = re.compile(rf"(?<![{PERSIAN_LETTER}\u200c])(?P<word>[{PERSIAN_LETTER}]{{3,}}) $")


def is_tail(text: str) -> bool:
    """Whether a Persian mention is only the letters and number that end the name before it: ``تور ام۱``."""
    return bool(_APART.fullmatch(f" {text}"))


def whole_persian(scene: Scene, each: Found) -> Found:
    """The mention as long as its name is written; letters added to it belong to its key."""
    if each.method in {"pattern", "known-name", "kind-noun", "quoted-name"}:
        each = _with_words(scene, _with_letters(scene, each))
    return _with_maker(scene, each) if each.method == "pattern" else each


def _with_letters(scene: Scene, each: Found) -> Found:
    text, end = scene.reading.text, each.span.end
    patterns = [_ATTACHED, _APART] if text[end - 1].isdigit() else [_APART, _HYPHENED]
    aircraft = each.known_kind is not None and "aircraft" in scene.vocabulary.lineage(each.known_kind)
    if aircraft and re.search(r"\d{3}$", each.text):
        patterns.append(_MODEL)
    match = next((match for pattern in patterns if (match := pattern.match(text, end))), None)
    if match is None:
        return each
    letters = re.sub(r"[\d\s\u200c-]", "", match[0])
    digits = "".join(re.findall(r"\d", match[0]))
    latin = latin_prefixes(letters) if letters else [""]
    tail = (latin[0] if latin else letters) + digits
    name = f"{each.name}{tail}" if latin and letters else each.name + match[0]
    return replace(each, span=Span(each.span.start, match.end()), key=each.key + fold(tail), name=name)


def _with_words(scene: Scene, each: Found) -> Found:
    """The popular name after a designation, the further word of a known name."""
    match = _NEXT.match(scene.reading.text, each.span.end)
    if match is None or each.method not in {"pattern", "known-name"}:
        return each
    word = match["word"]
    second = _NEXT.match(scene.reading.text, match.end())
    if second and word in FOREIGN_OPENINGS and is_foreign(second["word"]):
        if each.method == "pattern":
            return replace(each, span=Span(each.span.start, second.end()))
        return each
    if word in scene.vocabulary.never["fa"] or not (is_foreign(word) or _is_popular_name(scene, each, word)):
        return each
    if each.method == "pattern":
        return replace(each, span=Span(each.span.start, match.end()))
    if not is_foreign(word) or is_country_word(word) or word in scene.vocabulary.maker_words:
        return each
    if not is_foreign(each.text.split()[-1]):
        return each  # the next word is another's: موشک ذوالفقار انصارالله
    span = Span(each.span.start, match.end())
    name = scene.reading.text[span.start : span.end]
    known = scene.vocabulary.known.get(fold(name))
    return replace(
        each,
        span=span,
        key=fold(known[0].en) if known else fold(name),
        name=known[0].en if known else name,
        aliases=(word,),
    )


def _with_maker(scene: Scene, each: Found) -> Found:
    before = _BEFORE.search(scene.reading.text, max(0, each.span.start - 16), each.span.start)
    if before is None or before["word"] not in scene.vocabulary.maker_words:
        return each
    return replace(each, span=Span(before.start("word"), each.span.end))


def _is_popular_name(scene: Scene, each: Found, word: str) -> bool:
    known = scene.vocabulary.known.get(fold(word), [])
    kind = each.known_kind or each.kind
    return any(
        kind is None or scene.vocabulary.lineage(name.kind)[-1] == scene.vocabulary.lineage(kind)[-1] for name in known
    )
