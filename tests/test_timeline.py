"""Dated facts: which dates make an event, and what is said of it."""

from __future__ import annotations

from typing import Literal

from systems_sample import article

from pipeline.extract.timeline import TimelineStage
from pipeline.record import Bilingual, Date, DateValue, Entity, Event, Mention, Mentions, Table
from pipeline.text.offsets import Span


def _mentions(text: str, surface: str) -> Mentions:
    start = text.index(surface)
    return Mentions(en=[Mention(span=Span(start, start + len(surface)), surface=surface)])


def _date(text: str, surface: str, edtf: str, *, role: Literal["text", "citation", "metadata"] = "text") -> Date:
    return Date(
        id=f"date/{edtf}",
        type="year",
        value=DateValue(edtf=edtf),
        role=role,
        mentions=_mentions(text, surface),
        method="pattern",
        confidence=0.9,
    )


def _entity(text: str, surface: str, kind: Literal["GPE", "PERSON"]) -> Entity:
    return Entity(
        id=f"{kind.lower()}/{surface.lower()}",
        type=kind,
        name=Bilingual(en=surface),
        mentions=_mentions(text, surface),
        method="model",
        confidence=0.9,
    )


def _timeline(
    text: str, dates: list[Date], entities: list[Entity] | None = None, tables: list[Table] | None = None
) -> list[Event]:
    source = article(text)
    source.dates, source.entities, source.tables = dates, entities or [], tables or []
    events: list[Event] = TimelineStage(TimelineStage.Settings())(source)["timeline"]
    return events


def test_a_dated_sentence_is_an_event_with_participants_and_place() -> None:
    text = "Rouhani visited Beijing in 2011 with guests."
    (event,) = _timeline(
        text, [_date(text, "2011", "2011")], [_entity(text, "Rouhani", "PERSON"), _entity(text, "Beijing", "GPE")]
    )
    assert (event.id, event.date, event.date_id, event.type) == ("event/1", "2011", "date/2011", "visit")
    assert (event.participants, event.place) == (["person/rouhani"], "gpe/beijing")
    assert text[event.evidence.start : event.evidence.end] == event.what


def test_citation_dates_and_dates_without_a_value_make_no_event() -> None:
    text = "Rouhani visited Beijing in 2011 with guests."
    relative = Date(
        id="date/x",
        type="relative",
        value=DateValue(),
        mentions=_mentions(text, "2011"),
        method="pattern",
        confidence=0.5,
    )
    assert _timeline(text, [_date(text, "2011", "2011", role="citation")]) == []
    assert _timeline(text, [relative]) == []


def test_events_stand_in_the_order_of_their_dates() -> None:
    text = "In 2013 they met. The war began in 1980 there."
    events = _timeline(text, [_date(text, "2013", "2013"), _date(text, "1980", "1980")])
    assert [(event.id, event.date) for event in events] == [("event/1", "1980"), ("event/2", "2013")]


def test_a_row_of_a_table_with_a_date_column_is_an_event() -> None:
    text = "Date\tWhat\n2014\tJoint drill held"
    at = text.index("2014")
    cells: list[list[Span | None]] = [[Span(0, 4), Span(5, 9)], [Span(at, at + 4), Span(at + 5, len(text))]]
    table = Table(
        id="table/1",
        span=Span(0, len(text)),
        columns=["Date", "What"],
        rows=[["2014", "Joint drill held"]],
        cells=cells,
    )
    (event,) = _timeline(text, [_date(text, "2014", "2014")], tables=[table])
    assert (event.type, event.what) == ("exercise", "Joint drill held")
    assert text[event.evidence.start : event.evidence.end] == "2014\tJoint drill held"


def test_a_persian_sentence_has_a_type_too() -> None:
    text = "رئیس‌جمهور در سال ۱۳۹۲ به پکن سفر کرد."
    start = text.index("سال ۱۳۹۲")
    date = Date(id="date/a", type="year", value=DateValue(edtf="2013-03-21/2014-03-20"), method="p", confidence=0.9,
                mentions=Mentions(fa=[Mention(span=Span(start, start + 8))]))  # fmt: skip
    assert [event.type for event in _timeline(text, [date])] == ["visit"]


def test_a_date_without_a_known_cue_is_an_event_of_no_type() -> None:
    text = "The sky was blue in 2011."
    assert [event.type for event in _timeline(text, [_date(text, "2011", "2011")])] == ["event"]
