"""Terms of aligned sentences, the glossary of a corpus, and the files that other translation tools read."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from conftest import ROOT
from translate.storage import tmx as toolkit_tmx

import pipeline
from pipeline.batch.glossary import merge_terms
from pipeline.emit.exchange import Unit, glossary_xlsx, tbx, tmx, units_tsv
from pipeline.record import Record

ARTICLE = """# Water and Energy in the Delta

## Abstract

Water management depends on regional cooperation. Renewable energy reduces air pollution in large cities. The Caspian
Sea is a shared lake.

Keywords: water management, climate change

# آب و انرژی در دلتا

## چکیده

مدیریت آب به همکاری منطقه‌ای وابسته است. انرژی تجدیدپذیر آلودگی هوا را در شهرهای بزرگ کاهش می‌دهد. دریای خزر دریاچه‌ای
مشترک است.

کلیدواژه‌ها: مدیریت آب، تغییر اقلیم
"""


@cache
def article() -> Record:
    return pipeline.process_text(ARTICLE)


def test_noun_phrases_of_aligned_sentences_and_keyword_pairs_are_terms() -> None:
    found = {(term.en.lower(), term.fa): term.count for term in article().terms}
    assert found["water management", "مدیریت آب"] == 2  # a keyword, and a phrase of the first sentence
    assert ("air pollution", "آلودگی هوا") in found


def test_names_function_words_and_verbs_are_no_terms() -> None:
    for term in article().terms:
        assert "Caspian" not in term.en
        assert not {"the", "on", "is", "depends"} & set(term.en.lower().split())


def test_the_spans_of_a_term_are_where_its_words_stand() -> None:
    for term in article().terms:
        for place in term.spans:
            assert place.en is not None
            assert article().text_of(place.en).lower().split() == term.en.lower().split()


def test_a_glossary_joins_the_forms_of_a_term_over_articles() -> None:
    one = article().model_copy(update={"id": "one"})
    two = article().model_copy(update={"id": "two"})
    entry = next(e for e in merge_terms([one, two]) if e.en.lower() == "water management")
    assert entry.articles == ("one", "two")
    assert entry.count == 4


def test_tmx_is_read_back_by_an_independent_reader(tmp_path: Path) -> None:
    units = [Unit("A < B & C.", "«سلام» دنیا.", 0.9), Unit("Alone.", "", 0.9)]
    path = tmp_path / "m.tmx"
    path.write_text(tmx(units, version="1"), encoding="utf-8")
    read = [(unit.source, unit.target) for unit in toolkit_tmx.tmxfile(path.open("rb"), "en", "fa").units]
    assert read == [("A < B & C.", "«سلام» دنیا.")]


def test_tbx_and_xlsx_hold_every_entry_in_both_languages(tmp_path: Path) -> None:
    entries = merge_terms([article()])
    root = ElementTree.fromstring(tbx(entries))
    terms = [element.text for element in root.iter("{urn:iso:std:iso:30042:ed-2}term")]
    assert terms == [term for entry in entries for term in (entry.en, entry.fa)]
    path = tmp_path / "g.xlsx"
    path.write_bytes(glossary_xlsx(entries))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [(row[0], row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [(e.en, e.fa) for e in entries]


def test_a_line_break_or_tab_in_a_sentence_does_not_break_the_table() -> None:
    assert units_tsv([Unit("a\tb\nc", "د", 1.0)]) == "en\tfa\tconfidence\na b c\tد\t1.00\n"


def dozaban(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_whole_texts_are_aligned_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(
        "Rain fell on Tehran. The river rose by 3 metres. Nobody slept.\n", encoding="utf-8"
    )
    (tmp_path / "fa.txt").write_text("باران در تهران بارید. رودخانه ۳ متر بالا آمد.\n", encoding="utf-8")
    done = dozaban("align", tmp_path / "en.txt", tmp_path / "fa.txt")
    rows = [line.split("\t")[:2] for line in done.stdout.splitlines()[1:]]
    assert rows == [
        ["Rain fell on Tehran.", "باران در تهران بارید."],
        ["The river rose by 3 metres.", "رودخانه ۳ متر بالا آمد."],
        ["Nobody slept.", ""],
    ]


@pytest.mark.parametrize(("arguments", "words"), [
    (["align", "corpus/README.md", "corpus/README.md"], "no Persian sentence was found"),
    (["glossary", "outputs", "--format", "xlsx"], "name a file with --output"),
])  # fmt: skip
def test_wrong_use_is_said_in_one_line(arguments: list[str], words: str) -> None:
    done = dozaban(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
