"""JATS XML (Journal Publishing 1.1): the article as journals and archives exchange it.

Written with lxml; valid against the DTD. Both languages have their titles, names, abstracts and keywords. What is found
*about* the text (entities, dates, systems, alignment) has no place in JATS; TEI keeps it.
"""

from __future__ import annotations

from lxml import etree

from pipeline.emit.exports import jats_back, jats_body, jats_front
from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.jats_elements import Jats
from pipeline.record import Record

_DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" '
    '"JATS-journalpublishing1.dtd">'
)


def render(record: Record) -> Files:
    """The article as one JATS document."""
    jats = Jats(record)
    jats.root.set("dtd-version", "1.1")
    jats.root.set("article-type", "research-article")
    jats.root.set("{http://www.w3.org/XML/1998/namespace}lang", jats_front.main_side(jats))
    jats_front.front(jats)
    jats_body.body(jats)
    jats_back.back(jats)
    return {".jats.xml": etree.tostring(jats.root, encoding="UTF-8", xml_declaration=True, doctype=_DOCTYPE) + b"\n"}
