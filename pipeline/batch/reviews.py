"""People's decisions on their way through a run.

They lie beside the records, while a record is made somewhere else: they travel with the task, ``emit`` finds them
beside the record in the making, and the machine's own record travels back to its place among them. A decision more or
less makes a record due again, from the kept layers.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.decisions.files import FOLDER

#: Files of decisions about one article, by name.
Reviews = tuple[tuple[str, bytes], ...]
#: No article's id begins with a dot, so that no file of a record is called so.
_MACHINE = ".machine."


def found_reviews(outputs: Path) -> dict[str, list[Path]]:
    """The files of decisions in a folder of records, by the ids of the articles that they may be about."""
    found: dict[str, list[Path]] = {}
    for path in sorted((outputs / FOLDER).glob("*.yaml")):
        name = path.name.removesuffix(".yaml")
        for article in {name, name.rpartition(".")[0]} - {""}:
            found.setdefault(article, []).append(path)
    return found


def digest(reviews: Reviews) -> str:
    """What changes when a decision is taken; empty without any."""
    return hashlib.sha256(repr(reviews).encode()).hexdigest() if reviews else ""


def place(reviews: Reviews, folder: Path) -> None:
    """Put the decisions beside a record in the making."""
    for name, data in reviews:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        (folder / FOLDER / name).write_bytes(data)


def machine_record(article: str, folder: Path) -> list[Path]:
    """The machine's own record, when ``emit`` kept one, under a name that tells where it belongs."""
    from pipeline.emit import machine_file

    kept = machine_file(folder / FOLDER, article)
    return [kept.replace(folder / f"{_MACHINE}{article}.jsonl")] if kept.is_file() else []


def place_of(name: str) -> str:
    """Where a file that comes back belongs, from the folder of records on."""
    return f"{FOLDER}/.machine/{name.removeprefix(_MACHINE)}" if name.startswith(_MACHINE) else name


def is_record(name: str) -> bool:
    """Whether a file that comes back is one of the record's own."""
    return not name.startswith(_MACHINE)
