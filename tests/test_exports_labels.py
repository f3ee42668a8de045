"""Files of annotation tools and of corpora: offsets hold in each, counted as the tool counts, and labels come back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from bratly import EntityAnnotation, NormalizationAnnotation, RelationAnnotation
from bratly.io import read_and_load_ann_file
from exporting import OUTPUTS, loaded, made_up, rendered, save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from nervaluate.loaders import ConllLoader
from spacy.training import Corpus
from spacy.training.converters import conll_ner_to_docs

from pipeline.emit.exports import exporter
from pipeline.emit.exports.annotations import LABELS, flat, marks_of
from pipeline.emit.exports.label_studio_back import gold_of, read_tasks
from pipeline.emit.exports.xml_text import legal
from pipeline.errors import ExportError
from pipeline.record import Record
from pipeline.text.utf16 import CodeUnits

each_record = pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
#: Persian and Latin letters, an emoji of one and of several code points, line and page breaks.
LETTERS = st.text(alphabet="ایران\u200cabc .😀𝒙🏳️\n\f", min_size=1, max_size=60)


def drawn(data: st.DataObject, text: str) -> tuple[int, int]:
    start = data.draw(st.integers(0, len(text) - 1))
    return start, data.draw(st.integers(start + 1, len(text)))


# ── brat ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def brat_file(files: dict[str, bytes], folder: Path) -> tuple[str, list[Any]]:
    (folder / "a.ann").write_bytes(files[".ann"])
    return files[".txt"].decode("utf-8"), read_and_load_ann_file(str(folder / "a.ann")).annotations


@each_record
def test_brat_has_every_mention_at_its_place(path: Path, tmp_path: Path) -> None:
    record = loaded(path)
    text, found = brat_file(rendered("brat", path), tmp_path)
    assert text == record.text
    entities = [each for each in found if isinstance(each, EntityAnnotation)]
    assert all(each.content == " ".join(text[f.start : f.end] for f in each.fragments) for each in entities)
    places = [(each.fragments[0].start, each.fragments[-1].end, each.label) for each in entities]
    assert sorted(places) == sorted((*mark.span, mark.label) for mark in marks_of(record))
    ids = {number for each in marks_of(record) for number in each.identifiers}
    assert len(
        {str(each).split("\t")[1].split()[-1] for each in found if isinstance(each, NormalizationAnnotation)}
    ) == len(ids)
    relations = [each for each in found if isinstance(each, RelationAnnotation)]
    assert len(relations) <= sum(len(system.relations) for system in record.systems)


@given(LETTERS, st.data())
@settings(deadline=None)
def test_brats_fragments_never_hold_a_line_break(text: str, data: st.DataObject) -> None:
    start, end = drawn(data, text)
    files = exporter("brat").render(made_up(text, [(start, end)]))
    line = files[".ann"].decode("utf-8").split("\n")[0]
    _, places, surface = line.split("\t")
    fragments = [
        tuple(map(int, piece.split())) for piece in places.removeprefix("ORG").strip().split(";") if piece.strip()
    ]
    assert surface == " ".join(text[a:b] for a, b in fragments)
    assert not {"\n", "\f"} & set(surface)
    assert "".join(text[a:b] for a, b in fragments).replace(" ", "") == "".join(text[start:end].split())


def test_brats_configuration_knows_every_label() -> None:
    conf = exporter("brat").beside()["annotation.conf"].decode()
    assert conf.split("[relations]")[0].split()[1:] == list(LABELS)


# ── UIMA CAS ───────────────────────────────────────────────────────────────────────────────────────────────────────


def cas_mentions(data: bytes) -> tuple[str, list[tuple[str, str, str]]]:
    """The text and the named entities of an XMI file, found by plain XML and UTF-16 as a Java program would."""
    root = etree.fromstring(data)
    text = root.find("{http:///uima/cas.ecore}Sofa").get("sofaString")
    units = text.encode("utf-16-le")
    found = []
    for element in root.iter("{http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore}NamedEntity"):
        begin, end = int(element.get("begin")), int(element.get("end"))
        found.append((element.get("value"), element.get("identifier"), units[2 * begin : 2 * end].decode("utf-16-le")))
    return text, found


@each_record
def test_cas_has_every_mention_at_its_utf16_offsets(path: Path) -> None:
    record = loaded(path)
    text, found = cas_mentions(rendered("cas", path)[".xmi"])
    assert text == legal(record.text or "")
    expected = [(mark.label, mark.fact, legal(mark.surface)) for mark in marks_of(record)]
    assert sorted(found) == sorted(expected)


@given(LETTERS, st.data())
@settings(deadline=None)
def test_cas_offsets_hold_behind_emoji(text: str, data: st.DataObject) -> None:
    start, end = drawn(data, text)
    held, found = cas_mentions(exporter("cas").render(made_up(text, [(start, end)]))[".xmi"])
    assert held == legal(text)
    assert [surface for _, _, surface in found] == [legal(text[start:end])]


def test_the_type_system_declares_every_type_of_the_files() -> None:
    names = {each.text for each in etree.fromstring(exporter("cas").beside()["TypeSystem.xml"]).iter("{*}name")}
    root = etree.fromstring(rendered("cas", OUTPUTS[0])[".xmi"])
    used = {etree.QName(each).localname for each in root} - {"NULL", "Sofa", "View"}
    assert used <= {name.rpartition(".")[2] for name in names}


# ── tokens: CoNLL and spaCy ────────────────────────────────────────────────────────────────────────────────────────


def conll_rows(data: bytes) -> list[list[tuple[str, int, int, str]]]:
    sentences = []
    for part in data.decode("utf-8").split("\n\n")[1:]:
        rows = [line.split("\t") for line in part.split("\n") if line]
        sentences.append([(token, int(start), int(end), tag) for token, start, end, tag in rows])
    return [sentence for sentence in sentences if sentence]


@each_record
def test_every_token_of_conll_is_where_it_says_and_no_mention_is_lost_in_silence(path: Path) -> None:
    record = loaded(path)
    text = record.text or ""
    files = rendered("conll", path)
    held = set()
    for language in ("en", "fa"):
        for sentence in conll_rows(files[f".{language}.conll"]):
            begin = last = None
            for token, start, end, tag in [*sentence, ("", 0, 0, "O")]:
                assert token == "" or text[start:end] == token
                if tag[0] in "BO" and begin is not None:
                    held.add((begin, last))
                    begin = None
                assert tag[0] != "I" or begin is not None, "a name begins with I-"
                if tag[0] == "B":
                    begin = start
                last = end
    missed = [line.split("\t") for line in files.get(".missed.tsv", b"").decode("utf-8").splitlines()[1:]]
    for mark in marks_of(record):
        listed = [row for row in missed if (int(row[0]), int(row[1]), row[3]) == (*mark.span, mark.fact)]
        assert (tuple(mark.span) in held) or listed, mark


@each_record
def test_spacys_converter_and_nervaluate_read_the_conll_file(path: Path) -> None:
    for language in ("en", "fa"):
        data = rendered("conll", path)[f".{language}.conll"].decode("utf-8")
        tags = [tag for sentence in conll_rows(data.encode()) for _, _, _, tag in sentence]
        docs = list(conll_ner_to_docs(data, n_sents=0, no_print=True))
        assert sum(len(doc.ents) for doc in docs) == sum(tag.startswith("B-") for tag in tags)
        pairs = "\n".join(
            f"{line.split(chr(9))[0]}\t{line.split(chr(9))[-1]}" if line else "" for line in data.splitlines()[2:]
        )
        spans = ConllLoader().load(pairs)
        assert sum(len(sentence) for sentence in spans) == sum(tag.startswith("B-") for tag in tags)


@each_record
def test_spacy_trains_on_documents_whose_entities_are_where_the_record_says(path: Path, tmp_path: Path) -> None:
    record = loaded(path)
    text = record.text or ""
    places = {(*mark.span, mark.label, mark.fact) for mark in marks_of(record)}
    for language in ("en", "fa"):
        (tmp_path / "docs.spacy").write_bytes(rendered("spacy", path)[f".{language}.spacy"])
        examples = list(Corpus(tmp_path / "docs.spacy")(spacy.blank(language)))
        assert examples
        for example in examples:
            document = example.reference
            start = document.user_data["start"]
            assert text[start : start + len(document.text)] == document.text
            for entity in [*document.ents, *document.spans["sc"]]:
                place = (start + entity.start_char, start + entity.end_char, entity.label_, entity.kb_id_)
                assert place in places
                assert text[place[0] : place[1]] == entity.text


@given(LETTERS, st.data())
@settings(deadline=None)
def test_a_mention_in_any_text_is_tagged_or_listed_as_missed(text: str, data: st.DataObject) -> None:
    start, end = drawn(data, text)
    record = made_up(text, [(start, end)])
    files = exporter("conll").render(record)
    rows = [row for sentence in conll_rows(files[".fa.conll"]) for row in sentence]
    assert all(text[a:b] == token for token, a, b, _ in rows)
    tagged = [row for row in rows if row[3] != "O"]
    blank = not text[start:end].strip()
    if ".missed.tsv" in files:
        assert "ends inside a token" in files[".missed.tsv"].decode()
        assert not tagged
    else:
        assert blank or (tagged[0][1] >= start and tagged[-1][2] <= end)


def test_of_two_overlapping_mentions_the_longer_stays_and_the_other_is_listed() -> None:
    record = made_up("دانشگاه تهران جنوب", [(0, 18), (8, 13), (0, 7)])
    kept, dropped = flat(marks_of(record))
    assert [tuple(mark.span) for mark in kept] == [(0, 18)]
    assert [tuple(mark.span) for mark in dropped] == [(0, 7), (8, 13)]
    assert exporter("conll").render(record)[".missed.tsv"].decode().count("overlaps a longer one") == 2


# ── Label Studio ───────────────────────────────────────────────────────────────────────────────────────────────────


def annotated(path: Path) -> dict[str, Any]:
    """A task that a person has accepted as it is."""
    (task,) = json.loads(rendered("label-studio", path)[".tasks.json"])
    task["annotations"] = [{"result": json.loads(json.dumps(task["predictions"][0]["result"]))}]
    return task  # type: ignore[no-any-return]


@each_record
def test_label_studio_gets_every_mention_with_its_score_at_its_code_points(path: Path) -> None:
    record = loaded(path)
    (task,) = json.loads(rendered("label-studio", path)[".tasks.json"])
    regions = [item for item in task["predictions"][0]["result"] if item["type"] == "labels"]
    assert len({region["id"] for region in regions}) == len(regions) == len(marks_of(record))
    config = etree.fromstring(exporter("label-studio").beside()["label-config.xml"])
    known = {label.get("value") for label in config.iter("Label")}
    control = config.find(".//Labels")
    for region in regions:
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert set(value["labels"]) <= known
        assert 0 <= region["score"] <= 1
        assert (region["from_name"], region["to_name"]) == (control.get("name"), control.get("toName"))
    relations = {relation.get("value") for relation in config.iter("Relation")}
    ids = {region["id"] for region in regions}
    for item in task["predictions"][0]["result"]:
        if item["type"] == "relation":
            assert {item["from_id"], item["to_id"]} <= ids
            assert set(item["labels"]) <= relations


@each_record
def test_accepted_predictions_come_back_unchanged_and_score_as_perfect(path: Path, tmp_path: Path) -> None:
    from pipeline.evaluate import evaluate_paths

    record = loaded(path)
    gold = gold_of(annotated(path), record)
    assert gold is not None
    assert gold["changes"] == []
    assert len(gold["entities"]) == sum(len(entity.mentions) for entity in record.entities)
    target = tmp_path / "gold" / f"{record.id}.yaml"
    target.parent.mkdir()
    target.write_text(yaml.safe_dump(gold, allow_unicode=True, sort_keys=False), encoding="utf-8")
    save(record, tmp_path / "records")
    (evaluation,) = evaluate_paths([tmp_path / "gold", tmp_path / "records"])
    scored = {score.layer: score.f1 for score in evaluation.scores if score.gold}
    facts = {layer: f1 for layer, f1 in scored.items() if layer.startswith(("entit", "date", "system"))}
    assert len(facts) >= 2, scored
    assert {layer: f1 for layer, f1 in facts.items() if f1 < 0.9999} == {}


def test_what_a_person_changed_comes_back_as_changes() -> None:
    path = next(path for path in OUTPUTS if path.stem == "naval-history-bushehr")
    record = loaded(path)
    task = annotated(path)
    result = task["annotations"][0]["result"]
    regions = [item for item in result if item["type"] == "labels"]
    removed, moved, relabelled = (
        next(r for r in regions if r["value"]["labels"] == [label]) for label in ("DATE", "ORG", "GPE")
    )
    result.remove(removed)
    moved["value"]["end"] += 1
    moved["value"]["text"] = task["data"]["text"][moved["value"]["start"] : moved["value"]["end"]]
    relabelled["value"]["labels"] = ["LOC"]
    place = task["data"]["text"].index("نگارندگان")
    result.append({"id": "x1", "type": "labels", "value": {"start": place, "end": place + 9, "labels": ["PERSON"]}})
    gold = gold_of(task, record)
    assert gold is not None
    changes = {change["change"]: change for change in gold["changes"]}
    assert len(gold["changes"]) == 4
    assert changes["removed"]["surface"] == removed["value"]["text"]
    assert changes["moved"]["fact"] == moved["meta"]["text"][0]
    assert changes["moved"]["from"] == [moved["value"]["start"], moved["value"]["end"] - 1]
    assert (changes["relabelled"]["from_label"], changes["relabelled"]["label"]) == ("GPE", "LOC")
    assert changes["added"]["surface"] == "نگارندگان"
    added = next(entity for entity in gold["entities"] if entity["surface"] == "نگارندگان")
    assert (added["type"], added["lang"], added.get("id")) == ("PERSON", "fa", None)


@given(LETTERS, st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_labels_counted_in_utf16_are_understood_by_their_words(text: str, data: st.DataObject) -> None:
    start, end = drawn(data, text)
    record = made_up(text, [])
    units = CodeUnits(text)
    value = {"start": units.to_units(start), "end": units.to_units(end), "text": text[start:end], "labels": ["ORG"]}
    task = {
        "data": {"text": text, "article": record.id},
        "annotations": [{"result": [{"id": "1", "type": "labels", "value": value}]}],
    }
    gold = gold_of(task, record)
    assert gold is not None
    (entity,) = gold["entities"]
    assert entity["surface"] == text[entity["start"] : entity["end"]]
    assert "".join(entity["surface"].split()) == "".join(text[start:end].split())


def test_the_annotation_marked_as_truth_counts_and_a_cancelled_one_does_not() -> None:
    task = annotated(OUTPUTS[0])
    empty: dict[str, Any] = {"result": []}
    task["annotations"] = [{**task["annotations"][0], "ground_truth": True}, empty, {**empty, "was_cancelled": True}]
    gold = gold_of(task, loaded(OUTPUTS[0]))
    assert gold is not None
    assert gold["changes"] == []
    task["annotations"] = [{**empty, "was_cancelled": True}]
    assert gold_of(task, loaded(OUTPUTS[0])) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda task: task["data"].update(text="another"), "not the one of the record"),
        (lambda task: task["annotations"][0]["result"][0]["value"].update(labels=["CAT"]), "does not know"),
        (lambda task: task["annotations"][0]["result"][0]["value"].update(start=10**7), "does not fit"),
        (lambda task: task["annotations"][0]["result"][0]["value"].pop("end"), "no start and end"),
    ],
)
def test_labels_that_do_not_fit_are_refused_with_the_reason(change: Any, said: str) -> None:
    task = annotated(OUTPUTS[0])
    change(task)
    with pytest.raises(ExportError, match=said) as caught:
        gold_of(task, loaded(OUTPUTS[0]))
    assert caught.value.code == "E-IMPORT"


@pytest.mark.parametrize("data", [b"not json", b"[1]", b'[{"text": "min"}]'])
def test_a_file_that_is_no_export_of_label_studio_is_refused(data: bytes) -> None:
    with pytest.raises(ExportError, match="export"):
        read_tasks(data, "labels.json")


def test_the_command_reads_labels_back(tmp_path: Path) -> None:
    record: Record = loaded(OUTPUTS[0])
    (tmp_path / "labels.json").write_text(json.dumps([annotated(OUTPUTS[0])]), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "import", str(tmp_path / "labels.json"), "--records", "outputs"]
    done = subprocess.run([*command, "-o", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "nothing changed" in done.stdout
    gold = yaml.safe_load((tmp_path / f"{record.id}.yaml").read_text(encoding="utf-8"))
    assert gold["document"] == f"{record.id}.txt"
