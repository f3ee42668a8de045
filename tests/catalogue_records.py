"""Small records for the tests of the catalogue, with texts in which every span is right."""

from __future__ import annotations

import hashlib
from typing import Any

from pipeline.record import Record


def article(name: str, *paragraphs: str, title: tuple[str | None, str | None] = (None, None), **layers: Any) -> Record:
    """A record of paragraphs; entities and systems are given by :func:`thing` and found in the text by their names."""
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append({"kind": "paragraph", "language": _language(paragraph), "span": [at, at + len(paragraph)]})
        at += len(paragraph) + 2
    for layer in ("entities", "systems", "dates"):
        for fact in layers.get(layer, []):
            fact["mentions"] = {"en": [], "fa": []}
            for surface in fact.pop("surfaces"):
                start = text.find(surface)
                while start >= 0:
                    span = [start, start + len(surface)]
                    fact["mentions"][_language(surface)].append({"span": span, "surface": surface})
                    start = text.find(surface, start + 1)
    data = {
        "schema": "dozaban/1", "id": name,
        "source": {"file": f"{name}.md", "media_type": "text/markdown", "sha256": "0" * 64, "characters": len(text),
                   "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()},
        "produced_by": {"dozaban": "0.1.0", "config_sha256": "0" * 64},
        "metadata": {"title": {"en": title[0], "fa": title[1]}, **layers.pop("metadata", {})}, "blocks": blocks, **layers,
    }  # fmt: skip
    record = Record.model_validate(data)
    record._text = text
    return record


def thing(
    fact_id: str, kind: str, en: str | None = None, fa: str | None = None, *surfaces: str, **more: Any
) -> dict[str, Any]:
    """An entity as data."""
    return {"id": fact_id, "type": kind, "name": {"en": en, "fa": fa}, "surfaces": surfaces or [n for n in (en, fa) if n],
            "method": "gazetteer", "confidence": 0.9, **more}  # fmt: skip


def system(fact_id: str, en: str | None = None, fa: str | None = None, *surfaces: str, **more: Any) -> dict[str, Any]:
    """A system as data."""
    return {"id": fact_id, "name": {"en": en, "fa": fa}, "surfaces": surfaces or [n for n in (en, fa) if n],
            "pack": "defence", "kind": {"en": "anti-ship missile", "fa": "موشک ضدکشتی"}, "kind_id": "missile",
            "method": "pattern", "confidence": 0.9, **more}  # fmt: skip


def date(fact_id: str, edtf: str, surface: str, **value: Any) -> dict[str, Any]:
    """A date as data."""
    return {"id": fact_id, "type": "year", "value": {"edtf": edtf, **value}, "surfaces": [surface], "method": "pattern",
            "confidence": 0.9}  # fmt: skip


def _language(text: str) -> str:
    return "fa" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"


IRAN = {"identifiers": {"iso3166": "IR"}}


def library() -> list[Record]:
    """A shelf of six articles on which the twelve queries of the comparison are asked."""
    return [
        article(
            "missiles", "China sold the C-802 to Iran in 1995. The missile has a range of 120 km.",
            "چین موشک سی-۸۰۲ را در سال ۱۳۷۴ به ایران فروخت. این موشک در کشور ساخته می‌شود.",
            title=("Missiles of the Gulf", "موشک‌های خلیج فارس"),
            metadata={"authors": [{"name": {"en": "Mina Karimi", "fa": "مینا کریمی"}}], "published": "2015-03-01"},
            entities=[thing("gpe/iran", "GPE", "Iran", "ایران", **IRAN), thing("gpe/china", "GPE", "China", "چین"),
                      thing("person/mina-karimi", "PERSON", "Mina Karimi", "مینا کریمی", "Mina")],
            systems=[system("system/c-802", "C-802", "سی-۸۰۲", designation="C802", properties=[
                {"name": "range", "value": 120, "unit": "km", "evidence": [65, 71],
                 "si": {"value": 120000, "unit": "m"}}])],
            dates=[date("date/1995", "1995", "1995"),
                   date("date/1995-jalali", "1995-03-21/1996-03-20", "۱۳۷۴", calendar="jalali", native="1374")],
            keywords=[{"en": "missiles", "fa": "موشک‌ها", "confidence": 0.9}],
        ),
        article(
            "navies", "Iran built a navy. Its C802 missiles came in 1996 (Karimi, 2015).",
            "نيروي دريايي ايران در سال ١٣٧٥ كامل شد. ناوها تعمیر می شود و دانشگاه ها درس مي دهند.",
            title=("Navies and countries", "نیروهای دریایی"),
            entities=[thing("gpe/iran", "GPE", "Iran", "ایران", "Iran", "ايران", **IRAN),
                      thing("person/karimi", "PERSON", "Karimi", None)],
            systems=[system("system/c802", "C802", None, designation="C802")],
            dates=[date("date/1996-jalali", "1996-03-20/1997-03-20", "١٣٧٥", calendar="jalali", native="1375")],
            references=[{"id": "reference/1", "language": "en", "span": [0, 18], "text": "Karimi, M. (2015). Missiles.",
                         "authors": ["Karimi"], "year": "2015", "title": "Missiles", "doi": "10.1/x"}],
            citations=[{"id": "citation/1", "span": [51, 63], "surface": "Karimi, 2015", "group": 1,
                        "reference": "reference/1"}],
        ),
        article(
            "poets", "The poet Ali Karimi wrote of the sea; 100% of his countries' readers liked it.",
            "کریمی شاعر دریا بود و عَلَم شعر را برافراشت.", title=("A poet's sea", None),
            entities=[thing("person/ali-karimi", "PERSON", "Ali Karimi", None),
                      thing("person/karimi", "PERSON", None, "کریمی")],
        ),
        article(
            "quotes", "O'Brien said \"C-802\" twice; a_b and 'x' OR 1=1 -- stayed words.", title=("O'Brien; DROP TABLE", None),
            entities=[thing("person/o-brien", "PERSON", "O'Brien Smith", "اوبرایان اسمیت", "O'Brien")],
            systems=[system("system/c-802", "C-802", None, designation="C802")],
        ),
        article("empty", title=(None, "مقالهٔ بی‌متن")),
        article(
            "treaties", "The treaty of 1995 and the range of islands in the Persian Gulf.", "پیمان خلیج‌فارس در ۱۹۹۵ بسته شد.",
            title=("Treaties", "پیمان‌ها"),
            entities=[thing("loc/persian-gulf", "LOC", "Persian Gulf", "خلیج فارس", "Persian Gulf", "خلیج‌فارس")],
            dates=[date("date/1995", "1995", "1995")],
        ),
    ]  # fmt: skip
