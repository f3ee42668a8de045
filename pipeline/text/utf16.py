"""Offsets for programs that count UTF-16 code units (JavaScript, Java, .NET) instead of code points.

A character beyond U+FFFF (an emoji, a mathematical letter) is one code point and two units; every other is one of each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

_ASTRAL = 0x10000


class CodeUnits:
    """The two ways of counting one text's characters, each offset in logarithmic time."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        #: Code-point offsets of the characters that take two units.
        self._astral = [] if text.isascii() else [at for at, char in enumerate(text) if ord(char) >= _ASTRAL]
        #: Unit offsets of the same characters.
        self._units = [at + number for number, at in enumerate(self._astral)]

    def to_units(self, offset: int) -> int:
        """The UTF-16 offset of a code-point offset. Raises ValueError outside the text."""
        if not 0 <= offset <= self.length:
            raise ValueError(f"{offset} lies outside a text of {self.length} characters")
        return offset + bisect_left(self._astral, offset)

    def to_points(self, unit: int) -> int:
        """The code-point offset of a UTF-16 offset. Raises ValueError outside the text or inside a character."""
        if not 0 <= unit <= self.length + len(self._astral):
            raise ValueError(f"{unit} lies outside a text of {self.length + len(self._astral)} UTF-16 units")
        before = bisect_right(self._units, unit - 1)
        if before and self._units[before - 1] == unit - 1:
            raise ValueError(f"{unit} lies in the middle of a character")
        return unit - before
