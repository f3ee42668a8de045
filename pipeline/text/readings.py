"""The readings of a word that may have lost half-spaces: every way to take it apart that its parts allow.

``زمینهای`` is one word, ``زمین‌های`` or ``زمینه‌ای``. A reading is a tuple of parts; what can be said for or against
it is a list of named features, which :mod:`pipeline.text.half_spaces` weighs. The same code makes the features for
training and for use, so that the two cannot drift apart.

A joint is looked for only after a letter that joins the next one (elsewhere no reader could see it), and only where
the part before or after it is known to stand at joints (``می``, ``ها``, ``سازی``), or the whole form is attested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.text.persian_words import NON_JOINING, ZWNJ
from pipeline.text.word_kinds import Knowledge, bucket, frequency, kind, stem_kind, stems_of

Parts = tuple[str, ...]
Joint = tuple[str, str, bool]

_MAX_JOINTS = 3
_LONGEST = 40
_SHORTEST = 3
_LONGEST_PART = 9
_OFTEN = 4

_USELESS = re.compile(f"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}+")


class Readings(NamedTuple):
    """The readings of one word: for each its parts and its own features; the features of each joint stand apart,
    because many readings share them.
    """

    candidates: list[tuple[Parts, list[str]]]
    joints: dict[Joint, list[str]]

    def features(self) -> Iterator[tuple[Parts, list[str]]]:
        """Each reading with all its features."""
        for parts, names in self.candidates:
            yield parts, names + [name for joint in joints_of(parts) for name in self.joints[joint]]


def joints_of(parts: Parts) -> list[Joint]:
    """The joints of a reading: the parts on both sides, and whether it is the last one."""
    last = len(parts) - 2
    return [(parts[at], parts[at + 1], at == last) for at in range(last + 1)]


def readings(word: str, known: Knowledge) -> Readings:
    """Every reading of ``word`` (bare: without half-spaces), the word in one piece first."""
    shown = dict.fromkeys(_taken_apart(word, known))
    inner = _half_spaced_stems(word, known)
    for form in _written(word, inner, known):
        parts = tuple(_USELESS.sub("", form).split(ZWNJ))
        if len(parts) > 1 and all(parts):
            shown[parts] = None
    if not shown:
        return Readings([((word,), [])], {})
    candidates: list[tuple[Parts, list[str]]] = [((word,), _whole_features(word, inner, known))]
    joints: dict[Joint, list[str]] = {}
    whole = kind(word, known)[0]
    for parts in shown:
        candidates.append((parts, _parted_features(word, parts, inner, known)))
        for joint in joints_of(parts):
            if joint not in joints:
                joints[joint] = list(_joint(*joint, whole, known))
    return Readings(candidates, joints)


def _taken_apart(word: str, known: Knowledge) -> Iterator[Parts]:
    """The readings whose joints the parts themselves allow."""
    length = len(word)
    if not _SHORTEST <= length <= _LONGEST:
        return
    possible = [
        at for at in range(1, length) if word[at - 1] not in NON_JOINING and _joint_possible(word, at, length, known)
    ]
    if not possible:
        return
    waiting: list[tuple[int, Parts]] = [(0, ())]
    while waiting:
        start, before = waiting.pop()
        if before:
            last = word[start:]
            if _joins(before[-1], last, known):
                yield (*before, last)
        if len(before) == _MAX_JOINTS:
            continue
        for at in possible:
            if at > start + 1:
                part = word[start:at]
                if not before or _joins(before[-1], part, known):
                    waiting.append((at, (*before, part)))


def _joint_possible(word: str, at: int, length: int, known: Knowledge) -> bool:
    """Whether a part that is known to stand at joints ends or begins at ``at``."""
    rights, lefts = known.rights, known.lefts
    for end in range(min(length, at + _LONGEST_PART), at, -1):
        if word[at:end] in rights:
            return True
    return any(word[start:at] in lefts for start in range(max(0, at - _LONGEST_PART), at - 1))


def _joins(left: str, right: str, known: Knowledge) -> bool:
    if len(right) == 1:
        return left[-1] + right in known.single
    return right in known.rights or left in known.lefts


def _half_spaced_stems(word: str, known: Knowledge) -> dict[str, str]:
    """Half-spaced forms that the word holds with a joined ending after them, and that ending."""
    found = {}
    for stem, ending in stems_of(word):
        if len(stem) > 2:
            listed = known.words.listed.get(stem)
            if listed:
                found[_USELESS.sub("", listed)] = ending
            for form in known.attested.get(stem, ()):
                if ZWNJ in form:
                    found[form] = ending
    return {form: ending for form, ending in found.items() if ZWNJ in form}


def _written(word: str, inner: Mapping[str, str], known: Knowledge) -> Iterator[str]:
    """The forms that text, dictionaries or the grammar of verbs vouch for."""
    yield from known.attested.get(word, ())
    listed = known.words.listed.get(word)
    if listed:
        yield listed
    for form, ending in inner.items():
        yield form + ending
        if len(ending) > 1 or form[-1] + ending in known.single:
            yield form + ZWNJ + ending
    verb = known.verbs.spelled.get(word)
    if verb:
        yield verb


def _whole_features(word: str, inner: Mapping[str, str], known: Knowledge) -> list[str]:
    sort, magnitude = kind(word, known)
    forms = known.attested.get(word)
    seen = bucket(forms.get(word, 0)) if forms else "0"
    names = [
        "I", f"I{sort}", f"I{sort}{magnitude}", f"Il{min(len(word), 12)}", f"Is{seen}", f"Is{seen}{sort}",
        f"I<{word[:2]}", f"I>{word[-2:]}", f"I>{word[-3:]}{sort[-1]}",
    ]  # fmt: skip
    if inner:
        names += ["Ix", "Ix" + min(inner.values(), key=len)]
    return names


def _parted_features(word: str, parts: Parts, inner: Mapping[str, str], known: Knowledge) -> list[str]:
    form = ZWNJ.join(parts)
    names = [f"n{len(parts)}"]
    forms = known.attested.get(word)
    if forms and form in forms:
        names += [f"s{bucket(forms[form])}", f"r{round(4 * forms[form] / sum(forms.values()))}"]
    listed = known.words.listed.get(word)
    whole = kind(word, known)[0]
    if listed:
        names += ["L", "L" + whole] if _USELESS.sub("", listed) == form else ["Lx"]
    for stem, ending in inner.items():
        rest = form.removeprefix(stem)
        if rest == ending:
            names += ["X", "X" + ending]
        elif rest == ZWNJ + ending:
            names += ["X", f"X{ending}|"]
        else:
            names.append("Xx")
    if known.verbs.spelled.get(word) == form:
        names.append("v")
    first, magnitude = kind(parts[0], known)
    last, last_magnitude = kind(parts[-1], known)
    names += [
        "w" + whole, "f" + first, f"f{first}{magnitude}", f"fl{min(len(parts[0]), 5)}{first[-1]}",
        f"e{last}{last_magnitude}",
    ]  # fmt: skip
    return names


def _joint(left: str, right: str, is_last: bool, whole: str, known: Knowledge) -> Iterator[str]:
    lefts, rights = known.lefts.get(left, 0), known.rights.get(right, 0)
    left_kind, left_magnitude = kind(left, known)
    right_kind, right_magnitude = kind(right, known)
    yield f"j{bucket(lefts)}/{bucket(rights)}"
    yield f"k{left_kind}/{right_kind}"
    yield f"w{whole}{bucket(rights)}"
    yield f"q{left_magnitude}/{right_magnitude}"
    yield f"l{min(len(left), 4)}{min(len(right), 4)}{whole}"
    if lefts > _OFTEN:
        yield "<" + left
        yield f"<{left}/{right_kind}"
        yield f"<{left}/{right_magnitude}"
        yield f"<{left}/{whole}"
        yield f"<{left}>{right[-2:]}"
        if left.endswith("می"):
            yield "m" + stem_kind(right, known)
    if rights > _OFTEN:
        yield ">" + right
        yield f">{right}/{left_kind}"
        yield f">{right}/{left_kind}{left_magnitude}"
        yield f">{right}/{whole}"
        yield f">{right}<{left[-1]}"
        yield f">{right}<{left[-2:]}"
        yield f">{right}{'.' if is_last else '+'}"
    # نشست‌های or نشسته‌ای: the stem that is the commoner word, for its kind, is the likelier one.
    if right[0] == "ه":
        rival = left + "ه"
    elif len(left) > 2 and left[-1] == "ه" and right[0] == "ا":
        rival = left[:-1]
    else:
        return
    rival_kind = kind(rival, known)[0]
    lead = round(2 * math.log10((1 + frequency(left, known)) / (1 + frequency(rival, known))))
    yield f"z{right[0]}{max(-8, min(8, lead))}"
    yield f"z{right[0]}{left_kind}{rival_kind}"
    yield f"z{right}{max(-3, min(3, lead))}{left_kind}{rival_kind}"
