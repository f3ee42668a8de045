"""CoNLL: a token a line with its offsets in the article's text and an IOB2 tag, a blank line after each sentence.

Columns, separated by tabs: token, start, end, tag. The tags are made by spaCy from the spans.
"""

from __future__ import annotations

import re

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.passages import LANGUAGES, Passage, missed_table, passages
from pipeline.record import Record
from pipeline.text.sentences import sentence_spans

_SPACE = re.compile(r"\s")


def render(record: Record) -> Files:
    """``.<language>.conll`` for each language the article has, ``.missed.tsv`` where tags cannot hold a mention."""
    done = {language: list(passages(record, language)) for language in LANGUAGES}
    files = {
        f".{language}.conll": "".join(["-DOCSTART-\t-\t-\tO\n\n", *map(_lines, listed)]).encode("utf-8")
        for language, listed in done.items()
        if listed
    }
    missed = missed_table(record, done)  # type: ignore[arg-type]
    return files if missed is None else {**files, ".missed.tsv": missed}


def _lines(passage: Passage) -> str:
    document = passage.document
    # A sentence must not end inside a name, or its tag would begin with I-.
    inside = {at for _, tokens in passage.entities for at in range(tokens.start + 1, tokens.end)}
    ends = iter(sorted(span.end for span in sentence_spans(document.text)))
    end = next(ends, len(document.text))
    lines: list[str] = []
    for token in document:
        if token.idx >= end and token.i not in inside:
            lines.append("\n")
            while end <= token.idx:
                end = next(ends, len(document.text) + 1)
        if token.is_space:
            continue
        start = passage.span.start + token.idx
        tag = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        lines.append(f"{_SPACE.sub('_', token.text)}\t{start}\t{start + len(token.text)}\t{tag}\n")
    return "".join(lines) + "\n"
