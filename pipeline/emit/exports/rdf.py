"""The facts as RDF: schema.org for the article and the things it speaks of, NIF for the places in its text.

A mention is a ``nif:Phrase`` with its offsets in code points, as NIF counts them, in the article's text
(``nif:Context``); ``itsrdf:taIdentRef`` says what it means and ``itsrdf:taConfidence`` how surely. Facts have the same
URI in every article (``urn:dozaban:gpe/iran``), so that graphs of several articles join when they are loaded together.
Nothing is a blank node.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

from pipeline.emit.exports.annotations import marks_of
from pipeline.emit.exports.plain_words import plain_words
from pipeline.record import Bilingual, Record

BASE = "urn:dozaban:"
_SCHEMA = "https://schema.org/"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_ITS = "http://www.w3.org/2005/11/its/rdf#"
_OWN = "urn:dozaban:vocabulary#"
_TYPES = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "AdministrativeArea", "LOC": "Place", "FAC": "Place",
    "NORP": "Thing", "EVENT": "Event", "LAW": "Legislation", "WORK": "CreativeWork", "PROGRAM": "Project",
}  # fmt: skip
#: Identifiers that are somebody's URIs.
_SAME = {"geonames": "https://sws.geonames.org/{}/", "wikidata": "http://www.wikidata.org/entity/{}"}


def graph_of(record: Record) -> Any:
    """The graph of one record."""
    return _Graph(record).graph


class _Graph:
    def __init__(self, record: Record) -> None:
        from rdflib import RDF, Graph, Literal, Namespace, URIRef

        self.record = record
        self.graph: Any = Graph(bind_namespaces="none")
        self.schema, self.nif, self.its, self.own = map(Namespace, (_SCHEMA, _NIF, _ITS, _OWN))
        for prefix, namespace in (("schema", self.schema), ("nif", self.nif), ("itsrdf", self.its), ("dz", self.own)):
            self.graph.bind(prefix, namespace)
        self.graph.bind("xsd", "http://www.w3.org/2001/XMLSchema#")
        self._uri, self._literal, self._type = URIRef, Literal, RDF.type
        self.article = self.uri(f"article/{record.id}")
        self._metadata()
        self._facts()
        self._events()
        self._mentions()

    def uri(self, fact: str) -> Any:
        """The URI of an article or a fact."""
        return self._uri(BASE + quote(fact, safe="/-._~:,+"))

    def _say(self, subject: Any, predicate: Any, value: Any, language: str | None = None) -> None:
        if value is None or value == "":
            return
        known = isinstance(value, self._uri | self._literal)
        self.graph.add((subject, predicate, value if known else self._literal(value, lang=language)))

    def _names(self, subject: Any, predicate: Any, names: Bilingual) -> None:
        for side in ("en", "fa"):
            self._say(subject, predicate, getattr(names, side), side)

    def _typed(self, subject: Any, name: str) -> None:
        self.graph.add((subject, self._type, self.schema[name]))

    def _number(self, value: float | None) -> Any:
        """A number in the form that every RDF syntax leaves as it is."""
        from rdflib import XSD

        if value is None:
            return None
        if isinstance(value, int):
            return self._literal(str(value), datatype=XSD.integer)
        written = format(Decimal(repr(round(value, 4))), "f")
        return self._literal(written if "." in written else f"{written}.0", datatype=XSD.decimal)

    def _metadata(self) -> None:
        record, meta, schema, me = self.record, self.record.metadata, self.schema, self.article
        self._typed(me, "ScholarlyArticle")
        self._names(me, schema.headline, meta.title)
        self._names(me, schema.isPartOf, meta.journal)
        for side in ("en", "fa"):
            abstract = getattr(record.abstract, side)
            texts = [sentence.text for sentence in abstract.sentences if sentence.text] if abstract else []
            self._say(me, schema.abstract, plain_words(record, " ".join(texts)), side)
        for keyword in record.keywords:
            self._names(me, schema.keywords, Bilingual(en=keyword.en, fa=keyword.fa))
        self._say(me, schema.volumeNumber, meta.volume)
        self._say(me, schema.issueNumber, meta.issue)
        self._say(me, schema.pagination, meta.pages)
        self._say(me, schema.datePublished, meta.published)
        self._say(me, self.own.received, meta.received)
        self._say(me, self.own.accepted, meta.accepted)
        self._say(me, schema.inLanguage, meta.language if meta.language != "und" else None)
        if meta.doi:
            self._say(me, schema.sameAs, self._uri("https://doi.org/" + quote(meta.doi, safe="/-._~:;()")))
        for number, author in enumerate(meta.authors, 1):
            person = self._uri(f"{me}#author-{number}")
            self._typed(person, "Person")
            self._names(person, schema.name, author.name)
            self._names(person, schema.affiliation, author.affiliation)
            self._say(person, schema.email, author.email)
            self._say(person, schema.position, number)
            self._say(me, schema.author, person)
        for reference in record.references:
            work = self._uri(f"{me}#{quote(reference.id)}")
            self._typed(work, "CreativeWork")
            self._say(work, schema.name, reference.title, reference.language if reference.language != "und" else None)
            self._say(work, self.own.year, reference.year)
            for name in reference.authors:
                self._say(work, self.own.authorName, name)
            self._say(work, self.own.entry, reference.text)
            self._say(me, schema.citation, work)

    def _facts(self) -> None:
        schema, own = self.schema, self.own
        for entity in self.record.entities:
            me = self.uri(entity.id)
            self._typed(me, _TYPES[entity.type])
            self._say(me, own.type, entity.type)
            self._names(me, schema.name, entity.name)
            for side in ("en", "fa"):
                for alias in entity.aliases.get(side, []):
                    self._say(me, schema.alternateName, alias, side)
            for key, value in entity.identifiers.items():
                self._say(me, schema.identifier, f"{key}:{value}")
                if key in _SAME:
                    self._say(me, schema.sameAs, self._uri(_SAME[key].format(quote(value, safe=""))))
        for system in self.record.systems:
            me = self.uri(system.id)
            self._typed(me, "ProductModel")
            self._names(me, schema.name, system.name)
            self._names(me, schema.category, system.kind)
            self._say(me, own.designation, system.designation)
            for origin in system.origin:
                self._say(me, schema.countryOfOrigin, origin.country)
            for relation in system.relations:
                self._say(me, own[relation.type], self.uri(relation.target))
            for number, item in enumerate(system.properties, 1):
                value = self._uri(f"{me}#property-{number}-{quote(self.record.id)}")
                self._typed(value, "PropertyValue")
                self._say(value, schema.name, item.name)
                self._say(value, schema.value, item.value if isinstance(item.value, str) else self._number(item.value))
                self._say(value, schema.minValue, self._number(item.minimum))
                self._say(value, schema.maxValue, self._number(item.maximum))
                self._say(value, schema.unitText, item.unit)
                self._say(value, schema.isBasedOn, self.article)
                self._say(me, schema.additionalProperty, value)
        for date in self.record.dates:
            me = self.uri(date.id)
            self.graph.add((me, self._type, own.Date))
            self._say(me, own.edtf, date.value.edtf)
            self._say(me, own.native, date.value.native)
            self._say(me, own.calendar, date.value.calendar)

    def _events(self) -> None:
        for event in self.record.timeline:
            me = self._uri(f"{self.article}#{quote(event.id)}")
            self._typed(me, "Event")
            self._say(me, self.own.edtf, event.date)
            self._say(me, self.own.type, event.type)
            self._say(me, self.schema.description, event.what)
            self._say(me, self.schema.location, self.uri(event.place) if event.place else None)
            for participant in event.participants:
                self._say(me, self.schema.participant, self.uri(participant))
            self._say(self.article, self.schema.mentions, me)

    def _mentions(self) -> None:
        nif, record = self.nif, self.record
        context = self._uri(f"{self.article}#char=0,")
        self.graph.add((context, self._type, nif.Context))
        self._say(context, self.own.sha256, record.source.text_sha256)
        self._say(context, nif.sourceUrl, self.article)
        if record.text is not None and not record.standoff:
            self._say(context, nif.isString, self._literal(record.text))
        for mark in marks_of(record):
            me = self._uri(f"{self.article}#char={mark.span.start},{mark.span.end}&{quote(mark.fact, safe='')}")
            self.graph.add((me, self._type, nif.Phrase))
            self._say(me, nif.referenceContext, context)
            self._say(me, nif.beginIndex, self._index(mark.span.start))
            self._say(me, nif.endIndex, self._index(mark.span.end))
            self._say(me, nif.anchorOf, mark.surface, mark.language)
            self._say(me, self.its.taIdentRef, self.uri(mark.fact))
            self._say(me, self.its.taConfidence, self._number(mark.confidence))

    def _index(self, offset: int) -> Any:
        from rdflib import XSD

        return self._literal(str(offset), datatype=XSD.nonNegativeInteger)
