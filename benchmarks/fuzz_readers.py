"""Feeds mutated articles of every format to the readers and to ``segment``, and reports what breaks.

    python benchmarks/fuzz_readers.py [--seconds 600] [--seed 1] [--formats docx,html] [--keep DIR]

The seeds are the articles of ``corpus/``, the same articles as DOCX, HTML, JATS and PDF (``tests/article_formats.py``),
and small samples that use more of each format. A case is one of them, mutated: bytes turned, cut, repeated, swapped,
spliced with another seed, tokens of the format thrown in; in a DOCX the parts inside the archive too. Each case is made
from the seed and its number alone, so that a finding can be made again (``--only NUMBER``).

A finding is an exception that is no ReadError, a case that takes more than ten seconds (of its process) or 2 GB, a text
that is not NFC, or blocks that do not tile it. Exit code 1 when there is any.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
import unicodedata
import zipfile
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SLOW = 10  # seconds
MEMORY = 2 << 30  # bytes

_TOKENS: dict[str, tuple[bytes, ...]] = {
    "html": (
        b"<table><tr><td colspan=99999 rowspan=99999>", b"<sup><a href='#fn1'>1</a></sup>", b"<li id=fn1>", b"<div hidden>",
        b"&#x110000;", b"&#0;", b"&#xd800;", b"&nbsp", b"<meta charset=utf-7>", b"<meta charset=windows-1256>", b"<!--",
        b"<meta name=citation_title content='", b"<meta name=citation_author content=';,;'>", b"<p dir=rtl lang=ar>",
        b"<div>" * 300, b"<b><i>" * 90, b"<ol start=999999999999>", b"</p>", b"<h1>", b"<script>", b"]]>", b"<svg><title>",
    ),
    "xml": (
        b"<sec>" * 120, b"<xref ref-type='fn' rid='fn1 fn2'/>", b"<fn id='fn1'><p>", b"&x;", b"&nbsp;", b"]]>", b"<![CDATA[",
        b"<table-wrap><table><tr><td colspan='500' rowspan='9000'>", b"<kwd>", b"<date date-type='received'><year>99999999",
        b"<!DOCTYPE article [<!ENTITY a 'b'><!ENTITY c '&a;&a;'><!ENTITY e SYSTEM 'file:///etc/passwd'>]>", b"</p>", b"<p>",
        b"xml:lang='fa'", b"<aff-alternatives>", b"<element-citation><year>", b"&#xffff;", b"<mixed-citation/>", b"<label>",
    ),
    "docx": (
        b"<w:del>", b"</w:p>", b"<w:p>", b"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='9999'/></w:tcPr>", b"<w:br/>",
        b"<w:footnoteReference w:id='1'/>", b"<w:numPr><w:ilvl w:val='99'/><w:numId w:val='1'/></w:numPr>", b"<w:tab/>",
        b"<w:outlineLvl w:val='-7'/>", b"<w:sym w:font='Symbol' w:char='F0B7'/>", b"<w:softHyphen/>", b"&x;", b"w:val='",
        b"<w:txbxContent><w:p>" * 30, b"<w:basedOn w:val='Normal'/>", b"<w:lvlText w:val='%1.%2.%9'/>", b"<w:sdtContent>",
    ),
    "bib": (b"@article{", b"{", b"}", b'"', b"\\", b"$", b"%", b" and ", b"@string{x=", b"#", b"title_fa = {", b"\\'{", b",\n"),
    "ris": (b"\nER  - ", b"\nTY  - JOUR", b"\nAU  - ", b"\nTT  - ", b"\nKW  - ", b"TY  -", b"\nXX  - ", b"\n\n", b"  - "),
    "md": (b"|---|---|", b"[^1]:", b"[^1]", b"```", b"<!--", b"**", b"_", b"[x](", b"](", b"\n> ", b"\n- ", b"<sup>", b"\x0c",
           b"*" * 500, b"[" * 500, b"<table>", b"\n---\n", b"\\", b"`" * 50, b"\n1. ", b"\t"),
    "txt": (b"\n\n", b"\t", b"\x0c", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n1) ", b"\xd8", b"-" * 80),
    "pdf": (b"endobj", b"stream", b"/Length 999999999", b"/Count -1", b"<<", b">>", b"[ 0 0 0 ]", b"xref", b"/Type /Pages"),
}  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """The articles and samples of every format."""
    import article_formats

    found: dict[str, list[bytes]] = {"bib": [BIBTEX.encode()], "ris": [RIS.encode()]}
    for path in sorted((ROOT / "corpus").iterdir()):
        if path.suffix in (".md", ".txt", ".pdf") and path.stem != "README":
            found.setdefault(path.suffix[1:], []).append(path.read_bytes())
    found["pdf"] += [path.read_bytes() for path in sorted((ROOT / "tests" / "data" / "pdf").glob("*.pdf"))]
    for stem in article_formats.FRONTS:
        for kind in ("docx", "html", "xml"):
            found.setdefault(kind, []).append(article_formats.FORMATS[kind](stem))
    found["html"].append(HTML.encode())
    found["xml"].append(JATS.encode())
    return found


def mutated(kind: str, pool: list[bytes], number: int, seed: int) -> bytes:
    """Case ``number`` of a format."""
    chance = random.Random(f"{seed} {kind} {number}")
    data = chance.choice(pool)
    if kind == "docx" and chance.random() < 0.8:
        return _mutated_archive(data, chance)
    return _mutated(data, _TOKENS[kind], pool, chance)


def _mutated(data: bytes, tokens: tuple[bytes, ...], pool: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 10, 30))):
        if not changed:
            break
        at = chance.randrange(len(changed))
        reach = min(len(changed), at + chance.choice((1, 2, 8, 50, 400, 3000)))
        match chance.randrange(9):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.randrange(256)
            case 2:
                del changed[at:reach]
            case 3:
                changed[at:at] = changed[at:reach] * chance.choice((1, 2, 20))
            case 4:
                other = chance.choice(pool)
                start = chance.randrange(len(other))
                changed[at:reach] = other[start : start + reach - at]
            case 5 | 6 | 7:
                changed[at:at] = chance.choice(tokens)
            case _:
                if chance.random() < 0.3:
                    del changed[at:]
                else:
                    there = chance.randrange(len(changed))
                    changed[at:reach], changed[there : there + 1] = changed[there : there + 1], changed[at:reach]
        del changed[4_000_000:]
    return bytes(changed)


def _mutated_archive(data: bytes, chance: random.Random) -> bytes:
    """A DOCX with one of its parts mutated, left out or named anew."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        text = [name for name in names if name.endswith((".xml", ".rels")) and "theme" not in name]
        target = chance.choice([*text, *(["word/document.xml"] * len(text))])
        for original in names:
            name, part = original, old.read(original)
            if original == target:
                match chance.randrange(12):
                    case 0:
                        continue
                    case 1:
                        name = chance.choice(("word/document2.xml", name.upper(), "../" + name))
                    case _:
                        part = _mutated(part, _TOKENS["docx"], [part], chance)
            new.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


# ── one process that works on cases, and one that watches it ────────────────────────────────────────────────────


def work(connection: Connection) -> None:
    """Take cases, answer with what came of them; die rather than hang."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + (2 << 30), MEMORY + (2 << 30)))
    sys.stderr = open("/dev/null", "w")  # noqa: PTH123, SIM115 (libraries write of damaged files there)
    from pipeline.article import Article, SourceFile
    from pipeline.errors import ReadError
    from pipeline.read import ReadStage
    from pipeline.segment import SegmentStage

    read, segment = ReadStage(ReadStage.Settings()), SegmentStage(SegmentStage.Settings())  # type: ignore[arg-type]
    while True:
        kind, data = connection.recv()
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SLOW + 5)
        try:
            article = Article(id="case", file=SourceFile(f"case.{kind}", data))
            article.attach(read(article))
            came = "read"
            check(article)
            article.attach(segment(article))
        except ReadError as error:
            came = error.code
        except MemoryError:
            came = "! MemoryError"
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            where, ours = frames[-1], next((f for f in reversed(frames) if "pipeline/" in f.filename), frames[-1])
            came = f"! {type(error).__name__} {error} at {Path(ours.filename).name}:{ours.lineno} ({Path(where.filename).name}:{where.lineno})"
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send((came[:300], time.process_time() - start))


def check(article) -> None:  # type: ignore[no-untyped-def]
    """The promises of a reader."""
    text = article.text
    assert unicodedata.is_normalized("NFC", text), "the text is not NFC"
    at = 0
    for block in article.blocks:
        assert not text[at : block.span.start].strip(), "text between blocks"
        assert block.span.start < block.span.end, "an empty block"
        at = block.span.end
    assert not text[at:].strip(), "text after the last block"
    for each in (*article.markup, *article.stated):
        assert 0 <= each.span.start < each.span.end <= len(text), f"a span outside the text: {each}"


class Worker:
    """A process for cases, begun anew when it dies."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.start()

    def start(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()

    def run(self, kind: str, data: bytes, limit: float = 12 * SLOW) -> tuple[str, float]:
        self.connection.send((kind, data))
        try:
            if self.connection.poll(limit):
                came, seconds = self.connection.recv()
                return (f"! slow ({came})", seconds) if seconds > SLOW else (came, seconds)
            came = "! hangs"
        except (EOFError, ConnectionError):
            self.process.join(5)
            code = self.process.exitcode
            why = f"more than {SLOW + 5} s" if code == -signal.SIGPROF else f"exit code {code}"
            came = f"! the process died ({why})"
        self.process.kill()
        self.process.join()
        self.start()
        return came, limit


def main() -> int:
    """Run for a time and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join(_TOKENS))
    parser.add_argument("--only", type=int, help="the one case to run of each format")
    parser.add_argument("--keep", type=Path, help="folder for the files of findings")
    options = parser.parse_args()
    pools = {kind: pool for kind, pool in seeds().items() if kind in options.formats.split(",")}
    worker, counts, findings = Worker(), Counter[tuple[str, str]](), dict[tuple[str, str], list[int]]()
    slowest: dict[str, float] = dict.fromkeys(pools, 0.0)
    end, number = time.monotonic() + options.seconds, options.only or 0
    while time.monotonic() < end:
        for kind, pool in pools.items():
            data = mutated(kind, pool, number, options.seed)
            came, seconds = worker.run(kind, data)
            slowest[kind] = max(slowest[kind], seconds)
            counts[kind, "finding" if came.startswith("!") else came] += 1
            if came.startswith("!"):
                first = (kind, came) not in findings
                findings.setdefault((kind, came), []).append(number)
                if first:
                    print(f"{kind} {number}: {came}", flush=True)
                    if options.keep:
                        options.keep.mkdir(parents=True, exist_ok=True)
                        (options.keep / f"{number}.{kind}").write_bytes(data)
        number += 1
        if options.only is not None:
            break
    worker.process.kill()
    print(f"\n{sum(counts.values()):,} cases, seed {options.seed}")
    for kind in pools:
        outcomes = ", ".join(
            f"{came} {n:,}" for (of, came), n in sorted(counts.items(), key=lambda c: -c[1]) if of == kind
        )
        print(f"{kind:5} slowest {slowest[kind]:.1f} s; {outcomes}")
    for (kind, came), numbers in sorted(findings.items()):
        print(f"FOUND {kind} × {len(numbers)} (first: case {numbers[0]}): {came}")
    return 1 if findings else 0


BIBTEX = r"""@string{q = "Sample Quarterly"}
@article{farzian2023, author = {Farzian, Dariush and {World Bank} and پندارنیا, مهرنوش}, title = {Ports of B\"{o}ll \& {Sons}},
 title_fa = {بندرها}, journal = q # " of History", year = 1401, month = {مهر}, volume = {۵}, number = 2, pages = {10--20},
 abstract = {We study 35% of the port. The result is clear.}, abstract_fa = {این مقاله بندر را بررسی می‌کند.},
 keywords = {port, Gulf}, doi = {10.1234/abc}, note = "x $y^2$" }
"""
RIS = """TY  - JOUR
TI  - Ports of the Gulf
TT  - بندرهای خلیج فارس
AU  - Farzian, Dariush
AU  - فرضیان، داریوش
PY  - 2023/02/03/
KW  - port
KW  - بندر
AB  - We study the port. The result is clear.
N2  - این مقاله بندر را بررسی می‌کند. نتیجه روشن است.
JO  - Sample Quarterly
VL  - 1
IS  - 2
SP  - 1
EP  - 20
DO  - 10.1/x
ER  - 
"""  # noqa: W291
HTML = """<!DOCTYPE html><html lang=fa dir=rtl><head><meta charset=utf-8><meta name=citation_title content="بندرها">
<meta name=citation_author content="فرضیان، داریوش"><meta name=citation_author_email content=a@example.org>
<meta name=citation_publication_date content=2023/02/03><meta name=DC.Description content="x"></head><body><main>
<h1>بندرها</h1><p>داریوش فرضیان<sup>1*</sup></p><h2>چکیده</h2><p>این مقاله بندر را بررسی می&zwnj;کند.</p><p>متن<sup><a href="#n1">1</a></sup>
H<sub>2</sub>O x<sup>2</sup> <br>سطر</p><table><caption>جدول</caption><tr><th>a<th rowspan=2>b<tr><td colspan=2>c</table><ol><li>یک<ul><li>دو
</ul></ol><blockquote><p>q</blockquote><dl><dt>t<dd>d</dl><pre>x  y</pre><p id=n1>1. یادداشت</p></main></body></html>"""
JATS = """<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD x//EN" "x.dtd" [<!ENTITY u "University">]>
<article article-type="x" xml:lang="en"><front><journal-meta><journal-title>J</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/x</article-id><title-group><article-title>Ports&nbsp;<xref ref-type="fn" rid="f"/></article-title>
<subtitle>of</subtitle></title-group><contrib-group><contrib><name><surname>Doe</surname><given-names>J</given-names></name><aff>&u;<email>a@b.org
</email></aff></contrib></contrib-group><pub-date pub-type="epub"><year>2020</year></pub-date><abstract><sec><title>Aim</title><p>We study.</p></sec>
</abstract><kwd-group><kwd>a</kwd></kwd-group></article-meta></front><body><sec><label>1</label><title>Introduction</title><p>Text<fn id="f"><p>n</p></fn>
<list list-type="order"><list-item><p>i</p></list-item></list><disp-formula><tex-math>x</tex-math></disp-formula></p></sec></body><back><ack><p>T</p></ack>
<ref-list><ref id="r"><label>1</label><element-citation><person-group><name><surname>R</surname></name></person-group><year>1999</year><source>S</source>
</element-citation></ref></ref-list></back><sub-article xml:lang="fa"><front-stub><title-group><article-title>بندر</article-title></title-group></front-stub>
</sub-article></article>"""

if __name__ == "__main__":
    sys.exit(main())
