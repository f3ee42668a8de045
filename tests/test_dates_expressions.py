"""Every expression of ``data/dates.yaml`` is found, with exactly its words and its value, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.dates import read_dates
from pipeline.extract.dates.folding import fold
from pipeline.extract.dates.lookalikes import introduced_numbers
from pipeline.extract.dates.values import date_type, date_value

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "dates.yaml").read_text("utf-8"))


def language_of(text: str) -> Any:
    return "fa" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"


def findings(text: str) -> list[tuple[Any, ...]]:
    folded = fold(text)
    found = read_dates(folded, language_of(text), frozenset(introduced_numbers(folded)))
    result = []
    for expression in found:
        value = date_value(expression)
        surface = text[expression.start : expression.end]
        result.append((surface, date_type(expression), value.edtf, value.native, value.modifier))
    return result


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_an_expression_is_found_with_its_words_and_value(case: dict[str, Any]) -> None:
    expected = [
        (surface, kind, edtf, (more[0] if more else {}).get("native"), (more[0] if more else {}).get("modifier"))
        for surface, kind, edtf, *more in case["finds"]
    ]
    assert findings(case["text"]) == expected


def test_the_table_covers_both_languages_three_calendars_and_enough_lookalikes() -> None:
    expressions = [(language_of(case["text"]), find) for case in CASES for find in case["finds"]]
    assert sum(language == "en" for language, _ in expressions) >= 100
    assert sum(language == "fa" for language, _ in expressions) >= 100
    assert sum(not case["finds"] for case in CASES) >= 80
    natives = [find[3].get("native") or "" for _, find in expressions if find[3:]]
    assert sum(native.startswith(("0", "10", "11", "12")) for native in natives) >= 20
    assert sum(native.startswith(("13", "14")) for native in natives) >= 60


def test_a_number_introduced_as_a_resolution_is_a_year_where_a_preposition_says_so() -> None:
    text = "Resolution 1929 was passed. The crisis of that kind began in 1929."
    assert [found[0] for found in findings(text)] == ["1929"]


def test_a_day_that_does_not_exist_is_not_read_as_one() -> None:
    assert all(kind != "date" for _, kind, *_ in findings("It is dated 31 February 2015 and ۳۱ مهر ۱۳۹۰."))


def test_an_english_date_inside_persian_text_is_found() -> None:
    assert ("March 2013", "month", "2013-03", None, None) in findings("این سند (March 2013) تازه نیست.")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0129 ۱۳۵۷-/.,()abMay inسالدههاز تا قرن\u200c\n", max_size=60))
def test_findings_never_overlap_and_lie_inside_any_text(text: str) -> None:
    for language in ("en", "fa"):
        found = read_dates(fold(text), language)  # type: ignore[arg-type]
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert all(one.end <= two.start for one, two in pairwise(found))


WORDS = [
    *"سال سال‌های دهه دههٔ قرن سدهٔ ق. ه.ش ه‍.ق هجری شمسی شاهنشاهی م. خ. از تا بین فاصلهٔ و ، – / پس حدود اوایل".split(),
    *"نیمهٔ اول پایان ۱۲ ۳۱ ۳۰ ۱۳۵۷ ۱۴۳۷ ۸۷۳ ۱۹۷۹ ۵۷ ۹۹۹۹ ۰ خرداد مهر اسفند رمضان صفر فوریه مه هزار سیصد هفتم".split(),
    *"since after from to between and early mid-to-late c. 2015 1302 898 57 31 0 9999 AH AHS BC Sh. 1950s '60s".split(),
    *"century nineteenth Q3 FY2015 March February Esfand Ramadan winter - / , ( ) onwards 2015-07-14".split(),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", "", "\u200c", "\n"])), max_size=12))
def test_any_mixture_of_words_of_time_has_values_that_can_be_written(words: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in words)
    for language in ("en", "fa"):
        for each in read_dates(fold(text), language):  # type: ignore[arg-type]
            value = date_value(each)
            assert text[each.start : each.end] == text[each.start : each.end].strip()
            assert value.calendar == "gregorian" or value.native


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
