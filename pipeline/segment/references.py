"""The entries of the reference list: where each begins and ends, and its authors, year, title, DOI and address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import record
from pipeline.segment.comma_references import Parted, parted
from pipeline.segment.draft import Draft, Piece, flowed, line_starts, trimmed
from pipeline.segment.given_names import english_family, persian_family, without_initials
from pipeline.text.language import language_of
from pipeline.text.offsets import MappedText, Span

_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_YEAR = re.compile(
    r"(?<![\d/:.\-])((?:1[2-4]|19|20)\d{2}|18\d{2})([a-zالفبجد]{0,3})(?![\d/])(?!-\d{2}\b)", re.IGNORECASE
)
_OLD_YEAR = re.compile(r"(?<=[,،\s(])(1[5-7]\d{2})()(?=\)?[.\s]*$)")
_NO_YEAR = re.compile(r"\bn\.\s?d\.|\bin press\b|\bforthcoming\b|بی[\u200c ]?تا", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+[^\s<>\".,;)\]]")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\")\]]+[^\s<>\")\].,;]")
#: An address with all that follows; OCR puts spaces into long ones.
_ADDRESS = re.compile(r"(?:https?:\s?//|www\.).*")
_NUMBER = re.compile(r"\s*(?:[-*•▪–]\s+)?(?:\[(\d{1,3})\]\s*[.:]?|\((\d{1,3})\)|(\d{1,3})\s*[.)\-–ـ](?!\d))\s*")
_BULLET = re.compile(r"\s*[-*•▪●–—+]\s+")
#: How an entry begins: a family name or body, then a comma, a stop or a year; a Persian name and a comma.
_ENTRY_START = re.compile(
    r"\W{0,3}(?:[^\W\d_][\w'’\-]*(?:\s+[A-Z(&][\w.'’\-:]*|\s+(?:of|and|for|the|on|de|van|von|al|in))*\s?(?:[,.:(]|and\b)"
    r"|[\u0620-\u06ff][\u0620-\u06ff\u200c ]{1,60}[،,.؛:(])"
)
_NO_NAMES = re.compile(r"\d|[^\W\d_]{3}[.؟?!]\s")
_CLOSED = re.compile(r"[.!?؟>)\]»”\"\d/]\s*$")
_QUOTED = re.compile(r"[“\"«]([^”\"»]{4,300})[”\"»]|[“«]([^”»]{4,300}?)[,.]?(?=\s[*_A-Z])")
_DATE_WORDS = re.compile(
    r"[,.(\s]*(?:\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|"
    r"fall|autumn|winter|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|\d{1,2}(?:st|nd|rd|th)?|,|\s)*[,.(\s]*$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]*){1,4}$|(?:[A-Z]\.\s*)+[A-Z]?\.?$")
#: “Doe J, Roe RB. Title.” and «احمدی ر، کریمی س. عنوان.», the style of medical journals.
_VANCOUVER = re.compile(
    r"((?:[^\W\d_][\w'’\-]+(?:\s[^\W\d_][\w'’\-]+)?\s[A-Z]{1,3},\s){0,12}[^\W\d_][\w'’\-]+(?:\s[^\W\d_][\w'’\-]+)?\s[A-Z]{1,3}"
    r"|(?:[\u0620-\u06ff\u200c]{2,}(?:\s[\u0620-\u06ff\u200c]{2,}){0,2}\s[\u0620-\u06ff][،,]\s){0,12}"
    r"[\u0620-\u06ff\u200c]{2,}(?:\s[\u0620-\u06ff\u200c]{2,}){0,2}\s[\u0620-\u06ff])"
    r"(?:,?\s*et al|\s*و همکاران)?\.\s(?=\S)"
)
_DATE_START = re.compile(
    r"\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_GIVEN_INITIALS = re.compile(r"(?:[A-Z]\.[\s-]*)+(?=[^\W\d_]{2})")
_JOINT = re.compile(r"\s*(?:;|؛|,?\s+(?:and|&)\s+|(?<=\s)و(?=\s))\s*")
_TITLES = re.compile(r"\b(?:dr|prof|eds?|translators?|trans)\b\.?|\((?:eds?|ed|trans)\.?\)?", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:et al\.?|and others|colleagues|others)$|و?\s*(?:همکاران|دیگران)$", re.IGNORECASE)
_TITLE_STOP = re.compile(r"(?:(?<=[^\W_]{2})|(?<=\)))[.؟?](?=\s|$)|(?<=[\u0620-\u06ff])[،؛]")
_TITLE_COMMA = re.compile(r",\s(?=[A-Z(])")
#: What says that a journal or volume, no title, stands behind a comma.
_NUMBERED = re.compile(
    r"\b(?:vol|no|nr|issue|pp?|ed|edition)\b|\d+\s*\(\d|\b(?:journal|quarterly|review|proceedings)\b|[,:]\s*\d+",
    re.IGNORECASE,
)
_LANGUAGE_NOTE = re.compile(r"\s*[(\[](?:in|translated from) [A-Z]\w+[)\]]\s*$", re.IGNORECASE)
#: The longest head in which an author's year is looked for, in characters.
_HEAD = 220


@dataclass(slots=True)
class _Entry:
    start: int
    end: int
    number: str | None = None


def reference_layer(draft: Draft, sections: list[record.Section]) -> tuple[list[record.Reference], list[str | None]]:
    """The entries of all reference lists in order, and their printed numbers; their pieces become references."""
    roles = {section.id: section.role for section in sections}
    entries: list[_Entry] = []
    regular = _is_regular(draft)
    in_notes = False  # whether the list itself is set as notes
    for piece in draft.pieces:
        if not piece.listed or piece.section is None or roles[piece.section] != "references":
            continue
        if piece.silent or piece.kind in ("heading", "title", "table"):
            continue
        in_notes = piece.kind == "note" if not entries else in_notes
        if piece.kind == "note" and not in_notes and not _goes_on(draft, piece, entries[-1]):
            continue  # a footnote on a page of the list
        _read_piece(draft, piece, entries, regular=regular)
        piece.kind = "reference"
    references = [_reference(draft, number, entry) for number, entry in enumerate(entries, start=1)]
    return references, [entry.number.translate(_TO_ASCII) if entry.number else None for entry in entries]


def _goes_on(draft: Draft, note: Piece, last: _Entry) -> bool:
    """Whether what was taken for a footnote is the next entry of a numbered list."""
    match = _NUMBER.match(draft.surface(note.span))
    label = next((group for group in match.groups() if group), None) if match else None
    return label is not None and last.number is not None and int(label) == int(last.number) + 1


def _is_regular(draft: Draft) -> bool:
    """Whether most paragraphs of the list begin like an entry, so that one that doesn't goes on with another."""
    begins = [begins_entry(p.text) for p in draft.pieces if p.listed and p.kind == "paragraph" and not p.continues]
    return 2 * sum(begins) > len(begins)


def _read_piece(draft: Draft, piece: Piece, entries: list[_Entry], *, regular: bool) -> None:
    """Add the entries of a block: one for a list item, one for each line that begins like one in a paragraph.

    The lines of a page, which a PDF's paragraph does not keep apart, must look more like one.
    """
    raw = draft.surface(piece.span)
    starts = line_starts(raw)
    shown: set[int] = set()
    if piece.kind in ("list_item", "reference"):
        starts = starts[:1]
    elif lines := draft.article.lines_within(piece.span):
        shown = {line - piece.span.start for line in lines} - set(starts)
        starts = sorted({*starts, *shown})
    for at, start in enumerate(starts):
        number = _NUMBER.match(raw, start)
        bullet = _BULLET.match(raw, start)
        text_at = number.end() if number else bullet.end() if bullet else start
        end = starts[at + 1] if at + 1 < len(starts) else len(raw)
        line_end = next((other for other in starts[at + 1 :] if other not in shown), len(raw))
        begins = begins_entry(draft.article.view(Span(piece.span.start + text_at, piece.span.start + line_end)).text)
        previous = entries[-1] if entries else None
        closed = previous is None or _CLOSED.search(draft.surface(Span(previous.start, previous.end))) is not None
        label = next((group for group in number.groups() if group), None) if number else None
        if start in shown:
            before = draft.surface(Span(previous.start, previous.end)) if previous else ""
            fresh = closed and _begins_shown_entry(raw[text_at:], label, before, previous.number if previous else None)
        elif label or not entries or piece.kind == "reference":
            fresh = True
        elif piece.continues and at == 0:
            fresh = False
        elif piece.kind == "list_item":
            fresh = begins or closed
        elif at == 0:
            fresh = begins or (closed and not regular and not _lower(raw[text_at:]))
        else:
            fresh = begins and closed
        if fresh or previous is None:
            entries.append(_Entry(piece.span.start + text_at, piece.span.start + end, label))
        else:
            previous.end = piece.span.start + end


def _begins_shown_entry(text: str, label: str | None, previous: str, last: str | None) -> bool:
    """Whether an entry begins with a line of a page: the next number, or names and a year set as in the one before."""
    if label or last:
        return label is not None and last is not None and int(label) == int(last) + 1
    style = _year_style(text)
    return style is not None and style == _year_style(previous) and begins_entry(text[:_HEAD])


def _year_style(text: str) -> str | None:
    """What encloses or follows the year of an entry that begins with names and a year, or None."""
    head = text[:_HEAD].translate(_TO_ASCII)
    year = _YEAR.search(head)
    if year is None:
        return None
    names = _DATE_WORDS.sub("", head[: year.start()])
    if _NO_NAMES.search(names):
        return None
    return (
        "(" if "(" in head[len(names) : year.start()] else next((c for c in head[year.end() :][:1] if c in ".:"), None)
    )


def begins_entry(text: str) -> bool:
    """Whether a line begins like an entry: a name, and a year not far on."""
    if not _ENTRY_START.match(text):
        return False
    head = _URL.sub(" ", text[:_HEAD].translate(_TO_ASCII))
    return _YEAR.search(head) is not None or _NO_YEAR.search(head) is not None


def _lower(text: str) -> bool:
    letter = re.search(r"[^\W\d_]", text)
    return letter is not None and letter[0].islower()


def _reference(draft: Draft, number: int, entry: _Entry) -> record.Reference:
    span = trimmed(draft.article.text, Span(entry.start, entry.end))
    text = draft.surface(span)
    view = draft.article.view(span)
    line = re.sub(r"\s", " ", view.text)
    bare = _ADDRESS.sub(lambda m: " " * len(m[0]), line.translate(_TO_ASCII))
    year = _YEAR.search(bare, 0, _HEAD) or _YEAR.search(bare) or _OLD_YEAR.search(bare)
    emphasised = _emphasised(draft, view, span)
    commas = None if emphasised or _QUOTED.search(line) else _by_commas(bare, year)
    authors, title_at = (commas.authors, commas.end) if commas else _authors(bare, year, emphasised)
    title = flowed(line[commas.start : commas.end]).strip() if commas else _title(line, bare, title_at, emphasised)
    doi, url = _DOI.search(line), _URL.search(text)
    return record.Reference(
        id=f"reference/{number}",
        language=language_of(line)[0],
        span=span,
        text=text,
        authors=authors,
        year=(year[1] + year[2].lower()) if year else None,
        title=title,
        doi=doi[0] if doi else None,
        url=None if url is None or "doi.org" in url[0] else url[0].replace("\\", ""),
    )


def _by_commas(text: str, year: re.Match[str] | None) -> Parted | None:
    """The reading of an entry parted by commas alone; None where the year stands where author–date styles have it."""
    if year is None or _VANCOUVER.match(text):
        return None
    stop = re.search(r"(?<=[^\W\d_]{3})[.]\s+(?=\S)", text[: year.start()])
    end = stop.start() if stop else year.start()
    bracketed = text[: year.start()].rstrip().endswith("(")
    if bracketed and re.match(r"[a-z]?\s*\)\s*(?:[.,:،؛]|$|[A-Z“\"«])", text[year.end() :]):
        return None
    return parted(text, end)


def _emphasised(draft: Draft, view: MappedText, span: Span) -> Span | None:
    """The first stretch of an entry in italics or bold type, in the view: the title of a book, or a journal."""
    marks = [m.span for m in draft.article.markup if m.kind == "emphasis" and span.contains(m.span)]
    if len(marks) > 1:
        return view.from_source(marks[0].end, marks[1].start)
    for set_apart in draft.article.emphasised:
        if span.contains(set_apart) and re.search(r"[^\W\d_]{3}", draft.surface(set_apart)):
            return view.from_source(*set_apart)
    return None


def _authors(text: str, year: re.Match[str] | None, emphasised: Span | None) -> tuple[list[str], int]:
    """The family names (or bodies) an entry begins with, and where its title may begin."""
    listed = _VANCOUVER.match(text)
    if listed and not _DATE_START.match(text, listed.end()):
        names = re.split(r"\s*[,،]\s*", listed[1])
        return list(dict.fromkeys(re.sub(r"\s\S{1,3}$", "", name) for name in names)), listed.end()
    quote = re.search(r"[“\"«]", text)
    ends = [match.start() for match in (year, quote, _NO_YEAR.search(text)) if match and match.start() > 0]
    if emphasised and emphasised.start > 0:
        ends.append(emphasised.start)
    end = min([*ends, _HEAD, len(text)])
    head = text[:end]
    stop = re.search(r"(?<=[^\W\d_]{3})[.:]\s+(?=\S)", head)
    if stop and _DATE_WORDS.fullmatch(head[stop.end() :]):
        head = head[: stop.start()]
    elif stop and not re.match(r"(?:[A-Z]\.|and\b|&)", head[stop.end() :]):
        head, end = head[: stop.start()], stop.end()
    if year and year.start() == end:
        end = year.end()
    head = _TITLES.sub(" ", _DATE_WORDS.sub("", head)).strip(" ,.،(:")
    persian = "\u0600" <= head[:1] <= "\u06ff"
    return (_persian_names(head) if persian else _english_names(head)), end


def _english_names(head: str) -> list[str]:
    """“Doe, J., Roe, R., & Poe, E.”, “Doe, Jane, and Richard Roe”, “Doe J. and Roe R.”, “World Bank”."""
    names: list[str] = []
    for chunk_number, joined in enumerate(_JOINT.split(head)):
        chunk = _OTHERS.sub("", joined).strip(" ,.")
        if not chunk:
            continue
        parts = [part.strip(" .") for part in chunk.split(",") if part.strip(" .")]
        if _GIVEN_INITIALS.match(parts[0]):
            names += [english_family(part) for part in parts]
        elif len(parts) > 1 and any(_INITIALS.match(part) for part in parts[1:]):
            names += [english_family(part) for part in parts if not _INITIALS.match(part)]
        elif len(parts) > 1 and chunk_number == 0:
            names.append(parts[0])
            names += [english_family(part) for part in parts[2:]]
        elif len(parts) > 1:
            names += [english_family(part) for part in parts]
        elif chunk_number == 0:
            names.append(without_initials(parts[0]))
        else:
            names.append(english_family(parts[0]))
    return list(dict.fromkeys(name for name in names if name))


def _persian_names(head: str) -> list[str]:
    """«احمدی، علی و کریمی، رضا»، «احمدی، علی؛ کریمی، رضا»، «احمدی علی، کریمی رضا»، «علی احمدی».

    What stands before a comma is the family name, unless every part is a whole name.
    """
    names = []
    for joined in _JOINT.split(head):
        chunk = _OTHERS.sub("", joined).strip(" ،,.")
        parts = [part.strip() for part in re.split(r"[،,]", chunk) if part.strip()]
        families = [persian_family(part) for part in parts]
        whole = len(parts) > 1 and all(family != part for family, part in zip(families, parts, strict=True))
        for family in families if whole or len(parts) == 1 else parts[:1]:
            names.append(re.sub(r"^(?:[\u0620-\u06ff]\.\s*)+", "", family))
    return list(dict.fromkeys(names))


def _title(text: str, bare: str, start: int, emphasised: Span | None) -> str | None:
    """The quoted title after the authors, the emphasised one, or else the first sentence after them."""
    quoted = _QUOTED.search(text)
    if quoted and not (emphasised and emphasised.end < quoted.start()):
        return flowed(quoted[1] or quoted[2]).strip(" ,.،") or None
    while start < len(bare) and not bare[start].isalnum():
        start += 1
    limit = len(bare)
    if emphasised and emphasised.start >= start - 1:
        if emphasised.start <= start + 1:
            return flowed(text[emphasised.start : emphasised.end]).strip(' ,.،“”"') or None
        limit = emphasised.start
    rest = bare[start:limit]
    end = _TITLE_STOP.search(rest)
    comma = _TITLE_COMMA.search(rest, 0, end.start() if end else len(rest))
    if comma and not (bare[:start].rstrip().endswith(".") and end and _is_one_title(rest, comma, end)):
        end = comma
    title = flowed(text[start : start + (end.start() if end else len(rest))])
    title = _LANGUAGE_NOTE.sub("", title).strip(' ,.،“”"')
    return title if len(title) > 3 and any(char.isalpha() for char in title) else None


def _is_one_title(rest: str, comma: re.Match[str], end: re.Match[str]) -> bool:
    """Whether a title goes on behind a comma, in an entry of parts that end with stops: “Kites, Long Lines. Oslo: …”.

    It does not where a journal and its numbers follow the comma, or where nothing follows the stop.
    """
    return any(char.isalpha() for char in rest[end.end() :]) and not _NUMBERED.search(rest, comma.end(), end.start())


def with_cited_names(references: list[record.Reference], citations: list[record.Citation]) -> list[record.Reference]:
    """The references, the family name of “Doe Jane. 2006.” settled by how the text cites the work: (Doe, 2006)."""
    cited: dict[str, str] = {}
    for citation in citations:
        if citation.reference and citation.authors and (citation.confidence or 0) > 0.9:
            cited.setdefault(citation.reference, citation.authors[0])
    settled = []
    for reference in references:
        name = cited.get(reference.id)
        if name and reference.authors and reference.authors[0].startswith(f"{name} "):
            settled.append(reference.model_copy(update={"authors": [name, *reference.authors[1:]]}))
        else:
            settled.append(reference)
    return settled
