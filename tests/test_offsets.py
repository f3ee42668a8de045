"""Maps between a changed text and its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.offsets import MappedText, Span, replaced, without

texts = st.text(alphabet="abc *سلام\u200c\n", max_size=40)


@st.composite
def removals(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    cuts = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(cuts, cuts).map(lambda ab: Span(min(ab), max(ab))), max_size=5))
    return text, spans


@given(removals())
def test_what_is_left_after_removal_is_the_source_at_the_mapped_place(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    view = without(text, spans)
    kept = [i for i in range(len(text)) if not any(s.start <= i < s.end for s in spans)]
    assert view.text == "".join(text[i] for i in kept)
    assert list(view.starts) == kept
    for i, character in enumerate(view.text):
        assert text[slice(*view.to_source(i, i + 1))] == character


@given(removals(), st.data())
def test_a_range_of_the_view_comes_back_from_its_source_span(case: tuple[str, list[Span]], data: st.DataObject) -> None:
    text, spans = case
    view = without(text, spans)
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    assert view.from_source(*view.to_source(start, end)) == Span(start, end)


@given(removals(), st.data())
def test_maps_compose_to_the_map_of_both_changes(case: tuple[str, list[Span]], data: st.DataObject) -> None:
    text, spans = case
    outer = without(text, spans)
    cut = data.draw(st.integers(0, len(outer.text)))
    inner = replaced(outer.text, [(cut, cut, "<>")] if outer.text else [])
    both = outer.compose(inner)
    assert both.text == inner.text
    for i, character in enumerate(both.text):
        if both.starts[i] != both.ends[i]:
            assert text[slice(*both.to_source(i, i + 1))] == character


@given(removals(), st.data())
def test_editing_a_mapped_text_is_composing_it_with_the_edits(
    case: tuple[str, list[Span]], data: st.DataObject
) -> None:
    text, spans = case
    outer = without(text, spans)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(outer.text)), min_size=2, max_size=6)))
    new = data.draw(st.lists(st.sampled_from(["", "x", "<>"]), min_size=len(cuts), max_size=len(cuts)))
    edits = list(zip(cuts[::2], cuts[1::2], new, strict=False))
    edited, composed = outer.edited(edits), outer.compose(replaced(outer.text, edits))
    assert edited.text == composed.text
    assert list(edited.starts) == list(composed.starts)
    assert list(edited.ends) == list(composed.ends)


def test_inserted_characters_at_the_edges_are_left_out_of_the_source_span() -> None:
    mapped = replaced("میشود", [(2, 2, "\u200c")])
    assert mapped.text == "می\u200cشود"
    assert mapped.to_source(0, 6) == Span(0, 5)
    assert mapped.to_source(2, 6) == Span(2, 5)


def test_a_replacement_stands_for_the_whole_range_it_replaced() -> None:
    mapped = replaced("a &amp; b", [(2, 7, "&")])
    assert mapped.text == "a & b"
    assert mapped.to_source(2, 3) == Span(2, 7)


def test_parts_of_one_source_are_joined_with_a_separator_that_has_no_source() -> None:
    text = "one **two** three"
    parts = [MappedText.identity("one"), without(text, [Span(4, 6), Span(9, 11)], within=Span(4, 11))]
    joined = MappedText.join(parts, "\n\n")
    assert joined.text == "one\n\ntwo"
    assert joined.to_source(5, 8) == Span(6, 9)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (0, 99), (-1, 2)])
def test_an_empty_reversed_or_outside_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a non-empty range"):
        MappedText.identity("text").to_source(start, end)


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        replaced("abcdef", [(3, 4, "x"), (1, 2, "y")])
    with pytest.raises(ValueError, match="in order"):
        MappedText.identity("abcdef").edited([(3, 4, "x"), (1, 2, "y")])
