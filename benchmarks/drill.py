"""The fault drill: everything that can go wrong goes wrong, and the records come out as if nothing had.

    python benchmarks/drill.py [--good 200] [--kills 3] [--seed 6] [--light] [--dask]

Good articles, twenty bad files of twenty kinds (``bad_files.py``), one article that crashes its worker in native code
and one that never ends; and the whole run is killed (SIGKILL) at moments drawn by the seed. After each kill every
record that is there has to be whole; after the last run the good records have to be byte for byte those of an
undisturbed one, and the others listed with their codes. ``--light`` leaves out the stages that need models. ``--dask``
runs the good articles on a Dask cluster of two workers instead, one of which is killed in mid-run, and prints the time
against that of local processes.
Ends with status 0 when all of it holds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import articles  # noqa: E402 (neighbours, not a package)
import bad_files  # noqa: E402

_FULL = "[read, saboteur, segment, extract.dates, extract.systems, extract.entities, extract.timeline, align, emit]"
_LIGHT = "[read, saboteur, segment, emit]"


class Drill:
    """The folders of a drill and the way it runs things."""

    def __init__(self, base: Path, good: int, light: bool, timeout: float, seed: int) -> None:
        self.base = base
        self.chance = random.Random(seed)
        self.timeout = timeout
        self.stages = _LIGHT if light else _FULL
        self.articles = articles.write(base / "in", good, scale=0.4)
        plugin = base / "plugin"
        (plugin / "saboteur-1.dist-info").mkdir(parents=True)
        (plugin / "saboteur-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: saboteur\nVersion: 1\n")
        (plugin / "saboteur-1.dist-info" / "entry_points.txt").write_text(
            "[dozaban.stages]\nsaboteur = saboteur:Saboteur\n"
        )
        paths = [str(ROOT), str(plugin), str(ROOT / "benchmarks" / "saboteur")]
        self.environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        sys.path[:0] = paths  # for the workers of a cluster, which inherit it

    def start(self, output: Path, *more: str | Path) -> subprocess.Popen[str]:
        """Begin a run that tells its events."""
        command = [
            sys.executable, "-m", "pipeline", "run", *map(str, (self.base / "in", *more)), "-o", str(output), "--json",
            "--jobs", "2", "--set", f"stages={self.stages}", "--set", f"batch.timeout={self.timeout:g}",
        ]  # fmt: skip
        return subprocess.Popen(command, cwd=self.base, env=self.environment, stdout=subprocess.PIPE, text=True)

    def finish(self, output: Path, *more: str | Path) -> tuple[float, list[dict[str, Any]]]:
        """Seconds and events of a run that is left alone."""
        start = time.perf_counter()
        process = self.start(output, *more)
        text, _ = process.communicate()
        return time.perf_counter() - start, [json.loads(line) for line in text.splitlines()]

    def kill_midway(self, output: Path, after: int, *more: str | Path) -> int:
        """Begin a run and kill it shortly after so many articles were made. Returns how many had been."""
        process = self.start(output, *more)
        assert process.stdout is not None
        made = 0
        for line in process.stdout:
            event = json.loads(line)
            made += event["event"] == "article" and event.get("made", False)
            if made >= after:
                break
        time.sleep(self.chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        return made


def records(folder: Path) -> dict[str, bytes]:
    """The files of a folder of records."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}


def orphans(folder: Path) -> list[int]:
    """Worker processes that still write below a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "fd" / "2").startswith(str(folder)):  # noqa: PTH115
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def check(holds: bool, what: str) -> bool:
    """Say whether something holds."""
    print(f"{'holds' if holds else 'FAILS':<6} {what}")
    return holds


def fault_drill(drill: Drill, kills: int) -> bool:
    """Show 2. Returns whether everything held."""
    seconds, _ = drill.finish(drill.base / "undisturbed")
    expected = records(drill.base / "undisturbed")
    print(f"       {len(drill.articles)} articles undisturbed: {seconds:.1f} s, {len(expected)} files")
    bad = bad_files.write(drill.base / "bad")
    (drill.base / "bad" / "crash.md").write_text("# Crash\n\nSABOTEUR: CRASH\n", encoding="utf-8")
    (drill.base / "bad" / "sleep.md").write_text("# Sleep\n\nSABOTEUR: SLEEP\n", encoding="utf-8")
    everything = [path for path, _ in bad.values()] + [drill.base / "bad" / "crash.md", drill.base / "bad" / "sleep.md"]
    output = drill.base / "drilled"
    good, whole = True, True
    share = len(drill.articles) // (kills + 1)
    for number in range(kills):
        made = drill.kill_midway(output, drill.chance.randint(1, max(1, share)), *everything)
        found = records(output)
        whole = whole and all(expected.get(name) == data for name, data in found.items())
        print(f"       killed after {made} articles; {len(found)} files there (kill {number + 1})")
    good &= check(whole, "after each kill every file that was there was whole")
    time.sleep(2)
    good &= check(not orphans(output), "no worker outlived its run")
    seconds, events = drill.finish(output, *everything)
    last = {event["file"]: event for event in events if event["event"] == "article"}
    resumed = sum(1 for event in last.values() if not event["made"])
    print(f"       the last run took {seconds:.1f} s; {resumed} articles stood already")
    good &= check(records(output) == expected, "the good records are byte for byte those of the undisturbed run")
    failed = {file: event for file, event in last.items() if event["status"] == "failed"}
    good &= check(len(failed) == len(everything), f"{len(failed)} of {len(everything)} bad articles are listed")
    wanted = dict(bad)
    wanted["an article that crashes its worker"] = (drill.base / "bad" / "crash.md", "E-WORKER-DIED")
    wanted["an article that never ends"] = (drill.base / "bad" / "sleep.md", "E-TIMEOUT")
    for kind, (path, codes) in wanted.items():
        code = failed.get(str(path), {}).get("code", "none")
        good &= check(code in codes.split("|"), f"{kind}: {code}")
    state = output / ".dozaban"
    left = [p for p in [*output.rglob("*.part"), state / "staging", state / "unpacked"] if p.exists()]
    good &= check(not left, "nothing half-written is left")
    seconds, events = drill.finish(output, *everything)
    again = {event.get("code") for event in events if event["event"] == "article" and event["made"]}
    return good & check(again <= {"E-UNREADABLE", "E-ARCHIVE-DAMAGED"}, "one more run only tries what cannot be read")


def dask_drill(drill: Drill) -> bool:
    """Show 3. Returns whether everything held."""
    from distributed import Client, LocalCluster

    local, _ = drill.finish(drill.base / "local")
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        start = time.perf_counter()
        process = drill.start(drill.base / "dask", "--engine", "dask", "--scheduler", cluster.scheduler_address)
        assert process.stdout is not None
        done, killed = 0, None
        for line in process.stdout:
            done += json.loads(line)["event"] == "article"
            if killed is None and done >= len(drill.articles) // 3:
                killed = next(iter(client.run(os.getpid).values()))
                os.kill(killed, signal.SIGKILL)
        process.wait()
        seconds = time.perf_counter() - start
    print(f"       local processes {local:.1f} s; Dask {seconds:.1f} s with worker {killed} killed in mid-run: "
          f"{seconds / local - 1:+.1%}")  # fmt: skip
    same = records(drill.base / "dask") == records(drill.base / "local")
    return check(killed is not None and same, "Dask gives the same bytes though a worker was killed")


def main() -> None:
    """Run the drill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--dask", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dozaban-drill-") as name:
        drill = Drill(Path(name), chosen.good, chosen.light, chosen.timeout, chosen.seed)
        held = dask_drill(drill) if chosen.dask else fault_drill(drill, chosen.kills)
    print("the drill held" if held else "THE DRILL FAILED")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
