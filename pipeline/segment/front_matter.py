"""Titles, authors, affiliations, addresses, dates and journal of an article, in both languages.

Each language's *front page* is the run of short lines before its abstract (or, without an abstract, at the beginning
of the article) and the footnotes after it. The title is the first heading there, or the first line; names come after
it; what describes a person (a post, a university, a mail address) is joined to the names by mark, by order, or by
standing under them. The two languages' authors are joined by position. What the format states of the article
outright (JATS, meta tags, BibTeX) has the last word.
"""

from __future__ import annotations

from pipeline import record
from pipeline.segment.authors import joined_authors
from pipeline.segment.dates import stated_dates
from pipeline.segment.draft import Draft, Piece
from pipeline.segment.front_lines import read_elsewhere, read_piece
from pipeline.segment.front_page import FrontPage, front_region, take_title, title_text
from pipeline.segment.front_text import SIDES, FrontText, Side
from pipeline.segment.languages import main_language
from pipeline.segment.names import MAIL
from pipeline.segment.stated import settle


def read_front_matter(
    draft: Draft, abstracts: dict[Side, FrontText], keywords: dict[Side, FrontText]
) -> record.Metadata:
    """The article's metadata; the pieces of the front pages are given their kinds on the way."""
    owned = {
        id(piece)
        for texts in (abstracts, keywords)
        for text in texts.values()
        for piece in [*text.pieces, *([text.label] if text.label else [])]
    }
    pages = {side: FrontPage(side) for side in SIDES}
    regions: dict[Side, tuple[list[Piece], list[Piece]]] = {}
    for side in SIDES:
        before, after = front_region(draft, side, abstracts.get(side), keywords.get(side), owned)
        page = pages[side]
        take_title(draft, page, before)
        regions[side] = (before, after)
    titles = {id(piece) for page in pages.values() for piece in page.title_pieces}
    evidence: list[record.Evidence] = []
    metadata = record.Metadata(language=main_language(draft))
    seen: set[int] = set()
    for side in SIDES:
        before, after = regions[side]
        ahead = _ahead_of_title(before, pages[side])
        for piece in [*(p for p in before if id(p) not in ahead), *after, *(p for p in before if id(p) in ahead)]:
            if id(piece) in titles or id(piece) in owned or id(piece) in seen:
                continue
            if piece.language not in (side, "und") and not _neutral(piece):
                continue
            seen.add(id(piece))
            if piece.given and draft.article.stated:
                continue
            # What stands above the title is the journal's, unless no names stand below it.
            named = piece in before and (id(piece) not in ahead or not pages[side].authors)
            read_piece(draft, pages[side], piece, metadata, evidence, named=named)
    read_elsewhere(draft, metadata, evidence, seen)
    metadata.title = record.Bilingual(en=title_text(draft, pages["en"]), fa=title_text(draft, pages["fa"]))
    for side in SIDES:
        if (span := pages[side].title) is not None:
            evidence.append(record.Evidence(field=f"title.{side}", span=span, surface=draft.surface(span)))
    metadata.authors = joined_authors(draft, pages)
    metadata.evidence = evidence
    settle(metadata, draft)
    metadata.evidence.sort(key=lambda item: (item.span, item.field))
    return metadata


def _ahead_of_title(before: list[Piece], page: FrontPage) -> set[int]:
    """The ids of the pieces of a language's own front page that stand above its title."""
    if not page.title_pieces:
        return set()
    at = next((number for number, piece in enumerate(before) if piece is page.title_pieces[0]), 0)
    return {id(piece) for piece in before[:at] if piece.language == page.side}


def _neutral(piece: Piece) -> bool:
    """A line of addresses or dates, which any language's page may have."""
    return bool(MAIL.search(piece.text)) or any(True for _ in stated_dates(piece.text))
