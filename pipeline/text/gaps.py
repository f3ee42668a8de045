"""Spaces between Persian words that should not be there: ``می شود``, ``کتاب ها``, ``کشور های``, ``دانش گاه``.

Two kinds are told apart. Before an ending and after ``می`` a space is a slip whatever the writer's habits; a compound
(``جمع آوری``) may well be written open, so that it is closed only on much stronger grounds. What speaks for closing a
gap is a list of named features, weighed by :mod:`pipeline.text.half_spaces`; training and use share this code.

A third kind is a word broken in two, as text recognition leaves it (``دانش گاه``): at least one half is no word and
the whole is a common one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.text.persian_words import NON_JOINING, ZWNJ
from pipeline.text.word_kinds import Knowledge, bucket, kind, plain_kind, stem_kind

_ENDINGS = frozenset(
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان هام هات هاش هامون هاتون هاشون هاست هایند تر ترین تری ترم ترند "
    "ای ام ات اش اند ایم اید م ت ش ی ن س ست مان تان شان مون تون شون".split()
)
#: Names of Latin letters: بی بی سی and its like are written as they please.
_LATIN_LETTERS = frozenset("ای بی سی دی ایی اف جی اچ آی ان پی اس تی وی ام ال کی یو آر".split())
_COMPARISONS = frozenset("تر ترین تری ترم ترند".split())
_VERB_PREFIXES = frozenset("می نمی برمی درمی بازمی وامی فرومی فرامی برنمی درنمی بازنمی وانمی فرونمی".split())
#: Endings of words that seldom stand alone: what comes before them is half a word.
_BOUND = frozenset("گاه گاهی گاهها گاههای مند مندی مندان گر گری گران ستان ستانی ناک".split())
_COMMON = 5
_UNKNOWN = ("-", 0)


@dataclass(frozen=True)
class Gap:
    """A space between two parts of words, and the parts before and after them (empty where a sentence stops)."""

    before: str
    left: str
    right: str
    after: str

    @property
    def inflects(self) -> bool:
        """Whether an ending or a verb's prefix was parted from its word."""
        return self.right in _ENDINGS or self.left in _VERB_PREFIXES

    @property
    def joined(self) -> str:
        """The two parts as one word."""
        return self.left + ("" if self.left[-1] in NON_JOINING else ZWNJ) + self.right


@dataclass(frozen=True)
class GapKnowledge:
    """What gaps are judged by besides words: parts that seldom stand alone, and how often pairs are written open."""

    rights: frozenset[str]
    lefts: frozenset[str]
    opened: Mapping[str, int]


def is_doubtful(left: str, right: str, known: Knowledge, gaps: GapKnowledge) -> bool:
    """Whether the space between two parts is worth a closer look."""
    if left in _LATIN_LETTERS and right in _LATIN_LETTERS:
        return False
    bare = left + right
    form = f"{left}{ZWNJ}{right}"
    written = known.words.listed.get(bare) == form or form in known.attested.get(bare, ())
    if right in _COMPARISONS and not written:
        # آب تر is wet water: only what can be compared takes the ending.
        return known.words.is_adjective(left) or plain_kind(left, known) not in "NEOV"
    if right in gaps.rights or left in gaps.lefts:
        return left[-1] not in NON_JOINING or right in _ENDINGS or left in _VERB_PREFIXES
    return written and left[-1] not in NON_JOINING


def gap_features(gap: Gap, known: Knowledge, gaps: GapKnowledge) -> list[str]:
    """What speaks for or against closing the gap, but for the word it would make."""
    left, right, bare = gap.left, gap.right, gap.left + gap.right
    closed = known.attested.get(bare, {}).get(gap.joined, 0)
    opened = gaps.opened.get(f"{left} {right}", 0)
    left_kind, left_magnitude = kind(left, known)
    right_kind, right_magnitude = kind(right, known)
    names = [
        "b", f"h{bucket(closed)}", f"o{bucket(opened)}", f"ho{bucket(closed)}/{bucket(opened)}",
        f"k{left_kind}/{right_kind}", f"lk{left_kind}{left_magnitude}", f"rk{right_kind}{right_magnitude}",
    ]  # fmt: skip
    if closed + opened:
        names.append(f"r{round(4 * closed / (closed + opened))}")
    listed = known.words.listed.get(bare) == gap.joined
    if listed:
        names += ["L", f"L{bucket(opened)}"]
    if right in gaps.rights:
        names += [
            f">{right}", f">{right}/{left_kind}", f">{right}<{left[-1]}", f">{right}<{left[-2:]}",
            f">{right}^{gap.after}", f">{right}]{'w' if gap.after else '.'}",
        ]  # fmt: skip
    if left in gaps.lefts:
        names += [
            f"<{left}", f"<{left}/{right_kind}", f"<{left}>{right[-2:]}", f"<{left}^{gap.before}",
            f"<{left}/{right_magnitude}",
        ]  # fmt: skip
    if left in _VERB_PREFIXES:
        names.append("m" + stem_kind(right, known))
    return names


def word_features(gap: Gap, known: Knowledge, gaps: GapKnowledge, reading: tuple[str, float]) -> list[str]:
    """What the word says that closing the gap would make; ``reading`` is how it would be written, and how surely."""
    if gap.left[-1] in NON_JOINING:
        return []
    form, probability = reading
    agrees = f"d{int(form == gap.joined)}{round(probability * 4)}"
    bare = gap.left + gap.right
    seen = f"{gap.left} {gap.right}" in gaps.opened or gap.joined in known.attested.get(bare, ())
    if seen and known.words.listed.get(bare) != gap.joined:
        return [agrees]
    return [agrees, f"{agrees}u{kind(gap.left, known)[0]}{kind(gap.right, known)[0]}"]


def may_be_half(word: str, known: Knowledge) -> bool:
    """Whether a word looks like half of one that was broken in two: it is no word, a single letter or a bare suffix."""
    if len(word) == 1:
        return word != "و"
    return word in _BOUND or kind(word, known) == _UNKNOWN


def broken_word(left: str, right: str, known: Knowledge) -> float:
    """How sure it is that two neighbours, one of which :func:`may_be_half`, are halves of one word (0: not at all).

    The scores are set by judgement: edited text has hardly any such words (two, joined rightly, in 323,000).
    """
    whole = left.replace(ZWNJ, "") + right
    letter = len(right) == 1 and right != "و"
    if letter and whole in known.verbs.spelled:
        return 0.95
    if len(whole) < 4 or plain_kind(whole, known) in "-F" or kind(whole, known)[1] < _COMMON:
        return 0.0
    if any(len(part) > 1 and kind(part, known) == _UNKNOWN for part in (left, right)):
        return 0.95
    if letter and right != "ا" and len(left) > 2 and kind(left, known)[1] < _COMMON:
        return 0.9
    return 0.9 if right in _BOUND and plain_kind(left, known) in "NAEU" else 0.0
