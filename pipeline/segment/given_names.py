"""Given names of both languages, as far as lists know them: they tell which end of a whole name is the family's."""

from __future__ import annotations

import re
from functools import cache

from pipeline import resources

ZWNJ = "\u200c"


#: Words that a family name of several words begins with.
PARTICLES = frozenset("van von de der den al el bin ibn del da di la le ter".split())
#: Words that end a family name and are none by themselves.
_ENDINGS = frozenset({"زاده", "نژاد", "پور", "نیا", "فر", "زادگان", "وند", "لو"})


@cache
def english() -> frozenset[str]:
    """Given names as English texts write them."""
    return frozenset(name for row in resources.rows("gazetteer/given_names_en.tsv") for name in row[1].split())


@cache
def persian() -> frozenset[str]:
    """Given names as Persian texts write them, without half-spaces."""
    listed = (name for row in resources.rows("gazetteer/given_names_fa.tsv") for name in row[1].split("|"))
    return frozenset(name.lstrip("?").replace(ZWNJ, "") for name in listed) | {"سید", "سیده"}


@cache
def _bodies() -> frozenset[str]:
    """The first words of institutions' names: وزارت، دانشگاه."""
    rows = resources.rows("gazetteer/heads_fa.tsv")
    return frozenset(word for row in rows if row[0] in {"ORG", "FAC"} for word in row[1].split()[:1])


def english_family(name: str) -> str:
    """The family name of “Jane B. Doe” and “Doe J.”, whole when it is one word."""
    words = without_initials(name).split()
    for at, word in enumerate(words[:-1]):
        if word.lower() in PARTICLES and at > 0:
            return " ".join(words[at:])
    return words[-1] if words else ""


def without_initials(name: str) -> str:
    """A name less the initials at its end; the name of a body stays whole."""
    return re.sub(r"(?:\s+[A-Z]\.?)+$", "", name).strip()


def persian_family(name: str) -> str:
    """The family name of «علی احمدی» and «احمدی علی»; the whole name where no end or each word is a given name."""
    words = name.split()
    known = [word.replace(ZWNJ, "").replace("ي", "ی").replace("ك", "ک") in persian() for word in words]
    for at in range(1, len(words)):  # «حسین زاده» is a family
        if words[at] in _ENDINGS:
            known[at - 1] = known[at] = False
    if not 2 <= len(words) <= 4 or words[0] in _bodies() or all(known) or known[0] == known[-1]:
        return name
    kept = [word for word, given in zip(words, known, strict=True) if not given]
    return " ".join(kept)
