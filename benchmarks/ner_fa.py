"""Persian names on PEYMA and ParsTwiNER: the shipped model beside other ways, strict spans, and words a second.

    python benchmarks/ner_fa.py [DATA] [--crf] [--cnn]

``DATA`` is a folder with ``peyma/`` and ``parstwiner/`` (default: ../shared/data/ner). ``--crf`` trains a conditional
random field over the features of a word and its neighbours (python-crfsuite, a minute), ``--cnn`` a spaCy pipeline with
the fixed configuration below (a quarter of an hour on one core); both on PEYMA's training part, for comparison only.

Every way gets plain text: the tokens of a sentence joined by spaces, sentences apart by an empty line. A name counts
when both its ends and its type are right. Locations are one type here, as in the corpora.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.extract.entities.lexicon import lexicon
from pipeline.extract.entities.persian_model import persian_network
from pipeline.extract.entities.reading import Reading, fold
from pipeline.text.offsets import MappedText
from pipeline.text.tagger.chain import names
from pipeline.text.tagger.corpus import Sentence, read_corpus
from pipeline.text.tagger.reading import tag

ROOT = Path(__file__).parents[1]
KINDS = ("PER", "ORG", "LOC")
Span = tuple[int, int, str]
Way = Callable[[str], list[Span]]
_TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def plain(sentences: list[Sentence]) -> tuple[str, list[Span]]:
    """The sentences as one text, and the names as spans of it."""
    lines, gold, at = [], [], 0
    for sentence in sentences:
        starts = []
        for form in sentence.forms:
            starts.append(at)
            at += len(form) + 1
        for start, end, kind in sentence.names:
            gold.append((starts[start], starts[end - 1] + len(sentence.forms[end - 1]), kind))
        lines.append(" ".join(sentence.forms))
        at += 1
    return "\n\n".join(lines), gold


def model(head: str) -> Way:
    """The shipped model, heard through one of its heads."""

    def answer(text: str) -> list[Span]:
        return [(start, end, kind) for start, end, kind, _ in tag(text, persian_network(), [head])[head]]

    return answer


def gazetteer(text: str) -> list[Span]:
    """The names that the project's gazetteers know."""
    folded = fold(text)
    reading = Reading("fa", MappedText.identity(folded), folded)
    found = lexicon().find(reading, descriptive=False)
    return [
        (one.start, one.end, _TYPES[one.type]) for one, phrase in found if one.type in _TYPES and not phrase.guarded
    ]


def union(first: Way, second: Way) -> Way:
    """What the first says, and what the second says where the first says nothing."""

    def answer(text: str) -> list[Span]:
        said = first(text)
        taken = bytearray(len(text))
        for start, end, _ in said:
            taken[start:end] = b"\x01" * (end - start)
        return said + [span for span in second(text) if not any(taken[span[0] : span[1]])]

    return answer


def crf(train: list[Sentence]) -> Way:
    """A conditional random field over words, their endings and their neighbours."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params({"max_iterations": 60, "c1": 0.05, "c2": 0.05, "feature.possible_transitions": True})
    for sentence in train:
        trainer.append(_features(sentence.forms), _labels(sentence))
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/crf")
        weights = Path(f"{folder}/crf").read_bytes()

    def answer(text: str) -> list[Span]:
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(weights)  # which keeps a pointer to them, no copy
        found, at = [], 0
        for line in text.split("\n\n"):
            forms, starts = line.split(" "), [at]
            for form in forms:
                starts.append(starts[-1] + len(form) + 1)
            for start, end, kind in names(tagger.tag(_features(forms))):
                found.append((starts[start], starts[end] - 1, kind))
            at += len(line) + 2
        return found

    return answer


def _features(forms: list[str]) -> list[list[str]]:
    padded = ["^", "^", *forms, "$", "$"]
    rows = []
    for i, form in enumerate(forms):
        row = ["b", *(f"p{n}={form[:n]}" for n in (1, 2, 3, 4)), *(f"s{n}={form[-n:]}" for n in (1, 2, 3, 4))]
        row += [f"{place}={padded[i + 2 + place]}" for place in (-2, -1, 0, 1, 2)]
        row += [f"{place}s={padded[i + 2 + place][-3:]}" for place in (-2, -1, 1, 2)]
        row += [f"{place}|{one}|{other}" for place, (one, other) in enumerate(pairwise(padded[i + 1 : i + 4]))]
        row.append("digit" if form[0].isdigit() else "sign" if not form[0].isalpha() else "letters")
        rows.append(row)
    return rows


def _labels(sentence: Sentence) -> list[str]:
    labels = ["O"] * len(sentence.forms)
    for start, end, kind in sentence.names:
        labels[start:end] = [f"I-{kind}"] * (end - start)
        labels[start] = f"B-{kind}"
        labels[end - 1] = f"E-{kind}" if end - start > 1 else f"S-{kind}"
    return labels


def cnn(train: list[Sentence]) -> Way:
    """spaCy's convolutional recogniser, without vectors: its standard tok2vec, 20 rounds, seed 0."""
    import spacy
    from spacy.training import Example
    from spacy.util import compounding, fix_random_seed, minibatch

    fix_random_seed(0)
    nlp = spacy.blank("xx")
    nlp.tokenizer = _spaces(nlp)
    recogniser = nlp.add_pipe("ner")
    for kind in KINDS:
        recogniser.add_label(kind)
    examples = []
    for sentence in train:
        text, gold = plain([sentence])
        examples.append(Example.from_dict(nlp.make_doc(text), {"entities": gold}))
    optimiser, order = nlp.initialize(lambda: examples), random.Random(0)
    for _ in range(20):
        order.shuffle(examples)
        for batch in minibatch(examples, size=compounding(100.0, 1000.0, 1.001)):
            nlp.update(batch, sgd=optimiser, drop=0.2)

    def answer(text: str) -> list[Span]:
        found, at = [], 0
        for doc in nlp.pipe(text.split("\n\n"), batch_size=64):
            found += [(at + each.start_char, at + each.end_char, each.label_) for each in doc.ents]
            at += len(doc.text) + 2
        return found

    return answer


def _spaces(nlp: Any) -> Any:
    from spacy.tokenizer import Tokenizer

    return Tokenizer(nlp.vocab)


def scores(gold: list[Span], found: list[Span]) -> dict[str, float]:
    """Strict F1 of each kind, and over all of them."""
    wanted, said = set(gold), {span for span in found if span[2] in KINDS}
    right = Counter(span[2] for span in wanted & said)
    counts = Counter(span[2] for span in wanted) + Counter(span[2] for span in said)
    result = {kind: 2 * right[kind] / max(1, counts[kind]) for kind in KINDS}
    return result | {"all": 2 * sum(right.values()) / max(1, sum(counts.values()))}


def main() -> None:
    """Print the table."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    data = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "data" / "ner"
    kinds = frozenset(KINDS)
    sets = {
        "PEYMA dev": ("news", read_corpus(data / "peyma/dev.txt", kinds)),
        "ParsTwiNER dev": ("tweets", read_corpus(data / "parstwiner/dev.txt", kinds)),
        "ParsTwiNER test": ("tweets", read_corpus(data / "parstwiner/test.txt", kinds)),
    }
    others: dict[str, Way] = {"gazetteers": gazetteer}
    train = read_corpus(data / "peyma/train.txt", kinds) if {"--crf", "--cnn"} & set(sys.argv) else []
    if "--crf" in sys.argv:
        others["CRF"] = crf(train)
    if "--cnn" in sys.argv:
        others["spaCy CNN"] = cnn(train)
    print(f"{'':<18}{'':<22}{'PER':>7}{'ORG':>7}{'LOC':>7}{'all':>7}{'words/s':>10}")
    for name, (own, sentences) in sets.items():
        text, gold = plain(sentences)
        ways = {f"model ({own} head)": model(own)}
        if own != "news":
            ways["model (news head)"] = model("news")
        ways |= others | {f"model + {other}": union(model(own), way) for other, way in others.items()}
        for label, way in ways.items():
            way(text[: text.index("\n\n", 2000)])
            start = time.process_time()
            found = way(text)
            speed = len(text.split()) / (time.process_time() - start)
            row = "".join(f"{value:7.3f}" for value in scores(gold, found).values())
            print(f"{name:<18}{label:<22}{row}{speed:>10,.0f}", flush=True)
        alone = [scores_alone(own, sentence) for sentence in sentences]
        row = "".join(f"{value:7.3f}" for value in pooled(alone).values())
        print(f"{name:<18}{'each sentence alone':<22}{row}")


def scores_alone(head: str, sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """Gold and found when the model reads the sentence as a text of its own."""
    text, gold = plain([sentence])
    return gold, model(head)(text)


def pooled(pairs: list[tuple[list[Span], list[Span]]]) -> dict[str, float]:
    """Scores over several texts: each text's spans are moved apart."""
    gold: list[Span] = []
    found: list[Span] = []
    for at, (right, said) in enumerate(pairs):
        gold += [(at * 100_000 + start, at * 100_000 + end, kind) for start, end, kind in right]
        found += [(at * 100_000 + start, at * 100_000 + end, kind) for start, end, kind in said]
    return scores(gold, found)


if __name__ == "__main__":
    main()
