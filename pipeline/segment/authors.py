"""The authors: both languages' names joined by position, and what describes each of them."""

from __future__ import annotations

import re

from pipeline import record
from pipeline.article import sorted_mentions
from pipeline.segment.draft import Draft
from pipeline.segment.front_page import Affiliation, FrontPage
from pipeline.segment.front_text import SIDES, Side


def joined_authors(draft: Draft, pages: dict[Side, FrontPage]) -> list[record.Author]:
    """One author for each position, with both languages' names; affiliations and addresses follow the names."""
    authors: list[record.Author] = []
    count = max(len(pages[side].authors) for side in SIDES)
    equal = len(pages["en"].authors) == len(pages["fa"].authors)
    for number in range(count):
        hits = {side: pages[side].authors[number] for side in SIDES if number < len(pages[side].authors)}
        mentions = {
            side: sorted_mentions([record.Mention(span=hit.span, surface=draft.surface(hit.span))])
            for side, hit in hits.items()
        }
        authors.append(
            record.Author(
                name=record.Bilingual(**{side: hit.name for side, hit in hits.items()}),
                mentions=record.Mentions(**mentions),
                confidence=0.95 if equal or len(hits) == 1 else 0.7,
            )
        )
    for side in SIDES:
        _give_affiliations(pages[side], authors)
    return authors


def _give_affiliations(page: FrontPage, authors: list[record.Author]) -> None:
    """Join one language's affiliations to its authors: by mark, by standing under a name, by order."""
    described = _one_each([affiliation for affiliation in page.affiliations if affiliation.text], len(page.authors))
    held: list[tuple[Affiliation, list[int]]] = [(affiliation, []) for affiliation in page.affiliations]
    for number, hit in enumerate(page.authors):
        marked = [a for a in page.affiliations if set(a.marks) & set(hit.marks)]
        mine = [a for a in marked if a.text] or _by_place(page, described, number)
        for affiliation in mine[:1]:
            setattr(authors[number].affiliation, page.side, affiliation.text)
        for affiliation, holders in held:
            if any(affiliation is other for other in (*marked, *mine)):
                holders.append(number)
    for affiliation, holders in held:
        _give_addresses(page, authors, affiliation, holders)


def _one_each(described: list[Affiliation], count: int) -> list[Affiliation]:
    """One line that describes all authors in turn, divided by semicolons."""
    if len(described) != 1 or count < 2:
        return described
    parts = [part.strip(" ،,.") for part in re.split("[;؛]", described[0].text)]
    if len(parts) != count:
        return described
    whole = described[0]
    return [Affiliation(part, whole.marks, whole.after_author) for part in parts]


def _by_place(page: FrontPage, described: list[Affiliation], number: int) -> list[Affiliation]:
    """The description that stands under a name, or the one in the name's place in the order, or the only one."""
    open_to_all = [a for a in described if not a.marks] or described
    if len(open_to_all) == 1:
        return open_to_all
    under = [a for a in open_to_all if a.after_author == number]
    if under and len({a.after_author for a in open_to_all}) > 1:
        return under
    return open_to_all[number : number + 1] if len(open_to_all) == len(page.authors) else under


def _give_addresses(
    page: FrontPage, authors: list[record.Author], affiliation: Affiliation, holders: list[int]
) -> None:
    """Give addresses to the described authors in order; a single address of several authors to whom it fits best."""
    if not authors:
        return
    known = {author.email for author in authors}
    in_order = len(holders) == len(affiliation.mails)
    for at, mail in enumerate(affiliation.mails):
        if mail in known:
            continue
        author = authors[holders[at]] if in_order else _author_of(mail, page, authors)
        if author.email is None:
            author.email = mail
    for number, orcid in zip(holders, affiliation.orcids, strict=False):
        authors[number].orcid = authors[number].orcid or orcid


def _author_of(mail: str, page: FrontPage, authors: list[record.Author]) -> record.Author:
    """Whose address it is: the one whose family name it holds, else the corresponding one, else the first without."""
    local = mail.partition("@")[0].lower()
    for author in authors:
        family = (author.name.en or "").rpartition(" ")[2].lower()
        if author.email is None and len(family) > 3 and family[:5] in local:
            return author
    for number, hit in enumerate(page.authors):
        if "*" in hit.marks and authors[number].email is None:
            return authors[number]
    return next((author for author in authors if author.email is None), authors[0])
