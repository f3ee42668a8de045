"""Given names, the surest sign that two capitalised words are a person."""

from __future__ import annotations

from functools import cache

from pipeline import resources


@cache
def given_names() -> frozenset[str]:
    """Given names as English texts write them."""
    return frozenset(name for _, names in resources.rows("gazetteer/given_names_en.tsv") for name in names.split())
