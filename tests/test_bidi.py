"""From visual to logical order: what a page shows from left to right, as it is read."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.bidi import logical_order
from pipeline.text.bidi_levels import levels, shown_order
from pipeline.text.brackets import mend_brackets, mirrored

LINES = [
    "در سال‌های 1955-1962 هر دو با هم کار می‌کردند",
    "بنا بر شاخص Cohen's kappa = 0.82، ناچیز بود.",
    "این دو دستگاه (KX-210 و MRS-7B) تا سال ۱۳۵۷ کار می‌کردند.",
    "به نوشتهٔ Hartwell (1931: 14)، سه پسر خود را هم نگهبان کرد",
    "پژوهشگران (لاری، ۱۳۸۸: ۴۵-۵۲؛ Moore & Daryaei, 2004) دربارهٔ علت",
    "نشانی داده‌ها https://example.org/lights است و نشانی ما a.b@example.org",
    "فصلنامهٔ تاریخ دریانوردی، ۳(۲)، ۱۱-۲۹.",
    "خوانا بود (۸۵٫۸ درصد). تاریخ آن ۱۳۳۴/۰۵/۱۲ است",
    "از ۱۲٬۴۰۰ ریال به ۸٬۰۶۰ ریال رسید؛ یعنی ۳۵٪ کمتر.",
    "«رادار TR-5 (ساخت Calder Works) هر شب خاموش می‌شود.»",
    "موشک C-802 (با برد 120 km) در سال 2006 آزموده شد",
    "نرم‌افزار ScanTailor 1.0 و Windows 10 به کار رفت",
]


def shown(text: str, base: int) -> list[str]:
    """The characters of a line from left to right, brackets mirrored where they are read from right to left."""
    ranks = levels(text, base)
    turned = [mirrored(c) if rank % 2 else c for c, rank in zip(text, ranks, strict=True)]
    return [turned[at] for at in shown_order(ranks, text, base)]


def read(visual: list[str], before: str = "") -> str:
    order = logical_order(visual, "rtl", before)
    return "".join(mirrored(visual[at]) if turned else visual[at] for at, turned in order)


@pytest.mark.parametrize("line", LINES)
def test_a_mixed_line_is_read_as_it_was_written(line: str) -> None:
    assert read(shown(line, 1)) == line


@given(st.text("ابمی abcX12۳۴ .,:-/()[]%٪«»،", min_size=1, max_size=24), st.integers(0, 1))
def test_levels_are_those_of_the_unicode_bidirectional_algorithm(text: str, base: int) -> None:
    ranks = levels(text, base)
    ours = "".join(text[at] for at in shown_order(ranks, text, base))
    assert ours == get_display(text, base_dir="R" if base else "L")


@given(st.lists(st.sampled_from(["کتاب", "و", "خانه‌ها", "KX", "AB", "۱۳۵۷", "12", "در"]), min_size=1, max_size=8))
def test_no_character_is_lost_or_made(words: list[str]) -> None:
    line = " ".join(words)
    assert sorted(read(shown(line, 1))) == sorted(line)


@given(st.lists(st.sampled_from(["کتاب", "و", "خانه‌ها", "در", "سال", "شد"]), min_size=1, max_size=8))
def test_a_line_of_one_direction_is_simply_turned(words: list[str]) -> None:
    line = " ".join(words)
    assert read(shown(line, 1)) == line


def test_the_line_above_tells_how_a_line_begins() -> None:
    whole = "به نوشتهٔ Hartwell (1931: 14)، سه پسر"
    cut = whole.index("14)")
    first, second = whole[: cut - 1], whole[cut:]
    ranks = levels(whole, 1)
    line = [second[at] for at in shown_order(ranks[cut:], second, 1)]
    assert read(line, first) == second


def test_a_range_of_years_runs_forward_whichever_way_it_is_shown() -> None:
    assert read(list("هب 1955-1962 لاس")) == "سال 1955-1962 به"
    assert read(list("هب 1962-1955 لاس")) == "سال 1955-1962 به"


@pytest.mark.parametrize(
    ("shown_text", "meant"),
    [
        (")2015( گزارش", "(2015) گزارش"),
        ("دورهٔ 12)3)، 201", "دورهٔ 12(3)، 201"),
        ("»چشم شب« نام داشت", "«چشم شب» نام داشت"),
        ("(درست) است", "(درست) است"),
    ],
)
def test_brackets_that_lost_their_direction_are_turned(shown_text: str, meant: str) -> None:
    assert mend_brackets(shown_text) == meant


def test_numbers_that_go_on_with_persian_words_of_the_line_above_follow_from_right_to_left() -> None:
    def read_on(visual: str, before: str) -> str:
        return "".join(visual[at] for at, _ in logical_order(list(visual), "ltr", before))

    assert read_on("۴۴ ،۱۳۹۰).", "Kashigar 2016, 201-5; یزدی") == "۱۳۹۰، ۴۴)."
    assert read_on("۱۳۹۰, ۴۴).", "as Kashigar says in") == "۱۳۹۰, ۴۴)."
    assert read_on("44, 1390).", "یزدی") == "44, 1390)."


def test_an_address_that_a_line_ends_with_keeps_its_slashes_behind_the_scheme() -> None:
    assert read(list("//:https رد همانرب دک")) == "کد برنامه در https://"
