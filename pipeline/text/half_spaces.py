"""The trained model of Persian spelling: how sure each repair of a half-space or space is.

Two log-linear models over named features share one resource: readings of single words
(:mod:`pipeline.text.readings`) and spaces to close (:mod:`pipeline.text.gaps`). Their probabilities are what callers
see as the score of a repair. The resource is made by :mod:`pipeline.text.train_spelling` and also holds the forms
that corrected text attests. Words broken in two and words run together go by rule (:mod:`pipeline.text.lost_spaces`).

Single words and pairs only; running through a text is the business of :mod:`pipeline.text.orthography`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from pipeline import resources
from pipeline.text.gaps import Gap, GapKnowledge, broken_word, gap_features, is_doubtful
from pipeline.text.lost_spaces import lost_space
from pipeline.text.persian_words import NON_JOINING, ZWNJ, verb_forms, verb_roots, word_list
from pipeline.text.readings import readings
from pipeline.text.word_kinds import VERB_ENDINGS, Knowledge

RESOURCE = "lexicon/spelling.tsv.gz"

#: A reading of a joined word is taken from here on; more is asked of parts of a word that has half-spaces already.
SURE, SURE_OF_A_PART = 0.5, 0.9
_REMEMBERED = 400_000
_OFTEN_ENOUGH = 3
_USELESS = re.compile(f"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}+|{ZWNJ}+(?={ZWNJ})|^{ZWNJ}+|{ZWNJ}+$")

Reading = tuple[str, float]


@dataclass(frozen=True)
class Spelling:
    """The knowledge and the weights, and what they say about words and gaps."""

    known: Knowledge
    gaps: GapKnowledge
    word_weights: Mapping[str, float]
    gap_weights: Mapping[str, float]
    _words: dict[str, Reading] = field(default_factory=dict, compare=False, repr=False)
    _restored: dict[str, Reading] = field(default_factory=dict, compare=False, repr=False)
    _splits: dict[str, tuple[int, float]] = field(default_factory=dict, compare=False, repr=False)

    def reading(self, bare: str) -> Reading:
        """The likeliest way to write a word given without half-spaces, and its probability."""
        found = self._words.get(bare)
        if found is None:
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            found = self._words[bare] = self._read(bare)
        return found

    def _read(self, bare: str) -> Reading:
        candidates = readings(bare, self.known)
        if len(candidates) == 1:
            return bare, 1.0
        weights = self.word_weights
        scores = [sum([weights.get(name, 0.0) for name in names]) for _, names in candidates]
        best = max(scores)
        return ZWNJ.join(candidates[scores.index(best)][0]), 1.0 / sum([math.exp(score - best) for score in scores])

    def restore(self, word: str) -> Reading:
        """``word``, in Persian letters, with its lost half-spaces, and how sure that is (1.0 where nothing changed).

        Half-spaces it has are kept where they show. Restoring what was restored changes nothing more.
        """
        found = self._restored.get(word)
        if found is None:
            if len(self._restored) > _REMEMBERED:
                self._restored.clear()
            found = self._restored[word] = self._restore(word)
        return found

    def _restore(self, word: str) -> Reading:
        form, score = word, 1.0
        if ZWNJ in form:
            form = _USELESS.sub("", form)
        if ZWNJ not in form:
            read, probability = self.reading(form)
            if probability >= SURE and read != form:
                form, score = read, probability
        while ZWNJ in form and not self._is_written(form):
            parts = []
            for part in form.split(ZWNJ):
                read, probability = self.reading(part)
                if read != part and probability >= SURE_OF_A_PART:
                    score = min(score, probability)
                    parts.append(read)
                else:
                    parts.append(part)
            mended = ZWNJ.join(parts)
            if mended == form:
                break
            form = mended
        return form, score

    def _is_written(self, form: str) -> bool:
        bare = form.replace(ZWNJ, "")
        return self.known.words.listed.get(bare) == form or form in self.known.attested.get(bare, ())

    def is_doubtful(self, left: str, right: str) -> bool:
        """Whether the space between two parts of words is worth a question to :meth:`closes`."""
        return is_doubtful(left, right, self.known, self.gaps)

    def closes(self, gap: Gap) -> float:
        """The probability that the space of a gap is a half-space (or none, after a letter that never joins)."""
        names = gap_features(gap, self.known, self.gaps, self.reading(gap.left + gap.right))
        return 1.0 / (1.0 + math.exp(-sum([self.gap_weights.get(name, 0.0) for name in names])))

    def is_broken(self, left: str, right: str) -> float:
        """The probability that two neighbours are halves of one word."""
        return broken_word(left, right, self.known)

    def lost_space(self, word: str) -> tuple[int, float]:
        """Where a space was lost in an unknown word, and the probability of that (0.0 where none was)."""
        found = self._splits.get(word)
        if found is None:
            found = self._splits[word] = lost_space(word, self.known)
        return found


@cache
def spelling() -> Spelling:
    """The model, loaded on the first call."""
    counts: dict[str, int] = {}
    opened: dict[str, int] = {}
    weights: dict[str, dict[str, float]] = {"word": {}, "gap": {}}
    bound: dict[str, set[str]] = {"left": set(), "right": set()}
    for row in resources.rows(RESOURCE):
        what, name = row[0], row[1]
        if what == "form":
            counts[name] = int(row[2])
        elif what == "open":
            opened[name] = int(row[2])
        elif what in bound:
            bound[what].add(name)
        else:
            weights[what][name] = float(row[2])
    gaps = GapKnowledge(frozenset(bound["right"]), frozenset(bound["left"]), opened)
    return Spelling(knowledge(counts, counts), gaps, weights["word"], weights["gap"])


def knowledge(counts: Mapping[str, int], all_forms: Iterable[str]) -> Knowledge:
    """What attested forms teach: ``counts`` says how often each is seen, ``all_forms`` which parts join at all."""
    words = word_list()
    attested: dict[str, dict[str, int]] = {}
    for form, count in counts.items():
        if count > 0:
            attested.setdefault(form.replace(ZWNJ, ""), {})[form] = count
    lefts: defaultdict[str, set[str]] = defaultdict(set)
    rights: defaultdict[str, set[str]] = defaultdict(set)
    single: Counter[str] = Counter()
    verb_stems: Counter[str] = Counter()
    half_spaced = [form for form in all_forms if ZWNJ in form]
    for form in [*half_spaced, *words.listed.values()]:
        parts = form.split(ZWNJ)
        for left, right in pairwise(parts):
            if left and right:
                lefts[left].add(right)
                rights[right].add(left)
                if len(right) == 1:
                    single[left[-1] + right] += 1
    for form in half_spaced:
        parts = form.split(ZWNJ)
        for left, right in pairwise(parts):
            if left.endswith("می"):
                verb_stems.update(
                    right[: -len(ending)]
                    for ending in VERB_ENDINGS
                    if ending and right.endswith(ending) and len(right) > len(ending)
                )
    stems = {stem for stem, count in verb_stems.items() if count > 1}
    for roots in verb_roots():
        stems.update(roots)
    return Knowledge(
        words,
        verb_forms(),
        attested,
        {part: len(found) for part, found in rights.items() if len(found) >= _OFTEN_ENOUGH},
        {part: len(found) for part, found in lefts.items() if len(found) >= _OFTEN_ENOUGH},
        frozenset(pair for pair, count in single.items() if count >= _OFTEN_ENOUGH),
        frozenset(stems),
    )
