"""One decision as data, and as the lines of YAML that a git diff shows.

An entry says who decided what, on which words of the text, and what stood there before. Entries are never changed or
removed; one that undoes another is a further entry.
"""

from __future__ import annotations

from typing import Any, Literal

import yaml
from pydantic import ValidationError

from pipeline.errors import ReviewError
from pipeline.facts import Model
from pipeline.text.offsets import Span
from pipeline.yaml_style import dump

FORMAT = "dozaban-review/1"

Action = Literal[
    "accept", "reject", "retype", "boundary", "add", "merge", "split", "link", "unlink", "date", "edit", "align",
    "note", "done", "reopen", "undo",
]  # fmt: skip
DecidedLayer = Literal[
    "entities", "dates", "systems", "timeline", "keywords", "abstract", "metadata", "references", "article",
]  # fmt: skip

#: Longest note and longest single value that is kept; the page refuses longer ones.
LONGEST_NOTE = 10_000


class Anchor(Model):
    """Words of the text: where they stood, the words, and the characters around them, by which they are found again."""

    span: Span
    surface: str
    language: Literal["en", "fa"] | None = None
    before: str = ""
    after: str = ""


class Into(Model):
    """The second fact of a decision about two (merge, link)."""

    fact: str
    where: list[Anchor] = []


class Entry(Model):
    """One decision.

    ``fact`` is the fact's id as it was called then, ``part`` one of its properties or relations
    (``property/range``, ``relation/variant_of``); ``scope`` tells a decision about one mention from one about the
    fact with all its mentions. ``where`` anchors up to a few mentions with their surroundings, ``also`` lists the
    spans of the rest. ``old`` is what stood there before, ``new`` what the person put in its place; ``entry`` is the
    number of the decision that an ``undo`` takes back. ``at`` is UTC (ISO 8601) and never reaches a record.
    """

    number: int
    at: str
    by: str
    do: Action
    layer: DecidedLayer = "article"
    fact: str | None = None
    part: str | None = None
    scope: Literal["fact", "mention"] = "fact"
    where: list[Anchor] = []
    also: list[Span] = []
    into: Into | None = None
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    entry: int | None = None
    note: str | None = None


def entry_yaml(entry: Entry) -> str:
    """An entry as an item of the list ``decisions``: the text that is appended to a file."""
    return dump([_written(entry)])


def head_yaml(article: str, reviewer: str) -> str:
    """The beginning of a file of decisions."""
    head = yaml.safe_dump(
        {"format": FORMAT, "article": article, "reviewer": reviewer}, allow_unicode=True, sort_keys=False
    )
    comment = "# Decisions of a person about one article. Entries are only ever appended (docs/review.md)."
    return f"{comment}\n{head}decisions:\n"


def parse_reviews(data: bytes, name: str) -> tuple[str, str, list[Entry]]:
    """Article, reviewer and entries of a file. Raises ReviewError (``E-REVIEW-FILE``) naming the first thing wrong."""
    try:
        content = yaml.load(data, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise _bad(name, f"not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _bad(name, f"not a file of decisions (it has no `format: {FORMAT}`)")
    try:
        entries = [Entry.model_validate(item) for item in content.get("decisions") or ()]
    except ValidationError as error:
        first = error.errors()[0]
        raise _bad(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return str(content.get("article", "")), str(content.get("reviewer", "")), entries


def standing(entries: list[Entry]) -> list[Entry]:
    """The entries that hold: without those taken back, and without the ``undo`` entries themselves."""
    cancelled: set[int] = set()
    for entry in reversed(entries):
        if entry.do == "undo" and entry.number not in cancelled and entry.entry is not None:
            cancelled.add(entry.entry)
    return [entry for entry in entries if entry.do != "undo" and entry.number not in cancelled]


def _bad(name: str, what: str) -> ReviewError:
    return ReviewError(f"{name}: {what}; mend it or take it from version control", code="E-REVIEW-FILE")


def _written(value: Any) -> Any:
    """Plain data without what is empty or at its default, in the order of the fields."""
    if isinstance(value, Model):
        fields = type(value).model_fields
        items = ((name, getattr(value, name)) for name in fields)
        return {
            name: _written(item)
            for name, item in items
            if item not in ([], {}, None, "") and item != fields[name].default
        }
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    return value
