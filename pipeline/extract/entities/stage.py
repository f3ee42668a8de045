"""The stage ``extract.entities``."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pipeline import stage
from pipeline.article import Article
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.canonical import entities, located
from pipeline.extract.entities.english import english_mentions
from pipeline.extract.entities.lexicon import lexicon
from pipeline.extract.entities.persian import persian_mentions
from pipeline.extract.entities.persian_model import persian_candidates
from pipeline.extract.entities.reading import Reading, read_language
from pipeline.extract.entities.resolve import surface_key
from pipeline.extract.entities.voices import model_candidates
from pipeline.record import Bilingual


class EntitiesSettings(stage.Settings):
    """Settings of named-entity extraction."""

    english_model: str = Field(
        default="auto",
        description="The spaCy model heard for English: auto is the one that comes with Dozaban; any installed "
        "spaCy model with a recogniser can be named (en_core_web_trf).",
    )
    persian_model: bool = Field(
        default=True, description="Whether the trained tagger that comes with Dozaban is heard for Persian."
    )
    gazetteers: tuple[str, ...] = Field(
        default=(), description="Paths of further gazetteers, tab-separated: type, id, English names, Persian names."
    )
    min_confidence: float = Field(
        default=0.5, ge=0.0, le=1.0, description="Entities whose best mention is less certain are left out."
    )


class EntitiesStage:
    """Finds the names an article speaks of, in both languages, and joins the mentions of one thing."""

    name: ClassVar[str] = "extract.entities"
    version: ClassVar[str] = "2"
    requires: ClassVar[frozenset[str]] = frozenset(
        {"text", "blocks", "sentences", "citations", "metadata", "dates", "systems"}
    )
    provides: ClassVar[frozenset[str]] = frozenset({"entities", "diagnostics"})
    Settings: ClassVar[type[stage.Settings]] = EntitiesSettings

    def __init__(self, settings: EntitiesSettings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        known = lexicon(self.settings.gazetteers)
        authors, names = _authors(article)
        english = read_language(article, "en")
        persian = read_language(article, "fa")
        answers = model_candidates(english, self.settings.english_model) if english.text.strip() else []
        heard: list[Candidate] = []
        beyond: list[Candidate] = []
        if self.settings.persian_model and persian.text.strip():
            answered = persian_candidates(persian)
            heard = _in_sentences(article, persian, answered)
            within = set(heard)
            beyond = [answer for answer in answered if answer not in within]
        systems = [_not_names(article, reading) for reading in (english, persian)]
        mentions = [
            english_mentions(english, known, answers, systems[0], _given(english, authors)),
            persian_mentions(persian, known, systems[1], _given(persian, authors), heard, beyond),
        ]
        found = [
            each
            for reading, said in zip((english, persian), mentions, strict=True)
            for each in located(article, reading, _without_months(article, reading, said))
        ]
        result = entities(found, known, names, self.settings.min_confidence)
        diagnostics = []
        if not result:
            diagnostics.append(
                article.diagnose(self.name, "warning", "W-NO-ENTITIES", "no named entity was found in the article")
            )
        return {"entities": result, "diagnostics": diagnostics}


def _in_sentences(article: Article, reading: Reading, answers: list[Candidate]) -> list[Candidate]:
    """The answers in running text, which is what the tagger learnt from; affiliations and keywords are other."""
    prose = Occupied(len(reading.text))
    for sentence in article.sentences:
        place = reading.view.from_source(*sentence.span) if sentence.language == "fa" else None
        if place is not None:
            prose.add(*place)
    return [answer for answer in answers if prose.overlaps(answer.start, answer.end)]


def _not_names(article: Article, reading: Reading) -> Occupied:
    """Ranges of a reading where no entity can be: systems, and dates that are whole words of time."""
    ranges = Occupied(len(reading.text))
    for system in article.systems:
        for _, mention in system.mentions.all():
            place = reading.view.from_source(*mention.span)
            if place is not None:
                ranges.add(*place)
    return ranges


def _without_months(article: Article, reading: Reading, mentions: list[Candidate]) -> list[Candidate]:
    """The mentions less the persons that are months: (در) ``رجب ۱۲۹۷``."""
    dates = [
        place
        for date in article.dates
        if date.value.edtf is not None
        for _, mention in date.mentions.all()
        if (place := reading.view.from_source(*mention.span)) is not None
    ]
    persons = {(each.start, each.end) for each in mentions if each.type == "PERSON"}
    months = {
        (start, end) for start, end in persons if any(first == start and end < last for first, last in dates)
    }  # a date that begins with the person's name and goes on with its year
    return [each for each in mentions if each.type != "PERSON" or (each.start, each.end) not in months]


def _authors(article: Article) -> tuple[list[tuple[int, int, str]], dict[str, Bilingual]]:
    """The authors' places in the front matter with the identity that joins both spellings, and their names."""
    places, names = [], {}
    for author in article.metadata.authors:
        key = surface_key("PERSON", author.name.en or author.name.fa or "")
        names[key] = author.name
        places += [(mention.span.start, mention.span.end, key) for _, mention in author.mentions.all()]
    return places, names


def _given(reading: Reading, authors: list[tuple[int, int, str]]) -> list[Candidate]:
    given = []
    for start, end, key in authors:
        place = reading.view.from_source(start, end)
        if place is not None:
            given.append(Candidate(*place, "PERSON", "metadata", key))
    return given
