"""What speaks for two stretches of text saying the same: translated words, names that sound alike, equal numbers.

A :class:`Vocabulary` collects the words of both languages that are to be compared, :class:`Evidence` scores each
English word against each Persian one once, and every comparison of phrases or sentences reads from that table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.text import lexicon
from pipeline.text.lemma import Term, english_terms, persian_terms
from pipeline.text.persian_words import ZWNJ
from pipeline.text.transliteration import consonants_alike, similarity
from pipeline.text.word_parts import answers, english_parts, family, persian_parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A transliteration below this says nothing: unlike words reach it by chance once in two hundred pairs.
_SOUNDS_ALIKE = 0.7
#: In terms: what it must reach where the lexicon knows the Persian word by another meaning.
_SOUNDS_THE_SAME = 0.77
_MIN_NAME_LETTERS = 3
#: In names: a word that tells more than this needs a counterpart at least so good.
_TELLING = 0.4
_NO_COUNTERPART = 0.3
#: In terms: how far a difference in weight counts against a pair.
_PART_OF_A_PHRASE = 0.25
_LACKING = 0.25
#: In terms: what counts as a counterpart, and what two words left over count, by how many of them are unknown.
_COUNTERPART = 0.2
_UNHEARD = (0.12, 0.22, 0.35)
_ALL = 0.95
#: What parts of words that answer each other score, and how much each tells; how far relatives stand for a word.
_PART = 0.85
_PART_WEIGHT = 0.6
_RELATIVE, _RELATIVE_FA = 0.7, 0.75
#: Words with a counterpart so good need no synonym and no relative.
_CLEAR = 0.85
#: What a translation must score for its synonyms to be heard, and how far they stand for it.
_USUAL, _SYNONYM = 0.1, 0.4
_ENDING = re.compile("(?:های|ها|انه|گی|یت|ی|ات)$")
#: Years between the Jalali and the Gregorian count (the second for dates before the new year in March).
_JALALI_OFFSETS = (621, 622)


@dataclass
class Vocabulary:
    """The words to compare, each language's numbered in order of first use. Surfaces decide, not keys, because a
    transliteration needs the word as it is written.
    """

    english: dict[tuple[str, str], int] = field(default_factory=dict)
    persian: dict[tuple[str, str], int] = field(default_factory=dict)

    def add_english(self, text: str) -> list[int]:
        """The numbers of an English text's words, in order."""
        return [self._number(self.english, text, term) for term in english_terms(text)]

    def add_persian(self, text: str) -> list[int]:
        """The numbers of a Persian text's words, in order."""
        return [self._number(self.persian, text, term) for term in persian_terms(text)]

    def add_english_parts(self, text: str) -> list[int]:
        """The numbers of the words with those that the lexicon lacks taken apart."""
        return [
            self.english.setdefault((part, part), len(self.english))
            if part != term.key
            else self._number(self.english, text, term)
            for term in english_terms(text)
            for part in english_parts(term.key) or (term.key,)
        ]

    def add_persian_parts(self, text: str) -> list[int]:
        """The numbers of the words with derived and compound ones taken apart."""
        return [
            self.persian.setdefault((part, part), len(self.persian))
            if part != term.key
            else self._number(self.persian, text, term)
            for term in persian_terms(text)
            for part in persian_parts(text[term.start : term.end]) or (term.key,)
        ]

    @staticmethod
    def _number(known: dict[tuple[str, str], int], text: str, term: Term) -> int:
        return known.setdefault((term.key, text[term.start : term.end]), len(known))


class Evidence:
    """The table of word scores in [0, 1], and the weights of the words (how much each tells)."""

    def __init__(self, vocabulary: Vocabulary, *, related: bool = False) -> None:
        """``related`` also hears words of one root, and the parts that words were taken into."""
        import numpy as np

        known = lexicon.load()
        english, persian = list(vocabulary.english), list(vocabulary.persian)
        self.table: Floats = np.zeros((max(1, len(english)), max(1, len(persian))))
        self.english_weights: Floats = np.array([_weight(known, key) for key, _ in english] or [0.0])
        self.persian_weights: Floats = np.array([_weight(known, key) for key, _ in persian] or [0.0])
        columns: dict[str, list[int]] = {}
        for at, (key, _) in enumerate(persian):
            columns.setdefault(key, []).append(at)
        for row, (key, _) in enumerate(english):
            for other, score in known.key_scores(key).items():
                self._raise(row, columns.get(other, ()), _from_lexicon(score))
            self._raise(row, columns.get(key, ()), 1.0)
            if key.isdigit() and len(key) == 4:
                for offset in _JALALI_OFFSETS:
                    self._raise(row, columns.get(str(int(key) - offset), ()), 0.6)
        if related:
            self._add_related([key for key, _ in english], columns)
        self._strange_english = np.array([key not in known for key, _ in english] or [False])
        self._strange_persian = np.array([key not in known.persian_keys for key, _ in persian] or [False])
        self._add_names([surface for _, surface in english], [surface for _, surface in persian], related)

    def _raise(self, row: int, columns: Iterable[int], score: float) -> None:
        for column in columns:
            self.table[row, column] = max(self.table[row, column], score)

    def _add_related(self, english: Sequence[str], columns: dict[str, list[int]]) -> None:
        """Scores of parts that answer each other, and of words whose relatives translate each other."""
        bases: dict[str, list[int]] = {}
        for key, places in columns.items():
            bases.setdefault(_base(key), []).extend(places)
        for row, key in enumerate(english):
            for part in answers().get(key, ()):
                self._raise(row, columns.get(part, ()), _PART)
            if self.table[row].max() < _CLEAR:
                exact, by_base = kin(key)
                for known, places_of in ((exact, columns), (by_base, bases)):
                    for other in known.keys() & places_of.keys():
                        self._raise(row, places_of[other], known[other])

    def _add_names(self, english: Sequence[str], persian: Sequence[str], related: bool) -> None:
        """Scores of words that sound alike; a cheap comparison of consonants picks the pairs worth the full one."""
        rows = [at for at, word in enumerate(english) if len(word) >= _MIN_NAME_LETTERS and word[0].isalpha()]
        columns = [at for at, word in enumerate(persian) if len(word) >= _MIN_NAME_LETTERS and not word[0].isascii()]
        bare = [persian[at].replace(ZWNJ, "") for at in columns]
        for i, j in consonants_alike([english[at] for at in rows], bare):
            row, column = rows[i], columns[j]
            if self.table[row, column] < 0.9:
                score = similarity(english[row], bare[j])
                if score >= (_SOUNDS_ALIKE if self._strange_persian[column] or not related else _SOUNDS_THE_SAME):
                    self._raise(row, (column,), score * (1.0 if english[row][0].isupper() else 0.85))

    def phrase(self, english: Sequence[int], persian: Sequence[int], *, strict: bool = False) -> float:
        """How much two phrases say the same, in [0, 1]: the mean of the shares of either that the other covers.

        ``strict`` is for names, where one word that has no counterpart makes it another name.
        """
        if not english or not persian:
            return 0.0
        part = self.table[list(english)][:, list(persian)]
        left, right = self.english_weights[list(english)] + 0.05, self.persian_weights[list(persian)] + 0.05
        if not strict:
            return self._term(list(english), list(persian), part, left, right)
        best_left, best_right = part.max(axis=1), part.max(axis=0)
        score = float((best_left * left).sum() / left.sum() + (best_right * right).sum() / right.sum()) / 2
        lacking = ((best_left < _NO_COUNTERPART) & (left > _TELLING)).any()
        lacking = lacking or ((best_right < _NO_COUNTERPART) & (right > _TELLING)).any()
        return score * 0.6 if lacking else score

    def _term(self, english: list[int], persian: list[int], part: Floats, left: Floats, right: Floats) -> float:
        """The score of two terms. Words left over on both sides may be counterparts too, the likelier the less the
        lexicon knows of them.
        """
        best_left, best_right = part.max(axis=1), part.max(axis=0)
        over_left, over_right = best_left < _COUNTERPART, best_right < _COUNTERPART
        covered = float((best_left * left).sum() / left.sum() + (best_right * right).sum() / right.sum())
        spare_left, spare_right = (
            float(left[over_left].sum() / left.sum()),
            float(right[over_right].sum() / right.sum()),
        )
        over = min(spare_left, spare_right)
        if over and over < _ALL:
            strangers = int(self._strange_english[english][over_left].any())
            strangers += int(self._strange_persian[persian][over_right].any())
            covered += 2 * over * _UNHEARD[strangers]
        # A phrase that says only a part is covered whole, but is not the translation.
        shorter, longer = sorted((float(left.sum()), float(right.sum())))
        told = (1.0 - abs(spare_left - spare_right)) ** _LACKING * (shorter / longer) ** _PART_OF_A_PHRASE
        return covered / 2 * float(told)


def _base(key: str) -> str:
    """A Persian key without the endings that make nouns and adjectives of one root."""
    return _ENDING.sub("", key).replace("به", "ب") if len(key) > 4 else key


@lru_cache(maxsize=20_000)
def kin(key: str) -> tuple[dict[str, float], dict[str, float]]:
    """What an English key may mean beyond its translations: Persian keys with scores, from synonyms of its translations
    and from words of its root; and the bases of Persian keys, which the derivations of a translation share.
    """
    known = lexicon.load()
    exact: dict[str, float] = {}
    by_base: dict[str, float] = {}
    for other, score in known.key_scores(key).items():
        heard = _from_lexicon(score)
        base = _base(other)
        by_base[base] = max(by_base.get(base, 0.0), _RELATIVE_FA * heard)
        if score >= _USUAL:
            for synonym, alike in known.synonyms(other):
                exact[synonym] = max(exact.get(synonym, 0.0), _SYNONYM * (heard * alike) ** 0.5)
    for relative in _families().get(family(key), ()):
        for other, score in known.key_scores(relative).items():
            heard = _RELATIVE * _from_lexicon(score)
            base = _base(other)
            exact[other] = max(exact.get(other, 0.0), heard)
            by_base[base] = max(by_base.get(base, 0.0), _RELATIVE_FA * heard)
    return exact, by_base


@cache
def _families() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in lexicon.load().english_keys:
        if len(key) > 4:
            found.setdefault(family(key), []).append(key)
    return found


def _weight(known: lexicon.Lexicon, key: str) -> float:
    """A number or an unknown word tells most."""
    if "-" in (key[0], key[-1]):
        return _PART_WEIGHT
    return 1.0 if key[0].isdigit() else known.weight(key)


def _from_lexicon(score: float) -> float:
    """A lexicon score as evidence: a usual translation (0.3) is nearly as good as the best."""
    return min(1.0, 1.35 * score**0.5) if score >= 0.05 else score * 2
