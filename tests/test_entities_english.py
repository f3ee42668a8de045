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
