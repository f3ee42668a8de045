"""Half-spaces and spaces mended through a text: lost, typed as spaces, words run together or broken in two.

What is right is asked of the trained model (:mod:`pipeline.text.half_spaces`) word by word and gap by gap; here the
answers become edits. How much a doubtful space has to prove depends on what the text does elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.text.gaps import Gap
from pipeline.text.half_spaces import Spelling, Verdict, spelling
from pipeline.text.offsets import Span, replaced
from pipeline.text.persian_words import ZWNJ
from pipeline.text.plurals import neighbours
from pipeline.text.repair import Edit

#: From which probability on a space is closed: before endings, in a text that types spaces for half-spaces and in any
#: other; in compounds, in a text that types spaces, in one that shows nothing of its habits, and in any other. Where
#: half-spaces are typed at all, an open compound is the writer's choice more likely than a slip.
_SURE = 0.5
_ENDING_LOSSY, _ENDING = 0.5, 0.7
_COMPOUND_LOSSY, _COMPOUND_UNKNOWN, _COMPOUND = 0.55, 0.8, 0.92
_BROKEN = 0.9
#: Repairs that make new words may call for others; there are never many such rounds.
_MAX_ROUNDS = 4
_SPACE = " \u00a0"
_MARK = "\u064b-\u0652\u0670"
_LETTER = "ء-غف-يپچژکگی"
#: A word in Persian letters, half-spaces included, on which no vowel sign stands.
WORD = re.compile(rf"(?<![{_LETTER}{_MARK}{ZWNJ}])[{_LETTER}]++(?:{ZWNJ}[{_LETTER}]++)*+(?![{_MARK}])")
_STRAY_LETTER = re.compile(rf"[{_LETTER}{ZWNJ}]+[{_SPACE}][{_LETTER}](?![{_LETTER}])")


def spacing(text: str) -> Iterator[list[Edit]]:
    """The edits of spacing, round by round, until nothing is left to mend.

    Only lines in which words were joined or parted, so that there are new words, are looked at again.
    """
    if not WORD.search(text):
        return
    model = spelling()
    lines = [Span(0, len(text))]
    for _ in range(_MAX_ROUNDS):
        edits = [edit for line in lines for edit in _spacing(text, line, model)]
        if not edits:
            return
        yield edits
        again = [edit for edit in edits if _makes_a_new_word(edit, text)]
        if not again:
            return
        changed = replaced(text, [edit[:3] for edit in edits])
        lines = []
        for edit in again:
            at = bisect_left(changed.starts, edit.start)
            if not lines or lines[-1].end < at:
                start, end = changed.text.rfind("\n", 0, at) + 1, changed.text.find("\n", at)
                lines.append(Span(start, end if end >= 0 else len(changed.text)))
        text = changed.text


def _makes_a_new_word(edit: Edit, text: str) -> bool:
    """Whether what the edit makes should be looked at again: a word, or a verb before what may be its last letter."""
    if edit.kind == "space":
        return not edit.new or bool(_STRAY_LETTER.match(text, edit.end))
    return edit.kind in ("broken", "glued")


def _spacing(text: str, within: Span, model: Spelling) -> list[Edit]:
    """The repairs of half-spaces and spaces in a stretch of text, decided word by word and gap by gap."""
    edits: list[Edit] = []
    matches = list(WORD.finditer(text, *within))
    words = [match.group() for match in matches]
    verdicts = [model.verdict(word) for word in words]
    for at, verdict in enumerate(verdicts):
        if verdict.rivals:
            verdicts[at] = model.in_context(verdict, around(text, matches, at))
    restored = 0
    doubtful: list[tuple[int, int]] = []
    end = -2
    left = ""
    for at, (match, word, verdict) in enumerate(zip(matches, words, verdicts, strict=True)):
        form, score, parts, cut, half, _ = verdict
        start = match.start()
        if form != word:
            edits += _half_space_edits(word, form, start, score)
            restored += 1
        elif cut:
            edits.append(Edit(start + cut, start + cut, " ", "glued", score))
        if start == end + 1 and text[end] in _SPACE:
            if model.is_doubtful(left, parts[0]):
                doubtful.append((at, end))
            elif (half or verdicts[at - 1].may_be_half) and (sure := model.is_broken(words[at - 1], word)) >= _BROKEN:
                edits.append(Edit(end, start, "", "broken", sure))
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
                edits.append(Edit(where, where + 1, joint, "space", sure))
    return sorted(edits)


def around(text: str, matches: list[re.Match[str]], at: int) -> tuple[str, str]:
    """The neighbours of word ``at``, as :mod:`pipeline.text.plurals` names them."""
    match = matches[at]
    before = matches[at - 1].group() if at and _neighbours(matches[at - 1], match, text) else ""
    after = matches[at + 1].group() if at + 1 < len(matches) and _neighbours(match, matches[at + 1], text) else ""
    return neighbours(text, *match.span(), before, after)


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


def _half_space_edits(word: str, right: str, offset: int, score: float) -> Iterator[Edit]:
    """The edits that turn ``word`` into ``right``, which has the same letters; ``offset`` is where the word stands."""
    at = 0
    for character in right:
        if at < len(word) and word[at] == character:
            at += 1
        elif character == ZWNJ:
            yield Edit(offset + at, offset + at, ZWNJ, "half-space", score)
        else:
            while word[at] == ZWNJ:
                yield Edit(offset + at, offset + at + 1, "", "mark", 1.0)
                at += 1
            at += 1
    while at < len(word):
        yield Edit(offset + at, offset + at + 1, "", "mark", 1.0)
        at += 1
