"""Gazetteers: names known beforehand, and the matcher that finds all of them in one walk over a text's words.

A table has the columns type, id, English names, Persian names, identifiers; rows with the same id, or with the same
type and an English name in common, are one entry, under the first id. Before a name, ``?`` says that it needs a cue
(مالی is Mali and *financial*); after a name, ``-`` that it is only the first part of a compound (``Sino-``). The first
name of a language is the one to show.

Persian names match with letters folded and with the half-space written, left out, or given as a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast, get_args

from pipeline import resources
from pipeline.errors import ConfigError
from pipeline.extract.entities.candidates import DESCRIPTIVE, Candidate
from pipeline.extract.entities.reading import Reading, Tongue, fold
from pipeline.record import EntityType

TABLES = (
    "countries",
    "places",
    "cities",
    "cities_fa",
    "regions",
    "organisations",
    "companies",
    "groups",
    "named",
    "iran",
    "persons",
    "agencies",
    "waters_iran",
    "iran_towns",
)
#: Tables so wide that their English names always need a cue.
_CUED_TABLES = frozenset({"gazetteer/cities_fa.tsv"})
ZWNJ = "\u200c"
_WORDS = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")
_PLURAL_FA = frozenset({"ها", "های", "هایی", "یها", "یهای"})
_CLITICS = _PLURAL_FA | frozenset({"را", "ام", "ات", "اش", "مان", "تان", "شان", "ای", "اند", "است", "ایم", "تر", "و"})
_PREFIXES_FA = frozenset({"غیر", "ضد", "پان", "فرا", "شبه", "پسا", "پیشا"})


@dataclass
class Entry:
    """One thing of the world, with its names in both languages."""

    id: str
    type: EntityType
    en: list[str] = field(default_factory=list)
    fa: list[str] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One name of an entry as it is looked for: its words, and what must be right around them."""

    words: tuple[str, ...]
    form: str
    entry: Entry
    guarded: bool
    prefix: bool


class Lexicon:
    """Entries of several tables, indexed by the first word of each name."""

    def __init__(self, tables: Sequence[str]) -> None:
        self.entries: dict[str, Entry] = {}
        self._named: dict[tuple[EntityType, str], str] = {}
        for table in tables:
            for row in _rows(table):
                self._add(row, table)
        self._index: dict[tuple[Tongue, bool], dict[str, list[Phrase]]] = {}
        for entry in self.entries.values():
            for name in entry.en:
                self._index_name("en", entry, name)
            for name in entry.fa:
                self._index_name("fa", entry, name)
        for index in self._index.values():
            for phrases in index.values():
                phrases.sort(key=lambda p: (-len(p.words), -len(p.form), p.guarded, p.entry.id))
        for entry in self.entries.values():
            entry.en = [name.strip("?").removesuffix("-") if name[-1] == "-" else name.lstrip("?") for name in entry.en]
            entry.fa = [name.lstrip("?") for name in entry.fa]
        self.by_force = {
            entry.identifiers["force"]: entry for entry in self.entries.values() if "force" in entry.identifiers
        }
        self.by_iso = {
            entry.identifiers["iso3166"]: entry for entry in self.entries.values() if "iso3166" in entry.identifiers
        }

    def find(self, reading: Reading, *, descriptive: bool) -> Iterator[tuple[Candidate, Phrase]]:
        """The longest names in a reading from left to right, of one layer: names, or wars, laws and programmes."""
        index = self._index.get((reading.language, descriptive), {})
        words, starts, ends, text = reading.words, reading.starts, reading.ends, reading.text
        persian = reading.language == "fa"
        free = 0
        for at in [at for at, word in enumerate(words) if word in index or (persian and word.endswith("ها"))]:
            if at < free:
                continue
            phrases = index.get(words[at]) or _peoples(index.get(words[at].removesuffix("ها"), ()))
            for phrase in phrases:
                size = len(phrase.words)
                if size > 1 and tuple(words[at : at + size]) != phrase.words:
                    continue
                start, end = starts[at], ends[at + size - 1]
                if persian:
                    if not _fits_persian(reading, at, size, phrase.form):
                        continue
                    if phrase.entry.type == "NORP":
                        end = _with_plural(reading, at + size - 1)
                else:
                    fitted = _fit_english(text, start, end, phrase)
                    if fitted is None:
                        continue
                    end = fitted
                yield Candidate(start, end, phrase.entry.type, "gazetteer", phrase.entry.id), phrase
                free = at + size
                break

    def key_of(self, kind: EntityType, name: str) -> str:
        """The id of the entry of a type with an English name, or an empty string."""
        return self._named.get((kind, " ".join(name.split())), "")

    def _add(self, row: list[str], table: str) -> None:
        row = row + [""] * (5 - len(row))
        kind, key = row[0], row[1]
        if kind not in get_args(EntityType) or not key:
            raise ConfigError(
                f"gazetteer {table}: a row begins with {kind!r}, {key!r}; it needs an entity type and an id"
            )
        entity = cast(EntityType, kind)
        english = [name for name in row[2].split("|") if name]
        known = (self._named.get((entity, name)) for name in english)
        entry = self.entries.get(key) or self.entries.get(next(filter(None, known), key)) or Entry(key, entity)
        self.entries.setdefault(entry.id, entry)
        for name in english:
            if name.lstrip("?") not in map(_bare, entry.en):
                entry.en.append(f"?{name}" if table in _CUED_TABLES and name[0] != "?" else name)
            self._named.setdefault((entity, name.lstrip("?")), entry.id)
        entry.fa.extend(name for name in row[3].split("|") if name and name not in entry.fa)
        entry.identifiers.update(dict(part.split("=", 1) for part in row[4].split(";") if "=" in part))

    def _index_name(self, language: Tongue, entry: Entry, name: str) -> None:
        guarded, name = name.startswith("?"), name.lstrip("?")
        prefix, name = name.endswith("-"), name.removesuffix("-")
        descriptive = entry.type in DESCRIPTIVE
        index = self._index.setdefault((language, descriptive), {})
        for form in [name] if language == "en" else persian_forms(name):
            words = tuple(_WORDS.findall(form))
            if words:
                index.setdefault(words[0], []).append(Phrase(words, _plain(form), entry, guarded, prefix))


def _peoples(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The names of peoples among phrases of one word, whose plural may be written without a half-space (قاجارها)."""
    return [phrase for phrase in phrases if phrase.entry.type == "NORP" and len(phrase.words) == 1]


def _bare(name: str) -> str:
    return name.lstrip("?")


def persian_forms(name: str) -> list[str]:
    """A Persian name, folded, as it may be split into words: half-spaces as breaks, and half-spaces lost."""
    folded = fold(name)
    forms = [folded.replace(ZWNJ, " ")]
    if ZWNJ in folded:
        forms.append(folded.replace(ZWNJ, ""))
    return list(dict.fromkeys(forms))


@cache
def lexicon(user_tables: tuple[str, ...] = ()) -> Lexicon:
    """The built-in gazetteers and the user's tables (paths of TSV files), loaded once."""
    return Lexicon((*(f"gazetteer/{table}.tsv" for table in TABLES), *user_tables))


def _rows(table: str) -> Iterator[list[str]]:
    if table.startswith("gazetteer/"):
        yield from resources.rows(table)
        return
    path = Path(table)
    if not path.is_file():
        raise ConfigError(f"gazetteer {table!r} does not exist; give the path of a tab-separated file")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _plain(form: str) -> str:
    """A name or a stretch of text with its spaces, apostrophes and dashes made alike."""
    plain = form.replace("’", "'").replace("‘", "'").replace("–", "-").replace("‐", "-")
    return _SPACES.sub(" ", plain).replace("- ", "-").rstrip(".")


def _fit_english(text: str, start: int, end: int, phrase: Phrase) -> int | None:
    """The end of the match when what stands between its words and after them is right, else None."""
    if phrase.prefix:
        return end if text[end : end + 1] in {"-", "–", "‐"} and text[end + 1 : end + 2].isalpha() else None
    if len(phrase.words) > 1 and _plain(text[start:end]) != phrase.form:
        return None
    if "." in phrase.form and text[end : end + 1] == ".":
        return end + 1
    if end - start == 2 and text[start:end] == "US" and text[end : end + 1] == "$":
        return None
    return end


def _fits_persian(reading: Reading, at: int, size: int, form: str) -> bool:
    """Whether the words hang together and are not a part of a longer word across a half-space."""
    signs = " \u200c\n،" + ("-–ـ" if "-" in form else "") + ("+" if "+" in form else "")
    for i in range(at, at + size - 1):
        gap = reading.gap(i)
        if gap.strip(signs) or gap.count("\n") > 1 or len(gap) > 3:
            return False
    if at and reading.gap(at - 1) == ZWNJ and reading.words[at - 1] not in _PREFIXES_FA:
        return False
    last = at + size - 1
    return not (last + 1 < len(reading.words) and reading.gap(last) == ZWNJ and reading.words[last + 1] not in _CLITICS)


def _with_plural(reading: Reading, last: int) -> int:
    """The end of a people's name with its plural ending, as in ایرانی‌ها; the half-space may be lost (ترکمن ها)."""
    if last + 1 < len(reading.words) and reading.gap(last) in {ZWNJ, " "} and reading.words[last + 1] in _PLURAL_FA:
        return reading.ends[last + 1]
    return reading.ends[last]
