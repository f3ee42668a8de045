"""Which entry of the reference list a citation means."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict

from pipeline import record
from pipeline.segment.labels import name_key

_SUFFIXES = {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "الف": 0, "ب": 1}
_ALIKE = 0.82


class References:
    """The reference list, looked up by name and year, or by number."""

    def __init__(self, references: list[record.Reference], numbers: list[str | None]) -> None:
        self._numbers = {number: ref.id for ref, number in zip(references, numbers, strict=True) if number}
        self._keys = {ref.id: [name_key(name) for name in ref.authors] for ref in references}
        self._texts = {ref.id: name_key(ref.text or "") for ref in references}
        self._by_year: defaultdict[str, list[record.Reference]] = defaultdict(list)
        for ref in references:
            self._by_year[(ref.year or "")[:4]].append(ref)

    @property
    def numbered(self) -> bool:
        """Whether the entries are numbered, so that numbers in the text can mean them."""
        return len(self._numbers) > 1

    def by_number(self, number: int) -> str | None:
        """The entry with this printed number."""
        return self._numbers.get(str(number))

    def find(
        self, names: list[str], year: str | None, date: str, text: str, *, strict: bool = False
    ) -> tuple[str | None, float]:
        """The entry's id and how sure that is; ``(None, 0.5)`` when no entry fits.

        ``date`` is the citation's date as written, which tells apart what a body published in one year; ``strict``
        leaves out entries that only resemble the name.
        """
        if year is None:
            return None, 0.5
        suffix = re.sub(r"^\d{4}", "", year)
        same_year = self._by_year.get(year[:4], [])
        keys = [name_key(name) for name in names]
        exact = [ref for ref in same_year if self._names(ref, keys)]
        if exact:
            return self._choose(exact, suffix, date, 0.97)
        if strict:
            return None, 0.5
        close = [ref for ref in same_year if self._alike(ref, keys)]
        if close:
            return self._choose(close, suffix, date, 0.8)
        whole = name_key(text)
        mentioned = [ref for ref in same_year if len(whole) > 6 and whole in self._texts[ref.id]]
        return (mentioned[0].id, 0.6) if len(mentioned) == 1 else (None, 0.5)

    def _names(self, ref: record.Reference, keys: list[str]) -> bool:
        """Whether an entry begins with the citation's first author (a body's name may be written in full there)."""
        known = self._keys[ref.id]
        if not known or not keys:
            return False
        first = keys[0]
        if known[0] == first or (len(known) > 1 and first in known and set(keys) <= set(known)):
            return True
        head = self._texts[ref.id]
        return len(first) > 3 and head.startswith(first) and name_key(ref.authors[0]).startswith(first)

    def _alike(self, ref: record.Reference, keys: list[str]) -> bool:
        known = self._keys[ref.id]
        return bool(known and keys and len(keys[0]) > 3) and (
            difflib.SequenceMatcher(None, known[0], keys[0], autojunk=False).ratio() >= _ALIKE
        )

    def _choose(self, found: list[record.Reference], suffix: str, date: str, confidence: float) -> tuple[str, float]:
        """Among entries of one author and year: by printed letter, by day, by order of the list."""
        if len(found) == 1:
            return found[0].id, confidence
        if suffix:
            lettered = [ref for ref in found if (ref.year or "")[4:] == suffix]
            if lettered:
                return lettered[0].id, confidence
            place = _SUFFIXES.get(suffix, 0)
            if place < len(found):
                return found[place].id, confidence - 0.15
        day = name_key(date)
        dated = [ref for ref in found if len(day) > 4 and day in self._texts[ref.id]]
        if len(dated) == 1:
            return dated[0].id, confidence
        return found[0].id, 0.5
