"""Which database a catalogue is, and opening it: for feeding, or for asking only.

A catalogue is named by a URL of SQLAlchemy (``postgresql+psycopg://user@host/name``), by a path, or by the word
``sqlite``, which means ``catalogue.sqlite`` in the folder of the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from pipeline.errors import CatalogueError

FILE_NAME = "catalogue.sqlite"
#: Settings that switch the catalogue off.
OFF = frozenset(["", "none"])

#: Seconds to wait for another process that writes.
_PATIENCE = 60


def located(url: str, folder: Path) -> URL:
    """The URL that a setting or option means. ``folder`` holds the records. Raises CatalogueError."""
    if url == "sqlite":
        return URL.create("sqlite", database=str(folder / FILE_NAME))
    if "://" not in url:
        path = Path(url)
        return URL.create("sqlite", database=str(path / FILE_NAME if path.is_dir() else path))
    try:
        made = make_url(url)
        if made.drivername == "postgresql":
            made = made.set(drivername="postgresql+psycopg")
    except ArgumentError:
        made = None
    if made is None or made.drivername not in ("sqlite", "postgresql+psycopg"):
        raise CatalogueError(
            "a catalogue is a path, sqlite:///path or postgresql+psycopg://user@host/database", code="E-CATALOGUE-URL"
        )
    return made


@contextmanager
def writing(url: URL) -> Iterator[Engine]:
    """A catalogue to be fed, made when missing. Raises CatalogueError when it cannot be opened."""
    with _open(url, {}) as engine:
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _for_writing)
        yield engine
        if url.get_backend_name() == "sqlite":
            _leave_one_file(engine)


@contextmanager
def reading(url: URL) -> Iterator[Connection]:
    """A catalogue that cannot be changed through this connection. Raises CatalogueError when there is none."""
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise CatalogueError(
                f"there is no catalogue at {path}; `dozaban catalogue build FOLDER` makes one from records",
                code="E-CATALOGUE-MISSING",
            )
        url = URL.create("sqlite", database=f"file:{_quoted(path)}", query={"mode": "ro", "uri": "true"})
    else:
        options = {"options": "-c default_transaction_read_only=on"}
    with _open(url, options) as engine, engine.connect() as connection:
        yield connection


def exclusively(connection: Connection) -> None:
    """Begin a transaction that no other feeder shares; the ids of new rows depend on it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(7170831)"))


def cause(error: SQLAlchemyError) -> str:
    """The database's own words for an error, on one line."""
    words = str(error.orig) if isinstance(error, DBAPIError) and error.orig is not None else str(error)
    return " ".join(words.split()) or type(error).__name__


@contextmanager
def _open(url: URL, options: dict[str, Any]) -> Iterator[Engine]:
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        # The driver's own transactions begin too late and in silence; `exclusively` begins them.
        options = {**options, "timeout": _PATIENCE, "isolation_level": None}
    try:
        engine = create_engine(url, connect_args=options)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise CatalogueError(
            "PostgreSQL needs the package psycopg: pip install 'dozaban[postgres]'", code="E-CATALOGUE-URL"
        ) from None
    try:
        yield engine
    except SQLAlchemyError as error:
        raise CatalogueError(
            f"{shown}: {cause(error)}; the records are as they were, `dozaban catalogue build` tries again",
            code="E-CATALOGUE-DATABASE",
        ) from error
    finally:
        engine.dispose()


def _for_writing(connection: Any, _: Any) -> None:
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "wal_autocheckpoint=8000", "foreign_keys=ON")
    for pragma in (*pragmas, "cache_size=-65536", "temp_store=2"):
        connection.execute(f"PRAGMA {pragma}").close()


def _leave_one_file(engine: Engine) -> None:
    """Fold the write-ahead log in, so that the file can be copied and opened on a medium that cannot be written to.

    Not when somebody else has the catalogue open; the one who closes it last does it.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        except DBAPIError:
            return


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))
