"""Lines of a paragraph joined: a hyphen at a line's end is the typesetter's or the author's."""

from __future__ import annotations

import pytest

from pipeline.read.hyphenation import Vocabulary

WORDS = Vocabulary(["the relations of both were long-standing and bilateral"])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("their rela-", "tions of old", "their relations of old"),
        ("a long-", "standing offer", "a long-standing offer"),
        ("the Iran-", "China talks", "the Iran-China talks"),
        ("the FOREIGN RELA-", "TIONS of both", "the FOREIGN RELATIONS of both"),
        ("missiles of type C-", "802 were sold", "missiles of type C-802 were sold"),
        ("two lines", "without one", "two lines without one"),
        ("a dash -", "Between them", "a dash - Between them"),
        ("روابط نظامی-", "دفاعی", "روابط نظامی- دفاعی"),
    ],
)
def test_lines_are_joined(first: str, second: str, whole: str) -> None:
    assert WORDS.joined(first, second) == whole
