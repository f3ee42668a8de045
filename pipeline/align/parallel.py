"""The aligned sentences of the two abstracts, word by word, as ground on which a name of one language is looked for
in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.align.evidence import Evidence, Vocabulary
from pipeline.align.phrases import same_designation
from pipeline.article import Article
from pipeline.record import Abstract, Sentence
from pipeline.text.lemma import english_terms, persian_terms
from pipeline.text.offsets import Span

#: A name needs a counterpart at least so good, and the window begins and ends with a word that has its part in it.
_MIN_WORD = 0.5
_DESIGNATION = re.compile(
    r"[ء-غف-یپچژکگA-Za-z]+(?:\u200c[ء-غف-یپچژکگ]+)*[-‐\u200c ]{0,2}[0-9۰-۹٠-٩]+|[A-Za-z]+[-‐ ]?[0-9]+"
)


@dataclass(frozen=True)
class Word:
    """A word of a sentence: its number in the vocabulary and where it stands in the article's text."""

    number: int
    span: Span
    capital: bool


@dataclass(frozen=True)
class SentencePair:
    """Sentences that translate each other, as words, with the spans they lie in."""

    en: list[Word]
    fa: list[Word]
    en_spans: list[Span]
    fa_spans: list[Span]


@dataclass(frozen=True)
class Found:
    """A place where a name's counterpart stands."""

    span: Span
    score: float


class ParallelText:
    """The pairs of aligned sentences, ready to be searched for the names given."""

    def __init__(self, article: Article, abstract: Abstract, names: Iterable[tuple[str, str]]) -> None:
        """``names`` are the (language, form) pairs that may be looked for."""
        self._article = article
        vocabulary = Vocabulary()
        english = [self._words(vocabulary, s, "en") for s in abstract.en.sentences] if abstract.en else []
        persian = [self._words(vocabulary, s, "fa") for s in abstract.fa.sentences] if abstract.fa else []
        self.pairs = [
            SentencePair(
                en=[word for i in link.en for word in english[i]],
                fa=[word for j in link.fa for word in persian[j]],
                en_spans=[abstract.en.sentences[i].span for i in link.en],
                fa_spans=[abstract.fa.sentences[j].span for j in link.fa],
            )
            for link in abstract.alignment
            if link.en and link.fa and abstract.en and abstract.fa
        ]
        self._forms = {
            (language, form): vocabulary.add_english(form) if language == "en" else vocabulary.add_persian(form)
            for language, form in names
        }
        self._evidence = Evidence(vocabulary)

    def together(self, english: Sequence[Span], persian: Sequence[Span]) -> bool:
        """Whether spans of the two languages lie in one pair of sentences."""
        return any(_inside(english, pair.en_spans) and _inside(persian, pair.fa_spans) for pair in self.pairs)

    def counterpart(self, form: str, language: str, pair: SentencePair, taken: Sequence[Span]) -> Found | None:
        """The best place in the other language's sentences for a name, off the ``taken`` spans."""
        named = self._forms.get((language, form), [])
        words = pair.fa if language == "en" else pair.en
        best = self._designation(form, pair, taken) if language == "en" else None
        marked = [at for at, word in enumerate(words) if self._evidence_of(named, word.number, language) >= _MIN_WORD]
        for first in marked:
            for last in marked:
                if not 0 <= last - first <= len(named) + 1:
                    continue
                window = words[first : last + 1]
                span = Span(window[0].span.start, window[-1].span.end)
                if any(span.overlaps(other) for other in taken):
                    continue
                if language == "fa" and not window[0].capital:
                    continue  # «بندر عباس» is Bandar Abbas, not “port of Bandar Abbas”
                score = self._score(named, [word.number for word in window], language)
                if best is None or score > best.score:
                    best = Found(span, score)
        return best

    def word_links(self, pair: SentencePair, at_least: float) -> dict[int, tuple[int, float]]:
        """For the English words of a pair, by position: the position of the Persian counterpart, and the score.

        Each word is the counterpart of one other; of equal scores the assignment nearest to the diagonal wins.
        """
        import numpy as np
        from scipy.optimize import linear_sum_assignment

        if not pair.en or not pair.fa:
            return {}
        scores = self._evidence.table[[word.number for word in pair.en]][:, [word.number for word in pair.fa]]
        rows, columns = np.indices(scores.shape)
        slant = np.abs(rows / max(1, len(pair.en) - 1) - columns / max(1, len(pair.fa) - 1))
        chosen = linear_sum_assignment(scores - 0.05 * slant, maximize=True)
        return {int(i): (int(j), float(scores[i, j])) for i, j in zip(*chosen, strict=True) if scores[i, j] >= at_least}

    def repeated(self, span: Span, language: str) -> list[Span]:
        """Other places in the aligned sentences where the words of a span stand again."""
        found = []
        for pair in self.pairs:
            words = pair.fa if language == "fa" else pair.en
            model = self._model(span, language)
            for at in range(len(words) - len(model) + 1):
                run = words[at : at + len(model)]
                here = Span(run[0].span.start, run[-1].span.end) if run else span
                if model and [word.number for word in run] == model and here != span:
                    found.append(here)
        return found

    def _model(self, span: Span, language: str) -> list[int]:
        for pair in self.pairs:
            words = pair.fa if language == "fa" else pair.en
            inside = [word.number for word in words if span.contains(word.span)]
            if inside:
                return inside
        return []

    def _evidence_of(self, named: Sequence[int], number: int, language: str) -> float:
        if not named:
            return 0.0
        table = self._evidence.table
        part = table[list(named), number] if language == "en" else table[number, list(named)]
        return float(part.max())

    def _score(self, named: Sequence[int], window: Sequence[int], language: str) -> float:
        left, right = (named, window) if language == "en" else (window, named)
        return self._evidence.phrase(left, right, strict=True)

    def _designation(self, form: str, pair: SentencePair, taken: Sequence[Span]) -> Found | None:
        """A designation spelled out in Persian letters (``سی-۸۰۲``) or repeated in Latin ones."""
        if not any(character.isdigit() for character in form):
            return None
        for sentence in pair.fa_spans:
            view = self._article.view(sentence)
            for match in _DESIGNATION.finditer(view.text):
                score = same_designation(form, match.group())
                span = view.to_source(*match.span())
                if score and not any(span.overlaps(other) for other in taken):
                    return Found(span, score)
        return None

    def _words(self, vocabulary: Vocabulary, sentence: Sentence, language: str) -> list[Word]:
        view = self._article.view(sentence.span)
        terms = list(english_terms(view.text) if language == "en" else persian_terms(view.text))
        numbers = vocabulary.add_english(view.text) if language == "en" else vocabulary.add_persian(view.text)
        return [
            Word(number, view.to_source(term.start, term.end), view.text[term.start].isupper())
            for term, number in zip(terms, numbers, strict=True)
        ]


def _inside(spans: Sequence[Span], sentences: Sequence[Span]) -> bool:
    return any(sentence.contains(span) for span in spans for sentence in sentences)
