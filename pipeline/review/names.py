"""Names that people confirmed, as a project gazetteer: proposed as a diff, so that a person says yes to each line.

The table is the one that ``extract.entities.gazetteers`` reads: type, id, English names, Persian names, identifiers,
with ``|`` between names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from pipeline.decisions.apply import decide
from pipeline.decisions.files import FOLDER, read_reviews
from pipeline.errors import ReviewError
from pipeline.facts import Entity
from pipeline.review.desk import machine_record
from pipeline.review.gold import reviewed_articles

_HEAD = """\
# Names confirmed by reviewers of this project's articles.
# source: decisions in the folder of reviews
# licence: as the project's own annotations
# columns: type, id, English names, Persian names (| between names), identifiers
"""


def proposed(outputs: Path, table: Path) -> str:
    """A unified diff that adds the confirmed names to ``table`` (which may be missing); empty when all are there."""
    try:
        before = table.read_text(encoding="utf-8") if table.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError(f"{table} cannot be read as a gazetteer: {error}", code="E-REVIEW-FILE") from None
    entities = (
        entity
        for article in reviewed_articles(outputs)
        for entity in decide(machine_record(outputs, article), read_reviews(outputs / FOLDER, article)).record.entities
        if entity.method.startswith("review:")
    )
    after = merged(before, entities)
    name = table.as_posix().lstrip("/")
    old = f"a/{name}" if before else "/dev/null"
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), old, f"b/{name}")
    return "".join(lines)


def merged(table: str, entities: Iterable[Entity]) -> str:
    """The table with the names of the entities; a row that is there keeps its order and gains what is new."""
    lines = table.splitlines() if table else _HEAD.splitlines()
    rows = {
        line.split("\t")[1]: i for i, line in enumerate(lines) if line and not line.startswith("#") and "\t" in line
    }
    for entity in sorted(entities, key=lambda entity: entity.id):
        names = {language: _names(entity, language) for language in ("en", "fa")}
        if not names["en"] and not names["fa"]:
            continue
        if entity.id in rows:
            cells = (lines[rows[entity.id]].split("\t") + [""] * 5)[:5]
            for column, language in ((2, "en"), (3, "fa")):
                have = [name for name in cells[column].split("|") if name]
                cells[column] = "|".join(dict.fromkeys([*have, *names[language]]))
            lines[rows[entity.id]] = "\t".join(cells).rstrip("\t")
            continue
        identifiers = " ".join(f"{key}={value}" for key, value in sorted(entity.identifiers.items()))
        cells = [entity.type, entity.id, "|".join(names["en"]), "|".join(names["fa"]), identifiers]
        rows[entity.id] = len(lines)
        lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines) + "\n"


def _names(entity: Entity, language: str) -> list[str]:
    """The name and the forms that a person vouched for in this language."""
    name = entity.name.en if language == "en" else entity.name.fa
    mentions = entity.mentions.en if language == "en" else entity.mentions.fa
    vouched = [m.surface for m in mentions if (m.method or entity.method).startswith("review:") and m.surface]
    found = [" ".join(form.split()) for form in [*([name] if name and vouched else []), *vouched]]
    return [form for form in dict.fromkeys(found) if "|" not in form]
