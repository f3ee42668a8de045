"""Packs: the shipped ones are sound, a user's own works, and mistakes are explained."""

from __future__ import annotations

import re
from pathlib import Path

import pint
import pytest
from systems_sample import article, systems
from typer.testing import CliRunner

from pipeline import resources
from pipeline.cli import app
from pipeline.errors import ConfigError
from pipeline.extract.systems import SystemsStage
from pipeline.extract.systems.pack import SHIPPED, load_packs, parse, shipped
from pipeline.extract.systems.si import FACTORS, in_si
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


def _documented_pack() -> str:
    page = (Path(__file__).parents[1] / "docs" / "systems.md").read_text(encoding="utf-8")
    return next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if block.startswith("id:"))


def test_the_pack_of_the_documentation_has_twenty_lines_and_works(tmp_path: Path) -> None:
    path = tmp_path / "music.yaml"
    path.write_text(_documented_pack(), encoding="utf-8")
    assert len(_documented_pack().splitlines()) == 20
    text = (
        "The violin Il Cannone, built in 1743, has a body length of 354 mm. The partita BWV 1004 is old.\n\n"
        "ویولن «ایل کانونه» هنوز نواخته می‌شود."
    )
    found = systems(text, str(path))
    assert set(found) == {"system/il-cannone", "system/bwv-1004"}
    assert found["system/il-cannone"].name.fa == "ایل کانونه"
    values = {each.name: each.value for each in found["system/il-cannone"].properties}
    assert values == {"introduced": 1743, "length": 354}


def test_packs_are_listed_and_checked_on_the_command_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "music.yaml", tmp_path / "faulty.yaml"
    good.write_text(_documented_pack(), encoding="utf-8")
    bad.write_text(INSTRUMENTS.replace("kind: violin}", "kind: violen}"), encoding="utf-8")
    listed = CliRunner().invoke(app, ["packs", "list", *SHIPPED, str(good)])
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.output.splitlines()] == ["pack", *SHIPPED, "music"]
    checked = CliRunner().invoke(app, ["packs", "validate", str(good), str(bad)])
    assert checked.exit_code == 1
    assert f"{good}: valid" in checked.output
    assert "did you mean 'violin'" in checked.output


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_pack_has_no_noun_of_two_kinds(name: str) -> None:
    assert Vocabulary(shipped(name)).remarks() == []


@pytest.mark.parametrize("unit", sorted(FACTORS))
def test_the_table_of_si_factors_agrees_with_pint(unit: str) -> None:
    names = {"nmi": "nautical_mile", "kn": "knot", "t": "metric_ton", "lb": "pound"}
    base = pint.UnitRegistry().Quantity(1.0, names.get(unit, unit)).to(FACTORS[unit][0])
    assert base.magnitude == pytest.approx(FACTORS[unit][1], rel=1e-12)


def test_a_unit_that_only_a_users_pack_has_is_converted_too() -> None:
    found = in_si("furlong", 2)
    assert found is not None
    assert (found.value, found.unit) == (pytest.approx(402.3, abs=0.1), "m")
    assert in_si("bananas", 2) is None


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
