"""Data the stages know the world by: gazetteers, lexicons, packs, models. No code but the way to open them.

Every text file begins with ``#`` comment lines that name its source and licence (a binary one has a ``.txt`` card of
the same name beside it). The record names each
resource it stands on by its :func:`digest`.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """The path of a resource (``gazetteer/organisations.tsv``). Raises FileNotFoundError when there is none."""
    found = ROOT / name
    if not found.is_file():
        raise FileNotFoundError(f"resource {name!r} is not part of this installation")
    return found


def read_text(name: str) -> str:
    """A resource's text; a ``.gz`` one is unpacked."""
    data = path(name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


def rows(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of a table, without comments and blank lines."""
    for line in read_text(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def digest(name: str) -> str:
    """The SHA-256 of a resource, as its bytes lie on disk."""
    return hashlib.sha256(path(name).read_bytes()).hexdigest()
