"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO


def write_atomically(target: Path, content: str | bytes) -> None:
    """Write bytes, or UTF-8 text with its line ends as they are, to a temporary file in the same folder; rename it.

    A file that already has this content is left untouched. Raises OSError; the old file is then as it was.
    """
    write_together({target: content})


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files, each as :func:`write_atomically` does, and rename them in the order given.

    All are written before the disk is waited for, which then has one thing to do and not one for each file. Raises
    OSError; a file not yet renamed is then as it was.
    """
    with ExitStack() as stack:
        renamed: list[tuple[Path, Path]] = []
        streams: list[IO[bytes]] = []
        for target, content in contents.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
                continue
            descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
            temporary = Path(name)
            stack.callback(temporary.unlink, missing_ok=True)
            stream = stack.enter_context(os.fdopen(descriptor, "wb"))
            stream.write(data)
            stream.flush()
            streams.append(stream)
            renamed.append((temporary, target))
        for each in streams:
            os.fsync(each.fileno())
            each.close()
        for temporary, target in renamed:
            temporary.chmod(0o644)
            temporary.replace(target)
