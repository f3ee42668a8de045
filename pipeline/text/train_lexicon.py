"""Learns the bilingual lexicon from open parallel texts and word lists.

    python -m pipeline.text.train_lexicon SHARED_DATA OUT

Method: IBM model 1 (Brown et al. 1993) by expectation-maximisation in both directions, with an empty word; a pair's
score is the geometric mean of p(fa|en) and p(en|fa), which only mutual translations survive. Entries of a word list
count as very short sentences. Texts are reduced to keys by :mod:`pipeline.text.lemma`, as they are when the lexicon
is used. Deterministic: no random start (model 1 has one optimum).
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import resources
from pipeline.text.lemma import english_terms, persian_terms
from pipeline.text.lexicon import information
from pipeline.text.persian_words import ZWNJ

HEADER = """\
# English-Persian translation lexicon: English key, then Persian key:score (percent); lines with % are weights of keys
# made by pipeline/text/train_lexicon.py (IBM model 1 in both directions); keys are those of pipeline/text/lemma.py
# source: TICO-19 (texts and terms), licence: CC0
# source: NTREX-128 (MicrosoftTranslator/NTREX), licence: CC BY-SA 4.0
# source: Tatoeba (tatoeba.org), licence: CC BY 2.0 FR
# source: Mizan (omidkashefi/Mizan), licence: CC BY 4.0
# source: Open Multilingual Wordnet, Persian, licence: free to use with attribution
# source: vocabularies of academic terms written for this project (terms_science.tsv, terms_society.tsv), licence: MIT
# source: Unicode CLDR, licence: Unicode License v3; finglish (elektito), licence: MIT
# this derived file is shared under CC BY-SA 4.0
"""

_ITERATIONS = 8
_FLOOR = 0.04
_MOST_TRANSLATIONS = 12
_LONGEST_SENTENCE = 60
#: How much an entry of each list counts beside a sentence; the wordnet's translations are many and loose.
VOCABULARIES = ("lexicon/terms_science.tsv", "lexicon/terms_society.tsv")
_OWN_WEIGHT = 3.0
_LIST_WEIGHT = {"omw": 0.6, "cldr": 2.0, "tico_term": 2.0, "finglish_elektito": 1.0}


class Pair(NamedTuple):
    """Two texts that translate each other, as keys, and how much they count."""

    english: tuple[str, ...]
    persian: tuple[str, ...]
    weight: float
    running_text: bool


def build(data: Path) -> str:
    """The resource's text, made from the shared data folder."""
    pairs = [pair for pair in (*_texts(data), *_lists(data)) if pair.english and pair.persian]
    forward = _model_one([(p.english, p.persian, p.weight) for p in pairs])
    backward = _model_one([(p.persian, p.english, p.weight) for p in pairs])
    entries: dict[str, list[tuple[float, str]]] = {}
    for (english, persian), probability in forward.items():
        score = (probability * backward.get((persian, english), 0.0)) ** 0.5
        if score >= _FLOOR:
            entries.setdefault(english, []).append((score, persian))
    lines = [HEADER]
    for english in sorted(entries):
        best = sorted(entries[english], key=lambda item: (-item[0], item[1]))[:_MOST_TRANSLATIONS]
        lines.append(f"{english}\t" + " ".join(f"{persian}:{round(score * 100)}" for score, persian in best) + "\n")
    lines += [f"{key}\t%{round(weight * 100)}\n" for key, weight in sorted(_weights(pairs).items())]
    return "".join(lines)


def _texts(data: Path) -> Iterator[Pair]:
    """The sentence pairs."""
    for name, columns in (
        ("tico19/tico19.en-fa.tsv", (1, 2)), ("ntrex/ntrex.en-fa.tsv", (1, 2)), ("tatoeba/pes.txt", (0, 1)),
        ("mizan/mizan_dev.tsv", (0, 1)),
    ):  # fmt: skip
        for line in (data / "parallel" / name).read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            if len(row) > max(columns):
                yield _pair(row[columns[0]], row[columns[1]], 1.0, running_text=True)


def _lists(data: Path) -> Iterator[Pair]:
    """The entries of the word lists, and of the project's own vocabularies of academic terms."""
    for name in VOCABULARIES:
        for english, equivalents in resources.rows(name):
            for rank, persian in enumerate(equivalents.split("|")):
                weight = _OWN_WEIGHT / (1 + 0.3 * rank)
                yield _pair(english, persian, weight, running_text=False)
                if ZWNJ in persian:
                    yield _pair(english, persian.replace(ZWNJ, " "), weight / 2, running_text=False)
    for line in (data / "lexicon/en_fa.tsv").read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if line.startswith("#") or len(row) < 3:
            continue
        weight = max((_LIST_WEIGHT.get(source, 0.0) for source in row[2].split(",")), default=0.0)
        if weight:
            yield _pair(row[0], row[1], weight, running_text=False)


def _pair(english: str, persian: str, weight: float, *, running_text: bool) -> Pair:
    left = tuple(dict.fromkeys(term.key for term in english_terms(english)))[:_LONGEST_SENTENCE]
    right = tuple(dict.fromkeys(term.key for term in persian_terms(persian)))[:_LONGEST_SENTENCE]
    return Pair(left, right, weight, running_text)


def _model_one(pairs: list[tuple[tuple[str, ...], tuple[str, ...], float]]) -> dict[tuple[str, str], float]:
    """p(target | source) for each pair of keys that stand in one sentence pair, without the empty word."""
    import numpy as np

    sources = {key: at for at, key in enumerate(sorted({key for left, _, _ in pairs for key in left}), 1)}
    targets = {key: at for at, key in enumerate(sorted({key for _, right, _ in pairs for key in right}))}
    from_source, to_target, position, weights = [], [], [], []
    places = 0
    for left, right, weight in pairs:
        left_ids = np.array([0, *(sources[key] for key in left)], dtype=np.int32)
        right_ids = np.array([targets[key] for key in right], dtype=np.int32)
        from_source.append(np.tile(left_ids, len(right_ids)))
        to_target.append(np.repeat(right_ids, len(left_ids)))
        position.append(np.repeat(np.arange(places, places + len(right_ids), dtype=np.int32), len(left_ids)))
        weights.append(np.full(len(right_ids), weight))
        places += len(right_ids)
    source, place = np.concatenate(from_source), np.concatenate(position)
    codes = source.astype(np.int64) * len(targets) + np.concatenate(to_target)
    kinds, link = np.unique(codes, return_inverse=True)
    kind_source = (kinds // len(targets)).astype(np.int32)
    weight_of = np.concatenate(weights)[place]
    probability = np.full(len(kinds), 1.0)
    for _ in range(_ITERATIONS):
        probability = _reestimated(np, probability, link, place, weight_of, kind_source, places, len(sources) + 1)
    names_source, names_target = ["", *sources], list(targets)
    strong = np.flatnonzero((probability > _FLOOR**2) & (kind_source > 0))
    return {
        (names_source[kind_source[at]], names_target[kinds[at] % len(targets)]): float(probability[at])
        for at in strong.tolist()
    }


def _reestimated(
    np: Any, probability: Any, link: Any, place: Any, weight: Any, kind_source: Any, places: int, sources: int
) -> Any:
    """One round of expectation and maximisation; all arrays run over links, kinds of link, or target places."""
    each = probability[link]
    expected = weight * each / np.bincount(place, each, places)[place]
    counts = np.bincount(link, expected, len(probability))
    return counts / np.bincount(kind_source, counts, sources)[kind_source]


def _weights(pairs: list[Pair]) -> dict[str, float]:
    """Weights below 1: of the keys that many sentences of running text use."""
    seen: Counter[str] = Counter()
    sentences = 0
    for pair in pairs:
        if pair.running_text:
            sentences += 1
            seen.update({*pair.english, *pair.persian})
    weights = {key: information(count / sentences) for key, count in seen.items()}
    return {key: weight for key, weight in weights.items() if weight < 0.995}


def write(data: Path, output: Path) -> None:
    """Write the resource. Raises OSError when the data cannot be read or the file not be written."""
    output.write_bytes(gzip.compress(build(data).encode("utf-8"), mtime=0))


def main(argv: list[str]) -> int:
    """Write the resource. Usage: SHARED_DATA OUT."""
    if len(argv) != 2:
        print("usage: python -m pipeline.text.train_lexicon SHARED_DATA OUT", file=sys.stderr)
        return 2
    write(Path(argv[0]), Path(argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
