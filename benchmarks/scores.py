"""The scores that the project holds itself to, beside their bars: the reference article and the annotated theses.

    python benchmarks/scores.py [SHARED]

``SHARED`` (default ../shared) holds ``corpus/`` and ``gold/``. Each article is processed afresh with the shipped
settings. Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pipeline.api import process
from pipeline.evaluate import evaluate_paths
from pipeline.evaluate.run import Evaluation

ROOT = Path(__file__).parents[1]
#: Layer and way of matching, and the bar.
REFERENCE = {
    "entities, macro F1 (strict)": 0.88,
    "entities, micro (strict)": 0.95,
    "dates, core (strict)": 0.97,
    "date values (of matched)": 0.97,
    "date citation flags (of matched)": 0.98,
    "systems (strict)": 0.95,
    "system kinds (of matched)": 0.90,
    "system properties (exact)": 0.85,
    "system relations (exact)": 0.80,
    "timeline (date and place)": 0.60,
    "sentence links (exact)": 1.0,
    "keyword pairs (exact)": 0.97,
    "entity pairs (recall)": 0.92,
}
THESES = {
    "system names en (exact)": 0.85,
    "system names fa (exact)": 0.85,
    "sentence links (exact)": 0.97,
    "keyword pairs (exact)": 0.97,
}


def evaluated(golds: list[Path], articles: list[Path], out: Path) -> list[Evaluation]:
    """Process the articles into a folder and score them."""
    for article in articles:
        record = process(article)
        (out / f"{article.stem}.yaml").write_text(record.to_yaml(), encoding="utf-8")
        (out / f"{article.stem}.txt").write_text(record.text or "", encoding="utf-8")
    return evaluate_paths([*golds, out])


def main(arguments: list[str]) -> int:
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared"
    missed = 0
    with tempfile.TemporaryDirectory() as home:
        reference, theses = Path(home) / "reference", Path(home) / "theses"
        reference.mkdir()
        theses.mkdir()
        (article,) = (shared / "corpus").glob("rezaei-2015*.md")
        (one,) = evaluated([shared / "gold" / "rezaei-2015"], [article], reference)
        print("reference article\n| layer | F1 | bar | |\n|---|---|---|---|")
        rows = {f"{score.layer} ({score.matching})": score for score in one.scores}
        for name, bar in REFERENCE.items():
            missed += _line(name, rows[name].f1, bar)
        for calibration in one.calibration:
            print(f"| expected calibration error, {calibration.layer} | {calibration.error:.3f} | | |")
        folder = shared / "gold" / "theses-dev"
        documents = [path for path in sorted((folder / "docs").iterdir()) if path.suffix in {".md", ".txt"}]
        every = evaluated(sorted(folder.glob("*.yaml")), documents, theses)
        print(f"\n{len(every)} theses, counts added up\n| layer | F1 | bar | |\n|---|---|---|---|")
        for name, bar in THESES.items():
            scores = [s for each in every for s in each.scores if f"{s.layer} ({s.matching})" == name]
            right, due, found = (sum(getattr(s, part) for s in scores) for part in ("right", "gold", "found"))
            missed += _line(name, 2 * right / (due + found), bar)
    return 1 if missed else 0


def _line(name: str, value: float, bar: float) -> bool:
    missed = round(value, 3) < bar
    print(f"| {name} | {value:.3f} | {bar:.2f} | {'missed' if missed else ''} |")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
