"""Where records go: a folder, or a prefix in an object store. Files arrive whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from pipeline.batch import remote
from pipeline.batch.ledger import Written
from pipeline.batch.reviews import Reviews, found_reviews
from pipeline.batch.sources import file_stamp
from pipeline.errors import ReadError


class Destination(Protocol):
    """A place that holds the files of records by name."""

    def put(self, name: str, file: Path) -> Written:
        """Take a finished file. One that is there with the same content is left untouched. Raises OSError."""
        ...

    def stamp(self, name: str) -> str | None:
        """What changes when the file is touched; None when there is no such file."""
        ...

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None when there is none."""
        ...

    def reviews(self, article: str) -> Reviews:
        """The files of people's decisions that may be about an article."""
        ...


def open_destination(outputs: str) -> Destination:
    """The destination a path or URL names."""
    return Bucket(outputs) if remote.is_url(outputs) else Folder(Path(outputs))


class Folder:
    """A folder on this machine, on the same file system as the state, so that a file is moved in by renaming it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reviews: dict[str, list[Path]] | None = None

    def put(self, name: str, file: Path) -> Written:
        """Rename the file into its place."""
        data = file.read_bytes()
        target = self.path / name
        target.parent.mkdir(exist_ok=True)
        if not target.is_file() or target.stat().st_size != len(data) or target.read_bytes() != data:
            file.replace(target)
        return Written(name, file_stamp(target), hashlib.sha256(data).hexdigest())

    def stamp(self, name: str) -> str | None:
        """Size and times."""
        return file_stamp(self.path / name)

    def read(self, name: str) -> bytes | None:
        """The content."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def reviews(self, article: str) -> Reviews:
        """The files in ``reviews``, which is listed once."""
        if self._reviews is None:
            self._reviews = found_reviews(self.path)
        return tuple((path.name, path.read_bytes()) for path in self._reviews.get(article, ()))


class Bucket:
    """Objects below a URL."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def put(self, name: str, file: Path) -> Written:
        """Upload the file."""
        data = file.read_bytes()
        remote.write(f"{self.url}/{name}", data)
        return Written(name, self.stamp(name), hashlib.sha256(data).hexdigest())

    def stamp(self, name: str) -> str | None:
        """The store's mark of the object's version."""
        try:
            return remote.stamp(f"{self.url}/{name}")
        except ReadError:
            return None

    def read(self, name: str) -> bytes | None:
        """The content."""
        try:
            return remote.read(f"{self.url}/{name}")
        except ReadError:
            return None

    def reviews(self, article: str) -> Reviews:
        """None: people review records in folders."""
        return ()


def touched(destination: Destination, files: tuple[Written, ...]) -> str | None:
    """``missing`` or ``changed`` when a record's files are not as they were written, else None."""
    for file in files:
        stamp = destination.stamp(file.name)
        if stamp is None:
            return "missing"
        if stamp != file.stamp:
            data = destination.read(file.name)
            if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
                return "changed"
    return None if files else "missing"
