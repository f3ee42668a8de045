"""The entries of a JATS reference list as they are printed.

A ``mixed-citation`` is printed as it stands; of an ``element-citation``, which holds fields without punctuation, the
fields are put into the order of author–date styles: names, year, title, source, volume, issue, pages, publisher, DOI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.read.front import declared, doi_in
from pipeline.read.inline import Inline
from pipeline.read.jats_writer import JatsWriter
from pipeline.read.markup_tree import Element, child, children, content, language_code, local
from pipeline.text.numerals import fold_digits

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation", "product", "related-object")


def citation_words(ref: Element, writer: JatsWriter) -> Iterator[tuple[Inline, str | None]]:
    """The works of one ``ref``, each with its number when it has one."""
    label = child(ref, "label")
    printed = fold_digits(content(label)).strip(" .()[]\n\t") if label is not None else ""
    number = printed if printed.isdecimal() and len(printed) < 4 else None
    holders = list(children(ref, "citation-alternatives")) or [ref]
    found = False
    for holder in holders:
        works = list(children(holder, *_CITATIONS))
        for work in works[:1] if local(holder) == "citation-alternatives" else works:
            words = _printed(work, writer)
            if words.text:
                yield words, number if not found else None
                found = True
    if not found:
        rest = Inline()
        for inner in children(ref):
            if local(inner) != "label":
                rest.write(" ")
                rest.extend(writer.inline_of(inner))
        if rest.text:
            yield rest, number


def _printed(work: Element, writer: JatsWriter) -> Inline:
    loose = (work.text or "") + "".join(each.tail or "" for each in work)
    if local(work) != "element-citation" and re.search(r"[\w.,،؛;]", loose):
        words = writer.inline_of(work)
        doi = next((d for each in children(work, "pub-id") if (d := doi_in(content(each)))), None)
        if doi and doi not in words.text:
            words.write(f" https://doi.org/{doi}")
        return words
    return _composed(work, writer)


def _composed(work: Element, writer: JatsWriter) -> Inline:
    fields: dict[str, Inline] = {}
    for each in children(work):
        if local(each) not in ("person-group", "name", "string-name", "collab"):
            fields.setdefault(local(each), writer.inline_of(each))
    text = {name: inline.words for name, inline in fields.items() if inline.words}
    title = fields.get("article-title") or fields.get("chapter-title") or fields.get("data-title")
    code = language_code(work)
    persian = (declared(code) == "fa") or bool(
        re.search("[\u0620-\u06ff]", title.words if title else text.get("source", ""))
    )
    comma = "، " if persian else ", "
    words = Inline()
    names = _names(work, writer, persian=persian)
    if names:
        words.write(names)
    if "year" in text:
        words.write(f" ({text['year']})")
    if words.text:
        words.write(". " if not words.text.endswith(".") else " ")
    source = fields.get("source") if "source" in text else None
    if title is not None and title.words:
        words.extend(title)
        words.write("" if re.search(r"[.؟?!]$", title.words) else ".")
        words.write(" ")
    if source is not None:
        words.open("*", "emphasis")
        words.write(source.words)
        words.close("*", "emphasis")
    volume, issue = text.get("volume"), text.get("issue")
    if volume:
        words.write(f"{comma}{volume}" + (f"({issue})" if issue else ""))
    elif issue:
        words.write(f"{comma}({issue})")
    first, last = text.get("fpage"), text.get("lpage")
    pages = f"{first}–{last}" if first and last else first or text.get("page-range") or text.get("elocation-id")
    if pages:
        words.write(f"{comma}{pages}")
    place = ": ".join(text[name] for name in ("publisher-loc", "publisher-name") if name in text)
    if place:
        words.write(f". {place}")
    if words.text and not words.text.endswith("."):
        words.write(".")
    for name in ("comment", "date-in-citation"):
        if name in text:
            words.write(f" {text[name]}")
    doi = next((d for each in children(work, "pub-id") if (d := doi_in(content(each)))), None)
    if doi:
        words.write(f" https://doi.org/{doi}")
    for name in ("ext-link", "uri"):
        if name in text and "doi.org" not in text[name]:
            words.write(f" {text[name]}")
    return words


def _names(work: Element, writer: JatsWriter, *, persian: bool) -> str:
    """“Doe, J., & Roe, R.”; the editors where there are no authors."""
    groups = [g for g in children(work, "person-group") if g.get("person-group-type", "author") == "author"]
    groups = groups or list(children(work, "person-group"))[:1]
    names: list[str] = []
    for holder in groups or [work]:
        for each in children(holder, "name", "string-name", "collab"):
            family, given = (_part(each, tag, writer) for tag in ("surname", "given-names"))
            comma = "، " if persian else ", "
            name = comma.join(part for part in (family, given) if part) or writer.inline_of(each).words
            if name:
                names.append(name)
        if child(holder, "etal") is not None:
            names.append("همکاران" if persian else "et al.")
    if persian:
        return "؛ ".join(names)
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _part(name: Element, tag: str, writer: JatsWriter) -> str:
    element = child(name, tag)
    return writer.inline_of(element).words if element is not None else ""
