"""The header of a TEI document: what the article is, in both languages, and how the document came about.

The source is described by a ``biblStruct`` laid out like GROBID's, so that programs made for its output find titles,
authors and dates where they look for them.
"""

from __future__ import annotations

from pipeline.emit.exports.person_names import person_name
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.tei_elements import Element, Tei
from pipeline.record import Author, Bilingual, Language

_CALENDARS = {"jalali": "Solar Hijri (Jalali)", "hijri": "Islamic lunar (Hijri)", "gregorian": "Gregorian"}
_SIDES: tuple[Language, Language] = ("en", "fa")


def header(tei: Tei) -> None:
    """Write ``teiHeader``."""
    top = tei.add(tei.root, "teiHeader")
    description = tei.add(top, "fileDesc")
    statement = tei.add(description, "titleStmt")
    _titles(tei, statement, tei.record.metadata.title, "a")
    _publication(tei, description)
    _source(tei, tei.add(description, "sourceDesc"))
    _encoding(tei, top)
    _profile(tei, top)


def sides(value: Bilingual) -> list[tuple[Language, str]]:
    """The languages in which a value is given, with it."""
    return [(side, text) for side in _SIDES if (text := getattr(value, side))]


def _titles(tei: Tei, parent: Element, title: Bilingual, level: str) -> None:
    for side, text in sides(title) or [(tei.record.metadata.language, tei.record.id)]:
        tei.add(parent, "title", text, lang=side, level=level, type="main")


def _publication(tei: Tei, description: Element) -> None:
    statement = tei.add(description, "publicationStmt")
    source = tei.record.source
    tei.add(statement, "distributor", f"Dozaban {tei.record.produced_by.dozaban}", lang="en")
    tei.add(statement, "idno", tei.record.id, type="dozaban")
    tei.add(statement, "idno", source.file, type="source-file")
    tei.add(statement, "idno", source.sha256, type="source-sha256")
    if source.text_sha256:
        tei.add(statement, "idno", source.text_sha256, type="text-sha256")


def _source(tei: Tei, parent: Element) -> None:
    meta = tei.record.metadata
    structure = tei.add(parent, "biblStruct")
    analytic = tei.add(structure, "analytic")
    for author in meta.authors:
        _author(tei, analytic, author)
    _titles(tei, analytic, meta.title, "a")
    if meta.doi:
        tei.add(analytic, "idno", meta.doi, type="DOI")
    monograph = tei.add(structure, "monogr")
    for side, text in sides(meta.journal):
        tei.add(monograph, "title", text, lang=side, level="j", type="main")
    if not sides(meta.journal):
        tei.add(monograph, "title", level="j")
    imprint = tei.add(monograph, "imprint")
    for unit, value in (("volume", meta.volume), ("issue", meta.issue), ("page", meta.pages)):
        if value:
            tei.add(imprint, "biblScope", value, unit=unit)
    for kind in ("published", "received", "revised", "accepted"):
        if value := getattr(meta, kind):
            tei.add(imprint, "date", value, type=kind, when=value)
    if not any((meta.published, meta.received, meta.revised, meta.accepted)):
        tei.add(imprint, "date", type="published")


def _author(tei: Tei, parent: Element, author: Author) -> None:
    element = tei.add(parent, "author")
    for side, text in sides(author.name):
        name, written = person_name(text), tei.add(element, "persName", lang=side)
        if name.whole:
            written.text = text
        else:
            tei.add(written, "forename", name.given, type="first")
            tei.add(written, "surname", name.family)
    for side, text in sides(author.affiliation):
        tei.add(tei.add(element, "affiliation"), "orgName", text, lang=side)
    if author.email:
        tei.add(element, "email", author.email)
    if author.orcid:
        tei.add(element, "idno", author.orcid, type="ORCID")


def _encoding(tei: Tei, top: Element) -> None:
    made = tei.record.produced_by
    encoding = tei.add(top, "encodingDesc")
    application = tei.add(tei.add(encoding, "appInfo"), "application", version=made.dozaban, ident="dozaban")
    tei.add(application, "label", "Dozaban")
    tei.add(application, "desc", f"configuration {made.config_sha256}", lang="en")
    declaration = tei.add(encoding, "editorialDecl")
    tei.add(
        declaration,
        "p",
        "The xml:id char-N of an element says that its text begins with character N (in Unicode code points) of the "
        "article's text; annotations point at it by string-range.",
        lang="en",
    )


def _profile(tei: Tei, top: Element) -> None:
    record = tei.record
    profile = tei.add(top, "profileDesc")
    for side in _SIDES:
        abstract = getattr(record.abstract, side)
        texts = [s.text for s in abstract.sentences if s.text] if abstract else []
        if texts:
            paragraph = tei.add(tei.add(profile, "abstract", lang=side), "p")
            for text in texts:
                tei.add(paragraph, "s", plain_words(record, text))
    calendars = sorted({date.value.calendar for date in record.dates})
    if calendars:
        described = tei.add(profile, "calendarDesc")
        for calendar in calendars:
            tei.add(tei.add(described, "calendar", id=f"calendar-{calendar}"), "p", _CALENDARS[calendar], lang="en")
    usage = tei.add(profile, "langUsage")
    for side, name in (("en", "English"), ("fa", "فارسی")):
        tei.add(usage, "language", name, ident=side)
    if record.keywords:
        classes = tei.add(profile, "textClass")
        for side in _SIDES:
            words = [word for keyword in record.keywords if (word := getattr(keyword, side))]
            if words:
                listed = tei.add(classes, "keywords", lang=side)
                for word in words:
                    tei.add(listed, "term", word)
