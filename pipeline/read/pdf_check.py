"""Whether what an engine read from a PDF is language: the measure by which one reading is preferred to another.

The measure is the share of words (three letters or more) that stand in the lexicon of their language. It is only asked
where engines disagree, or where a font's text holds hardly any of the words that hold sentences together; such a font
has a broken character map.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.read.pdf_layout import Page

_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORT_WORD = re.compile(r"[^\W\d_]+")
_STRETCHED = re.compile("(?<=[\u0620-\u06d3])&+(?=[\u0620-\u06d3])")  # tatweels with the code of another sign
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_FUNCTION_WORDS = frozenset(
    "the of and to in is that for it with as was on are by this be at from or an which not but have has a its "
    "و در به از که این است را با برای آن تا بر هم شود شد بود های ها یا می نیز كه اين من في على الى إلى عن ما لا "
    "der die das und le la les des et un une el los las y ve bir и в не на".split()
)
_FEWEST_WORDS = 60  # in a font, before its text is judged
_FEWEST_FUNCTION_WORDS = 0.03
_LEAST_KNOWN = 0.25


def words(text: str) -> set[str]:
    """The words of a text, folded so that two engines' readings can be compared."""
    folded = _STRETCHED.sub("", unicodedata.normalize("NFKC", text).replace("\u200c", "").replace("\u0640", ""))
    folded = folded.translate({0x64A: 0x6CC, 0x643: 0x6A9, 0x649: 0x6CC, 0x6C0: 0x647, 0x6D5: 0x647})
    return set(_WORD.findall("".join(c for c in folded if unicodedata.combining(c) == 0).lower()))


def known_share(found: Iterable[str]) -> float:
    """The share of words that stand in the lexicon of their language; 0 when there are none."""
    from pipeline.text import lexicon
    from pipeline.text.lemma import english_lemma
    from pipeline.text.persian_words import verb_forms, word_list

    english = lexicon.load()
    persian, verbs = word_list(), verb_forms()
    total = known = 0
    for word in found:
        total += 1
        if _ARABIC.search(word):
            known += persian.knows(word) or word in persian.half_spaced or word in verbs.infinitive
        else:
            known += english_lemma(word) in english
    return known / total if total else 0.0


def garbled_fonts(pages: Sequence[Page]) -> dict[str, set[int]]:
    """Fonts whose text is no language, with the numbers of the pages they are used on."""
    texts: dict[str, list[str]] = defaultdict(list)
    used: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for line in (line for view in page.views for line in view.lines):
            if line.fonts:
                font = max(line.fonts, key=lambda name: (line.fonts[name], name))
                texts[font].append(line.text)
                used[font].add(page.number)
    found: dict[str, set[int]] = {}
    for font, lines in texts.items():
        every = [word.lower() for line in lines for word in _SHORT_WORD.findall(line)]
        characters = sum(len(line) for line in lines)
        if characters < 6 * _FEWEST_WORDS:
            continue
        if sum(word in _FUNCTION_WORDS for word in every) >= _FEWEST_FUNCTION_WORDS * max(1, len(every)) and every:
            continue
        if known_share(words(" ".join(lines))) < _LEAST_KNOWN:
            found[font] = used[font]
    return found
