"""What the tables of names are worth: the scores of one article with and without the names somebody wrote down.

    python benchmarks/ablation.py [GOLD ARTICLE] [--list]

Every hand-written table of this project was written by people who had read the reference article, so each row that
names something in it may be there because of it. The article is therefore processed four times:

- ``full``: as shipped.
- ``article``: without every row of a hand-written table, and every designation family, proper name and maker of a
  pack, that names something the gold annotates in this article. What an outside source lists (the territories of CLDR,
  the cities of GeoNames) stays, and so do the demonyms of countries, which are listed for every country of the world.
- ``article+demonyms``: the same, and of the countries only the names that CLDR gives.
- ``no names``: without any hand-written name at all, in gazetteers and packs.

Grammar (head nouns, titles, kinds of system, given names) stays: it names nothing of the article. ``--list`` prints the
rows that go in ``article``. Standard paths: the reference article and its gold in ../shared.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from pipeline import resources
from pipeline.evaluate import evaluate_paths
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.gold_file import load_gold
from pipeline.evaluate.scores import folded
from pipeline.extract.entities.lexicon import TABLES
from pipeline.extract.systems.pack import SHIPPED, Family

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
#: Tables of names written for the project; ``countries`` takes its territories from CLDR and the rest from memory.
WRITTEN = tuple(
    table for table in TABLES if "\n# source: general knowledge" in resources.read_text(f"gazetteer/{table}.tsv")
)
_RUN = """import pathlib, sys
import pipeline.resources
from pipeline.cli import main
pipeline.resources.ROOT = pathlib.Path(sys.argv.pop(1))
main()"""
Keep = Callable[[list[str]], bool]


def names_of(gold: Gold, text: str) -> tuple[set[str], set[str]]:
    """The folded surfaces of the entities and of the systems that a gold annotates."""
    entities = [item.span for item in [*(gold.entities or ()), *gold.optional_entities]]
    systems = [span for system in gold.systems or () for span in system.mentions]
    words = {folded(text[start:end]) for start, end in entities}
    named = {folded(text[start:end]) for start, end in systems} | {
        folded(name) for system in gold.systems or () for name in system.names
    }
    return words, named | {name.removesuffix("s") for name in named}


def outside_names() -> set[str]:
    """What stated outside sources list: territories (CLDR) and cities (GeoNames), folded."""
    names = {name for tongue in ("en", "fa") for name in Locale(tongue).territories.values()}
    for table in ("cities", "cities_fa"):
        for row in resources.rows(f"gazetteer/{table}.tsv"):
            names |= set(spellings(row))
    return {folded(name) for name in names}


def spellings(row: list[str]) -> list[str]:
    """The names of a row, in both languages."""
    return [name.strip("?-") for cell in row[2:4] for name in cell.split("|") if name]


def edit_table(path: Path, keep: Keep) -> list[str]:
    """Drop the rows of a table that are not kept; returns their ids."""
    lines, gone = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line or keep(line.split("\t")):
            lines.append(line)
        else:
            gone.append(line.split("\t")[1])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return gone


def edit_pack(path: Path, named: set[str] | None, words: set[str]) -> list[str]:
    """Drop the families, proper names and makers of a pack that name one of these (all when None)."""
    pack: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    gone: list[str] = []

    def stays(names: list[str], among: set[str]) -> bool:
        if named is not None and not any(folded(name) in among for name in names):
            return True
        gone.append(names[0])
        return False

    families = []
    for row in pack.get("families", []):
        family = Family.model_validate(row)
        prefixes = {folded(form) for form, _ in family.spellings()}
        numbers = {name.removeprefix(prefix) for name in named or () for prefix in prefixes if name.startswith(prefix)}
        if named is not None and not any(number[:1].isdigit() for number in numbers):
            families.append({**row, "nicknames": [n for n in row.get("nicknames", ()) if stays([n], named)]})
        else:
            gone.append(family.prefixes)
    pack["families"] = families
    for section, among in (("known_names", named or set()), ("makers", words)):
        for row in pack.get(section, []):
            row["names"] = {
                en: fa
                for en, fa in row["names"].items()
                if stays([*str(en).split("|"), *str(fa or "").split("|")], among)
            }
    head = "".join(f"{line}\n" for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    path.write_text(head + yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return gone


def ablate(folder: Path, variant: str, gold: Gold, text: str) -> list[str]:
    """Edit a copy of the resources; returns what went."""
    words, named = names_of(gold, text)
    outside, everything = outside_names(), variant == "no names"
    gone: list[str] = []
    for table in WRITTEN:

        def keep(row: list[str]) -> bool:
            folds = {folded(name) for name in spellings(row)}
            return not everything and (not folds & words or bool(folds & outside))

        gone += edit_table(folder / f"gazetteer/{table}.tsv", keep)
    if variant != "article":
        cldr = {folded(name) for tongue in ("en", "fa") for name in Locale(tongue).territories.values()}
        path = folder / "gazetteer/countries.tsv"
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            if not line.startswith("#"):
                row[2:4] = ["|".join(name for name in cell.split("|") if folded(name) in cldr) for cell in row[2:4]]
            if line.startswith("#") or row[2]:
                lines.append("\t".join(row))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for pack in SHIPPED:
        gone += edit_pack(folder / f"packs/{pack}.yaml", None if everything else named, words)
    return gone


def score(resource_folder: Path, gold: Path, article: Path) -> dict[str, float]:
    """The F1 of each layer of the article, processed with the resources of a folder."""
    with tempfile.TemporaryDirectory() as out:
        # In this one process: workers would begin with the resources as shipped.
        command = [
            sys.executable,
            "-c",
            _RUN,
            str(resource_folder),
            "run",
            str(article),
            "-o",
            out,
            "--engine",
            "inline",
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        evaluations = evaluate_paths([gold, Path(out) / f"{article.stem}.yaml"])
    rows = evaluations[0].scores
    return {f"{row.layer} ({row.matching})": row.f1 for row in rows}


def main(arguments: list[str]) -> None:
    paths = [Path(word) for word in arguments if not word.startswith("-")]
    default = [SHARED / "gold/rezaei-2015", *sorted((SHARED / "corpus").glob("rezaei-2015*.md"))]
    gold_path, article = paths or default
    gold = load_gold(gold_path)
    table: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as home:
        text_folder = Path(home) / "text"
        subprocess.run(
            [sys.executable, "-m", "pipeline", "run", str(article), "-o", str(text_folder)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        text = (text_folder / f"{article.stem}.txt").read_text(encoding="utf-8")
        for variant in ("full", "article", "article+demonyms", "no names"):
            folder = Path(home) / variant.replace(" ", "-")
            shutil.copytree(resources.ROOT, folder, ignore=shutil.ignore_patterns("__pycache__"))
            gone = ablate(folder, variant, gold, text) if variant != "full" else []
            print(f"{variant}: {len(gone)} rows and names left out", flush=True)
            if variant == "article" and "--list" in arguments:
                print("  " + ", ".join(gone))
            table[variant] = score(folder, gold_path, article)
    if table["full"] == table["no names"]:
        sys.exit("the scores are the same without any name: the edited resources were not read")
    print("\n| F1 | " + " | ".join(table) + " |\n|---|" + "---|" * len(table))
    for layer in table["full"]:
        print(f"| {layer} | " + " | ".join(f"{scores[layer]:.3f}" for scores in table.values()) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
