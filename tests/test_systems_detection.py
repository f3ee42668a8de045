"""Which words of an article are found as systems, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from systems_sample import surfaces, systems

from pipeline.extract.systems.folding import fold, latin_prefixes
from pipeline.extract.systems.nationality import is_country_word


def test_spellings_of_one_designation_are_one_system_in_both_languages() -> None:
    text = "Two C-802 missiles, a C802 and ten C-802s were fired.\n\nموشک سی-۸۰۲ شلیک شد و سی ۸۰۲ دیگر نه."
    found = systems(text, "defence")
    assert list(found) == ["system/c-802"]
    assert surfaces(found["system/c-802"]) == ["C-802", "C802", "C-802s", "سی-۸۰۲", "سی ۸۰۲"]
    assert (found["system/c-802"].name.en, found["system/c-802"].designation) == ("C-802", "C802")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The navy fired a “Mehrab” long-range anti-ship missile.", "Mehrab"),
        ("The destroyer Tahmtan sailed with the helicopter carrier Rostam.", "Tahmtan"),
        ("The Tahmtan destroyer sailed.", "Tahmtan"),
        ("A missile called the Barq 12 was shown.", "Barq 12"),
        ("Two frigates, named Tahmtan and Rostam, arrived.", "Tahmtan"),
        ("The frigates Tahmtan and Rostam arrived.", "Rostam"),
        ("The XQ-12 air defence system was tested.", "XQ-12"),
        ("Its missiles such as the XQ-12 are old.", "XQ-12"),
        ("The sailors of USS Evergreen returned.", "USS Evergreen"),
        ("Pilots flew the MQ-9 Reaper drone.", "MQ-9 Reaper"),
        ("ناوشکن تهمتن به بندر رسید.", "تهمتن"),
        ("موشک «محراب» آزمایش شد.", "محراب"),
        ("موشک بالستیک ایرانی «محراب» آزمایش شد.", "محراب"),
        ("سامانهٔ پدافند هوایی باور-۳۷۳ رونمایی شد.", "باور-۳۷۳"),
        ("پهپاد توفان ۱۲ پرواز کرد.", "توفان ۱۲"),
        ("جنگنده‌های اف-۱۴ و میگ-۲۹ پرواز کردند.", "میگ-۲۹"),
    ],
)
def test_a_name_is_found_by_its_form_or_its_noun(text: str, expected: str) -> None:
    found = systems(text, "defence")
    assert expected in [surface for system in found.values() for surface in surfaces(system)]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 1929 and UNSCR 1929 restrict missiles; see S/2010/283 and Annex B-2.",
        "The P5+1 and the A2/AD missile strategy of the G7 and the G20 were discussed.",
        "COVID-19, H1N1, vitamin B12, CO2 and the COX-2 gene (F(2,30)=4.1, p<0.05) delayed the missile.",
        "Article F-16 of the code, Route A-10 and an H-1B visa do not name a fighter.",
        "Iranian warships and U.S. Navy ships carry missiles. NATO missiles and PLAN vessels left.",
        "The Isfahan missile factory and the SAM and MANPAD missiles are mentioned.",
        "The missile crisis shaped the E3; the Vision 2030 was announced and the Euro 2020 was played.",
        "Missiles were seen in the Phase 2, the Group 7 and the Level 3; the Minsk-2 accord failed.",
        "The grant R01-DK12, the A-10 road and the M-4 motorway carried no missile.",
        "توافق مینسک-۲، جدول-۳، اتاق ب-۱۲، لایحه-۸ و سال-۹۰ از موشک سخن نمی‌گویند.",
        "China's growing missile force and Saudi Arabia improved ballistic missiles.",
        "Two frigates of the Tahmtan class were built.",
        "دو ناوچهٔ کلاس تهمتن ساخته شد و ناو افتاد.",
        "در قطعنامه ۱۹۲۹ و ماده ۴۱ از موشک ایرانی و ناوشکن جدید و ناو جنگی سخن رفته است.",
        "ناوهای آمریکایی در خلیج فارس هستند و موشک‌های دوربرد ساخته شد.",
    ],
)
def test_look_alikes_are_not_systems(text: str) -> None:
    assert systems(text, "defence") == {}


def test_nothing_is_found_in_citations_and_addresses() -> None:
    text = "Old missiles exist (C-802 Report, 2010) at https://example.org/c-802/F-16 and a-16@example.org."
    assert systems(text, "defence", citations=("(C-802 Report, 2010)",)) == {}


def test_a_learned_name_is_found_again_but_not_as_a_place() -> None:
    text = "The destroyer Tahmtan sailed. Later Tahmtan returned. Tourists live in Tahmtan and near Tahmtan Island."
    assert surfaces(systems(text, "defence")["system/tahmtan"]) == ["Tahmtan", "Tahmtan"]


def test_a_name_that_is_a_common_word_stays_beside_its_noun() -> None:
    text = "The “Thunder” anti-ship missile is new. Then Thunder was heard, and thunder again."
    assert surfaces(systems(text, "defence")["system/thunder"]) == ["Thunder"]


def test_two_names_in_one_pair_of_quotation_marks_are_one_system() -> None:
    found = systems("The “Mehrab or Altar” anti-ship missile is new.", "defence")
    assert list(found) == ["system/mehrab"]
    assert surfaces(found["system/mehrab"]) == ["Mehrab", "Altar"]


def test_a_family_that_needs_a_noun_is_vouched_for_by_another_mention() -> None:
    found = systems("The M-9 missile exists. They sold parts for M-9s.", "defence")
    assert surfaces(found["system/m-9"]) == ["M-9", "M-9s"]
    assert systems("The M-9 was closed to cars; missiles were not seen there. Missiles.", "computing") == {}


def test_a_medical_article_names_only_its_software() -> None:
    text = (
        "Blood vessels and the HLA-B27 antigen were studied; IL-6 and CD4 fell.\n\n"
        "The Cox model was fitted in the SPSS software in Room B-12 under grant R01."
    )
    assert list(systems(text)) == ["system/spss"]


def test_the_computing_pack_finds_named_software_in_both_languages() -> None:
    text = (
        "We present Negar, an open-source platform written in the Python programming language. Negar uses ERC721.\n\n"
        "پلتفرمی متن‌باز به نام نگارین با زبان برنامه‌نویسی پایتون و چارچوب Django ساخته شد و «سایه» نرم‌افزار نیست."
    )
    found = systems(text)
    assert {"system/negar", "system/python", "system/erc-721", "system/نگارین", "system/django"} <= set(found)
    assert surfaces(found["system/python"]) == ["Python", "پایتون"]
    assert "system/سایه" not in found


def test_camel_case_alone_is_no_system() -> None:
    assert systems("این نرم‌افزار با RemoteProcedureCall و DesignByContract و نرم‌افزارهای دیگر کار می‌کند.") == {}


@given(st.sampled_from(["C", "HQ", "QW", "DF"]), st.integers(1, 999), st.sampled_from(["", "-", " "]))
def test_a_designation_folds_alike_with_and_without_separator(prefix: str, number: int, gap: str) -> None:
    assert fold(f"{prefix}{gap}{number}s") == f"{prefix}{number}"


def test_persian_letter_names_stand_for_latin_letters() -> None:
    assert latin_prefixes("اس") == ["S"]
    assert latin_prefixes("جی اف") == ["JF", "GF"]
    assert latin_prefixes("کتاب") == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The C-802",
                "missile",
                "“Noor”",
                "ناوشکن",
                "جماران",
                "سی-۸۰۲",
                ",",
                ".",
                "and",
                "\n",
                "\n\n",
                "(",
                "F-14",
                "destroyer",
                "Dena",
                "۱۲",
                "is a copy of",
            ]
        ),
        max_size=14,
    )
)
def test_any_text_yields_spans_that_hold_their_surface(words: list[str]) -> None:
    systems(" ".join(words), "defence")


@pytest.mark.parametrize("name", ["کره شمالی", "کرهٔ شمالی", "کره‌ شمالی", "کرهٔ\u200cشمالی"])
def test_a_country_is_known_with_or_without_its_small_hamza(name: str) -> None:
    found = systems(f"موشک سی-۸۰۲ ساخت {name} است.", "defence")
    assert is_country_word(name)
    assert [origin.country for origin in found["system/c-802"].origin] == ["KP"]
