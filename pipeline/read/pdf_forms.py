"""Half-spaces that a file leaves out, read from the shapes of the letters.

A Persian letter that could join the next one but is drawn in its final form stands before a space or a half-space.
Most programs give every form of a letter the same character, and many write no half-space. But the forms are different
glyphs, and those that ever end a word are the final ones: so the glyphs of each font are sorted by what stands after
them, and where a final form stands before a letter, a half-space is restored to the text of the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.read.pdf_glyphs import ZWNJ, Code
from pipeline.read.pdf_lines import TextLine

_JOINING = re.compile("[بپتثجچحخسشصضطظعغفقکكگلمنهیيىئ]")
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_DIGITS = frozenset("٠١٢٣٤٥٦٧٨٩۴۵")
_PERSIAN = dict(zip(map(ord, "٠١٢٣٤٥٦٧٨٩"), "۰۱۲۳۴۵۶۷۸۹", strict=True))
_ENDS = 0.25  # share of a glyph's uses at the end of a word that makes it a final form
_ENDS_OF_FEW = 0.3  # the same for a glyph that is not used often
_MANY = 10
_FEWEST = 2  # uses of the other forms of the letter
_MOST_RESTORED = 0.06  # share of all junctions: a font without forms would have half-spaces everywhere


def restore_half_spaces(lines: Iterable[TextLine]) -> int:
    """Put half-spaces where the forms of letters show them. Returns how many were put."""
    lines = [line for line in lines if any(_LETTER.search(unit) for unit in line.units)]
    finals = _final_forms(lines)
    if not finals:
        return 0
    found: list[tuple[TextLine, list[int]]] = []
    junctions: dict[str, int] = defaultdict(int)
    restored: dict[str, int] = defaultdict(int)
    for line in lines:
        places = []
        for at in range(1, len(line.units)):
            code = line.codes[at]
            if code is None or not _LETTER.match(line.units[at - 1]) or not _LETTER.match(line.units[at]):
                continue
            junctions[code[0]] += 1
            if code in finals and not line.units[at].endswith(ZWNJ):
                places.append(at)
                restored[code[0]] += 1
        found.append((line, places))
    trusted = {font for font, count in restored.items() if count <= _MOST_RESTORED * junctions[font]}
    total = 0
    for line, places in found:
        kept = [at for at in places if (line.codes[at] or ("",))[0] in trusted]
        for at in kept:
            line.units[at] += ZWNJ
        if kept:
            line.resolve(line.direction)
            total += len(kept)
    return total


def mend_digits(lines: Iterable[TextLine]) -> None:
    """Give Persian digits to a text that writes them, where the file says some are Arabic.

    Most digits of the two sets look alike, and many fonts draw both with one glyph, which then means the Arabic digit.
    A text that uses ۴ or ۵ and never ٤ or ٥, which look different, is written in Persian digits.
    """
    lines = list(lines)
    used = {character for line in lines for character in line.text if character in _DIGITS}
    if used & set("۴۵") and not used & set("٤٥") and used & set("٠١٢٣٦٧٨٩"):
        for line in lines:
            line.rewrite(_PERSIAN)


def _final_forms(lines: Iterable[TextLine]) -> set[Code]:
    """The glyphs that are final forms of letters which can join the next one."""
    uses: dict[tuple[str, str], dict[Code, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for line in lines:
        for at, unit in enumerate(line.units):
            code = line.codes[at]
            letter = unit.rstrip(ZWNJ)[:1]
            if code is None or not _JOINING.match(letter) or len(unit.rstrip(ZWNJ)) > 2 or _LETTER.match(unit[1:2]):
                continue
            after = line.units[at - 1] if at else " "
            count = uses[code[0], letter][code]
            count[0] += 1
            count[1] += not _LETTER.match(after) or unit.endswith(ZWNJ)
    found: set[Code] = set()
    for forms in uses.values():
        never = sum(total for total, ends in forms.values() if not ends)
        if len(forms) < 2 or never < _FEWEST:
            continue
        found |= {
            code for code, (total, ends) in forms.items() if ends >= (_ENDS if total > _MANY else _ENDS_OF_FEW) * total
        }
    return found
