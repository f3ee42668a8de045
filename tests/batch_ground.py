"""What the tests of batch runs share: small articles, a quick run, and the records of a folder as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.batch import Options, Outcome, discover, run
from pipeline.batch.plan import Choice
from pipeline.batch.state import State
from pipeline.config import Config

ENGLISH = "# On straits\n\n## Abstract\n\nIran ratified nothing in 1982. The strait stayed open.\n"
PERSIAN = "# دربارهٔ تنگه‌ها\n\n## چکیده\n\nایران در سال ۱۳۶۱ چیزی را تصویب نکرد. تنگه باز ماند.\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """Files in a folder; ``__`` in a name is a dot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def inline(
    places: Path | Sequence[Path],
    output: Path,
    *,
    chosen: Config | None = None,
    force: bool = False,
    retry_failed: bool = False,
    limit: int | None = None,
) -> list[Outcome]:
    """A run in this process, with ids as in earlier runs."""
    with State(str(output)) as state:
        known = state.ledger.ids()
    found = discover(
        [places] if isinstance(places, Path) else places, [".md", ".txt", ".pdf"], ["README*", "source/*"], known=known
    )
    options = Options(engine="inline", choice=Choice(force, retry_failed, limit))
    return list(run(found, chosen or Config(), output, options=options))


def records(folder: Path) -> dict[str, bytes]:
    """Every file of a folder of records but what a run keeps for itself."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
