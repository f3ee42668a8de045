"""From paths to scores: which gold belongs to which record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pipeline
from pipeline.errors import RecordError
from pipeline.evaluate.calibration import Calibration, calibrated
from pipeline.evaluate.confusion import Confusion, confusion
from pipeline.evaluate.gold_file import load_gold
from pipeline.evaluate.layers import scores
from pipeline.evaluate.muc import MucCounts, muc_counts
from pipeline.evaluate.scores import Score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one record against one gold.

    ``muc`` has the four ways of matching of SemEval-2013 for each type, ``confused`` what the entities of each type
    were taken for, ``calibration`` how far confidences say what they promise.
    """

    gold: str
    record: str
    scores: list[Score]
    muc: list[MucCounts] = field(default_factory=list)
    confused: Confusion = field(default_factory=dict)
    calibration: list[Calibration] = field(default_factory=list)


def evaluate_paths(paths: Sequence[Path]) -> list[Evaluation]:
    """Score records against gold. ``paths`` are golds (folders or files) and records (or folders of either), in any
    order; a record belongs to the gold whose name its id equals or begins with, a lone record to a lone gold.

    Raises RecordError when a gold or a record cannot be read, or when no record belongs to a gold.
    """
    golds, records = _sorted_out(paths)
    if len(golds) == 1 and len(records) == 1:
        return [_evaluate(golds[0], records[0])]
    pairs = [(gold, record) for gold in golds for record in records if _belongs(record, gold)]
    if not pairs:
        named = ", ".join(str(path) for path in paths)
        raise RecordError(f"{named}: no record here has the name of a gold; give both", code="E-GOLD")
    return [_evaluate(gold, record) for gold, record in pairs]


def _belongs(record: Path, gold: Path) -> bool:
    return record.stem == gold.stem or record.stem.startswith(f"{gold.stem}-")


def _sorted_out(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The golds and the records among the paths and in the folders among them."""
    golds: list[Path] = []
    records: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RecordError(f"{path} does not exist", code="E-GOLD")
        if path.is_dir() and _is_gold_folder(path):
            golds.append(path)
            continue
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            (records if _is_record(file) else golds).append(file)
        if path.is_dir():
            golds += [folder for folder in sorted(path.iterdir()) if folder.is_dir() and _is_gold_folder(folder)]
    return golds, records


def _is_gold_folder(folder: Path) -> bool:
    return (folder / "metadata.yaml").is_file() or (folder / "entity_mentions.tsv").is_file()


def _is_record(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(200).lstrip().startswith(b"schema: dozaban/")


def _evaluate(gold_path: Path, path: Path) -> Evaluation:
    record = pipeline.load(path)
    if record.text is None:
        raise RecordError(f"{path}: its text ({record.id}.txt) must stand beside it to be scored", code="E-RECORD-TEXT")
    gold = load_gold(gold_path)
    return Evaluation(
        gold=gold_path.name,
        record=record.id,
        scores=scores(record, gold),
        muc=muc_counts(record, gold),
        confused=confusion(record, gold),
        calibration=calibrated(record, gold),
    )
