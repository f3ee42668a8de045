"""Processing and loading articles from Python; these names are offered by :mod:`pipeline` itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import config as configuration
from pipeline.article import SourceFile
from pipeline.config import Config
from pipeline.errors import RecordError
from pipeline.record import Record
from pipeline.road import Road, open_source
from pipeline.serial import load_yaml

SettingsLike = Config | Mapping[str, Any] | Path | str | None


def process(path: Path | str, settings: SettingsLike = None) -> Record:
    """The record of one article, with its text attached.

    Args:
        path: the article's file; its type is told from its name and its bytes.
        settings: a :class:`pipeline.config.Config`, plain data in the layout of ``config.yaml``, the path of such a
            file, or None for the defaults.

    Raises:
        ReadError: the file cannot be read as an article; the message says what to do.
        ConfigError, StageError, ModelMissingError: the settings cannot be met.

    >>> import pipeline
    >>> record = pipeline.process("corpus/caspian-energy-diplomacy.md")
    >>> fact = record.entities.by_id("gpe/iran")
    >>> fact.name.fa
    'ایران'
    >>> record.text_of(fact.mentions.en[0].span)
    'Iran'
    """
    return _road(configuration_of(settings)).process(open_source(path))


def process_text(
    text: str, *, media_type: str = "text/markdown", name: str = "article", settings: SettingsLike = None
) -> Record:
    """The record of an article given as text.

    Args:
        text: the article; offsets in the record count its code points after NFC and LF line ends.
        media_type: ``text/markdown`` or ``text/plain``.
        name: the article's id.
        settings: as for :func:`process`.

    >>> import pipeline
    >>> record = pipeline.process_text("# ایران و چین\\n\\nدر سال ۱۳۹۴ مذاکرات پایان یافت.")
    >>> record.metadata.title.fa
    'ایران و چین'
    >>> [date.value.native for date in record.dates]
    ['1394']
    """
    data = text.encode("utf-8", "surrogatepass")
    return _road(configuration_of(settings)).process(SourceFile(name=name, data=data, media_type=media_type))


def load(path: Path | str) -> Record:
    """A record from its YAML file; the text is attached when ``<id>.txt`` stands beside it.

    Raises:
        RecordError: the file is missing, is no valid record, or the text beside it is another one.

    >>> import pipeline
    >>> record = pipeline.load("outputs/caspian-energy-diplomacy.yaml")
    >>> [len(layer) > 0 for name, layer in record.layers() if name in ("entities", "dates", "systems")]
    [True, True, True]
    """
    path = Path(path)
    try:
        record = load_yaml(path.read_bytes(), name=path.name)
    except OSError as error:
        raise RecordError(f"{path} cannot be opened: {error.strerror or error}", code="E-RECORD-FILE") from None
    beside = path.with_name(f"{record.id}.txt")
    if beside.is_file():
        try:
            record.with_text(beside.read_bytes().decode("utf-8"))
        except (ValueError, OSError) as error:
            raise RecordError(f"{path}: {error}; put the right text there or remove it", code="E-RECORD-TEXT") from None
    return record


def configuration_of(settings: SettingsLike) -> Config:
    """The configuration that ``settings`` mean. Raises ConfigError."""
    if settings is None:
        return _defaults()
    if isinstance(settings, Config):
        return settings
    if isinstance(settings, Mapping):
        return configuration.from_dict(settings)
    return configuration.load(Path(settings))


@lru_cache(maxsize=1)
def _defaults() -> Config:
    return Config()


_roads: dict[str, Road] = {}


def _road(config: Config) -> Road:
    """One road for each configuration, so that models are loaded once."""
    if config.sha256 not in _roads:
        _roads[config.sha256] = Road(config)
    return _roads[config.sha256]
