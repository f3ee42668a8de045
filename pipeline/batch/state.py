"""What a run needs beside the records: the ledger, kept layers, and room for records in the making.

It lies in ``.dozaban`` in the folder of records; for records in an object store, in the user's state folder. Only one
run writes to a folder of records at a time; the lock of a run that was killed is gone with it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pipeline.batch.layers import LayerStore
from pipeline.batch.ledger import Ledger
from pipeline.errors import OutputError

NAME = ".dozaban"
#: The folder beside the records in which a run tells about itself.
REPORT = "report"


def state_folder(outputs: str) -> Path:
    """Where the state of a folder of records is: in it, or for a URL in the user's state folder."""
    if "://" not in outputs:
        return Path(outputs) / NAME
    base = os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    return Path(base) / "dozaban" / hashlib.sha256(outputs.encode()).hexdigest()[:16]


class State:
    """The open state of a folder of records."""

    def __init__(self, outputs: str) -> None:
        """Takes the lock and clears what a killed run left half made.

        Raises OutputError: ``E-OUTPUT`` when the folder cannot be made, ``E-OUTPUT-BUSY`` when another run holds it.
        """
        self.folder = state_folder(outputs)
        self.outputs = None if "://" in outputs else Path(outputs).absolute()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(self.folder / "lock")
        except OSError as error:
            raise OutputError(
                f"{outputs} cannot be written to: {error.strerror or error}; check its rights, or name another folder"
            ) from None
        if self._lock is None:
            raise OutputError(
                f"another run is writing to {outputs}; wait for it to end, or name another folder with --output",
                code="E-OUTPUT-BUSY",
            )
        self.staging = self.folder / "staging"
        self.unpacked = self.folder / "unpacked"
        self.clear()
        self.staging.mkdir()
        self.ledger = Ledger(self.folder / "ledger.sqlite")
        self.layers = LayerStore(self.folder / "layers")
        self.log = self.folder / "workers.log"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def owns(self, path: Path) -> bool:
        """Whether a file in the folder of records, or below it, is the work of a run and no article."""
        path = path.absolute()
        if self.outputs is None or path == self.outputs or not path.is_relative_to(self.outputs):
            return False
        inner = path.relative_to(self.outputs).parts
        return inner[0] in (NAME, REPORT) or (len(inner) == 1 and self.ledger.wrote(inner[0]))

    def clear(self) -> None:
        """Remove records in the making and unpacked archives."""
        shutil.rmtree(self.staging, ignore_errors=True)
        shutil.rmtree(self.unpacked, ignore_errors=True)

    def close(self) -> None:
        """Close the ledger and give the lock back."""
        self.ledger.close()
        self.clear()
        if self._lock is not None:
            self._lock.close()


def _lock(path: Path) -> IO[str] | None:
    """The locked file, or None when another process holds it. A file system without locks is trusted."""
    stream = path.open("a")
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    except (ImportError, OSError):
        pass
    return stream
