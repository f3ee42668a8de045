"""Make the PDF articles of the corpus from the HTML sources beside this script.

    python corpus/source/make_pdfs.py                      every *.html here becomes ../<stem>.pdf
    python corpus/source/make_pdfs.py --check              compare with the committed files, write nothing
    python corpus/source/make_pdfs.py -o build/pdf one.html

The pages are laid out by WeasyPrint (in the ``dev`` extra), which needs Pango and HarfBuzz's subsetter from the
system, and set in fonts found by family name through fontconfig. On Debian::

    apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core

The output is deterministic: no dates or random identifiers are written, so two runs with the same WeasyPrint and
the same fonts give the same bytes. Other versions of either give the same text on pages that may differ in bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Families that hold all Persian letters, ZWNJ and digits (or all Latin ones), best first; all have free licences.
PERSIAN_FAMILIES = ("Noto Naskh Arabic", "Vazirmatn", "Amiri", "Scheherazade New")
LATIN_FAMILIES = ("Noto Serif", "Liberation Serif", "DejaVu Serif")

MAX_BYTES = 300_000
"""A corpus file is an example to be read in a repository; a larger one has embedded more than it needs."""


class FontMissingError(RuntimeError):
    """None of the wanted font families is installed."""


def installed_family(families: Sequence[str]) -> str:
    """The first of ``families`` that fontconfig knows.

    Raises FontMissingError when none is there; fontconfig itself would answer with any font at all, and the Persian
    text would come out as empty boxes.
    """
    if shutil.which("fc-match") is None:
        raise FontMissingError("fc-match is missing: install fontconfig")
    for family in families:
        found = subprocess.run(
            ["fc-match", "--format=%{family[0]}", family], capture_output=True, text=True, check=True
        ).stdout
        if found == family:
            return family
    raise FontMissingError(f"none of these font families is installed: {', '.join(families)} (try fonts-noto-core)")


def font_rules(persian: str, latin: str) -> str:
    """CSS that sets Latin text in ``latin`` and everything that it lacks in ``persian``, or the other way round.

    The order matters for what both fonts have: digits, brackets and spaces follow the language they stand in.
    """
    return (
        f'@page {{ font-family: "{latin}", "{persian}"; }}\n'
        f'html, [lang="fa"] {{ font-family: "{persian}", "{latin}"; }}\n'
        f'html:lang(en), [lang="en"] {{ font-family: "{latin}", "{persian}"; }}\n'
    )


def render(source: Path, *, persian: str, latin: str) -> bytes:
    """The PDF of one HTML source, with fonts subset and embedded."""
    from weasyprint import CSS, HTML

    style = CSS(string=font_rules(persian, latin))
    pdf: bytes | None = HTML(filename=str(source)).write_pdf(stylesheets=[style])
    if pdf is None:  # WeasyPrint returns None only when it is given a target to write to
        raise RuntimeError(f"no PDF came out of {source.name}")
    return pdf


def rendered(sources: Sequence[Path], *, persian: str, latin: str) -> Iterator[tuple[str, bytes]]:
    """File name and content of the PDF of each source, in order."""
    for source in sources:
        pdf = render(source, persian=persian, latin=latin)
        if len(pdf) > MAX_BYTES:
            raise RuntimeError(f"{source.stem}.pdf has {len(pdf):,} bytes, more than {MAX_BYTES:,}")
        yield f"{source.stem}.pdf", pdf


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Command-line options; the defaults make the committed corpus."""
    parser = argparse.ArgumentParser(description="Make the corpus's PDF articles from their HTML sources.")
    parser.add_argument("sources", nargs="*", type=Path, help="HTML files (default: all beside this script)")
    parser.add_argument("-o", "--output", type=Path, default=HERE.parent, help="folder for the PDFs (default: corpus/)")
    parser.add_argument("--persian", help=f"Persian font family (default: first installed of {PERSIAN_FAMILIES})")
    parser.add_argument("--latin", help=f"Latin font family (default: first installed of {LATIN_FAMILIES})")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a PDF differs from its source's")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make or check the PDFs; 0 when all is well, 1 when a check failed, 2 when a font is missing."""
    options = parse_arguments(arguments)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # read by the font libraries in place of the clock
    try:
        persian = installed_family([options.persian] if options.persian else PERSIAN_FAMILIES)
        latin = installed_family([options.latin] if options.latin else LATIN_FAMILIES)
    except FontMissingError as error:
        print(f"make_pdfs: {error}", file=sys.stderr)
        return 2

    differing = 0
    sources = options.sources or sorted(HERE.glob("*.html"))
    for name, pdf in rendered(sources, persian=persian, latin=latin):
        target = options.output / name
        if options.check:
            same = target.is_file() and target.read_bytes() == pdf
            differing += not same
            print(f"{target}: {'same' if same else 'differs'}")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(pdf)
            print(f"{target}: {len(pdf):,} bytes")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
