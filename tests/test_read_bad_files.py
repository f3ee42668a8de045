"""Files that are damaged, hostile or not what they seem: a clear error or a diagnostic, in bounded time and memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import docx, paragraph, read, segment
from test_read_jats import TITLES, jats

from pipeline.article import Article
from pipeline.batch import discover
from pipeline.batch.run import Options, run
from pipeline.config import from_dict
from pipeline.errors import ReadError
from pipeline.read.formats import known_suffixes


def refusal(data: bytes | str, name: str, **settings: object) -> str:
    """The code with which a file is refused."""
    with pytest.raises(ReadError) as error:
        read(data, name, **settings)
    assert name in str(error.value)
    return error.value.code


def bomb(size: int = 300_000_000) -> bytes:
    """A DOCX whose text part unpacks to many bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_fills_the_memory() -> None:
    data = bomb()
    assert len(data) < 1_000_000
    tracemalloc.start()
    start = time.perf_counter()
    assert refusal(data, "bomb.docx") == "E-TOO-LARGE"
    assert tracemalloc.get_traced_memory()[1] < 400_000_000
    tracemalloc.stop()
    assert time.perf_counter() - start < 10


def test_the_limit_of_unpacked_bytes_can_be_set() -> None:
    data = docx(paragraph("x" * 50_000))
    assert refusal(data, "a.docx", docx={"max_unpacked_bytes": 10_000}) == "E-TOO-LARGE"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl__workbook_xml": "<x/>"}, "spreadsheet"),
        ({"META-INF__container_xml": "<x/>"}, "electronic book"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content_xml": "<x/>"}, "OpenDocument"),
        ({"a_xml": "<x/>"}, "ZIP archive"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a"])
def test_another_archive_is_named_for_what_it_is(parts: dict[str, str], words: str, name: str) -> None:
    with pytest.raises(ReadError, match=words) as error:
        read(archive(**parts), name)
    assert error.value.code == "E-MEDIA-TYPE"


def test_a_truncated_document_is_damaged() -> None:
    data = docx(paragraph("The ports of the south."))
    assert refusal(data[: len(data) // 2], "a.docx") == "E-DOCX-DAMAGED"


def test_a_document_whose_text_is_not_xml_is_damaged() -> None:
    assert refusal(archive(word__document_xml="<w:document><w:body>"), "a.docx") == "E-DOCX-DAMAGED"


def test_documents_with_a_password_and_old_ones_are_told_apart() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx") == "E-DOCX-ENCRYPTED"
    assert refusal(ole, "a.docx") == "E-MEDIA-TYPE"


def test_entities_in_a_document_are_refused() -> None:
    doctype = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 20}">' for n in range(1, 9))
        + "]>"
    )
    data = archive(word__document_xml=f'{doctype}<document><body><p id="&a8;"/></body></document>')
    assert refusal(data, "a.docx") in ("E-XML-UNSAFE", "E-DOCX-DAMAGED")


def test_the_depth_of_a_page_and_of_an_article_does_not_matter() -> None:
    for depth, codes in ((1_000, []), (5_000, ["W-HTML-DEPTH"])):
        deep = "<div>" * depth + "words" + "</div>" * depth
        article = read(f"<!DOCTYPE html><html><body><p>A page.</p>{deep}</body></html>", "a.html")
        assert ("words" in article.text) == (not codes)
        assert [each.code for each in article.diagnostics] == codes
    article = read(jats(TITLES, "<sec>" * 200 + "<p>words</p>" + "</sec>" * 200), "a.xml")
    assert "words" in article.text


def test_a_table_that_claims_to_be_huge_is_read_in_its_real_size() -> None:
    rows = "".join(f"<tr><td colspan=99999 rowspan=99999>{n}</td><td>x</td></tr>" for n in range(300))
    start = time.perf_counter()
    article = read(f"<!DOCTYPE html><html><body><table>{rows}</table></body></html>", "a.html")
    assert len(article.text) < 2_000_000
    assert time.perf_counter() - start < 10


def test_many_links_to_one_place_are_followed_in_time() -> None:
    body = (
        "<div id=top>" + "<p>words <a href='#top'>1</a> <a href='#n'>2</a></p>" * 20_000 + "</div><p id=n>A note.</p>"
    )
    start = time.perf_counter()
    read(f"<!DOCTYPE html><html><body>{body}</body></html>", "a.html")
    assert time.perf_counter() - start < 15


def test_a_page_of_nothing_but_raised_words_has_them_as_its_title() -> None:
    article = segment("<!DOCTYPE html><html><body><p><sup>بندر</sup></p></body></html>", "a.html")
    assert article.text == "<sup>بندر</sup>"


def test_a_page_without_words_is_empty() -> None:
    assert refusal("<!DOCTYPE html><html><body><script>x()</script></body></html>", "a.html") == "E-EMPTY"


def test_a_text_longer_than_allowed_is_refused_in_every_format() -> None:
    words = "port " * 3_000
    for data, name in (
        (docx(paragraph(words)), "a.docx"),
        (f"<!DOCTYPE html><p>{words}</p>", "a.html"),
        (jats(TITLES, f"<p>{words}</p>"), "a.xml"),
        (f"@article{{a, title={{Ports of the south}}, abstract={{{words}}}}}", "a.bib"),
    ):
        assert refusal(data, name, max_characters=8_000) == "E-TOO-LARGE"


def test_characters_that_no_text_can_hold_are_replaced_and_reported() -> None:
    article = read("<!DOCTYPE html><html><body><p>a&#1;b&#xFFFF;c</p></body></html>", "a.html")
    assert "\x01" not in article.text
    assert unicodedata.is_normalized("NFC", article.text)


def test_one_bad_file_leaves_the_rest_of_a_batch_unharmed(tmp_path: Path) -> None:
    (tmp_path / "bomb.docx").write_bytes(bomb(150_000_000))
    (tmp_path / "cut.docx").write_bytes(docx(paragraph("Ports."))[:200])
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><html><body><h1>Ports</h1><p>The ports of the south.</p></body></html>"
    )
    (tmp_path / "sheet.xml").write_text("<TEI/>")
    jobs = discover([tmp_path], known_suffixes())
    config = from_dict({"stages": ["read", "segment", "emit"]})
    outcomes = {o.id: o.code for o in run(jobs, config, tmp_path / "out", options=Options(workers=1))}
    assert outcomes == {"bomb": "E-TOO-LARGE", "cut": "E-DOCX-DAMAGED", "page": None, "sheet": "E-XML-ROOT"}


# ── whatever comes ─────────────────────────────────────────────────────────────────────────────────────────────

_WORDS = st.sampled_from(
    ["<p>", "</p>", "<b>", "<i>", "</b>", "<sup>", "<table>", "<tr>", "<td colspan=9>", "<li>", "<ol>", "<h1>", "<br>", "<a href='#n'>1</a>",
     "<p id=n>", "بندر", "می\u200cشود", "port ", " ", "\n", "&amp;", "&#x301;", "e", "\u0301", "&nbsp;", "<div lang=fa>", "</div>", "1", "[^1]", "*"]
)  # fmt: skip
_ELEMENTS = st.sampled_from(
    ["<sec>", "</sec>", "<p>", "</p>", "<title>", "</title>", "<bold>", "</bold>", "<xref rid='f'/>", "<fn id='f'>", "</fn>", "<table>", "</table>",
     "<tr><td>a</td><td>b</td></tr>", "<list>", "</list>", "<list-item>", "</list-item>", "بندر ", "port ", "e\u0301", "&nbsp;", "<sup>2</sup>", "<label>1</label>"]
)  # fmt: skip
_RUNS = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>port </w:t>", "<w:t>بندر</w:t>", "<w:br/>", "<w:tab/>", "<w:t>e</w:t><w:t>\u0301</w:t>",
     "<w:rPr><w:b/></w:rPr>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>", "<w:softHyphen/>"]
)  # fmt: skip


def holds_its_promises(data: str | bytes, name: str) -> None:
    """A file is refused with a code, or its text is NFC, tiled by its blocks, with every span inside."""
    with suppress(ReadError):
        article = segment(data, name)
        _check(article)


def _check(article: Article) -> None:
    assert unicodedata.is_normalized("NFC", article.text)
    at = 0
    for block in article.blocks:
        assert not article.text[at : block.span.start].strip()
        at = block.span.end
    assert not article.text[at:].strip()
    for each in (*article.markup, *article.stated, *article.metadata.evidence):
        assert 0 <= each.span.start < each.span.end <= len(article.text)


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.lists(_WORDS, max_size=60))
def test_any_page_is_read_or_refused(words: list[str]) -> None:
    holds_its_promises(f"<!DOCTYPE html><html><body>{''.join(words)}</body></html>", "a.html")


@quick
@given(st.lists(_ELEMENTS, max_size=60))
def test_any_jats_is_read_or_refused(elements: list[str]) -> None:
    holds_its_promises(jats(TITLES, "".join(elements)), "a.xml")


@quick
@given(st.lists(_RUNS, max_size=60))
def test_any_document_is_read_or_refused(runs: list[str]) -> None:
    holds_its_promises(docx("".join(runs)), "a.docx")


@quick
@given(st.text(max_size=300), st.sampled_from([".bib", ".ris", ".html", ".xml", ".md", ".txt"]))
def test_any_text_is_read_or_refused_under_any_name(text: str, suffix: str) -> None:
    holds_its_promises(text.encode("utf-8", "surrogatepass"), f"a{suffix}")


@quick
@given(st.binary(max_size=300), st.sampled_from([".docx", ".html", ".xml", ".bib", ".ris"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    holds_its_promises(data, f"a{suffix}")
