"""UIMA CAS as XMI, for INCEpTION and DKPro, written by dkpro-cassis (which counts UTF-16 units, as UIMA does).

Mentions are DKPro's ``NamedEntity`` with their label as ``value`` and their fact's id as ``identifier``, which
INCEpTION shows in its built-in layer; confidence, method and language stand in features of ``dozaban.Mention``, a type
of its own. ``TypeSystem.xml`` goes with the files.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pipeline.emit.exports.annotations import marks_of
from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.xml_text import legal
from pipeline.record import Record

_NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_MENTION = "dozaban.Mention"
_BLOCK = "dozaban.Block"
_TEXT = "uima.cas.String"


def render(record: Record) -> Files:
    """``.xmi``."""
    from cassis import Cas

    text = legal(record.text or "")
    cas: Any = Cas(typesystem=_types(), sofa_string=text, sofa_mime="text/plain")
    cas.sofas[0].sofaString = text
    types = _types()
    named, mention, block = types.get_type(_NAMED), types.get_type(_MENTION), types.get_type(_BLOCK)
    for mark in marks_of(record):
        begin, end = mark.span
        cas.add(named(begin=begin, end=end, value=mark.label, identifier=legal(mark.fact)))
        cas.add(
            mention(
                begin=begin, end=end, label=mark.label, fact=legal(mark.fact), language=mark.language,
                confidence=round(mark.confidence, 4), method=mark.method, value=legal(mark.value or "") or None,
                normalized=legal(mark.normalized or "") or None,
            )
        )  # fmt: skip
    for part in record.blocks:
        cas.add(block(begin=part.span[0], end=part.span[1], kind=part.kind, language=part.language))
    return {".xmi": cas.to_xmi(pretty_print=True).encode("utf-8")}


def companions() -> Files:
    """The type system, which a CAS is of no use without."""
    return {"TypeSystem.xml": _types().to_xml().encode("utf-8")}


@cache
def _types() -> Any:
    from cassis import TypeSystem

    types = TypeSystem()
    annotation = "uima.tcas.Annotation"
    named = types.create_type(name=_NAMED, supertypeName=annotation)
    for feature in ("value", "identifier"):
        types.create_feature(domainType=named, name=feature, rangeType=_TEXT)
    mention = types.create_type(name=_MENTION, supertypeName=annotation)
    for feature in ("label", "fact", "language", "method", "value", "normalized"):
        types.create_feature(domainType=mention, name=feature, rangeType=_TEXT)
    types.create_feature(domainType=mention, name="confidence", rangeType="uima.cas.Double")
    block = types.create_type(name=_BLOCK, supertypeName=annotation)
    for feature in ("kind", "language"):
        types.create_feature(domainType=block, name=feature, rangeType=_TEXT)
    return types
