"""Floors that scores must not fall under, kept in a file beside the checksum of the gold they were measured on.

A floor is only raised by :func:`update`; lowering one needs a reason, which stays in the file. A gold that has changed
makes its floors void: they have to be set again on purpose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RecordError
from pipeline.evaluate.run import Evaluation

#: Scores vary by less than this when nothing has changed; a floor is set so far below what was measured.
_MARGIN = 0.005


def checksum(gold: Path) -> str:
    """The SHA-256 over the files of a gold, names and contents."""
    digest = hashlib.sha256()
    for file in sorted(gold.rglob("*")) if gold.is_dir() else [gold]:
        if file.is_file() and file.suffix in {".yaml", ".tsv"}:
            digest.update(file.name.encode("utf-8") + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def check(evaluations: Sequence[Evaluation], golds: Sequence[Path], floors: Path) -> list[str]:
    """What is wrong, one line each: scores under their floor, golds that changed, layers that vanished."""
    data = _read(floors)
    found: list[str] = []
    for evaluation in evaluations:
        entry = data.get(evaluation.gold)
        if entry is None:
            found.append(f"{evaluation.gold}: no floors in {floors}; set them with --update-floors")
            continue
        gold = next((path for path in golds if path.name == evaluation.gold), None)
        if gold is not None and checksum(gold) != entry["sha256"]:
            found.append(f"{evaluation.gold}: the gold is not the one the floors were set on; set them again")
        scored = _figures(evaluation)
        for layer, floor in entry["floors"].items():
            if layer not in scored:
                found.append(f"{evaluation.gold}: {layer} is not scored any more (floor {floor:.3f})")
            elif scored[layer] < floor:
                found.append(f"{evaluation.gold}: {layer} fell to {scored[layer]:.4f}, under its floor {floor:.3f}")
    return found


def update(
    evaluations: Sequence[Evaluation], golds: Sequence[Path], floors: Path, *, lower: str | None = None
) -> list[str]:
    """Raise the floors to what was measured (less a margin); returns the layers whose floor could not be kept.

    With ``lower``, the reason, floors above the scores are lowered too, and the reason is written beside them.
    """
    data = _read(floors) if floors.is_file() else {}
    refused: list[str] = []
    for evaluation in evaluations:
        gold = next(path for path in golds if path.name == evaluation.gold)
        entry = data.setdefault(evaluation.gold, {"sha256": checksum(gold), "floors": {}})
        changed = entry["sha256"] != checksum(gold)
        entry["sha256"] = checksum(gold)
        for layer, value in _figures(evaluation).items():
            reached = max(0.0, round(value - _MARGIN, 3))
            known = entry["floors"].get(layer)
            if known is None or reached > known or changed:
                entry["floors"][layer] = reached
            elif value < known and lower is None:
                refused.append(f"{evaluation.gold}: {layer} is {value:.4f}, under its floor {known:.3f}")
            elif value < known:
                entry["floors"][layer] = reached
                entry.setdefault("lowered", []).append({"layer": layer, "from": known, "to": reached, "why": lower})
    if not refused:
        floors.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return refused


def _figures(evaluation: Evaluation) -> dict[str, float]:
    return {f"{score.layer} ({score.matching})": score.f1 for score in evaluation.scores}


def _read(floors: Path) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(floors.read_text(encoding="utf-8")) or {})
    except (OSError, yaml.YAMLError) as error:
        raise RecordError(f"{floors}: the floors cannot be read: {error}", code="E-GOLD") from None
