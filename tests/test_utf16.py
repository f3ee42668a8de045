"""Counting UTF-16 code units, as JavaScript and Java do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.utf16 import CodeUnits

WITH_ASTRAL = st.text(alphabet="aپ\u200c😀𝒙🏳️\u200d", max_size=40)


@given(WITH_ASTRAL, st.data())
def test_units_are_what_utf16_says_and_lead_back(text: str, data: st.DataObject) -> None:
    units = CodeUnits(text)
    offset = data.draw(st.integers(0, len(text)))
    assert units.to_units(offset) == len(text[:offset].encode("utf-16-le")) // 2
    assert units.to_points(units.to_units(offset)) == offset


def test_an_offset_inside_a_character_or_outside_the_text_is_refused() -> None:
    units = CodeUnits("a😀b")
    for wrong in (2, 5, -1):
        with pytest.raises(ValueError, match=r"middle|outside"):
            units.to_points(wrong)
    with pytest.raises(ValueError, match="outside"):
        units.to_units(4)
