"""What a stage is, how stages are found, and the checked order in which they run.

Built-in and third-party stages are found alike, through the entry-point group ``dozaban.stages``; an entry point
names a class that follows :class:`Stage`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.article import Article
from pipeline.errors import ConfigError, StageError

GROUP = "dozaban.stages"


class Settings(BaseModel):
    """Base of every stage's settings: typed, with defaults, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@runtime_checkable
class Stage(Protocol):
    """One stop on the road. It is made once with its settings and called once for each article.

    A call receives the article and returns the layers it adds, by name; it changes nothing itself and reads no file
    (``read`` and ``emit`` excepted). ``version`` changes when the same input may give other output. Heavy libraries
    and models are loaded on the first call, not on construction or import.
    """

    name: ClassVar[str]
    version: ClassVar[str]
    requires: ClassVar[frozenset[str]]
    provides: ClassVar[frozenset[str]]
    Settings: ClassVar[type[Settings]]

    def __init__(self, settings: Any) -> None: ...

    def __call__(self, article: Article) -> dict[str, Any]: ...


@cache
def available() -> dict[str, EntryPoint]:
    """The stages that installed packages offer, by name. A name offered twice is a StageError."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        if point.name in found and found[point.name].value != point.value:
            raise StageError(f"two packages offer a stage {point.name!r}: {found[point.name].value} and {point.value}")
        found[point.name] = point
    return found


def stage_class(name: str) -> type[Stage]:
    """The class of a stage. Raises StageError, with the nearest known name, when there is none."""
    known = available()
    if name not in known:
        raise StageError(f"unknown stage {name!r}{nearest(name, known)}")
    loaded = known[name].load()
    for attribute in ("name", "version", "requires", "provides", "Settings"):
        if not hasattr(loaded, attribute):
            raise StageError(f"stage {name!r} ({known[name].value}) has no {attribute!r}")
    return loaded  # type: ignore[no-any-return]


def build(names: Sequence[str], settings: Mapping[str, Any]) -> list[Stage]:
    """The stages in order, each with its validated settings. Raises StageError or ConfigError before anything runs."""
    classes = [stage_class(name) for name in names]
    check_order(classes)
    return [cls(stage_settings(cls, settings)) for cls in classes]


def check_order(classes: Sequence[type[Stage]]) -> None:
    """Raise StageError unless every stage finds what it requires among what the stages before it provide."""
    made: dict[str, str] = {}
    for position, cls in enumerate(classes):
        missing = sorted(cls.requires - made.keys())
        if missing:
            later = [other.name for other in classes[position + 1 :] if missing[0] in other.provides]
            hint = f"; move {later[0]!r} before it" if later else "; no stage in the list provides it"
            raise StageError(f"stage {cls.name!r} needs {', '.join(missing)}{hint}")
        for layer in cls.provides:
            made[layer] = cls.name


def stage_settings(cls: type[Stage], settings: Mapping[str, Any]) -> Settings:
    """The part of the configuration that belongs to a stage (``extract.dates`` → ``settings["extract"]["dates"]``)."""
    part: Any = settings
    for step in cls.name.split("."):
        part = part.get(step, {}) if isinstance(part, Mapping) else {}
    return validated(cls.Settings, part or {}, where=cls.name)


def validated[S: BaseModel](model: type[S], values: Mapping[str, Any], *, where: str) -> S:
    """``values`` as a ``model``; a ConfigError names the key, and the nearest known one when it is misspelt."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join([where, *(str(step) for step in first["loc"])]) if where else ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            key = str(first["loc"][-1])
            raise ConfigError(f"unknown setting {path!r}{nearest(key, model.model_fields)}") from None
        raise ConfigError(f"setting {path!r}: {first['msg']} (got {first['input']!r})") from None


def nearest(name: str, known: Mapping[str, Any] | Sequence[str]) -> str:
    """A hint for a misspelt name: the nearest known one, or the list of all."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"
