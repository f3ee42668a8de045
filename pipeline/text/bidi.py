"""From visual to logical order: the Unicode bidirectional algorithm run backwards.

A PDF shows glyphs from left to right; a reader of Persian, and every program, wants them in the order in which they
are spoken. Going back from the picture is not always possible with certainty (``km 12`` in a Persian line may be
"12 km" or "km 12"); the choices made are stated where they are made. The algorithm: UAX #9
(https://www.unicode.org/reports/tr9/), of which rules W1–W7, N1, L2 and L4 are inverted for one level of embedding.

Also here, because it is a repair of the same pictures: presentation forms folded to letters. Brackets that lost their
direction are in :mod:`.brackets`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise, product
from typing import Literal

from pipeline.text.bidi_faults import Judge
from pipeline.text.brackets import mirrored

Direction = Literal["ltr", "rtl"]
_Class = Literal["L", "R", "num", "sep", "mark", "neutral"]

_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufd3d\ufd50-\ufdff\ufe70-\ufefc]+")
_RTL = re.compile("[\u0590-\u05ff\u0620-\u064a\u066e-\u06d5\u06ee-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile("[A-Za-zÀ-ʯͰ-ϿЀ-ӿ]")
_PERSIAN_DIGIT = re.compile("[٠-٩۰-۹]")
_CONTEXT = 120  # characters of the paragraph above a line that its reading is judged with
_MOST_WAYS = 48
_MOST_READINGS = 100  # of one line, nearest first: the fault of a line that has it in every reading is not worth more


def base_direction(text: str, default: Direction = "ltr") -> Direction:
    """The direction of a line or paragraph: that of the majority of its letters, ``default`` when there are none."""
    share = rtl_share(text)
    if share is None or share == 0.5:
        return default
    return "rtl" if share > 0.5 else "ltr"


def rtl_share(text: str) -> float | None:
    """The share of right-to-left letters among all letters, or None when there are none."""
    right, left = len(_RTL.findall(text)), len(_LTR.findall(text))
    return right / (right + left) if right + left else None


def fold_presentation_forms(text: str) -> str:
    """Arabic presentation forms and Latin ligatures as the letters they stand for; everything else stays as it is.

    Folded run by run: NFKC over a whole text would also destroy superscripts and full-width forms.
    """
    return _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def logical_order(units: Sequence[str], base: Direction, before: str | None = "") -> list[tuple[int, bool]]:
    """The logical order of what stands on a line from left to right.

    A unit is what one glyph stands for: a character, a ligature's letters in logical order, or a letter with its
    marks. ``before`` is the text of the same paragraph above this line; None asks for the usual reading, quickly.
    Returns for each unit in logical order its index in ``units``, and whether it is read from right to left (a bracket
    that is must be :func:`mirrored`).

    In a right-to-left line the runs that are read from left to right are not always plain to see. The usual reading
    is tried first; if it is not without fault (:mod:`.bidi_faults`), the other ones are, and the best one wins.
    """
    classes = [_class_of(unit) for unit in units]
    if base == "rtl":
        return _best_order(units, classes, before)
    order: list[tuple[int, bool]] = []
    at = _continued_numbers(units, classes, before or "")
    order.extend(_right_to_left(units, classes, range(at)))
    for start, end in _stretches_of_r(units, classes):
        if start < at:
            continue
        order.extend((index, False) for index in range(at, start))
        order.extend(_right_to_left(units, classes, range(start, end)))
        at = end
    order.extend((index, False) for index in range(at, len(units)))
    return order


def to_logical(visual: str, base: Direction | None = None) -> str:
    """A line of text given from left to right, in logical order; every character is a unit, marks follow their base."""
    units: list[str] = []
    for character in visual:
        if units and unicodedata.bidirectional(character) == "NSM":
            units[-1] += character
        else:
            units.append(character)
    order = logical_order(units, base or base_direction(visual))
    return "".join(mirrored(units[index]) if right else units[index] for index, right in order)


def _class_of(unit: str) -> _Class:
    """The part a unit plays, by its first character that is not a mark."""
    for character in unit:
        bidi = unicodedata.bidirectional(character)
        if bidi == "NSM":
            continue
        if bidi == "L":
            return "L"
        if bidi in ("R", "AL"):
            return "R"
        if bidi in ("EN", "AN"):
            return "num"
        return "sep" if bidi == "CS" else "mark" if bidi in ("ES", "ET") else "neutral"
    return "neutral"


def _right_to_left(units: Sequence[str], classes: Sequence[_Class], stretch: range) -> list[tuple[int, bool]]:
    """A stretch read from right to left, with the runs in it that are read from left to right kept whole."""
    return _ordered(_usual_runs(units, classes, stretch), classes, stretch)


def _usual_runs(units: Sequence[str], classes: Sequence[_Class], stretch: range) -> list[tuple[int, int]]:
    """The runs of a stretch that are read from left to right, as the usual typesetter makes them."""
    runs: list[tuple[int, int]] = []
    at = stretch.start
    while at < stretch.stop:
        end = _left_to_right_end(units, classes, at, stretch.stop)
        if end > at:
            runs.append((at, end))
        at = max(end, at + 1)
    return runs


def _ordered(runs: Sequence[tuple[int, int]], classes: Sequence[_Class], stretch: range) -> list[tuple[int, bool]]:
    """A stretch read from right to left, but each of ``runs`` from left to right."""
    order: list[tuple[int, bool]] = []
    at = stretch.stop
    for start, end in reversed(runs):
        order.extend((index, classes[index] not in ("L", "num")) for index in range(at - 1, end - 1, -1))
        order.extend((index, False) for index in range(start, end))
        at = start
    order.extend((index, classes[index] not in ("L", "num")) for index in range(at - 1, stretch.start - 1, -1))
    return order


def _best_order(units: Sequence[str], classes: Sequence[_Class], before: str | None) -> list[tuple[int, bool]]:
    """The order of a right-to-left line whose reading has the fewest faults."""
    whole = range(len(units))
    usual = _usual_runs(units, classes, whole)
    best = _ordered(usual, classes, whole)
    if not usual or before is None:
        return best
    judge = Judge(units, before[-_CONTEXT:])
    least = judge.faults(best)
    if least == 0:
        return best
    for runs in islice(_other_runs(units, classes, usual), _MOST_READINGS):
        order = _ordered(runs, classes, whole)
        unusual = 0.01 * sum(1 for run in runs if run not in usual)
        faults = judge.faults(order, least - unusual) + unusual
        if faults < least:
            best, least = order, faults
    return best


def _other_runs(
    units: Sequence[str], classes: Sequence[_Class], usual: Sequence[tuple[int, int]]
) -> Iterator[list[tuple[int, int]]]:
    """Other ways to see the left-to-right runs of a line: joined to their neighbours or not, with or without the
    punctuation that touches them. At most some hundred ways, those that differ least first."""
    cores: list[tuple[int, int]] = []
    for start, end in usual:
        cores.extend(_cores(classes, start, end))
    joints: list[tuple[bool, ...]] = []
    for (a, left), (right, b) in pairwise(cores):
        joined = any(start <= left - 1 and right < end for start, end in usual)
        gap = classes[left:right]
        if "R" in gap:
            joints.append((False,))
        elif classes[left - 1] == classes[right] == "L" or (
            len(gap) == 1 and gap[0] == "sep" and not _has_l(classes, a, b)
        ):
            joints.append((joined,))
        else:
            joints.append((joined, not joined))
    for joint in islice(_nearest_first(joints), _MOST_WAYS):
        runs = [cores[0]]
        for (start, end), together in zip(cores[1:], joint, strict=True):
            if together:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        edges: list[tuple[tuple[int, int], ...]] = []
        for index, (start, end) in enumerate(runs):
            floor = runs[index - 1][1] if index else 0
            limit = runs[index + 1][0] if index + 1 < len(runs) else len(units)
            rights = _reaches(units, classes, end, limit, 1)
            lefts = _reaches(units, classes, start - 1, floor - 1, -1)
            edges.append(tuple((left + 1, right) for left in lefts for right in rights))
        for chosen in islice(_nearest_first(edges), _MOST_WAYS):
            if all(one[1] <= other[0] for one, other in pairwise(chosen)):
                yield list(chosen)


def _cores(classes: Sequence[_Class], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run without neutrals."""
    at = start
    while at < end:
        if classes[at] not in ("L", "num"):
            at += 1
            continue
        stop = at
        while stop < end and classes[stop] in ("L", "num"):
            stop += 1
        yield at, stop
        at = stop


def _has_l(classes: Sequence[_Class], start: int, end: int) -> bool:
    return "L" in classes[start:end]


def _reaches(units: Sequence[str], classes: Sequence[_Class], at: int, limit: int, step: int) -> list[int]:
    """How far a run may reach over the neutrals beside it: not at all, or over up to three of them."""
    found = [at]
    probe = at
    spaces = 0
    while probe != limit and len(found) < 4:
        if units[probe].isspace():
            spaces += 1
            if spaces > 1:
                break
        elif classes[probe] in ("sep", "mark", "neutral") and units[probe] not in "،؛؟":
            found.append(probe + step)
        else:
            break
        probe += step
    return found


def _nearest_first[Choice](options: Sequence[tuple[Choice, ...]]) -> Iterator[tuple[Choice, ...]]:
    """Every choice of one of each option, those with the fewest departures from the first one first."""
    indices = [range(len(option)) for option in options]
    free = [at for at, option in enumerate(options) if len(option) > 1]
    for departures in range(len(free) + 1):
        for places in combinations(free, departures):
            for taken in product(*(indices[place][1:] for place in places)):
                chosen = [option[0] for option in options]
                for place, index in zip(places, taken, strict=True):
                    chosen[place] = options[place][index]
                yield tuple(chosen)


def _left_to_right_end(units: Sequence[str], classes: Sequence[_Class], start: int, stop: int) -> int:
    """Where the left-to-right run that begins at ``start`` ends, or ``start`` when none begins there.

    A run holds letters, numbers, and what stands between two of them. Numbers alone are joined only by a single
    separator (``1394/05/12``, ``3.5``); a hyphen between two numbers separates them, since after Persian letters
    ``1390-1394`` is shown the other way round. Between a Latin word and a number after a space the run goes on when
    the number is written in Latin digits (``Windows 10``) and ends when it is in Persian ones (``۱۲ km``).
    """
    if classes[start] not in ("L", "num"):
        return start
    end = start + 1
    has_letter = classes[start] == "L"
    while end < stop:
        if classes[end] in ("L", "num"):
            has_letter = has_letter or classes[end] == "L"
            end += 1
            continue
        following = end
        while following < stop and classes[following] in ("sep", "mark", "neutral"):
            following += 1
        if following == stop or classes[following] == "R":
            return end
        gap = units[end:following]
        if not has_letter and classes[following] == "num":
            after_number = following
            while after_number < stop and classes[after_number] == "num":
                after_number += 1
            joined_to_letter = after_number < stop and classes[after_number] == "L"
            if not joined_to_letter and (len(gap) > 1 or classes[end] != "sep"):
                return end
        elif any(character.isspace() for character in gap):
            persian = _PERSIAN_DIGIT.search(units[end - 1]) or _PERSIAN_DIGIT.search(units[following])
            if persian:
                return end
        end = following
    return end


def _continued_numbers(units: Sequence[str], classes: Sequence[_Class], before: str) -> int:
    """The end of the numbers that a left-to-right line begins with and that go on with the right-to-left words at the
    end of the line above (``… یزدی`` and ``۱۳۹۰، ۴۴``): they follow each other from right to left as well."""
    letters = _RTL.findall(before[-_CONTEXT:]), _LTR.findall(before[-_CONTEXT:])
    if not letters[0] or (letters[1] and before.rfind(letters[1][-1]) > before.rfind(letters[0][-1])):
        return 0
    stop = next((at for at, kind in enumerate(classes) if kind in ("L", "R")), len(units))
    if stop < len(units) and classes[stop] == "R":
        return 0
    numbers = [at for at in range(stop) if classes[at] == "num"]
    if not numbers or not all(_PERSIAN_DIGIT.search(units[at]) for at in numbers):
        return 0
    return numbers[-1] + 1


def _stretches_of_r(units: Sequence[str], classes: Sequence[_Class]) -> list[tuple[int, int]]:
    """In a left-to-right line: the stretches read from right to left.

    A stretch begins and ends with a right-to-left letter and holds what stands between such letters, Latin letters
    excepted. A number in Persian digits to the left of a stretch is its end, logically (``ایران ۱۳۹۴``).
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(units):
        if classes[at] != "R":
            at += 1
            continue
        start, end = at, at + 1
        probe = end
        while probe < len(units) and classes[probe] != "L":
            probe += 1
            if classes[probe - 1] == "R":
                end = probe
        number = start
        while number > 0 and classes[number - 1] in ("num", "sep", "mark", "neutral"):
            number -= 1
            if classes[number] == "num" and not _PERSIAN_DIGIT.search(units[number]):
                break
            if classes[number] == "num":
                start = number
        found.append((start if not found else max(start, found[-1][1]), end))
        at = end
    return found
