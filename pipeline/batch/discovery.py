"""From paths on the command line to a list of articles, each with an id of its own."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.road import slug


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be processed. ``renamed_from`` is set when another article already has the id of its name.

    ``part`` names the article in a file that holds several.
    """

    path: Path
    id: str
    renamed_from: str | None = None
    part: str | None = None


def discover(
    paths: Iterable[Path],
    suffixes: Iterable[str],
    ignore: Sequence[str] = (),
    *,
    articles_in: Callable[[Path], Sequence[str]] = lambda path: (),
) -> list[Job]:
    """The articles among ``paths``, in a fixed order, every id used once.

    A file is taken as it is, whatever its name (reading it decides whether it is an article). A folder gives every
    file below it whose suffix is one of ``suffixes``, hidden files and folders and ``ignore`` patterns left out.
    A path that does not exist is kept: it becomes a failed row like any other unreadable file. ``articles_in`` names
    the articles of a file that holds several; each becomes a job of its own.
    """
    wanted = {suffix.lower() for suffix in suffixes}
    files: list[Path] = []
    for path in paths:
        files.extend(_below(path, wanted, ignore) if path.is_dir() else [path])
    jobs: list[Job] = []
    taken: set[str] = set()
    for file in dict.fromkeys(files):
        parts: Sequence[str | None] = articles_in(file) or [None]
        for part in parts:
            natural = slug(file.stem if part is None else f"{file.stem}-{part}")
            article_id = next(name for name in _candidates(natural, file) if name not in taken)
            taken.add(article_id)
            jobs.append(Job(file, article_id, natural if article_id != natural else None, part))
    return jobs


def _below(folder: Path, suffixes: set[str], ignore: Sequence[str]) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts) or path.suffix.lower() not in suffixes:
            continue
        if any(fnmatch.fnmatch(relative.as_posix(), p) or fnmatch.fnmatch(path.name, p) for p in ignore):
            continue
        if path.is_file():
            found.append(path)
    return found


def _candidates(natural: str, file: Path) -> Iterable[str]:
    yield natural
    yield slug(f"{natural}-{file.suffix.lstrip('.')}")
    yield slug(f"{file.parent.name}-{natural}")
    number = 2
    while True:
        yield f"{natural}-{number}"
        number += 1
