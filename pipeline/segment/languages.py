"""The language of every block, and the number of words in each language."""

from __future__ import annotations

from pipeline import record
from pipeline.segment.draft import Draft
from pipeline.text.language import Language, language_of


def set_languages(draft: Draft) -> None:
    """Give each piece its language; one without letters (numbers, a rule) takes that of its neighbour.

    A block that continues another is in the other's language, however few its own words.
    """
    spoken: Language = "und"
    waiting = []
    for piece in draft.pieces:
        if piece.silent:
            piece.language = language_of(piece.text)[0]
            continue
        language, confidence = language_of(piece.text)
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
