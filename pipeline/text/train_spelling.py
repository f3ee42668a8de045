"""Makes ``resources/lexicon/spelling.tsv.gz``: attested forms, and the weights of the three models of spelling.

    python -m pipeline.text.train_spelling SHARED_DATA OUT

Each text is cut into folds. The examples of one fold are described by what the others attest, as an unseen text will
be. Weights are fitted by penalised maximum likelihood (L-BFGS), rounded, and left out where they weigh nothing.
The treebank's development part, NTREX and the theses are not learned from.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.text.corrected_text import WORD, closed, is_slip, sentences
from pipeline.text.gaps import Gap, GapKnowledge, gap_features, is_doubtful, word_features
from pipeline.text.half_spaces import Spelling
from pipeline.text.persian_words import ZWNJ, verb_forms, word_list
from pipeline.text.plurals import INDEFINITE, PLURAL, neighbour_features, neighbours
from pipeline.text.readings import readings
from pipeline.text.word_kinds import Knowledge, knowledge
from pipeline.text.words import LETTERS, words_of

HEADER = """\
# Persian spelling: attested forms with counts (form, open), parts that seldom stand alone (left, right),
# weights of features (word, gap, context)
# source: iPerUDT dependency treebank, training part, licence: CC0; TICO-19 English-Farsi, licence: CC0
# source: Mizan English-Persian Parallel Corpus (O. Kashefi), licence: CC BY 4.0
# source: ParsTwiNER (overfit-ir/parstwiner), training part, licence: MIT
# the weights also rest on: hazm's word and verb lists, licence: MIT; Lilak (b00f/lilak), licence: Apache-2.0
# made by pipeline/text/train_spelling.py
"""

_FOLDS = 5
_PENALTY = 1.0
_LEAST_SEEN = 3
_LEAST_WEIGHT = 0.02
#: A part that is half-spaced in so large a share of its uses seldom stands alone.
_BOUND_SHARE, _BOUND_COUNT = 0.3, 5

_PIECE = re.compile(rf"[{LETTERS}]+|{ZWNJ}| |\S")
_CUSTOM = re.compile(rf"(?:بیش|کم|به){ZWNJ}تر(?:ین)?|(?:این|آن|اون|همین|همان){ZWNJ}ها")


class Example(NamedTuple):
    """Alternatives of which one is right: how often each was chosen, and the features of each."""

    chosen: list[float]
    names: list[list[str]]


def build(data: Path) -> str:
    """The resource's text, made from the shared data folder."""
    folds: list[list[str]] = [[] for _ in range(_FOLDS)]
    for texts in sentences(data).values():
        for number, text in enumerate(texts):
            folds[number * _FOLDS // len(texts)].append(closed(text, word_list()))
    counts = _without_slips([_words(fold) for fold in folds])
    total = sum(counts, Counter())
    known = [knowledge(total - count, total) for count in counts]
    words = _fit(list(_word_examples(counts, known)))
    pairs = [Counter(_pairs(fold)) for fold in folds]
    lefts, rights = _bound(pairs)
    opened = [_opened(pair) for pair in pairs]
    all_opened = sum(opened, Counter())
    gap_models = [
        Spelling(k, GapKnowledge(rights, lefts, all_opened - o), words, {}, {})
        for k, o in zip(known, opened, strict=True)
    ]
    gaps = _fit(list(_gap_examples(pairs, gap_models)))
    context = _fit([example for fold, facts in zip(folds, known, strict=True) for example in _plurals(fold, facts)])
    everything = Spelling(knowledge(total, total), GapKnowledge(rights, lefts, all_opened), words, gaps, context)
    kept = {pair: count for pair, count in all_opened.items() if everything.is_doubtful(*pair.split(" "))}
    return HEADER + "".join(
        f"{line}\n"
        for line in (
            *(f"form\t{form}\t{total[form]}" for form in sorted(total)),
            *(f"open\t{pair}\t{kept[pair]}" for pair in sorted(kept)),
            *(f"left\t{part}" for part in sorted(lefts)),
            *(f"right\t{part}" for part in sorted(rights)),
            *(f"word\t{name}\t{words[name]}" for name in sorted(words)),
            *(f"gap\t{name}\t{gaps[name]}" for name in sorted(gaps)),
            *(f"context\t{name}\t{context[name]}" for name in sorted(context)),
        )
    )


def _words(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update(WORD.findall(text))
    for form in [form for form in found if _CUSTOM.fullmatch(form)]:
        found[form.replace(ZWNJ, "")] += found.pop(form)
    return found


def _without_slips(counts: list[Counter[str]]) -> list[Counter[str]]:
    total = sum(counts, Counter())
    half_spaced: dict[str, list[str]] = {}
    for form in total:
        if ZWNJ in form:
            half_spaced.setdefault(form.replace(ZWNJ, ""), []).append(form)
    stems = knowledge(total, total).stems
    words, verbs = word_list(), verb_forms()
    slips = {w for w in total if ZWNJ not in w and is_slip(w, words, verbs, stems, half_spaced)}
    return [Counter({w: c for w, c in count.items() if w not in slips}) for count in counts]


def _word_examples(counts: list[Counter[str]], known: list[Knowledge]) -> Iterator[Example]:
    for count, facts in zip(counts, known, strict=True):
        forms: dict[str, Counter[str]] = {}
        for form, times in count.items():
            forms.setdefault(form.replace(ZWNJ, ""), Counter())[form] = times
        for bare, seen in forms.items():
            candidates = list(readings(bare, facts).features())
            chosen = [seen[ZWNJ.join(parts)] for parts, _ in candidates]
            if len(candidates) > 1 and any(chosen):
                # A word seen a hundred times teaches ten times what one seen once does.
                scale = float(sum(chosen) ** -0.5)
                yield Example([times * scale for times in chosen], [names for _, names in candidates])


def _pairs(texts: Iterable[str]) -> Iterator[tuple[Gap, bool]]:
    """Each pair of neighbouring parts of words, and whether a half-space stands between them."""
    for text in texts:
        pieces = _PIECE.findall(text)
        is_word = [bool(WORD.match(piece)) for piece in pieces]
        for at in range(1, len(pieces) - 1):
            if pieces[at] in (" ", ZWNJ) and is_word[at - 1] and is_word[at + 1]:
                before = pieces[at - 3] if at > 2 and is_word[at - 3] else ""
                after = pieces[at + 3] if at + 3 < len(pieces) and is_word[at + 3] else ""
                yield Gap(before, pieces[at - 1], pieces[at + 1], after), pieces[at] == ZWNJ


def _bound(pairs: list[Counter[tuple[Gap, bool]]]) -> tuple[frozenset[str], frozenset[str]]:
    """The parts that seldom stand alone: before, and after a half-space."""
    lefts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    rights: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for pair in pairs:
        for (gap, is_closed), times in pair.items():
            lefts[is_closed][gap.left] += times
            rights[is_closed][gap.right] += times
    found = []
    for apart, joined in (lefts, rights):
        found.append(
            frozenset(
                part
                for part, times in joined.items()
                if times >= _BOUND_COUNT and times >= _BOUND_SHARE * (times + apart[part])
            )
        )
    return found[0], found[1]


def _opened(pairs: Counter[tuple[Gap, bool]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (gap, is_closed), times in pairs.items():
        if not is_closed:
            found[f"{gap.left} {gap.right}"] += times
    return found


def _gap_examples(pairs: list[Counter[tuple[Gap, bool]]], models: list[Spelling]) -> Iterator[Example]:
    for pair, model in zip(pairs, models, strict=True):
        for (gap, is_closed), times in pair.items():
            if is_doubtful(gap.left, gap.right, model.known, model.gaps):
                names = gap_features(gap, model.known, model.gaps)
                names += word_features(gap, model.known, model.gaps, model.reading(gap.left + gap.right))
                yield _yes_or_no(is_closed, times, names)


def _plurals(texts: Iterable[str], known: Knowledge) -> list[Example]:
    """Words in ``های`` and in ``ه‌ای`` with their neighbours, both kinds of equal weight: only the odds are learned."""
    seen: list[tuple[bool, list[str]]] = []
    for text in texts:
        words = words_of(text)
        for at, word in enumerate(words.words):
            if word.endswith((PLURAL, INDEFINITE)):
                seen.append((word.endswith(PLURAL), neighbour_features(neighbours(words, at), known)))
    plurals = sum(is_plural for is_plural, _ in seen)
    share = (len(seen) - plurals) / max(1, plurals)
    return [_yes_or_no(is_plural, share if is_plural else 1.0, names) for is_plural, names in seen]


def _yes_or_no(is_right: bool, times: float, names: list[str]) -> Example:
    return Example([times * (not is_right), times * is_right], [[], names])


def _fit(examples: list[Example]) -> dict[str, float]:
    """The weights under which the choices made are likeliest."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    seen = Counter(name for example in examples for names in example.names for name in names)
    index = {name: at for at, name in enumerate(sorted(name for name, times in seen.items() if times >= _LEAST_SEEN))}
    rows: list[int] = []
    columns: list[int] = []
    groups: list[int] = []
    row = 0
    for example in examples:
        groups.append(row)
        for names in example.names:
            found = [index[name] for name in names if name in index]
            columns += found
            rows += [row] * len(found)
            row += 1
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(index)))
    transposed = matrix.T.tocsr()
    starts = np.array(groups)
    group_of = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, row)))
    chosen = np.array([times for example in examples for times in example.chosen])
    times = np.add.reduceat(chosen, starts)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        highest = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - highest[group_of])
        sums = np.add.reduceat(powers, starts)
        likelihood = chosen @ (scores - highest[group_of] - np.log(sums)[group_of])
        slope = transposed @ (powers / sums[group_of] * times[group_of] - chosen)
        return -likelihood + 0.5 * _PENALTY * (weights @ weights), slope + _PENALTY * weights

    result = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {name: round(float(result.x[at]), 2) for name, at in index.items() if abs(result.x[at]) >= _LEAST_WEIGHT}


def main(argv: list[str]) -> int:
    """Write the resource. Usage: SHARED_DATA OUT."""
    if len(argv) != 2:
        print("usage: python -m pipeline.text.train_spelling SHARED_DATA OUT", file=sys.stderr)
        return 2
    Path(argv[1]).write_bytes(gzip.compress(build(Path(argv[0])).encode("utf-8"), mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
