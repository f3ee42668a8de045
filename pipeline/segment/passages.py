"""Running text as the reader sees it: a paragraph that a page break cuts is one passage, and so are its sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

from pipeline import record
from pipeline.article import SentenceSpan
from pipeline.segment.draft import Draft
from pipeline.text.language import Language
from pipeline.text.offsets import MappedText
from pipeline.text.sentences import sentence_spans

#: Kinds of block that are made of sentences.
SENTENCED: frozenset[record.BlockKind] = frozenset(["abstract", "paragraph", "list_item", "note", "quote", "caption"])


@dataclass(slots=True)
class Passage:
    """One paragraph's words: the view over all its blocks, its language, and where each block begins in the view."""

    view: MappedText
    language: Language
    blocks: list[tuple[int, int]]

    def block_at(self, offset: int) -> int:
        """The index of the block that holds an offset of the view."""
        return self.blocks[bisect_right(self.blocks, offset, key=itemgetter(0)) - 1][1]


def passages(draft: Draft) -> list[Passage]:
    """The article's passages in reading order; furniture, a table or a caption inside a paragraph doesn't part it."""
    parts: list[list[int]] = []
    open_run: dict[str, list[int]] = {}
    for index, piece in enumerate(draft.pieces):
        if piece.kind not in SENTENCED or not piece.text.strip():
            continue
        run = open_run.get(piece.kind)
        if piece.continues and run is not None and draft.pieces[run[-1]].language == piece.language:
            run.append(index)
            continue
        open_run[piece.kind] = [index]
        parts.append(open_run[piece.kind])
    return [_passage(draft, run) for run in parts]


def _passage(draft: Draft, run: list[int]) -> Passage:
    at, blocks = 0, []
    for index in run:
        blocks.append((at, index))
        at += len(draft.pieces[index].text) + 1
    view = draft.pieces[run[0]].view
    if len(run) > 1:
        view = MappedText.join((draft.pieces[index].view for index in run), " ")
    return Passage(view, draft.pieces[run[0]].language, blocks)


def sentence_layer(found: list[Passage]) -> list[SentenceSpan]:
    """The sentences of the passages; one that goes on after a page break is one span across it."""
    sentences = []
    for passage in found:
        for start, end in sentence_spans(passage.view.text):
            span = passage.view.to_source(start, end)
            sentences.append(SentenceSpan(span, passage.language, passage.block_at(start)))
    return sentences
