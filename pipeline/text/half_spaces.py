"""The trained model of Persian spelling: how sure each repair of a half-space or space is.

Three log-linear models over named features share one resource: readings of single words
(:mod:`pipeline.text.readings`), spaces to close (:mod:`pipeline.text.gaps`), and neighbours that speak for a plural
(:mod:`pipeline.text.plurals`). Their probabilities are what callers see as the score of a repair. The resource is
made by :mod:`pipeline.text.train_spelling` and also holds the forms that corrected text attests. Words broken in two
and words run together go by rule (:mod:`pipeline.text.lost_spaces`).

Single words and pairs only; running through a text is the business of :mod:`pipeline.text.orthography`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from pipeline import resources
from pipeline.text.gaps import Gap, GapKnowledge, broken_word, gap_features, is_doubtful, may_be_half, word_features
from pipeline.text.lost_spaces import lost_space
from pipeline.text.persian_words import NON_JOINING, ZWNJ
from pipeline.text.plurals import INDEFINITE, PLURAL, neighbour_features
from pipeline.text.readings import joints_of, readings
from pipeline.text.word_kinds import Knowledge, knowledge

RESOURCE = "lexicon/spelling.tsv.gz"

#: A joined word is taken apart when it is so surely not whole; more is asked of parts of a word that has half-spaces.
SURE, SURE_OF_A_PART, SURE_OF_A_SPLIT = 0.55, 0.9, 0.9
_REMEMBERED = 400_000
_USELESS = re.compile(f"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}+|{ZWNJ}+(?={ZWNJ})|^{ZWNJ}+|{ZWNJ}+$")

Reading = tuple[str, float]


class Rivals(NamedTuple):
    """Two ways to read a word, and the log-odds of the first against the second by the word alone."""

    plural: str
    indefinite: str
    odds: float


class Verdict(NamedTuple):
    """How a word should be written: its form with half-spaces, how sure a change is (1.0 where there is none), the
    form's parts, where a lost space cuts the word in two (0 where none was lost), whether it may itself be half of a
    broken word, its reading as a plural or an indefinite where both are open; and, for those in a hurry, whether
    nothing is to be done, and whether the first and last parts are such as seldom stand alone.
    """

    form: str
    score: float
    parts: tuple[str, ...]
    cut: int
    may_be_half: bool
    rivals: Rivals | None
    is_plain: bool
    begins_bound: bool
    ends_bound: bool


NO_VERDICT = Verdict("", 1.0, ("",), 0, False, None, True, False, False)


@dataclass(frozen=True)
class Spelling:
    """The knowledge and the weights, and what they say about words and gaps."""

    known: Knowledge
    gaps: GapKnowledge
    word_weights: Mapping[str, float]
    gap_weights: Mapping[str, float]
    context_weights: Mapping[str, float]
    _readings: dict[str, Reading] = field(default_factory=dict, compare=False, repr=False)
    _rivals: dict[str, Rivals] = field(default_factory=dict, compare=False, repr=False)
    _verdicts: dict[str, Verdict] = field(default_factory=dict, compare=False, repr=False)

    def verdict(self, word: str) -> Verdict:
        """What is to be done with ``word``, in Persian letters. Half-spaces it has are kept where they show.

        Restoring what was restored changes nothing more.
        """
        found = self._verdicts.get(word)
        if found is None:
            found = self._verdicts[word] = self._judge(word)
        return found

    def verdicts(self, words: list[str]) -> list[Verdict]:
        """The verdict on each word."""
        if len(self._verdicts) > _REMEMBERED:
            self._verdicts.clear()
            self._readings.clear()
            self._rivals.clear()
        known = self._verdicts
        return [known[word] if word in known else self.verdict(word) for word in words]

    def _judge(self, word: str) -> Verdict:
        if ZWNJ not in word:
            at, score = lost_space(word, self.known)
            if score >= SURE_OF_A_SPLIT:
                return Verdict(word, score, (word,), at, False, None, False, False, False)
        form, score = self._restore(word)
        parts = tuple(form.split(ZWNJ))
        rivals = self._rivals.get(word)
        return Verdict(
            form,
            score,
            parts,
            0,
            may_be_half(word, self.known),
            rivals,
            form == word and rivals is None,
            parts[0] in self.gaps.rights,
            parts[-1] in self.gaps.lefts,
        )

    def in_context(self, verdict: Verdict, around: tuple[str, str]) -> Verdict:
        """A verdict with rivals, decided by the words before and after as well."""
        rivals = verdict.rivals
        if rivals is None or verdict.form not in rivals[:2]:
            return verdict
        names = neighbour_features(around, self.known)
        odds = rivals.odds + sum([self.context_weights.get(name, 0.0) for name in names])
        form = rivals.plural if odds >= 0 else rivals.indefinite
        parts = tuple(form.split(ZWNJ))
        return verdict._replace(
            form=form,
            parts=parts,
            score=1.0 / (1.0 + math.exp(-abs(odds))),
            begins_bound=parts[0] in self.gaps.rights,
            ends_bound=parts[-1] in self.gaps.lefts,
        )

    def reading(self, bare: str) -> Reading:
        """The likeliest way to write a word given without half-spaces, and its probability."""
        found = self._readings.get(bare)
        if found is None:
            found = self._readings[bare] = self._read(bare)
        return found

    def _read(self, bare: str) -> Reading:
        words, forms = self.known.words, self.known.attested.get(bare)
        joined = bare in forms and len(forms) == 1 if forms else bare in words.classes
        if joined and bare not in words.listed:
            # Nobody writes it otherwise: no model is needed.
            return bare, 1.0
        found = readings(bare, self.known)
        if len(found.candidates) == 1:
            return bare, 1.0
        weights = self.word_weights
        joints = {joint: sum([weights.get(name, 0.0) for name in names]) for joint, names in found.joints.items()}
        scores = [
            sum([weights.get(name, 0.0) for name in names]) + sum([joints[joint] for joint in joints_of(parts)])
            for parts, names in found.candidates
        ]
        best = max(scores)
        if bare.endswith("های"):
            forms_scores = [(ZWNJ.join(c[0]), score) for c, score in zip(found.candidates, scores, strict=True)]
            plural = max([(score, form) for form, score in forms_scores if form.endswith(PLURAL)], default=None)
            other = max([(score, form) for form, score in forms_scores if form.endswith(INDEFINITE)], default=None)
            if plural and other:
                self._rivals[bare] = Rivals(plural[1], other[1], plural[0] - other[0])
        powers = [math.exp(score - best) for score in scores]
        total = sum(powers)
        # Two ways of taking a word apart may share what speaks against leaving it whole.
        chosen = 0 if powers[0] > (1.0 - SURE) * total else max(range(1, len(powers)), key=powers.__getitem__)
        return ZWNJ.join(found.candidates[chosen][0]), powers[chosen] / total

    def _restore(self, word: str) -> Reading:
        form, score = word, 1.0
        if ZWNJ in form:
            form = _USELESS.sub("", form)
        if ZWNJ not in form:
            read, probability = self.reading(form)
            if read != form:
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

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The words of two parts that dictionaries or texts write with a half-space."""
        forms = [form for forms in self.known.attested.values() for form in forms]
        return frozenset(form for form in (*forms, *self.known.words.listed.values()) if form.count(ZWNJ) == 1)

    def is_doubtful(self, left: str, right: str) -> bool:
        """Whether the space between two parts of words is worth a question to :meth:`closes`."""
        return is_doubtful(left, right, self.known, self.gaps)

    def closes(self, gap: Gap, least: float = 0.0) -> float:
        """The probability that the space of a gap is a half-space (or none, after a letter that never joins).

        Reading the word that closing would make is the costly part; it is left out, and 0.0 returned, where it could
        not lift the probability to ``least``.
        """
        weights = self.gap_weights
        score = sum([weights.get(name, 0.0) for name in gap_features(gap, self.known, self.gaps)])
        if least and score + self._most_of_a_word < math.log(least / (1.0 - least)):
            return 0.0
        names = word_features(gap, self.known, self.gaps, self.reading(gap.left + gap.right))
        return 1.0 / (1.0 + math.exp(-score - sum([weights.get(name, 0.0) for name in names])))

    @cached_property
    def _most_of_a_word(self) -> float:
        plain = [weight for name, weight in self.gap_weights.items() if len(name) == 3 and name[0] == "d"]
        paired = [weight for name, weight in self.gap_weights.items() if len(name) > 3 and name[0] == "d"]
        return max(plain, default=0.0) + max(paired, default=0.0)

    def is_broken(self, left: str, right: str) -> float:
        """The probability that two neighbours are halves of one word."""
        return broken_word(left, right, self.known)


@cache
def spelling() -> Spelling:
    """The model, loaded on the first call."""
    counts: dict[str, int] = {}
    opened: dict[str, int] = {}
    weights: dict[str, dict[str, float]] = {"word": {}, "gap": {}, "context": {}}
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
    return Spelling(knowledge(counts, counts), gaps, weights["word"], weights["gap"], weights["context"])
