"""From records to HTML: the templates, and the data they are filled with. Everything from a record is escaped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.decisions.apply import Unfit
from pipeline.decisions.entries import Entry
from pipeline.facts import EntityType
from pipeline.record import Record
from pipeline.review import pictures
from pipeline.review.cards import cards
from pipeline.review.marks import columns
from pipeline.review.words import Words

#: The parts of the article page besides its text, in the order of their tabs.
SECTIONS = (
    "abstract", "keywords", "entities", "dates", "systems", "timeline", "references", "diagnostics", "decisions",
    "pages",
)  # fmt: skip


def asset(name: str) -> bytes:
    """A file of the folder ``web``. Raises FileNotFoundError."""
    if name not in ASSETS:
        raise FileNotFoundError(name)
    return files("pipeline.review").joinpath("web", name).read_bytes()


ASSETS: Mapping[str, str] = {
    "app.css": "text/css; charset=utf-8",
    "text.js": "text/javascript; charset=utf-8",
    "dialogs.js": "text/javascript; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "vazirmatn-arabic.woff2": "font/woff2",
    "vazirmatn-latin.woff2": "font/woff2",
}


@cache
def environment() -> Environment:
    """The templates. Values are escaped; a name that is not given is an error."""
    found = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["section_names"] = SECTIONS
    return found


def render(template: str, words: Words, **values: Any) -> str:
    """A page in the language of ``words``."""
    common = {"t": words, "n": words.number, "pct": words.percent, "lang": words.language, "dir": words.direction}
    return environment().get_template(template).render(**common, **values)


def page_data(record: Record, facts: dict[str, dict[str, Any]], words: Words, **more: Any) -> Markup:
    """What the page's script needs to know, as JSON that cannot end its element."""
    data = {
        "article": record.id,
        "facts": facts,
        "words": words.table,
        "lang": words.language,
        "types": list(get_args(EntityType)),
        **more,
    }
    return as_json(data)


def as_json(data: Any) -> Markup:
    """JSON for an element ``<script type="application/json">``."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def article_html(record: Record, blocks: list[str]) -> tuple[Markup, Markup]:
    """The English and the Persian column of the text, from its blocks."""
    english, persian = columns(record, blocks)
    return Markup("\n".join(english)), Markup("\n".join(persian))


def section(
    name: str, record: Record, words: Words, *, entries: list[Entry], held: set[int], unfit: list[Unfit],
    acting: bool, pages: bool = True,
) -> str:  # fmt: skip
    """One part of the article page. ``held`` are the numbers of the decisions that stand."""
    pictured = {
        "timeline": lambda: pictures.timeline_picture(record, words),
        "systems": lambda: pictures.system_picture(record, words),
    }
    picture = Markup(pictured[name]()) if name in pictured else ""
    return render(
        "section.html", words, name=name, record=record, cards=cards(record), picture=picture, entries=entries,
        held=held, unfit=unfit, acting=acting, pages=pages, pairs=sentence_pairs(record) if name == "abstract" else {},
    )  # fmt: skip


def sentence_pairs(record: Record) -> dict[str, Any]:
    """The sentences of both abstracts, and their links as pairs of indices with a confidence."""
    english, persian = record.abstract.en, record.abstract.fa
    return {
        "en": english.sentences if english else [],
        "fa": persian.sentences if persian else [],
        "links": [[link.en, link.fa, link.confidence] for link in record.abstract.alignment],
    }


def type_counts(record: Record) -> dict[str, int]:
    """Entities by type, the most frequent first."""
    return dict(
        sorted(Counter(entity.type for entity in record.entities).items(), key=lambda each: (-each[1], each[0]))
    )


def _template(name: str) -> str | None:
    path = files("pipeline.review").joinpath("web", name)
    return path.read_text(encoding="utf-8") if path.is_file() else None
