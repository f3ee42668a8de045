"""Every error a caller can meet, each with a stable code that the documentation explains.

An error about an article names the file and says what to do. Warnings are not exceptions: they are diagnostics in
the record (``W-…`` codes).
"""

from __future__ import annotations


class DozabanError(Exception):
    """The root of all of them. ``code`` is stable; the message is for people."""

    code = "E-DOZABAN"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{super().__str__()} [{self.code}]"


class ConfigError(DozabanError):
    """The configuration, or an option that overrides it, is wrong."""

    code = "E-CONFIG"


class StageError(DozabanError):
    """A stage is unknown, cannot be loaded, or stands where what it needs has not been made yet."""

    code = "E-STAGE"


class ModelMissingError(DozabanError):
    """A model or package that the configuration asks for is not installed."""

    code = "E-MODEL-MISSING"


class ReadError(DozabanError):
    """A file cannot be read as an article. The code says why (``E-EMPTY``, ``E-PDF-ENCRYPTED``…)."""

    code = "E-READ"


class RecordError(DozabanError):
    """A record file is not valid, or does not belong to the text it is joined with."""

    code = "E-RECORD"


class ReviewError(DozabanError):
    """A file of decisions cannot be read, or a decision cannot be taken."""

    code = "E-REVIEW"


class CatalogueError(DozabanError):
    """The catalogue cannot be opened, written to, or asked what it was asked."""

    code = "E-CATALOGUE-DATABASE"


class OutputError(DozabanError):
    """The folder of records cannot be written to, or another run is writing to it."""

    code = "E-OUTPUT"


class WorkerError(DozabanError):
    """Processes that do the work cannot be started, or the cluster cannot be reached."""

    code = "E-WORKER-START"


class ExportError(DozabanError):
    """A record cannot be written in a format, or a file of that format cannot be read back."""

    code = "E-EXPORT"
