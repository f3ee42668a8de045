"""Terms in both languages: the noun phrases of aligned sentences that translate each other (``defense diplomacy`` /
``دیپلماسی دفاعی``), and the keyword pairs.

The words of two aligned sentences are assigned to each other one to one; a run of English words whose counterparts make
one run of Persian words, with nothing foreign between them, is a phrase pair, as in the extraction of phrases for
statistical translation (Koehn, Och and Marcu 2003). Function words, verbs and names end a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.align.parallel import ParallelText, SentencePair, Word
from pipeline.article import Article
from pipeline.record import BilingualSpans, Keyword, Term
from pipeline.text.lemma import english_terms, persian_terms
from pipeline.text.numerals import parse_number
from pipeline.text.offsets import Span
from pipeline.text.orthography import normalise
from pipeline.text.persian_words import verb_forms, word_list

#: Words of a phrase, and what a pair of words must score to count as counterparts.
_LONGEST_ENGLISH, _LONGEST_PERSIAN = 4, 5
_LEAST_WORD = 0.3
_LEAST_TERM = 0.5
_PARTICIPLE = re.compile(r"[a-z]{3,}ed$")
#: The ye of an ezafe after a vowel (خطایِ), which a term that ends there does without.
_LINKING_YE = re.compile("(?<=[ء-ی]{2}[او])ی$|[ٔ]$")
_SPACE = re.compile(r"\s+")
_JOINS_ENGLISH = re.compile(r"[ \n-]")
_JOINS_PERSIAN = re.compile("[ \n\u200c]|[ٔیِ]? ")
#: English words that are no part of a term, besides those the lexicon holds to tell nothing.
_NO_TERMS = frozenset(
    """a an the this that these those its his her their our my your it he she they we you i who which what whose is are
    was were be been being has have had do does did can could may might must shall should will would not no nor and or
    but if as at by for from in into of on onto than then to toward towards upon via with within without between among
    against during before after since until while when where why how also however therefore thus such so very more most
    less least only both either neither each every all any some many much few several other another same own new well
    show shows shown showed find finds found use uses used using base based make makes made give gives given consider
    seek seeks examine examines examined aim aims study studies paper article research result results finding findings
    argue argues conclude concludes lead leads led increase increases increased become becomes became about percent
    percentage times
    year years month months day days""".split()
)
_NO_TERMS_FA = frozenset(
    """و در از به با بر برای که تا را این آن نیز هم یا اما ولی اگر چون زیرا پس بی بدون بین میان طی ضمن علیه هر همه برخی
    خود است نیست بود شد شود باشد کرد کند دارد داشت هست باید شاید ها های ای تر ترین می نمی مقاله پژوهش حاضر تحقیق مطالعه
    نتایج یافته یافته‌ها نشان بررسی دست مورد عنوان درصد برابر واحد""".split()
)


@dataclass(slots=True)
class _Gathered:
    """A phrase pair with the places that support it."""

    english: str
    persian: str
    spans: list[BilingualSpans] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


def find_terms(
    article: Article, parallel: ParallelText, keywords: Sequence[Keyword], names: Sequence[Span]
) -> list[Term]:
    """The article's terms, in order of first appearance. ``names`` are spans of names, which are no terms."""
    gathered: dict[tuple[str, str], _Gathered] = {}
    for keyword in keywords:
        if keyword.en and keyword.fa and not _is_name(keyword, names):
            persian = normalise(keyword.fa).text
            _gather(gathered, keyword.en, persian, keyword.spans, keyword.confidence or 0.5)
    named = frozenset(at for name in names for at in range(*name))
    for pair in parallel.pairs:
        for english, place, score in _phrases(article, parallel, pair, named):
            written = _LINKING_YE.sub("", normalise(article.view(place).text).text)
            _gather(gathered, article.view(english).text, written, BilingualSpans(en=english, fa=place), score)
    return [
        Term(
            en=found.english,
            fa=found.persian,
            count=len(found.spans),
            spans=found.spans,
            confidence=round(min(0.99, max(found.scores)), 2),
        )
        for found in gathered.values()
    ]


def term_key(english: str, persian: str) -> tuple[str, str]:
    """The identity of a term: the keys of its words in both languages."""
    return (
        " ".join(term.key for term in english_terms(english.replace("-", " "))),
        " ".join(term.key for term in persian_terms(persian.replace("\u200c", " "))),
    )


def _gather(
    gathered: dict[tuple[str, str], _Gathered], english: str, persian: str, spans: BilingualSpans, score: float
) -> None:
    plain = _SPACE.sub(" ", english), _SPACE.sub(" ", persian)
    found = gathered.setdefault(term_key(*plain), _Gathered(*plain))
    found.spans.append(spans)
    found.scores.append(score)


def _is_name(keyword: Keyword, names: Sequence[Span]) -> bool:
    spans = (keyword.spans.en, keyword.spans.fa)
    return any(span is not None and any(name.contains(span) for name in names) for span in spans)


def _phrases(
    article: Article, parallel: ParallelText, pair: SentencePair, named: frozenset[int]
) -> Iterator[tuple[Span, Span, float]]:
    """The longest phrase pairs of two sentences, none inside another, outside of the characters ``named``."""
    links = parallel.word_links(pair, _LEAST_WORD)
    found: list[tuple[int, int, Span, Span, float]] = []
    for first in range(len(pair.en)):
        for last in range(first + 1, min(first + _LONGEST_ENGLISH, len(pair.en))):
            made = _phrase(article, pair, links, first, last, named)
            if made is not None:
                found.append((first, last, *made))
    found.sort(key=lambda item: (item[0] - item[1], item[0]))
    taken: set[int] = set()
    for first, last, english, persian, score in found:
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            yield english, persian, score


def _phrase(
    article: Article,
    pair: SentencePair,
    links: dict[int, tuple[int, float]],
    first: int,
    last: int,
    named: frozenset[int],
) -> tuple[Span, Span, float] | None:
    """The phrase pair that English words ``first`` to ``last`` make, or None."""
    words = pair.en[first : last + 1]
    if any(at not in links for at in range(first, last + 1)) or not _holds_together(article, words, _JOINS_ENGLISH):
        return None
    written = [article.surface(word.span) for word in words]
    if any(word.lower() in _NO_TERMS or not word[0].isalpha() for word in written) or _PARTICIPLE.search(written[-1]):
        return None
    if any(parse_number(word, "en") is not None for word in written):
        return None
    places = sorted(links[at][0] for at in range(first, last + 1))
    if places[-1] - places[0] >= _LONGEST_PERSIAN or places[-1] - places[0] > len(words):
        return None
    persian = pair.fa[places[0] : places[-1] + 1]
    inside = set(range(first, last + 1))
    if any(fa in range(places[0], places[-1] + 1) for en, (fa, _) in links.items() if en not in inside):
        return None
    if not _holds_together(article, persian, _JOINS_PERSIAN) or not _is_noun_phrase(article, persian):
        return None
    spans = Span(words[0].span.start, words[-1].span.end), Span(persian[0].span.start, persian[-1].span.end)
    if not all(named.isdisjoint(range(*span)) for span in spans):
        return None
    score = sum(links[at][1] for at in inside) / len(inside) - 0.1 * (len(persian) - len(places))
    return (*spans, score) if score >= _LEAST_TERM else None


def _holds_together(article: Article, words: Sequence[Word], joint: re.Pattern[str]) -> bool:
    """Whether nothing but a space, a hyphen or a half-space stands between the words."""
    return all(
        joint.fullmatch(article.view(Span(one.span.end, two.span.start)).text) is not None
        for one, two in pairwise(words)
    )


def _is_noun_phrase(article: Article, words: Sequence[Word]) -> bool:
    """Whether Persian words can make a noun phrase: no function word, no verb, and it begins with a noun."""
    surfaces = [normalise(article.view(word.span).text).text for word in words]
    if any(surface in _NO_TERMS_FA for surface in surfaces):
        return False
    verbs, known = verb_forms().infinitive, word_list()
    return not any(surface.replace("\u200c", "") in verbs and not known.is_noun(surface) for surface in surfaces)
