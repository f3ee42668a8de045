"""The interface in two languages: its words, its digits, and its quotation marks."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

Tongue = Literal["en", "fa"]

_PERSIAN_DIGITS = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")


class Words:
    """What the page says in one language."""

    def __init__(self, language: Tongue) -> None:
        self.language = language
        self.direction = "rtl" if language == "fa" else "ltr"
        self.table = table(language)

    def __call__(self, key: str, *values: object) -> str:
        """The words for a key, ``{}`` replaced by the values. Raises KeyError for a key that has none."""
        text = self.table[key]
        for value in values:
            text = text.replace("{}", self.number(value) if isinstance(value, int | float) else str(value), 1)
        return text

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in self.table

    def kind(self, name: str) -> str:
        """The name of a kind of fact."""
        return self.table.get(f"t.{name}", name)

    def coded(self, code: str) -> str:
        """The name of a type of dated fact or of a relation; a code without one as it is, readably."""
        return self.table.get(f"c.{code}", code.replace("_", " "))

    def number(self, value: float | str) -> str:
        """A number in the digits of the language, thousands apart; a value with Latin letters in it stays as it is."""
        if isinstance(value, str):
            coded = self.language == "en" or re.search("[A-Za-z]", value)
            return value if coded else value.translate(_PERSIAN_DIGITS)
        text = f"{value:,}" if isinstance(value, int) else f"{value:.2f}"
        if self.language == "en":
            return text
        return text.replace(",", "٬").replace(".", "٫").translate(_PERSIAN_DIGITS)

    def percent(self, share: float) -> str:
        """A share of one as a percentage."""
        return f"{self.number(round(share * 100))}{'٪' if self.language == 'fa' else '%'}"

    def quoted(self, text: str) -> str:
        """Text in the quotation marks of the language."""
        return f"«{text}»" if self.language == "fa" else f"“{text}”"


@cache
def table(language: Tongue) -> dict[str, str]:
    """All words of one language by key."""
    column = 1 if language == "en" else 2
    lines = files("pipeline.review").joinpath("web/words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row[column] for row in rows}
