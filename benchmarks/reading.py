"""How well and how fast the PDF set is read: Dozaban beside pdfplumber, pdfium, pypdf and poppler.

    python benchmarks/reading.py                the set (make bench-reading)
    python benchmarks/reading.py FILE…          only the time of other PDFs

First table, for every file of the set: character error rate against the article's running text (lower is better), share
of the mixed-direction blocks whose words stand in the right order, and recall of half-spaces. The other tools know no
furniture and no notes, so these are taken off the text that they give before it is measured, wherever they stand in it.
Second table: seconds of processor time, best of three, with raw pdfplumber characters (``page.chars``, each page
closed) as the measure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pdfset.__main__ import FILES  # noqa: E402
from pdfset.article import Article, load  # noqa: E402
from pdfset.measure import folded, half_space_recall, words_in_order  # noqa: E402
from rapidfuzz.distance import Levenshtein  # noqa: E402

from pipeline.article import SourceFile  # noqa: E402
from pipeline.read.document import PdfSettings, ReadSettings  # noqa: E402
from pipeline.read.pdf import read_pdf  # noqa: E402

PDFS = ROOT / "tests" / "pdfset" / "pdf"
RUNS = 3
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # poppler marks directions with them


def dozaban(path: Path, layout: str = "full") -> str:
    """Dozaban's running text."""
    settings = ReadSettings(pdf=PdfSettings.model_validate({"layout": layout}))
    read = read_pdf(SourceFile(path.name, path.read_bytes()), settings)
    kept = [block for block in read.blocks if block.kind not in ("note", "furniture")]
    return " ".join(read.text[block.span.start : block.span.end] for block in kept)


def dozaban_fast(path: Path) -> str:
    """The same by pdfium alone."""
    return dozaban(path, "fast")


def pdfplumber_text(path: Path) -> str:
    """pdfplumber's own text."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdfplumber_characters(path: Path) -> str:
    """Every character of pdfplumber, in no order."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            len(page.chars)
            page.close()
    return ""


def pdfium(path: Path) -> str:
    """pdfium's text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def pypdf(path: Path) -> str:
    """pypdf's text."""
    import pypdf as library

    return "\n".join(page.extract_text() for page in library.PdfReader(path).pages)


def poppler(path: Path) -> str:
    """pdftotext's text."""
    if shutil.which("pdftotext") is None:
        return ""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


TOOLS: dict[str, Callable[[Path], str]] = {
    "Dozaban": dozaban,
    "Dozaban fast": dozaban_fast,
    "pdfplumber": pdfplumber_text,
    "pdfium": pdfium,
    "pypdf": pypdf,
    "poppler": poppler,
}


def without_extras(article: Article, text: str, pages: int) -> str:
    """A text less the article's furniture and notes, where they stand in it as the article writes them."""
    for words in sorted({*article.furniture(pages), *(note for _, note in article.notes)}, key=len, reverse=True):
        if len(words) > 3:
            text = text.replace(folded(words), " ")
    return folded(text)


def quality() -> None:
    """Print the first table."""
    print("| file | " + " | ".join(TOOLS) + " |")
    print("|---|" + "---|" * len(TOOLS))
    for name, (title, *_) in FILES.items():
        article = load(title)
        truth = folded(" ".join(text for _, text in article.body))
        cells = []
        for tool, read in TOOLS.items():
            text = folded(_CONTROLS.sub("", read(PDFS / f"{name}.pdf")))
            if not tool.startswith("Dozaban"):
                text = without_extras(article, text, 4)
            order = words_in_order(article.mixed, text)
            errors = Levenshtein.distance(truth, text) / len(truth)
            share = sum(order) / len(order)
            cells.append(f"{errors:.2%} · {share:.0%} · {half_space_recall(truth, text):.0%}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def speed(paths: list[Path]) -> None:
    """Print the second table."""
    tools = {"pdfplumber characters": pdfplumber_characters, **TOOLS}
    for read in tools.values():
        read(paths[0])  # imports and lexicons
    seconds: dict[str, float] = dict.fromkeys(tools, float("inf"))
    for _ in range(RUNS):
        for tool, read in tools.items():
            start = sum(os.times()[:4])
            for path in paths:
                read(path)
            seconds[tool] = min(seconds[tool], sum(os.times()[:4]) - start)
    print("\n| | " + " | ".join(tools) + " |")
    print("|---|" + "---|" * len(tools))
    print("| seconds | " + " | ".join(f"{value:.2f}" for value in seconds.values()) + " |")
    base = seconds["pdfplumber characters"]
    print("| ratio | " + " | ".join(f"{value / base:.2f}" for value in seconds.values()) + " |")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    if not given:
        quality()
    speed(given or [PDFS / f"{name}.pdf" for name in FILES])
