"""Sentence boundaries in English and Persian prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The role of the U.S. Navy grew. It left in May.", 2),
        ("Dr. J. Smith met Gen. Karimi at 5 p.m. in St. Petersburg.", 1),
        ("See Fig. 2, No. 5, pp. 3-5, cf. e.g. Doe et al. 2010 for more.", 1),
        ("It rained 3.5 mm in 2015. In 2016 it did not.", 2),
        ("They settled in the U.S. The rest stayed.", 2),
        ("It failed.(12) A second test passed.[3] The third did not.", 3),
        ("Look at http://a.example.org/x.html. Then go on.", 2),
        ("“Will it sail?” he asked. It did.", 2),
        ("The wind fell… and rose again. Calm came.", 2),
        ("The port (see Doe. 2010. p. 3) was closed. It opened later.", 2),
        ("1. First comes the hull. Then the mast.", 2),
        ("The ship sank\n\nin the bay. It was lost.", 2),
        ("It was called e-learning. later it was renamed.", 1),
    ],
)
def test_english_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("بندر در سال ۱۹۸۰ م. در جنوب ساخته شد. سپس گسترش یافت.", 2),
        ("رشد ۲.۵ درصد بود؛ اما کافی نبود. چرا؟ کسی نمی‌داند!", 3),
        ("او پرسید: «کجا می‌روی؟» و رفت. شب شد.", 2),
        ("کالاهایی مانند چای و ... همه گران شدند. بازار آرام بود.", 2),
        ("کتاب (ر.ک. احمدی، ج. ۲، ص. ۱۵) چاپ شد.", 1),
        ("او رفت.باران آمد.", 2),
        ("دارند.\u200c\u200c این پژوهش تازه است.", 2),
        ("این برنامه در Node.js نوشته شد. iPhone را هم پشتیبانی می‌کند.", 2),
    ],
)
def test_persian_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_citation_after_the_stop_belongs_to_the_sentence_before_it() -> None:
    assert sentences("Growth was strong. (Doe, 2010) Later it fell.")[0].endswith("(Doe, 2010)")


def test_a_text_without_a_stop_is_one_sentence_and_an_empty_one_none() -> None:
    assert sentences("no stop at all") == ["no stop at all"]
    assert sentences(" \n\t\u200c ") == []


_PIECES = st.sampled_from(
    [*"ab AB.!?؟…،؛:()«»“”[]\n\u200c 12۳", "است.", "U.S.", "e.g. ", "The ", "\n\n", "و ", ".(1)", "...", "Dr. "]
)


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_sentences_are_ordered_trimmed_and_leave_out_only_space(text: str) -> None:
    spans = sentence_spans(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(" \n\u200c")
        assert text[start:end] == text[start:end].strip(" \n\u200c")
        at = end
    assert not text[at:].strip(" \n\u200c")
