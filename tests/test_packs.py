"""Packs: the shipped ones are sound, a user's own works, and mistakes are explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from systems_sample import article, systems

from pipeline import resources
from pipeline.errors import ConfigError
from pipeline.extract.systems import SystemsStage
from pipeline.extract.systems.pack import SHIPPED, load_packs, parse, shipped
from pipeline.extract.systems.vocabulary import Vocabulary

INSTRUMENTS = """
id: music
name: {en: music, fa: موسیقی}
kinds:
  - {id: violin, name: {en: violin, fa: ویولن}, nouns: {en: [violin], fa: [ویولن]}}
families:
  - {prefixes: BWV, numbers: "10[0-9]{2}", kind: violin}
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_pack_is_valid_and_names_its_source(name: str) -> None:
    pack = shipped(name)
    assert pack.id == name
    assert resources.read_text(f"packs/{name}.yaml").startswith("#")
    assert "licence" in resources.read_text(f"packs/{name}.yaml")[:600]
    assert all(kind.name.fa for kind in pack.kinds)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_noun_of_a_shipped_pack_finds_its_own_kind(name: str) -> None:
    vocabulary = Vocabulary(shipped(name))
    for kind in vocabulary.pack.kinds:
        for noun in kind.nouns.en:
            match = vocabulary._noun_patterns["en"].search(f"the {noun.lower()} here")
            assert match is not None, noun
            assert match[0] == noun.lower()


def test_a_users_pack_teaches_another_field(tmp_path: Path) -> None:
    path = tmp_path / "music.yaml"
    path.write_text(INSTRUMENTS, encoding="utf-8")
    found = systems("She played BWV 1004 on the “Messiah” violin.", str(path))
    assert set(found) == {"system/bwv-1004", "system/messiah"}
    assert found["system/messiah"].pack == "music"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("kind: violin}", "kind: violen}"), "did you mean 'violin'"),
        (("families:", "famlies:"), "did you mean 'families'"),
        (("id: music", "id: 7 Music"), "id"),
        (('"10[0-9]{2}"', '"10[0-9"'), "regular expression"),
        (("kinds:", "kinds: []\nrest:"), "kinds"),
        (("nouns: {en: [violin]", "parent: violin, nouns: {en: [violin]"), "own ancestor"),
        (("{en: music", "{en: music: x"), "not valid YAML"),
    ],
)
def test_a_faulty_pack_says_what_is_wrong(change: tuple[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message) as error:
        parse(INSTRUMENTS.replace(*change), where="music.yaml")
    assert "music.yaml" in str(error.value)


def test_an_unknown_pack_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'defence'"):
        load_packs(("defense",))


def test_a_missing_pack_file_fails_when_the_stage_is_made() -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        SystemsStage(SystemsStage.Settings(packs=("no-such-pack.yaml",)))


def test_auto_applies_no_pack_to_an_article_of_another_field() -> None:
    stage = SystemsStage(SystemsStage.Settings())
    text = "The poet wrote of love. Vessels of wine and the language of birds fill his third book."
    assert stage(article(text))["systems"] == []
