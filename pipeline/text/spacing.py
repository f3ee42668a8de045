"""Half-spaces and spaces mended through a text: lost, typed as spaces, words run together or broken in two.

What is right is asked of the trained model (:mod:`pipeline.text.half_spaces`) word by word and gap by gap; here the
answers become edits. How much a doubtful space has to prove depends on what the text does elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.text.gaps import Gap
from pipeline.text.half_spaces import NO_VERDICT, Spelling, Verdict, spelling
from pipeline.text.offsets import Span, replaced
from pipeline.text.persian_words import ZWNJ
from pipeline.text.plurals import neighbours
from pipeline.text.repair import Edit
from pipeline.text.words import LETTERS, SPACES, Words, words_of

#: From which probability on a space is closed: before endings, in a text that types spaces for half-spaces and in any
#: other; in compounds, in a text that types spaces, in one that shows nothing of its habits, and in any other. Where
#: half-spaces are typed at all, an open compound is the writer's choice more likely than a slip.
_SURE = 0.5
_ENDING_LOSSY, _ENDING = 0.5, 0.7
_COMPOUND_LOSSY, _COMPOUND_UNKNOWN, _COMPOUND = 0.55, 0.8, 0.92
_BROKEN = 0.9
#: Repairs that make new words may call for others; there are never many such rounds.
_MAX_ROUNDS = 4
_PERSIAN = re.compile(f"[{LETTERS}]")
_STRAY_LETTER = re.compile(rf"[{LETTERS}{ZWNJ}]+[{''.join(SPACES)}][{LETTERS}](?![{LETTERS}])")


def spacing(text: str) -> Iterator[list[Edit]]:
    """The edits of spacing, round by round, until nothing is left to mend.

    Only lines in which words were joined or parted, so that there are new words, are looked at again.
    """
    if not _PERSIAN.search(text):
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
    found = words_of(text, within)
    verdicts = model.verdicts(found.words)
    restored = 0
    doubtful: list[int] = []
    last: Verdict = NO_VERDICT
    for at, (word, verdict, space) in enumerate(zip(found.words, verdicts, found.gaps, strict=False)):
        if not verdict.is_plain:
            if verdict.rivals:
                verdict = verdicts[at] = model.in_context(verdict, neighbours(found, at))  # noqa: PLW2901
            start = found.starts[at]
            if verdict.cut:
                edits.append(Edit(start + verdict.cut, start + verdict.cut, " ", "glued", verdict.score))
            elif verdict.form != word:
                edits += _half_space_edits(word, verdict.form, start, verdict.score)
                restored += 1
        if space in SPACES and at:
            left, right = last.parts[-1], verdict.parts[0]
            if last.ends_bound or verdict.begins_bound or f"{left}{ZWNJ}{right}" in model.pairs:
                if model.is_doubtful(left, right):
                    doubtful.append(at)
            elif verdict.may_be_half or last.may_be_half:
                sure = model.is_broken(found.words[at - 1], word)
                if sure >= _BROKEN:
                    edits.append(Edit(found.starts[at] - 1, found.starts[at], "", "broken", sure))
        last = verdict
    if doubtful:
        gaps = [(found.starts[at] - 1, _gap(at, found, verdicts)) for at in doubtful]
        slips = [(where, gap, model.closes(gap)) for where, gap in gaps if gap.inflects]
        ending, compound = _thresholds(sum(1 for *_, sure in slips if sure >= _SURE), restored, ZWNJ in text)
        open_compounds = [(where, gap, model.closes(gap, compound)) for where, gap in gaps if not gap.inflects]
        for where, gap, sure in slips + open_compounds:
            if sure >= (ending if gap.inflects else compound):
                joint = gap.joined[len(gap.left) : len(gap.joined) - len(gap.right)]
                edits.append(Edit(where, where + 1, joint, "space", sure))
    return sorted(edits)


def _thresholds(spaces: int, restored: int, has_half_spaces: bool) -> tuple[float, float]:
    """What closing a space asks for, before endings and in compounds, by what the text does elsewhere: how many
    endings it parts by spaces, how many half-spaces it has lost altogether.
    """
    if has_half_spaces or restored > spaces:
        return _ENDING, _COMPOUND
    return (_ENDING_LOSSY, _COMPOUND_LOSSY) if spaces else (_ENDING, _COMPOUND_UNKNOWN)


def _gap(at: int, found: Words, verdicts: list[Verdict]) -> Gap:
    """The gap before word ``at``, with the parts around it."""
    left, right = verdicts[at - 1].parts, verdicts[at].parts
    before = left[-2] if len(left) > 1 else ""
    if not before and at > 1 and found.gaps[at - 1] in SPACES:
        before = verdicts[at - 2].parts[-1]
    after = right[1] if len(right) > 1 else ""
    if not after and at + 1 < len(verdicts) and found.gaps[at + 1] in SPACES:
        after = verdicts[at + 1].parts[0]
    return Gap(before, left[-1], right[0], after)


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
