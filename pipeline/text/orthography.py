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

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipeline.text.gaps import Gap
from pipeline.text.half_spaces import Spelling, spelling
from pipeline.text.offsets import MappedText, Span, replaced
from pipeline.text.persian_words import ZWNJ

Kind = Literal["letter", "mark", "half-space", "space", "broken", "glued"]


class Repair(NamedTuple):
    """One change: the source range it replaces (empty where something is inserted), the new text, what was wrong
    (``letter`` not Persian, ``mark`` that shows nothing, ``half-space`` lost, ``space`` that should be a half-space or
    none, word ``broken`` in two, words ``glued`` together) and the probability that the repair is right.
    """

    span: Span
    new: str
    kind: Kind
    score: float


class _Edit(NamedTuple):
    start: int
    end: int
    new: str
    kind: Kind
    score: float


#: From which probability on a repair is made. A compound written open may be the writer's choice; where a text has no
#: half-space at all and types spaces for them elsewhere, it is likelier a slip.
_SURE = 0.5
_OPEN_COMPOUND, _OPEN_COMPOUND_IN_LOSSY_TEXT = 0.9, 0.55
_BROKEN, _GLUED = 0.9, 0.9
#: Repairs that make new words may call for others; there are never many such rounds.
_MAX_ROUNDS = 4

_LETTERS = {
    "ي": "ی", "ى": "ی", "ﻱ": "ی", "ې": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه",
    "ۂ": "ۀ", "ۃ": "ه", "ٱ": "ا", "ﺍ": "ا",
}  # fmt: skip
_TO_PERSIAN = str.maketrans(_LETTERS)


def _presentation_letters() -> dict[str, str]:
    """Presentation forms that stand for one letter, with that letter in Persian; ligatures stand for several."""
    found = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            found[chr(code)] = plain.translate(_TO_PERSIAN)
    return found


_PRESENTATION = _presentation_letters()
#: One letter for one letter, so that offsets stay: what :func:`normalise` does first and :func:`fold` builds on.
_SAME_LENGTH = str.maketrans({**_LETTERS, **_PRESENTATION})
_FOLD = str.maketrans(
    {
        **_LETTERS, **_PRESENTATION, "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ی", "ۀ": "ه",
        **{chr(0x06F0 + n): str(n) for n in range(10)}, **{chr(0x0660 + n): str(n) for n in range(10)},
    }
)  # fmt: skip

_LIGATURE = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
_DROPPED = "\u0640\u200b\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_DIRT = re.compile(
    rf"[{_DROPPED}]+|[\uFB50-\uFDFB\uFE70-\uFEFC]|[\u200c\u00ac]{{2,}}|(?<![\w\u064b-\u0655]){ZWNJ}|{ZWNJ}(?!\w)"
)
_MARK = "\u064b-\u0652\u0670"
_LETTER = "ء-غف-يپچژکگی"
_WORD = re.compile(rf"(?<![{_LETTER}{_MARK}{ZWNJ}])[{_LETTER}]++(?:{ZWNJ}[{_LETTER}]++)*+(?![{_MARK}])")


def fold(text: str) -> str:
    """``text`` with letters and digits in one form each, of the same length: Arabic letters, presentation forms and
    carriers of hamza become plain Persian letters, Persian and Arabic digits ASCII ones.
    """
    return text.translate(_FOLD)


def normalise(text: str) -> MappedText:
    """``text`` in standard Persian writing; the map leads from each character back to its source.

    Idempotent. Text without Persian letters comes back as it is, except for invisible marks.
    """
    letters = text.translate(_SAME_LENGTH)
    mapped = replaced(letters, _plain(_cleaning(letters))) if _DIRT.search(letters) else MappedText.identity(letters)
    for edits in _rounds(mapped.text):
        mapped = _after(mapped, edits)
    return mapped


def normalise_word(word: str) -> str:
    """One word in standard writing, when the way back does not matter."""
    cleaned = word.translate(_SAME_LENGTH)
    if _DIRT.search(cleaned):
        cleaned = _DIRT.sub(_clean, cleaned)
    return spelling().restore(cleaned)[0] if _WORD.fullmatch(cleaned) else cleaned


def repairs(text: str) -> list[Repair]:
    """What :func:`normalise` changes in ``text``, in order of place."""
    letters = text.translate(_SAME_LENGTH)
    found = [
        Repair(Span(at, at + 1), new, "letter", 1.0)
        for at, (old, new) in enumerate(zip(text, letters, strict=True))
        if old != new
    ]
    cleaning = list(_cleaning(letters))
    found += [Repair(Span(edit.start, edit.end), edit.new, edit.kind, edit.score) for edit in cleaning]
    mapped = replaced(letters, _plain(cleaning))
    for edits in _rounds(mapped.text):
        for edit in edits:
            if edit.start < edit.end:
                span = mapped.to_source(edit.start, edit.end)
            else:
                at = mapped.starts[edit.start] if edit.start < len(mapped.text) else len(text)
                span = Span(at, at)
            found.append(Repair(span, edit.new, edit.kind, round(edit.score, 4)))
        mapped = _after(mapped, edits)
    return sorted(found)


def _after(mapped: MappedText, edits: list[_Edit]) -> MappedText:
    """A mapped text with further edits made."""
    changed = replaced(mapped.text, _plain(edits))
    return changed if isinstance(mapped.starts, range) else mapped.compose(changed)


def _plain(edits: Iterable[_Edit]) -> list[tuple[int, int, str]]:
    return [edit[:3] for edit in edits]


def _rounds(text: str) -> Iterator[list[_Edit]]:
    """The edits of spacing, round by round, until nothing is left to mend."""
    if not _WORD.search(text):
        return
    model = spelling()
    for _ in range(_MAX_ROUNDS):
        edits = _spacing(text, model)
        if not edits:
            return
        yield edits
        if all(edit.kind in ("half-space", "mark") or edit.new == ZWNJ for edit in edits):
            return
        text = replaced(text, _plain(edits)).text


def _cleaning(text: str) -> Iterator[_Edit]:
    """Marks that are dropped, ligatures spelled out, half-spaces that join nothing."""
    for match in _DIRT.finditer(text):
        kind: Kind = "letter" if _LIGATURE.match(match.group()) else "mark"
        yield _Edit(match.start(), match.end(), _clean(match), kind, 1.0)


def _clean(match: re.Match[str]) -> str:
    found = match.group()
    if _LIGATURE.match(found):
        return unicodedata.normalize("NFKC", found).translate(_SAME_LENGTH).strip()
    if ZWNJ in found and len(found) > 1:
        before = match.string[match.start() - 1 : match.start()]
        after = match.string[match.end() : match.end() + 1]
        return ZWNJ if _is_letter(before) and _is_letter(after) else ""
    return ""


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u064b" <= character <= "\u0655"


def _spacing(text: str, model: Spelling) -> list[_Edit]:
    """The repairs of half-spaces and spaces, decided word by word and gap by gap."""
    edits: list[_Edit] = []
    doubtful: list[tuple[int, Gap, float]] = []
    restored = glued = 0
    matches = list(_WORD.finditer(text))
    words = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    forms = [model.restore(word) for word in words]
    previous_end = -2
    left = before = ""
    for at, (word, start) in enumerate(zip(words, starts, strict=True)):
        form, score = forms[at]
        where, sure = model.lost_space(word) if ZWNJ not in word else (0, 0.0)
        if sure >= _GLUED:
            edits.append(_Edit(start + where, start + where, " ", "glued", sure))
            form = word
        elif form != word:
            edits += _half_space_edits(word, form, start, score)
            restored += 1
        parts = form.split(ZWNJ) if ZWNJ in form else (form,)
        right = parts[0]
        if start == previous_end + 1 and text[previous_end] in " \u00a0":
            if model.is_doubtful(left, right):
                gap = Gap(before, left, right, _following(parts, at, words, starts, forms, text))
                doubtful.append((previous_end, gap, model.closes(gap)))
            else:
                sure = model.is_broken(words[at - 1], word)
                if sure >= _BROKEN:
                    edits.append(_Edit(previous_end, start, "", "broken", sure))
            before = left if len(parts) == 1 else parts[-2]
        else:
            before = "" if len(parts) == 1 else parts[-2]
        left = parts[-1]
        previous_end = start + len(word)
    glued = sum(1 for _, gap, sure in doubtful if sure >= _SURE and gap.inflects)
    lossy = glued > restored and ZWNJ not in text
    compound = _OPEN_COMPOUND_IN_LOSSY_TEXT if lossy else _OPEN_COMPOUND
    for where, gap, sure in doubtful:
        if sure >= (_SURE if gap.inflects else compound):
            joint = gap.joined[len(gap.left) : len(gap.joined) - len(gap.right)]
            edits.append(_Edit(where, where + 1, joint, "space", sure))
    return sorted(edits)


def _following(
    parts: tuple[str, ...] | list[str],
    at: int,
    words: list[str],
    starts: list[int],
    forms: list[tuple[str, float]],
    text: str,
) -> str:
    """The part of a word that comes next after the first part of word ``at``; empty where something stands between."""
    if len(parts) > 1:
        return parts[1]
    end = starts[at] + len(words[at])
    if at + 1 < len(words) and starts[at + 1] == end + 1 and text[end] in " \u00a0":
        return forms[at + 1][0].partition(ZWNJ)[0]
    return ""


def _half_space_edits(word: str, right: str, offset: int, score: float) -> Iterator[_Edit]:
    """The edits that turn ``word`` into ``right``, which has the same letters; ``offset`` is where the word stands."""
    at = 0
    for character in right:
        if at < len(word) and word[at] == character:
            at += 1
        elif character == ZWNJ:
            yield _Edit(offset + at, offset + at, ZWNJ, "half-space", score)
        else:
            while word[at] == ZWNJ:
                yield _Edit(offset + at, offset + at + 1, "", "mark", 1.0)
                at += 1
            at += 1
    while at < len(word):
        yield _Edit(offset + at, offset + at + 1, "", "mark", 1.0)
        at += 1
