"""The Gregorian values of ``data/dates.yaml`` are those that libraries compute from the native ones."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import jdatetime
import pytest
from convertdate import islamic, persian
from hijridate import Hijri
from test_dates_expressions import CASES

_PLAIN = re.compile(r"\d{4}(?:-[01]\d(?:-\d\d)?)?")


def periods(calendar: str) -> list[tuple[str, str, str]]:
    """(native, first day, last day) of the years, months and days that the table gives in a calendar."""
    result = set()
    for find in (find for case in CASES for find in case["finds"] if find[3:] and find[2]):
        native = find[3].get("native") or ""
        if _PLAIN.fullmatch(native):
            first, _, last = find[2].replace("~", "").replace("?", "").partition("/")
            jalali = int(first[:4]) - int(native[:4]) in (621, 622)
            if jalali == (calendar == "jalali"):
                result.add((native, first, last or first))
    return sorted(result)


def ends(native: str, length: Callable[[int, int], int]) -> list[tuple[int, int, int]]:
    """The first and the last day of a period of a calendar whose months have the given lengths."""
    year, month, day = [*map(int, native.split("-")), 0, 0][:3]
    return [(year, month or 1, day or 1), (year, month or 12, day or length(year, month or 12))]


def jalali_length(year: int, month: int) -> int:
    return 31 if month < 7 else 30 if month < 12 or jdatetime.date(year, 1, 1).isleap() else 29


@pytest.mark.parametrize(("native", "first", "last"), periods("jalali"))
def test_a_jalali_value_is_that_of_jdatetime(native: str, first: str, last: str) -> None:
    assert [str(jdatetime.date(*day).togregorian()) for day in ends(native, jalali_length)] == [first, last]


@pytest.mark.parametrize(("native", "first", "last"), periods("jalali")[::5])
def test_a_jalali_value_is_that_of_the_equinox(native: str, first: str, last: str) -> None:
    begin = ends(native, jalali_length)[0]
    assert datetime.date(*persian.to_gregorian(*begin)).isoformat() == first


@pytest.mark.parametrize(("native", "first", "last"), periods("hijri"))
def test_a_hijri_value_is_that_of_convertdate_and_near_that_of_mecca(native: str, first: str, last: str) -> None:
    days = ends(native, islamic.month_length)
    assert [datetime.date(*islamic.to_gregorian(*day)).isoformat() for day in days] == [first, last]
    if days[0][0] >= 1343:
        assert abs(datetime.date.fromisoformat(first) - Hijri(*days[0]).to_gregorian()).days <= 2


def test_the_table_gives_enough_to_check() -> None:
    assert len(periods("jalali")) >= 40
    assert len(periods("hijri")) >= 20
