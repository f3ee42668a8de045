"""Persian writing brought to one standard form, every character still leading back to what was written.

:func:`normalise` folds Arabic letters and presentation forms to Persian ones, drops tatweel and invisible marks, and
mends spacing: half-spaces that were lost (``میشود``) or typed as spaces (``می شود``), words run together
(``درسال``) and broken in two (``دانش گاه``). It leaves digits, punctuation and the author's own accepted spellings
(``بدنبال``, ``ساز و کار``, ``آنها``) alone. :func:`repairs` lists what :func:`normalise` does, each repair with its
kind and how sure it is. :func:`fold` is the coarser, same-length form that two spellings of one word share; it is for
comparing, never for showing. (Digits are folded by :func:`pipeline.text.numerals.fold_digits`.)

What is right is decided word by word and gap by gap by the trained model of :mod:`pipeline.text.half_spaces`.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.text.half_spaces import spelling
from pipeline.text.offsets import MappedText, Span
from pipeline.text.persian_letters import cleaned, cleaning, fold, in_persian_letters
from pipeline.text.repair import Edit, Repair
from pipeline.text.spacing import spacing
from pipeline.text.words import is_word

__all__ = ["Repair", "fold", "normalise", "normalise_word", "repairs"]


def normalise(text: str) -> MappedText:
    """``text`` in standard Persian writing; the map leads from each character back to its source.

    Idempotent. Text without Persian letters comes back as it is, except for invisible marks.
    """
    letters = in_persian_letters(text)
    mapped = MappedText.identity(letters)
    dirt = list(cleaning(letters))
    if dirt:
        mapped = mapped.edited(_plain(dirt))
    for edits in spacing(mapped.text):
        mapped = mapped.edited(_plain(edits))
    return mapped


def normalise_word(word: str) -> str:
    """One word in standard writing, when the way back does not matter."""
    word = cleaned(in_persian_letters(word))
    return spelling().verdict(word).form if is_word(word) else word


def repairs(text: str) -> list[Repair]:
    """What :func:`normalise` changes in ``text``, in order of place."""
    letters = in_persian_letters(text)
    found = [
        Repair(Span(at, at + 1), new, "letter", 1.0)
        for at, (old, new) in enumerate(zip(text, letters, strict=True))
        if old != new
    ]
    dirt = list(cleaning(letters))
    found += [Repair(Span(edit.start, edit.end), edit.new, edit.kind, edit.score) for edit in dirt]
    mapped = MappedText.identity(letters).edited(_plain(dirt))
    for edits in spacing(mapped.text):
        for edit in edits:
            if edit.start < edit.end:
                span = mapped.to_source(edit.start, edit.end)
            else:
                at = mapped.starts[edit.start] if edit.start < len(mapped.text) else len(text)
                span = Span(at, at)
            found.append(Repair(span, edit.new, edit.kind, round(edit.score, 4)))
        mapped = mapped.edited(_plain(edits))
    return sorted(found)


def _plain(edits: Iterable[Edit]) -> list[tuple[int, int, str]]:
    return [edit[:3] for edit in edits]
