"""Page furniture: lines that belong to the page, not to the article.

Three kinds are recognised, all by general means: the marks that Iranian journal portals print on the pages of the
files they hand out, page numbers that stand alone, and short lines that come back again and again (running heads).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.read.document import Draft

_WATERMARK = re.compile(
    r"""\W*(?:
      archive\s+of\s+\w{2,12}(?:\.\w{2,4})?
    | (?:https?://)?(?:www\.)?(?:sid|noormags|magiran|ensani|civilica|irandoc|elmnet|jsid|srlst)\.(?:ir|com|ac\.ir)
    | downloaded\s+(?:from|by|at)\s+\S.{0,150}
    | \[\s*(?:downloaded|doi|dor|دانلود)\b[^\]\n]{0,150}\]
    | دانلود\s*(?:شده)?\s*از\s+\S.{0,150}
    | (?:page|صفحه)\s+\d{1,4}(?:\s*(?:of|از|/)\s*\d{1,4})?
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGE_NUMBER = re.compile(r"[\s\-–—|\[(/]*(?P<number>\d{1,4})[\s\-–—|\])/]*")
_YEAR = re.compile(r"(?:1[2-4]|19|20)\d\d")
_EDGE_NUMBER = re.compile(r"^[\d\s|/\-–—.]+|[\d\s|/\-–—.]+$")
_JOURNAL = re.compile(
    r"\b(?:vol(?:ume)?|no|issue|journal|quarterly|review|winter|spring|summer|autumn|fall)\b|https?://|www\."
    r"|فصلنامه|دوفصلنامه|ماهنامه|پژوهشنامه|مجله|نشریه|شماره|دوره|سال\s",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:table|figure|fig|chart|map|box|source|note|جدول|شکل|نمودار|تصویر|نقشه|منبع|مأخذ)\b", re.IGNORECASE
)
_LONGEST = 120  # characters of a running head
_WHOLE_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S*[.!?؟]\W*")


def is_watermark(line: str) -> bool:
    """Whether a line is a portal's mark (``Archive of SID``, ``[ DOI: … ]``, ``Downloaded from … on …``)."""
    return len(line) <= 200 and _WATERMARK.fullmatch(line) is not None


def is_page_number(line: str) -> bool:
    """Whether a line is nothing but a page number, in Latin or Persian digits; a year is none, unless set off."""
    if len(line) > 16:
        return False
    match = _PAGE_NUMBER.fullmatch(line)
    if match is None:
        return False
    return match["number"] != line.strip() or _YEAR.fullmatch(f"{int(match['number']):d}") is None


def is_caption(line: str) -> bool:
    """Whether a line begins like the caption of a table or a picture."""
    return _CAPTION.match(line) is not None


def mark_furniture(drafts: Sequence[Draft], bare: Callable[[Draft], str]) -> None:
    """Change the kind of every block that is furniture; ``bare`` gives a block's words without markup.

    A line that comes back counts as a running head from its third time, or from its second when it names a volume,
    an issue or a site. The first block of a file (its title, most likely) and captions are never furniture.
    """
    lines: list[tuple[Draft, str]] = []
    for index, draft in enumerate(drafts):
        if draft.kind not in ("paragraph", "list_item") or draft.end - draft.start > 2 * _LONGEST:
            continue
        words = bare(draft).strip()
        if "\n" in words or not words:
            continue
        if is_watermark(words) or (draft.kind == "paragraph" and is_page_number(words)):
            draft.kind, draft.level = "furniture", None
        elif draft.kind == "paragraph" and index and _may_run(words):
            lines.append((draft, running_head_key(words)))
    counts = Counter(key for _, key in lines)
    for draft, key in lines:
        if len(key) > 2 and (counts[key] >= 3 or (counts[key] == 2 and names_journal(key))):
            draft.kind = "furniture"


def _may_run(words: str) -> bool:
    """Whether a line can be a running head: short, no caption, and no finished sentence that an author repeats."""
    return len(words) <= _LONGEST and not _CAPTION.match(words) and not _WHOLE_SENTENCE.fullmatch(words)


def names_journal(line: str) -> bool:
    """Whether a line names a journal, a volume, an issue or a site, as running heads do."""
    return _JOURNAL.search(line) is not None


def running_head_key(line: str) -> str:
    """What stays the same of a running head from page to page: the line less the page number at either edge."""
    return " ".join(_EDGE_NUMBER.sub("", line).split()).casefold()
