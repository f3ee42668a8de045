"""From visual to logical order: the Unicode bidirectional algorithm run backwards.

A PDF shows glyphs from left to right; a reader of Persian, and every program, wants them in the order in which they
are spoken. Going back from the picture is not always possible with certainty (``km 12`` in a Persian line may be
"12 km" or "km 12"); the choices made are stated where they are made. The algorithm: UAX #9
(https://www.unicode.org/reports/tr9/), of which rules W1–W7, N1, L2 and L4 are inverted for one level of embedding.

Also here, because they are repairs of the same pictures: presentation forms folded to letters, brackets that lost
their direction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Direction = Literal["ltr", "rtl"]
_Class = Literal["L", "R", "num", "sep", "mark", "neutral"]

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"))
_MIRRORED = {side: other for a, b in (*_PAIRS, ("<", ">"), ("≤", "≥")) for side, other in ((a, b), (b, a))}
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufd3d\ufd50-\ufdff\ufe70-\ufefc]+")
_RTL = re.compile("[\u0590-\u05ff\u0620-\u064a\u066e-\u06d5\u06ee-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile("[A-Za-zÀ-ʯͰ-ϿЀ-ӿ]")
_PERSIAN_DIGIT = re.compile("[٠-٩۰-۹]")


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


def mirrored(character: str) -> str:
    """The bracket that looks like this one from the other side; other characters are returned as they are."""
    return _MIRRORED.get(character, character)


def logical_order(units: Sequence[str], base: Direction) -> list[tuple[int, bool]]:
    """The logical order of what stands on a line from left to right.

    A unit is what one glyph stands for: a character, a ligature's letters in logical order, or a letter with its
    marks. Returns for each unit in logical order its index in ``units``, and whether it is read from right to left
    (a bracket that is must be :func:`mirrored`).
    """
    classes = [_class_of(unit) for unit in units]
    if base == "rtl":
        return _right_to_left(units, classes, range(len(units)))
    order: list[tuple[int, bool]] = []
    at = 0
    for start, end in _stretches_of_r(units, classes):
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


def mend_brackets(text: str) -> str:
    """Brackets turned to face what they enclose, where a kind of bracket does not pair up as it stands.

    Some PDF writers give the mirrored glyph of a bracket one meaning for both directions, so that ``(2015)`` arrives
    as ``)2015(``. A bracket is turned when it stands where only its counterpart can (after a space and before a
    letter, or the reverse), and only if no more brackets than before then lack a counterpart.
    """
    for opening, closing in _PAIRS:
        if opening not in text and closing not in text:
            continue
        lone = _unpaired(text, opening, closing)
        if not lone:
            continue
        characters = list(text)
        for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
            at = match.start()
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            leads = before.isspace() or before in '([{«‹"“'
            trails = after.isspace() or after in ')]}»›"”.,:;،؛؟!?'
            if leads != trails:
                characters[at] = opening if leads else closing
        mended = "".join(characters)
        if _unpaired(mended, opening, closing) <= lone:
            text = mended
    return text


def _unpaired(text: str, opening: str, closing: str) -> int:
    """How many brackets of a kind have no counterpart."""
    depth = lone = 0
    for character in text:
        if character == opening:
            depth += 1
        elif character == closing:
            if depth:
                depth -= 1
            else:
                lone += 1
    return lone + depth


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
    runs: list[list[int]] = []
    at = stretch.start
    while at < stretch.stop:
        end = _left_to_right_end(units, classes, at, stretch.stop)
        if end > at:
            runs.append(list(range(at, end)))
            at = end
        else:
            runs.append([at])
            at += 1
    return [(index, classes[index] not in ("L", "num") and len(run) == 1) for run in reversed(runs) for index in run]


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
