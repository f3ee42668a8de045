"""Dates of one value in both languages.

Two dates are one only when their Gregorian values, kinds, modifiers and roles are equal. A Jalali year and the
Gregorian year it overlaps stay two dates: they name different stretches of time.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.article import sorted_mentions
from pipeline.record import Date, Link, Mentions

_BY_VALUE = Link(method="value", confidence=0.98)
_BY_CALENDARS = Link(method="calendar", confidence=0.95)


def join_dates(dates: Sequence[Date]) -> list[Date]:
    """The dates with equal ones joined, in the order of the first of each; dates in both languages get a link."""
    joined: dict[tuple[object, ...], Date] = {}
    for date in dates:
        edtf = date.value.edtf
        key = (edtf, date.value.modifier, date.type, date.role) if edtf else (date.id,)
        known = joined.get(key)
        joined[key] = date if known is None else _merged(known, date)
    return [_linked(date) for date in joined.values()]


def _merged(first: Date, second: Date) -> Date:
    """One date with the mentions of both; the id is that of the one that has English mentions.

    Where one of them counts in another calendar («۲۹ فروردین ۱۳۶۷», "18 April 1988"), its value is kept: it says more.
    """
    kept, other = (first, second) if first.mentions.en or not second.mentions.en else (second, first)
    return kept.model_copy(
        update={
            "value": other.value if kept.value.native is None and other.value.native else kept.value,
            "mentions": Mentions(
                en=sorted_mentions([*kept.mentions.en, *other.mentions.en]),
                fa=sorted_mentions([*kept.mentions.fa, *other.mentions.fa]),
            ),
            "alignment": _BY_VALUE if kept.value.calendar == other.value.calendar else _BY_CALENDARS,
            "confidence": max(kept.confidence, other.confidence),
        }
    )


def _linked(date: Date) -> Date:
    if date.alignment is not None or not date.mentions.en or not date.mentions.fa:
        return date
    return date.model_copy(update={"alignment": _BY_VALUE})
