"""The stage itself: the order in which an article's parts are found."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pipeline import record, stage
from pipeline.article import Article
from pipeline.segment.abstracts import abstract_layer, find_abstracts, split_at_labels
from pipeline.segment.back_matter import mark_back_matter
from pipeline.segment.citations import citation_layer
from pipeline.segment.draft import Draft
from pipeline.segment.front_matter import read_front_matter
from pipeline.segment.front_text import FrontText, Side
from pipeline.segment.keywords import find_keyword_lists, keyword_layer
from pipeline.segment.languages import set_languages, split_languages, word_counts
from pipeline.segment.linking import References
from pipeline.segment.notes import note_layer
from pipeline.segment.passages import passages, sentence_layer
from pipeline.segment.references import reference_layer, with_cited_names
from pipeline.segment.sections import build_sections, promote_headings
from pipeline.segment.tables import mark_tables, table_layer

STAGE = "segment"


class SegmentSettings(stage.Settings):
    """What can be chosen about the parts of an article."""

    citations: bool = Field(default=True, description="Find in-text citations and join them to the references.")
    narrative_citations: bool = Field(
        default=True, description="Count “Name (year)” as a citation when the reference list has the work."
    )
    sentences: bool = Field(default=True, description="Find the sentences of the running text (extract needs them).")


class SegmentStage:
    """Finds the parts of an article: languages, front matter, abstracts, keywords, sections, notes, references."""

    name: ClassVar[str] = STAGE
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "source", "markup", "blocks"})
    provides: ClassVar[frozenset[str]] = frozenset(
        {
            "source", "blocks", "sentences", "metadata", "abstract", "keywords", "sections", "tables", "notes",
            "references", "citations", "diagnostics",
        }
    )  # fmt: skip
    Settings: ClassVar[type[stage.Settings]] = SegmentSettings

    def __init__(self, settings: SegmentSettings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        """The layers of the article's parts. The blocks are those of the reader, refined and sometimes parted."""
        draft = Draft.of(article)
        split_at_labels(draft)
        split_languages(draft)
        set_languages(draft)
        mark_tables(draft)
        promote_headings(draft)
        mark_back_matter(draft)
        keywords = find_keyword_lists(draft)
        abstracts = find_abstracts(draft, keywords)
        abstract_pieces = {id(piece) for text in abstracts.values() for piece in text.pieces}
        metadata = read_front_matter(draft, abstracts, keywords)
        _mark(draft, abstracts, keywords)
        sections = build_sections(draft, inside_abstract=abstract_pieces)
        references, numbers = reference_layer(draft, sections)
        notes = note_layer(draft, sections)
        found = passages(draft)
        citations = (
            citation_layer(draft, found, References(references, numbers), narrative=self.settings.narrative_citations)
            if self.settings.citations
            else []
        )
        source = article.source.model_copy(update={"words": word_counts(draft)}) if article.source else None
        layers: dict[str, Any] = {
            "source": source,
            "blocks": [piece.block() for piece in draft.pieces],
            "sentences": sentence_layer(found) if self.settings.sentences else [],
            "metadata": metadata,
            "abstract": abstract_layer(abstracts, draft),
            "keywords": keyword_layer(keywords, draft),
            "sections": sections,
            "tables": table_layer(draft),
            "notes": notes,
            "references": with_cited_names(references, citations),
            "citations": citations,
        }
        layers["diagnostics"] = _diagnostics(article, layers)
        return layers


def _mark(draft: Draft, abstracts: dict[Side, FrontText], keywords: dict[Side, FrontText]) -> None:
    """Give the pieces of abstracts and keyword lists their kinds; headings inside an abstract stay headings."""
    kinds: tuple[tuple[record.BlockKind, dict[Side, FrontText]], ...] = (
        ("abstract", abstracts),
        ("keywords", keywords),
    )
    for kind, texts in kinds:
        for side, text in texts.items():
            for piece in text.pieces:
                if piece.kind not in ("heading", "title"):
                    piece.kind, piece.level = kind, None
                piece.language = side


def _diagnostics(article: Article, layers: dict[str, Any]) -> list[record.Diagnostic]:
    """What a person should look at: a language without title, abstract or keywords, and notes nothing calls."""
    found: list[record.Diagnostic] = []
    names = {"en": "English", "fa": "Persian"}
    for side, name in names.items():
        for part, value in (("title", layers["metadata"].title), ("abstract", layers["abstract"])):
            if getattr(value, side) is None:
                code = f"W-NO-{part.upper()}-{side.upper()}"
                found.append(article.diagnose(STAGE, "warning", code, f"no {name} {part} was found"))
        if not any(getattr(keyword, side) for keyword in layers["keywords"]):
            found.append(
                article.diagnose(STAGE, "info", f"W-NO-KEYWORDS-{side.upper()}", f"no {name} keywords were found")
            )
    silent = [note for note in layers["notes"] if not note.markers]
    if silent:
        message = f"{len(silent)} of {len(layers['notes'])} notes are called nowhere in the text"
        found.append(article.diagnose(STAGE, "info", "W-NOTE-UNCALLED", message, silent[0].span))
    return found
