"""The text as the extractor reads it: one language's words, without markup, citations, links and references.

Masked characters become spaces, so that offsets in the reading are offsets in the view, and through the view in the
article's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.article import PROSE, Article
from pipeline.extract.entities.cells import with_cells_apart
from pipeline.extract.entities.front_lines_en import mastheads, without_posts
from pipeline.extract.entities.words_en import ORDINARY_EN
from pipeline.record import BlockKind
from pipeline.text.offsets import MappedText, Span

Tongue = Literal["en", "fa"]

_KINDS: frozenset[BlockKind] = PROSE | {"author", "affiliation"}
#: Kinds of block whose words are capitalised for their place, not because they are names.
_CAPITALISED: frozenset[BlockKind] = frozenset({"title", "heading", "keywords"})
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIGNS = re.compile("[\u064b-\u0655\u0670]+")
_FOLD = str.maketrans("يىكۀةأإٱؤئآ", "ییکههاااویا")


@dataclass
class Reading:
    """A view of one language with its words.

    ``text`` has the masked view's length; ``starts[i]:ends[i]`` is the i-th word (a run of letters and digits), and
    ``words[i]`` its form, in Persian with letters folded. ``quiet`` are ranges where capital letters mean nothing;
    ``cells`` are those of tables, each with the header of its column.
    """

    language: Tongue
    view: MappedText
    text: str
    quiet: list[Span] = field(default_factory=list)
    marked: list[Span] = field(default_factory=list)
    cells: list[tuple[str, Span]] = field(default_factory=list)

    @cached_property
    def matches(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def starts(self) -> list[int]:
        return [match.start() for match in self.matches]

    @cached_property
    def ends(self) -> list[int]:
        return [match.end() for match in self.matches]

    @cached_property
    def words(self) -> list[str]:
        return [match.group() for match in self.matches]

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words the text writes in small letters."""
        return frozenset(word for word in self.words if word.islower())

    def is_ordinary(self, word: str) -> bool:
        """Whether a capitalised word is no name of its own: this text, or any, has it in small letters too."""
        return word.lower() in self.lower or word in ORDINARY_EN

    @cached_property
    def folded(self) -> str:
        """The text with Arabic letters folded, of the same length."""
        return fold(self.text)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands between each word and the next one, vowel signs and the hamza of an ezafe left out."""
        between = [self.text[end:start] for end, start in zip(self.ends, self.starts[1:], strict=False)]
        return [gap if gap == " " else _SIGNS.sub("", gap) for gap in between]

    def gap(self, index: int) -> str:
        """What stands between word ``index`` and the next one, as in :attr:`gaps`."""
        return self.gaps[index]

    def is_quiet(self, start: int) -> bool:
        """Whether a position lies in a title, heading or keyword list."""
        return start in self._quiet_places

    @cached_property
    def _quiet_places(self) -> frozenset[int]:
        return frozenset(at for span in self.quiet for at in range(*span))

    def source(self, start: int, end: int) -> Span:
        """The span in the article's text."""
        return self.view.to_source(start, end)


def fold(text: str) -> str:
    """Persian text with Arabic letters folded to Persian ones, and آ to ا; the length stays."""
    return text.translate(_FOLD)


def read_language(article: Article, language: Tongue) -> Reading:
    """The reading of one language: prose and front matter, references left out, citations and addresses masked."""
    view = with_cells_apart(article, article.prose(language, _KINDS))
    text = view.text
    masks = [(match.start(), match.end()) for match in _ADDRESS.finditer(text)]
    for citation in article.citations:
        found = view.from_source(*citation.span)
        if found is not None:
            masks.append((found.start, found.end))
    text = _blanked(text, masks)
    reading = Reading(language, view, text)
    for block in article.blocks:
        if block.language == language and block.kind in _CAPITALISED:
            place = view.from_source(*block.span)
            if place is not None:
                reading.quiet.append(place)
    for mark in article.markup:
        if mark.kind == "emphasis":
            at = view.from_source(mark.span.end, mark.span.end + 1)
            if at is not None:
                reading.marked.append(at)
    for span in article.emphasised:
        at = view.from_source(span.start, span.start + 1)
        if at is not None:
            reading.marked.append(at)
    if language == "en":
        reading.text = without_posts(reading.text, _places(article, view, "affiliation"))
        until = min((place.start for place in _places(article, view, "abstract")), default=0)
        reading.text = _blanked(reading.text, [(line.start, line.end) for line in mastheads(reading.text, until)])
        reading.text = _lowered_capitals(reading.text, reading.quiet)
        reading.text = _parted_cells(article, reading)
    else:
        reading.text = fold(reading.text)
    return reading


def _parted_cells(article: Article, reading: Reading) -> str:
    """The text with a semicolon behind each cell of a table, which no name spans; ``reading.cells`` are filled."""
    chars = list(reading.text)
    for table in article.tables:
        for row, cells in enumerate(table.cells):
            for column, cell in enumerate(cells):
                place = reading.view.from_source(*cell) if cell is not None else None
                if place is None:
                    continue
                if place.end < len(chars) and chars[place.end].isspace():
                    chars[place.end] = ";"
                if table.columns and row and column < len(table.columns):
                    reading.cells.append((table.columns[column], place))
    return "".join(chars)


def _places(article: Article, view: MappedText, kind: BlockKind) -> list[Span]:
    """Where the blocks of a kind stand in a view."""
    found = [view.from_source(*block.span) for block in article.blocks if block.kind == kind]
    return [place for place in found if place is not None]


def _blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        if end <= at:
            continue
        first = max(start, at)
        pieces.append(text[at:first])
        pieces.append("".join("\n" if char == "\n" else " " for char in text[first:end]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _lowered_capitals(text: str, quiet: list[Span]) -> str:
    """A heading set in capitals throughout, in title case, so that names in it are found as elsewhere."""
    for start, end in quiet:
        line = text[start:end]
        if line.isupper() and len(line.split()) > 1:
            titled = "".join(
                char.lower() if i and line[i - 1].isalpha() and len(char.lower()) == 1 else char
                for i, char in enumerate(line)
            )
            text = text[:start] + titled + text[end:]
    return text
