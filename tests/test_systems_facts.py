"""What is said of a system: kind, origin, properties, relations."""

from __future__ import annotations

import pytest
from systems_sample import systems

from pipeline.record import Property


def _property(text: str, system: str, name: str) -> Property:
    return next(each for each in systems(text, "defence")[system].properties if each.name == name)


@pytest.mark.parametrize(
    ("text", "system", "kind"),
    [
        ("The “Mehrab” missile system is a new anti-ship missile.", "system/mehrab", "anti_ship_missile"),
        ("The U.S. Stinger anti-aircraft missile is light.", "system/stinger", "manpads"),
        ("The S-300 weapons system is old. A missile.", "system/s-300", "surface_to_air_missile"),
        ("The helicopter carrier Rostam sailed with the destroyer Tahmtan.", "system/tahmtan", "warship"),
        ("The helicopter carrier Rostam sailed with the destroyer Tahmtan.", "system/rostam", "helicopter_carrier"),
        ("The XQ-12 is a version of the DF-21 missile. Ballistic missiles.", "system/xq-12", "ballistic_missile"),
        ("موشک کروز ضدکشتی «محراب» آزمایش شد.", "system/محراب", "anti_ship_missile"),
    ],
)
def test_the_kind_is_the_most_specific_that_the_text_supports(text: str, system: str, kind: str) -> None:
    found = systems(text if "XQ" not in text else text.replace("XQ-12", "XQ-12 missile"), "defence")[system]
    assert found.kind_id == kind
    assert found.kind.fa


def test_an_adjective_of_nation_spreads_over_an_enumeration() -> None:
    found = systems("The Chinese C-704 and C-705 missiles, and China's C-802 missile.", "defence")
    assert {key: [origin.country for origin in each.origin] for key, each in found.items()} == {
        "system/c-704": ["CN"], "system/c-705": ["CN"], "system/c-802": ["CN"],
    }  # fmt: skip


def test_who_delivers_is_an_implied_origin_and_who_receives_a_property() -> None:
    text = "China sold XQ-12 missiles to Pakistan."
    found = systems(text, "defence")["system/xq-12"]
    assert [(origin.country, origin.basis) for origin in found.origin] == [("CN", "implied")]
    assert [each.value for each in found.properties if each.name == "supplied_to"] == ["PK"]


def test_a_range_with_its_equivalent_in_miles_is_one_property() -> None:
    text = "The HQ-2 missile has an effective range of 12-32 km (7-20 miles)."
    found = _property(text, "system/hq-2", "effective_range")
    assert (found.minimum, found.value, found.maximum, found.unit) == (12, 32, 32, "km")
    assert text[found.evidence.start : found.evidence.end] == "effective range of 12-32 km"
    assert len(systems(text, "defence")["system/hq-2"].properties) == 1


@pytest.mark.parametrize(
    ("text", "system", "name", "value", "unit"),
    [
        ("The C-802 missile has a range of approximately 1,120 km.", "system/c-802", "range", 1120, "km"),
        ("The destroyer Tahmtan displaces 1,500 tons.", "system/tahmtan", "displacement", 1500, "t"),
        ("موشک «محراب» با برد ۱۲۰ کیلومتر ساخته شد.", "system/محراب", "range", 120, "km"),
        ("The “Mehrab” missile, unveiled in 2011, is new.", "system/mehrab", "unveiled", 2011, "year"),
        ("They agreed to sell 150 C-802s to Oman.", "system/c-802", "quantity_ordered", 150, "units"),
        ("They sold C-802 missiles but only 75 were delivered.", "system/c-802", "quantity_delivered", 75, "units"),
    ],
)
def test_stated_properties_have_value_and_unit(text: str, system: str, name: str, value: int, unit: str) -> None:
    found = _property(text, system, name)
    assert (found.value, found.unit) == (value, unit)


def test_a_measure_has_its_si_value_beside_it() -> None:
    found = _property("The HQ-2 missile has a range of 12-32 km (7-20 miles).", "system/hq-2", "range")
    assert found.si is not None
    assert (found.si.minimum, found.si.value, found.si.unit) == (12000, 32000, "m")
    fast = _property("The destroyer Tahmtan has a speed of 36 knots.", "system/tahmtan", "speed")
    assert fast.si is not None
    assert (fast.si.value, fast.si.unit) == (pytest.approx(18.52), "m/s")


def test_a_property_after_a_relation_belongs_to_the_variant() -> None:
    text = "The “Mehrab” missile appears to be a variant of the C-802, with a range of 300 km."
    found = systems(text, "defence")
    assert [each.name for each in found["system/mehrab"].properties] == ["range"]
    assert found["system/c-802"].properties == []


def test_enumerated_targets_give_one_relation_each_with_the_hedge() -> None:
    text = "The “Mehrab” missile is believed to be based on China's C-704 and C-705 missile systems."
    relations = systems(text, "defence")["system/mehrab"].relations
    assert [(each.type, each.target, each.qualifier) for each in relations] == [
        ("based_on", "system/c-704", "believed to be"), ("based_on", "system/c-705", "believed to be"),
    ]  # fmt: skip
    evidence = relations[0].evidence
    assert text[evidence.start : evidence.end] == "believed to be based on China's C-704 and C-705 missile systems"


@pytest.mark.parametrize(
    ("text", "source", "relation", "target"),
    [
        ("The HQ-2 missile was renamed the XQ-7 missile.", "system/hq-2", "renamed_as", "system/xq-7"),
        ("They make a version of the HQ-2 missile called the Barq 12.", "system/barq-12", "variant_of", "system/hq-2"),
        ("The HQ-9 missile is similar in many ways to the S-300.", "system/hq-9", "similar_to", "system/s-300"),
        ("The “Mehrab” missile is new. It is a copy of the C-802.", "system/mehrab", "copy_of", "system/c-802"),
        ("موشک «محراب» بر پایهٔ موشک چینی سی-۸۰۲ ساخته شد.", "system/محراب", "based_on", "system/c-802"),
        ("موشک «محراب» نسخه‌ای از سی-۸۰۲ است.", "system/محراب", "variant_of", "system/c-802"),
        ("The destroyer Tahmtan is armed with C-802 missiles.", "system/c-802", "carried_by", "system/tahmtan"),
    ],
)
def test_relations_lead_from_the_system_the_sentence_is_about(
    text: str, source: str, relation: str, target: str
) -> None:
    assert (relation, target) in [(each.type, each.target) for each in systems(text, "defence")[source].relations]
