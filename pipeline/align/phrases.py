"""Names and terms of one language beside those of the other: how alike is each pair.

Words are compared through :mod:`pipeline.align.evidence`; a whole name is also compared by its sound, because Persian
may write several English words as one (``شی‌جین‌پینگ``), and acronyms by what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from pipeline.align.evidence import Evidence, Vocabulary
from pipeline.text import lexicon
from pipeline.text.lemma import persian_lemma
from pipeline.text.orthography import fold
from pipeline.text.persian_words import ZWNJ
from pipeline.text.transliteration import consonants_alike, designations, similarity

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}s?")
_WORD = re.compile(r"[A-Za-z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_JOINTS = re.compile(r"[-‐-―/_]+")
_PRIVATIVE = re.compile(r"\b([A-Za-z]{4,})less\b")
_MIN_SOUNDING = 0.7
#: For terms all of whose Persian words the lexicon knows by some meaning.
_MIN_SOUNDING_NATIVE = 0.77
#: What a difference in number or in part of speech takes from a term's score: it decides between equals.
_FORM_COUNTS = 0.02
_PLURAL_EN = re.compile(r"[^sui]s$", re.IGNORECASE)
_PLURAL_FA = re.compile("(?:ها|های|هایی|ات|ان)$")
#: English endings of adjectives and of abstract nouns, to which the Persian ye answers, and that of those who act.
_YE_EN = re.compile(r"(?:al|ic|ary|ous|ive|tion|ment|ity|ness|ism|ing|ance|ence|cy|ship)s?$", re.IGNORECASE)
_AGENT_EN = re.compile(r"(?:er|or|ist)s?$", re.IGNORECASE)


class PhraseTable:
    """Scores of English phrases against Persian ones. Each phrase is a list of forms (a name and its aliases); the
    score of a pair is that of its best forms.
    """

    def __init__(
        self, english: Sequence[Sequence[str]], persian: Sequence[Sequence[str]], *, names: bool = False
    ) -> None:
        """``names`` compares strictly: every telling word, and every number, needs its counterpart."""
        self._names = names
        vocabulary = Vocabulary()
        self._english = [
            [(form, _english_numbers(vocabulary, form, parts=not names)) for form in forms if form] for forms in english
        ]
        self._persian = [
            [(form, _persian_numbers(vocabulary, form, parts=not names)) for form in forms if form] for forms in persian
        ]
        self._evidence = Evidence(vocabulary, related=not names)
        self._sounding = self._by_sound(english, persian, names=names)

    def score(self, english: int, persian: int) -> float:
        """How surely two phrases mean the same, in [0, 1]."""
        best = self._sounding.get((english, persian), 0.0)
        for form, words in self._english[english]:
            for other, variants in self._persian[persian]:
                named = same_designation(form, other)
                best = max(best, named)
                if self._names and not named and not _same_digits(form, other):
                    continue
                said = max(
                    (
                        self._evidence.phrase(reading, variant, strict=self._names)
                        for reading, variant in product(words, variants)
                    ),
                    default=0.0,
                )
                if said and not self._names:
                    said *= 1.0 - _FORM_COUNTS * _unlike_forms(form, other)
                best = max(best, said)
        return best

    def candidates(self, at_least: float) -> list[tuple[float, int, int]]:
        """The pairs that reach a score, the best first; ties in the order of the phrases."""
        found = []
        for i in range(len(self._english)):
            for j in range(len(self._persian)):
                if (i, j) in self._sounding or self._may_match(i, j):
                    score = self.score(i, j)
                    if score >= at_least:
                        found.append((score, i, j))
        return sorted(found, key=lambda item: (-item[0], item[1], item[2]))

    def _may_match(self, english: int, persian: int) -> bool:
        """Whether any word of one phrase has anything to do with a word of the other (cheap)."""
        rows = [word for _, variants in self._english[english] for variant in variants for word in variant]
        columns = [word for _, variants in self._persian[persian] for variant in variants for word in variant]
        if not rows or not columns:
            return False
        digits = any(_DIGITS.search(form) for form, _ in self._english[english])
        return digits or bool(self._evidence.table[rows][:, columns].max() >= 0.35)

    @staticmethod
    def _by_sound(
        english: Sequence[Sequence[str]], persian: Sequence[Sequence[str]], *, names: bool
    ) -> dict[tuple[int, int], float]:
        known = lexicon.load().persian_keys
        left = [(at, form) for at, forms in enumerate(english) for form in forms if form]
        right = [(at, form) for at, forms in enumerate(persian) for form in forms if form]
        found: dict[tuple[int, int], float] = {}
        for i, j in consonants_alike([form for _, form in left], [form for _, form in right]):
            if not _same_digits(left[i][1], right[j][1]):
                continue
            score = similarity(left[i][1], right[j][1])
            key = left[i][0], right[j][0]
            native = not names and all(persian_lemma(word) in known for word in right[j][1].split())
            if score >= (_MIN_SOUNDING_NATIVE if native else _MIN_SOUNDING) and score > found.get(key, 0.0):
                found[key] = score
        return found


def with_expansions(phrase: str, text: Callable[[], str]) -> list[str]:
    """A phrase and, when it is an acronym, what it stands for in the text (``NFT``: ``Non-fungible token``)."""
    compact = phrase.replace(".", "").removesuffix("s")
    if not _ACRONYM.fullmatch(phrase) or len(compact) < 2:
        return [phrase]
    expansion = _expansion(compact, text())
    return [phrase, expansion] if expansion else [phrase]


@lru_cache(maxsize=256)
def _expansion(acronym: str, text: str) -> str | None:
    """The first run of words in ``text`` whose initials spell the acronym; one before its parenthesis is preferred."""
    words = list(_WORD.finditer(text))
    initials = "".join(match.group()[0].lower() for match in words)
    wanted = acronym.lower()
    best: tuple[bool, int, str] | None = None
    at = initials.find(wanted)
    while at >= 0:
        run = words[at : at + len(wanted)]
        stretch = text[run[0].start() : run[-1].end()]
        if (
            all(len(match.group()) > 1 for match in run)
            and re.fullmatch(r"[\w\s-]+", stretch)
            and "\n\n" not in stretch
        ):
            beside = text[run[-1].end() : run[-1].end() + 3].lstrip().startswith("(")
            if best is None or (beside, -at) > best[:2]:
                best = (beside, -at, stretch)
        at = initials.find(wanted, at + 1)
    return best[2] if best else None


def _unlike_forms(english: str, persian: str) -> float:
    """How far two terms differ in number and in endings, in [0, 1]; endings are those of the last Persian word and of
    the English words it may translate, the first or the last.
    """
    left, right = english.split(), persian.split()
    if not left or not right:
        return 0.0
    plural = bool(_PLURAL_EN.search(left[-1])) != any(_PLURAL_FA.search(word) for word in right)
    modifier = left[0] if len(right) > 1 else left[-1]
    ye = right[-1].endswith("ی")
    ending = (ye and bool(_AGENT_EN.search(modifier))) or (ye != bool(_YE_EN.search(modifier)))
    return 0.6 * plural + 0.4 * ending


def _english_numbers(vocabulary: Vocabulary, form: str, *, parts: bool) -> list[list[int]]:
    """An English phrase's words: as written, and with words that the lexicon lacks taken apart."""
    spaced = _spaced(form)
    numbers = [vocabulary.add_english(spaced)]
    apart = vocabulary.add_english_parts(spaced) if parts else numbers[0]
    return numbers if apart in numbers else [*numbers, apart]


def _persian_numbers(vocabulary: Vocabulary, form: str, *, parts: bool) -> list[list[int]]:
    """A Persian phrase's words: as written, with compounds taken apart, and with parted compounds joined."""
    variants = [form]
    if ZWNJ in form:
        variants.append(form.replace(ZWNJ, " "))
    if " " in form:
        variants.append(_compounds_joined(form))
    numbers = [vocabulary.add_persian(variant) for variant in dict.fromkeys(variants)]
    apart = vocabulary.add_persian_parts(form) if parts else numbers[0]
    return numbers if apart in numbers else [*numbers, apart]


def _compounds_joined(form: str) -> str:
    """The phrase with a half-space between two words that the lexicon knows as one (``سرمایه گذاری``)."""
    words = form.split()
    known = lexicon.load().persian_keys
    joined = words[:1]
    for word in words[1:]:
        if persian_lemma(f"{joined[-1]}{ZWNJ}{word}") in known and ZWNJ not in joined[-1]:
            joined[-1] = f"{joined[-1]}{ZWNJ}{word}"
        else:
            joined.append(word)
    return " ".join(joined)


def _spaced(phrase: str) -> str:
    """Hyphens and slashes part words, and so does a privative ending, which Persian writes as a word (``بدون``)."""
    return _PRIVATIVE.sub(r"without \1", _JOINTS.sub(" ", phrase))


def same_designation(english: str, persian: str) -> float:
    """0.97 when the Persian form spells out the English designation (``سی-۸۰۲``, C-802), else 0."""
    if not _DIGITS.search(english):
        return 0.0
    wanted = re.sub(r"[^A-Z0-9]", "", english.upper())
    return 0.97 if wanted in designations(persian) else 0.0


def _same_digits(english: str, persian: str) -> bool:
    return "".join(_DIGITS.findall(english)) == "".join(_DIGITS.findall(fold(persian)))
