"""The readers of BibTeX and RIS: what journal systems export of their articles, with fields in both languages.

An entry becomes a front page: titles, authors, journal, dates, abstracts, keywords, all of them stated. A file may hold
many entries; each is an article of its own, which ``dozaban run`` makes a record of (:func:`bibtex_entries` and
:func:`ris_entries` name them). bibtexparser and rispy read the syntax, this module knows what the fields mean.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.characters import characters_of
from pipeline.read.composer import Composer, Paragraph
from pipeline.read.document import ReadDocument, ReadSettings
from pipeline.read.front import Front, Person, Side, doi_in, front_date, front_paragraphs, iso_date, side_of
from pipeline.read.inline import Inline, clean
from pipeline.read.names import given_first
from pipeline.text.calendars import month_number
from pipeline.text.numerals import fold_digits

#: An entry: its fields by name in lower case, each with its values in order.
Entry = Mapping[str, tuple[str, ...]]

_TITLE = re.compile(
    r"(?:translated|persian|farsi|english|original|primary)?[_-]?title(?:[_-]?(?:fa|en|per|eng|persian|english|translated))?"
)
_ABSTRACT = re.compile(r"(?:persian|farsi|english|notes)?[_-]?abstract(?:[_-]?(?:fa|en|per|eng|persian|english|\d))?")
_KEYWORDS = re.compile(r"(?:persian|farsi|english)?[_-]?keywords?(?:[_-]?(?:fa|en|per|eng|persian|english))?")
_AUTHORS = re.compile(r"(?:persian|farsi|english|first)?[_-]?authors?(?:[_-]?(?:fa|en|per|eng|persian|english))?")
_JOURNALS = re.compile(
    r"(?:persian|english)?[_-]?(?:journal(?:title|_name)?|secondary_title|alternate_title\d?)(?:[_-]?(?:fa|en|persian|english))?"
)
_AFFILIATIONS = ("affiliation", "affiliations", "institution", "author_address", "address", "organization", "school")
_RIS_TAG = re.compile(r"\s*([A-Z][A-Z0-9])\s{0,4}[-–](?:\s|$)")
#: The most keywords of a field.
_MOST_WORDS = 500
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def read_bibtex(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read one entry of a BibTeX file. Raises ReadError: ``E-BIBLIOGRAPHY``, ``E-MANY-ARTICLES``."""
    return _read(file, settings, _bibtex, "application/x-bibtex")


def read_ris(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read one entry of a RIS file. Raises ReadError: ``E-BIBLIOGRAPHY``, ``E-MANY-ARTICLES``."""
    return _read(file, settings, _ris, "application/x-research-info-systems")


def bibtex_entries(file: SourceFile) -> list[str]:
    """The names of a BibTeX file's entries. Raises ReadError when it cannot be read."""
    return list(_bibtex(characters_of(file, ReadSettings.model_validate({})).text, file.name))


def ris_entries(file: SourceFile) -> list[str]:
    """The names of a RIS file's entries. Raises ReadError when it cannot be read."""
    return list(_ris(characters_of(file, ReadSettings.model_validate({})).text, file.name))


def _read(
    file: SourceFile, settings: ReadSettings, parse: Callable[[str, str], dict[str, Entry]], media_type: str
) -> ReadDocument:
    characters = characters_of(file, settings)
    entries = parse(characters.text, file.name)
    if not entries:
        raise ReadError(f"{file.name}: there is no entry in it; export the article again", code="E-BIBLIOGRAPHY")
    if file.part is not None:
        if file.part not in entries:
            raise ReadError(f"{file.name}: there is no entry {file.part!r} in it", code="E-BIBLIOGRAPHY")
        entry = entries[file.part]
        if not entry:
            raise _unreadable(f"{file.name}, {file.part.replace('-', ' ')}", "entry", "it breaks off or lacks a comma")
    elif len(entries) > 1:
        raise ReadError(
            f"{file.name}: it holds {len(entries)} entries, each an article of its own; give the file to "
            "`dozaban run`, which makes a record of each, or part it",
            code="E-MANY-ARTICLES",
        )
    else:
        entry = next(iter(entries.values()))
    composer = Composer(file, settings)
    composer.diagnostics += characters.diagnostics
    for paragraph in front_paragraphs(_front(entry)):
        composer.add(paragraph)
    return composer.document(media_type, characters.encoding)


# ── syntax ─────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4)
def _bibtex(text: str, name: str) -> dict[str, Entry]:
    """The entries of a BibTeX text by key, strings resolved."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry as Entry_
    from bibtexparser.model import ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        library = parse_string(text)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(name, "BibTeX", error) from None
    if not library.entries and all(block.ignore_error_block is None for block in library.failed_blocks):
        reason = library.failed_blocks[0].error if library.failed_blocks else "no entry in it"
        raise _unreadable(name, "BibTeX", reason)
    entries: dict[str, Entry] = {}
    for block in library.blocks:
        entry = getattr(block, "ignore_error_block", None) or block  # a field or a key given twice is no fault here
        if isinstance(entry, Entry_):
            entries[_unused(entry.key or "entry", entries)] = _fields(entry, enclosed=entry is not block)
        elif isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None:
            entries[_unused(f"line-{(block.start_line or 0) + 1}", entries)] = {}
    return entries


def _fields(entry: Any, *, enclosed: bool) -> Entry:
    """The fields of a BibTeX entry, each with all its values (some exports give one field for each language).

    ``enclosed`` values still have the braces or quotes around them.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for field in entry.fields:
        name, value = field.key.strip().lower(), str(field.value).strip()
        if enclosed and len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"')):
            value = value[1:-1]
        values = tuple(_bibtex_names(value)) if name == "author" else (_unlatexed(value),)
        fields[name] = (*fields.get(name, ()), *values)
    return fields


@lru_cache(maxsize=4)
def _ris(text: str, name: str) -> dict[str, Entry]:
    """The entries of a RIS text, named by their id or their number."""
    import rispy

    try:
        parsed = rispy.loads(_regular(text))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        raise _unreadable(name, "RIS", error) from None
    entries: dict[str, Entry] = {}
    for number, each in enumerate(parsed, start=1):
        fields = {
            key: tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)
            for key, value in each.items()
            if value and key != "unknown_tag"
        }
        entries[_unused(str(each.get("id") or number), entries)] = fields
    return entries


def _regular(text: str) -> str:
    """RIS as it should be: a tag, two spaces, a hyphen, a space; values on one line; every entry closed."""
    lines: list[list[str]] = []
    is_open = False
    for line in text.splitlines():
        match = _RIS_TAG.match(line)
        if match is None:
            if lines and line.strip() and is_open:
                lines[-1].append(line.strip())
            continue
        tag, value = match[1], line[match.end() :].strip()
        if tag == "TY" and is_open:
            lines.append(["ER  - "])
        is_open = (is_open or tag == "TY") and tag != "ER"
        if is_open or (tag == "ER" and lines and not lines[-1][0].startswith("ER")):
            lines.append([f"{tag}  - {value}"])
    return "\n".join([*(" ".join(line) for line in lines), *(["ER  - "] if is_open else [])])


def _unreadable(name: str, kind: str, error: object) -> ReadError:
    reason = str(error).splitlines()[0][:150] if str(error) else type(error).__name__
    return ReadError(f"{name}: it is no {kind} that can be read ({reason}); export it again", code="E-BIBLIOGRAPHY")


def _unused(key: str, entries: Mapping[str, Entry]) -> str:
    """A name for an entry that no other has."""
    name, number = key, 2
    while name in entries:
        name, number = f"{key}-{number}", number + 1
    return name


def _bibtex_names(value: str) -> Iterator[str]:
    """The names of an author field; braces keep a body's name whole."""
    at = depth = start = 0
    while at < len(value):
        depth += (value[at] == "{") - (value[at] == "}")
        match = _AND.match(value, at) if depth <= 0 and value[at].isspace() else None
        if match:
            yield _bibtex_name(value[start:at])
            at = start = match.end()
        else:
            at += 1
    yield _bibtex_name(value[start:])


def _bibtex_name(written: str) -> str:
    whole = re.fullmatch(r"\s*\{([^{}]*)\}\s*", written)
    return _unlatexed(whole[1]).replace(",", " ") if whole else _unlatexed(written)


def _unlatexed(value: str) -> str:
    """A BibTeX value as words: LaTeX's commands answered, braces gone. A bare per cent sign begins no comment here."""
    if "\\" in value or "$" in value:
        from pylatexenc.latex2text import LatexNodes2Text
        from pylatexenc.latexwalker import LatexWalkerError

        try:
            prepared = re.sub(r"(?<!\\)%", r"\\%", re.sub(r"(?<!\\)~", " ", value))
            value = LatexNodes2Text(math_mode="text").latex_to_text(prepared, tolerant_parsing=True)
        except (LatexWalkerError, ValueError, IndexError, TypeError, AttributeError, RecursionError):
            value = value.replace("\\", "")
    else:
        value = value.replace("~", " ")
    return " ".join(re.sub(r"[{}]", "", value).split())


# ── meaning ────────────────────────────────────────────────────────────────────────────────────────────────────


def _front(entry: Entry) -> Front:
    front = Front()
    language = " ".join((*entry.get("language", ()), *entry.get("langid", ()))).strip().lower()
    if language:
        front.language = (
            "fa" if re.match(r"fa|per|farsi|فارسی", language) else "en" if language.startswith("en") else None
        )
    for name, values in entry.items():
        code = _code(name)
        if _TITLE.fullmatch(name):
            for value in values:
                side = side_of(code, value) or side_of(None, value)
                if side is not None and value:
                    words = f"{value}: {entry['subtitle'][0]}" if name == "title" and "subtitle" in entry else value
                    front.titles.setdefault(side, Inline(clean(words)))
        elif _ABSTRACT.fullmatch(name):
            for value in values:
                _abstract(front, value, code)
        elif _KEYWORDS.fullmatch(name):
            _keywords(front, values[:_MOST_WORDS], code)
        elif _JOURNALS.fullmatch(name):
            side = side_of(code, values[0]) or side_of(None, values[0])
            if side is not None:
                front.journals.setdefault(side, clean(values[0]))
    front.language = front.language or next(iter(front.titles), None)
    _people(front, entry)
    _numbers(front, entry)
    _published(front, entry)
    return front


def _code(name: str) -> str | None:
    """The language that a field's name speaks of (``title_fa``)."""
    if re.search(r"(?:^|[_-])(?:fa|per|persian|farsi)(?:$|[_-])|^(?:persian|farsi)", name):
        return "fa"
    return "en" if re.search(r"(?:^|[_-])(?:en|eng|english)(?:$|[_-])|^english", name) else None


def _abstract(front: Front, value: str, code: str | None) -> None:
    side = side_of(code, value)
    if side is not None and value:
        words = re.sub(r"</?[a-z]{1,10}\b[^<>]{0,100}>", " ", clean(value), flags=re.IGNORECASE)
        front.abstracts.setdefault(side, [Paragraph("abstract", Inline(words), None, side)])


def _keywords(front: Front, values: tuple[str, ...], code: str | None) -> None:
    """Keywords: parted by semicolons; by commas too in a language that has but one value (else each value is one)."""
    sides = [side_of(code, value) or side_of(None, value) for value in values]
    found: dict[Side, dict[str, None]] = {}
    for value, own in zip(values, sides, strict=True):
        separator = "[;؛]" if re.search("[;؛]", value) else "[,،]" if sides.count(own) == 1 else "\n"
        for part in re.split(separator, clean(value))[:_MOST_WORDS]:
            keyword = " ".join(part.split()).strip(" .")
            side = side_of(code, keyword) or side_of(None, keyword)
            if keyword and side is not None:
                found.setdefault(side, {})[keyword] = None
    for side, keywords in found.items():
        front.keywords.setdefault(side, list(keywords))


def _people(front: Front, entry: Entry) -> None:
    """The authors, those of both languages joined by position where both lists are of one length."""
    lists: dict[Side, list[Person]] = {"en": [], "fa": []}
    for name, values in entry.items():
        if _AUTHORS.fullmatch(name):
            parts = [part for value in values for part in re.split(r"\s*[;؛]\s*", value)]
            if len(values) == 1 and name != "author":
                parts = [piece for part in parts for piece in _AND.split(part)]
            for part in parts:
                written = given_first(part)
                side = side_of(_code(name), written) or side_of(None, written)
                if written and written.lower() != "others" and side is not None:
                    lists[side].append(Person({side: written}))
    english, persian = lists["en"], lists["fa"]
    if len(english) == len(persian):
        for one, other in zip(english, persian, strict=True):
            one.names.update(other.names)
        front.people = english
    else:
        front.people = max(english, persian, key=len)
    stated = [" ".join(value.split()) for name in _AFFILIATIONS for value in entry.get(name, ())]
    each_own = len(stated) == len(front.people)
    for number, person in enumerate(front.people):
        for value in stated[number : number + 1] if each_own else stated[:1]:
            side = side_of(None, value)
            if side is not None:
                person.affiliations.setdefault(side, []).append(clean(value))


def _numbers(front: Front, entry: Entry) -> None:
    def first(*names: str) -> str:
        return next((clean(entry[name][0]).strip() for name in names if entry.get(name)), "")

    for field, names in (("volume", ("volume",)), ("issue", ("number", "issue"))):
        if value := first(*names):
            front.numbers[field] = value
    start, end = first("start_page"), first("end_page")
    pages = first("pages") or (f"{start}-{end}" if start and end and start != end else start)
    if pages:
        front.numbers["pages"] = re.sub(r"\s*(?:--+|[–—-])\s*", "-", pages)
    if doi := doi_in(first("doi")) or doi_in(first("url", "urls", "ee")):
        front.numbers["doi"] = doi


def _published(front: Front, entry: Entry) -> None:
    date = next((entry[name][0] for name in ("date", "publication_year", "year") if name in entry), "")
    written = re.sub(r"[/\s-]+$", "", date)
    found = iso_date("published", written)
    month = next(iter(entry.get("month", ())), "").strip()
    if found is not None and len(fold_digits(written)) == 4 and month:
        named = month_number(month, "en") or month_number(month, "fa")
        number = fold_digits(month) if fold_digits(month).isdecimal() else str(named[1]) if named else ""
        found = front_date("published", written, number) or found
    if found is not None:
        front.dates.append(found)
