"""From paths to scores: which gold belongs to which record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.errors import RecordError
from pipeline.evaluate.gold import load_gold
from pipeline.evaluate.layers import scores
from pipeline.evaluate.scores import Score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one record."""

    gold: str
    record: str
    scores: list[Score]


def evaluate_paths(gold: Path, records: Path) -> list[Evaluation]:
    """Score a record against one gold, or a folder of records against a folder of gold files of the same names.

    Raises RecordError when a gold or a record cannot be read, or when no record belongs to a gold.
    """
    if records.is_file():
        return [_evaluate(gold, records)]
    golds = sorted(gold.glob("*.yaml")) if gold.is_dir() else [gold]
    pairs = [(each, records / f"{each.stem}.yaml") for each in golds]
    found = [(each, record) for each, record in pairs if record.is_file()]
    if not found:
        raise RecordError(f"{records}: no record here has the name of a gold file of {gold}", code="E-GOLD")
    return [_evaluate(each, record) for each, record in found]


def _evaluate(gold: Path, path: Path) -> Evaluation:
    record = pipeline.load(path)
    if record.text is None:
        raise RecordError(f"{path}: its text ({record.id}.txt) must stand beside it to be scored", code="E-RECORD-TEXT")
    return Evaluation(gold=gold.name, record=record.id, scores=scores(record, load_gold(gold)))
