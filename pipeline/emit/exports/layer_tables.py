"""The layers of records as flat tables: what CSV, Parquet and XLSX are written from.

Every row begins with the article's id. Offsets are code points of the article's text, as in the record. A table with
``languages`` has a column ``language`` and can be split by it. Titles are bilingual, for the sheets that people read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.emit.exports.annotations import marks_of
from pipeline.record import Record, Span

Type = Literal["text", "int", "float", "bool"]
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and its heading in Persian."""

    name: str
    type: Type
    fa: str


@dataclass(frozen=True, slots=True)
class Table:
    """A layer as a table; ``rows`` gives those of one record, without the article's id."""

    name: str
    fa: str
    columns: tuple[Column, ...]
    rows: Callable[[Record], Iterator[Row]]
    languages: bool = False

    def of(self, record: Record) -> Iterator[Row]:
        """The rows of a record, each as long as ``columns``."""
        for row in self.rows(record):
            yield (record.id, *row)


def _columns(listed: str) -> tuple[Column, ...]:
    """Columns written as ``name:type:Persian heading`` each; the article's id comes first everywhere."""
    types: dict[str, Type] = {"t": "text", "i": "int", "f": "float", "b": "bool"}
    columns = [Column("article", "text", "مقاله")]
    for part in listed.split("|"):
        name, kind, persian = part.strip().split(":")
        columns.append(Column(name, types[kind], persian))
    return tuple(columns)


_SPAN = "start:i:آغاز | end:i:پایان"
_SURE = "method:t:روش | confidence:f:اطمینان"
_LOW = "low:b:کم‌اطمینان"
_NAMES = "name_en:t:نام انگلیسی | name_fa:t:نام فارسی"


def _articles(record: Record) -> Iterator[Row]:
    m, s = record.metadata, record.source
    yield (
        m.title.en, m.title.fa, m.journal.en, m.journal.fa, m.volume, m.issue, m.pages, m.doi, m.language, m.received,
        m.revised, m.accepted, m.published, s.file, s.media_type, s.sha256, s.text_sha256, s.pages, s.characters,
        s.words.en, s.words.fa, record.standoff, record.produced_by.dozaban, record.produced_by.config_sha256,
    )  # fmt: skip


def _authors(record: Record) -> Iterator[Row]:
    for number, author in enumerate(record.metadata.authors, 1):
        yield (
            number, author.name.en, author.name.fa, author.affiliation.en, author.affiliation.fa, author.email,
            author.orcid, author.confidence,
        )  # fmt: skip


def _sentences(record: Record) -> Iterator[Row]:
    for language, side in (("en", record.abstract.en), ("fa", record.abstract.fa)):
        for number, sentence in enumerate(side.sentences if side else ()):
            yield (language, number, *sentence.span, sentence.text, sentence.normalized)


def _alignment(record: Record) -> Iterator[Row]:
    for number, link in enumerate(record.abstract.alignment):
        for side, listed in (("en", link.en), ("fa", link.fa)):
            for sentence in listed:
                yield (number, side, sentence, link.confidence)


def _keywords(record: Record) -> Iterator[Row]:
    for keyword in record.keywords:
        en, fa = keyword.spans.en or (None, None), keyword.spans.fa or (None, None)
        yield (keyword.en, keyword.fa, *en, *fa, keyword.confidence)


def _terms(record: Record) -> Iterator[Row]:
    for term in record.terms:
        yield (term.en, term.fa, term.count, term.confidence)


def _sections(record: Record) -> Iterator[Row]:
    for s in record.sections:
        yield (s.language, s.id, s.number, s.title, s.level, s.role, *s.span)


def _cells(record: Record) -> Iterator[Row]:
    for table in record.tables:
        lines = [*([table.columns] if table.columns else []), *(table.rows or [])]
        for row, spans in enumerate(table.cells):
            for column, span in enumerate(spans):
                texts = lines[row] if row < len(lines) else []
                text = texts[column] if column < len(texts) else None
                yield (table.language, table.id, table.caption, row, column, *(span or (None, None)), text)


def _notes(record: Record) -> Iterator[Row]:
    for note in record.notes:
        marker = note.markers[0][0] if note.markers else None
        yield (note.language, note.id, note.label, *note.span, note.text, marker)


def _references(record: Record) -> Iterator[Row]:
    for r in record.references:
        yield (r.language, r.id, *r.span, "; ".join(r.authors) or None, r.year, r.title, r.doi, r.url, r.text)


def _citations(record: Record) -> Iterator[Row]:
    for c in record.citations:
        authors = "; ".join(c.authors) or None
        yield (c.id, *c.span, c.surface, c.group, authors, c.year, c.locator, c.reference, c.confidence)


def _entities(record: Record) -> Iterator[Row]:
    for e in record.entities:
        identifiers = "; ".join(f"{key}:{value}" for key, value in sorted(e.identifiers.items())) or None
        yield (
            e.id, e.type, e.name.en, e.name.fa, "; ".join(e.aliases.get("en", [])) or None,
            "؛ ".join(e.aliases.get("fa", [])) or None, identifiers, len(e.mentions.en), len(e.mentions.fa),
            e.alignment.method if e.alignment else None, e.alignment.confidence if e.alignment else None, e.method,
            e.confidence, e.low,
        )  # fmt: skip


def _dates(record: Record) -> Iterator[Row]:
    for d in record.dates:
        yield (
            d.id, d.type, d.role, d.value.edtf, d.value.gregorian, d.value.native, d.value.calendar, d.value.modifier,
            len(d.mentions.en), len(d.mentions.fa), d.method, d.confidence, d.low,
        )  # fmt: skip


def _systems(record: Record) -> Iterator[Row]:
    for s in record.systems:
        origin = "; ".join(o.country for o in s.origin) or None
        yield (
            s.id, s.name.en, s.name.fa, s.designation, s.kind.en, s.kind.fa, s.pack, origin, len(s.mentions.en),
            len(s.mentions.fa), s.method, s.confidence, s.low,
        )  # fmt: skip


def _properties(record: Record) -> Iterator[Row]:
    for s in record.systems:
        for p in s.properties:
            si = p.si
            yield (
                s.id, p.name, str(p.value), p.minimum, p.maximum, p.unit, p.qualifier, si.value if si else None,
                si.unit if si else None, *p.evidence, p.confidence,
            )  # fmt: skip


def _relations(record: Record) -> Iterator[Row]:
    for s in record.systems:
        for r in s.relations:
            yield (s.id, r.type, r.target, r.qualifier, *r.evidence, r.confidence)


def _events(record: Record) -> Iterator[Row]:
    for e in record.timeline:
        participants = "; ".join(e.participants) or None
        yield (e.id, e.date, e.type, e.what, participants, e.place, *e.evidence, e.confidence, e.low)


def _mentions(record: Record) -> Iterator[Row]:
    for a in marks_of(record):
        yield (a.language, a.fact, a.label, *a.span, a.surface or None, a.normalized, a.method, a.confidence)


def _blocks(record: Record) -> Iterator[Row]:
    for b in record.blocks:
        span = Span(*b.span)
        text = record.text_of(span) if record.text is not None and not record.standoff else None
        yield (b.language, b.kind, *span, b.level, b.page, b.section, b.continues, text)


def _diagnostics(record: Record) -> Iterator[Row]:
    for d in record.diagnostics:
        yield (d.stage, d.severity, d.code, d.message, *(d.span or (None, None)))


TABLES: tuple[Table, ...] = (
    Table("articles", "مقاله‌ها", _columns(
        "title_en:t:عنوان انگلیسی | title_fa:t:عنوان فارسی | journal_en:t:نشریه (انگلیسی) | "
        "journal_fa:t:نشریه (فارسی) | "
        "volume:t:دوره | issue:t:شماره | pages:t:صفحه‌ها | doi:t:شناسهٔ دیجیتال | language:t:زبان | received:t:دریافت | "
        "revised:t:بازنگری | accepted:t:پذیرش | published:t:انتشار | file:t:پرونده | media_type:t:نوع پرونده | "
        "sha256:t:درهم‌ساز پرونده | text_sha256:t:درهم‌ساز متن | pages_read:i:تعداد صفحه | characters:i:نویسه‌ها | "
        "words_en:i:واژه‌های انگلیسی | words_fa:i:واژه‌های فارسی | standoff:b:بی‌متن | "
        "dozaban:t:نسخه | config_sha256:t:درهم‌ساز تنظیمات"
    ), _articles),
    Table("authors", "نویسندگان", _columns(
        f"number:i:شماره | {_NAMES} | affiliation_en:t:وابستگی (انگلیسی) | affiliation_fa:t:وابستگی (فارسی) | "
        "email:t:رایانامه | orcid:t:ارکید | confidence:f:اطمینان"
    ), _authors),
    Table("sentences", "جمله‌های چکیده", _columns(
        f"language:t:زبان | number:i:شماره | {_SPAN} | text:t:متن | normalized:t:متن پیراسته"
    ), _sentences, languages=True),
    Table("alignment", "هم‌ترازی چکیده", _columns(
        "link:i:پیوند | side:t:زبان | sentence:i:جمله | confidence:f:اطمینان"
    ), _alignment),
    Table("keywords", "کلیدواژه‌ها", _columns(
        "en:t:انگلیسی | fa:t:فارسی | start_en:i:آغاز (انگلیسی) | end_en:i:پایان (انگلیسی) | start_fa:i:آغاز (فارسی) | "
        "end_fa:i:پایان (فارسی) | confidence:f:اطمینان"
    ), _keywords),
    Table("terms", "اصطلاح‌ها", _columns("en:t:انگلیسی | fa:t:فارسی | count:i:شمار | confidence:f:اطمینان"), _terms),
    Table("sections", "بخش‌ها", _columns(
        f"language:t:زبان | id:t:شناسه | number:t:شماره | title:t:عنوان | level:i:سطح | role:t:نقش | {_SPAN}"
    ), _sections, languages=True),
    Table("cells", "خانه‌های جدول", _columns(
        f"language:t:زبان | table:t:جدول | caption:t:عنوان جدول | row:i:سطر | column:i:ستون | {_SPAN} | text:t:متن"
    ), _cells, languages=True),
    Table("notes", "یادداشت‌ها", _columns(
        f"language:t:زبان | id:t:شناسه | label:t:نشانه | {_SPAN} | text:t:متن | marker:i:جای نشانه"
    ), _notes, languages=True),
    Table("references", "منابع", _columns(
        f"language:t:زبان | id:t:شناسه | {_SPAN} | authors:t:نویسندگان | year:t:سال | title:t:عنوان | "
        "doi:t:شناسهٔ دیجیتال | url:t:نشانی | text:t:متن"
    ), _references, languages=True),
    Table("citations", "ارجاع‌ها", _columns(
        f"id:t:شناسه | {_SPAN} | surface:t:متن | group:i:گروه | authors:t:نویسندگان | year:t:سال | locator:t:صفحه | "
        "reference:t:منبع | confidence:f:اطمینان"
    ), _citations),
    Table("entities", "نام‌ها", _columns(
        f"id:t:شناسه | type:t:نوع | {_NAMES} | aliases_en:t:نام‌های دیگر (انگلیسی) | aliases_fa:t:نام‌های دیگر (فارسی) | "
        "identifiers:t:شناسه‌های بیرونی | mentions_en:i:شمار در انگلیسی | mentions_fa:i:شمار در فارسی | "
        f"alignment_method:t:روش هم‌ترازی | alignment_confidence:f:اطمینان هم‌ترازی | {_SURE} | {_LOW}"
    ), _entities),
    Table("dates", "تاریخ‌ها", _columns(
        "id:t:شناسه | type:t:نوع | role:t:نقش | edtf:t:مقدار (EDTF) | gregorian:t:میلادی | native:t:در تقویم متن | "
        f"calendar:t:تقویم | modifier:t:قید | mentions_en:i:شمار در انگلیسی | mentions_fa:i:شمار در فارسی | "
        f"{_SURE} | {_LOW}"
    ), _dates),
    Table("systems", "سامانه‌ها", _columns(
        f"id:t:شناسه | {_NAMES} | designation:t:نام رده | kind_en:t:گونه (انگلیسی) | kind_fa:t:گونه (فارسی) | "
        f"pack:t:بسته | origin:t:خاستگاه | mentions_en:i:شمار در انگلیسی | "
        f"mentions_fa:i:شمار در فارسی | {_SURE} | {_LOW}"
    ), _systems),
    Table("properties", "ویژگی‌ها", _columns(
        "system:t:سامانه | name:t:ویژگی | value:t:مقدار | minimum:f:کمینه | maximum:f:بیشینه | unit:t:یکا | "
        f"qualifier:t:قید | si_value:f:مقدار SI | si_unit:t:یکای SI | {_SPAN} | confidence:f:اطمینان"
    ), _properties),
    Table("relations", "رابطه‌ها", _columns(
        f"system:t:سامانه | type:t:رابطه | target:t:با | qualifier:t:قید | {_SPAN} | confidence:f:اطمینان"
    ), _relations),
    Table("events", "رویدادها", _columns(
        f"id:t:شناسه | date:t:تاریخ | type:t:نوع | what:t:چه | participants:t:شرکت‌کنندگان | place:t:کجا | {_SPAN} | "
        f"confidence:f:اطمینان | {_LOW}"
    ), _events),
    Table("mentions", "جای نام‌ها", _columns(
        f"language:t:زبان | fact:t:شناسه | label:t:برچسب | {_SPAN} | surface:t:متن | normalized:t:متن پیراسته | {_SURE}"
    ), _mentions, languages=True),
    Table("blocks", "پاره‌های متن", _columns(
        f"language:t:زبان | kind:t:گونه | {_SPAN} | level:i:سطح | page:i:صفحه | section:t:بخش | "
        "continues:b:دنباله | text:t:متن"
    ), _blocks, languages=True),
    Table("diagnostics", "هشدارها", _columns(
        f"stage:t:مرحله | severity:t:شدت | code:t:کد | message:t:پیام | {_SPAN}"
    ), _diagnostics),
)  # fmt: skip


def table(name: str) -> Table:
    """The table of a layer by name."""
    return next(table for table in TABLES if table.name == name)


def plain(value: Any) -> Any:
    """A number as it is written everywhere: fractions to four places, as in the YAML."""
    return round(value, 4) if isinstance(value, float) else value
