"""A person's decisions: they change the record as asked, survive a new reading of the text, and are never lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.decisions import Entry, ReviewFile, decide
from pipeline.decisions.anchors import Finder, anchor_at
from pipeline.decisions.entries import entry_yaml, head_yaml, parse_reviews, standing
from pipeline.decisions.files import read_reviews
from pipeline.emit import EmitSettings, EmitStage
from pipeline.errors import ReviewError
from pipeline.evaluate.integrity import problems
from pipeline.record import Record
from pipeline.review.drafting import Wish, drafted
from pipeline.review.store import Store
from pipeline.text.offsets import Span

ROOT = Path(__file__).parents[1]
ARTICLE = "naval-history-bushehr"

Decide = Callable[..., Record]


@pytest.fixture
def machine() -> Record:
    return pipeline.load(ROOT / "outputs" / f"{ARTICLE}.yaml")


def wish_entry(record: Record, number: int = 1, by: str = "maryam", **wish: object) -> Entry:
    return drafted(record, Wish.model_validate(wish), number, "2026-01-01T00:00:00Z", by)


def review(*entries: Entry, user: str = "maryam") -> ReviewFile:
    return ReviewFile(ARTICLE, user, entries, "0" * 64)


def after(record: Record, *wishes: dict[str, object]) -> Record:
    """The record after wishes that are taken one by one, each on what the one before has left."""
    entries: list[Entry] = []
    current = record
    for number, wish in enumerate(wishes, 1):
        entries.append(wish_entry(current, number, **wish))
        decided = decide(record, [review(*entries)])
        assert not decided.unfit, decided.unfit
        current = decided.record
        assert not problems(current)
    return current


def find(record: Record, words: str) -> list[int]:
    assert record.text is not None
    start = record.text.index(words)
    return [start, start + len(words)]


# ── each kind of decision ──────────────────────────────────────────────────────────────────────────────────────


def test_an_accepted_entity_is_held_for_certain_and_says_who_confirmed_it(machine: Record) -> None:
    iran = after(machine, {"do": "accept", "layer": "entities", "fact": "gpe/iran"}).entities.by_id("gpe/iran")
    assert (iran.method, iran.confidence, iran.low) == ("review:maryam", 1.0, False)
    assert {mention.confidence for _, mention in iran.mentions.all()} == {None}


def test_one_accepted_mention_leaves_the_others_as_sure_as_they_were(machine: Record) -> None:
    before = machine.entities.by_id("gpe/bushehr")
    chosen = before.mentions.fa[2]
    wish = {"do": "accept", "layer": "entities", "fact": "gpe/bushehr", "scope": "mention", "spans": [chosen.span]}
    bushehr = after(machine, wish).entities.by_id("gpe/bushehr")
    were = [mention.confidence or before.confidence for mention in before.mentions.fa]
    assert [mention.confidence for mention in bushehr.mentions.fa] == [*were[:2], None, *were[3:]]
    assert bushehr.mentions.en[0].method == (before.mentions.en[0].method or before.method)


def test_a_rejected_entity_is_gone_with_all_that_refers_to_it(machine: Record) -> None:
    used = {p for event in machine.timeline for p in event.participants} & {e.id for e in machine.entities}
    target = sorted(used)[0]
    record = after(machine, {"do": "reject", "layer": "entities", "fact": target})
    assert target not in {entity.id for entity in record.entities}
    assert not any(target in event.participants or event.place == target for event in record.timeline)


def test_a_rejected_mention_leaves_the_entity_with_the_others(machine: Record) -> None:
    bushehr = machine.entities.by_id("gpe/bushehr")
    span = bushehr.mentions.en[0].span
    wish = {"do": "reject", "layer": "entities", "fact": "gpe/bushehr", "scope": "mention", "spans": [span]}
    left = after(machine, wish).entities.by_id("gpe/bushehr")
    assert span not in {mention.span for mention in left.mentions.en}
    assert len(left.mentions) == len(bushehr.mentions) - 1


def test_all_mentions_of_a_name_can_be_rejected_at_once(machine: Record) -> None:
    span = machine.entities.by_id("gpe/bushehr").mentions.fa[0].span
    wish = {
        "do": "reject",
        "layer": "entities",
        "fact": "gpe/bushehr",
        "scope": "mention",
        "spans": [span],
        "all": True,
    }
    left = after(machine, wish).entities.by_id("gpe/bushehr")
    assert not left.mentions.fa
    assert left.mentions.en


def test_a_retyped_entity_takes_the_id_of_its_type_and_keeps_its_references(machine: Record) -> None:
    used = [p for e in machine.timeline for p in e.participants if p.startswith("gpe/")]
    record = after(machine, {"do": "retype", "layer": "entities", "fact": used[0], "new": {"type": "ORG"}})
    new = used[0].replace("gpe/", "org/")
    assert record.entities.by_id(new).type == "ORG"
    assert any(new in event.participants for event in record.timeline)


def test_one_retyped_mention_becomes_an_entity_of_its_own(machine: Record) -> None:
    span = machine.entities.by_id("gpe/bushehr").mentions.fa[0].span
    wish = {"do": "retype", "layer": "entities", "fact": "gpe/bushehr", "scope": "mention", "spans": [span],
            "new": {"type": "WORK"}}  # fmt: skip
    record = after(machine, wish)
    work = next(entity for entity in record.entities if entity.type == "WORK" and entity.method == "review:maryam")
    assert [mention.span for mention in work.mentions.fa] == [span]
    assert span not in {m.span for m in record.entities.by_id("gpe/bushehr").mentions.fa}


def test_a_moved_boundary_in_a_persian_mention_replaces_the_old_one(machine: Record) -> None:
    old = machine.entities.by_id("gpe/bushehr").mentions.fa[0].span
    new = [old.start, old.end + 4]
    record = after(machine, {"do": "boundary", "layer": "entities", "fact": "gpe/bushehr", "spans": [list(old), new]})
    mention = record.entities.by_id("gpe/bushehr").mentions.fa[0]
    assert (mention.span, mention.method, mention.confidence) == (Span(*new), "review:maryam", 1.0)


def test_what_was_missed_can_be_added_with_all_its_mentions(machine: Record) -> None:
    assert machine.text is not None
    taken = {m.span for e in machine.entities for _, m in e.mentions.all()}
    word = next(w for w in ("دریایی", "تاریخ", "کشتی") if machine.text.count(w) > 2)
    span = find(machine, word)
    assert Span(*span) not in taken
    wish = {
        "do": "add",
        "layer": "entities",
        "spans": [span],
        "new": {"type": "ORG", "name": {"fa": word}},
        "all": True,
    }
    added = next(e for e in after(machine, wish).entities if e.name.fa == word)
    assert added.type == "ORG"
    assert added.confidence == 1.0
    assert len(added.mentions.fa) > 1


def test_two_entities_merge_into_one_that_has_both_names(machine: Record) -> None:
    first, second = (e for e in machine.entities if e.id in ("gpe/bushehr", "gpe/iran"))
    count = len(first.mentions) + len(second.mentions)
    record = after(machine, {"do": "merge", "layer": "entities", "fact": first.id, "into": second.id})
    merged = record.entities.by_id(second.id)
    assert len(merged.mentions) == count
    assert first.name.en in merged.aliases["en"]
    assert first.id not in {entity.id for entity in record.entities}


def test_mentions_split_off_become_an_entity_of_their_own(machine: Record) -> None:
    spans = [m.span for m in machine.entities.by_id("gpe/bushehr").mentions.fa[:2]]
    wish = {"do": "split", "layer": "entities", "fact": "gpe/bushehr", "spans": spans,
            "new": {"name": {"fa": "استان بوشهر"}}}  # fmt: skip
    part = next(e for e in after(machine, wish).entities if e.name.fa == "استان بوشهر")
    assert [mention.span for mention in part.mentions.fa] == spans


def test_linked_and_unlinked_across_the_languages(machine: Record) -> None:
    apart = after(machine, {"do": "unlink", "layer": "entities", "fact": "gpe/bushehr"})
    english = apart.entities.by_id("gpe/bushehr")
    persian = next(e for e in apart.entities if e.name.fa == "بوشهر")
    assert (english.name.fa, english.mentions.fa, english.alignment) == (None, [], None)
    again = after(
        machine,
        {"do": "unlink", "layer": "entities", "fact": "gpe/bushehr"},
        {"do": "link", "layer": "entities", "fact": persian.id, "into": "gpe/bushehr"},
    ).entities.by_id("gpe/bushehr")
    assert again.alignment is not None
    assert again.alignment.method == "review:maryam"
    assert (again.name.en, again.name.fa) == ("Bushehr", "بوشهر")


def test_a_date_in_another_calendar_gets_its_gregorian_interval(machine: Record) -> None:
    date = next(d for d in machine.dates if d.role == "text" and d.mentions.fa)
    wish = {"do": "date", "layer": "dates", "fact": date.id, "new": {"native": "۱۳۹۴-۰۳", "calendar": "jalali"}}
    changed = next(d for d in after(machine, wish).dates if d.value.native == "1394-03")
    assert changed.value.edtf == "2015-05-22/2015-06-21"
    assert (changed.type, changed.confidence) == ("month", 1.0)


def test_an_edited_property_says_what_the_person_said(machine: Record) -> None:
    other = pipeline.load(ROOT / "outputs" / "drone-warfare-review.yaml")
    wish = {"do": "edit", "layer": "systems", "fact": "system/mq-9", "part": "property/endurance", "new": {"value": 34}}
    entry = wish_entry(other, **wish)
    assert entry.old["value"] == 27
    decided = decide(other, [review(entry)])
    endurance = next(p for p in decided.record.systems.by_id("system/mq-9").properties if p.name == "endurance")
    assert (endurance.value, endurance.confidence, endurance.si) == (34, 1.0, None)


def test_an_edited_alignment_links_each_sentence_once(machine: Record) -> None:
    assert machine.abstract.en is not None
    assert machine.abstract.fa is not None
    spans = [machine.abstract.en.sentences[0].span, machine.abstract.fa.sentences[2].span]
    record = after(machine, {"do": "align", "layer": "abstract", "spans": spans})
    assert any((link.en, link.fa, link.confidence) == ([0], [2], 1.0) for link in record.abstract.alignment)


# ── what is kept ───────────────────────────────────────────────────────────────────────────────────────────────


def test_without_decisions_the_record_is_the_machines_own(machine: Record) -> None:
    assert decide(machine, []).record is machine


def test_an_entry_reads_in_a_diff_and_comes_back_as_it_was(machine: Record) -> None:
    entry = wish_entry(machine, do="accept", layer="entities", fact="gpe/iran", note="checked\nin the atlas")
    text = head_yaml(ARTICLE, "maryam") + entry_yaml(entry)
    assert "surface: ایران" in text
    assert parse_reviews(text.encode(), "x") == (ARTICLE, "maryam", [entry])


def test_an_undo_is_a_further_entry_and_can_itself_be_taken_back(machine: Record) -> None:
    accept = wish_entry(machine, 1, do="accept", layer="entities", fact="gpe/iran")
    undo = wish_entry(machine, 2, do="undo", entry=1)
    redo = wish_entry(machine, 3, do="undo", entry=2)
    assert standing([accept, undo]) == []
    assert standing([accept, undo, redo]) == [accept]


def test_decisions_hold_when_the_stage_that_found_the_facts_is_left_out(machine: Record) -> None:
    span = machine.entities.by_id("gpe/bushehr").mentions.fa[0].span
    entries = [
        wish_entry(machine, 1, do="accept", layer="entities", fact="gpe/iran"),
        wish_entry(machine, 2, do="retype", layer="entities", fact="gpe/bushehr", new={"type": "LOC"}),
        wish_entry(machine, 3, do="accept", layer="dates", fact=machine.dates[0].id),
    ]
    bare = machine.model_copy(deep=True).with_text(machine.text or "")
    bare.entities.clear()
    bare.dates.clear()
    bare.timeline.clear()
    decided = decide(bare, [review(*entries)])
    assert not decided.unfit
    iran = decided.record.entities.by_id("gpe/iran")
    assert len(iran.mentions) == len(machine.entities.by_id("gpe/iran").mentions)
    assert decided.record.entities.by_id("loc/bushehr").mentions.fa[0].span == span
    assert len(decided.record.dates) == 1
    assert not problems(decided.record)


def test_decisions_find_their_words_in_a_text_that_was_read_anew(machine: Record) -> None:
    assert machine.text is not None
    entry = wish_entry(machine, do="accept", layer="entities", fact="gpe/iran")
    moved = Finder("A new first line.\n\n" + machine.text.replace("\u200c", ""))
    for anchor in entry.where:
        span = moved.find(anchor)
        assert span is not None
        assert moved.text[span.start : span.end] == anchor.surface


@given(st.text("اب \u200cxy.", min_size=1, max_size=60), st.data())
def test_an_anchor_is_found_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Finder(text).find(anchor_at(text, Span(start, end))) == Span(start, end)


@given(st.text("اب xy", max_size=30), st.text("کلمهz", min_size=3, max_size=8), st.text("اب xy", max_size=30))
def test_words_that_stand_in_one_place_are_found_wherever_they_moved(before: str, words: str, after: str) -> None:
    anchor = anchor_at("  " + words + "  ", Span(2, 2 + len(words)))
    text = before + "|" + words + "|" + after
    assert Finder(text).find(anchor) == Span(len(before) + 1, len(before) + 1 + len(words))


def test_words_that_could_stand_in_several_places_are_not_guessed() -> None:
    anchor = anchor_at("They saw Iran today", Span(9, 13))
    assert Finder("Of Iran and Iran, of Iran or Iran.").find(anchor) is None


def test_a_decision_whose_words_are_gone_is_listed_and_not_dropped(machine: Record) -> None:
    entry = wish_entry(machine, do="accept", layer="entities", fact="gpe/iran")
    gone = [anchor.model_copy(update={"surface": "Atlantis"}) for anchor in entry.where]
    decided = decide(machine, [review(entry.model_copy(update={"where": gone, "fact": "gpe/atlantis"}))])
    assert [each.entry.number for each in decided.unfit] == [1]
    assert [d.code for d in decided.record.diagnostics][-1] == "W-REVIEW-STALE"


# ── several reviewers ──────────────────────────────────────────────────────────────────────────────────────────


def test_where_two_reviewers_differ_the_machine_stands_until_one_is_confirmed(machine: Record) -> None:
    yes = review(wish_entry(machine, by="ali", do="accept", layer="entities", fact="gpe/iran"), user="ali")
    no = review(wish_entry(machine, by="sara", do="reject", layer="entities", fact="gpe/iran"), user="sara")
    decided = decide(machine, [yes, no])
    assert [conflict.said for conflict in decided.conflicts] == [{"ali": "yes", "sara": "no"}]
    assert decided.record.entities.by_id("gpe/iran").method == "gazetteer"
    assert decided.record.diagnostics[-1].code == "W-REVIEW-CONFLICT"
    last = review(wish_entry(machine, by="reviewer", do="reject", layer="entities", fact="gpe/iran"), user="")
    settled = decide(machine, [yes, no, last])
    assert not settled.conflicts
    assert "gpe/iran" not in {entity.id for entity in settled.record.entities}


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_decisions_are_applied_when_a_record_is_written_and_the_machines_own_is_kept(
    machine: Record, tmp_path: Path
) -> None:
    store = Store(tmp_path / "reviews", "maryam")
    wish = Wish(do="reject", layer="entities", fact="gpe/iran")
    store.append(ARTICLE, lambda number, at, by: drafted(machine, wish, number, at, by))
    EmitStage(EmitSettings()).write(machine, tmp_path)
    first = (tmp_path / f"{ARTICLE}.yaml").read_bytes()
    written = pipeline.load(tmp_path / f"{ARTICLE}.yaml")
    assert "gpe/iran" not in {entity.id for entity in written.entities}
    assert f"reviews/{ARTICLE}.maryam.yaml" in written.produced_by.resources
    assert b"2026" not in first.split(b"metadata:")[0]
    EmitStage(EmitSettings()).write(machine, tmp_path)
    assert (tmp_path / f"{ARTICLE}.yaml").read_bytes() == first


def test_a_file_of_decisions_that_cannot_be_read_is_named_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: dozaban-review/1\narticle: a\ndecisions: [{number: x}]\n")
    with pytest.raises(ReviewError, match=r"a\.yaml.*E-REVIEW-FILE"):
        read_reviews(tmp_path, "a")


@pytest.mark.parametrize("name", ["../x", "a.b", "", " ", "a/b", "-a", "x" * 41])
def test_a_name_that_cannot_be_part_of_a_files_name_is_refused(name: str, tmp_path: Path) -> None:
    if name:
        with pytest.raises(ReviewError, match="E-REVIEW-USER"):
            Store(tmp_path, name)


_WRITER = """
import sys
from pathlib import Path
from pipeline.review.drafting import Wish, drafted
from pipeline.review.store import Store
import pipeline
record = pipeline.load(sys.argv[1])
store = Store(Path(sys.argv[2]))
for i in range(int(sys.argv[3])):
    wish = Wish(do="note", note=f"{sys.argv[4]} {i}")
    store.append("a", lambda n, at, by: drafted(record, wish, n, at, by))
    print(i, flush=True)
"""


def test_two_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = str(ROOT / "outputs" / "persian-speech-software.yaml")
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, path, str(tmp_path), "25", name], stdout=subprocess.DEVNULL)
        for name in ("one", "two")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    (found,) = read_reviews(tmp_path, "a")
    assert [entry.number for entry in found.entries] == list(range(1, 51))
    assert {entry.note for entry in found.entries} == {f"{name} {i}" for name in ("one", "two") for i in range(25)}


def test_a_writer_killed_while_saving_leaves_every_decision_it_reported(tmp_path: Path) -> None:
    path = str(ROOT / "outputs" / "persian-speech-software.yaml")
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, path, str(tmp_path), "100000", "x"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    reported = [int(writer.stdout.readline()) for _ in range(40)][-1]
    writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    reported = max([reported, *(int(line) for line in rest if line.isdigit())])
    (found,) = read_reviews(tmp_path, "a")
    assert len(found.entries) in (reported + 1, reported + 2)
