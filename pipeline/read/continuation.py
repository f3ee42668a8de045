"""Paragraphs that a page break has cut in two: which block goes on with the sentence of the one before.

The signs, from the surest to the weakest: the next block begins in lower case; the block before ends in a comma, a
hyphen or a word that cannot end a sentence; the block before is long and has no final punctuation. The last is not
believed where the next block opens with a label or a heading's word, so that an abstract without a full stop does not
swallow the keywords.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from pipeline import record
from pipeline.read.document import Draft
from pipeline.read.line_patterns import LABEL, begins_with_head, number_at

_FINAL = frozenset(".!?؟:;؛…。")
_CLOSERS = "»”\"’')]}›*†‡ \t\n\u200c\u200f\u200e"
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d][.!?؟»”\"])\s?[\[(]?\d{1,3}[\])]?$|[⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_FIRST_LETTER = re.compile(r"[^\W_]")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_DANGLING = re.compile(
    r"(?:a|an|the|and|or|but|nor|of|to|in|on|at|by|for|from|with|without|into|between|among|as|than|that|which|who|whose"
    r"|is|are|was|were|be|been|has|have|had|its|their|his|her|this|these|those|not|more|most|very|both|either"
    r"|و|که|كه|در|از|به|با|بر|برای|براي|را|این|اين|آن|یا|يا|تا|بین|میان|نیز|هر|هم|همین|همان|بدون|درباره|دربارهٔ|های|هاي)",
    re.IGNORECASE,
)
_FURNITURE: frozenset[record.BlockKind] = frozenset(["furniture"])
_PERSIAN_VERB = re.compile(
    r"(?:است|نیست|بود|نبود|شد|شدند|شود|نشود|شوند|کرد|کردند|کند|کنند|دارد|ندارد|دارند|داشت|داشتند|یافت|یابد|گرفت|گیرد"
    r"|داد|دهد"
    r"|هستند|بودند|باشد|باشند|گردید|گردد|رسید|رسد|پرداخت|پردازد|آمد|آید|رفت|رود|گذاشت|ماند|خواهدبود|می\u200c?\w+د)$"
)
_LONG_LATIN, _LONG_PERSIAN = 25, 20  # words


def mark_continuations(
    text: str,
    drafts: Sequence[Draft],
    bare: Callable[[Draft], str],
    *,
    between: Collection[record.BlockKind] = _FURNITURE,
) -> None:
    """Set ``continues`` on blocks that go on with the one before; ``bare`` gives a block's words without markup.

    Only blocks of the kinds ``between`` may stand between the two. A paragraph that goes on with a list item becomes
    a list item; so does one that stands between an unfinished item and the item with the next number.
    """
    before: Draft | None = None
    item_number: int | None = None
    for index, draft in enumerate(drafts):
        if draft.kind in between:
            continue
        if before is not None and draft.kind == "paragraph" and before.kind in ("paragraph", "list_item"):
            earlier, later = bare(before), bare(draft)
            if item_number is not None and _next_number(text, drafts, index, between) == item_number + 1:
                cut = broken_off(earlier)
            else:
                cut = goes_on(earlier, later, certain=before.continues)
            if cut:
                draft.kind, draft.level, draft.continues = before.kind, before.level, True
        if not draft.continues:
            item_number = _item_number(text, draft)
        before = draft


def broken_off(text: str) -> bool:
    """Whether a block ends without the punctuation that ends a sentence, a label or an enumeration's head."""
    tail = _NOTE_NUMBER.sub("", text.rstrip()[-60:]).rstrip()
    return bool(tail) and tail[-1] not in _FINAL and tail.rstrip(_CLOSERS)[-1:] not in _FINAL


def goes_on(earlier: str, later: str, *, certain: bool = False) -> bool:
    """Whether ``later`` goes on with the last sentence of ``earlier``; ``certain`` waives the check for length."""
    if "@" in earlier[-80:] or not broken_off(earlier):
        return False
    persian = _is_persian(earlier[-80:])
    if persian != _is_persian(later[:80]):
        return False
    first = _FIRST_LETTER.search(later)
    if first is None:
        return False
    words = earlier.split()
    if first.group().islower() and not persian:
        return certain or len(words) >= 6
    if begins_with_head(later) or LABEL.match(later):
        return False
    last = words[-1].strip("\u200f\u200e")
    if last[-1] in ",،-–—" or _DANGLING.fullmatch(last):
        return certain or len(words) >= 6
    if not last[-1].isalnum() or (persian and _PERSIAN_VERB.search(last)):
        return False
    return len(words) >= (_LONG_PERSIAN if persian else _LONG_LATIN) and len(later.split()) >= 3


def _next_number(text: str, drafts: Sequence[Draft], index: int, between: Collection[record.BlockKind]) -> int | None:
    """The number of the list item that comes next after ``drafts[index]``, or None when something else comes."""
    for draft in drafts[index + 1 :]:
        if draft.kind not in between:
            return _item_number(text, draft)
    return None


def _item_number(text: str, draft: Draft) -> int | None:
    return number_at(text, draft.start, draft.end) if draft.kind == "list_item" else None


def _is_persian(text: str) -> bool:
    return len(_ARABIC_LETTER.findall(text)) > len(_LATIN_LETTER.findall(text))
