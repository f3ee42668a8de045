"""Words run together because a space was lost: ``درسال`` for ``در سال``, ``ازاین`` for ``از این``.

Only a word that no dictionary has is looked at, bare or with an ending taken off, and only cuts of a few words are
tried: a preposition or its like at the beginning, one of them or a common verb at the end. After a letter that never
joins (``ازاین``) the loss is hard to see, so that people make it; after one that joins (``کهاین``) only programs do,
and names look the same (``بهداد``), so that there both halves must be function words.
"""

from __future__ import annotations

from pipeline.text.persian_words import NON_JOINING
from pipeline.text.word_kinds import Knowledge, kind, plain_kind

_FIRST = ("برای", "اگر", "این", "آن", "هر", "در", "از", "به", "با", "که")
_LAST = "را"
#: What may be cut off after a letter that never joins.
_AFTER = frozenset(
    "است نیست بود شد شود باید شاید را که در از به با این آن برای تا هم نیز دارد دارند خود یک بر هر".split()
)
_SHORTEST_REST = 3
#: Orders of magnitude of a rest that is common enough, and by which it must be commoner than the whole.
_COMMON, _COMMONER = 6, 2
_WORDS, _FUNCTION_WORD = "NEADOV", "O"


def lost_space(word: str, known: Knowledge) -> tuple[int, float]:
    """Where a space was lost in a word, and how sure that is (0.0 where none was).

    The scores are set by judgement: of the 52 cuts made in 323,000 words of unseen text all but one are surely right.
    """
    none = (0, 0.0)
    if len(word) < _SHORTEST_REST + 2 or word in known.words.listed or word in known.verbs.infinitive:
        return none
    own, magnitude = kind(word, known)
    if own not in "-cFfc" or plain_kind(word, known) not in "-F":
        return none
    for first in _FIRST:
        rest = word[len(first) :]
        if not word.startswith(first) or len(rest) < _SHORTEST_REST:
            continue
        sort, rest_magnitude = kind(rest, known)
        if first[-1] in NON_JOINING:
            if sort in _WORDS and rest_magnitude >= max(_COMMON, magnitude + _COMMONER) and rest in known.attested:
                return len(first), 0.95
        elif sort == _FUNCTION_WORD and rest_magnitude >= max(_COMMON, magnitude + _COMMONER):
            return len(first), 0.9
    if own in "-c":
        for at in range(len(word) - 2, _SHORTEST_REST - 1, -1):
            left = word[:at]
            if left[-1] in NON_JOINING and word[at:] in _AFTER:
                sort, rest_magnitude = kind(left, known)
                if sort in _WORDS and rest_magnitude >= max(_COMMON, magnitude + _COMMONER) and left in known.attested:
                    return at, 0.9
    rest = word.removesuffix(_LAST)
    if rest != word and len(rest) >= _SHORTEST_REST and own == "-" and magnitude < _COMMONER:
        sort, rest_magnitude = kind(rest, known)
        if sort in "NE" and rest_magnitude >= _COMMON and rest in known.attested:
            return len(rest), 0.9
    return none
