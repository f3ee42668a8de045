"""Scoring records against gold annotations, and checking that a record is whole."""

from pipeline.evaluate.run import evaluate_paths

__all__ = ["evaluate_paths"]
