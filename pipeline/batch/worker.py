"""A worker process: loads the models once, makes one article after another, and looks after itself.

It talks to its owner over its standard input and output (pickled plain data from a process of the same user, nothing
that comes from a file). Anything a library prints goes to the log of workers. A worker whose owner is gone ends; so
does one that needs too much memory, and one that does not come back from an article long after its time.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.batch.perform import memory_megabytes, perform, settle
from pipeline.batch.task import Task
from pipeline.config import Config
from pipeline.road import Road

#: Exit status of a worker that needed more memory than it may have.
OUT_OF_MEMORY = 97
_LOOK_EVERY = 0.5
#: Seconds after its time at which an article's worker ends itself, should its owner not have ended it.
_GRACE = 30.0


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told at the start."""

    config: Config
    staging: Path
    timeout: float
    max_megabytes: int


def serve() -> None:
    """The life of a worker: ``ready``, then a product for each task, until the owner closes the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inward, outward = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    os.dup2(2, 1)
    os.close(0)
    faulthandler.enable()
    orders: Orders = inward.recv()
    ready = threading.Event()
    threading.Thread(target=_look_after, args=(os.getppid(), orders.max_megabytes, ready), daemon=True).start()
    road = Road(orders.config)
    outward.send("ready")
    ready.set()
    first = True
    # The owner may be gone at any moment; what is half done lies in its staging folder.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            task: Task = inward.recv()
            faulthandler.dump_traceback_later(orders.timeout + _GRACE, exit=True)
            product = perform(road, task, orders.staging / f"{task.number}")
            faulthandler.cancel_dump_traceback_later()
            outward.send(product)
            if first:
                settle()
                first = False
    sys.stdout.flush()


def _look_after(owner: int, max_megabytes: int, ready: threading.Event) -> None:
    """End the process when its owner is gone, or, once it is ready, when it holds too much memory.

    Before that no article could be to blame, and the owner would take it that workers do not start.
    """
    while True:
        time.sleep(_LOOK_EVERY)
        if os.getppid() != owner:
            os._exit(1)
        if max_megabytes and ready.is_set() and memory_megabytes() > max_megabytes:
            os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    serve()
