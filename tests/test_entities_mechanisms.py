"""How names get their ends, parts and neighbours, in both languages: an invented sentence for each mechanism."""

from __future__ import annotations

from functools import cache

import pytest

import pipeline
from pipeline.extract.entities.brackets_fa import latin_names, transliterated_persons
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.ends_fa import trimmed, with_ends
from pipeline.extract.entities.lexicon import lexicon
from pipeline.extract.entities.reading import Reading, fold
from pipeline.record import Record
from pipeline.text.offsets import MappedText

STAGES = ["read", "segment", "extract.dates", "extract.systems", "extract.entities"]


@cache
def persian(text: str) -> Record:
    return pipeline.process_text(f"# دربارهٔ نام‌ها\n\n## مقدمه\n\n{text}\n", settings={"stages": STAGES})


@cache
def english(text: str) -> Record:
    return pipeline.process_text(f"# On names\n\n## Introduction\n\n{text}\n", settings={"stages": STAGES})


def found(record: Record) -> set[tuple[str, str]]:
    """Each mention's type and surface."""
    return {(e.type, m.surface or "") for e in record.entities for _, m in e.mentions.all()}


def read(text: str) -> Reading:
    view = MappedText(text, range(len(text)), range(1, len(text) + 1))
    return Reading("fa", view, fold(text))


def spoken(text: str, surface: str, kind: str, confidence: float) -> Candidate:
    """An answer of the tagger for a surface."""
    at = text.index(surface)
    return Candidate(at, at + len(surface), kind, "model", confidence=confidence)  # type: ignore[arg-type]


def begun(text: str, surface: str, kind: str, method: str = "pattern") -> Candidate:
    """A name that another voice found."""
    at = text.index(surface)
    return Candidate(at, at + len(surface), kind, method)  # type: ignore[arg-type]


def surfaces(text: str, names: list[Candidate]) -> list[str]:
    return [text[name.start : name.end] for name in names]


# Where a Persian name ends, by the tagger.


def test_an_organisation_that_a_head_began_ends_where_the_tagger_ends_it() -> None:
    text = "مرکز پایش گیاهان کمیاب گزارش داد."
    ends = with_ends(
        read(text), [begun(text, "مرکز پایش", "ORG")], [spoken(text, "مرکز پایش گیاهان کمیاب", "ORG", 0.8)]
    )
    assert surfaces(text, ends) == ["مرکز پایش گیاهان کمیاب"]


def test_an_organisation_swallows_the_country_in_its_name() -> None:
    text = "شرکت مدیریت شبکهٔ برق ایران دو خط ساخت."
    ends = with_ends(
        read(text),
        [begun(text, "ایران", "GPE", "gazetteer")],
        [spoken(text, "شرکت مدیریت شبکهٔ برق ایران", "ORG", 0.7)],
    )
    assert surfaces(text, ends) == ["شرکت مدیریت شبکهٔ برق ایران"]


def test_a_listed_organisation_keeps_its_end_whatever_the_tagger_says() -> None:
    text = "سازمان برنامه و بودجه منابع را برد."
    listed = begun(text, "سازمان برنامه و بودجه", "ORG", "gazetteer")
    ends = with_ends(read(text), [listed], [spoken(text, "سازمان برنامه و بودجه منابع", "ORG", 0.95)])
    assert surfaces(text, ends) == ["سازمان برنامه و بودجه"]


def test_a_person_may_be_called_like_a_town() -> None:
    text = "در آن شب ایوان سادکوف آمد."
    ends = with_ends(
        read(text), [begun(text, "ایوان", "GPE", "gazetteer")], [spoken(text, "ایوان سادکوف", "PERSON", 0.95)]
    )
    assert [(name.type, text[name.start : name.end]) for name in ends] == [("PERSON", "ایوان سادکوف")]


def test_a_regnal_name_goes_on_as_far_as_the_tagger_hears_it() -> None:
    text = "نامه به سلطان محمد فاتح رسید."
    ends = with_ends(read(text), [begun(text, "سلطان محمد", "PERSON")], [spoken(text, "محمد فاتح", "PERSON", 0.95)])
    assert surfaces(text, ends) == ["سلطان محمد فاتح"]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("سازمان میراث و موزهٔ ملی", "سازمان میراث"),
        ("ستاد اقلیم، شمار", "ستاد اقلیم"),
        ("سازمان اقلیم آن", "سازمان اقلیم"),
    ],
)
def test_the_tagger_s_answer_stops_before_signs_other_heads_and_words_that_end_no_name(answer: str, kept: str) -> None:
    whole = trimmed(read(f"گفت {answer} بود"), spoken(f"گفت {answer} بود", answer, "ORG", 0.9))
    assert whole is not None
    assert f"گفت {answer} بود"[whole.start : whole.end] == kept


def test_a_title_that_the_tagger_took_in_is_left_outside() -> None:
    text = "ناخدا بهمن رستگارپندار آمد"
    whole = trimmed(read(text), spoken(text, "ناخدا بهمن رستگارپندار", "PERSON", 0.9))
    assert whole is not None
    assert text[whole.start : whole.end] == "بهمن رستگارپندار"


# Persian grammar.


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("قانون توزیع عادلانهٔ نور تصویب شد.", ("LAW", "قانون توزیع عادلانهٔ نور")),
        ("قانون مدیریت زباله‌ها اجرا نمی‌شود.", ("LAW", "قانون مدیریت زباله‌ها")),
        ("لایحهٔ حمایت از زنبورداران به مجلس رفت.", ("LAW", "لایحهٔ حمایت از زنبورداران")),
        ("قانون مبارزه با دودکش‌ها بازنگری شد.", ("LAW", "قانون مبارزه با دودکش‌ها")),
        ("طرح انتقال آب به دشت مغان ادامه دارد.", ("PROGRAM", "طرح انتقال آب به دشت مغان")),
        ("قرارداد ۱۹۲۱ آن را بازگرداند.", ("LAW", "قرارداد ۱۹۲۱")),
        ("عهدنامهٔ ۱۹۷۵ الجزایر مرز را روشن کرد.", ("LAW", "عهدنامهٔ ۱۹۷۵ الجزایر")),
        ("قانون کار روشن است و در مادهٔ ۴۱ از مزد می‌گوید.", ("LAW", "مادهٔ ۴۱")),
        ("ترکمن ها از مرز گذشتند.", ("NORP", "ترکمن ها")),
        ("پژوهشگران غربی این را نپذیرفتند.", ("NORP", "غربی")),
        ("با شرکت ترک قرارداد بستند.", ("NORP", "ترک")),
        ("کشتی‌ها در مدیترانهٔ شرقی ماندند.", ("LOC", "مدیترانهٔ شرقی")),
        ("سرلشکر تازه از ارتش جمهوری اسلامی ایران سخن گفت.", ("ORG", "ارتش جمهوری اسلامی ایران")),
        ("یورش مغول شهر را ویران کرد.", ("EVENT", "یورش مغول")),
        ("همه‌گیری کووید-۱۹ مدرسه‌ها را بست.", ("EVENT", "کووید-۱۹")),
        ("کارخانه را شرکت آمریکایی مورگنسنودن ساخت.", ("ORG", "مورگنسنودن")),
    ],
)
def test_persian_names_go_as_far_as_their_grammar(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(persian(text))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("این کار با شرکت روسیه، قزاقستان و بلاروس انجام شد.", "شرکت روسیه"),
        ("شرکت های بزرگ آمدند.", "شرکت های"),
        ("کانون‌های قدیمی بسته شد.", "کانون‌های قدیمی"),
        ("وزیر امور خارجه آمد.", "امور"),
        ("سفر مهاجران به شمال دراز بود.", "مهاجران"),
        ("خدمات را شرکت خدمات برق تبریز ساخت.", "شرکت خدمات برق تبریز ساخت"),
        ("به گفتهٔ رئیس‌جمهور همکار تازه آمده است.", "همکار"),
    ],
)
def test_what_only_looks_like_a_persian_name_is_none(text: str, surface: str) -> None:
    assert surface not in {name for _, name in found(persian(text))}


def test_an_article_counts_only_in_a_text_that_names_a_law() -> None:
    assert ("LAW", "مادهٔ ۴۱") not in found(persian("مادهٔ ۴۱ از این کتاب در پیوست آمده است."))


def test_a_treaty_of_a_town_has_the_town_inside() -> None:
    mentions = found(persian("عهدنامهٔ ترکمانچای ایران را دگرگون کرد."))
    assert {("LAW", "عهدنامهٔ ترکمانچای"), ("GPE", "ترکمانچای")} <= mentions


def test_a_dam_named_for_a_river_has_the_river_inside() -> None:
    mentions = found(persian("سد کرخه دریچه‌ها را بست."))
    assert {("FAC", "سد کرخه"), ("LOC", "کرخه")} <= mentions


# Latin letters in Persian text.


def test_brackets_behind_a_persian_name_hold_its_latin_form() -> None:
    mentions = found(persian("باری بوزان (Barry Buzan) در چتم هاوس (Chatham House) سخن گفت."))
    assert {("ORG", "چتم هاوس"), ("ORG", "Chatham House")} <= mentions


def test_an_acronym_in_brackets_is_the_organisation_before_it_wherever_it_stands() -> None:
    text = "صندوق توسعهٔ ملی (NDF) وام داد و NDF آن را بخشید."
    reading = read(text)
    names = list(latin_names(reading, [begun(text, "صندوق توسعهٔ ملی", "ORG")], lexicon(), Occupied(len(text))))
    assert [(name.type, text[name.start : name.end]) for name in names] == [("ORG", "NDF"), ("ORG", "NDF")]


def test_a_person_that_no_list_has_is_known_by_the_latin_form_in_brackets() -> None:
    text = "به گفتهٔ الوین تورسنگرد (Elvin Torsengard) چنین نیست."
    persons = list(transliterated_persons(read(text), Occupied(len(text))))
    assert surfaces(text, persons) == ["الوین تورسنگرد"]


def test_words_that_do_not_sound_like_the_brackets_are_no_person() -> None:
    text = "این وابستگی تسلیحاتی (Elvin Torsengard) نام دارد."
    assert list(transliterated_persons(read(text), Occupied(len(text)))) == []


# English.


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The Treaty of Velmor, signed late, says so in Article 71 and nowhere else.", ("LAW", "Article 71")),
        ("The Chemical Weapons Convention and Article 12 of the Constitution agree.", ("LAW", "Constitution")),
        (
            "The court held in Velmor v. Islamic Republic of Iran that it could.",
            ("LAW", "Velmor v. Islamic Republic of Iran"),
        ),
        ("ISO 24113 is voluntary, as the Hague Code of Conduct is.", ("LAW", "ISO 24113")),
        ("He taught at the Institute of Art and Law, in Leicester.", ("ORG", "Institute of Art and Law")),
        (
            "She joined the Defence Research and Development Laboratory.",
            ("ORG", "Defence Research and Development Laboratory"),
        ),
        (
            "He signed at the Permanent Mission of Iran to the United Nations.",
            ("ORG", "Permanent Mission of Iran to the United Nations"),
        ),
        ("The Mixed Courts of Egypt were closed.", ("ORG", "Mixed Courts of Egypt")),
        ("The Urmia Lake Restoration National Committee met.", ("ORG", "Urmia Lake Restoration National Committee")),
        ("Villages in Eastern Anatolia were empty.", ("LOC", "Eastern Anatolia")),
        ("Under A. P. J. Abdul Kalam it flew.", ("PERSON", "A. P. J. Abdul Kalam")),
        ("It was closed under Nubar Pasha in 1875.", ("PERSON", "Nubar Pasha")),
    ],
)
def test_english_names_are_whole(text: str, mention: tuple[str, str]) -> None:
    assert mention in found(english(text))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The tablets, written in Elamite under the king, record rations.", "Elamite"),
        ("Article 5 of this journal was misprinted.", "Article 5"),
        ("Ayatollah Khomeini spoke against it.", "Ayatollah Khomeini"),
    ],
)
def test_what_only_looks_like_an_english_name_is_none(text: str, surface: str) -> None:
    assert surface not in {name for _, name in found(english(text))}


def test_a_river_with_a_town_s_name_is_a_river_where_it_has_an_article() -> None:
    assert ("LOC", "Sirvan") in found(english("Farmers lived by the drying of the Sirvan."))


def test_a_state_with_an_article_stays_a_state() -> None:
    assert ("LOC", "Iran") not in found(english("Today China and the Iran are interdependent."))
