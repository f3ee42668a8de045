"""Writing reviewed records to the output folder in a process of its own, so that the page never waits for YAML.

The process reads ids of articles from its input, one a line, and answers each with a line: empty when the record is
written, else what went wrong. It ends when its input ends, and so with the server, however that ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pipeline
from pipeline.decisions.apply import decide
from pipeline.decisions.files import FOLDER, read_reviews
from pipeline.emit import EmitSettings, EmitStage, Format, keep_machine
from pipeline.errors import DozabanError
from pipeline.review.desk import machine_record


def publish(outputs: Path, article: str) -> None:
    """Write the record of an article under all its decisions. Raises DozabanError and OSError."""
    machine = machine_record(outputs, article)
    keep_machine(machine, outputs / FOLDER)
    record = decide(machine, read_reviews(outputs / FOLDER, article)).record
    EmitStage(EmitSettings(formats=_formats(outputs, article))).write(record, outputs)


def _formats(outputs: Path, article: str) -> tuple[Format, ...]:
    """The forms that the article is there in already."""
    suffixes: dict[Format, str] = {"yaml": ".yaml", "text": ".txt", "jsonl": ".jsonl"}
    return tuple(form for form, suffix in suffixes.items() if (outputs / f"{article}{suffix}").is_file())


class Publisher:
    """The process, started with the first record that is to be written; ``module`` is what it runs."""

    def __init__(self, outputs: Path, module: str = "pipeline.review.publish") -> None:
        self.outputs, self.module = outputs, module
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, article: str) -> str:
        """Have a record written and wait for it; what went wrong, or nothing."""
        if self._process is None or self._process.poll() is not None:
            root = str(Path(pipeline.__file__).parents[1])
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module, str(self.outputs.resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))},
                start_new_session=True,  # Ctrl+C ends the server, which then has the last records written
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{article}\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        return answer.strip() if answer else "the process that writes records has died"

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(timeout=10)


def serve(write: Callable[[Path, str], None]) -> None:
    """Have what is asked for written until nothing more can be asked."""
    os.nice(5)
    outputs = Path(sys.argv[1])
    for line in sys.stdin:
        try:
            write(outputs, line.strip())
            answer = ""
        except (DozabanError, OSError) as error:
            answer = " ".join(str(error).split())
        print(answer, flush=True)


if __name__ == "__main__":
    serve(publish)
