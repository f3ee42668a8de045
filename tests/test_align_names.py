"""The stage as a whole: entities and systems joined, and names projected between aligned sentences."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.align import AlignSettings, AlignStage
from pipeline.article import Article, SourceFile
from pipeline.record import Abstract, AbstractText, Entity, Keyword, Mention, Mentions, Sentence, System
from pipeline.text.offsets import Span

ENGLISH = [
    "President Larsson visited the port of Bandar Abbas with a delegation.",
    "The Zarvan missile and the C-911 were shown to the guests.",
]
PERSIAN = ["رئیس جمهور لارسون با هیئتی از بندر عباس بازدید کرد.", "موشک زروان و سی-۹۱۱ به میهمانان نشان داده شد."]


def article(english: list[str] = ENGLISH, persian: list[str] = PERSIAN) -> Article:
    """An article that is nothing but two abstracts."""
    text = " ".join(english) + "\n\n" + " ".join(persian)
    made = Article(id="x", file=SourceFile("x.md", b""), text=text)
    sides: dict[str, Any] = {}
    for language, sentences in (("en", english), ("fa", persian)):
        spans = [span_of(text, sentence) for sentence in sentences]
        sides[language] = AbstractText(
            span=Span(spans[0].start, spans[-1].end),
            sentences=[Sentence(span=span, text=text[span.start : span.end]) for span in spans],
        )
    made.abstract = Abstract(**sides)
    made.made |= {"text", "abstract", "keywords"}
    return made


def span_of(text: str, part: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


def entity(made: Article, kind: str, language: str, form: str, confidence: float = 0.9) -> Entity:
    span = span_of(made.text, form)
    return Entity.model_validate(
        {
            "id": f"{kind.lower()}/{form}", "type": kind, "name": {language: form}, "method": "model",
            "mentions": {language: [{"span": span, "surface": form}]}, "confidence": confidence,
        }
    )  # fmt: skip


def system(made: Article, language: str, form: str, **more: Any) -> System:
    mention = Mention(span=span_of(made.text, form), surface=form)
    return System.model_validate(
        {
            "id": f"system/{form}", "name": {language: form}, "pack": "defence", "method": "pattern", "confidence": 0.9,
            "mentions": Mentions.model_validate({language: [mention]}), **more,
        }
    )  # fmt: skip


def aligned(made: Article, **settings: Any) -> dict[str, Any]:
    return AlignStage(AlignSettings(**settings))(made)


def check_spans(made: Article, layers: dict[str, Any]) -> None:
    for fact in [*layers.get("entities", []), *layers.get("systems", [])]:
        for _, mention in fact.mentions.all():
            assert made.surface(mention.span) == mention.surface


def test_an_english_name_finds_its_persian_form_in_the_translating_sentence() -> None:
    made = article()
    made.entities = [entity(made, "PERSON", "en", "Larsson")]
    layers = aligned(made)
    (found,) = layers["entities"]
    assert found.name.fa == "لارسون"
    assert [(m.surface, m.method) for m in found.mentions.fa] == [("لارسون", "projection")]
    assert found.alignment.method == "projection"
    check_spans(made, layers)


def test_a_persian_name_finds_its_english_form_too() -> None:
    made = article()
    made.entities = [entity(made, "GPE", "fa", "بندر عباس")]
    layers = aligned(made)
    assert layers["entities"][0].name.en == "Bandar Abbas"
    check_spans(made, layers)


def test_without_projection_nothing_is_looked_for() -> None:
    made = article()
    made.entities = [entity(made, "PERSON", "en", "Larsson")]
    assert aligned(made, projection=False)["entities"] == made.entities


def test_two_entities_of_one_name_are_joined_under_the_english_id() -> None:
    made = article()
    made.entities = [entity(made, "GPE", "en", "Bandar Abbas"), entity(made, "GPE", "fa", "بندر عباس")]
    (joined,) = aligned(made)["entities"]
    assert (joined.id, joined.name.en, joined.name.fa) == ("gpe/Bandar Abbas", "Bandar Abbas", "بندر عباس")
    assert len(joined.mentions) == 2
    assert joined.alignment.confidence > 0.8


def test_where_types_conflict_the_surer_side_wins_and_says_so() -> None:
    made = article()
    made.entities = [entity(made, "ORG", "en", "Bandar Abbas", 0.5), entity(made, "GPE", "fa", "بندر عباس", 0.9)]
    layers = aligned(made)
    assert [fact.type for fact in layers["entities"]] == ["GPE"]
    assert [each.code for each in layers["diagnostics"]] == ["W-TYPE-CONFLICT"]


def test_a_person_is_never_joined_to_a_place() -> None:
    made = article()
    made.entities = [entity(made, "PERSON", "en", "Bandar Abbas"), entity(made, "GPE", "fa", "بندر عباس")]
    assert len(aligned(made)["entities"]) == 2


def test_systems_are_joined_by_designation_and_by_sound() -> None:
    made = article()
    made.systems = [
        system(made, "en", "Zarvan"),
        system(made, "en", "C-911", designation="C911"),
        system(made, "fa", "سی-۹۱۱"),
        system(made, "fa", "زروان"),
    ]
    names = {(fact.name.en, fact.name.fa) for fact in aligned(made)["systems"]}
    assert names == {("Zarvan", "زروان"), ("C-911", "سی-۹۱۱")}


def test_a_system_is_projected_and_takes_no_entitys_place() -> None:
    made = article()
    made.systems = [system(made, "en", "C-911", designation="C911"), system(made, "en", "Zarvan")]
    made.entities = [entity(made, "PERSON", "fa", "زروان")]
    found = aligned(made)["systems"]
    assert [(fact.name.en, fact.name.fa) for fact in found] == [("C-911", "سی-۹۱۱"), ("Zarvan", None)]


def test_relations_follow_a_system_into_the_one_it_was_joined_to() -> None:
    made = article()
    other = {"type": "based_on", "target": "system/سی-۹۱۱", "evidence": (0, 1)}
    made.systems = [
        system(made, "en", "C-911"), system(made, "fa", "سی-۹۱۱"), system(made, "en", "Zarvan", relations=[other]),
    ]  # fmt: skip
    by_id = {fact.id: fact for fact in aligned(made)["systems"]}
    assert by_id["system/Zarvan"].relations[0].target == "system/C-911"


def test_persian_sentences_get_their_standard_form_beside_the_source() -> None:
    made = article(persian=["رئیس جمهور لارسون از بندر عباس بازدید میکند.", PERSIAN[1]])
    sentences = aligned(made)["abstract"].fa.sentences
    assert "می‌کند" in sentences[0].normalized
    assert made.surface(sentences[0].span) == sentences[0].text
    assert sentences[1].normalized is None


def test_the_stage_changes_nothing_itself() -> None:
    made = article()
    made.entities = [entity(made, "PERSON", "en", "Larsson")]
    made.keywords = [Keyword(en="Port"), Keyword(fa="بندر")]
    before = made.entities[0].model_dump(), made.abstract.model_dump(), list(made.keywords)
    layers = aligned(made)
    assert (made.entities[0].model_dump(), made.abstract.model_dump(), list(made.keywords)) == before
    assert [(k.en, k.fa) for k in layers["keywords"]] == [("Port", "بندر")]


def test_an_article_in_one_language_passes_unharmed() -> None:
    made = article()
    made.abstract = Abstract(en=made.abstract.en)
    made.entities = [entity(made, "PERSON", "en", "Larsson")]
    assert aligned(made)["entities"] == made.entities


@pytest.mark.parametrize("setting", ["sentences", "keywords", "entities", "systems"])
def test_a_confidence_outside_its_range_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match=setting):
        AlignSettings(**{setting: 1.5})
