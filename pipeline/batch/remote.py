"""Articles in an object store, and records written to one, through fsspec (``s3://``, ``gs://``, ``memory://`` …).

Needs the extra ``cluster``. Credentials and endpoints are fsspec's business: its configuration files and environment
variables hold here as everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.batch.discovery import left_out
from pipeline.batch.sources import Source
from pipeline.errors import ModelMissingError, ReadError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def is_url(place: object) -> bool:
    """Whether a place is a URL rather than a path."""
    return "://" in str(place)


def open_store(url: str) -> tuple[AbstractFileSystem, str]:
    """The store of a URL and the path in it.

    Raises ModelMissingError when the package that speaks its protocol is not installed.
    """
    return _store(url.partition("://")[0], url)


def read(url: str) -> bytes:
    """An object's bytes. Raises ReadError (``E-UNREADABLE``)."""
    store, path = open_store(url)
    try:
        data: bytes = store.cat_file(path)
    except Exception as error:  # every store has exceptions of its own
        raise _unreadable(url, error) from None
    return data


def stamp(url: str) -> str:
    """What changes when the object does: the store's own mark of its version. Raises ReadError."""
    store, path = open_store(url)
    try:
        store.invalidate_cache()
        return str(store.ukey(path))
    except Exception as error:
        raise _unreadable(url, error) from None


def find(url: str, suffixes: Collection[str], ignore: Sequence[str]) -> Iterator[Source]:
    """The articles a URL names: an object, what a pattern matches, or what lies below a prefix, in order of name."""
    try:
        store, path = open_store(url)
        store.invalidate_cache()
        if any(sign in path for sign in "*?["):
            found = [(name, PurePosixPath(name).name) for name in store.glob(path)]
        elif store.isdir(path):
            base = path.rstrip("/") + "/"
            found = [(name, _below(name, base)) for name in store.find(path)]
        else:
            yield Source(url, PurePosixPath(path).name)
            return
    except ReadError as error:
        yield Source.failing(url, error)
        return
    except ModelMissingError:
        raise
    except Exception as error:
        yield Source.failing(url, _unreadable(url, error))
        return
    for name, relative in sorted(found):
        if PurePosixPath(name).suffix.lower() in suffixes and not left_out(relative, ignore):
            yield Source(str(store.unstrip_protocol(name)), PurePosixPath(name).name)


def write(url: str, data: bytes) -> None:
    """Write an object so that nobody sees half of it. Raises OSError; the old object is then as it was."""
    store, path = open_store(url)
    try:
        store.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        # A store's transaction uploads beside the place, or in parts that only completion makes visible.
        with store.transaction, store.open(path, "wb") as stream:
            stream.write(data)
        store.invalidate_cache()
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{url}: {error}") from None


def _below(name: str, base: str) -> str:
    return name[len(base) :] if name.startswith(base) else name.lstrip("/")


def _unreadable(url: str, error: Exception) -> ReadError:
    reason = str(error) or type(error).__name__
    return ReadError(f"{url} cannot be opened: {reason}; check that it exists and may be read", code="E-UNREADABLE")


@cache
def _filesystem(protocol: str) -> Any:
    try:
        import fsspec
    except ImportError:
        raise ModelMissingError(f"{protocol}:// needs fsspec: pip install 'dozaban[cluster]'") from None
    try:
        return fsspec.filesystem(protocol)
    except (ImportError, ValueError) as error:
        raise ModelMissingError(f"{protocol}:// cannot be opened: {error}") from None


def _store(protocol: str, url: str) -> tuple[AbstractFileSystem, str]:
    store = _filesystem(protocol)
    return store, store._strip_protocol(url)
