"""The commands about other programs' files: ``export`` writes records in them, ``import`` reads labels back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.emit.exports import Exporter
    from pipeline.errors import DozabanError
    from pipeline.record import Record


class ImportFormat(StrEnum):
    """What annotations are read back from."""

    LABEL_STUDIO = "label-studio"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(export)
    app.command("import")(import_)


def export(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records (.yaml), or folders of records.", show_default=False)
    ] = None,
    forms: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="The format; given again for further ones; `all` for all.", metavar="NAME"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File or folder to write to (default: the terminal).", metavar="PATH"),
    ] = None,
    formats: Annotated[bool, typer.Option("--formats", help="List the formats and stop.")] = False,
) -> None:
    """Write records in the formats of other programs: TEI, JATS, CSV, spaCy, brat, Label Studio, RDF and more."""
    from pipeline.emit.exports import deliver
    from pipeline.errors import ConfigError

    if formats:
        _list_formats()
        return
    if not records or not forms:
        raise ConfigError(
            "name records (or a folder of them) and a --format; `dozaban export --formats` lists the formats"
        )
    wanted = _exporters(forms)
    files = _record_files(records)
    if output is None or _is_file(output, wanted, files):
        _export_one(wanted, files, output)
        return
    done = deliver(_loaded(files), wanted, output)
    for name, error in done.failures:
        typer.echo(f"dozaban: {name}: {error}" if name not in str(error) else f"dozaban: {error}", err=True)
    typer.echo(f"{done.articles} records, {done.files} files in {output}, {len(done.failures)} failures")
    if done.failures:
        raise typer.Exit(1)


def import_(
    labels: Annotated[list[Path], typer.Argument(help="What the labelling tool exported (.json).")],
    records: Annotated[
        list[Path],
        typer.Option(
            "--records", "-r", help="The records that were labelled (.yaml), or their folders.", metavar="PATH"
        ),
    ],
    form: Annotated[
        ImportFormat, typer.Option("--format", "-f", help="Where the labels come from.")
    ] = ImportFormat.LABEL_STUDIO,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the gold files.", metavar="DIR")] = Path(
        "gold"
    ),
) -> None:
    """Read annotations back as gold files (<id>.yaml), with a list of what a person changed."""
    import yaml

    from pipeline.emit.atomic import write_atomically
    from pipeline.emit.exports.file_names import safe_name
    from pipeline.emit.exports.label_studio_back import article_of, gold_of, read_tasks
    from pipeline.errors import ExportError

    known: dict[str, Path] = {file.stem: file for file in _record_files(records)}
    written = 0
    for path in labels:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ExportError(f"{path} cannot be opened: {error.strerror or error}", code="E-IMPORT") from None
        for task in read_tasks(data, path.name):
            article = article_of(task, path.name)
            if article not in known:
                raise ExportError(f"{path}: there is no record {article!r} among --records", code="E-IMPORT")
            gold = gold_of(task, _with_text(known[article]))
            if gold is None:
                typer.echo(f"{article}: nobody has annotated it yet")
                continue
            output.mkdir(parents=True, exist_ok=True)
            target = output / f"{safe_name(article)}.yaml"
            if target.is_file() and target.read_bytes().startswith(b"schema: dozaban/"):
                raise ExportError(f"{target} is a record; name another folder with --output", code="E-IMPORT")
            write_atomically(target, yaml.safe_dump(gold, allow_unicode=True, sort_keys=False, width=10**6))
            typer.echo(f"{target}: {_summary(gold['changes'])}")
            written += 1
    if not written:
        raise typer.Exit(1)


def _list_formats() -> None:
    from pipeline.emit.exports import exporters

    width = max(len(name) for name in exporters())
    for name, exporter in exporters().items():
        needs = " (needs the text)" if exporter.needs_text else ""
        typer.echo(f"{name:<{width}}  {exporter.summary}{needs}")


def _exporters(forms: list[str]) -> list[Exporter]:
    from pipeline.emit.exports import exporter, exporters

    if "all" in forms:
        return list(exporters().values())
    return [exporter(name) for name in dict.fromkeys(forms)]


def _record_files(paths: list[Path]) -> list[Path]:
    """The files, and those in the folders. Raises RecordError when there is none."""
    from pipeline.errors import RecordError

    files = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise RecordError(f"no records (.yaml) in {', '.join(map(str, paths))}", code="E-RECORD-FILE")
    return files


def _loaded(files: list[Path]) -> Iterator[Record | tuple[str, DozabanError]]:
    """Each record as it is needed; one that is not valid comes as its error."""
    import pipeline
    from pipeline.errors import DozabanError

    for file in files:
        try:
            yield pipeline.load(file)
        except DozabanError as error:
            yield file.name, error


def _is_file(output: Path, wanted: list[Exporter], files: list[Path]) -> bool:
    """Whether ``output`` names the one file that comes of it, rather than a folder."""
    one = len(wanted) == 1 and wanted[0].single is not None and (wanted[0].scope == "run" or len(files) == 1)
    return one and bool(output.suffix) and not output.is_dir()


def _export_one(wanted: list[Exporter], files: list[Path], output: Path | None) -> None:
    """Write what is one file to ``output``, or to the terminal."""
    import tempfile

    from pipeline.emit.atomic import write_atomically
    from pipeline.emit.exports import deliver
    from pipeline.errors import ConfigError, ExportError

    if len(wanted) != 1 or wanted[0].single is None or (wanted[0].scope != "run" and len(files) != 1):
        raise ConfigError("several files come of this; name a folder with --output")
    with tempfile.TemporaryDirectory() as folder:
        done = deliver(_loaded(files), wanted, Path(folder))
        if done.failures:
            raise done.failures[0][1]
        made = next(file for file in sorted(Path(folder).iterdir()) if file.name.endswith(wanted[0].single))
        data = made.read_bytes()
    if output is not None:
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(output, data)
        except OSError as error:
            raise ExportError(
                f"{output} cannot be written: {error.strerror or error}", code="E-EXPORT-TARGET"
            ) from None
        return
    if wanted[0].name == "xlsx":
        raise ConfigError("an .xlsx file cannot be printed; name a file with --output")
    sys.stdout.buffer.write(data)


def _with_text(file: Path) -> Record:
    import pipeline
    from pipeline.errors import ExportError

    record = pipeline.load(file)
    if record.text is None:
        raise ExportError(
            f"{file}: labels need the article's text; put {record.id}.txt beside it", code="E-EXPORT-TEXT"
        )
    return record


def _summary(changes: list[dict[str, object]]) -> str:
    counts = {kind: sum(c["change"] == kind for c in changes) for kind in ("added", "removed", "moved", "relabelled")}
    found = [f"{count} {kind}" for kind, count in counts.items() if count]
    return ", ".join(found) or "nothing changed"
