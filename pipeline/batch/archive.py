"""Articles in a ZIP or TAR archive, unpacked where neither a hostile name nor a bomb can do harm.

Only members that could be articles are written, each under a number of its own, so that no name in the archive ever
becomes a path. What counts is the bytes that come out, not the sizes the archive claims.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from pipeline.batch.sources import Source
from pipeline.errors import ReadError

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most an archive may hold: bytes in all, and files."""

    unpacked_bytes: int
    members: int


def is_archive(path: Path) -> bool:
    """Whether a file is called like an archive that can be unpacked."""
    return path.name.lower().endswith(SUFFIXES) and path.is_file()


def unpack(path: Path, folder: Path, suffixes: Collection[str], limits: Limits) -> list[Source]:
    """The articles in an archive, copied into ``folder``, in order of their names.

    Hidden files, links, devices, encrypted members and archives in the archive are left out. An archive that cannot be
    read to its end, or that holds more than ``limits`` allow, gives the members unpacked before and a failing source
    (``E-ARCHIVE-DAMAGED``, ``E-ARCHIVE-BOMB``) with the archive's own name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Source] = []
    left = limits.unpacked_bytes
    problem: ReadError | None = None
    try:
        for number, (name, stream) in enumerate(_members(path)):
            if number >= limits.members:
                raise _bomb(path, f"more than {limits.members:,} files", "batch.max_members")
            if not _wanted(name, suffixes):
                continue
            target = folder / f"{number:06d}{PurePosixPath(name).suffix.lower()}"
            with stream, target.open("wb") as out:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        limit = f"more than {limits.unpacked_bytes:,} bytes"
                        raise _bomb(path, limit, "batch.max_unpacked_bytes")
                    out.write(chunk)
            shown = f"{path}!/{name}"
            found.append(Source(shown, PurePosixPath(name).name, path=target, lasting=False))
    except ReadError as error:
        problem = error
    except (
        OSError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        tarfile.TarError,
        RuntimeError,
        NotImplementedError,
    ) as e:
        problem = ReadError(
            f"{path}: the archive is damaged or of a kind that cannot be read ({e or type(e).__name__}); "
            "fetch it again, or unpack it yourself and name the folder",
            code="E-ARCHIVE-DAMAGED",
        )
    found.sort(key=lambda source: source.where)
    return found if problem is None else [*found, Source.failing(str(path), problem)]


def _bomb(path: Path, what: str, setting: str) -> ReadError:
    return ReadError(f"{path}: the archive holds {what}; raise {setting} if it is to be trusted", code="E-ARCHIVE-BOMB")


def _wanted(name: str, suffixes: Collection[str]) -> bool:
    inner = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in inner.parts if part not in ("", ".", ".."))
    return not hidden and inner.suffix.lower() in suffixes


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and open stream of each regular file, in the order of the archive."""
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as zipped:
            for info in zipped.infolist():
                regular = (info.external_attr >> 28) in (0, 8)
                if regular and not info.is_dir() and not info.flag_bits & 1:
                    yield info.filename, zipped.open(info)
        return
    with tarfile.open(path, "r|*") as tape:
        for member in tape:
            stream = tape.extractfile(member) if member.isreg() else None
            if stream is not None:
                yield member.name, stream
