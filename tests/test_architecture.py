"""The floors of the house: an import never goes up, and neighbours on one floor stay apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
FLOORS = [
    {"text", "resources", "errors"},
    {"facts", "parts", "record", "article", "stage", "config", "serial", "yaml_style", "road", "api"}
    | {"collector", "spacy_component"},
    {"decisions"},
    {"read", "segment", "extract", "align", "emit"},
    {"batch", "catalogue", "evaluate", "review"},
    {
        "terminal",
        "cli",
        "cli_align",
        "cli_catalogue",
        "cli_evaluate",
        "cli_export",
        "cli_options",
        "cli_packs",
        "cli_review",
        "cli_run",
    }
    | {"__init__", "__main__"},
]
#: The house and the ground floor are each one unit; the packages above them are apart from each other.
APART = FLOORS[3] | FLOORS[4]


def floor(unit: str) -> int:
    return next(number for number, units in enumerate(FLOORS) if unit in units)


def imports(path: Path) -> set[str]:
    """Units of the package that a module imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipeline":
            steps = node.module.split(".")
            found |= {steps[1]} if len(steps) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("pipeline.")}
    return {unit for unit in found if any(unit in units for units in FLOORS)}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_never_go_up(path: Path) -> None:
    unit = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for other in imports(path) - {unit}:
        assert floor(other) <= floor(unit), f"{unit} imports {other}, which is on a higher floor"
        assert not (unit in APART and other in APART and floor(unit) == floor(other)), f"{unit} imports {other}"


def test_every_module_of_the_package_has_a_floor() -> None:
    units = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")}
    assert units == set().union(*FLOORS)


def test_no_module_outgrows_one_idea() -> None:
    long = {p.name: n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long
