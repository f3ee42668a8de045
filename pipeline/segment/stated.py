"""What the file's format states of the article takes the place of what was read from its lines.

Journals' meta tags and JATS name an author's mail address or a date of receipt without a doubt; the text may say the
same in a form that has to be understood. Where only one language is stated, the other keeps what the text says.
"""

from __future__ import annotations

import re

from pipeline import record
from pipeline.article import Stated
from pipeline.segment.draft import Draft
from pipeline.segment.front_text import SIDES

_SCALARS = ("received", "revised", "accepted", "published", "volume", "issue", "pages", "doi")
_AUTHOR = re.compile(r"authors\.(\d+)\.(name|affiliation|email|orcid)(?:\.(en|fa))?")


def settle(metadata: record.Metadata, draft: Draft) -> None:
    """Put the stated values into the metadata, and the places where they stand into its evidence."""
    stated = draft.article.stated
    if not stated:
        return
    settled: set[str] = set()
    for each in stated:
        if each.field.startswith(("keywords.", "tables.")):
            continue
        head, _, tail = each.field.partition(".")
        fresh = each.field not in settled
        if fresh:
            metadata.evidence = [item for item in metadata.evidence if item.field != each.field]
        if head in _SCALARS and fresh:
            setattr(metadata, head, each.value)
        elif head in ("title", "journal") and fresh:
            setattr(getattr(metadata, head), tail, each.value)
        settled.add(each.field)
        metadata.evidence.append(
            record.Evidence(
                field=each.field, span=each.span, surface=draft.surface(each.span), calendar=each.calendar
            )
        )  # fmt: skip
    authors = _authors(stated, draft)
    if authors:
        metadata.authors = _completed(authors, metadata.authors)


def _authors(stated: list[Stated], draft: Draft) -> list[record.Author]:
    """The authors as they are stated, in their order."""
    people: dict[int, record.Author] = {}
    for each in stated:
        match = _AUTHOR.fullmatch(each.field)
        if match is None:
            continue
        number, part, side = int(match[1]), match[2], match[3]
        author = people.setdefault(
            number, record.Author(name=record.Bilingual(), mentions=record.Mentions(), confidence=0.99)
        )
        if part in ("email", "orcid"):
            setattr(author, part, getattr(author, part) or each.value)
            continue
        values = getattr(author, part)
        known = getattr(values, side)
        if part == "affiliation" and known:
            setattr(values, side, f"{known}{'؛' if side == 'fa' else ';'} {each.value}")
        elif not known:
            setattr(values, side, each.value)
        if part == "name":
            getattr(author.mentions, side).append(record.Mention(span=each.span, surface=draft.surface(each.span)))
    return [people[number] for number in sorted(people) if people[number].name.en or people[number].name.fa]


def _completed(authors: list[record.Author], read: list[record.Author]) -> list[record.Author]:
    """The stated authors, with what only the text says of them, where both lists are of the same length."""
    if len(authors) != len(read):
        return authors
    for author, other in zip(authors, read, strict=True):
        for side in SIDES:
            if getattr(author.name, side) is None and getattr(other.name, side) is not None:
                setattr(author.name, side, getattr(other.name, side))
                getattr(author.mentions, side).extend(getattr(other.mentions, side))
            if getattr(author.affiliation, side) is None:
                setattr(author.affiliation, side, getattr(other.affiliation, side))
        author.email = author.email or other.email
        author.orcid = author.orcid or other.orcid
    return authors
