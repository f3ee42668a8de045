"""A pack: what teaches the systems extractor one field, as a typed YAML file.

A pack lists the *kinds* of system its field knows with their English and Persian nouns, the *families* of
designations and the proper names that are common knowledge, the words that look like names and are none, the
*properties* that texts state with their units, and cues for relations. ``defence`` and ``computing`` are shipped; a
user's own pack is any file of this form. Everything wrong in a pack is a :class:`ConfigError` that names the file,
the place in it and the reason.

Conventions inside the file: alternatives in one string are separated by ``|``, the canonical one first; nouns are
given in the singular (plurals are formed); a space or hyphen in an English noun also matches the other, and a space
in a Persian noun also matches a half-space or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline import resources
from pipeline.errors import ConfigError
from pipeline.record import RelationType
from pipeline.stage import nearest

#: The packs that come with Dozaban, in the order in which they are asked.
SHIPPED: tuple[str, ...] = ("defence", "computing", "engineering", "medical")

#: When a family or known name is taken: always, with a kind noun in its sentence, or only beside a kind noun.
Context = Literal["free", "noun", "adjacent"]


class Part(BaseModel):
    """A part of a pack: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """Words or phrases of both languages."""

    en: tuple[str, ...] = ()
    fa: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The words of one language."""
        return self.fa if language == "fa" else self.en


class Names(Part):
    """A name in both languages."""

    en: str
    fa: str | None = None


class Kind(Part):
    """A kind of system. Its ``nouns`` show that the field is spoken of and lend their kind to names beside them."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    parent: str | None = None
    name: Names
    nouns: Words = Words()
    #: The nouns are used in many fields: they neither activate the pack nor make a name of the word beside them.
    weak: bool = False
    #: A Persian word without quotation marks after the noun may be a name (``ناوشکن جماران``).
    bare: bool = False
    #: A word in Latin letters after the Persian noun is a name (``نرم‌افزار SPSS``).
    bare_latin: bool = False
    #: Names follow the English noun in apposition (``the destroyer Sabalan``).
    apposed: bool = False
    #: Name of a property that records which noun the text used (``ship_class``).
    noun_property: str | None = None


class Family(Part):
    """Designations that share a prefix: ``C-802``, ``Su-57``, ``Shahed 136``.

    Different prefixes with the same numbers, kind and origin may share an entry, separated by ``;`` (``RQ;MQ``), their
    Persian forms in the same order.
    """

    prefixes: str
    fa: str = ""
    numbers: str = r"\d{1,4}"
    kind: str
    origin: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    context: Context = "free"
    nicknames: tuple[str, ...] = ()

    def spellings(self) -> list[tuple[str, str]]:
        """Every prefix in either script with the canonical one that it stands for."""
        persian = self.fa.split(";")
        pairs: list[tuple[str, str]] = []
        for index, group in enumerate(self.prefixes.split(";")):
            forms = [*group.split("|"), *(persian[index].split("|") if index < len(persian) else ())]
            pairs.extend((form, forms[0]) for form in forms if form)
        return pairs

    @field_validator("numbers")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return value


class KnownNames(Part):
    """Proper names of one kind, English to Persian; a side without a usual name is null."""

    kind: str
    origin: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    context: Context = "free"
    names: dict[str, str | None]


class NamePrefix(Part):
    """Letters before a ship's name: ``USS``, ``HMS``."""

    prefixes: str
    kind: str
    origin: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")


class PropertyRule(Part):
    """How a property is stated: a cue beside a number with a unit, a year, a count, or a set phrase."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: Literal["measure", "year", "count", "keyword"] = "measure"
    units: tuple[str, ...] = ()
    cues: Words = Words()
    values: dict[str, tuple[str, ...]] = {}
    #: A single number is an upper bound (a range of 120 km reaches up to 120 km).
    bound: bool = False
    #: Kinds (with those below them) that have the property; every kind where none is named.
    of: tuple[str, ...] = ()
    #: An amount in brackets right after a name, or after "of", means this property where its unit fits.
    bare: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "measure" and not self.units:
            raise ValueError(f"property {self.name!r} measures something and needs units")
        if self.type == "keyword" and not self.values:
            raise ValueError(f"property {self.name!r} is a keyword property and needs values")
        if self.type != "keyword" and not (self.cues.en or self.cues.fa):
            raise ValueError(f"property {self.name!r} needs cues")
        return self


class RelationRule(Part):
    """Cues of one relation. What precedes the cue stands in the relation to what follows it, unless ``reverse``."""

    type: RelationType
    cues: Words
    reverse: bool = False


class Makers(Part):
    """Makers of one country, English to Persian: what they made comes from there."""

    origin: str = Field(pattern=r"^[A-Z]{2}$")
    names: dict[str, str | None]


class SupplyWords(Part):
    """Verbs of delivering and of acquiring."""

    verbs: tuple[str, ...] = ()
    purchase: tuple[str, ...] = ()


class Supply(Part):
    """The words of arms and other trade, by language."""

    en: SupplyWords = SupplyWords()
    fa: SupplyWords = SupplyWords()


class Pack(Part):
    """Everything the extractor knows about one field."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    name: Names
    kinds: tuple[Kind, ...] = Field(min_length=1)
    families: tuple[Family, ...] = ()
    known_names: tuple[KnownNames, ...] = ()
    name_prefixes: tuple[NamePrefix, ...] = ()
    class_words: Words = Words()
    modifiers: Words = Words()
    never: Words = Words()
    heads: tuple[str, ...] = ()
    units: dict[str, tuple[str, ...]] = {}
    properties: tuple[PropertyRule, ...] = ()
    relations: tuple[RelationRule, ...] = ()
    makers: tuple[Makers, ...] = ()
    hedges: Words = Words()
    naming: Words = Words()
    supply: Supply = Supply()
    #: How many kind nouns and known names an article must use for the pack to apply by itself.
    threshold: int = Field(default=3, ge=1)

    @model_validator(mode="after")
    def _refers_to_known(self) -> Self:
        kinds = [kind.id for kind in self.kinds]
        for kind_id in sorted(set(kinds)):
            if kinds.count(kind_id) > 1:
                raise ValueError(f"kind {kind_id!r} is defined twice")
        for where, kind_id in self._kinds_referred_to():
            if kind_id not in kinds:
                raise ValueError(f"{where} names an unknown kind {kind_id!r}{nearest(kind_id, kinds)}")
        for kind in self.kinds:
            if kind.id in _ancestors(kind, {other.id: other for other in self.kinds}):
                raise ValueError(f"kind {kind.id!r} is its own ancestor")
        for rule in self.properties:
            for unit in rule.units:
                if unit not in self.units:
                    raise ValueError(
                        f"property {rule.name!r} names an unknown unit {unit!r}{nearest(unit, self.units)}"
                    )
        return self

    def _kinds_referred_to(self) -> list[tuple[str, str]]:
        return [
            *((f"kind {kind.id!r}", kind.parent) for kind in self.kinds if kind.parent is not None),
            *((f"family {family.prefixes!r}", family.kind) for family in self.families),
            *((f"known_names[{index}]", known.kind) for index, known in enumerate(self.known_names)),
            *((f"property {rule.name!r}", kind) for rule in self.properties for kind in rule.of),
            *((f"name prefix {prefix.prefixes!r}", prefix.kind) for prefix in self.name_prefixes),
        ]


def _ancestors(kind: Kind, by_id: Mapping[str, Kind]) -> list[str]:
    found: list[str] = []
    while kind.parent is not None and kind.parent not in found:
        found.append(kind.parent)
        kind = by_id[kind.parent]
    return found


def load_packs(names: tuple[str, ...]) -> tuple[Pack, ...]:
    """The packs of these names (shipped ones) or paths (a user's), in order, each once.

    Raises ConfigError when a name is neither, or when a file does not hold a valid pack.
    """
    packs: dict[str, Pack] = {}
    for name in names:
        pack = shipped(name) if name in SHIPPED else _from_file(name)
        packs.setdefault(pack.id, pack)
    return tuple(packs.values())


@cache
def shipped(name: str) -> Pack:
    """A pack that comes with Dozaban."""
    return parse(resources.read_text(f"packs/{name}.yaml"), where=f"{name}.yaml")


def _from_file(name: str) -> Pack:
    path = Path(name).expanduser()
    if path.suffix not in {".yaml", ".yml"}:
        raise ConfigError(
            f"unknown pack {name!r}{nearest(name, SHIPPED)}; a pack of your own is the path of a .yaml file"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"pack {name!r} cannot be read: {error}") from None
    return parse(text, where=name)


def parse(text: str, *, where: str) -> Pack:
    """A pack from YAML text. What it does not say about relations, hedges and naming comes from the shipped tables."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        values = yaml.load(text, loader)
        shared = yaml.load(resources.read_text("packs/relations.yaml"), loader)
    except yaml.YAMLError as error:
        raise ConfigError(f"pack {where!r} is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(values, dict):
        raise ConfigError(f"pack {where!r} must be a mapping with the keys id, name, kinds")
    merged = dict(values)
    merged["relations"] = [*values.get("relations", []), *shared["relations"]]
    for key in ("hedges", "naming"):
        merged.setdefault(key, shared[key])
    try:
        return Pack.model_validate(merged)
    except ValidationError as error:
        raise ConfigError(f"pack {where!r}: {_explain(error)}") from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {place!r}{nearest(str(first['loc'][-1]), Pack.model_fields)}"
    return f"{place + ': ' if place else ''}{first['msg']}"
