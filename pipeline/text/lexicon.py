"""Which Persian word translates which English one, and how surely.

The lexicon is learned from open parallel texts and word lists (:mod:`pipeline.text.train_lexicon`) and shipped as
``resources/lexicon/en_fa.tsv.gz``. Words are looked up by their keys (:mod:`pipeline.text.lemma`), so that any
inflected form may be asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from pipeline import resources
from pipeline.text.lemma import english_lemma, persian_lemma

RESOURCE = "lexicon/en_fa.tsv.gz"


class Lexicon:
    """Translation scores between word keys; ask :func:`load` for the shipped one.

    A score is the geometric mean of the two translation probabilities p(fa|en) and p(en|fa), in [0, 1]: 0.3 and
    above is a usual translation, below 0.05 there is none.
    """

    def __init__(self, entries: dict[str, str], weights: dict[str, float]) -> None:
        self._raw = entries
        self._entries: dict[str, dict[str, float]] = {}
        self._weights = weights

    def score(self, english: str, persian: str) -> float:
        """How surely the two words (in any form) translate each other."""
        return self.key_score(english_lemma(english), persian_lemma(persian))

    def key_score(self, english: str, persian: str) -> float:
        """:meth:`score` for words that are keys already."""
        return self._of(english).get(persian, 0.0)

    def key_scores(self, english: str) -> dict[str, float]:
        """The Persian keys that translate an English key, with their scores."""
        return self._of(english)

    def translations(self, english: str) -> list[tuple[str, float]]:
        """The keys of the Persian words that translate an English word, with their scores, the best first."""
        return sorted(self._of(english_lemma(english)).items(), key=lambda item: (-item[1], item[0]))

    @cached_property
    def persian_keys(self) -> frozenset[str]:
        """The keys of all Persian words that translate something."""
        return frozenset(pair.rpartition(":")[0] for pairs in self._raw.values() for pair in pairs.split())

    @property
    def english_keys(self) -> Iterable[str]:
        """The keys of all English words."""
        return self._raw.keys()

    def by_beginning(self, letters: str) -> Sequence[str]:
        """The English keys that begin with two letters."""
        return self._beginnings.get(letters, ())

    def synonyms(self, persian: str) -> Iterable[tuple[str, float]]:
        """Other Persian keys that translate the same English ones: the geometric mean of the two scores, the best."""
        found: dict[str, float] = {}
        for english, one in self._reverse.get(persian, ()):
            for other, two in self._of(english).items():
                if other != persian:
                    found[other] = max(found.get(other, 0.0), (one * two) ** 0.5)
        return found.items()

    @cached_property
    def _reverse(self) -> dict[str, list[tuple[str, float]]]:
        found: dict[str, list[tuple[str, float]]] = {}
        for english in self._raw:
            for persian, score in self._of(english).items():
                found.setdefault(persian, []).append((english, score))
        return found

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._raw:
            found.setdefault(key[:2], []).append(key)
        return found

    def weight(self, key: str) -> float:
        """How much a key tells: near 0 for a function word, 1 for a word the training texts hardly ever use."""
        return self._weights.get(key, 1.0)

    def __contains__(self, english_key: str) -> bool:
        return english_key in self._raw

    def __len__(self) -> int:
        return len(self._raw)

    def _of(self, key: str) -> dict[str, float]:
        """The entries of one English key, parsed when first asked for (the file has tens of thousands)."""
        known = self._entries.get(key)
        if known is None:
            known = {}
            for pair in self._raw.get(key, "").split():
                persian, _, percent = pair.rpartition(":")
                known[persian] = int(percent) / 100
            self._entries[key] = known
        return known


@cache
def load() -> Lexicon:
    """The shipped lexicon, read on the first call."""
    return parse(resources.read_text(RESOURCE).splitlines())


def parse(lines: Iterable[str]) -> Lexicon:
    """A lexicon from the lines of a resource, as :mod:`pipeline.text.train_lexicon` writes them."""
    entries: dict[str, str] = {}
    weights: dict[str, float] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        key, tab, pairs = line.partition("\t")
        if pairs.startswith("%"):
            weights[key] = int(pairs[1:]) / 100
        elif tab:
            entries[key] = pairs
    return Lexicon(entries, weights)


def information(share: float) -> float:
    """The weight of a word that stands in this share of all sentences: 1 up to one in 200, 0 from one in four on."""
    if share <= 0:
        return 1.0
    return min(1.0, max(0.0, math.log(0.25 / share) / math.log(0.25 / 0.005)))
