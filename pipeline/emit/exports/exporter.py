"""What an export format is, and the one table of all of them.

A format is an object with a ``name``, a ``summary`` and a ``scope``. One of scope ``article`` renders each record into
files of its own; one of scope ``run`` takes records one after another and writes files for all of them together, so
that a folder of any size streams through. Other packages add formats by the entry point ``dozaban.exporters``, whose
value is an :class:`Exporter`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import ExportError
from pipeline.record import Record
from pipeline.stage import nearest

#: File name endings (``.tei.xml``, ``.en.spacy``) and what the files hold.
Files = Mapping[str, bytes]


class Collector(Protocol):
    """Writes one format for many records; made with the folder that its files go into."""

    def add(self, record: Record) -> None:
        """Take one more record. Raises ExportError when it cannot be written; the ones before are not harmed."""

    def close(self) -> None:
        """Finish the files."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Attributes:
        name: as given to ``--format``.
        summary: what is written, in one line.
        module: the module that writes it, imported at first use.
        scope: ``article`` (the module has ``render(record) -> Files``) or ``run`` (the module has ``Collect(folder)``).
        needs_text: whether a record without its text cannot be written.
        package: the package that has to be installed, or None.
        single: the name of the only file of scope ``run``, or the ending of the only file of scope ``article``; None
            where there are several.
        companions: whether the module has ``companions() -> Files``, files that belong beside those of the articles.
    """

    name: str
    summary: str
    module: str
    scope: str = "article"
    needs_text: bool = False
    package: str | None = None
    single: str | None = None
    companions: bool = False

    def render(self, record: Record) -> Files:
        """The files of one record by their endings. Raises ExportError (``E-EXPORT-TEXT``, ``E-EXPORT-PACKAGE``)."""
        self.check(record)
        with self._packages():
            files: Files = self._loaded().render(record)
        return files

    def collect(self, folder: Path) -> Collector:
        """A collector for the run. Raises ExportError (``E-EXPORT-PACKAGE``)."""
        with self._packages():
            collector: Collector = self._loaded().Collect(folder)
        return collector

    def beside(self) -> Files:
        """Files that belong beside those of the articles, by name."""
        with self._packages():
            files: Files = self._loaded().companions() if self.companions else {}
        return files

    def ready(self) -> None:
        """Raise ExportError (``E-EXPORT-PACKAGE``) when the package that writes the format is not installed."""
        with self._packages():
            if self.package is not None:
                importlib.import_module(self.package)

    def check(self, record: Record) -> None:
        """Raise ExportError (``E-EXPORT-TEXT``) when the record lacks the text that the format needs."""
        if self.needs_text and (record.standoff or record.text is None):
            raise ExportError(
                f"{record.id}: {self.name} needs the article's text; put {record.id}.txt beside the record"
                + (", or join the two with `dozaban rehydrate`" if record.standoff else ""),
                code="E-EXPORT-TEXT",
            )

    def _loaded(self) -> Any:
        return importlib.import_module(self.module)

    @contextmanager
    def _packages(self) -> Iterator[None]:
        try:
            yield
        except ModuleNotFoundError as error:
            if self.package is None or (error.name or "").split(".")[0] != self.package:
                raise
            raise ExportError(
                f"{self.name} is written by the package {self.package!r}, which is not installed; "
                "install Dozaban with its extra: pip install 'dozaban[export]'",
                code="E-EXPORT-PACKAGE",
            ) from None


_HERE = "pipeline.emit.exports"


def _built_in(name: str, summary: str, module: str, **more: Any) -> Exporter:
    return Exporter(name, summary, f"{_HERE}.{module}", **more)


_BUILT_IN = (
    _built_in("json", "the record as JSON", "json_records", single=".json"),
    _built_in("jsonl", "the records as JSON Lines", "json_lines", scope="run", single="records.jsonl"),
    _built_in("csv", "a CSV file for each layer", "csv_layers", scope="run"),
    _built_in("parquet", "a Parquet file for each layer", "parquet", scope="run", package="pyarrow"),
    _built_in("xlsx", "a workbook with a sheet for each layer", "workbook", scope="run", single="records.xlsx"),
    _built_in("tei", "TEI XML with stand-off annotation", "tei", single=".tei.xml"),
    _built_in("jats", "JATS XML (Journal Publishing 1.1)", "jats", needs_text=True, single=".jats.xml"),
    _built_in("csl", "the article and its references as CSL-JSON", "csl", single=".csl.json"),
    _built_in("bibtex", "the article and its references as BibTeX", "bibtex", single=".bib"),
    _built_in("conll", "tokens with IOB2 tags, a file for each language", "conll", needs_text=True),
    _built_in("spacy", "spaCy DocBin, a file for each language", "docbin", needs_text=True),
    _built_in("brat", "brat stand-off (.txt and .ann)", "brat", needs_text=True, companions=True),
    _built_in("cas", "UIMA CAS XMI for INCEpTION", "cas", needs_text=True, package="cassis", companions=True),
    _built_in("label-studio", "Label Studio tasks with predictions", "label_studio", needs_text=True, companions=True),
    _built_in("tmx", "aligned sentences as a translation memory", "memory", scope="run", single="sentences.tmx"),
    _built_in("tbx", "terms and keyword pairs as TBX-Basic (2008)", "termbase", scope="run", single="terms.tbx"),
    _built_in("graphml", "articles, entities and systems as a graph", "graphml", scope="run", package="networkx",
              single="graph.graphml"),
    _built_in("jsonld", "the facts as JSON-LD", "jsonld", package="rdflib", single=".jsonld"),
    _built_in("turtle", "the facts as RDF in Turtle", "turtle", package="rdflib", single=".ttl"),
)  # fmt: skip


@cache
def exporters() -> dict[str, Exporter]:
    """Every format by name: the ones here first, then those of other packages."""
    known = {exporter.name: exporter for exporter in _BUILT_IN}
    for point in sorted(entry_points(group="dozaban.exporters"), key=lambda point: point.name):
        known.setdefault(point.name, point.load())
    return known


def exporter(name: str) -> Exporter:
    """The format of a name. Raises ExportError (``E-EXPORT-FORMAT``), which names the nearest, when there is none."""
    known = exporters()
    if name not in known:
        raise ExportError(f"unknown format {name!r}{nearest(name, list(known))}", code="E-EXPORT-FORMAT")
    return known[name]


#: The type of a module's ``render``.
Render = Callable[[Record], Files]
