"""A record as rows of the catalogue's tables. Nothing here asks or changes a database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.catalogue import tables as t
from pipeline.catalogue.folding import folded
from pipeline.catalogue.identity import Fact, entity_fact, is_storable, storable, system_fact
from pipeline.catalogue.periods import bounds
from pipeline.record import Date, Entity, Record, Span, System

Row = dict[str, Any]

#: Blocks whose words are not searched, or are searched under another kind (titles, authors, keywords, references).
_LEFT_OUT = frozenset(["furniture", "rule", "code", "title", "author", "affiliation", "keywords", "reference"])
#: What a searcher wants to see first. The rest is in the order of the articles.
_TIERS = {"title": 1, "author": 2, "keyword": 2, "abstract": 2, "heading": 2}
#: Longest passage that is indexed, in characters.
_LONGEST_PASSAGE = 200_000


@dataclass
class ArticleRows:
    """An article's own row, its facts (whose entities have to be found yet), and its rows of the other tables."""

    article: Row
    facts: list[Fact]
    others: dict[str, list[Row]]


def article_rows(record: Record, number: int) -> ArticleRows:
    """All rows of a record; ``number`` is the article's id."""
    made = _Rows(record, number)
    for entity in record.entities:
        made.fact(entity, entity_fact(entity, record))
    for system in record.systems:
        made.system(system)
    for date in record.dates:
        made.date(date)
    made.relations()
    made.events()
    made.alignments()
    made.references()
    made.authors()
    made.passages()
    article = made.article()
    clean([article, *(fact.row for fact in made.facts), *(row for rows in made.others.values() for row in rows)])
    return ArticleRows(article, made.facts, made.others)


def clean(rows: list[Row]) -> None:
    """Make all texts in rows such as can be stored."""
    if is_storable("".join([value for row in rows for value in row.values() if type(value) is str])):
        return
    for row in rows:
        row.update((key, storable(value)) for key, value in row.items() if type(value) is str)


def markers(kind: str, language: str) -> str:
    """The words by which a passage's kind, language and tier are searched for together with its own words."""
    return f"kind{kind.replace('_', '')} lang{language} tier{_TIERS.get(kind, 3)}"


class _Rows:
    def __init__(self, record: Record, number: int) -> None:
        self.record = record
        self.number = number
        self.base = t.id_range(number)[0]
        self.facts: list[Fact] = []
        self.ids: dict[str, int] = {}
        self.date_ids: dict[str, int] = {}
        self.others: dict[str, list[Row]] = {table.name: [] for table in t.OF_ARTICLE if table is not t.facts}

    def add(self, table: str, **values: Any) -> int:
        rows = self.others[table]
        row_id = values["id"] = self.base + len(rows)
        rows.append(values)
        return row_id

    def article(self) -> Row:
        record, metadata, source = self.record, self.record.metadata, self.record.source
        plain = ("volume", "issue", "pages", "doi", "received", "revised", "accepted", "published", "language")
        return {
            "id": self.number, "article": record.id, "title_en": metadata.title.en, "title_fa": metadata.title.fa,
            "journal_en": metadata.journal.en, "journal_fa": metadata.journal.fa,
            **{name: getattr(metadata, name) for name in plain},
            "file": source.file, "media_type": source.media_type, "sha256": source.sha256,
            "text_sha256": source.text_sha256, "characters": source.characters, "words_en": source.words.en,
            "words_fa": source.words.fa, "standoff": record.standoff, "dozaban": record.produced_by.dozaban,
            "config_sha256": record.produced_by.config_sha256,
        }  # fmt: skip

    def fact(self, thing: Entity | System, fact: Fact) -> int:
        fact.row |= {"id": self.base + len(self.facts), "article_id": self.number}
        self.facts.append(fact)
        self.ids.setdefault(thing.id, fact.row["id"])
        self._mentions(thing, fact_id=fact.row["id"])
        return int(fact.row["id"])

    def system(self, system: System) -> None:
        fact_id = self.fact(system, system_fact(system))
        self.others["systems"].append({
            "id": fact_id, "article_id": self.number, "name_en": system.name.en, "name_fa": system.name.fa,
            "designation": system.designation, "kind_en": system.kind.en, "kind_fa": system.kind.fa,
            "kind_id": system.kind_id, "pack": system.pack,
            "origin": " ".join(dict.fromkeys(origin.country for origin in system.origin)) or None,
        })  # fmt: skip
        for each in system.properties:
            self.add(
                "properties", system_id=fact_id, name=each.name, value=str(each.value), number=_number(each.value),
                minimum=_number(each.minimum), maximum=_number(each.maximum), unit=each.unit,
                si_number=_number(each.si.value) if each.si else None, si_unit=each.si.unit if each.si else None,
                qualifier=each.qualifier, start=each.evidence.start, stop=each.evidence.end,
                confidence=each.confidence,
            )  # fmt: skip

    def relations(self) -> None:
        for system in self.record.systems:
            for each in system.relations:
                self.add(
                    "relations", system_id=self.ids[system.id], type=each.type, target=each.target,
                    target_id=self.ids.get(each.target), qualifier=each.qualifier, start=each.evidence.start,
                    stop=each.evidence.end, confidence=each.confidence,
                )  # fmt: skip

    def date(self, date: Date) -> None:
        begins, ends = bounds(date.value.edtf)
        value = date.value
        date_id = self.add(
            "dates", article_id=self.number, fact=date.id, type=date.type, edtf=value.edtf, gregorian=value.gregorian,
            native=value.native, calendar=value.calendar, modifier=value.modifier, role=date.role, begins=begins,
            ends=ends, mentions_en=len(date.mentions.en), mentions_fa=len(date.mentions.fa), method=date.method,
            confidence=date.confidence,
        )  # fmt: skip
        self.date_ids.setdefault(date.id, date_id)
        self._mentions(date, date_id=date_id)

    def _mentions(
        self, thing: Entity | System | Date, *, fact_id: int | None = None, date_id: int | None = None
    ) -> None:
        for language, mention in thing.mentions.all():
            self.add(
                "mentions", article_id=self.number, fact_id=fact_id, date_id=date_id, language=language,
                start=mention.span.start, stop=mention.span.end, surface=mention.surface,
                normalized=mention.normalized, method=mention.method or thing.method,
                confidence=thing.confidence if mention.confidence is None else mention.confidence,
            )  # fmt: skip

    def events(self) -> None:
        for event in self.record.timeline:
            event_id = self.add(
                "events", article_id=self.number, fact=event.id, date=event.date,
                date_id=self.date_ids.get(event.date_id or ""), type=event.type, what=event.what,
                place_id=self.ids.get(event.place or ""), start=event.evidence.start, stop=event.evidence.end,
                confidence=event.confidence,
            )  # fmt: skip
            for participant in event.participants:
                if participant in self.ids:
                    self.add("participants", event_id=event_id, fact_id=self.ids[participant])

    def alignments(self) -> None:
        record, abstract = self.record, self.record.abstract
        for keyword in record.keywords:
            self._aligned("keyword", keyword.en, keyword.fa, keyword.spans.en, keyword.spans.fa, keyword.confidence)
        for term in record.terms:
            spans = term.spans[0] if term.spans else None
            english, persian = (spans.en, spans.fa) if spans else (None, None)
            self._aligned("term", term.en, term.fa, english, persian, term.confidence, term.count)
        for link in abstract.alignment:
            sides: list[tuple[str | None, Span | None]] = []
            for text, indices in ((abstract.en, link.en), (abstract.fa, link.fa)):
                chosen = [text.sentences[i] for i in indices if i < len(text.sentences)] if text else []
                words = " ".join(each.normalized or each.text or "" for each in chosen).strip()
                sides.append((words or None, Span(chosen[0].span.start, chosen[-1].span.end) if chosen else None))
            (english_words, english), (persian_words, persian) = sides
            self._aligned("sentence", english_words, persian_words, english, persian, link.confidence)

    def _aligned(
        self, kind: str, en: str | None, fa: str | None, english: Span | None,
        persian: Span | None, confidence: float | None, count: int | None = None,
    ) -> None:  # fmt: skip
        start_en, stop_en = english or (None, None)
        start_fa, stop_fa = persian or (None, None)
        self.add(
            "alignments", article_id=self.number, kind=kind, en=en, fa=fa, start_en=start_en, stop_en=stop_en,
            start_fa=start_fa, stop_fa=stop_fa, count=count, confidence=confidence,
        )  # fmt: skip

    def references(self) -> None:
        known: dict[str, int] = {}
        for each in self.record.references:
            known[each.id] = self.add(
                "bibliography", article_id=self.number, fact=each.id, language=each.language, text=each.text,
                authors="; ".join(each.authors) or None, year=each.year, title=each.title, doi=each.doi, url=each.url,
                start=each.span.start, stop=each.span.end,
            )  # fmt: skip
        for cited in self.record.citations:
            self.add(
                "citations", article_id=self.number, reference_id=known.get(cited.reference or ""),
                surface=cited.surface, authors="; ".join(cited.authors) or None, year=cited.year,
                locator=cited.locator, start=cited.span.start, stop=cited.span.end, confidence=cited.confidence,
            )  # fmt: skip

    def authors(self) -> None:
        people = {
            name: fact.row["id"] for fact in reversed(self.facts) if fact.row["type"] == "PERSON" for name in fact.names
        }
        for position, author in enumerate(self.record.metadata.authors, 1):
            fact_id = people.get(("en", author.name.en or "")) or people.get(("fa", author.name.fa or ""))
            self.add(
                "authors", article_id=self.number, fact_id=fact_id, position=position, name_en=author.name.en,
                name_fa=author.name.fa, affiliation_en=author.affiliation.en, affiliation_fa=author.affiliation.fa,
                email=author.email, orcid=author.orcid,
            )  # fmt: skip

    def passages(self) -> None:
        for place, (start, stop, kind, language, page, text) in enumerate(sorted(self._passages(), key=_in_order)):
            words = folded(text[:_LONGEST_PASSAGE])
            # Where markup was taken out, offsets into the article would not be offsets into the passage.
            placed = start is not None and stop is not None and stop - start == len(text)
            if words:
                self.others["passages"].append({
                    "id": self.base + place, "article_id": self.number, "kind": kind, "language": language,
                    "start": start if placed else None, "stop": stop if placed else None, "page": page, "text": text,
                    "folded": f"{words} {markers(kind, language)}",
                })  # fmt: skip

    def _passages(self) -> Iterator[tuple[int | None, int | None, str, str, int | None, str]]:
        """What can be searched as text: of a stand-off record only titles, authors and keywords."""
        record, metadata = self.record, self.record.metadata
        evidence = {each.field: each.span for each in metadata.evidence}
        for language in ("en", "fa"):
            title, span = getattr(metadata.title, language), evidence.get(f"title.{language}")
            if title:
                written = record.text_of(span) if span and record.text is not None and not record.standoff else title
                yield *(span or (None, None)), "title", language, None, written
            for author in metadata.authors:
                name = getattr(author.name, language)
                mentions = getattr(author.mentions, language)
                if name:
                    yield *(mentions[0].span if mentions else (None, None)), "author", language, None, name
            for keyword in record.keywords:
                word = getattr(keyword, language)
                if word:
                    yield *(getattr(keyword.spans, language) or (None, None)), "keyword", language, None, word
        if record.standoff:
            return
        for each in record.references:
            if each.text:
                yield each.span.start, each.span.end, "reference", each.language, None, each.text
        if record.text is None:
            yield from self._abstracts()
            return
        pages = sorted((line[0], page.number) for page in record.layout for line in page.lines)
        starts = [start for start, _ in pages]
        for block in record.blocks:
            text = record.text_of(block.span)
            if block.kind not in _LEFT_OUT and text.strip():
                at = bisect_right(starts, block.span.start) - 1
                page = block.page or (pages[at][1] if at >= 0 else None)
                yield block.span.start, block.span.end, block.kind, block.language, page, text

    def _abstracts(self) -> Iterator[tuple[int | None, int | None, str, str, int | None, str]]:
        for language in ("en", "fa"):
            abstract = getattr(self.record.abstract, language)
            for sentence in abstract.sentences if abstract else ():
                if sentence.text:
                    yield sentence.span.start, sentence.span.end, "abstract", language, None, sentence.text


def _in_order(passage: tuple[int | None, int | None, str, str, int | None, str]) -> tuple[bool, int, int]:
    """Order of place in the text; what has no place comes last."""
    start, stop, *_ = passage
    return start is None, start or 0, -(stop or 0)


def _number(value: float | int | str | None) -> float | None:
    if isinstance(value, str) or value is None:
        return None
    number = float(value)
    return number if abs(number) < 1e300 else None
