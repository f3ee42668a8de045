"""What is wrong with a reading of a right-to-left line: how :mod:`.bidi` tells the likely one from the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import inf

from pipeline.text.bidi_levels import levels, shown_order
from pipeline.text.brackets import PAIRS, lone, mend_brackets, mirrored

#: Punctuation with a space on the side where none belongs, or without one where one does.
_MISPLACED = re.compile(
    r"(?:\s|^)[،؛:;,.!?؟)\]}»%٪](?=[\w«(])|\w\s[)\]}»](?=\s|$)|[(\[{«](?=\s|$)"
    r"|[=×<>≤≥+][ ]?[،؛:;,.!?؟)\]»](?!\d)|[\s(\[«][-–](?=[^\W\d])|(?:\s|^)%(?=\d)"
    r"|[\u0620-\u06d3؛،] [&=+×<>≤≥] (?=[A-Za-z])|&\s?[)\]،؛.,]|[-–][.،,:;](?=\d)|\d[-–](?=\s)|(?:\s|^)[-–](?=\d)"
    r"|//:|(?:\s|^)//?\w"
)
_RANGE = re.compile(r"(?<![\w/.-])(?P<low>\d{1,4})\s?[-–]\s?(?P<high>\d{1,4})(?![\w/-])")
#: A unit of measure before its number; seen in a right-to-left line it stands to the left, so it is read after it.
_UNIT_FIRST = re.compile(
    r"(?<![\w.])(?:[kcmnµ]?m|[km]?g|[kMGT]?[WBJV]|[kMG]?Hz|[kM]?Pa|kWh|m[lLsA]|[kM]bps|ha|ft|mi|nmi|knots|psi|dB|rpm"
    r"|USD|EUR) \d"
)
_HYPHENS = frozenset("-\u2010\u2011–")


class Judge:
    """Counts the faults in readings of one line that continues the text ``before`` it."""

    def __init__(self, units: Sequence[str], before: str) -> None:
        self.units = units
        self.turned = [mirrored(unit) for unit in units]
        self.lead = before + " " if before else ""
        self.earlier = [lone(self.lead, *pair)[0] for pair in PAIRS]
        self.begins_digit = [unit[0].isdigit() for unit in units]
        self.ends_digit = [unit[-1].isdigit() for unit in units]
        self.hyphens = {at for at, unit in enumerate(units) if unit in _HYPHENS and self._in_word(at, at - 1, at + 1)}
        self.inked = [at for at, unit in enumerate(units) if not unit.isspace()]

    def faults(self, order: Sequence[tuple[int, bool]], limit: float = inf) -> float:
        """The faults of a reading, 0 when there are none; once there are ``limit``, it is not counted further.

        Counted are marks of punctuation with a space on the wrong side, brackets without a counterpart, ranges that
        run backwards, and whether the algorithm would show this reading as the line stands on the page.
        """
        units, turned, lead = self.units, self.turned, self.lead
        found = 2.0 * self._glued(order)
        if found >= limit:
            return found
        text = mend_brackets(lead + "".join([turned[at] if right else units[at] for at, right in order]))
        found += 1.5 * len(_MISPLACED.findall(text, max(0, len(lead) - 1)))
        if found >= limit:
            return found
        for pair, earlier in zip(PAIRS, self.earlier, strict=True):
            closers, openers = lone(text, *pair)
            found += 1.5 * max(0, closers - earlier) + 1.5 * max(0, openers - 1)
        line = text[len(lead) :]
        found += len(_UNIT_FIRST.findall(line))
        for match in _RANGE.finditer(line):
            low, high = match["low"], match["high"]
            found += 2.5 * (len(low) == len(high) and int(low) > int(high))
        if found >= limit or self._is_shown(order, text):
            return found
        return found + 1.0

    def _glued(self, order: Sequence[tuple[int, bool]]) -> int:
        """How many numbers would touch that stand apart, and how many hyphens would leave their word."""
        count = 0
        for (a, _), (b, _) in pairwise(order):
            if b != a + 1 and self.ends_digit[a] and self.begins_digit[b]:
                count += 1
        if self.hyphens:
            for place, (at, _) in enumerate(order):
                if at in self.hyphens:
                    beside = [order[near][0] for near in (place - 1, place + 1) if 0 <= near < len(order)]
                    count += len(beside) < 2 or not self._in_word(at, *beside)
        return count

    def _is_shown(self, order: Sequence[tuple[int, bool]], text: str) -> bool:
        """Whether the algorithm shows the reading as the line stands, whichever letters the next line begins with."""
        owner = [at for at, _ in order for _ in self.units[at]]
        line = text[len(self.lead) :]
        for after in (" ا", " a"):
            ranks = levels(text + after, 1)[len(self.lead) : len(text)]
            shown = [owner[at] for at in shown_order(ranks, line, 1)]
            if [at for at, _ in groupby(shown) if not self.units[at].isspace()] == self.inked:
                return True
        return False

    def _in_word(self, hyphen: int, before: int, after: int) -> bool:
        """Whether a hyphen stands between two Latin letters or digits."""
        return all(
            0 <= at < len(self.units)
            and at != hyphen
            and (self.units[at][0].isdigit() or (self.units[at][0].isascii() and self.units[at][0].isalpha()))
            for at in (before, after)
        )
