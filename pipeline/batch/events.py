"""What happens in a run, one line of JSON each, for programs that follow it.

Events are the one place where the clock is written down; a record holds no time of its making.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pipeline.batch.outcome import Outcome


class Events:
    """Writes events to a file that grows from run to run, and to a stream where one is given.

    The events are ``run-started`` (articles, to_make, unchanged, duplicates, left), ``article`` (an outcome) and
    ``run-ended`` (seconds and totals). Each has ``time`` (UTC) and ``event``.
    """

    def __init__(self, path: Path, stream: IO[str] | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8")
        self._stream = stream

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def say(self, event: str, data: Mapping[str, Any]) -> None:
        """Write one event."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps({"time": time, "event": event, **data}, ensure_ascii=False) + "\n"
        self._file.write(line)
        self._file.flush()
        if self._stream is not None:
            self._stream.write(line)
            self._stream.flush()

    def article(self, outcome: Outcome) -> None:
        """An article is done, or need not be."""
        data = {key: value for key, value in outcome.to_dict().items() if value not in (None, "", (), [])}
        self.say("article", data)
