"""What the meta tags of a journal's page state: the ``citation_*`` tags of Google Scholar and the Dublin Core."""

from __future__ import annotations

import re

from pipeline.read.front import Front, Person, Side, doi_in, iso_date, mail_in, orcid_in, side_of
from pipeline.read.inline import Inline, clean
from pipeline.read.markup_tree import Element
from pipeline.read.names import given_first

#: Tags that say the same, by their names in lower case.
_TITLES = ("citation_title", "dc.title", "dcterms.title", "dc.title.alternative", "dcterms.alternative")
_NAMES = ("citation_author", "citation_authors", "dc.creator", "dc.creator.personalname", "dcterms.creator")
_ABSTRACTS = (
    "citation_abstract",
    "dc.description",
    "dc.description.abstract",
    "dcterms.abstract",
    "dcterms.description",
)
_KEYWORDS = ("citation_keywords", "citation_keyword", "dc.subject", "dcterms.subject")
_JOURNALS = ("citation_journal_title", "dc.source", "prism.publicationname")
_PUBLISHED = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
)
_NUMBERS = {
    "volume": ("citation_volume", "dc.source.volume", "prism.volume"),
    "issue": ("citation_issue", "dc.source.issue", "prism.number"),
    "doi": ("citation_doi", "dc.identifier.doi", "prism.doi", "dc.identifier"),
}
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language")
#: The most tags that are looked at, and the longest of their values.
_MOST, _LONGEST = 2_000, 20_000
_MOST_PEOPLE, _MOST_WORDS = 500, 200
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: A tag: its name in lower case, what it says, and its language code.
Tag = tuple[str, str, str | None]


def meta_front(root: Element) -> Front | None:
    """The front matter that a page's meta tags state; None when there are none that speak of an article."""
    tags = _tags(root)
    if not any(name in _TITLES for name, _, _ in tags):
        return None
    front = Front()
    language = next((value for name, value, _ in tags if name in _LANGUAGES), None)
    front.language = side_of(language, "") if language and language[:2].lower() in ("en", "fa") else None
    if language and language[:2].lower() == "fa":
        front.language = "fa"
    _titles(front, tags)
    _people(front, tags)
    for name, value, code in tags:
        if name in _ABSTRACTS and len(value.split()) > 15:
            _abstract(front, value, code)
        elif name in _JOURNALS:
            side = side_of(code, value) or side_of(None, value)
            if side is not None:
                front.journals.setdefault(side, value)
    _keywords(front, tags)
    _numbers(front, tags)
    published = _first(tags, _PUBLISHED)
    if published and (date := iso_date("published", published)):
        front.dates.append(date)
    return front


def _tags(root: Element) -> list[Tag]:
    found: list[Tag] = []
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        value = " ".join(clean(element.get("content") or "").split())
        if name and value and len(value) <= _LONGEST:
            found.append((name, value, element.get(_XML_LANG) or element.get("lang")))
        if len(found) == _MOST:
            break
    return found


def _first(tags: list[Tag], names: tuple[str, ...]) -> str | None:
    """The value of the first of ``names`` that a tag has."""
    for wanted in names:
        for name, value, _ in tags:
            if name == wanted:
                return value
    return None


def _titles(front: Front, tags: list[Tag]) -> None:
    for wanted in _TITLES:
        for name, value, code in tags:
            side = side_of(code, value) or side_of(None, value)
            if name == wanted and side is not None and side not in front.titles:
                front.titles[side] = Inline(value)


def _people(front: Front, tags: list[Tag]) -> None:
    """Authors in the order of their tags; what follows an author's tag describes him."""
    source = next((name for wanted in _NAMES for name, _, _ in tags if name == wanted), None)
    lists: dict[Side, list[Person]] = {"en": [], "fa": []}
    person: Person | None = None
    for name, value, code in tags:
        if name == source and len(lists["en"]) + len(lists["fa"]) < _MOST_PEOPLE:
            for part in re.split("[;؛]", value):
                written = given_first(part)
                side = side_of(code, written) or side_of(None, written)
                if written and side is not None:
                    person = Person({side: written})
                    lists[side].append(person)
        elif person is not None:
            if name in ("citation_author_institution", "citation_author_affiliation"):
                side = side_of(code, value) or side_of(None, value)
                if side is not None:
                    person.affiliations.setdefault(side, []).append(value)
            elif name == "citation_author_email":
                person.email = person.email or mail_in(value)
            elif name == "citation_author_orcid":
                person.orcid = person.orcid or orcid_in(value)
    english, persian = lists["en"], lists["fa"]
    if len(english) == len(persian):
        for one, other in zip(english, persian, strict=True):
            one.names.update(other.names)
            one.affiliations.update(other.affiliations)
            one.email, one.orcid = one.email or other.email, one.orcid or other.orcid
        front.people = english
    else:
        front.people = max(english, persian, key=len)


def _abstract(front: Front, value: str, code: str | None) -> None:
    from pipeline.read.composer import Paragraph

    side = side_of(code, value)
    if side is not None and side not in front.abstracts:
        words = re.sub(r"<[^<>]{1,50}>", " ", value)
        front.abstracts[side] = [Paragraph("abstract", Inline(words), None, side)]


def _keywords(front: Front, tags: list[Tag]) -> None:
    for wanted in _KEYWORDS:
        found: dict[Side, list[str]] = {}
        parts = [(part, code) for name, value, code in tags if name == wanted for part in _split(value)]
        for part, code in dict.fromkeys(parts[:_MOST_WORDS]):
            side = side_of(code, part) or side_of(None, part)
            if side is not None:
                found.setdefault(side, []).append(part)
        for side, listed in found.items():
            front.keywords.setdefault(side, listed)


def _split(value: str) -> list[str]:
    """The keywords of one tag: parted by semicolons, or by commas where there are none."""
    separator = "[;؛]" if re.search("[;؛]", value) else "[,،]"
    return [part.strip(" .") for part in re.split(separator, value) if part.strip(" .")]


def _numbers(front: Front, tags: list[Tag]) -> None:
    for field, names in _NUMBERS.items():
        value = _first(tags, names)
        if value and field == "doi":
            value = doi_in(value)
        if value and len(value) < 100:
            front.numbers[field] = value
    first, last = _first(tags, ("citation_firstpage",)), _first(tags, ("citation_lastpage",))
    pages = (
        f"{first}-{last}" if first and last and first != last else first or _first(tags, ("dc.identifier.pagenumber",))
    )
    if pages and len(pages) < 30:
        front.numbers["pages"] = pages
