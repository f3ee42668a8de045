"""English names: what each voice of the extractor finds, how mentions join, and what is no name."""

from __future__ import annotations

from functools import cache

import pytest

import pipeline
from pipeline.record import Entity, Record

STAGES = ["read", "segment", "extract.dates", "extract.systems", "extract.entities"]


@cache
def record(text: str) -> Record:
    return pipeline.process_text(f"# On Harbours\n\n## Introduction\n\n{text}\n", settings={"stages": STAGES})


def found(text: str) -> set[tuple[str, str]]:
    """Each mention's type and surface."""
    return {(e.type, m.surface or "") for e in record(text).entities for _, m in e.mentions.all()}


def entity(text: str, surface: str) -> Entity:
    return next(e for e in record(text).entities if any(m.surface == surface for _, m in e.mentions.all()))


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The treaty was signed in Oman by both sides.", ("GPE", "Oman")),
        ("Ships wait outside the Strait of Hormuz for a pilot.", ("LOC", "Strait of Hormuz")),
        ("The talks with Prime Minister Eleanor Whitcombe lasted a day.", ("PERSON", "Eleanor Whitcombe")),
        ("The Ministry of Science, Research and Technology paid for it.",
         ("ORG", "Ministry of Science, Research and Technology")),
        ("The Battle of Salamis ended the campaign.", ("EVENT", "Battle of Salamis")),
        ("Resolution 2231 lifted the ban.", ("LAW", "Resolution 2231")),
        ("The Portuguese traders left the island.", ("NORP", "Portuguese")),
        ("A Sino-Russian pipeline was planned.", ("NORP", "Sino")),
        ("A U.S.-led coalition followed.", ("GPE", "U.S.")),
        ("The Iranian Navy sent two ships.", ("ORG", "Iranian Navy")),
        ("India's nuclear program began in the 1960s.", ("PROGRAM", "India's nuclear program")),
    ],
)  # fmt: skip
def test_each_kind_of_name_is_found_with_its_exact_span(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


def test_a_country_is_one_entity_under_all_its_names() -> None:
    text = "China and the PRC are one; the People's Republic of China was founded in 1949."
    china = entity(text, "China")
    assert china.id == "gpe/china"
    assert china.identifiers == {"iso3166": "CN"}
    assert [m.surface for m in china.mentions.en] == ["China", "PRC", "People's Republic of China"]


def test_a_capital_that_stands_for_its_government_stays_itself() -> None:
    assert {e.id for e in record("Beijing and Tehran disagreed with China and Iran alike.").entities} >= {
        "gpe/beijing", "gpe/tehran", "gpe/china", "gpe/iran",
    }  # fmt: skip


def test_an_explained_acronym_is_the_thing_it_stands_for() -> None:
    text = "The Regional Harbour Coordination Agency (RHCA) was founded late. In May the RHCA moved."
    agency = entity(text, "RHCA")
    assert agency.type == "ORG"
    assert agency.name.en == "Regional Harbour Coordination Agency"
    assert [m.surface for m in agency.mentions.en] == ["Regional Harbour Coordination Agency", "RHCA", "RHCA"]


def test_a_family_name_is_the_person_named_in_full() -> None:
    text = "President Eleanor Whitcombe spoke first. Whitcombe then left, and Whitcombe's deputy stayed."
    person = entity(text, "Eleanor Whitcombe")
    assert [m.surface for m in person.mentions.en] == ["Eleanor Whitcombe", "Whitcombe", "Whitcombe"]


def test_names_inside_citations_are_not_mentions() -> None:
    text = "Trade grew (Whitcombe, 2013: 4). It fell later (Oman News Agency, 2014)."
    assert found(text) == set()


def test_names_inside_addresses_are_not_mentions() -> None:
    assert found("See https://www.oman.example.org/iran/china.html for the list.") == set()


def test_markup_is_never_inside_a_span() -> None:
    text = "They met in **Oman** and *Qatar*<sup>(3)</sup> that year."
    assert {("GPE", "Oman"), ("GPE", "Qatar")} <= found(text)
    assert not any(mark in surface for _, surface in found(text) for mark in "*<>()")


def test_systems_are_not_entities() -> None:
    text = "Iran showed the C-802 missile and the Noor anti-ship missile; the Noor has a range of 120 km."
    assert found(text) == {("GPE", "Iran")}


def test_capital_letters_of_a_heading_are_no_names() -> None:
    article = pipeline.process_text(
        "# Harbours\n\n## Deep Water And Hard Rocks\n\nThe water is deep there and the rocks are hard.\n",
        settings={"stages": STAGES},
    )
    assert article.entities == []


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Talks stalled before the Palermo summit of that year.", ("EVENT", "Palermo summit")),
        ("The Second Ruritania War ended the union.", ("EVENT", "Second Ruritania War")),
        ("It was settled by the Treaty of Velmora in 1702.", ("LAW", "Treaty of Velmora")),
        ("The Marseille Principles were never applied.", ("LAW", "Marseille Principles")),
        ("Both attended the Ljubljana Group as observers.", ("ORG", "Ljubljana Group")),
        ("The Grand National Assembly of Bulgaria voted.", ("ORG", "Grand National Assembly of Bulgaria")),
        ("The European Union Mission in Georgia reported it.", ("ORG", "European Union Mission in Georgia")),
        ("The Institute for Research in Marine Acoustics paid.", ("ORG", "Institute for Research in Marine Acoustics")),
        ("A crowd stormed the Embassy of Norway in Lisbon.", ("FAC", "Embassy of Norway in Lisbon")),
        ("Trucks use the A-7 motorway at night.", ("FAC", "A-7 motorway")),
        ("The Porto–Coimbra railway opened late.", ("FAC", "Porto–Coimbra railway")),
        ("Nobody passed through the Velmora corridor in winter.", ("LOC", "Velmora corridor")),
        ("A meeting of the 4+2 Platform was cancelled.", ("ORG", "4+2 Platform")),
        ("The fleet took part in Operation Silent Gull off the coast.", ("EVENT", "Operation Silent Gull")),
        ("Executive Order 12170 froze the assets.", ("LAW", "Executive Order 12170")),
        ("Schools in Soviet Latvia kept the old books.", ("GPE", "Soviet Latvia")),
        ("The paper was read at HARBCON 2017 by its author.", ("EVENT", "HARBCON 2017")),
    ],
)  # fmt: skip
def test_a_phrase_with_a_head_wins_over_its_parts(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)
    assert not any(kind == "ORG" and mention[1] != name and name in mention[1] for kind, name in found(text))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("It was settled by the Treaty of Velmora in 1702.", ("GPE", "Velmora")),
        ("Talks stalled before the Palermo summit of that year.", ("GPE", "Palermo")),
        ("The Porto–Coimbra railway opened late.", ("GPE", "Coimbra")),
        ("The Hamburg Metro carries them.", ("GPE", "Hamburg")),
    ],
)
def test_what_a_deed_or_a_road_is_named_for_stays_a_mention(text: str, inner: tuple[str, str]) -> None:
    assert inner in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Control Group and the Working Group were compared.",
        "Each Interview was read by the Research Team in the First Phase.",
        "The Source Code and the Association Rules are given below.",
        "The Beck Depression Inventory, the Nash Equilibrium and the Markov Decision Process were used.",
        "Natural Language Processing and the Technology Acceptance Model are known.",
        "General Practitioners kept the files; general practitioners were asked in May.",
    ],
)
def test_capitalised_ordinary_words_are_no_names(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The convoy halted near Manavgat for the night.", ("GPE", "Manavgat")),
        ("The engine is assembled at Velmora and tested there.", ("GPE", "Velmora")),
        ("Shops closed in Shiraz, Kazerun and Borazjan.", ("GPE", "Borazjan")),
        ("Floods reached the Velmora district.", ("GPE", "Velmora")),
        ("People left the village of Tisbury Hollow.", ("GPE", "Tisbury Hollow")),
    ],
)
def test_a_place_is_known_by_the_words_around_it(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


def test_a_town_told_once_by_its_surroundings_is_found_without_them_too() -> None:
    text = "The garrison stood near Manavgat. When Manavgat fell, the war was over."
    assert [m.surface for m in entity(text, "Manavgat").mentions.en] == ["Manavgat", "Manavgat"]


def test_a_name_has_one_type_all_over_a_text() -> None:
    text = "They landed on the island of Velmora. Later the ships were held at Velmora, and Velmora was left."
    assert found(text) == {("LOC", "Velmora")}


def test_a_family_name_that_is_a_town_as_well_stays_a_person() -> None:
    text = "Michael Sanford drove the lorry. The police found a map in Sanford's lorry and spoke to Sanford."
    assert ("GPE", "Sanford") not in found(text)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Nothing was said by Hamid Velmorani about it.", ("PERSON", "Hamid Velmorani")),
        ("Orlen Vassquith, adviser to the minister, denied it.", ("PERSON", "Orlen Vassquith")),
        ("They wrote to its head, İlker Velmoğlu.", ("PERSON", "İlker Velmoğlu")),
        ("The plays of Mirza Kazem Velmori were printed.", ("PERSON", "Mirza Kazem Velmori")),
    ],
)
def test_a_person_is_known_by_given_name_or_post(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


@pytest.mark.parametrize(
    "text", ["The Robert Hargrove Prize went to nobody.", "We used the Thomas Hargrove Questionnaire."]
)
def test_things_named_after_persons_are_no_persons(text: str) -> None:
    assert not any(kind == "PERSON" for kind, _ in found(text))


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The pump was built by Velmotek in three years.", ("ORG", "Velmotek")),
        ("Repairs were made by the Portuguese company Ribamar.", ("ORG", "Ribamar")),
        ("The Velmotek company closed its yard.", ("ORG", "Velmotek")),
        ("The HARBEX programme was given up.", ("PROGRAM", "HARBEX")),
        ("The Silent Gull exercise ended early.", ("EVENT", "Silent Gull")),
        ("They compared two projects: the Blue Gull and the Crossroads of Bread.", ("PROGRAM", "Crossroads of Bread")),
        ("Boats leave from towns such as Velmora and Tisbury.", ("GPE", "Tisbury")),
    ],
)  # fmt: skip
def test_a_common_noun_beside_a_name_tells_its_kind(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


def test_letters_in_brackets_behind_an_organisation_are_its_other_name() -> None:
    text = "The Institute of Harbour Studies (PMB) was moved. In May the PMB closed."
    assert [m.surface for m in entity(text, "PMB").mentions.en] == ["Institute of Harbour Studies", "PMB", "PMB"]


def test_a_translation_in_quotation_marks_is_its_other_name() -> None:
    gull = entity('The MARTI project began. The MARTI ("Silent Gull") project ended in May.', "Silent Gull")
    assert gull.type == "PROGRAM"
    assert {m.surface for m in gull.mentions.en} == {"MARTI", "Silent Gull"}


def test_a_system_is_no_entity_but_may_give_its_name_to_a_foundation() -> None:
    assert ("ORG", "Raspberry Pi Foundation") in found("The Raspberry Pi Foundation gave us two boards.")


def test_coined_product_names_are_no_organisations() -> None:
    text = "HarbNet is small. We trained HarbNet on tides, and HarbNet answered. The GPU of HarbNet was old."
    assert found(text) == set()


def test_columns_of_a_table_tell_what_stands_in_them() -> None:
    text = "| Pump | Maker | Country |\n|---|---|---|\n| small | Velmotek | Oman |\n| large | Ribamar/Tisco | Qatar |"
    assert found(text) >= {("ORG", "Velmotek"), ("ORG", "Ribamar"), ("ORG", "Tisco"), ("GPE", "Qatar")}
    assert not any(";" in name or "|" in name for _, name in found(text))


def test_posts_departments_and_mastheads_of_the_front_page_are_no_organisations() -> None:
    article = pipeline.process_text(
        "Journal of Harbour Economics and Planning, Vol. 9, No. 34, Summer 2013\n\n# On Harbours\n\n"
        "Eleanor Whitcombe¹\n\n"
        "¹ Professor of Harbour Economics, Department of Regional Studies, University of Lisbon, Lisbon, Portugal\n\n"
        "## Abstract\n\nHarbours are deep. They are old.\n\n**Keywords:** harbours; depth\n",
        settings={"stages": STAGES},
    )
    names = {(e.type, m.surface) for e in article.entities for m in e.mentions.en}
    assert {("ORG", "University of Lisbon"), ("GPE", "Portugal")} <= names
    assert not any(kind == "ORG" and name != "University of Lisbon" for kind, name in names)


def test_a_city_has_its_geonames_id() -> None:
    assert entity("The talks in Shiraz failed.", "Shiraz").identifiers == {"geonames": "115019"}


def test_voices_that_agree_make_a_mention_surer() -> None:
    alone, agreed = entity("Floods reached the Velmora district.", "Velmora"), entity("They left Oman.", "Oman")
    assert alone.confidence < 0.9 < agreed.confidence


def test_an_acronym_whose_first_letter_is_that_of_a_small_word_too_is_explained() -> None:
    office = entity("The Office of Foreign Harbour Control (OFHC) closed. OFHC was small.", "OFHC")
    assert [m.surface for m in office.mentions.en] == ["Office of Foreign Harbour Control", "OFHC", "OFHC"]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("They admired his story “The Gull Who Stayed”, which is short.", ("WORK", "The Gull Who Stayed")),
        ("The novel 'Deep Water' sold well; the novel \"Hard Rocks\" did not.", ("WORK", "Hard Rocks")),
    ],
)
def test_a_quoted_title_behind_its_kind_is_a_work(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


def test_rows_of_two_tables_with_an_english_name_in_common_are_one_entry() -> None:
    both = entity("They came from Macau. Then Macao changed.", "Macau")
    assert {m.surface for m in both.mentions.en} == {"Macau", "Macao"}
