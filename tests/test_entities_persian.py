"""Persian names: gazetteers, head nouns, titles and given names, and where a name ends without capital letters."""

from __future__ import annotations

from functools import cache

import pytest

import pipeline
from pipeline.record import Entity, Record

STAGES = ["read", "segment", "extract.dates", "extract.systems", "extract.entities"]


@cache
def record(text: str) -> Record:
    return pipeline.process_text(f"# دربارهٔ بندرها\n\n## مقدمه\n\n{text}\n", settings={"stages": STAGES})


def found(text: str) -> set[tuple[str, str]]:
    """Each mention's type and surface."""
    return {(e.type, m.surface or "") for e in record(text).entities for _, m in e.mentions.all()}


def entity(text: str, surface: str) -> Entity:
    return next(e for e in record(text).entities if any(m.surface == surface for _, m in e.mentions.all()))


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("گفت‌وگوها در عمان برگزار شد.", ("GPE", "عمان")),
        ("كشتي‌ها در خليج فارس ماندند.", ("LOC", "خليج فارس")),
        ("این طرح را وزارت علوم، تحقیقات و فناوری پذیرفت.", ("ORG", "وزارت علوم، تحقیقات و فناوری")),
        ("وزارت امور خارجه بیانیه داد.", ("ORG", "وزارت امور خارجه")),
        ("او در دانشگاه شیراز درس خواند.", ("ORG", "دانشگاه شیراز")),
        ("سازمان بنادر و دریانوردی اعلام کرد که بندر باز است.", ("ORG", "سازمان بنادر و دریانوردی")),
        ("عهدنامهٔ گلستان در ۱۸۱۳ بسته شد.", ("LAW", "عهدنامهٔ گلستان")),
        ("قطعنامهٔ ۲۲۳۱ تصویب شد.", ("LAW", "قطعنامهٔ ۲۲۳۱")),
        ("نیروهای مسلح ایران رزمایشی برگزار کردند.", ("ORG", "نیروهای مسلح ایران")),
        ("برنامهٔ هسته‌ای ایران موضوع گفت‌وگو بود.", ("PROGRAM", "برنامهٔ هسته‌ای ایران")),
        ("جنگ ایران و عراق هشت سال به درازا کشید.", ("EVENT", "جنگ ایران و عراق")),
        ("ملوانان ایرانی آن را دیدند.", ("NORP", "ایرانی")),
        ("رمان «شازده احتجاب» را بارها خوانده‌اند.", ("WORK", "شازده احتجاب")),
    ],
)
def test_each_kind_of_name_is_found_with_its_exact_span(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دکتر بهرنگ پندارزاده این را نوشت.", "بهرنگ پندارزاده"),
        ("به گفتهٔ سردار کامبیز نمونه‌وند، کار پایان یافت.", "کامبیز نمونه‌وند"),
        ("غلامحسین رستگارپندار در آن سال مدیر شد.", "غلامحسین رستگارپندار"),
        ("رئیس‌جمهور امانوئل مکرون پاسخ داد.", "امانوئل مکرون"),
    ],
)
def test_a_person_is_found_behind_a_title_or_by_a_given_name_and_the_title_stays_outside(text: str, name: str) -> None:
    assert found(text) == {("PERSON", name)}


def test_a_family_name_is_the_person_named_in_full() -> None:
    text = "غلامحسین رستگارپندار مدیر شد. سال بعد رستگارپندار کناره گرفت."
    assert [m.surface for m in entity(text, "رستگارپندار").mentions.fa] == ["غلامحسین رستگارپندار", "رستگارپندار"]


def test_half_spaces_lost_or_given_as_spaces_do_not_hide_a_name() -> None:
    for written in ("شورای امنیت سازمان ملل متحد", "شوراي امنيت سازمان ملل متحد"):
        assert ("ORG", written) in found(f"{written} رأی داد.")


def test_a_word_that_is_also_a_country_needs_a_cue() -> None:
    assert found("منابع مالی کافی نبود.") == set()
    assert ("GPE", "مالی") in found("کشور مالی در آفریقا است.")
    assert ("GPE", "مالی") in found("نیجر، مالی و الجزایر پیمان بستند.")


def test_a_word_inside_a_longer_word_is_no_name() -> None:
    assert found("چینش صندلی‌ها و ایران‌شناسی موضوع بحث بود.") == set()


def test_a_kind_alone_is_no_name() -> None:
    assert found("این سازمان دولتی و آن شرکت خصوصی با مرکز پژوهشی همکاری کردند.") == set()


def test_the_noun_of_a_compound_verb_is_no_part_of_a_name() -> None:
    assert ("ORG", "سازمان ملل متحد") in found("سازمان ملل متحد اعلام کرد که نشست برگزار می‌شود.")


def test_both_languages_names_of_a_country_are_one_entity() -> None:
    both = pipeline.process_text(
        "# Ports of Oman\n\n## Introduction\n\nOman has two ports.\n\n# بندرهای عمان\n\nعمان دو بندر دارد.\n",
        settings={"stages": STAGES},
    )
    oman = both.entities.by_id("gpe/oman")
    assert len(oman.mentions.en) == len(oman.mentions.fa) == 2
    assert oman.alignment is not None


def test_a_title_inside_a_hyphenless_compound_is_no_title() -> None:
    """The first half of «حاجی‌زاده» is a title only where a space follows it."""
    assert ("PERSON", "زاده") not in found("امیرعلی حاجی‌زاده در بوشهر سخن گفت.")


def test_leaving_school_is_no_people() -> None:
    assert ("NORP", "ترک") not in found("ترک تحصیل در این بندر کم بود.")


def test_the_tagger_is_heard_for_a_full_name_no_other_voice_knows() -> None:
    """«فخری» is no listed given name; the tagger knows its man from the words around."""
    text = "در این دوره فخری هراتی این کتاب را به فارسی نوشت."
    assert ("PERSON", "فخری هراتی") in found(text)
    deaf = pipeline.process_text(
        f"# دربارهٔ بندرها\n\n## مقدمه\n\n{text}\n",
        settings={"stages": STAGES, "extract": {"entities": {"persian_model": False}}},
    )
    assert "فخری هراتی" not in {m.surface for e in deaf.entities for _, m in e.mentions.all()}


def test_the_tagger_alone_makes_no_name_of_a_common_word() -> None:
    assert not {surface for _, surface in found("ایران در گاز جایگاه دوم جهان را دارد. روش: پژوهش میدانی است.")} & {
        "جهان",
        "روش",
    }
