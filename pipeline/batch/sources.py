"""Where an article's bytes are: a file, a member of an archive, an object in a store, or standard input."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import DozabanError, ReadError
from pipeline.road import open_source


@dataclass(frozen=True, slots=True)
class Source:
    """One file.

    ``where`` names it to people (a path, ``archive.zip!/folder/a.md``, a URL, ``-``), ``name`` is its file name. Its
    bytes are at ``path`` on this machine, in ``data``, or behind the URL ``where``. ``lasting`` is false when ``path``
    is a copy that goes away with the run. A source that could not even be found has a ``problem`` instead.
    """

    where: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    lasting: bool = True
    problem: DozabanError | None = None

    @classmethod
    def file(cls, path: Path) -> Source:
        """A file on this machine."""
        return cls(where=str(path), name=path.name, path=path)

    @classmethod
    def failing(cls, where: str, problem: DozabanError) -> Source:
        """A source that reading will raise ``problem`` for, so that it becomes a failed row like any other."""
        return cls(where=where, name=where.rpartition("/")[2] or where, problem=problem)

    @property
    def key(self) -> str:
        """What the source is known by from run to run: the absolute path of a file, else ``where``."""
        return str(self.path.absolute()) if self.path is not None and self.lasting else self.where

    @property
    def remote(self) -> bool:
        """Whether the bytes have to be fetched from an object store."""
        return self.path is None and self.data is None and self.problem is None

    def read(self) -> bytes:
        """The bytes. Raises ReadError (``E-UNREADABLE``) when they cannot be had."""
        if self.problem is not None:
            raise self.problem
        if self.data is not None:
            return self.data
        if self.path is not None:
            return open_source(self.path).data
        from pipeline.batch import remote

        return remote.read(self.where)

    def loaded(self) -> Source:
        """The same source with its bytes beside it, for whoever cannot get at them."""
        return self if self.data is not None else replace(self, path=None, data=self.read())

    def stamp(self) -> str | None:
        """What changes when the bytes do, without reading them; None where nothing of the kind is to be had."""
        if self.path is not None and self.lasting:
            return file_stamp(self.path)
        if self.remote:
            from pipeline.batch import remote

            try:
                return remote.stamp(self.where)
            except ReadError:
                return None
        return None


def file_stamp(path: Path) -> str | None:
    """Size and times of a file; the time of its last change of any kind is among them, which nobody can set back."""
    try:
        found = os.stat(path)  # noqa: PTH116 (the cheapest call there is; a run makes tens of thousands)
    except OSError:
        return None
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}"
