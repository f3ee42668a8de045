"""The calendars, checked against libraries and rules that do not take part in the conversion."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from convertdate import persian
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.calendars import MONTHS, Period, month_length, month_number, season_number, to_gregorian


@pytest.mark.parametrize("year", range(1285, 1415, 19))
def test_a_jalali_day_is_the_astronomical_one(year: int) -> None:
    for month, day in ((1, 1), (6, 31), (7, 1), (12, 29)):
        astronomical = datetime.date(*persian.to_gregorian(year, month, day))
        assert to_gregorian("jalali", year, month, day) == astronomical.isoformat()


@pytest.mark.parametrize("year", [1277, 1300, 1357, 1399, 1403, 1404, 1498])
def test_the_jalali_new_year_is_the_astronomical_one(year: int) -> None:
    assert to_gregorian("jalali", year, 1, 1) == datetime.date(*persian.to_gregorian(year, 1, 1)).isoformat()


@given(st.integers(1, 1500), st.integers(1, 12), st.integers(1, 29))
def test_a_hijri_day_is_the_tabular_one(year: int, month: int, day: int) -> None:
    """Counted from 16 July 622 (Julian) with eleven leap years in thirty, as handbooks of chronology give it."""
    leaps = sum(each % 30 in (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29) for each in range(1, year))
    days = 354 * (year - 1) + leaps + sum(30 if each % 2 else 29 for each in range(1, month)) + day - 1
    assert to_gregorian("hijri", year, month, day) == (datetime.date(622, 7, 19) + datetime.timedelta(days)).isoformat()


@given(st.integers(1344, 1499), st.integers(1, 12))
def test_a_hijri_month_is_at_most_two_days_from_the_one_of_mecca(year: int, month: int) -> None:
    ours = datetime.date.fromisoformat(to_gregorian("hijri", year, month, 1))
    assert abs((ours - Hijri(year, month, 1).to_gregorian()).days) <= 2


@given(st.sampled_from(["jalali", "hijri", "gregorian"]), st.integers(1, 1500))
def test_the_months_of_a_year_follow_each_other_without_gap(calendar: str, year: int) -> None:
    months = [Period(calendar, "month", year, number) for number in range(1, 13)]  # type: ignore[arg-type]
    for one, two in pairwise(months):
        end = datetime.date.fromisoformat(one.last_day)
        assert datetime.date.fromisoformat(two.first_day) - end == datetime.timedelta(days=1)
    following = Period(calendar, "year", year + 1)  # type: ignore[arg-type]
    assert datetime.date.fromisoformat(following.first_day) > datetime.date.fromisoformat(months[-1].last_day)


@pytest.mark.parametrize(
    ("period", "native", "edtf"),
    [
        (Period("jalali", "month", 1394, 3), "1394-03", "2015-05-22/2015-06-21"),
        (Period("jalali", "year", 1357), "1357", "1978-03-21/1979-03-20"),
        (Period("jalali", "day", 1399, 12, 30), "1399-12-30", "2021-03-20"),
        (Period("jalali", "decade", 1360), "136X", "1981-03-21/1991-03-20"),
        (Period("jalali", "season", 1395, 2), "1395-22", "2016-06-21/2016-09-21"),
        (Period("jalali", "month", None, 7), "XXXX-07", None),
        (Period("hijri", "year", 1285), "1285", "1868-04-24/1869-04-12"),
        (Period("hijri", "century", 3), "02XX", "0815-08-15/0912-08-22"),
        (Period("gregorian", "century", 21), "20XX", "20XX"),
        (Period("gregorian", "century", -5), "-04XX", "-04XX"),
        (Period("gregorian", "quarter", 2014, 2), "2014-34", "2014-34"),
        (Period("gregorian", "year", -499), "-0499", "-0499"),
        (Period("gregorian", "day", None, 9, 11), "XXXX-09-11", "XXXX-09-11"),
    ],
)
def test_a_period_knows_itself_in_both_calendars(period: Period, native: str, edtf: str | None) -> None:
    assert (period.native, period.edtf) == (native, edtf)


@pytest.mark.parametrize(("year", "month", "day"), [(1400, 12, 30), (1394, 7, 31), (1394, 13, 1), (1394, 1, 0)])
def test_a_jalali_day_that_does_not_exist_is_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match="no"):
        Period("jalali", "day", year, month, day)


def test_the_last_month_is_a_day_longer_in_leap_years() -> None:
    assert (month_length("jalali", 1399, 12), month_length("jalali", 1400, 12)) == (30, 29)
    assert (month_length("gregorian", 2000, 2), month_length("gregorian", 1900, 2)) == (29, 28)


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Sept", "en", ("gregorian", 9)), ("KHORDAD", "en", ("jalali", 3)), ("Dhu al-Hijjah", "en", ("hijri", 12)),
        ("ژوئیه", "fa", ("gregorian", 7)), ("ربیع‌الاول", "fa", ("hijri", 3)), ("ذیحجه", "fa", ("hijri", 12)),
        ("نوفمبر", "fa", ("gregorian", 11)), ("امرداد", "fa", ("jalali", 5)), ("نامه", "fa", None),
    ],
)  # fmt: skip
def test_a_month_is_known_by_its_spellings(name: str, language: str, expected: object) -> None:
    assert month_number(name, language) == expected


def test_every_table_of_months_has_twelve_and_no_name_stands_for_two_of_one_calendar() -> None:
    for (calendar, language), months in MONTHS.items():
        assert len(months) == 12
        for number, names in enumerate(months, 1):
            for name in names.split("|"):
                found = month_number(name, language)
                assert found is not None
                assert found[0] != calendar or found[1] == number


def test_seasons_are_counted_from_spring() -> None:
    assert [season_number(name, "en") for name in ("Spring", "Fall", "winter")] == [1, 3, 4]
    assert [season_number(name, "fa") for name in ("بهار", "پائیز", "هوا")] == [1, 3, None]
