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


@dataclass
class WordList:
    """Known words in a fixed order, with their vectors (rows), frequency buckets and class letters.

    ``vectors`` has a row for each word; ``row[form]`` is its number. Frequencies are logarithms to base 6 of hazm's
    counts, ``NO_FREQUENCY`` where hazm has none.
    """

    words: list[str]
    vectors: Any
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
    return WordList([], np.zeros((1, 0), np.float32), np.zeros(0, np.uint8), [])


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
    vectors, scale = rounded(words.vectors)
    return {
        "words": as_bytes(words.words),
        "classes": as_bytes(words.classes),
        "frequency": words.frequency,
        "vectors": vectors,
        "vectors_scale": scale,
    }


def unpacked(data: dict[str, Any]) -> WordList:
    """The word list that :func:`packed` made arrays of."""
    vectors = data["vectors"].astype(np.float32) * data["vectors_scale"]
    return WordList(lines(data["words"]), vectors, data["frequency"], lines(data["classes"]))


def rounded(table: Any) -> tuple[Any, Any]:
    """A table as small whole numbers, and the scale of each column. A table that was rounded before stays as it is."""
    if not table.size:
        return table.astype(np.int8), np.zeros(table.shape[1], np.float32)
    scale = (np.abs(table).max(0) / LEVELS + 1e-12).astype(np.float32)
    return np.rint(table / scale).astype(np.int8), scale


def clipped(table: Any) -> Any:
    """A table whose columns are cut off at four standard deviations, so that few values do not coarsen the rest."""
    most = 4.0 * table.std(0, dtype=np.float64)
    return np.clip(table, -most, most).astype(np.float32)


def as_bytes(entries: list[str]) -> Any:
    """Entries, none of which holds a line break, as an array of UTF-8 bytes."""
    return np.frombuffer("\n".join(entries).encode("utf-8"), np.uint8)


def lines(data: Any) -> list[str]:
    """The entries of an array of UTF-8 bytes."""
    text = data.tobytes().decode("utf-8")
    return text.split("\n") if text else []
