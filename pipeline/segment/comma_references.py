"""Entries of the reference list whose parts are all set off by commas, the year among the last of them.

“Doe, Jane, The Kites of the North, Oslo: Nordic Press, 2010”, “J. Doe, R. Roe, A method for strings, Comput. Kites 12
(2017)”, «احمدی، علی، بادبادک‌های شمال، تهران: نشر نی، ۱۳۹۰». Nothing but the shape of the parts says where the authors
end, so an entry is read this way only when what is left after them looks like a title with something behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.segment import given_names
from pipeline.segment.given_names import PARTICLES, english_family

_COMMA = re.compile(r"\s*[,،]\s*")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s\-]*){1,4}$|[\u0620-\u06ff]\.?$")
_INITIALS_FIRST = re.compile(r"(?:[A-Z]\.[\s\-]*)+[^\W\d_]{2}")
_AND = re.compile(r"\s+(?:and|&)\s+|\s+و\s+")
_LEADING_AND = re.compile(r"(?:and|&|و)\s+")
_EDITOR = re.compile(
    r"(?:\(?eds?\.?\)?|\(?ed\.?\)?|editors?|ویراستار(?:ان)?|گردآورنده(?:گان)?|به کوشش .*)$", re.IGNORECASE
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "a", "an", "from", "with", "at", "by", "under", "into"}
)
#: Words that no person's name holds.
_COMMON_FA = frozenset({"در", "از", "به", "با", "بر", "برای", "تا", "که", "این", "آن", "های", "ها"})


@dataclass(frozen=True, slots=True)
class Parted:
    """The authors' family names, and where the title begins and ends in the entry."""

    authors: list[str]
    start: int
    end: int


def parted(entry: str, limit: int) -> Parted | None:
    """The authors and title of an entry in this style, which end before ``limit`` (its year); None for other styles."""
    cuts = [(m.start(), m.end()) for m in _COMMA.finditer(entry, 0, limit)]
    bounds = [(a[1], b[0]) for a, b in pairwise([(0, 0), *cuts, (limit, limit)])]
    parts = [entry[start:end] for start, end in bounds]
    persian = "\u0600" <= entry.lstrip(' «"(')[:1] <= "\u06ff"
    authors, at = (_persian if persian else _english)(parts)
    if not authors or at + 1 >= len(parts) or not _is_title(parts[at]):
        return None
    last = at
    while last + 2 < len(parts) and re.match(r"[a-z]", parts[last + 1]):  # a title that holds a comma
        last += 1
    return Parted(authors, bounds[at][0], bounds[last][1])


def _is_title(part: str) -> bool:
    return sum(char.isalpha() for char in part) > 5 and " " in part.strip() and not re.search(r"[.!?؟]\s+\S", part)


def _english(parts: list[str]) -> tuple[list[str], int]:
    """The family names that the parts begin with, and the index of the first part that names nobody."""
    names: list[str] = []
    at = 0
    while at < len(parts):
        part, last = parts[at].strip(), False
        if names and _EDITOR.match(part):
            return names, at + 1
        if match := _LEADING_AND.match(part):
            part, last = part[match.end() :], True
        following = parts[at + 1].strip() if at + 1 < len(parts) else ""
        given, *joined = _AND.split(following)
        if _is_family(part) and (_INITIALS.match(given) or (not names and _is_given(given))):  # Doe, J.  Doe, Jane
            names.append(part)
            if joined and not all(map(_is_full, joined)):
                return [], 0
            names += [english_family(name) for name in joined]
            at, last = at + 2, last or bool(joined)
        elif all(map(_is_full, people := _AND.split(part))) and (names or len(people) > 1 or _is_full(part)):
            names += [english_family(name) for name in people]
            at, last = at + 1, last or len(people) > 1
        elif not names and _is_body(part):
            return [part], at + 1
        else:
            return names, at
        if last:
            return names, at + (at < len(parts) and _EDITOR.match(parts[at].strip()) is not None)
    return names, at


def _persian(parts: list[str]) -> tuple[list[str], int]:
    """The same for «احمدی، علی و کریمی، رضا، …»: a family name, then a given name that may open the next author."""
    names: list[str] = []
    at, family = 0, parts[0].strip()
    while _is_persian_name(family) and at + 1 < len(parts):
        given, *joined = re.split(r"\s+و\s+|\s*؛\s*", parts[at + 1].strip())
        if not _is_persian_name(given) or len(given.split()) > 2 or len(joined) > 1:
            break
        names.append(family)
        at += 2
        if not joined:
            break
        family, at = joined[0], at - 1
    return names, at


def _is_persian_name(words: str) -> bool:
    split = words.replace("\u200c", " ").split()
    return (
        0 < len(split) <= 3 and not _COMMON_FA & set(split) and all("\u0620" <= word[0] <= "\u06ff" for word in split)
    )


def _is_family(part: str) -> bool:
    words = [word for word in part.split() if word.lower() not in PARTICLES]
    return 0 < len(words) <= 2 and all(word[0].isupper() and not word.endswith(".") for word in words)


def _is_given(part: str) -> bool:
    """Whether a part can be given names alone: “Jane”, “Jane B.”, “Mohammad Reza”; of several words one is known."""
    words = part.split()
    if not 0 < len(words) <= 3 or not all(word[0].isupper() for word in words):
        return False
    return len(words) == 1 or any(word in given_names.english() for word in words)


def _is_full(name: str) -> bool:
    """Whether words are a whole name with the given name first: “Jane B. Doe”, “J. Doe”."""
    words = name.split()
    if not 2 <= len(words) <= 5 or not words[-1][0].isupper() or _SMALL & set(words):
        return False
    return bool(_INITIALS_FIRST.match(name)) or words[0] in given_names.english()


def _is_body(part: str) -> bool:
    """Whether a part can be the name of an institution: several capitalised words."""
    words = [word for word in part.split() if word not in _SMALL]
    return len(words) > 1 and all(word[0].isupper() for word in words)
