"""Which Persian author is which English one, where the front matter names them apart.

Authors stand in one order in both languages, so that order is evidence beside the sound of the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.article import sorted_mentions
from pipeline.record import Author, Bilingual, Mentions
from pipeline.text.transliteration import similarity

_TITLES = re.compile(
    r"\b(?:Dr|Prof|Mr|Mrs|Ms|Ph\.?\s?D|MD)\b\.?,?\s*|(?:^|\s)(?:دکتر|مهندس|سیده?|حجت‌الاسلام)\s+(?=\S+\s)"
)
_SAME_PLACE = 0.25
_MIN_SOUND = 0.45
_MIN_SOUND_ALONE = 0.3


def pair_authors(authors: Sequence[Author]) -> list[Author]:
    """The authors with those named in one language each joined; the order of the English names is kept."""
    english = [author for author in authors if author.name.en and not author.name.fa]
    persian = [author for author in authors if author.name.fa and not author.name.en]
    if not english or not persian:
        return list(authors)
    partners = _partners([a.name.en or "" for a in english], [a.name.fa or "" for a in persian])
    taken = {j for j, _ in partners.values()}
    joined: list[Author] = []
    for author in authors:
        if author in english:
            i = english.index(author)
            joined.append(_joined(author, persian[partners[i][0]], partners[i][1]) if i in partners else author)
        elif author not in persian or persian.index(author) not in taken:
            joined.append(author)
    return joined


def name_similarity(english: str, persian: str) -> float:
    """How alike two names of a person sound, titles aside; ``Rezaei, Masoud`` is read in either order."""
    plain, other = _TITLES.sub("", english).strip(), _TITLES.sub(" ", persian).strip()
    best = similarity(plain, other)
    if "," in plain:
        family, _, given = plain.partition(",")
        best = max(best, similarity(f"{given.strip()} {family.strip()}", other))
    return best


def _partners(english: Sequence[str], persian: Sequence[str]) -> dict[int, tuple[int, float]]:
    alone = len(english) == len(persian) == 1
    scored = []
    for i, name in enumerate(english):
        for j, other in enumerate(persian):
            sound = name_similarity(name, other)
            if sound >= (_MIN_SOUND_ALONE if alone else _MIN_SOUND):
                scored.append((sound + (_SAME_PLACE if i == j else 0.0), i, j, sound))
    partners: dict[int, tuple[int, float]] = {}
    for _, i, j, sound in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if i not in partners and j not in {taken for taken, _ in partners.values()}:
            partners[i] = (j, round(min(0.99, sound + 0.1), 2))
    return partners


def _joined(english: Author, persian: Author, confidence: float) -> Author:
    return Author(
        name=Bilingual(en=english.name.en, fa=persian.name.fa),
        affiliation=Bilingual(
            en=english.affiliation.en or persian.affiliation.en, fa=persian.affiliation.fa or english.affiliation.fa
        ),
        email=english.email or persian.email,
        orcid=english.orcid or persian.orcid,
        mentions=Mentions(
            en=sorted_mentions([*english.mentions.en, *persian.mentions.en]),
            fa=sorted_mentions([*english.mentions.fa, *persian.mentions.fa]),
        ),
        confidence=confidence,
    )
