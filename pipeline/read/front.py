"""The front matter of an article whose format states it in fields: JATS elements, meta tags, BibTeX.

:class:`Front` gathers the fields; :func:`front_paragraphs` writes them as a journal prints them, one front page for
each language, so that every value has a place in the text and is stated there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline import record
from pipeline.read.composer import HEADINGS, Paragraph, heading
from pipeline.read.inline import Inline, clean
from pipeline.text.calendars import CalendarName, Period
from pipeline.text.language import language_of
from pipeline.text.numerals import fold_digits

Side = Literal["en", "fa"]
DateField = Literal["received", "revised", "accepted", "published"]

_DATE_LABELS: dict[DateField, dict[Side, str]] = {
    "received": {"en": "Received", "fa": "تاریخ دریافت"},
    "revised": {"en": "Revised", "fa": "تاریخ بازنگری"},
    "accepted": {"en": "Accepted", "fa": "تاریخ پذیرش"},
    "published": {"en": "Published", "fa": "تاریخ انتشار"},
}
_PERSIAN_CODES = frozenset({"fa", "per", "fas", "pes", "prs"})
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_ISO = re.compile(r"(\d{4})(?:\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?)?(?:T[\d:.Z+-]*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(slots=True)
class Person:
    """An author: names and affiliations by language, and addresses."""

    names: dict[Side, str] = field(default_factory=dict)
    affiliations: dict[Side, list[str]] = field(default_factory=dict)
    email: str | None = None
    orcid: str | None = None


@dataclass(slots=True)
class FrontDate:
    """A day (month, year) of the article's life: as it is to be written, and its ISO 8601 value."""

    field: DateField
    text: str
    value: str
    calendar: record.Calendar
    language: Side | None = None


@dataclass(slots=True)
class Front:
    """What a format states of an article. ``abstracts`` hold paragraphs of kind ``abstract`` and headings."""

    language: Side | None = None
    titles: dict[Side, Inline] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    dates: list[FrontDate] = field(default_factory=list)
    journals: dict[Side, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    abstracts: dict[Side, list[Paragraph]] = field(default_factory=dict)
    keywords: dict[Side, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def sides(self) -> list[Side]:
        """The languages it has something in, the article's own first."""
        present: list[Side] = [
            side
            for side in ("en", "fa")
            if side in self.titles or side in self.abstracts or side in self.keywords
            or any(side in person.names or side in person.affiliations for person in self.people)
        ]  # fmt: skip
        first = self.language or (present[0] if present else "en")
        if not present and (self.dates or self.journals or self.numbers or self.people):
            return [first]
        return sorted(present, key=lambda side: side != first)


def side_of(code: str | None, text: str) -> Side | None:
    """The language of a field: what its ``lang`` code says where the script agrees, else what it reads like.

    None for a language that is neither English nor Persian.
    """
    primary = re.split("[-_]", code.strip().lower())[0] if code else ""
    arabic = len(_ARABIC_LETTER.findall(text)) * 2 > sum(char.isalpha() for char in text)
    if primary in _PERSIAN_CODES and arabic:
        return "fa"
    if primary in ("en", "eng") and not arabic:
        return "en"
    if primary and primary not in (*_PERSIAN_CODES, "en", "eng", "und", "mul"):
        return None
    language = language_of(text)[0]
    return None if language == "und" else language


def declared(code: str | None) -> record.Language:
    """A ``lang`` code as one of the record's languages; ``und`` for none and for any other."""
    primary = re.split("[-_]", code.strip().lower())[0] if code else ""
    if primary in _PERSIAN_CODES:
        return "fa"
    return "en" if primary in ("en", "eng") else "und"


def front_date(
    name: DateField, year: str, month: str = "", day: str = "", *, calendar: str = "", text: str = "",
    language: Side | None = None,
) -> FrontDate | None:  # fmt: skip
    """A date from its parts, in whatever digits; None when they are no date. Years before 1500 are Jalali."""
    numbers = [int(digits) if (digits := fold_digits(part).strip()).isdecimal() else 0 for part in (year, month, day)]
    if not 1200 <= numbers[0] < 2200:
        return None
    kind: CalendarName = "jalali" if numbers[0] < 1500 else "gregorian"
    if numbers[0] < 1500 and re.search(r"hijri|islamic|qamari|lunar", calendar, re.IGNORECASE):
        kind = "hijri"
    unit: Literal["day", "month", "year"] = "day" if all(numbers) else "month" if numbers[1] else "year"
    try:
        period = Period(kind, unit, numbers[0], numbers[1] or None, numbers[2] or None)
        value = period.edtf
    except ValueError:
        return None
    if value is None:
        return None
    parts = [part.strip() for part in (year, month, day)][: 3 if unit == "day" else 2 if unit == "month" else 1]
    joint = "-" if kind == "gregorian" else "/"
    written = text.strip() or joint.join(part.zfill(2) if part.isascii() else part for part in parts)
    return FrontDate(name, clean(written), value, kind, language or ("fa" if kind != "gregorian" else None))


def iso_date(name: DateField, written: str, *, language: Side | None = None) -> FrontDate | None:
    """A date written year first (``2020/01/30``, ``۱۴۰۱-۰۳``, ``2020``); None when it is no such date."""
    match = _ISO.fullmatch(fold_digits(written).strip())
    if match is None:
        return None
    return front_date(name, match[1], match[2] or "", match[3] or "", text=written.strip(), language=language)


def mail_in(text: str) -> str | None:
    """The first mail address in a text."""
    match = _MAIL.search(text)
    return match[0] if match else None


def orcid_in(text: str) -> str | None:
    """The first ORCID in a text."""
    match = _ORCID.search(text)
    return match[0] if match else None


def doi_in(text: str) -> str | None:
    """The first DOI in a text."""
    match = _DOI.search(text)
    return match[0].rstrip(".,;)]>\"'") if match else None


def front_paragraphs(front: Front) -> Iterator[Paragraph]:
    """The front pages, one for each language."""
    sides = front.sides()
    for number, side in enumerate(sides):
        if side in front.titles:
            yield _title(front, side)
        yield from _people(front, side, addresses=number == 0)
        yield from _source(front, side, sides)
        if front.abstracts.get(side):
            label = front.labels.get(f"abstract.{side}") or HEADINGS["abstract"][side]
            yield heading(Inline(label), 2, side)
            yield from front.abstracts[side]
        if front.keywords.get(side):
            yield _keywords(front, side)


def _title(front: Front, side: Side) -> Paragraph:
    words = Inline()
    start = words.here()
    words.extend(front.titles[side])
    words.anchor(f"title.{side}", start)
    value = " ".join(front.titles[side].words.split())
    return Paragraph("title", words, 1, side, "# ", {f"title.{side}": (value, None)})


def _people(front: Front, side: Side, *, addresses: bool) -> Iterator[Paragraph]:
    """The line of names, then each affiliation once, with the addresses of those who have it."""
    named = [(number, person) for number, person in enumerate(front.people) if side in person.names]
    line = Inline()
    for at, (number, person) in enumerate(named):
        if at:
            line.write("، " if side == "fa" else ", ")
        start = line.here()
        line.write(person.names[side])
        line.anchor(f"authors.{number}.name.{side}", start)
    if named:
        yield Paragraph("author", line, None, side)
    described: dict[str, list[int]] = {}
    for number, person in enumerate(front.people):
        for affiliation in person.affiliations.get(side, []):
            described.setdefault(affiliation, []).append(number)
    written: set[int] = set()
    for affiliation, holders in described.items():
        words = Inline()
        start = words.here()
        words.write(affiliation)
        for holder in holders:
            words.anchor(f"authors.{holder}.affiliation.{side}", start)
        if addresses:
            for holder in holders:
                if holder not in written:
                    _addresses(words, holder, front.people[holder])
                    written.add(holder)
        yield Paragraph("affiliation", words, None, side)
    if addresses:
        for number, person in enumerate(front.people):
            if number not in written and (person.email or person.orcid):
                words = Inline(next(iter(person.names.values()), ""))
                _addresses(words, number, person)
                yield Paragraph("affiliation", words)


def _addresses(words: Inline, number: int, person: Person) -> None:
    for name, value in (("email", person.email), ("orcid", person.orcid)):
        if value:
            words.write("، " if len(words) and re.match(_ARABIC_LETTER, words.text) else ", " if len(words) else "")
            words.write("ORCID: " if name == "orcid" else "")
            start = words.here()
            words.write(value)
            words.anchor(f"authors.{number}.{name}", start)


def _source(front: Front, side: Side, sides: list[Side]) -> Iterator[Paragraph]:
    """The lines of dates and of the journal that belong to a language's front page."""
    own = [date for date in front.dates if (date.language if date.language in sides else sides[0]) == side]
    line, values = Inline(), dict[str, tuple[str, record.Calendar | None]]()
    for number, date in enumerate(own):
        if number:
            line.write("، " if side == "fa" else "; ")
        line.write(f"{_DATE_LABELS[date.field][side]}: ")
        start = line.here()
        line.write(date.text)
        line.anchor(f"{date.field}#{number}", start)
        values[f"{date.field}#{number}"] = (date.value, date.calendar)
    if own:
        yield Paragraph("date_line", line, None, side, values=values)
    line, values = Inline(), {}
    for other, journal in front.journals.items():
        if other == side or (other not in sides and side == sides[0]):
            line.write(("، " if side == "fa" else ", ") if len(line) else "")
            start = line.here()
            line.write(journal)
            line.anchor(f"journal.{other}", start)
    if side == sides[0]:
        labels = {
            "en": {"volume": "Vol. ", "issue": "No. ", "pages": "pp. ", "doi": "DOI: "},
            "fa": {"volume": "دورهٔ ", "issue": "شمارهٔ ", "pages": "صص ", "doi": "DOI: "},
        }[side]
        for name, label in labels.items():
            if value := front.numbers.get(name):
                line.write(("، " if side == "fa" else ", ") if len(line) else "")
                line.write(label)
                start = line.here()
                line.write(value)
                line.anchor(name, start)
                values[name] = (value if name == "doi" else re.sub("[–—]+|--", "-", fold_digits(value)), None)
    if len(line):
        yield Paragraph("date_line", line, None, side, values=values)


def _keywords(front: Front, side: Side) -> Paragraph:
    words = Inline()
    words.open("**", "emphasis")
    words.write(front.labels.get(f"keywords.{side}") or HEADINGS["keywords"][side])
    words.close("**", "emphasis")
    words.write(" ")
    for number, keyword in enumerate(front.keywords[side]):
        if number:
            words.write("؛ " if side == "fa" else "; ")
        start = words.here()
        words.write(keyword)
        words.anchor(f"keywords.{side}", start)
    return Paragraph("keywords", words, None, side)
