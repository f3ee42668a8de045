"""Which keyword of one list is which of the other.

Keyword lists mostly keep one order, so that a keyword's place is evidence beside its words. The assignment is the
optimal one (Hungarian method), and a pair below the confidence asked for is left apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.align.assignment import best_assignment
from pipeline.align.phrases import PhraseTable, with_expansions
from pipeline.record import BilingualSpans, Keyword

#: How much the place in the list counts beside the words: more when both lists have one length.
_PLACE_SAME_LENGTH = 0.3
_PLACE = 0.12
#: Words this much alike are as good as the same.
_SURE = 0.75
_CLEAR = 0.5


def pair_keywords(keywords: Sequence[Keyword], english_text: Callable[[], str], min_confidence: float) -> list[Keyword]:
    """The keywords with the unpaired ones joined: pairs and lone English ones in English order, then lone Persian ones.

    ``english_text`` gives the text where an acronym's meaning is looked for; it is asked only for an acronym. Keywords
    that are pairs already stay so.
    """
    english = [keyword for keyword in keywords if keyword.en and not keyword.fa]
    persian = [keyword for keyword in keywords if keyword.fa and not keyword.en]
    if not english or not persian:
        return list(keywords)
    partners = _partners([k.en or "" for k in english], [k.fa or "" for k in persian], english_text, min_confidence)
    taken = {j for j, _ in partners.values()}
    joined: list[Keyword] = []
    at = -1
    for keyword in keywords:
        if not keyword.en:
            continue
        at += keyword.fa is None
        found = partners.get(at) if keyword.fa is None else None
        joined.append(_joined(keyword, persian[found[0]], found[1]) if found else keyword)
    return joined + [keyword for j, keyword in enumerate(persian) if j not in taken]


def _partners(
    english: Sequence[str], persian: Sequence[str], text: Callable[[], str], min_confidence: float
) -> dict[int, tuple[int, float]]:
    """For each paired English keyword its Persian partner and the confidence, by position."""
    table = PhraseTable([with_expansions(keyword, text) for keyword in english], [[keyword] for keyword in persian])
    words = [[table.score(i, j) for j in range(len(persian))] for i in range(len(english))]
    shape = len(english), len(persian)
    weight = _PLACE_SAME_LENGTH * _order_kept(words) if shape[0] == shape[1] else _PLACE
    placed = [[score + weight * _nearness(i, j, *shape) for j, score in enumerate(row)] for i, row in enumerate(words)]
    partners = {}
    for i, j in best_assignment(placed):
        in_place = weight / _PLACE_SAME_LENGTH if shape[0] == shape[1] and i == j else 0.0
        confidence = _confidence(words[i][j], in_place)
        if confidence >= min_confidence:
            partners[i] = (j, confidence)
    return partners


def _order_kept(words: Sequence[Sequence[float]]) -> float:
    """For lists of one length: the share of the keywords with a clear counterpart that have it at their own place."""
    clear = kept = 0
    for i, row in enumerate(words):
        best = max(range(len(row)), key=lambda j: (row[j], j == i))
        if row[best] >= _CLEAR:
            clear += 1
            kept += best == i
    return kept / clear if clear else 1.0


def _nearness(i: int, j: int, rows: int, columns: int) -> float:
    """1 when two keywords stand at the same place of lists of one length, falling to 0 at opposite ends."""
    if rows == columns:
        return 1.0 if i == j else 0.8 * (1.0 - abs(i - j) / rows)
    return 0.8 * (1.0 - abs(i / max(1, rows - 1) - j / max(1, columns - 1)))


def _confidence(words: float, in_place: float) -> float:
    """The chance that a pair is right. In lists of one length and order the same place alone makes it likely."""
    by_words = min(1.0, words / _SURE)
    return round(min(0.99, 1.0 - (1.0 - by_words) * (1.0 - 0.5 * in_place)), 2)


def _joined(english: Keyword, persian: Keyword, confidence: float) -> Keyword:
    return Keyword(
        en=english.en,
        fa=persian.fa,
        spans=BilingualSpans(en=english.spans.en, fa=persian.spans.fa),
        confidence=confidence,
    )
