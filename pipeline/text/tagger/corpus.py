"""Annotated corpora as the tagger is trained on them: PEYMA (``token|B_PER``), ParsTwiNER (``token TAB B-PER``), and
articles as ``dozaban export -f conll`` writes them (token, start, end, tag), whose types are told in PEYMA's words.

Tokens are cut to pieces, which do away with the peculiarities of each corpus: PEYMA writes affixes as tokens of their
own and lost half-spaces as spaces inside tokens; ParsTwiNER keeps half-spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.text.tagger.pieces import BREAK, forms

Name = tuple[int, int, str]

#: The first line of an exported article, and what its types are called in PEYMA.
EXPORTED = "-DOCSTART-"
_PLAINER = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The pieces of a sentence and its names ``[start, end)``, counted in pieces, with their label."""

    forms: list[str]
    names: list[Name]


def read_corpus(path: Path, labels: frozenset[str]) -> list[Sentence]:
    """The sentences of a corpus file; names of other ``labels`` are not names.

    Raises ConfigError when a line holds no token and tag.
    """
    if not path.is_file():
        raise ConfigError(f"{path}: no such corpus file; see docs/entities.md for the corpora and where they come from")
    sentences: list[Sentence] = []
    rows: list[tuple[str, str]] = []
    for number, raw in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        line = raw.rstrip("\r")
        if not line.strip():
            if rows:
                sentences.append(_sentence(rows, labels))
            rows = []
            continue
        if line.startswith(EXPORTED):
            continue
        token, tab, tag = line.rpartition("\t" if "\t" in line else "|")
        token = token.partition("\t")[0] if token.count("\t") == 2 else token  # less its offsets
        if not tab or (tag != "O" and tag[:2] not in {"B_", "I_", "B-", "I-"}):
            raise ConfigError(f"{path}: line {number} is not a token and its tag (token|B_PER or token TAB B-PER)")
        rows.append((token, tag))
    return [sentence for sentence in sentences if sentence.forms]


def _sentence(rows: list[tuple[str, str]], labels: frozenset[str]) -> Sentence:
    words: list[str] = []
    names: list[Name] = []
    before = ""
    for token, tag in rows:
        found = forms(token)
        if not found:
            continue
        kind = _PLAINER.get(tag[2:], tag[2:])
        label = kind if kind in labels else ""
        if label:
            if tag[0] == "I" and before == label and names and names[-1][1] == len(words):
                names[-1] = (names[-1][0], len(words) + len(found), label)
            else:
                names.append((len(words), len(words) + len(found), label))
        before = label
        words += found
    return Sentence(words, names)


def joined(sentences: list[Sentence], size: int) -> list[Sentence]:
    """Neighbouring sentences put together, up to ``size`` pieces, with a break between them."""
    result: list[Sentence] = []
    words: list[str] = []
    names: list[Name] = []
    for sentence in sentences:
        if words and len(words) + len(sentence.forms) + 1 > size:
            result.append(Sentence(words, names))
            words, names = [], []
        if words:
            words.append(BREAK)
        offset = len(words)
        words.extend(sentence.forms)
        names.extend((start + offset, end + offset, label) for start, end, label in sentence.names)
    if words:
        result.append(Sentence(words, names))
    return result
