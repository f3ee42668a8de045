"""A real PostgreSQL server for the tests: its own folder, its own socket, no port, gone afterwards.

The server refuses to run as root, so that the tests' own root starts it as another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, or None when PostgreSQL is not installed (Debian keeps it off the path)."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Start a server; yields the URL of an empty database on it."""
    folder = Path(tempfile.mkdtemp(prefix="dozaban-pg-"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        user = names.get("postgres") or names["nobody"]
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def run(*command: str) -> None:
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, **as_user)  # type: ignore[call-overload]
        if done.returncode:
            log = folder / "log"
            raise RuntimeError(f"{command[0]}: {done.stderr}{log.read_text() if log.is_file() else ''}")

    data = str(folder / "data")
    try:
        run(
            str(binaries / "initdb"),
            "-D",
            data,
            "-U",
            "dozaban",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(str(binaries / "pg_ctl"), "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://dozaban@/postgres?host={folder}"
        finally:
            run(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
