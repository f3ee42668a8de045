"""What the front matter of a JATS article states: titles, people, dates, journal, abstracts, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from pipeline.read.front import DateField, Front, Person, Side, doi_in, front_date, iso_date, mail_in, orcid_in, side_of
from pipeline.read.inline import clean
from pipeline.read.jats_writer import JatsWriter
from pipeline.read.markup_tree import Element, child, children, content, language_code, local

_DATE_FIELDS: dict[str, DateField] = {
    "received": "received", "submitted": "received", "accepted": "accepted", "revised": "revised",
    "rev-recd": "revised", "rev-request": "revised", "pub": "published", "epub": "published", "ppub": "published",
    "published": "published", "epub-ppub": "published", "collection": "published", "publication": "published",
}  # fmt: skip
#: Abstracts of these kinds are no abstract of the article in the sense of the record.
_OTHER_ABSTRACTS = frozenset({"graphical", "teaser", "toc", "key-points", "highlights", "web-summary", "video"})
_OTHER_KEYWORDS = frozenset({"abbreviations", "JEL", "jel", "PACS", "MSC", "subject", "research-areas"})


def read_front(part: Element, writer: JatsWriter) -> Front:
    """The front matter of an article or of a translation in it."""
    front = Front()
    outer = child(part, "front") if child(part, "front") is not None else child(part, "front-stub")
    if outer is None:
        return front
    meta = child(outer, "article-meta") if child(outer, "article-meta") is not None else outer
    assert meta is not None
    journal = child(outer, "journal-meta")
    _titles(front, part, meta, writer)
    _people(front, part, meta, writer)
    _dates(front, meta, writer)
    _numbers(front, meta)
    if journal is not None:
        _journal(front, part, journal)
    _abstracts(front, part, meta, writer)
    _keywords(front, part, meta, writer)
    return front


def _code(element: Element, part: Element) -> str | None:
    """The language code that holds for an element: its own or the nearest around it, up to the article's."""
    for each in (element, *element.iterancestors()):
        if language_code(each):
            return language_code(each)
        if each is part:
            break
    return None


def _titles(front: Front, part: Element, meta: Element, writer: JatsWriter) -> None:
    group = child(meta, "title-group")
    if group is None:
        return
    found = [(child(group, "article-title"), child(group, "subtitle"), group)]
    found += [
        (child(each, "trans-title"), child(each, "trans-subtitle"), each)
        for each in children(group, "trans-title-group")
    ]
    found += [(each, None, each) for each in children(group, "trans-title")]
    for title, subtitle, holder in found:
        if title is None:
            continue
        words = writer.inline_of(title)
        if subtitle is not None:
            words.write(": " if not re.search(r"[:：؟?!.]$", words.text) else " ")
            words.extend(writer.inline_of(subtitle))
        side = side_of(_code(title, part) or _code(holder, part), words.words)
        if side is not None and words.text:
            front.titles.setdefault(side, words)
            front.language = front.language or side


def _people(front: Front, part: Element, meta: Element, writer: JatsWriter) -> None:
    affiliations = {aff.get("id"): aff for aff in meta.iter() if local(aff) in ("aff", "aff-alternatives")}
    corresponding = {c.get("id"): c for c in meta.iter() if local(c) == "corresp"}
    shared = [aff for aff in children(meta, "aff", "aff-alternatives") if aff.get("id") is None]
    by_key: dict[str, Person] = {}
    for group in children(meta, "contrib-group"):
        lone = [aff for aff in children(group, "aff", "aff-alternatives") if aff.get("id") is None]
        for number, contrib in enumerate(children(group, "contrib")):
            if contrib.get("contrib-type", "author") not in ("author", "authors", ""):
                continue
            names = dict(_names(contrib, part, writer))
            key = contrib.get("id") or ""
            person = by_key.get(key) if key else None
            person = person or (_counterpart(front, names, number) if names else None)
            if person is None:
                person = Person()
                front.people.append(person)
            if key:
                by_key[key] = person
            for side, name in names.items():
                person.names.setdefault(side, name)
            own = list(children(contrib, "aff", "aff-alternatives"))
            rids = [rid for xref in children(contrib, "xref") for rid in (xref.get("rid") or "").split()]
            own += [affiliations[rid] for rid in rids if rid in affiliations]
            for aff in own or lone or shared:
                _affiliate(person, aff, part, writer)
            _address(person, contrib, [corresponding[rid] for rid in rids if rid in corresponding])
    if len(front.people) == 1 and not front.people[0].email and corresponding:
        _address(front.people[0], meta, list(corresponding.values()))


def _counterpart(front: Front, names: dict[Side, str], number: int) -> Person | None:
    """The person named in the other language at the same place, when a second group lists them all again."""
    if number < len(front.people) and not set(names) & set(front.people[number].names):
        return front.people[number]
    return None


def _names(contrib: Element, part: Element, writer: JatsWriter) -> Iterator[tuple[Side, str]]:
    alternatives = child(contrib, "name-alternatives")
    for element in children(alternatives if alternatives is not None else contrib, "name", "string-name", "collab"):
        name = _name(element, writer)
        if name:
            side = side_of(language_code(element), name) or side_of(_code(element, part), name)
            if side is not None:
                yield side, name


def _name(element: Element, writer: JatsWriter) -> str:
    """Given names, then the family name, however the element orders them."""
    parts = {local(each): writer.inline_of(each).words for each in children(element)}
    if "surname" in parts or "given-names" in parts:
        order = ("prefix", "given-names", "surname", "suffix")
        name = " ".join(parts[each] for each in order if parts.get(each) and each != "prefix")
    else:
        name = writer.inline_of(element).words
    return " ".join(clean(name).split())


def _affiliate(person: Person, aff: Element, part: Element, writer: JatsWriter) -> None:
    for each in children(aff, "aff") if local(aff) == "aff-alternatives" else [aff]:
        text = _affiliation(each, writer)
        side = side_of(language_code(each), text) or side_of(_code(each, part), text)
        if text and side is not None:
            person.affiliations.setdefault(side, [])
            if text not in person.affiliations[side]:
                person.affiliations[side].append(text)
        if person.email is None and (mail := mail_in(content(each))):
            person.email = mail


def _affiliation(aff: Element, writer: JatsWriter) -> str:
    """The words of an affiliation without label and addresses; commas between its elements where none are written."""
    loose = (aff.text or "") + "".join(each.tail or "" for each in aff)
    parts: list[str] = []
    for each in children(aff):
        if local(each) not in ("label", "email", "institution-id", "sup", "ext-link", "uri"):
            holder = list(children(each)) if local(each) == "institution-wrap" else [each]
            words = [
                writer.inline_of(inner).words for inner in holder if local(inner) not in ("institution-id", "label")
            ]
            parts.append(" ".join(word for word in words if word))
    if not re.search(r"\w", loose) and not re.search("[,،;]", loose):
        side = side_of(None, " ".join(parts))
        return ("، " if side == "fa" else ", ").join(part for part in parts if part)
    text = writer.inline_of(_without(aff)).words
    return re.sub(r"[\s,،;.]+$", "", " ".join(text.split()))


def _without(aff: Element) -> Element:
    """A copy of an affiliation without its label and addresses."""
    from copy import deepcopy

    copy = deepcopy(aff)
    for each in list(copy):
        if local(each) in ("label", "email", "institution-id", "sup"):
            previous = each.getprevious()
            tail = each.tail or ""
            if previous is not None:
                previous.tail = (previous.tail or "") + tail
            else:
                copy.text = (copy.text or "") + tail
            copy.remove(each)
    return copy


def _address(person: Person, contrib: Element, corresponding: list[Element]) -> None:
    for identifier in children(contrib, "contrib-id"):
        person.orcid = person.orcid or orcid_in(content(identifier))
    for element in (contrib, *corresponding):
        texts = [content(each) for each in element.iter() if local(each) == "email"]
        texts += [content(element)] if local(element) == "corresp" else []
        for text in texts:
            person.email = person.email or mail_in(text)


def _dates(front: Front, meta: Element, writer: JatsWriter) -> None:
    history = child(meta, "history")
    stated = list(children(history, "date")) if history is not None else []
    for event in children(meta, "pub-history"):
        stated += [date for date in event.iter() if local(date) == "date"]
    stated += list(children(meta, "pub-date"))
    seen: set[tuple[str, str]] = set()
    for element in stated:
        kind = element.get("date-type") or element.get("pub-type") or ("pub" if local(element) == "pub-date" else "")
        name = _DATE_FIELDS.get(kind.lower())
        if name is None:
            continue
        parts = {local(each): content(each).strip() for each in element.iter() if local(each)}
        written = child(element, "string-date")
        text = writer.inline_of(written).words if written is not None else ""
        code = language_code(written if written is not None else element) or language_code(element)
        calendar = element.get("calendar") or next((c for e in element if (c := e.get("calendar"))), "")
        iso = element.get("iso-8601-date")
        date = None
        if parts.get("year"):
            side = side_of(code, text) if text else None
            year, month, day = (parts.get(part, "") for part in ("year", "month", "day"))
            date = front_date(name, year, month, day, calendar=calendar, text=text, language=side)
        if date is None and iso:
            date = iso_date(name, iso)
        if date is not None and (name, date.calendar) not in seen:
            seen.add((name, date.calendar))
            front.dates.append(date)


def _numbers(front: Front, meta: Element) -> None:
    for name, tag in (("volume", "volume"), ("issue", "issue")):
        element = child(meta, tag)
        if element is not None and (text := content(element).strip()):
            front.numbers[name] = clean(text)
    first, last = (content(child(meta, tag)).strip() for tag in ("fpage", "lpage"))
    if first:
        front.numbers["pages"] = clean(f"{first}-{last}" if last and last != first else first)
    elif (location := child(meta, "elocation-id")) is not None and (location.text or "").strip():
        front.numbers["pages"] = clean(cast(str, location.text).strip())
    for identifier in children(meta, "article-id"):
        if identifier.get("pub-id-type") == "doi" and (doi := doi_in(content(identifier))):
            front.numbers["doi"] = clean(doi)


def _journal(front: Front, part: Element, journal: Element) -> None:
    for element in journal.iter():
        if local(element) in ("journal-title", "trans-title"):
            text = " ".join(content(element).split())
            side = side_of(_code(element, part), text) or side_of(None, text)
            if text and side is not None:
                front.journals.setdefault(side, clean(text))


def _abstracts(front: Front, part: Element, meta: Element, writer: JatsWriter) -> None:
    for element in children(meta, "abstract", "trans-abstract"):
        if element.get("abstract-type") in _OTHER_ABSTRACTS:
            continue
        side = side_of(_code(element, part), content(element))
        if side is None or side in front.abstracts:
            continue
        title = child(element, "title")
        if title is not None and (label := writer.inline_of(title).text):
            front.labels[f"abstract.{side}"] = label
        outer, writer.paragraphs = writer.paragraphs, []
        before, writer.language, writer.abstract = writer.language, side, True
        for inner in children(element):
            if local(inner) not in ("title", "label"):
                writer.element(inner)
        if not writer.paragraphs and not writer.line.text:
            writer.words(content(element))
        writer.flush()
        front.abstracts[side] = writer.paragraphs
        writer.paragraphs, writer.language, writer.abstract = outer, before, False


def _keywords(front: Front, part: Element, meta: Element, writer: JatsWriter) -> None:
    for group in children(meta, "kwd-group"):
        if group.get("kwd-group-type") in _OTHER_KEYWORDS:
            continue
        words = [writer.inline_of(each) for each in children(group, "kwd", "compound-kwd", "nested-kwd")]
        listed = [" ".join(each.words.split()) for each in words]
        for loose in children(group, "unstructured-kwd-group"):
            listed += [part.strip() for part in re.split("[;؛,،]", content(loose))]
        listed = [word for word in listed if word]
        side = side_of(_code(group, part), " ".join(listed)) if listed else None
        if side is None or side in front.keywords:
            continue
        front.keywords[side] = listed
        title = child(group, "title")
        if title is not None and (label := writer.inline_of(title).words):
            front.labels[f"keywords.{side}"] = label if label.rstrip().endswith((":", "：")) else f"{label}:"
