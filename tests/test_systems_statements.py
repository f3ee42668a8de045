"""What is said of a system in enumerations, by active verbs, by makers and by sellers; and what was never realised."""

from __future__ import annotations

import pytest
from systems_sample import systems


def values(text: str, system: str, name: str, pack: str = "defence") -> list[object]:
    return [each.value for each in systems(text, pack)[system].properties if each.name == name]


def origins(text: str, system: str) -> list[tuple[str, str]]:
    return [(origin.country, origin.basis) for origin in systems(text, "defence")[system].origin]


def edges(text: str, pack: str = "defence") -> set[tuple[str, str, str]]:
    return {(key, each.type, each.target) for key, found in systems(text, pack).items() for each in found.relations}


# ── enumerations that share a word ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "system", "name", "expected"),
    [
        ("The XQ-12 missile is radar and television-guided.", "system/xq-12", "guidance", ["radar", "television"]),
        (
            "The XQ-12 missile has radar-, television- and infrared-guided versions.",
            "system/xq-12", "guidance", ["radar", "television", "infrared"],
        ),
        ("The XQ-12 missile is radar-guided.", "system/xq-12", "guidance", ["radar"]),
        (
            "The XQ-12 missile has solid- and liquid-fuel stages.",
            "system/xq-12", "propulsion", ["solid-fuel", "liquid-fuel"],
        ),
        ("موشک «محراب» هدایت راداری و تلویزیونی دارد.", "system/محراب", "guidance", ["radar", "television"]),
        ("موشک «محراب» با سوخت جامد کار می‌کند.", "system/محراب", "propulsion", ["solid-fuel"]),
    ],
)  # fmt: skip
def test_each_member_of_an_enumeration_is_a_value(text: str, system: str, name: str, expected: list[str]) -> None:
    assert values(text, system, name) == expected


# ── years ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "system", "name", "year"),
    [
        (
            "In 1992 Iran began to mass produce a modified version of the HQ-2 missile called the Barq 12.",
            "system/barq-12", "mass_production_start", 1992,
        ),
        ("The missile works, and in 2010 Oman unveiled the XQ-12 missile.", "system/xq-12", "unveiled", 2010),
        ("The XQ-12 missile entered service in 2004.", "system/xq-12", "introduced", 2004),
        ("موشک «محراب» در سال ۱۳۹۰ رونمایی شد.", "system/محراب", "unveiled", 1390),
    ],
)  # fmt: skip
def test_a_year_belongs_to_what_was_made_in_it(text: str, system: str, name: str, year: int) -> None:
    assert values(text, system, name) == [year]


def test_the_original_of_a_version_does_not_take_its_year() -> None:
    text = "In 1992 Iran began to mass produce a version of the HQ-2 missile and the M-7 missile called the Barq 12."
    assert systems(text, "defence")["system/hq-2"].properties == []


# ── who delivers and who receives ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "system", "origin", "receiver"),
    [
        ("China sold Saudi Arabia XQ-12 missiles.", "system/xq-12", "CN", "SA"),
        ("China exported XQ-12 missiles to Pakistan.", "system/xq-12", "CN", "PK"),
        ("Pakistan bought XQ-12 missiles from China.", "system/xq-12", "CN", "PK"),
        ("چین موشک «محراب» را به پاکستان فروخت.", "system/محراب", "CN", "PK"),
        ("پاکستان موشک «محراب» را از چین خرید.", "system/محراب", "CN", "PK"),
        ("ریاض و مسقط ماندند و عمان موشک «محراب» را از روسیه تحویل گرفت.", "system/محراب", "RU", "OM"),
    ],
)
def test_supply_has_a_direction(text: str, system: str, origin: str, receiver: str) -> None:
    assert origins(text, system) == [(origin, "implied")]
    assert values(text, system, "supplied_to") == [receiver]


@pytest.mark.parametrize(
    "text",
    [
        "China did not transfer XQ-12 missiles to Pakistan.",
        "China threatened to sell XQ-12 missiles to Pakistan.",
        "China agreed to sell XQ-12 missiles to Pakistan.",
        "Pakistan negotiated a deal to receive XQ-12 missiles from China.",
        "China promised to commit to not providing or selling XQ-12 missiles to Pakistan.",
        "China might deliver XQ-12 missiles to Pakistan.",
    ],
)
def test_what_was_refused_or_only_meant_was_not_supplied(text: str) -> None:
    assert values(text, "system/xq-12", "supplied_to") == []


# ── makers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "system", "country"),
    [
        ("The XQ-12 missile is made by Roketsan.", "system/xq-12", "TR"),
        ("Turkey developed the XQ-12 missile together with Pakistan.", "system/xq-12", "TR"),
        ("ایران زیردریایی «نهنگان» را ساخت.", "system/نهنگان", "IR"),
        ("شرکت روکتسان موشک «محراب» را تولید کرد.", "system/محراب", "TR"),
    ],
)
def test_a_maker_is_where_a_system_comes_from(text: str, system: str, country: str) -> None:
    assert country in [origin for origin, _ in origins(text, system)]


def test_a_named_maker_is_a_property() -> None:
    assert values("The XQ-12 missile is made by Roketsan.", "system/xq-12", "manufacturer") == ["Roketsan"]


# ── parts, engines, successors ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "The XQ-12 fighter is powered by the RD-93 engine.",
        "The XQ-12 fighter flies with a Russian RD-93 engine.",
        "The XQ-12 fighter entered service in 2016, with a U.S. RD-93 engine.",
    ],
)
def test_an_engine_drives_the_system_and_is_a_part_of_it(text: str) -> None:
    assert edges(text) == {
        ("system/xq-12", "powered_by", "system/rd-93"), ("system/rd-93", "component_of", "system/xq-12"),
    }  # fmt: skip


def test_a_missile_after_with_drives_nothing() -> None:
    assert edges("The XQ-12 fighter sailed home with a Russian C-802 missile.") == set()


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("The XQ-12 missile replaces the C-802 missile.", ("system/xq-12", "replaces", "system/c-802")),
        ("The C-802 missile was replaced by the XQ-12 missile.", ("system/xq-12", "replaces", "system/c-802")),
        ("The XQ-12 fighter is the successor to the MiG-21.", ("system/xq-12", "successor_of", "system/mig-21")),
        (
            "The MiG-21 flew long; its successor, the XQ-12 fighter, is new.",
            ("system/xq-12", "successor_of", "system/mig-21"),
        ),
    ],
)
def test_a_successor_and_a_replacement_point_at_the_older_system(text: str, edge: tuple[str, str, str]) -> None:
    assert edge in edges(text)


def test_what_is_replaced_is_what_was_named_last() -> None:
    text = "The frigate Tahmtan carries C-802 missiles; these are being replaced by the XQ-12 missile."
    assert ("system/xq-12", "replaces", "system/c-802") in edges(text)
    assert ("system/xq-12", "replaces", "system/tahmtan") not in edges(text)


def test_all_originals_that_one_clause_names_are_its_targets() -> None:
    text = "A version of the HQ-2 missile and the C-802 missile called the Barq 12 has a range of 150 km."
    found = systems(text, "defence")
    assert [each.name for each in found["system/barq-12"].properties] == ["range"]
    assert found["system/hq-2"].properties == found["system/c-802"].properties == []
