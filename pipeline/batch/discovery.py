"""From what stands on the command line to a list of articles, each with an id of its own."""

from __future__ import annotations

import fnmatch
import glob
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import archive
from pipeline.batch.sources import Source
from pipeline.road import slug


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be processed. ``renamed_from`` is set when another article already has the id of its name.

    ``part`` names the article in a file that holds several.
    """

    source: Source
    id: str
    renamed_from: str | None = None
    part: str | None = None

    @property
    def path(self) -> Path:
        """The source as a path, for show."""
        return Path(self.source.where)

    @property
    def where(self) -> str:
        """The source, and the part of it, as people read it."""
        return self.source.where if self.part is None else f"{self.source.where}#{self.part}"


@dataclass(frozen=True, slots=True)
class Unpacking:
    """Where archives are unpacked, and how much may come out of one."""

    folder: Path
    limits: archive.Limits


def discover(
    places: Iterable[Path | str | Source],
    suffixes: Iterable[str],
    ignore: Sequence[str] = (),
    *,
    articles_in: Callable[[Path], Sequence[str]] = lambda path: (),
    unpacking: Unpacking | None = None,
    known: Mapping[tuple[str, str | None], str] | None = None,
    ours: Callable[[Path], bool] = lambda path: False,
) -> list[Job]:
    """The articles among ``places``, in a fixed order, every id used once.

    A file is taken as it is, whatever its name (reading it decides whether it is an article). A folder gives every
    file below it whose suffix is one of ``suffixes``, hidden files and folders and ``ignore`` patterns left out. A
    pattern (``**/*.pdf``) that is no file gives what it matches; an archive, where ``unpacking`` allows it, its
    members; a URL an object or what lies below it. A path that does not exist is kept: it becomes a failed row like
    any other unreadable file. ``articles_in`` names the articles of a file that holds several; each becomes a job of
    its own. ``known`` holds the ids of earlier runs, by source and part: an article
    keeps its id whatever comes beside it. ``ours`` tells the files a run wrote itself, should they lie below a folder.
    """
    wanted = {suffix.lower() for suffix in suffixes}
    found: dict[str, Source] = {}
    for place in places:
        for source in _sources(place, wanted, ignore, unpacking, ours):
            found.setdefault(source.key, source)
    articles: list[tuple[Source, str | None]] = []
    for source in found.values():
        parts: Sequence[str | None] = (articles_in(source.path) if source.path is not None else ()) or [None]
        articles += [(source, part) for part in parts]
    kept = {(source, part): (known or {}).get((source.key, part)) for source, part in articles}
    taken = {article_id for article_id in kept.values() if article_id is not None}
    jobs: list[Job] = []
    for source, part in articles:
        stem = Path(source.name).stem
        natural = slug(stem if part is None else f"{stem}-{part}")
        article_id = kept[source, part]
        if article_id is None:
            article_id = next(name for name in _candidates(natural, source) if name not in taken)
            taken.add(article_id)
        jobs.append(Job(source, article_id, natural if article_id != natural else None, part))
    return jobs


def _sources(
    place: Path | str | Source,
    suffixes: set[str],
    ignore: Sequence[str],
    unpacking: Unpacking | None,
    ours: Callable[[Path], bool],
) -> Iterator[Source]:
    if isinstance(place, Source):
        yield place
        return
    if "://" in str(place):
        from pipeline.batch import remote

        yield from remote.find(str(place), suffixes, ignore)
        return
    path = Path(place)
    if path.is_dir():
        yield from (Source.file(file) for file in _below(path, suffixes, ignore) if not ours(file))
    elif unpacking is not None and archive.is_archive(path):
        folder = unpacking.folder / slug(str(path.absolute()))
        yield from archive.unpack(path, folder, suffixes, unpacking.limits)
    elif glob.has_magic(str(path)) and not path.exists() and (matches := _matching(str(path))):
        for match in sorted(matches):
            if not ours(Path(match)):
                yield from _sources(match, suffixes, ignore, unpacking, ours)
    else:
        yield Source.file(path)


def _matching(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 (pathlib takes no absolute patterns)


def _below(folder: Path, suffixes: set[str], ignore: Sequence[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.suffix.lower() in suffixes and not left_out(relative.as_posix(), ignore) and path.is_file():
            yield path


def left_out(relative: str, ignore: Sequence[str]) -> bool:
    """Whether a file below a folder is hidden, lies in a hidden folder, or is to be ignored."""
    *_, name = parts = relative.split("/")
    if any(part.startswith(".") for part in parts):
        return True
    return any(fnmatch.fnmatch(relative, pattern) or fnmatch.fnmatch(name, pattern) for pattern in ignore)


def _candidates(natural: str, source: Source) -> Iterator[str]:
    yield natural
    file = Path(source.where)
    yield slug(f"{natural}-{file.suffix.lstrip('.')}")
    yield slug(f"{file.parent.name}-{natural}")
    number = 2
    while True:
        yield f"{natural}-{number}"
        number += 1
