"""Persian titles of works: what stands in quotation marks and is written, sung, printed or translated.

A title is believed everywhere once one of its places says that it is a work: a kind before it (``رمان «…»``), its
author right behind it (``«بهارستان» جامی``), or a verb of writing or printing near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading, fold

_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")
_KIND = re.compile(
    fold(
        r"(?:رمان|کتاب|فیلم|داستان|منظومه|مثنوی|دیوان|شعر|غزل|قصیده|نمایشنامه|رساله|مجموعه(?: داستان| شعر)?|نسخه|"
        r"ترجمه|تصحیح|متن|سفرنامه|تذکره|تفسیر|فرهنگ|مقاله|آلبوم|قطعه|سریال|مستند|چاپ|مقدمه|دیباچه|نویسنده|مؤلف|سراینده|مترجم)"
        r"[ٔهی]?(?: (?:مشهور|معروف|بلند|کوتاه|کهن|دیگر|تازه|دوم|نخست))?\s*$"
    )
)
_MADE = re.compile(
    fold(
        r"^\s*(?:ی |را |نیز |هم |در سال \S+ |در \S+ |به \S+ )*(?:\S+ ){0,6}?"
        r"(?:نوشت|نگاشت|سرود|تالیف|تصنیف|به چاپ|چاپ|منتشر|انتشار|ترجمه|تصحیح|پدید آورد|به نظم|به فارسی|تقدیم|"
        r"به پایان (?:برد|رساند))"
    )
)
_AUTHOR = re.compile(r"^\s*(?:ی |اثر |نوشته |سروده |از )?$")
_LONGEST = 7  # words
#: So many titles make an article one on literature, where what stands in quotation marks again and again is a title.
_LITERARY = 3


def quoted_works(reading: Reading, names: Sequence[Candidate]) -> Iterator[Candidate]:
    """The titles of works in quotation marks; ``names`` are the names already found."""
    persons = {name.start for name in names if name.type == "PERSON"}
    places: dict[str, list[tuple[int, int]]] = {}
    works: set[str] = set()
    for match in _QUOTED.finditer(reading.text):
        title = match.group(1)
        if len(title.split()) > _LONGEST:
            continue
        places.setdefault(title, []).append(match.span(1))
        before = reading.text[max(0, match.start() - 40) : match.start()]
        if _KIND.search(before) or _made_or_owned(reading.text, match.end(), persons):
            works.add(title)
    if len(works) >= _LITERARY:
        works.update(title for title, found in places.items() if len(found) > 1)
    for title in sorted(works):
        for start, end in places[title]:
            yield Candidate(start, end, "WORK", "pattern", confidence=0.75)


def _made_or_owned(text: str, end: int, persons: set[int]) -> bool:
    """Whether an author stands right behind the closing mark, or a verb of making in the same clause."""
    clause = re.split(r"[.؛;!؟\n«]", text[end : end + 70], maxsplit=1)[0]
    if _MADE.search(clause):
        return True
    return any(start in persons and _AUTHOR.match(text[end:start]) for start in range(end, min(end + 9, len(text))))
