"""The configuration: ``config.yaml`` and ``--set`` overrides, as typed settings.

The commented defaults stand in ``config.yaml`` at the root of the project, which is the one place where every
setting is described; the typed classes (here and in each stage's ``Settings``) hold the same defaults, so that the
library works without the file. A test keeps the two in step.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from pipeline import stage
from pipeline.errors import ConfigError
from pipeline.stage import Settings, Stage

STAGES = (
    "read", "segment", "extract.dates", "extract.systems", "extract.entities", "extract.timeline", "align", "emit",
)  # fmt: skip

#: Parts of the configuration that belong to no stage and change no record.
_NO_STAGE = ("paths", "catalogue", "batch")


class Paths(Settings):
    """Where a run reads and writes when the command line does not say."""

    corpus: str = Field(default="corpus", description="folder of articles that `dozaban run` reads")
    outputs: str = Field(default="outputs", description="folder that records are written to")
    ignore: tuple[str, ...] = Field(
        default=("README*", "source/*"), description="file patterns, relative to a given folder, that are no articles"
    )


class CatalogueSettings(Settings):
    """The database that every run feeds. Nothing here changes a record."""

    url: str = Field(
        default="sqlite", description="`sqlite` (catalogue.sqlite beside the records), a path, a URL, or `none`"
    )


class BatchSettings(Settings):
    """How many articles are processed apart from each other. Nothing here changes a record."""

    timeout: float = Field(default=600, gt=0, description="seconds after which an article is given up")
    recycle_megabytes: int = Field(
        default=1500, ge=0, description="a worker that holds more memory than this is replaced between two articles"
    )
    max_megabytes: int = Field(default=4000, ge=0, description="an article that needs more is given up")
    keep_layers: str = Field(
        default="extract.timeline", description="stage whose result is kept, so that only later ones run again"
    )
    max_unpacked_bytes: int = Field(default=20_000_000_000, gt=0, description="most bytes an archive may unpack to")
    max_members: int = Field(default=200_000, gt=0, description="most files an archive may hold")


@dataclass(frozen=True)
class Config:
    """A checked configuration: the stages in order, the paths, and each stage's own settings."""

    stages: tuple[str, ...] = STAGES
    paths: Paths = field(default_factory=Paths)
    catalogue: CatalogueSettings = field(default_factory=CatalogueSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def build(self) -> list[Stage]:
        """The stages, made with their settings and checked for order. Raises ConfigError or StageError."""
        return stage.build(self.stages, self.settings)

    @cached_property
    def effective(self) -> dict[str, Any]:
        """Every setting with the value in force, as plain data in the layout of ``config.yaml``."""
        merged: dict[str, Any] = {
            "stages": list(self.stages),
            "paths": self.paths.model_dump(mode="json"),
            "catalogue": self.catalogue.model_dump(mode="json"),
            "batch": self.batch.model_dump(mode="json"),
        }
        for name in self.stages:
            values = stage.stage_settings(stage.stage_class(name), self.settings).model_dump(mode="json")
            part = merged
            *outer, last = name.split(".")
            for step in outer:
                part = part.setdefault(step, {})
            part[last] = {**values, **part.get(last, {})}
        return merged

    @cached_property
    def sha256(self) -> str:
        """Identifies everything in the configuration that can change a record (paths, catalogue and batch do not)."""
        relevant = {key: value for key, value in self.effective.items() if key not in _NO_STAGE}
        return hashlib.sha256(json.dumps(relevant, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def load(path: Path | None = None, overrides: Iterable[str] = ()) -> Config:
    """The configuration in a file (defaults when None), with ``--set`` overrides (``extract.dates.relative=false``).

    Raises ConfigError for a missing or malformed file, an unknown key (naming the nearest), a value of a wrong type.
    """
    values = _read(path) if path is not None else {}
    for override in overrides:
        _override(values, override)
    return from_dict(values)


def from_dict(values: Mapping[str, Any]) -> Config:
    """A configuration from plain data in the layout of ``config.yaml``. Raises ConfigError as :func:`load` does."""
    names = values.get("stages", list(STAGES))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError("setting 'stages' must be a list of stage names")
    settings = {key: value for key, value in values.items() if key not in ("stages", *_NO_STAGE)}
    _check_keys(settings, sorted({*stage.available(), *names}))
    paths = stage.validated(Paths, values.get("paths") or {}, where="paths")
    catalogue = stage.validated(CatalogueSettings, values.get("catalogue") or {}, where="catalogue")
    batch = stage.validated(BatchSettings, values.get("batch") or {}, where="batch")
    config = Config(tuple(names), paths, catalogue, batch, settings)
    for name in config.stages:
        stage.stage_settings(stage.stage_class(name), settings)
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror}", code="E-CONFIG-FILE") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise ConfigError(f"{path} is not valid YAML: {first}", code="E-CONFIG-YAML") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ConfigError(f"{path} must hold a mapping of settings", code="E-CONFIG-YAML")
    return values


def _override(values: dict[str, Any], override: str) -> None:
    key, separator, text = override.partition("=")
    if not separator or not key:
        raise ConfigError(f"--set {override!r}: write it as key.path=value")
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        raise ConfigError(f"--set {override!r}: the value is not valid YAML") from None
    *outer, last = key.strip().split(".")
    part = values
    for step in outer:
        inner = part.setdefault(step, {})
        if not isinstance(inner, dict):
            raise ConfigError(f"--set {override!r}: {step!r} is a value, it has no settings of its own")
        part = inner
    part[last] = value


def _check_keys(settings: Mapping[str, Any], stages: list[str]) -> None:
    """Refuse a key that belongs to no stage; a stage's own keys are checked by its Settings."""
    groups = {name.split(".")[0] for name in stages}
    for key, value in settings.items():
        if key not in groups:
            raise ConfigError(f"unknown setting {key!r}{stage.nearest(key, sorted({*groups, 'stages', *_NO_STAGE}))}")
        members = [name.partition(".")[2] for name in stages if name.startswith(f"{key}.")]
        if not members or key in stages:
            continue
        if not isinstance(value, Mapping):
            raise ConfigError(f"setting {key!r} must be a mapping of {', '.join(members)}")
        for member in value:
            if member not in members:
                raise ConfigError(f"unknown setting '{key}.{member}'{stage.nearest(str(member), members)}")
