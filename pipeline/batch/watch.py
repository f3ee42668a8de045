"""Waiting for what arrives in a folder.

Nothing is remembered here: each arrival only says that it is time for another run, and the ledger knows what that run
has to do. So a restart loses nothing, and what arrived in between is found by the first run.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path


def arrivals(
    folder: Path, suffixes: Collection[str], settle: float, ours: Callable[[Path], bool] = lambda path: False
) -> Iterator[bool]:
    """Yield True whenever the folder should be run over: at the start, and after every burst of changes.

    A burst is over when nothing that could be an article has changed for ``settle`` seconds, so that a file is not
    taken while it is being copied. ``ours`` tells the files that a run writes itself. Yields False each
    time waiting begins. Ends with KeyboardInterrupt.
    """
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    changed: queue.SimpleQueue[float] = queue.SimpleQueue()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in ("opened", "closed_no_write") or event.is_directory:
                return
            paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
            if any(p.suffix.lower() in suffixes and not p.name.startswith(".") and not ours(p) for p in paths):
                changed.put(time.monotonic())

    # Watching begins before the first run, so that nothing falls between the two.
    observer = Observer()
    observer.schedule(Handler(), str(folder), recursive=True)
    observer.start()
    try:
        yield True
        while True:
            yield False
            last = changed.get()
            while (rest := last + settle - time.monotonic()) > 0:
                try:
                    last = changed.get(timeout=rest)
                except queue.Empty:
                    break
            yield True
    finally:
        observer.stop()
        observer.join()
