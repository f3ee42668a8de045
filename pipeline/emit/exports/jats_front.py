"""The front of a JATS article: journal, titles, people, dates, abstracts and keywords in both languages."""

from __future__ import annotations

from pipeline.emit.exports.jats_elements import Element, Jats
from pipeline.emit.exports.person_names import person_name
from pipeline.emit.exports.plain_words import plain_words
from pipeline.record import Author, Bilingual


def front(jats: Jats) -> None:
    """Write ``front``."""
    element = jats.add(jats.root, "front")
    _journal(jats, element)
    _article(jats, element)


def main_side(jats: Jats) -> str:
    """The article's own language, English where it is not known."""
    return "fa" if jats.record.metadata.language == "fa" else "en"


def _journal(jats: Jats, parent: Element) -> None:
    journal = jats.record.metadata.journal
    element = jats.add(parent, "journal-meta")
    jats.add(element, "journal-id", journal.en or journal.fa or "unknown", journal_id_type="publisher")
    titles = jats.add(element, "journal-title-group")
    side = main_side(jats)
    first, second = (journal.fa, journal.en) if side == "fa" else (journal.en, journal.fa)
    if first or second:
        jats.add(titles, "journal-title", first or second, lang=side if first else _other(side))
    if first and second:
        translated = jats.add(titles, "trans-title-group", lang=_other(side))
        jats.add(translated, "trans-title", second)
    jats.add(element, "issn")


def _article(jats: Jats, parent: Element) -> None:
    record, meta, side = jats.record, jats.record.metadata, main_side(jats)
    element = jats.add(parent, "article-meta")
    jats.add(element, "article-id", record.id, pub_id_type="publisher-id")
    if meta.doi:
        jats.add(element, "article-id", meta.doi, pub_id_type="doi")
    titles = jats.add(element, "title-group")
    own, other = getattr(meta.title, side), getattr(meta.title, _other(side))
    jats.add(
        titles, "article-title", plain_words(record, own or other or record.id), lang=side if own else _other(side)
    )
    if own and other:
        jats.add(jats.add(titles, "trans-title-group", lang=_other(side)), "trans-title", plain_words(record, other))
    if meta.authors:
        group = jats.add(element, "contrib-group")
        for author in meta.authors:
            _contributor(jats, group, author)
    if meta.published:
        _date(jats, jats.add(element, "pub-date", pub_type="ppub"), meta.published)
    else:  # the DTD wants the element; it must not say what nobody knows
        jats.add(jats.add(element, "pub-date", date_type="unknown"), "year")
    for tag, value in (("volume", meta.volume), ("issue", meta.issue)):
        if value:
            jats.add(element, tag, value)
    if meta.pages:
        first, _, last = meta.pages.replace("–", "-").partition("-")
        jats.add(element, "fpage", first.strip())
        if last.strip():
            jats.add(element, "lpage", last.strip())
    _history(jats, element)
    _abstracts(jats, element, side)
    for language in (side, _other(side)):
        words = [word for keyword in record.keywords if (word := getattr(keyword, language))]
        if words:
            group = jats.add(element, "kwd-group", lang=language)
            for word in words:
                jats.add(group, "kwd", word)


def _contributor(jats: Jats, parent: Element, author: Author) -> None:
    element = jats.add(parent, "contrib", contrib_type="author")
    if author.orcid:
        jats.add(element, "contrib-id", author.orcid, contrib_id_type="orcid")
    both = _sides(author.name)
    home = jats.add(element, "name-alternatives") if len(both) > 1 else element
    for side, text in both:
        parts = person_name(text)
        if parts.whole:
            jats.add(home, "string-name", text, lang=side)
            continue
        name = jats.add(home, "name", lang=side, name_style="western")
        jats.add(name, "surname", parts.family)
        jats.add(name, "given-names", parts.given)
    places = _sides(author.affiliation)
    home = jats.add(element, "aff-alternatives") if len(places) > 1 else element
    for side, text in places:
        jats.add(home, "aff", text, lang=side)
    if author.email:
        jats.add(element, "email", author.email)


def _history(jats: Jats, parent: Element) -> None:
    meta = jats.record.metadata
    dates = [("received", meta.received), ("rev-recd", meta.revised), ("accepted", meta.accepted)]
    if any(value for _, value in dates):
        history = jats.add(parent, "history")
        for kind, value in dates:
            if value:
                _date(jats, jats.add(history, "date", date_type=kind), value)


def _date(jats: Jats, parent: Element, date: str) -> None:
    year, month, day = (*date.split("-"), "", "", "")[:3]
    for tag, value in (("day", day), ("month", month), ("year", year)):
        if value or tag == "year":
            jats.add(parent, tag, value)


def _abstracts(jats: Jats, parent: Element, side: str) -> None:
    record = jats.record
    for language in (side, _other(side)):
        abstract = getattr(record.abstract, language)
        texts = [sentence.text for sentence in abstract.sentences if sentence.text] if abstract else []
        if texts:
            tag = "abstract" if language == side else "trans-abstract"
            jats.add(jats.add(parent, tag, lang=language), "p", plain_words(record, " ".join(texts)))


def _sides(value: Bilingual) -> list[tuple[str, str]]:
    return [(side, text) for side in ("en", "fa") if (text := getattr(value, side))]


def _other(side: str) -> str:
    return "en" if side == "fa" else "fa"
