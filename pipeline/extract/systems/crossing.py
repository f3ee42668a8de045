"""A name found in one language is looked for in the other by its sound: ``NajvaNet`` and نجوانت.

Persian words that no dictionary has, and English words with a capital, are compared with the learned names of the other
language; only what sounds the same is taken, and only names long enough for that to mean something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.systems.bare_persian import OTHER_THING
from pipeline.extract.systems.folding import is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.names_english import OPENERS
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.phrases import PERSIAN_LETTER
from pipeline.extract.systems.reading import Reading
from pipeline.extract.systems.vocabulary import Vocabulary
from pipeline.text.offsets import Span
from pipeline.text.persian_words import is_unknown

_ALIKE = 0.86
_PERSIAN = re.compile(rf"[{PERSIAN_LETTER}\u200c]{{4,}}")
_LATIN = re.compile(r"(?<![\w.@/-])[A-Z][A-Za-z'’-]{3,}(?![\w@/])")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|around|towards?|city of|port of|island of|mount|province of) $", re.IGNORECASE
)
_PLACE_AFTER = re.compile(
    r" (?:[Ii]slands?|[Mm]ountains?|[Pp]ort|[Cc]ity|[Pp]rovince|[Gg]ulf|[Ss]trait|[Rr]iver|[Uu]niversity"
    r"|[Ss]treet|[A-Z])"
)


def crossed(
    readings: Sequence[Reading], learned: Sequence[Found], vocabularies: dict[str, Vocabulary]
) -> Iterator[Found]:
    """The mentions of learned names in readings of the other language."""
    for reading in readings:
        wanted = _wanted(reading, learned)
        if not wanted:
            continue
        taken = [each.span for each in learned if each.reading is reading]
        known = {each.text for each in learned if each.reading.language == reading.language}
        for span, word in _candidates(reading):
            if word in known or any(span.overlaps(other) for other in taken):
                continue
            source = _counterpart(word, wanted, persian=reading.language == "fa")
            if source is not None and not vocabularies[source.pack.id].is_never(reading.language, word):
                own = is_latin(source.name) or reading.language == "fa"
                yield Found(
                    reading=reading, span=span, pack=source.pack, key=source.key, name=source.name if own else word,
                    method="transliteration", known_kind=source.known_kind, origin=source.origin,
                )  # fmt: skip


def _wanted(reading: Reading, learned: Sequence[Found]) -> list[Found]:
    """One mention for each name of the other language that can be recognised by its sound."""
    names: dict[str, Found] = {}
    for each in learned:
        if each.reading.language == reading.language or each.method == "propagation":
            continue
        latin = is_latin(each.text)
        if latin != (reading.language == "fa"):
            continue
        letters = re.sub(r"[^A-Za-z\u0621-\u06CC]", "", each.text)
        if len(letters) >= 4 and not re.search(r"\d", each.text.split(" ")[0]) and not is_country_word(each.text):
            names.setdefault(each.text, each)
    return list(names.values())


def _candidates(reading: Reading) -> Iterator[tuple[Span, str]]:
    text = reading.text
    if reading.language == "fa":
        for match in _PERSIAN.finditer(text):
            word = match[0].strip("\u200c")
            if is_unknown(word) and not OTHER_THING.search(text[max(0, match.start() - 16) : match.start()]):
                start = match.start() + len(match[0]) - len(match[0].lstrip("\u200c"))
                yield Span(start, start + len(word)), word
        return
    for match in _LATIN.finditer(text):
        word = match[0].removesuffix("'s")
        if word in OPENERS or is_country_word(word) or word.lower() in reading.common_words:
            continue
        if _PLACE_BEFORE.search(text[max(0, match.start() - 14) : match.start()]) or _PLACE_AFTER.match(
            text, match.start() + len(word)
        ):
            continue
        yield Span(match.start(), match.start() + len(word)), word


def _counterpart(word: str, wanted: Sequence[Found], *, persian: bool) -> Found | None:
    from pipeline.text.transliteration import similarity

    best: tuple[float, Found] | None = None
    for each in wanted:
        if abs(len(word) - len(each.text)) > max(4, len(word) // 2 + 2):
            continue
        likeness = similarity(each.text, word) if persian else similarity(word, each.text)
        if likeness >= _ALIKE and (best is None or likeness > best[0]):
            best = (likeness, each)
    return best[1] if best else None
