"""Names in the first column of a table whose head is a noun of kind: ``Launcher`` over ``Safir``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.systems.folding import fold, is_coined, is_latin
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lookalikes import is_lookalike
from pipeline.extract.systems.names_english import can_name
from pipeline.extract.systems.nationality import is_country_word
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.text.offsets import Span

_MARKS = ' *_`"“”«»\u200c'
_HEAD = re.compile(r"[\s*_]*(?:name of (?:the )?|نام[ \u200c]+)?$", re.IGNORECASE)
#: A cell that sums up or compares is no name.
_NO_NAME = re.compile(
    r"(?:total|all|mean|average|other|none|control|baseline|جمع|کل|میانگین|سایر|دیگر)\b", re.IGNORECASE
)


def names_in_tables(scene: Scene) -> Iterator[Found]:
    """The cells of first columns that are names of the kind which their head names."""
    text = scene.reading.text
    for rows in scene.reading.tables:
        head = rows[0][0] if rows[0] else None
        noun = _kind_of(scene, head) if head is not None else None
        if noun is None:
            continue
        for row in rows[1:]:
            cell = row[0]
            if cell is None or len(row) != len(rows[0]):
                continue
            span = _bare(text, cell)
            if span is not None and _is_name(scene, span, noun):
                name = text[span.start : span.end]
                known = scene.vocabulary.known.get(fold(name), [])
                yield Found(
                    reading=scene.reading, span=span, pack=scene.vocabulary.pack,
                    key=fold(known[0].en) if known else fold(name), name=known[0].en if known else name,
                    method="kind-noun", kind=noun.kind.id,
                )  # fmt: skip


def _kind_of(scene: Scene, head: Span) -> KindNoun | None:
    """The noun that the head consists of."""
    text = scene.reading.text
    for noun in scene.nouns_within(head):
        rest = text[noun.span.end : head.end].strip(_MARKS + ":s")
        if not rest and _HEAD.fullmatch(text, head.start, noun.span.start):
            return noun
    return None


def _bare(text: str, cell: Span) -> Span | None:
    written = text[cell.start : cell.end]
    start = cell.start + len(written) - len(written.lstrip(_MARKS))
    end = cell.start + len(written.rstrip(_MARKS))
    return Span(start, end) if start < end else None


def _is_name(scene: Scene, span: Span, noun: KindNoun) -> bool:
    name = scene.reading.text[span.start : span.end]
    if len(name.split()) > 4 or _NO_NAME.match(name) or is_country_word(name) or is_lookalike(scene.reading, span):
        return False
    visible = is_coined(name) or any(c.isdigit() for c in name) or fold(name) in scene.vocabulary.known
    if noun.kind.weak and not visible:
        return False
    if is_latin(name):
        capital = name[0].isupper() or is_coined(name.split()[0]) or ":" in name
        return capital and can_name(scene, span, strict=False) and not all(c.isdigit() or c in ".,-%" for c in name)
    return not scene.nouns_within(span) and not scene.vocabulary.is_never("fa", name.split()[0])
