"""BibTeX and RIS: what journal systems export, and files of many entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import read, segment

from pipeline.batch import discover
from pipeline.batch.run import Options, run
from pipeline.config import from_dict
from pipeline.errors import ReadError
from pipeline.read.formats import articles_in, known_suffixes

BIBTEX = r"""
@string{pr = "Port Review"}
@article{kazemi2022,
  author      = {کاظمی, نسرین and پندارنیا, مهرنوش},
  author_en   = {Kazemi, Nasrin and Pendarnia, Mehrnoush},
  title       = {بندرهای جنوب در ۳۵٪ راه},
  title_en    = {Ports of the {South} and of B\"{o}ll \& Sons},
  journal     = pr,
  year        = 1401, month = {مهر}, volume = {۵}, number = 2, pages = {10--20},
  abstract    = {این مقاله ۳۵% بندرها را بررسی می‌کند. نتیجه روشن است.},
  abstract_en = {We study 35% of the ports. The result is clear.},
  keywords    = {بندر، خلیج فارس}, keywords_en = {port, Gulf},
  doi         = {https://doi.org/10.1234/pr.5}
}
"""
RIS = """TY  - JOUR
TI  - Ports of the South
TT  - بندرهای جنوب
AU  - Kazemi, Nasrin
AU  - کاظمی، نسرین
PY  - 2022
DA  - 2022/10/02/
KW  - port
KW  - sea, and ships
KW  - بندر
AB  - We study the ports. The result is clear.
N2  - این مقاله بندرها را بررسی می‌کند. نتیجه روشن است.
JO  - Port Review
VL  - 5
IS  - 2
SP  - 10
EP  - 20
DO  - 10.1234/pr.5
AD  - Basin Trust, Port City
ER  -
"""


def test_the_fields_of_a_bibtex_entry_are_stated_in_both_languages() -> None:
    article = segment(BIBTEX, "a.bib")
    known = article.metadata
    assert (known.title.fa, known.title.en) == ("بندرهای جنوب در ۳۵٪ راه", "Ports of the South and of Böll & Sons")
    assert [(a.name.fa, a.name.en) for a in known.authors] == [
        ("نسرین کاظمی", "Nasrin Kazemi"), ("مهرنوش پندارنیا", "Mehrnoush Pendarnia"),
    ]  # fmt: skip
    assert (known.journal.en, known.volume, known.issue, known.pages) == ("Port Review", "5", "2", "10-20")
    assert (known.doi, known.published) == ("10.1234/pr.5", "2022-09-23/2022-10-22")
    assert [(k.en, k.fa) for k in article.keywords] == [
        ("port", None),
        ("Gulf", None),
        (None, "بندر"),
        (None, "خلیج فارس"),
    ]


def test_a_per_cent_sign_in_an_abstract_begins_no_comment() -> None:
    article = segment(BIBTEX, "a.bib")
    assert article.abstract.en is not None
    assert article.abstract.fa is not None
    assert article.abstract.en.sentences[0].text == "We study 35% of the ports."
    assert article.abstract.fa.sentences[0].text == "این مقاله ۳۵% بندرها را بررسی می‌کند."


def test_the_fields_of_a_ris_entry_are_stated_in_both_languages() -> None:
    article = segment(RIS, "a.ris")
    known = article.metadata
    assert (known.title.en, known.title.fa) == ("Ports of the South", "بندرهای جنوب")
    (author,) = known.authors
    assert (author.name.en, author.name.fa, author.affiliation.en) == (
        "Nasrin Kazemi",
        "نسرین کاظمی",
        "Basin Trust, Port City",
    )
    assert (known.published, known.pages, known.doi) == ("2022-10-02", "10-20", "10.1234/pr.5")
    assert [(k.en, k.fa) for k in article.keywords] == [("port", None), ("sea, and ships", None), (None, "بندر")]
    assert all(article.surface(each.span) == each.surface for each in known.evidence)


def test_ris_is_read_however_its_tags_are_spaced_and_its_lines_are_broken() -> None:
    loose = (
        RIS.replace("  - ", " - ").replace("We study the ports. The", "We study the ports.\nThe").replace("ER  -", "")
    )
    article = segment("\n" + loose, "a.ris")
    assert article.metadata.title.en == "Ports of the South"
    assert article.abstract.en is not None
    assert len(article.abstract.en.sentences) == 2


def test_a_body_in_braces_is_one_author() -> None:
    (author,) = segment(
        "@article{a, author={{Ministry of Ports and Roads}}, title={The ports of the south}}", "a.bib"
    ).metadata.authors
    assert author.name.en == "Ministry of Ports and Roads"


@pytest.mark.parametrize(
    ("text", "name"), [("@article{a, title={no end", "a.bib"), ("no entry at all", "a.bib"), ("no entry", "a.ris")]
)
def test_a_file_without_a_readable_entry_is_refused(text: str, name: str) -> None:
    with pytest.raises(ReadError) as error:
        read(text, name)
    assert error.value.code == "E-BIBLIOGRAPHY"


def test_a_field_given_once_for_each_language_counts_both_times() -> None:
    text = "@article{a, title={Ports of the south}, title={بندرهای جنوب}, author={{Port Survey}}, keywords={port, sea}, keywords={بندر، دریا}}"
    article = segment(text, "a.bib")
    assert (article.metadata.title.en, article.metadata.title.fa) == ("Ports of the south", "بندرهای جنوب")
    assert [author.name.en for author in article.metadata.authors] == ["Port Survey"]
    assert [(k.en, k.fa) for k in article.keywords] == [("port", None), ("sea", None), (None, "بندر"), (None, "دریا")]


def test_a_broken_entry_among_others_is_a_failure_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "issue.bib"
    path.write_text(
        "@article{a, title={Ports of the south}}\n@article{b title={Docks}}\n@article{a, title={Cranes}}\n",
        encoding="utf-8",
    )
    jobs = discover([path], known_suffixes(), articles_in=articles_in)
    assert [job.part for job in jobs] == ["a", "line-2", "a-2"]
    outcomes = list(
        run(jobs, from_dict({"stages": ["read", "segment", "emit"]}), tmp_path / "out", options=Options(workers=1))
    )
    assert [outcome.code for outcome in outcomes] == [None, "E-BIBLIOGRAPHY", None]


def test_many_entries_are_many_articles_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "issue.bib"
    path.write_text(
        BIBTEX + BIBTEX.replace("kazemi2022", "kazemi2023").replace("Ports of", "Docks of"), encoding="utf-8"
    )
    (tmp_path / "one.ris").write_text(RIS, encoding="utf-8")
    jobs = discover([tmp_path], known_suffixes(), articles_in=articles_in)
    assert [(job.id, job.part) for job in jobs] == [
        ("issue-kazemi2022", "kazemi2022"), ("issue-kazemi2023", "kazemi2023"), ("one", None),
    ]  # fmt: skip
    outcomes = list(
        run(jobs, from_dict({"stages": ["read", "segment", "emit"]}), tmp_path / "out", options=Options(workers=1))
    )
    assert [outcome.status for outcome in outcomes] != ["failed"] * 3
    record = (tmp_path / "out" / "issue-kazemi2023.yaml").read_text(encoding="utf-8")
    assert "Docks of the South" in record
    assert "issue.bib#kazemi2023" in record


def test_a_file_of_many_entries_given_alone_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as error:
        read(BIBTEX + BIBTEX.replace("kazemi2022", "kazemi2023"), "issue.bib")
    assert (error.value.code, "dozaban run" in str(error.value)) == ("E-MANY-ARTICLES", True)
