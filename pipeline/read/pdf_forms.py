"""Half-spaces that a file leaves out, read from the shapes of the letters.

A Persian letter that could join the next one but is drawn in its final form stands before a space or a half-space.
Most programs give every form of a letter the same character, and many write no half-space. But the forms are different
glyphs, and those that ever end a word are the final ones: so the glyphs of each font are sorted by what stands after
them, and where a final form stands before a letter, a half-space is restored to the text of the line.

A glyph that is used too seldom to be sorted, or whose font has one glyph for all forms of a letter, says nothing. There
the spelling of the word decides, if the model of Persian spelling is sure of a half-space.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.read.pdf_glyphs import ZWNJ, Code
from pipeline.read.pdf_lines import TextLine
from pipeline.text.bidi import logical_order
from pipeline.text.orthography import repairs

_JOINING = re.compile("[بپتثجچحخسشصضطظعغفقکكگلمنهیيىئ]")
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_DIGITS = frozenset("٠١٢٣٤٥٦٧٨٩۴۵")
_PERSIAN = dict(zip(map(ord, "٠١٢٣٤٥٦٧٨٩"), "۰۱۲۳۴۵۶۷۸۹", strict=True))
_ENDS = 0.25  # share of a glyph's uses at the end of a word that makes it a final form
_ENDS_OF_FEW = 0.3  # the same for a glyph that is not used often
_MANY = 10
_FEWEST = 2  # uses of the other forms of the letter
_SEEN_ENOUGH = 4  # uses of a glyph, none of them at the end of a word, that make it no final form
_SURE = 0.75  # of a half-space by the spelling alone
_MOST_RESTORED = 0.06  # share of all junctions: a font without forms would have half-spaces everywhere


#: How often each glyph is used, and how often at the end of a word, by font and letter.
_Uses = Mapping[tuple[str, str], Mapping[Code, Sequence[int]]]


def restore_half_spaces(lines: Iterable[TextLine]) -> int:
    """Put half-spaces where the forms of letters show them, or the spelling where they do not. Returns how many."""
    lines = [line for line in lines if any(_LETTER.search(unit) for unit in line.units)]
    uses = _uses(lines)
    finals = _final_forms(uses)
    total = _by_form(lines, finals) if finals else 0
    silent = {code for forms in uses.values() for code in _silent(forms, finals)}
    return total + (_by_spelling(lines, silent) if silent else 0)


def _by_form(lines: Sequence[TextLine], finals: set[Code]) -> int:
    found: list[tuple[TextLine, list[int]]] = []
    junctions: dict[str, int] = defaultdict(int)
    restored: dict[str, int] = defaultdict(int)
    for line in lines:
        places = []
        for at in _junctions(line):
            code = line.codes[at]
            if code is None:
                continue
            junctions[code[0]] += 1
            if code in finals and not line.units[at].endswith(ZWNJ):
                places.append(at)
                restored[code[0]] += 1
        found.append((line, places))
    trusted = {font for font, count in restored.items() if count <= _MOST_RESTORED * junctions[font]}
    return sum(_put(line, [at for at in places if (line.codes[at] or ("",))[0] in trusted]) for line, places in found)


def _by_spelling(lines: Sequence[TextLine], silent: set[Code]) -> int:
    total = 0
    for line in lines:
        places = {
            at
            for at in _junctions(line)
            if line.codes[at] in silent and _JOINING.fullmatch(line.units[at]) and not line.turned
        }
        if not places:
            continue
        order = [index for index, _ in logical_order(line.units, line.direction, None)]
        ends: dict[int, int] = {}
        end = 0
        for index in order:
            end += len(line.units[index])
            ends[end] = index
        text = "".join(line.units[index] for index in order)
        sure = [
            ends.get(each.span.start, -1)
            for each in repairs(text)
            if each.kind == "half-space" and each.span.start == each.span.end and each.score >= _SURE
        ]
        total += _put(line, [at for at in sure if at in places])
    return total


def _junctions(line: TextLine) -> Iterator[int]:
    """The units of a line, from left to right, that are letters with another letter after them."""
    units = line.units
    return (at for at in range(1, len(units)) if _LETTER.match(units[at - 1]) and _LETTER.match(units[at]))


def _put(line: TextLine, places: Sequence[int]) -> int:
    """Put a half-space after each of the units. Returns how many."""
    for at in places:
        line.units[at] += ZWNJ
    if places:
        line.resolve(line.direction)
    return len(places)


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


def _uses(lines: Sequence[TextLine]) -> _Uses:
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
    return uses


def _final_forms(uses: _Uses) -> set[Code]:
    """The glyphs that are final forms of letters which can join the next one."""
    found: set[Code] = set()
    for forms in uses.values():
        never = sum(total for total, ends in forms.values() if not ends)
        if len(forms) < 2 or never < _FEWEST:
            continue
        found |= {
            code for code, (total, ends) in forms.items() if ends >= (_ENDS if total > _MANY else _ENDS_OF_FEW) * total
        }
    return found


def _silent(forms: Mapping[Code, Sequence[int]], finals: set[Code]) -> Iterator[Code]:
    """The glyphs of a letter whose form cannot be told from how they are used."""
    return (code for code, (total, ends) in forms.items() if code not in finals and (ends or total < _SEEN_ENOUGH))
