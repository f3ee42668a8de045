"""A text of the front matter in one language, an abstract or a keyword list, as a range of the article's pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.segment.draft import Piece, trimmed
from pipeline.text.offsets import MappedText, Span

Side = Literal["en", "fa"]
SIDES: tuple[Side, Side] = ("en", "fa")


@dataclass(slots=True)
class FrontText:
    """An abstract or a keyword list: its pieces, and the offset in the first one's view at which its text begins."""

    language: Side
    pieces: list[Piece]
    start: int
    label: Piece | None

    def views(self) -> list[MappedText]:
        """The paragraphs of the text, without label and outer white space; one that a page break cuts is one view."""
        views: list[MappedText] = []
        for number, piece in enumerate(self.pieces):
            start, end = trimmed(piece.text, Span(self.start if number == 0 else 0, len(piece.text)))
            if start == end or piece.kind == "heading":
                continue
            view = MappedText(piece.text[start:end], piece.view.starts[start:end], piece.view.ends[start:end])
            if piece.continues and views:
                views[-1] = MappedText.join([views[-1], view], " ")
            else:
                views.append(view)
        return views
