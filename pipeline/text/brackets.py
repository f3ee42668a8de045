"""Brackets in text of two directions: their counterparts, and which way they must face."""

from __future__ import annotations

import re

PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"))
_MIRRORED = {side: other for a, b in (*PAIRS, ("<", ">"), ("≤", "≥")) for side, other in ((a, b), (b, a))}


def mirrored(character: str) -> str:
    """The bracket that looks like this one from the other side; other characters are returned as they are."""
    return _MIRRORED.get(character, character)


def mend_brackets(text: str) -> str:
    """Brackets turned to face what they enclose, where a kind of bracket does not pair up as it stands.

    Some PDF writers give the mirrored glyph of a bracket one meaning for both directions, so that ``(2015)`` arrives
    as ``)2015(``. A bracket is turned when it stands where only its counterpart can (after a space and before a
    letter, or the reverse), and only if no more brackets than before then lack a counterpart.
    """
    for opening, closing in PAIRS:
        if opening not in text and closing not in text:
            continue
        before_mending = _unpaired(text, opening, closing)
        if not before_mending:
            continue
        characters = list(text)
        unclear: list[int] = []
        for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
            at = match.start()
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            leads = before.isspace() or before in '([{«‹"“'
            trails = after.isspace() or after in ')]}»›"”.,:;،؛؟!?'
            if leads != trails:
                characters[at] = opening if leads else closing
            else:
                unclear.append(at)
        mended = "".join(characters)
        for at in unclear:  # between two letters or digits, as in 12(3): what pairs up is right
            turned = mended[:at] + mirrored(mended[at]) + mended[at + 1 :]
            if _unpaired(turned, opening, closing) < _unpaired(mended, opening, closing):
                mended = turned
        if _unpaired(mended, opening, closing) <= before_mending:
            text = mended
    return text


def _unpaired(text: str, opening: str, closing: str) -> int:
    """How many brackets of a kind have no counterpart."""
    return sum(lone(text, opening, closing))


def lone(text: str, opening: str, closing: str) -> tuple[int, int]:
    """How many closing and how many opening brackets of a kind have no counterpart."""
    depth = alone = 0
    for character in text:
        if character == opening:
            depth += 1
        elif character == closing:
            if depth:
                depth -= 1
            else:
                alone += 1
    return alone, depth
