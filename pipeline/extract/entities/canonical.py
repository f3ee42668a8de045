"""From mentions to entities: what is joined, what it is called, and its id.

Mentions join by identity: a gazetteer id (which joins both languages), an explained acronym, a family name's full
name, or the written form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.article import Article
from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.lexicon import Entry, Lexicon
from pipeline.extract.entities.reading import Reading, Tongue
from pipeline.extract.entities.resolve import surface_key
from pipeline.extract.entities.towns import geonames_id
from pipeline.record import Bilingual, Entity, EntityType, Link, Mention, Mentions
from pipeline.text.language import language_of_name
from pipeline.text.offsets import Span
from pipeline.text.slugs import slug

_IDENTIFIERS = frozenset({"iso3166", "geonames"})
_SPACE = re.compile(r"\s+")
_ORDER = ("metadata", "pattern", "gazetteer", "model", "consistency")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in the article's own offsets."""

    span: Span
    surface: str
    language: Tongue
    type: EntityType
    key: str
    method: str
    confidence: float


def located(article: Article, reading: Reading, mentions: Iterable[Candidate]) -> list[Found]:
    """Mentions of a reading as spans of the article's text, one of each type on each span.

    Left out are those that a running head cuts: it would be in their span.
    """
    found = []
    seen: set[tuple[Span, EntityType]] = set()
    for mention in sorted(mentions, key=lambda mention: not mention.key):  # an identity known is not lost to a repeat
        span = reading.source(mention.start, mention.end)
        surface = article.surface(span)
        if (span, mention.type) in seen:
            continue
        if "\n\n" in surface and _letters(surface) > _letters(reading.text[mention.start : mention.end]):
            continue
        seen.add((span, mention.type))
        key = mention.key or surface_key(mention.type, reading.text[mention.start : mention.end])
        language = language_of_name(surface, reading.language)
        found.append(Found(span, surface, language, mention.type, key, mention.method, mention.worth))
    return found


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def entities(found: list[Found], known: Lexicon, names: dict[str, Bilingual], least: float) -> list[Entity]:
    """One entity for each identity, in order of first appearance. ``names`` are names given by the front matter."""
    groups: dict[tuple[EntityType, str], list[Found]] = {}
    for mention in sorted(found, key=lambda f: (f.span, f.type)):
        groups.setdefault((mention.type, _identity(mention.key, known)), []).append(mention)
    result: list[Entity] = []
    used: Counter[str] = Counter()
    for (kind, key), mentions in groups.items():
        entity = _entity(kind, key, mentions, known, names.get(key))
        if entity.confidence < least:
            continue
        used[entity.id] += 1
        if used[entity.id] > 1:
            entity.id = f"{entity.id}-{used[entity.id]}"
        result.append(entity)
    return result


def _identity(key: str, known: Lexicon) -> str:
    """The gazetteer's id of an armed force that its country and branch describe."""
    if key.startswith("force:"):
        entry = known.by_force.get(key.removeprefix("force:"))
        return entry.id if entry else key
    return key


def _entity(kind: EntityType, key: str, found: list[Found], known: Lexicon, given: Bilingual | None) -> Entity:
    entry = known.entries.get(key)
    listed = entry if entry and any(not mention.key.startswith("force:") for mention in found) else None
    surfaces: dict[Tongue, list[str]] = {"en": [], "fa": []}
    mentions = Mentions()
    for mention in found:
        written = _SPACE.sub(" ", mention.surface)
        if written not in surfaces[mention.language]:
            surfaces[mention.language].append(written)
    name = _name(kind, key, listed, surfaces, given)
    confidence = round(max(mention.confidence for mention in found), 2)
    method = _method(found)
    seen: set[tuple[Tongue, Span]] = set()
    for mention in found:
        if (mention.language, mention.span) in seen:
            continue
        seen.add((mention.language, mention.span))
        item = Mention(
            span=mention.span,
            surface=mention.surface,
            method=None if mention.method == method else mention.method,
            confidence=None if round(mention.confidence, 2) == confidence else round(mention.confidence, 2),
        )
        (mentions.en if mention.language == "en" else mentions.fa).append(item)
    aliases = {
        language: [form for form in forms if form != getattr(name, language)] for language, forms in surfaces.items()
    }
    both = bool(mentions.en and mentions.fa)
    stated = entry.identifiers if entry else {}
    identifiers = {k: v for k, v in stated.items() if k in _IDENTIFIERS}
    if kind == "GPE" and not identifiers and name.en and (city := geonames_id(name.en, stated.get("country"))):
        identifiers = {"geonames": city}
    return Entity(
        id=f"{kind.lower()}/{slug(name.en or name.fa or key)}",
        type=kind,
        name=name,
        aliases={language: forms for language, forms in aliases.items() if forms},
        identifiers=identifiers,
        mentions=mentions,
        method=method,
        alignment=Link(method="identifier", confidence=0.99) if both else None,
        confidence=confidence,
    )


def _name(
    kind: EntityType, key: str, entry: Entry | None, surfaces: dict[Tongue, list[str]], given: Bilingual | None
) -> Bilingual:
    """The entity's name in each language it is mentioned in (in both when the gazetteer knows it)."""
    if given is not None:
        return given
    if entry is not None:
        english = entry.en[0] if entry.en else None
        persian = entry.fa[0] if entry.fa else None
        if kind == "NORP" and not surfaces["fa"]:
            persian = None
        return Bilingual(
            en=english or (surfaces["en"][0] if surfaces["en"] else None),
            fa=persian or (surfaces["fa"][0] if surfaces["fa"] else None),
        )
    english_name = _fullest(surfaces["en"])
    if key.startswith("loc/the-"):
        english_name = "the " + key.removeprefix("loc/the-").capitalize()
    return Bilingual(en=english_name, fa=_fullest(surfaces["fa"]))


def _fullest(forms: list[str]) -> str | None:
    """The longest form, the first of equals; capitals before small letters."""
    return max(forms, key=lambda form: (len(form), sum(map(str.isupper, form)))) if forms else None


def _method(found: list[Found]) -> str:
    """The voice of most mentions, the earlier layer when two are equal."""
    counts = Counter(mention.method for mention in found)
    return min(counts, key=lambda method: (-counts[method], _ORDER.index(method)))
