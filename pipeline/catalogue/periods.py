"""The first and last day of an EDTF value, so that a database can compare dates as text.

Only what records write is understood: years, months and days, ``2020?`` and ``~``, unspecified digits (``198X``),
intervals, open ends. Anything else has no days.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

#: What an open end compares as.
OPEN_START, OPEN_END = "-9999", "9999-12-31"

_POINT = re.compile(r"(-?\d{4}|-?\d{1,3}X{1,3}|-?\d{3}X)(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


@lru_cache(maxsize=10_000)
def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day (ISO 8601) of a value; both None when it is not understood."""
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    begins, end = _days(first) or (None, None)
    if not slash:
        return begins, end
    ends = (_days(last) or (None, None))[1]
    begins = OPEN_START if first in ("", "..") else begins
    ends = OPEN_END if last in ("", "..") else ends
    return (begins, ends) if begins and ends else (None, None)


def _days(point: str) -> tuple[str, str] | None:
    match = _POINT.fullmatch(point)
    if match is None:
        return None
    year, month, day = match.groups()
    early, late = year.replace("X", "0"), year.replace("X", "9")
    if month in (None, "XX"):
        return f"{early}-01-01", f"{late}-12-31"
    first, last = _SEASONS.get(int(month), (int(month), int(month)))
    if not 1 <= first <= 12:
        return None
    if day in (None, "XX"):
        length = calendar.monthrange(max(1, abs(int(late))), last)[1]
        return f"{early}-{first:02}-01", f"{late}-{last:02}-{length:02}"
    return f"{early}-{first:02}-{day}", f"{late}-{last:02}-{day}"
