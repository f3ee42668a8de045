"""TEI XML (P5): a header in both languages, the text, and the facts as stand-off annotation.

Written with lxml; valid against ``tei_all``. A stand-off record gives the header and the lists of facts.
"""

from __future__ import annotations

from lxml import etree

from pipeline.emit.exports import tei_body, tei_header, tei_standoff
from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.tei_elements import Tei
from pipeline.record import Record


def render(record: Record) -> Files:
    """The article as one TEI document."""
    tei = Tei(record)
    tei_header.header(tei)
    tei_body.text(tei)
    tei_standoff.standoff(tei)
    etree.indent(tei.root)
    return {".tei.xml": etree.tostring(tei.root, encoding="UTF-8", xml_declaration=True) + b"\n"}
