"""What a search answers: the thing found, the article it was found in, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.catalogue.folding import words

#: Characters shown on either side of a match.
WIDTH = 70

_SPACE = re.compile(r"\s+")
#: Emphasis marks and escapes of Markdown, which a reader of a snippet has no use for.
_FORMAT = re.compile(r"\*+|\\(?=[^\w\s])|</?su[bp]>")


@dataclass(frozen=True)
class Snippet:
    """A match with the words around it; ``start`` and ``stop`` are offsets in the article's text, where it has them."""

    language: str
    before: str
    match: str
    after: str
    start: int | None = None
    stop: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Answer:
    """One thing in one article. ``kind`` is a type of entity, ``SYSTEM``, ``DATE``, or a kind of passage."""

    kind: str
    article: str
    title_en: str | None
    title_fa: str | None
    name_en: str | None = None
    name_fa: str | None = None
    entity: str | None = None
    detail_en: str | None = None
    detail_fa: str | None = None
    mentions_en: int = 0
    mentions_fa: int = 0
    articles: int = 1
    snippets: tuple[Snippet, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """As plain data, without what is empty."""
        given = {key: value for key, value in asdict(self).items() if value not in (None, (), "")}
        if self.snippets:
            given["snippets"] = [{k: v for k, v in asdict(each).items() if v is not None} for each in self.snippets]
        return given


def snippet(
    text: str, start: int, stop: int, *, language: str, offset: int | None = None, page: int | None = None
) -> Snippet:
    """The match ``text[start:stop]`` in its surroundings, cut between words; ``offset`` is where the text begins."""
    left, right = max(0, start - WIDTH), min(len(text), stop + WIDTH)
    if left:
        cut = text.find(" ", left, start)
        left = cut + 1 if cut >= 0 else left
    if right < len(text):
        cut = text.rfind(" ", stop, right)
        right = cut if cut >= 0 else right
    before = ("…" if left else "") + _tidy(text[left:start])
    after = _tidy(text[stop:right]) + ("…" if right < len(text) else "")
    place = (None, None) if offset is None else (offset + start, offset + stop)
    return Snippet(language, before.lstrip(), _tidy(text[start:stop]), after.rstrip(), place[0], place[1], page)


def matched(text: str, keys: Collection[str], prefixes: Collection[str] = ()) -> tuple[int, int]:
    """Where a text matches best: the shortest stretch that holds as many of the words as any; the start if none."""
    places = [word for word in words(text) if word.key in keys or any(word.key.startswith(p) for p in prefixes)]
    if not places:
        return 0, 0
    wanted = len({word.key for word in places})
    best = (places[0].start, places[0].end)
    if wanted == 1:
        return best
    shortest = len(text) + 1
    count: dict[str, int] = {}
    first = 0
    for word in places:
        count[word.key] = count.get(word.key, 0) + 1
        while count[places[first].key] > 1:
            count[places[first].key] -= 1
            first += 1
        if len(count) == wanted and word.end - places[first].start < shortest:
            shortest = word.end - places[first].start
            best = (places[first].start, word.end)
    # Words that stand far apart would make the match the whole passage; then its first word is the match.
    return best if shortest <= 2 * WIDTH else (places[0].start, places[0].end)


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", _FORMAT.sub("", text))
