"""An article's layers as bytes and back, so that a later stage can go on where an earlier run had come.

JSON, checked against the types of :class:`pipeline.article.Article` when it is read, and zlib: nothing in such a file
can run, and a damaged one is no more than a reason to begin with the source again.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from pipeline.article import Article, SourceFile

#: Grows when the form changes.
_FORM = 1
_NOT_LAYERS = ("id", "file")


def dump(article: Article) -> bytes | None:
    """The layers of an article, or None when a third-party stage made one that JSON cannot give back as it was."""
    try:
        if json.loads(json.dumps(article.extensions)) != article.extensions:
            return None
    except (TypeError, ValueError):
        return None
    values = {name: getattr(article, name) for name in _model().model_fields}
    values["made"] = sorted(article.made)  # the same bytes each time
    held = _model().model_construct(**values).model_dump_json(exclude_defaults=True, warnings=False)
    return zlib.compress(b"%d\n" % _FORM + held.encode("utf-8"), 3)


def restore(data: bytes, article_id: str, file: SourceFile) -> Article | None:
    """The article whose layers these are, or None when the bytes are damaged or of another form."""
    try:
        form, _, held = zlib.decompress(data).partition(b"\n")
        if form != b"%d" % _FORM:
            return None
        layers = _model().model_validate_json(held)
    except (zlib.error, ValidationError, ValueError):
        return None
    return Article(id=article_id, file=file, **{name: getattr(layers, name) for name in _model().model_fields})


@cache
def _model() -> type[BaseModel]:
    """The layers as a checked model, made from the types of the article itself."""
    empty = Article(id="", file=SourceFile("", b""))
    fields: dict[str, Any] = {
        name: (hint, getattr(empty, name)) for name, hint in get_type_hints(Article).items() if name not in _NOT_LAYERS
    }
    return create_model("Layers", __config__=ConfigDict(extra="forbid"), **fields)


class LayerStore:
    """The kept layers of a folder of records, by key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        """Where the layers of a key are, or would be."""
        return self._folder / key[:2] / f"{key}.json.z"

    def has(self, key: str) -> bool:
        """Whether there are layers of this key."""
        return self.path(key).is_file()

    def keep(self, key: str, data: bytes) -> None:
        """Keep layers under a key."""
        target = self.path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(".part")
        beside.write_bytes(data)
        beside.replace(target)

    def drop(self, key: str) -> None:
        """Forget the layers of a key."""
        self.path(key).unlink(missing_ok=True)
