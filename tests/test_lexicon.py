"""The bilingual lexicon: keys of words, learned translations, and the builder."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from conftest import SHARED, needs_shared

from pipeline import resources
from pipeline.text import lexicon
from pipeline.text.lemma import english_lemma, english_terms, persian_lemma, persian_terms
from pipeline.text.train_lexicon import build, write

SOURCES = {
    "parallel/tico19/tico19.en-fa.tsv": (
        "a:1\tred house\tخانه قرمز\na:2\tblue house\tخانه آبی\na:3\tred car\tماشین قرمز\n"
    ),
    "parallel/ntrex/ntrex.en-fa.tsv": "d\tThe house\tخانه\n",
    "parallel/tatoeba/pes.txt": "Car\tماشین\tx\n",
    "parallel/mizan/mizan_dev.tsv": "Blue\tآبی\tx\n",
    "lexicon/en_fa.tsv": "red\tقرمز\tcldr\nhouse\tغلط\tdev_keywords\n",
}


@needs_shared
def test_the_shipped_lexicon_can_be_made_again(tmp_path: Path) -> None:
    made = tmp_path / "en_fa.tsv.gz"
    write(SHARED / "data", made)
    ours, shipped = (
        [re.split(r"[\t ]", line) for line in gzip.decompress(data).decode().splitlines()]
        for data in (made.read_bytes(), resources.path("lexicon/en_fa.tsv.gz").read_bytes())
    )
    # Another processor may round a score the other way, and so turn two equal ones round.
    assert [row[0] for row in ours] == [row[0] for row in shipped]
    same = sum(sorted(one) == sorted(other) for one, other in zip(ours, shipped, strict=True))
    assert same > 0.99 * len(ours)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("countries", "country"),
        ("defence", "Defense"),
        ("increasing", "increased"),
        ("China's", "China"),
        ("men", "man"),
    ],
)
def test_forms_of_an_english_word_share_a_key(one: str, other: str) -> None:
    assert english_lemma(one) == english_lemma(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("کشورهای", "کشور"), ("كشور", "کشور"), ("می‌سازد", "میساختند"), ("منطقه‌ای", "منطقه"), ("۱۳۹۴", "1394")],
)
def test_forms_of_a_persian_word_share_a_key(one: str, other: str) -> None:
    assert persian_lemma(one) == persian_lemma(other)


def test_a_dotted_acronym_is_not_the_word_it_looks_like() -> None:
    assert english_lemma("U.S.") == english_lemma("US") != english_lemma("us")


def test_terms_stand_where_their_words_stand() -> None:
    english, persian = "The C802 of 1,500 km", "موشک ERC721 با ۱٬۵۰۰ کیلومتر"
    assert [english[t.start : t.end] for t in english_terms(english)] == ["The", "C802", "of", "1,500", "km"]
    assert [t.key for t in persian_terms(persian)][1:4:2] == ["erc721", "1500"]


@pytest.mark.parametrize(
    ("english", "persian"), [("country", "کشور"), ("military", "نظامی"), ("networks", "شبکه‌ها"), ("security", "امنیت")]
)
def test_usual_translations_are_known(english: str, persian: str) -> None:
    assert lexicon.load().score(english, persian) >= 0.3
    assert lexicon.load().translations(english)[0][0] == persian_lemma(persian)


def test_unrelated_words_have_no_score() -> None:
    assert lexicon.load().score("country", "موشک") == 0.0
    assert lexicon.load().translations("qwertyuiop") == []


def test_function_words_tell_nothing() -> None:
    known = lexicon.load()
    assert known.weight("the") < 0.1
    assert known.weight("missil") > 0.9


def test_the_shipped_files_name_their_sources_and_licences() -> None:
    for name in (lexicon.RESOURCE, "lexicon/persian_words.tsv.gz"):
        header = [line for line in resources.read_text(name).splitlines()[:12] if line.startswith("#")]
        assert any("source:" in line and "licence:" in line for line in header)


def test_the_builder_learns_mutual_translations_and_leaves_evaluation_lists_out(tmp_path: Path) -> None:
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    built = build(tmp_path)
    assert built == build(tmp_path)
    rows = [line.split("\t") for line in built.splitlines() if "\t" in line and "%" not in line]
    best = {key: pairs.split(":")[0] for key, pairs in rows}
    assert {key: best[key] for key in ("red", "blue")} == {"red": "قرمز", "blue": "ابی"}
    assert "غلط" not in built
