"""What the tagger knows of a word by itself, before it looks at the words around it.

A word list gives known words a vector, a bucket of frequency and a class. Every word, known or not, has signs: its
beginnings and endings, its length and script, hashed to rows of one small table.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ConfigError

#: Rows of the table of signs, and how many signs one word has.
BUCKETS = 1 << 13
SIGNS = 12
NO_FREQUENCY = 255
#: Values of tables are whole numbers from -LEVELS to LEVELS, times a scale for each column: six bits.
LEVELS = 31


@dataclass(frozen=True)
class Table:
    """Rows of numbers: whole numbers with a scale for each column once the table was rounded. Rows are multiplied
    out only when they are asked for, so that a large table costs nothing to load."""

    steps: Any
    scale: Any

    def rows(self, numbers: Any) -> Any:
        """Rows as single floats; of the shape of ``numbers`` and one dimension more."""
        return self.steps[numbers].astype(np.float32) * self.scale

    def floats(self) -> Any:
        """The whole table as single floats."""
        return self.steps.astype(np.float32) * self.scale


def table(values: Any) -> Table:
    """Values as a table, cut off at four standard deviations of their column, so that few of them do not coarsen the
    rest, and rounded to :data:`LEVELS`."""
    if not values.size:
        return Table(values.astype(np.int8), np.ones(values.shape[1], np.float32))
    most = 4.0 * values.std(0, dtype=np.float64) + 1e-12
    scale = (np.minimum(np.abs(values).max(0), most) / LEVELS).astype(np.float32)
    scale[scale == 0] = 1.0
    return Table(np.clip(np.rint(values / scale), -LEVELS, LEVELS).astype(np.int8), scale)


@dataclass
class WordList:
    """Known words in a fixed order, with their vectors (rows), frequency buckets and class letters.

    ``vectors`` has a row for each word; ``row[form]`` is its number. Frequencies are logarithms to base 6 of hazm's
    counts, ``NO_FREQUENCY`` where hazm has none.
    """

    words: list[str]
    vectors: Table
    frequency: Any
    classes: list[str]
    row: dict[str, int] = field(init=False)
    _signs: dict[str, tuple[int, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.row = {word: at for at, word in enumerate(self.words)}

    def signs(self, form: str) -> tuple[int, ...]:
        """The rows of a form's signs in the table of signs."""
        known = self._signs.get(form)
        if known is None:
            known = self._signs[form] = tuple(self._hashed(form))
        return known

    def _hashed(self, form: str) -> Iterable[int]:
        at = self.row.get(form)
        count = NO_FREQUENCY if at is None else int(self.frequency[at])
        parts = [
            *(f"p{size}{form[:size]}" for size in (1, 2, 3, 4)),
            *(f"s{size}{form[-size:]}" for size in (1, 2, 3, 4)),
            f"l{min(len(form), 12)}",
            "f-" if count == NO_FREQUENCY else f"f{count}",
            "c-" if at is None else "c" + self.classes[at],
            "h" + _script(form),
        ]
        return (zlib.crc32(part.encode("utf-8")) % BUCKETS for part in parts)


def _script(form: str) -> str:
    if form[0].isdigit():
        return "d"
    if not form[0].isalpha():
        return "p" + form
    return "L" if form[0] < "\u0250" else "x"


def empty() -> WordList:
    """A list that knows no word; the tagger then stands on signs and on what training met."""
    return WordList([], table(np.zeros((1, 0), np.float32)), np.zeros(0, np.uint8), [])


def save_words(words: WordList, path: Path) -> None:
    """Write a word list; the same list gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **packed(words))


def load_words(path: Path) -> WordList:
    """Read a word list. Raises ConfigError when the file is none."""
    try:
        with np.load(path) as data:
            return unpacked({name: data[name] for name in data.files})
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{path}: not a word list ({error}); make one with: dozaban train words-fa") from None


def packed(words: WordList) -> dict[str, Any]:
    """A word list as arrays."""
    return {
        "words": as_bytes(words.words),
        "classes": as_bytes(words.classes),
        "frequency": words.frequency,
        "vectors": words.vectors.steps,
        "vectors_scale": words.vectors.scale,
    }


def unpacked(data: dict[str, Any]) -> WordList:
    """The word list that :func:`packed` made arrays of."""
    vectors = Table(data["vectors"], data["vectors_scale"])
    return WordList(lines(data["words"]), vectors, data["frequency"], lines(data["classes"]))


def as_bytes(entries: list[str]) -> Any:
    """Entries, none of which holds a line break, as an array of UTF-8 bytes."""
    return np.frombuffer("\n".join(entries).encode("utf-8"), np.uint8)


def lines(data: Any) -> list[str]:
    """The entries of an array of UTF-8 bytes."""
    text = data.tobytes().decode("utf-8")
    return text.split("\n") if text else []
