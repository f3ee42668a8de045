"""The language of every block, and the number of words in each language."""

from __future__ import annotations

import re

from pipeline import record
from pipeline.segment.draft import Draft, line_starts
from pipeline.text.language import Language, language_of

_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
#: A block of more words is running text, whose wrapped lines may be of any script.
_LONGEST_OF_TWO = 60
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")


def split_languages(draft: Draft) -> None:
    """Part short blocks in which lines of one script follow lines of the other, as both languages' authors do."""
    for index in range(len(draft.pieces) - 1, -1, -1):
        piece = draft.pieces[index]
        if piece.kind != "paragraph" or "\n" not in piece.text.strip() or piece.words > _LONGEST_OF_TWO:
            continue
        starts = line_starts(piece.text)
        scripts = [
            _script(piece.text[start:end]) for start, end in zip(starts, [*starts[1:], len(piece.text)], strict=True)
        ]
        cuts = [
            start
            for start, before, script in zip(starts[1:], scripts, scripts[1:], strict=False)
            if "mixed" not in (before, script) and before != script
        ]
        if cuts and "mixed" not in scripts:
            draft.split(index, cuts)


def _script(line: str) -> str:
    """The script of a line: ``latin``, ``arabic``, or ``mixed`` when the fewer letters are more than a fifth."""
    latin, arabic = len(_LATIN.findall(line)), len(_ARABIC.findall(line))
    if min(latin, arabic) * 5 > latin + arabic or not latin + arabic:
        return "mixed"
    return "latin" if latin > arabic else "arabic"


def set_languages(draft: Draft) -> None:
    """Give each piece its language; one without letters (numbers, a rule) takes that of its neighbour.

    A language that the format declares is believed where the script agrees with it. A block that continues another is
    in the other's language, however few its own words.
    """
    spoken: Language = "und"
    waiting = []
    for piece in draft.pieces:
        if piece.silent:
            piece.language = language_of(piece.text)[0]
            continue
        language, confidence = language_of(piece.text)
        if piece.language != "und" and confidence > 0.0 and agrees(piece.language, piece.text):
            language, confidence = piece.language, 1.0
        if piece.continues and spoken != "und" and confidence < 0.9:
            language = spoken
        if language == "und" and confidence == 0.0:
            if spoken == "und":
                waiting.append(piece)
            piece.language = spoken
            continue
        piece.language = language
        if language != "und":
            spoken = language
            for earlier in waiting:
                earlier.language = language
            waiting.clear()


def agrees(language: Language, text: str) -> bool:
    """Whether most letters of a text are of the language's script."""
    arabic = len(_ARABIC_LETTER.findall(text))
    other = sum(char.isalpha() for char in text) - arabic
    return arabic >= other if language == "fa" else arabic <= other


def word_counts(draft: Draft) -> record.Words:
    """How many words the blocks of each language hold, page furniture left out."""
    counts: dict[Language, int] = {"en": 0, "fa": 0, "und": 0}
    for piece in draft.pieces:
        if not piece.silent:
            counts[piece.language] += piece.words
    return record.Words(en=counts["en"], fa=counts["fa"])


def main_language(draft: Draft) -> Language:
    """The language most of the article is written in."""
    words = word_counts(draft)
    if not words.en and not words.fa:
        return "und"
    return "en" if words.en >= words.fa else "fa"
