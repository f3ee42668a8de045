"""The commands ``review`` (the page, and what is made of the decisions) and ``report`` (the page without a server)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.review.store import Store


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(review)
    app.command()(report)


def review(
    outputs: Annotated[Path, typer.Argument(help="The folder of records to review.")] = Path("outputs"),
    user: Annotated[
        str, typer.Option("--user", help="Keep decisions in a file of this reviewer's own.", metavar="NAME")
    ] = "",
    read_only: Annotated[bool, typer.Option("--read-only", help="Show everything and save nothing.")] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the link; open no browser.")] = False,
    sources: Annotated[
        list[Path] | None, typer.Option("--sources", help="Folder where the PDFs lie, for pictures of their pages.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="List decisions that no longer fit and where reviewers differ, and stop.")
    ] = False,
    export_gold: Annotated[
        Path | None, typer.Option("--export-gold", help="Write gold files of the articles that are done, and stop.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="With --export-gold: also articles whose review is not done.")
    ] = False,
    gazetteer: Annotated[
        Path | None, typer.Option("--gazetteer", help="Print a diff that adds the confirmed names to this table.")
    ] = None,
) -> None:
    """Check records in a page that shows both languages; decisions are kept beside them and outrank the machine."""
    from pipeline.errors import ReviewError
    from pipeline.review.store import Store

    if not outputs.is_dir():
        raise ReviewError(f"{outputs} is no folder of records; run `dozaban run` first", code="E-REVIEW-FOLDER")
    if check:
        raise typer.Exit(_check(outputs))
    if export_gold is not None:
        from pipeline.review.gold import export_gold as export

        for path in export(outputs, export_gold, everything=everything):
            typer.echo(str(path))
        return
    if gazetteer is not None:
        from pipeline.review.names import proposed

        sys.stdout.write(proposed(outputs, gazetteer))
        return
    store = Store(outputs / "reviews", user, read_only=read_only)
    _serve(outputs, store, port, browser=not no_browser, sources=tuple(sources or (Path("corpus"),)))


def report(
    records: Annotated[list[Path], typer.Argument(help="Records (.yaml), or folders of records.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write the reports to.", metavar="DIR")
    ] = Path("reports"),
    language: Annotated[str, typer.Option("--language", help="Language of the report's own words: en or fa.")] = "en",
) -> None:
    """Write one self-contained HTML file per article, and an index with charts."""
    import pipeline
    from pipeline.errors import ConfigError, RecordError
    from pipeline.review.report import write_reports
    from pipeline.review.words import Words

    if language not in ("en", "fa"):
        raise ConfigError(f"--language {language!r}: the report speaks en or fa")
    files = [file for path in records for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    loaded = [pipeline.load(file) for file in files]
    for record in loaded:
        if record.text is None:
            raise RecordError(
                f"{record.id}: its text ({record.id}.txt) must stand beside it to be shown", code="E-RECORD-TEXT"
            )
    for path in write_reports(loaded, output, Words("fa" if language == "fa" else "en")):
        typer.echo(str(path))


def _check(outputs: Path) -> int:
    """List what does not fit and what is open; 1 when there is any."""
    from pipeline.decisions.apply import decide
    from pipeline.decisions.files import FOLDER, read_reviews
    from pipeline.review.desk import machine_record
    from pipeline.review.gold import reviewed_articles

    found = 0
    for article in reviewed_articles(outputs):
        decided = decide(machine_record(outputs, article), read_reviews(outputs / FOLDER, article))
        for diagnostic in decided.record.diagnostics:
            if diagnostic.stage == "review":
                typer.echo(f"{article}: {diagnostic.message} [{diagnostic.code}]")
                found += 1
    return 1 if found else 0


def _serve(outputs: Path, store: Store, port: int, *, browser: bool, sources: tuple[Path, ...]) -> None:
    import socket

    import uvicorn

    from pipeline.errors import ReviewError
    from pipeline.review.publish import Publisher
    from pipeline.review.security import Access
    from pipeline.review.server import Review
    from pipeline.terminal.shelf_search import CatalogueSearch

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; take another one, or --port 0 for a free one"
        raise ReviewError(message, code="E-REVIEW-PORT") from None
    access = Access(listener.getsockname()[1])
    link = f"http://127.0.0.1:{listener.getsockname()[1]}/?token={access.token}"
    typer.echo(f"Review of {outputs}: open this link in a browser (it works once):\n\n  {link}\n\nCtrl+C ends it.")
    sys.stdout.flush()
    if browser:
        import webbrowser

        webbrowser.open(link)
    publisher = Publisher(outputs, "pipeline.terminal.publishing")
    app = Review(outputs, store, access, sources, CatalogueSearch(outputs), publisher).app()
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    uvicorn.Server(config).run(sockets=[listener])
