"""Decisions about what has no mentions of its own: events, keywords, properties, sentence pairs, single fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from pipeline.decisions.bench import Bench, Stale, vouch
from pipeline.decisions.entries import Entry
from pipeline.facts import BilingualSpans, Event, Model, Property, Relation, System
from pipeline.record import Keyword, SentenceLink
from pipeline.text.offsets import Span


def event_of(bench: Bench, entry: Entry) -> Event | None:
    """The event a decision means: the one whose evidence stands where it stood, of the same date if there are several.

    Ids of events are numbers in order, so that they say nothing after a re-run.
    """
    span = bench.finder.find(entry.where[0]) if entry.where else None
    if span is None:
        return None
    near = [event for event in bench.record.timeline if event.evidence.overlaps(span)]
    same = [event for event in near if event.date == entry.old.get("date", event.date)]
    exact = [event for event in same or near if event.evidence == span]
    return next(iter(exact or same or near), None)


def accept_event(bench: Bench, entry: Entry) -> None:
    """The event is right; one that the machine finds no longer is put back."""
    event = event_of(bench, entry)
    if event is None:
        span = bench.place(entry)
        what = {key: entry.old[key] for key in ("date", "type", "what") if entry.old.get(key)}
        event = Event(
            id=f"event/{len(bench.record.timeline) + 1}", evidence=span, **{"date": "XXXX", "type": "event", **what}
        )
        bench.record.timeline.append(event)
    event.confidence, event.low = 1.0, False


def reject_event(bench: Bench, entry: Entry) -> None:
    """There was no such event."""
    bench.place(entry)
    event = event_of(bench, entry)
    if event is not None:
        bench.record.timeline[:] = [other for other in bench.record.timeline if other is not event]


def keyword_of(bench: Bench, entry: Entry) -> Keyword | None:
    """The keyword whose words stand where the decision's stand."""
    spans = {span for _, span in bench.places(entry.where)}
    found = (k for k in bench.record.keywords if k.spans.en in spans or k.spans.fa in spans)
    return next(found, None)


def accept_keyword(bench: Bench, entry: Entry) -> None:
    """The keyword (or pair) is right as it was shown."""
    places = bench.places(entry.where)
    if not places:
        raise Stale("its words are not in the text any more, or in several places")
    stand: dict[str, Span] = {bench.language_at(span, anchor): span for anchor, span in places}
    spans = BilingualSpans(en=stand.get("en"), fa=stand.get("fa"))
    keywords = bench.record.keywords
    keywords[:] = [k for k in keywords if not _touches(k, spans)]
    words = {language: bench.text[span.start : span.end] for language, span in stand.items()}
    keywords.append(Keyword(en=words.get("en"), fa=words.get("fa"), spans=spans, confidence=1.0))
    keywords.sort(key=lambda k: (k.spans.en is None, k.spans.en or k.spans.fa or Span(0, 0)))


def reject_keyword(bench: Bench, entry: Entry) -> None:
    """It is no keyword."""
    if not bench.places(entry.where):
        raise Stale("its words are not in the text any more, or in several places")
    keyword = keyword_of(bench, entry)
    if keyword is not None:
        bench.record.keywords[:] = [other for other in bench.record.keywords if other is not keyword]


def unlink_keyword(bench: Bench, entry: Entry) -> None:
    """The English keyword and the Persian one do not mean the same."""
    keyword = keyword_of(bench, entry)
    if keyword is None:
        raise Stale("the keyword is not there any more")
    if keyword.en and keyword.fa:
        other = Keyword(fa=keyword.fa, spans=BilingualSpans(fa=keyword.spans.fa), confidence=1.0)
        keyword.fa, keyword.spans, keyword.confidence = None, BilingualSpans(en=keyword.spans.en), 1.0
        bench.record.keywords.append(other)


def _touches(keyword: Keyword, spans: BilingualSpans) -> bool:
    return (spans.en is not None and keyword.spans.en == spans.en) or (
        spans.fa is not None and keyword.spans.fa == spans.fa
    )


# ── parts of a system ──────────────────────────────────────────────────────────────────────────────────────────


def part_of(bench: Bench, entry: Entry) -> tuple[System, Property | Relation]:
    """The property or relation that a decision means. Raises Stale when it is not there."""
    system = bench.fact("systems", entry.fact, [])
    if not isinstance(system, System):
        raise Stale("the system is not there any more")
    group, _, name = (entry.part or "").partition("/")
    span = bench.finder.find(entry.where[0]) if entry.where else None
    parts: list[Property] | list[Relation] = system.properties if group == "property" else system.relations
    same = [part for part in parts if _label(part) == name]
    best = [part for part in same if part.evidence == span] or [
        part for part in same if span is not None and part.evidence.overlaps(span)
    ]
    for part in best or same:
        return system, part
    raise Stale("the system has no such property or relation any more")


def accept_part(bench: Bench, entry: Entry) -> None:
    """The property or relation is right."""
    part_of(bench, entry)[1].confidence = 1.0


def reject_part(bench: Bench, entry: Entry) -> None:
    """The system has no such property or relation. When the machine has stopped saying so, nothing is left to do."""
    bench.place(entry)
    try:
        system, part = part_of(bench, entry)
    except Stale:
        return
    system.properties = [other for other in system.properties if other is not part]
    system.relations = [other for other in system.relations if other is not part]


def _label(part: Property | Relation) -> str:
    return part.name if isinstance(part, Property) else f"{part.type}/{part.target}"


# ── fields ─────────────────────────────────────────────────────────────────────────────────────────────────────


def edit(bench: Bench, entry: Entry) -> None:
    """Other values in fields: a name, a kind, an amount, what happened, a title."""
    target, vouched = _target(bench, entry)
    for path, value in entry.new.items():
        _set(target, path, value)
    vouched()


def _target(bench: Bench, entry: Entry) -> tuple[Model, Callable[[], None]]:
    if entry.layer == "metadata":
        return bench.record.metadata, lambda: None
    if entry.layer == "timeline":
        event = event_of(bench, entry)
        if event is None:
            raise Stale("the event is not there any more")
        return event, lambda: _sure(event)
    if entry.part:
        part = part_of(bench, entry)[1]
        return part, lambda: _sure(part)
    fact = bench.fact(entry.layer, entry.fact, entry.where)
    if fact is None:
        raise Stale("the fact is not there any more")
    return fact, lambda: vouch(fact, entry.by, everywhere=False)


def _sure(part: Any) -> None:
    part.confidence = 1.0
    if isinstance(part, Property):
        part.si = None
    if isinstance(part, Event):
        part.low = False


#: The fields that a person may edit, by their dotted path.
EDITABLE = frozenset(
    ["name.en", "name.fa", "kind.en", "kind.fa", "designation", "value", "minimum", "maximum", "unit", "qualifier",
     "type", "target", "what", "date", "place", "title.en", "title.fa", "journal.en", "journal.fa", "volume", "issue",
     "pages", "doi", "received", "revised", "accepted", "published"]
)  # fmt: skip


def _set(target: Model, path: str, value: Any) -> None:
    if path not in EDITABLE:
        raise Stale(f"the field {path!r} cannot be edited")
    *outer, last = path.split(".")
    for step in outer:
        target = getattr(target, step, None)  # type: ignore[assignment]
    if not isinstance(target, Model) or last not in type(target).model_fields:
        raise Stale(f"there is no field {path!r} in it")
    try:
        checked = type(target).model_validate({**target.model_dump(by_alias=True), last: value})
    except ValidationError as error:
        raise Stale(f"{value!r} does not fit the field {path!r} ({error.errors()[0]['msg']})") from None
    setattr(target, last, getattr(checked, last))


# ── sentences ──────────────────────────────────────────────────────────────────────────────────────────────────


def align(bench: Bench, entry: Entry) -> None:
    """These sentences of the two abstracts say the same. ``where`` anchors them; one language alone has no counterpart.

    Sentences that lose their partner stand alone, so that each sentence is linked exactly once.
    """
    abstract = bench.record.abstract
    sides: dict[str, list[int]] = {"en": [], "fa": []}
    for anchor, span in bench.places(entry.where):
        for language, text in (("en", abstract.en), ("fa", abstract.fa)):
            for index, sentence in enumerate(text.sentences if text else []):
                if sentence.span == span or (anchor.language == language and sentence.span.overlaps(span)):
                    sides[language].append(index)
    english, persian = sorted(set(sides["en"])), sorted(set(sides["fa"]))
    if not english and not persian:
        raise Stale("its sentences are not in the abstracts any more")
    links: list[SentenceLink] = []
    for link in abstract.alignment:
        left = [i for i in link.en if i not in english]
        right = [i for i in link.fa if i not in persian]
        if (left, right) == (link.en, link.fa):
            links.append(link)
        elif (left and right) and bool(set(link.en) & set(english)) != bool(set(link.fa) & set(persian)):
            links.append(SentenceLink(en=left, fa=right, confidence=link.confidence))
        else:
            links += [SentenceLink(en=[i], fa=[], confidence=link.confidence) for i in left]
            links += [SentenceLink(en=[], fa=[i], confidence=link.confidence) for i in right]
    links.append(SentenceLink(en=english, fa=persian, confidence=1.0))
    abstract.alignment = sorted(links, key=_order)


def _order(link: SentenceLink) -> tuple[float, float]:
    """Links in the order of the English sentences, those without one by the Persian."""
    return (float(link.en[0]) if link.en else float(link.fa[0]) - 0.5, float(link.fa[0]) if link.fa else -1.0)
