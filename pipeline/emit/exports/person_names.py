"""Family and given names of people, for formats that keep them apart.

A name with a comma says itself which is which. Otherwise the family name is the last word with the particles before
it (van, de, al-…), in both languages; a name of one word, and the name of an institution, stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ben ter ten بن ابن آل".split())
_INSTITUTION = re.compile(
    r"(?i)\b(?:university|institute|ministry|press|court|agency|organi[sz]ation|office|council|department|center|"
    r"centre|committee|united|international|association|bank|company|group|news|times|service)\b"
    r"|دانشگاه|مؤسسه|موسسه|وزارت|سازمان|مرکز|دیوان|شورا|خبرگزاری|بانک|انتشارات|اداره|کمیته|انجمن"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts; ``given`` is empty where the name is one whole."""

    family: str
    given: str = ""

    @property
    def whole(self) -> bool:
        """Whether the name has no parts that are known."""
        return not self.given


def person_name(name: str) -> PersonName:
    """The parts of a name as printed."""
    words = name.split()
    for comma in (",", "،"):
        family, found, given = name.partition(comma)
        if found and family.strip() and given.strip():
            return PersonName(family.strip(), given.strip(" ,،"))
    if len(words) < 2 or _INSTITUTION.search(name):
        return PersonName(" ".join(words))
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return PersonName(" ".join(words[at:]), " ".join(words[:at]))


def cited_name(name: str) -> PersonName:
    """The parts of a name in a reference list, where a name without a comma is a family name or an institution."""
    family, given = "", ""
    for comma in (",", "،"):
        if comma in name:
            family, _, given = name.partition(comma)
            break
    if family.strip() and given.strip():
        return PersonName(family.strip(), given.strip(" ,،"))
    return PersonName(" ".join(name.split()).strip(" ,،"))
