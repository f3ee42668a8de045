"""The pace of a run: one process and two, the memory of each worker, a second run, and the naive script beside it.

    python benchmarks/batch.py [--count 2000] [--one 500] [--naive 100] [--dask]

Everything happens in one go over the same generated articles (``benchmarks/articles.py``), so that a drifting machine
slows all of it: the naive script takes a part of them before and after. ``--one`` gives one process a part too; its
pace is compared by characters, as articles differ in length. Times include starting up and loading models, except the
naive script's. Prints one line for each figure, with the bound it is to keep.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RECORD = {".yaml", ".txt", ".jsonl"}
sys.path.insert(0, str(ROOT / "benchmarks"))

import articles  # noqa: E402 (a neighbour, not a package)


def dozaban(folder: Path, output: Path, *options: str) -> tuple[float, list[dict[str, Any]]]:
    """Seconds and events of a run."""
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(output), "--json", *options]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return seconds, [json.loads(line) for line in done.stdout.splitlines()]


def naive(folder: Path, count: int) -> float:
    """Articles a minute of the naive script, over the first articles."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "benchmarks/naive.py", str(folder), output, "--count", str(count)]
        text = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True).stdout
    found = re.search(r"([\d.]+) articles/min", text)
    assert found is not None
    return float(found.group(1))


def records(folder: Path) -> dict[str, bytes]:
    """The files of a folder's records."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in RECORD}


def environment() -> dict[str, str]:
    """The environment of a run: one thread for each process, as workers have it."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": str(ROOT)}


def growth(events: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """For each worker the median memory over the first and the last tenth of its articles, in MB.

    The first article is left out: it is where the models are loaded.
    """
    held: dict[str, list[float]] = {}
    for event in events:
        if event["event"] == "article" and event.get("worker"):
            held.setdefault(event["worker"], []).append(event["megabytes"])
    found = {}
    for worker, values in held.items():
        rest = values[1:] or values
        part = max(1, len(rest) // 10)
        found[worker] = (statistics.median(rest[:part]), statistics.median(rest[-part:]))
    return found


def processor_seconds() -> float:
    """Processor time of all finished children, which a busy machine does not stretch as it does the clock's."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--one", type=int, help="articles given to one process (default: all)")
    parser.add_argument("--naive", type=int, default=100, help="articles given to the naive script, twice")
    parser.add_argument("--dask", action="store_true", help="run them on a local Dask cluster of two workers too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dozaban-bench-") as name:
        base = Path(name)
        paths = articles.write(base / "in", chosen.count)
        sizes = [path.stat().st_size for path in paths]
        size, first = sum(sizes), min(chosen.one or chosen.count, chosen.count)
        print(f"{chosen.count} articles, {size:,} bytes, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        part = min(chosen.naive, chosen.count)
        before = naive(base / "in", part)
        start = processor_seconds()
        two, events = dozaban(base / "in", base / "two", "--jobs", "2")
        own = (processor_seconds() - start) / chosen.count
        again, _ = dozaban(base / "in", base / "two", "--jobs", "2")
        one, _ = dozaban(base / "in", base / "one", "--jobs", "1", "--limit", str(first))
        start = processor_seconds()
        after = naive(base / "in", part)
        other = (processor_seconds() - start) / part
        pace = {"one": first / one * 60, "two": chosen.count / two * 60}
        faster = (size / two) / (sum(sizes[:first]) / one)
        plain = statistics.mean([before, after])
        print(f"1 process      {pace['one']:8.1f} articles/min  ({first} articles, {one:.1f} s)")
        print(f"2 processes    {pace['two']:8.1f} articles/min  ({chosen.count} articles, {two:.1f} s)")
        print(f"naive script   {plain:8.1f} articles/min  (before {before:.1f}, after {after:.1f}; {part} articles)")
        print(f"speed-up       {faster:8.2f} ×  (in characters a second; at least 1.8)")
        print(f"against naive  {pace['two'] / plain:8.2f} ×  (at least 5)")
        print(f"processor time {own:8.3f} s an article, naive {other:.3f} s, {other / own:.2f} ×  (all in)")
        print(f"second run     {again / two:8.2%}  ({again:.2f} s; at most 2 %)")
        for worker, (start, end) in growth(events).items():
            grown = end / start
            print(f"memory of {worker:<10} {start:7.0f} MB → {end:.0f} MB  ({grown:.2f} ×; at most 1.1)")
        alone, both = records(base / "one"), records(base / "two")
        same = len(alone) >= first and all(both.get(name) == data for name, data in alone.items())
        print(f"records of 1 and 2 processes are {'identical' if same else 'DIFFERENT'}")
        if chosen.dask:
            dask, _ = dozaban(base / "in", base / "dask", "--jobs", "2", "--engine", "dask")
            over = f"{dask / two - 1:+.1%} against processes"
            print(f"Dask, local    {chosen.count / dask * 60:8.1f} articles/min  ({over})")
            print(f"its records are {'identical' if records(base / 'dask') == records(base / 'two') else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
