"""TMX: the aligned sentences of the abstracts as one translation memory."""

from __future__ import annotations

from pathlib import Path

from pipeline.emit.exchange import Unit, tmx
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.xml_text import legal
from pipeline.errors import ExportError
from pipeline.record import AbstractText, Record


class Collect:
    """Gathers sentence pairs and writes ``sentences.tmx``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sentences.tmx"
        self._units: list[Unit] = []
        self._version = ""

    def add(self, record: Record) -> None:
        """Take the links of one record's abstracts that have both sides. Raises ExportError (``E-EXPORT-TEXT``)."""
        english, persian = record.abstract.en, record.abstract.fa
        self._version = self._version or record.produced_by.dozaban
        if english is None or persian is None:
            return
        if any(sentence.text is None for side in (english, persian) for sentence in side.sentences):
            raise ExportError(
                f"{record.id}: the record has no sentences (it is a stand-off record); "
                "join it with its text first (`dozaban rehydrate`)",
                code="E-EXPORT-TEXT",
            )
        for link in record.abstract.alignment:
            en, fa = _joined(record, english, link.en), _joined(record, persian, link.fa)
            if en and fa:
                self._units.append(Unit(en, fa, link.confidence))

    def close(self) -> None:
        """Write the memory."""
        self._path.write_text(tmx(self._units, version=self._version or "0"), encoding="utf-8", newline="\n")


def _joined(record: Record, side: AbstractText, numbers: list[int]) -> str:
    texts = [side.sentences[number].text or "" for number in numbers if number < len(side.sentences)]
    return legal(plain_words(record, " ".join(texts)))
