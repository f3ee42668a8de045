"""The align stage: settings, and the order in which the parts of an article are brought together.

Sentences come first, because names are then looked for in sentences that translate each other.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field

from pipeline import resources
from pipeline.align import embedding
from pipeline.align.authors import pair_authors
from pipeline.align.dates import join_dates
from pipeline.align.facts import events_with_new_ids, join_facts, names_to_look_for, with_new_ids
from pipeline.align.keywords import pair_keywords
from pipeline.align.parallel import ParallelText
from pipeline.align.sentences import align_sentences
from pipeline.align.terms import find_terms
from pipeline.article import Article
from pipeline.record import Abstract, Diagnostic, Sentence, Term
from pipeline.stage import Settings
from pipeline.text import half_spaces, lexicon, persian_words
from pipeline.text.offsets import Span
from pipeline.text.orthography import normalise

_SPACE = re.compile(r"\s+")


class AlignSettings(Settings):
    """What may be joined, and how sure a join must be (a confidence between 0 and 1)."""

    sentences: float = Field(default=0.0, ge=0.0, le=1.0)
    """Links of abstract sentences below this confidence are taken apart."""
    keywords: float = Field(default=0.3, ge=0.0, le=1.0)
    """Keywords are paired from this confidence on."""
    entities: float = Field(default=0.72, ge=0.0, le=1.0)
    """Entities are joined, or projected, from this confidence on."""
    systems: float = Field(default=0.78, ge=0.0, le=1.0)
    """Systems are joined, or projected, from this confidence on."""
    terms: bool = True
    """Collect the terms that stand in both languages: keyword pairs, and noun phrases of aligned sentences."""
    embeddings: str = ""
    """Name or path of a sentence-transformers model that is heard beside the words; empty for none."""
    projection: bool = True
    """Look for a name's counterpart in the sentence that translates the one it stands in."""


class AlignStage:
    """English and Persian sentences, keywords, authors, entities, systems and dates, each beside its counterpart."""

    name: ClassVar[str] = "align"
    version: ClassVar[str] = "2"
    requires: ClassVar[frozenset[str]] = frozenset(["text", "abstract", "keywords"])
    provides: ClassVar[frozenset[str]] = frozenset(
        ["abstract", "keywords", "terms", "entities", "dates", "systems", "metadata", "timeline", "diagnostics"]
    )
    Settings: ClassVar[type[Settings]] = AlignSettings

    def __init__(self, settings: AlignSettings) -> None:
        self._settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        """The layers that changed, with what had no counterpart left as it was."""
        layers: dict[str, Any] = {}
        abstract = self._abstract(article)
        if abstract != article.abstract:
            layers["abstract"] = abstract
        if article.keywords:
            layers["keywords"] = pair_keywords(
                article.keywords, lambda: article.prose("en").text, self._settings.keywords
            )
        if "metadata" in article.made and article.metadata.authors:
            authors = pair_authors(article.metadata.authors)
            if authors != article.metadata.authors:
                layers["metadata"] = article.metadata.model_copy(update={"authors": authors})
        if article.dates:
            layers["dates"] = join_dates(article.dates)
        parallel = ParallelText(article, abstract, names_to_look_for([*article.systems, *article.entities]))
        layers.update(self._facts(article, parallel))
        absent = embedding.missing(self._settings.embeddings) if self._settings.embeddings else None
        if absent:
            report = article.diagnose(
                self.name, "warning", "W-EMBEDDINGS", f"{absent}; sentences were aligned without it"
            )
            layers["diagnostics"] = [*layers.get("diagnostics", []), report]
        if self._settings.terms:
            layers["terms"] = self._terms(article, parallel, layers)
        return layers

    def resources(self) -> dict[str, str]:
        """The data files that links stand on, with their SHA-256."""
        return {
            name: resources.digest(name) for name in (lexicon.RESOURCE, persian_words.RESOURCE, half_spaces.RESOURCE)
        }

    def _abstract(self, article: Article) -> Abstract:
        """The abstracts with standard Persian beside the source, and their sentences linked."""
        english, persian = article.abstract.en, article.abstract.fa
        if persian is not None:
            sentences = [_normalised(article, sentence) for sentence in persian.sentences]
            persian = persian.model_copy(update={"sentences": sentences})
        if english is None or persian is None:
            return article.abstract.model_copy(update={"fa": persian})
        links = align_sentences(
            [article.view(sentence.span).text for sentence in english.sentences],
            [article.view(sentence.span).text for sentence in persian.sentences],
            min_confidence=self._settings.sentences,
            encode=self._encoder(),
        )
        return Abstract(en=english, fa=persian, alignment=links)

    def _facts(self, article: Article, parallel: ParallelText) -> dict[str, Any]:
        """Systems first: a name that is a system's is no entity's."""
        if not article.entities and not article.systems:
            return {}
        chosen = self._settings
        entity_spans = [mention.span for entity in article.entities for _, mention in entity.mentions.all()]
        systems = join_facts(
            article, article.systems, parallel, taken=entity_spans, min_confidence=chosen.systems,
            projection=chosen.projection,
        )  # fmt: skip
        system_spans: list[Span] = [mention.span for fact in systems.facts for _, mention in fact.mentions.all()]
        entities = join_facts(
            article, article.entities, parallel, taken=system_spans, min_confidence=chosen.entities,
            projection=chosen.projection,
        )  # fmt: skip
        renamed = {**systems.renamed, **entities.renamed}
        layers: dict[str, Any] = {}
        if article.systems:
            layers["systems"] = with_new_ids(systems.facts, renamed)
        if article.entities:
            layers["entities"] = entities.facts
        if renamed and article.timeline:
            layers["timeline"] = events_with_new_ids(article.timeline, renamed)
        diagnostics: list[Diagnostic] = [*systems.diagnostics, *entities.diagnostics]
        if diagnostics:
            layers["diagnostics"] = diagnostics
        return layers

    def _encoder(self) -> embedding.Encoder | None:
        """The sentence encoder named in the settings, when it is here."""
        model = self._settings.embeddings
        return embedding.encoder(model) if model and embedding.missing(model) is None else None

    def _terms(self, article: Article, parallel: ParallelText, layers: dict[str, Any]) -> list[Term]:
        named = [*layers.get("systems", article.systems), *layers.get("entities", article.entities)]
        spans = [mention.span for fact in named for _, mention in fact.mentions.all()]
        return find_terms(article, parallel, layers.get("keywords", article.keywords), spans)


def _normalised(article: Article, sentence: Sentence) -> Sentence:
    """The sentence with its standard form beside it, where that is not how it is written."""
    plain = _SPACE.sub(" ", normalise(article.view(sentence.span).text).text).strip()
    return sentence.model_copy(update={"normalized": plain if plain != article.surface(sentence.span) else None})
