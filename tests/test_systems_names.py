"""How a name is learned: quotation, growth, second names, vouching, sound, tables, articles; and what a class is."""

from __future__ import annotations

import pytest
from systems_sample import article, surfaces, systems

from pipeline.extract.systems import SystemsStage
from pipeline.extract.systems.lookalikes import is_class
from pipeline.extract.systems.reading import readings
from pipeline.record import Block, System, Table
from pipeline.text.offsets import Span


def all_surfaces(text: str, *packs: str) -> list[str | None]:
    return [surface for system in systems(text, *(packs or ("defence",))).values() for surface in surfaces(system)]


# ── quotation ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دو ناو به نیروی دریایی پیوستند. «تهمتن» و «گودرز»، هر دو با ۲۷۵ تن، تندرو بودند.", "گودرز"),
        ("ناو تندروی «بهرام» به آتش کشیده شد.", "بهرام"),
        ("سامانهٔ کره‌ای «چئون ۲» با برد ۴۰ کیلومتر خریداری شد. موشک.", "چئون ۲"),
        ("موشک‌های «محراب» و «آذرگون» آزمایش شدند.", "آذرگون"),
    ],
)
def test_quotation_marks_make_a_name_where_the_sentence_has_said_what_it_is(text: str, name: str) -> None:
    assert name in all_surfaces(text)


@pytest.mark.parametrize(
    "text",
    [
        "فرمانده گفت: «آماده‌ایم» و ناو به بندر برگشت.",
        "این ناو را «افتخار ملی» خواندند و موشک شلیک شد.",
        "موشک شلیک شد و روزنامهٔ «کیهان» آن را نوشت.",
        "موشک‌ها در رزمایش «ولایت» شلیک شدند.",
    ],
)
def test_a_saying_a_paper_or_an_exercise_in_quotation_marks_is_no_system(text: str) -> None:
    assert all_surfaces(text) == []


# ── growth ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The MiG-21 Bison fighter crashed.", "MiG-21 Bison"),
        ("The Exocet SM39 missile was fired.", "Exocet SM39"),
        ("دوازده فروند بمب‌افکن سوخو-۲۴ام‌ک رسید.", "سوخو-۲۴ام‌ک"),
        ("گونهٔ اس-۳۰۰ پی‌ام‌یو-۲ مستقر شد و موشک داشت.", "اس-۳۰۰ پی‌ام‌یو-۲"),
        ("این سامانه با موشک طائر-۲ب کار می‌کند.", "طائر-۲ب"),
        ("هواپیمای بوئینگ ۷۳۷-۸۰۰ سقوط کرد.", "بوئینگ ۷۳۷-۸۰۰"),
        ("جنگندهٔ میراژ ۲۰۰۰-۹ پرواز کرد.", "میراژ ۲۰۰۰-۹"),
        ("هواپیمای آنتونوف آن-۱۴۰ مونتاژ شد.", "آنتونوف آن-۱۴۰"),
        ("رادار رزونانس-ان‌ئی به گرمسار رفت.", "رزونانس-ان‌ئی"),
        ("پهپاد آرکیو-۴ گلوبال هاوک سرنگون شد.", "آرکیو-۴ گلوبال هاوک"),
        ("موشک ۴۸ان۶ئی۲ شلیک شد.", "۴۸ان۶ئی۲"),
    ],
)
def test_a_name_is_as_long_as_it_is_written(text: str, name: str) -> None:
    assert all_surfaces(text) == [name]


def test_a_name_does_not_grow_over_whose_it_is() -> None:
    assert all_surfaces("موشک ذوالفقار انصارالله رهگیری شد.") == ["ذوالفقار"]
    assert all_surfaces("The F-14 Missile Company sold an F-14 fighter.") == ["F-14", "F-14"]


def test_a_version_with_letters_is_another_system_than_the_plain_one() -> None:
    found = systems("سامانهٔ اس-۳۰۰ کهنه است. سامانهٔ اس-۳۰۰ پی‌ام‌یو-۲ نو است.", "defence")
    assert len(found) == 2


def test_a_protocol_takes_its_version() -> None:
    assert "TLS 1.3" in all_surfaces("The TLS 1.3 protocol and the software were tested.", "computing")


# ── second names ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The XQ-12 missile, known in NATO as Sparhawk, is old.", ["XQ-12", "Sparhawk"]),
        ("The heavier XQ-12 launcher, earlier called Gundar, flew.", ["XQ-12", "Gundar"]),
        ("موشک «چلچله» (Chelchele) آزمایش شد.", ["چلچله", "Chelchele"]),
    ],
)
def test_a_second_name_belongs_to_the_same_system(text: str, names: list[str]) -> None:
    found = systems(text, "defence")
    assert [surfaces(system) for system in found.values()] == [names] or sorted(
        name for system in found.values() for name in surfaces(system) if name
    ) == sorted(names)
    assert len(found) == 1


# ── vouching ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The QX-12 missile flew. Later QX-12 failed.", "QX-12"),
        ("The missiles C-802 and ZR-77 were sold.", "ZR-77"),
        ("The C-802 missile is a copy of the ZR-77.", "ZR-77"),
        ("Missiles flew. The ZR-77, a Russian cryogenic engine, failed.", "ZR-77"),
        ("The missile programme ended. India replaced it with the indigenous ZR-77, which gives 200 kN.", "ZR-77"),
        ("Ballistic missiles worry neighbours. Pyongyang fired its Unha-2 over Japan.", "Unha-2"),
        ("نخستین هواپیما یک فروند یونکرس اف-۱۳ بود.", "یونکرس اف-۱۳"),
        ("موشک‌ها دیده شدند. مهاجر-۶ هم در دریا افتاد.", "مهاجر-۶"),
        ("رادار پرندهٔ عدنان-۲ پرواز کرد.", "عدنان-۲"),
        ("قرارداد بالگرد می-۲۸ بسته شد.", "می-۲۸"),
    ],
)
def test_a_designation_is_taken_where_something_vouches_for_it(text: str, name: str) -> None:
    assert name in all_surfaces(text)


@pytest.mark.parametrize(
    "text",
    [
        "Missiles were moved along the M-44 motorway to the port.",
        "The missile debate turned on the ZR-77 visa and the ZR-78 form.",
        "Missiles are 50 km off the Route 44 to Mashhad, near the Hangar 12 gate.",
        "The Minsk-2 agreement did not mention missiles.",
        "او می ۲۸ بار به سو ۳۵ نگاه کرد و موشک دید.",
        "رادار کورجیک در استان ملاطیه است.",
    ],
)
def test_an_article_does_not_make_a_system_of_roads_visas_and_places(text: str) -> None:
    assert all_surfaces(text) == []


def test_a_listed_name_is_taken_where_it_is_a_thing() -> None:
    text = "A launch vehicle is a missile. The {} was prepared."
    assert all_surfaces(text.format("Simorgh")) == ["Simorgh"]
    assert all_surfaces(text.format("Simorgh").replace("The Simorgh", "Simorgh")) == []
    assert all_surfaces(text.format("Simorgh").replace("The Simorgh", "The Simorgh Mountains")) == []


def test_a_listed_persian_name_needs_no_noun_where_it_is_counted() -> None:
    assert all_surfaces("جنگنده خریدند. قرارداد هشتاد فروند رافال امضا شد.") == ["رافال"]


# ── sound and the other language ─────────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_recognised_by_its_sound_in_the_other_language() -> None:
    text = (
        "We present NajvaNet, an open-source speech recogniser software.\n\nدر این مقاله نجوانت با نرم‌افزار سنجیده شد."
    )
    found = systems(text, "computing")
    assert [surfaces(system) for system in found.values()] == [["NajvaNet", "نجوانت"]]


def test_a_word_that_only_begins_alike_is_not_recognised() -> None:
    text = "We present NajvaNet, an open-source software.\n\nدر این مقاله نجواگر با نرم‌افزار سنجیده شد."
    assert all_surfaces(text, "computing") == ["NajvaNet"]


def test_a_listed_name_is_found_by_its_usual_spelling_in_the_other_language() -> None:
    text = "The Safir launcher flew twice.\n\nماهواره‌برها، موشک‌ها، سفیر، قطعنامه"
    found = systems(text, "defence")
    assert [surfaces(system) for system in found.values()] == [["Safir", "سفیر"]]


# ── lists and roles ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_enumeration_may_stand_before_the_noun_that_explains_it() -> None:
    text = "Patients wrote OpenAPX, AndroidAPX and Loop, three programs that run as software."
    assert all_surfaces(text, "computing") == ["OpenAPX", "AndroidAPX", "Loop"]


def test_a_name_is_what_it_is_used_as() -> None:
    assert all_surfaces("The software sent messages with Stechmuck as the broker.", "computing") == ["Stechmuck"]


def test_a_brand_takes_the_number_of_its_model() -> None:
    text = "Insulin pumps are ventilators' cousins. Glucose was read by the Dexter G6 sensor and the Medron 780G, too."
    assert all_surfaces(text, "medical") == ["Dexter G6", "Medron 780G"]


def test_a_title_makes_no_name_of_its_capitals() -> None:
    made = article("Insulin Pumps, Open-Source Software and the Regulation of Artificial Systems", kind="title")
    assert SystemsStage(SystemsStage.Settings(packs=("computing", "medical")))(made)["systems"] == []


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(head: str, *rows: str) -> list[System]:
    """The systems of an article that is a sentence and a table of two columns, its cells parted by bars."""
    lines = [head, *rows]
    text = "Missiles were compared.\n\n" + "\n".join(lines)
    made = article("Missiles were compared.")
    made = type(made)("sample", made.source, text=text)
    start = text.index(head)
    made.blocks.append(Block(kind="paragraph", language="en", span=Span(0, 23)))
    made.blocks.append(Block(kind="table", language="en", span=Span(start, len(text))))
    cells, at = [], start
    for line in lines:
        left = line.partition("|")[0]
        cells.append([Span(at, at + len(left)), Span(at + len(left) + 1, at + len(line))])
        at += len(line) + 1
    made.tables.append(
        Table(
            id="t1",
            span=Span(start, len(text)),
            columns=head.split("|"),
            rows=[r.split("|") for r in rows],
            cells=cells,
        )
    )
    found: list[System] = SystemsStage(SystemsStage.Settings(packs=("defence",)))(made)["systems"]
    return found


def test_the_head_of_a_column_says_what_its_cells_are() -> None:
    found = _table("Missile|Range (km)", "Tahmun|220", "Total|440")
    assert [(system.name.en, [(p.name, p.value) for p in system.properties]) for system in found] == [
        ("Tahmun", [("range", 220)])
    ]


def test_a_column_of_something_else_names_no_system() -> None:
    assert _table("Province|Missiles", "Tahmun|220") == []


# ── classes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Three Alborz-class submarines were built.", ["Alborz-class"]),
        ("دوازده ناوچهٔ کلاس «تهمتن» (Tahmtan) ساخته شد.", ["تهمتن", "Tahmtan"]),
        ("این دو ناوشکن از ردهٔ «تهمتن» بودند.", ["تهمتن"]),
    ],
)
def test_what_is_written_as_the_name_of_a_class_is_a_system(text: str, names: list[str]) -> None:
    assert sorted(all_surfaces(text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "Four corvettes of the Tahmtan class were ordered.",
        "The navy ordered Tahmtan class frigates.",
        "دو ناوچهٔ کلاس تهمتن ساخته شد.",
        "دو ناوچهٔ ردهٔ تهمتن ساخته شد.",
        "دو ناوچه از ردهٔ تهمتن ساخته شد.",
    ],
)
def test_a_ship_whose_name_stands_for_her_class_is_not_spoken_of(text: str) -> None:
    assert all_surfaces(text) == []


def test_the_ship_that_a_class_is_named_after_is_one() -> None:
    text = "The destroyer Tahmtan leads the Tahmtan class.\n\nناوشکن تهمتن نخستین ناو کلاس تهمتن است."
    assert all_surfaces(text) == ["Tahmtan", "تهمتن"]


def test_a_designation_before_the_word_class_stays_a_design() -> None:
    reading = next(readings(article("The Type 054A class of frigates.")))
    at = reading.text.index("Type 054A")
    assert not is_class(reading, Span(at, at + len("Type 054A")))


# ── what Persian writes without quotation marks ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سامانهٔ باستینو روسیه شلیک کرد و موشک داشت.", "باستینو"),
        ("موشک ساحلی ان‌اس‌ام خریداری شد.", "ان‌اس‌ام"),
        ("پهپاد دریایی ماگورا وی۵ ناوچه را زد.", "ماگورا وی۵"),
        ("ناو کهنهٔ «اوچاکوف» غرق شد.", "اوچاکوف"),
        ("امارات نخستین ماهوارهٔ سنجشی خود، دبی‌ست-۱، را فرستاد.", "دبی‌ست-۱"),
    ],
)
def test_a_bare_persian_name_is_found_by_what_stands_around_it(text: str, name: str) -> None:
    assert all_surfaces(text) == [name]


def test_a_name_with_letters_is_found_again_without_them() -> None:
    text = "پهپاد دریایی ماگورا وی۵ ناوچه را زد. سپس ماگورا و پهپادهای دیگر برگشتند."
    assert all_surfaces(text) == ["ماگورا وی۵", "ماگورا"]


@pytest.mark.parametrize("text", ["سامانهٔ بانکداری ایران و موشک‌ها.", "سامانهٔ پایش روسیه کار می‌کند و موشک دارد."])
def test_an_ordinary_word_beside_a_nation_is_no_name(text: str) -> None:
    assert all_surfaces(text) == []


def test_a_keyword_of_its_own_is_a_name_that_the_article_has_taught() -> None:
    text = "موشک «نپتون» آزمایش شد.\n\nدریای سیاه؛ نپتون؛ پدافند ساحلی\n\nستارگان و نپتون و زحل دیده شدند."
    assert all_surfaces(text) == ["نپتون", "نپتون"]
