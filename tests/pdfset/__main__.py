"""Make the PDF set: every article through every engine (``make pdfset``).

    cd tests && python -m pdfset                       write tests/pdfset/pdf/*.pdf
    cd tests && python -m pdfset -o DIR lantern-fa-xelatex

An engine that is not installed is named and skipped; its committed PDFs stay as they are. On Debian, all of them::

    apt-get install chromium libreoffice-writer texlive-xetex texlive-lang-arabic fonts-noto-core fonts-hosny-amiri

Vazirmatn (SIL Open Font License) comes from the npm package ``vazirmatn``. ReportLab and Typst come with the extra ``pdfset``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from pdfset.article import HERE, load

#: name: (article, engine, columns, font)
FILES: dict[str, tuple[str, str, int, str]] = {
    "lantern-fa-chromium": ("lantern-fa", "html:chromium", 1, "vazirmatn"),
    "lantern-fa-chromium-2": ("lantern-fa", "html:chromium", 2, "noto"),
    "lantern-fa-weasyprint": ("lantern-fa", "html:weasyprint", 1, "amiri"),
    "lantern-fa-weasyprint-2": ("lantern-fa", "html:weasyprint", 2, "noto"),
    "lantern-fa-libreoffice": ("lantern-fa", "libreoffice:libreoffice", 1, "amiri"),
    "lantern-fa-libreoffice-2": ("lantern-fa", "libreoffice:libreoffice", 2, "vazirmatn"),
    "lantern-fa-xelatex": ("lantern-fa", "xelatex:xelatex", 1, "amiri"),
    "lantern-fa-xelatex-2": ("lantern-fa", "xelatex:xelatex", 2, "vazirmatn"),
    "lantern-fa-reportlab": ("lantern-fa", "reportlab:reportlab", 1, "vazirmatn"),
    "lantern-fa-reportlab-2": ("lantern-fa", "reportlab:reportlab", 2, "amiri"),
    "ferries-en-chromium": ("ferries-en", "html:chromium", 2, "vazirmatn"),
    "ferries-en-weasyprint": ("ferries-en", "html:weasyprint", 2, "noto"),
    "ferries-en-libreoffice": ("ferries-en", "libreoffice:libreoffice", 2, "noto"),
    "ferries-en-xelatex": ("ferries-en", "xelatex:xelatex", 2, "noto"),
    "ferries-en-reportlab": ("ferries-en", "reportlab:reportlab", 1, "vazirmatn"),
    "qanat-fa-chromium-3": ("qanat-fa", "journal:chromium", 3, "vazirmatn"),
    "qanat-fa-weasyprint-3": ("qanat-fa", "journal:weasyprint", 3, "noto"),
    "qanat-fa-weasyprint-sideways": ("qanat-fa", "journal:sideways", 1, "vazirmatn"),
    "qanat-fa-typst": ("qanat-fa", "journal:typst", 1, "noto"),
    "tiles-en-chromium": ("tiles-en", "journal:chromium", 1, "noto"),
    "tiles-en-weasyprint-3": ("tiles-en", "journal:weasyprint", 3, "noto"),
    "tiles-en-typst-3": ("tiles-en", "journal:typst", 3, "amiri"),
}


def main() -> int:
    """Make the files named, or all; 0 when every one was made."""
    parser = argparse.ArgumentParser(description="Make the bilingual PDF set.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(FILES)} (default: all)")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "pdf", help="folder to write to")
    options = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    options.output.mkdir(parents=True, exist_ok=True)
    missing = 0
    for name in options.names or FILES:
        article, engine, columns, font = FILES[name]
        module, function = engine.split(":")
        try:
            pdf = getattr(importlib.import_module(f"pdfset.{module}"), function)(
                load(article), columns=columns, font=font
            )
        except (FileNotFoundError, ImportError, OSError) as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)
            missing += 1
            continue
        (options.output / f"{name}.pdf").write_bytes(pdf)
        print(f"{name}.pdf: {len(pdf):,} bytes", flush=True)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
