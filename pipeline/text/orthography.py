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
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipeline.text.gaps import Gap
from pipeline.text.half_spaces import Spelling, Verdict, spelling
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


#: From which probability on a space is closed: before endings, in a text that types spaces for half-spaces and in any
#: other; in compounds, in a text that types spaces, in one that shows nothing of its habits, and in any other. Where
#: half-spaces are typed at all, an open compound is the writer's choice more likely than a slip.
_SURE = 0.5
_ENDING_LOSSY, _ENDING = 0.5, 0.7
_COMPOUND_LOSSY, _COMPOUND_UNKNOWN, _COMPOUND = 0.55, 0.8, 0.92
_BROKEN = 0.9
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
_FOREIGN = re.compile(f"[{''.join(sorted(map(chr, _SAME_LENGTH)))}]")
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
_SPACE = " \u00a0"
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
    letters = _letters(text)
    mapped = MappedText.identity(letters)
    if _DIRT.search(letters):
        mapped = mapped.edited(_plain(_cleaning(letters)))
    for edits in _rounds(mapped.text):
        mapped = mapped.edited(_plain(edits))
    return mapped


def normalise_word(word: str) -> str:
    """One word in standard writing, when the way back does not matter."""
    cleaned = _letters(word)
    if _DIRT.search(cleaned):
        cleaned = _DIRT.sub(_clean, cleaned)
    return spelling().verdict(cleaned).form if _WORD.fullmatch(cleaned) else cleaned


def repairs(text: str) -> list[Repair]:
    """What :func:`normalise` changes in ``text``, in order of place."""
    letters = _letters(text)
    found = [
        Repair(Span(at, at + 1), new, "letter", 1.0)
        for at, (old, new) in enumerate(zip(text, letters, strict=True))
        if old != new
    ]
    cleaning = list(_cleaning(letters))
    found += [Repair(Span(edit.start, edit.end), edit.new, edit.kind, edit.score) for edit in cleaning]
    mapped = MappedText.identity(letters).edited(_plain(cleaning))
    for edits in _rounds(mapped.text):
        for edit in edits:
            if edit.start < edit.end:
                span = mapped.to_source(edit.start, edit.end)
            else:
                at = mapped.starts[edit.start] if edit.start < len(mapped.text) else len(text)
                span = Span(at, at)
            found.append(Repair(span, edit.new, edit.kind, round(edit.score, 4)))
        mapped = mapped.edited(_plain(edits))
    return sorted(found)


def _letters(text: str) -> str:
    """``text`` in Persian letters, each in its place. (Most texts have no other: looking first saves the copying.)"""
    return text.translate(_SAME_LENGTH) if _FOREIGN.search(text) else text


def _plain(edits: Iterable[_Edit]) -> list[tuple[int, int, str]]:
    return [edit[:3] for edit in edits]


def _rounds(text: str) -> Iterator[list[_Edit]]:
    """The edits of spacing, round by round, until nothing is left to mend.

    Only lines in which words were joined or parted, so that there are new words, are looked at again.
    """
    if not _WORD.search(text):
        return
    model = spelling()
    lines = [Span(0, len(text))]
    for _ in range(_MAX_ROUNDS):
        edits = [edit for line in lines for edit in _spacing(text, line, model)]
        if not edits:
            return
        yield edits
        again = [edit for edit in edits if edit.kind in ("broken", "glued") or (edit.kind == "space" and not edit.new)]
        if not again:
            return
        changed = replaced(text, _plain(edits))
        lines = []
        for edit in again:
            at = bisect_left(changed.starts, edit.start)
            if not lines or lines[-1].end < at:
                start, end = changed.text.rfind("\n", 0, at) + 1, changed.text.find("\n", at)
                lines.append(Span(start, end if end >= 0 else len(changed.text)))
        text = changed.text


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


def _spacing(text: str, within: Span, model: Spelling) -> list[_Edit]:
    """The repairs of half-spaces and spaces in a stretch of text, decided word by word and gap by gap."""
    edits: list[_Edit] = []
    matches = list(_WORD.finditer(text, *within))
    words = [match.group() for match in matches]
    verdicts = [model.verdict(word) for word in words]
    restored = 0
    doubtful: list[tuple[int, int]] = []
    end = -2
    left = ""
    for at, (match, word, verdict) in enumerate(zip(matches, words, verdicts, strict=True)):
        form, score, parts, cut, half = verdict
        start = match.start()
        if form != word:
            edits += _half_space_edits(word, form, start, score)
            restored += 1
        elif cut:
            edits.append(_Edit(start + cut, start + cut, " ", "glued", score))
        if start == end + 1 and text[end] in _SPACE:
            if model.is_doubtful(left, parts[0]):
                doubtful.append((at, end))
            elif (half or verdicts[at - 1].may_be_half) and (sure := model.is_broken(words[at - 1], word)) >= _BROKEN:
                edits.append(_Edit(end, start, "", "broken", sure))
        left = parts[-1]
        end = match.end()
    if doubtful:
        gaps = [(where, _gap(at, matches, verdicts, text)) for at, where in doubtful]
        slips = [(where, gap, model.closes(gap)) for where, gap in gaps if gap.inflects]
        ending, compound = _thresholds(sum(1 for *_, sure in slips if sure >= _SURE), restored, ZWNJ in text)
        open_compounds = [(where, gap, model.closes(gap, compound)) for where, gap in gaps if not gap.inflects]
        for where, gap, sure in slips + open_compounds:
            if sure >= (ending if gap.inflects else compound):
                joint = gap.joined[len(gap.left) : len(gap.joined) - len(gap.right)]
                edits.append(_Edit(where, where + 1, joint, "space", sure))
    return sorted(edits)


def _thresholds(spaces: int, restored: int, has_half_spaces: bool) -> tuple[float, float]:
    """What closing a space asks for, before endings and in compounds, by what the text does elsewhere: how many
    endings it parts by spaces, how many half-spaces it has lost altogether.
    """
    if has_half_spaces or restored > spaces:
        return _ENDING, _COMPOUND
    return (_ENDING_LOSSY, _COMPOUND_LOSSY) if spaces else (_ENDING, _COMPOUND_UNKNOWN)


def _gap(at: int, matches: list[re.Match[str]], verdicts: list[Verdict], text: str) -> Gap:
    """The gap before word ``at``, with the parts around it."""
    left, right = verdicts[at - 1].parts, verdicts[at].parts
    before = left[-2] if len(left) > 1 else ""
    if not before and at > 1 and _neighbours(matches[at - 2], matches[at - 1], text):
        before = verdicts[at - 2].parts[-1]
    after = right[1] if len(right) > 1 else ""
    if not after and at + 1 < len(matches) and _neighbours(matches[at], matches[at + 1], text):
        after = verdicts[at + 1].parts[0]
    return Gap(before, left[-1], right[0], after)


def _neighbours(first: re.Match[str], second: re.Match[str], text: str) -> bool:
    return second.start() == first.end() + 1 and text[first.end()] in _SPACE


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
