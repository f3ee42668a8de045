"""A real server and a real browser for the tests of the review page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
ARTICLE = "naval-history-bushehr"


@dataclass
class Server:
    """A running `dozaban review`."""

    process: subprocess.Popen[str]
    link: str
    outputs: Path
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return self.link.partition("/?")[0]

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, **more: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request, exactly as it is given: no client that mends it on the way."""
        connection = HTTPConnection(self.host, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        sent = {"Host": self.host, **(headers or {}), **more}
        if body is not None:
            sent.setdefault("Content-Length", str(len(body)))
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def enter(self) -> None:
        """Use the link, as the browser does, and remember what a page of this session sends."""
        status, headers, _ = self.request("GET", self.link.removeprefix(self.base))
        assert status == 303
        self.headers["Cookie"] = headers["set-cookie"].partition(";")[0]
        _, _, page = self.request("GET", f"/a/{ARTICLE}", headers=self.headers)
        found = re.search(rb'"csrf":"(\w+)"', page)
        assert found is not None
        self.headers |= {
            "X-Dozaban": found[1].decode(),
            "Origin": self.base,
            "Content-Type": "application/json",
        }

    def decisions(self, article: str = ARTICLE, user: str = "") -> list[dict[str, Any]]:
        """What is written down."""
        path = self.outputs / "reviews" / (f"{article}.{user}.yaml" if user else f"{article}.yaml")
        return yaml.safe_load(path.read_text(encoding="utf-8"))["decisions"] if path.is_file() else []

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def serving(outputs: Path, *options: str) -> Iterator[Server]:
    """`dozaban review` on a free port."""
    command = [sys.executable, "-m", "pipeline", "review", str(outputs), "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    link = ""
    while not link:
        line = process.stdout.readline()
        assert line or process.poll() is None, process.stderr.read() if process.stderr else ""
        link = line.strip() if "token=" in line else ""
    server = Server(process, link, outputs)
    for _ in range(100):
        try:
            server.request("GET", "/")
            break
        except OSError:
            time.sleep(0.05)
    try:
        yield server
    finally:
        server.stop()


def copied_outputs(folder: Path) -> Path:
    """The project's own records in a folder of their own."""
    outputs = folder / "outputs"
    beside = shutil.ignore_patterns("reviews", "report", ".dozaban", "catalogue.sqlite*")
    shutil.copytree(ROOT / "outputs", outputs, ignore=beside)
    return outputs
