"""Joining the lines of a paragraph: a space between them, or nothing where the line's end has cut a word in two.

A hyphen at a line's end is the typesetter's or the author's. The document's own words decide, then the lexicon; a word
that neither knows is taken to have been cut, which is the commoner case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HYPHENATED = re.compile(r"(?P<left>[^\W\d_]{2,})(?P<hyphen>[-\u2010])$")
_VOCABLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOWER_START = re.compile(r"[a-zà-öø-ÿ]{2,}")
_CAPITAL_START = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+")
#: A hyphen or dash inside a designation or a range, a slash in an address, or a bracket just opened, at a line's end.
_GLUED = re.compile(r"(?:[A-Z0-9۰-۹][-\u2010–/]|(?:https?://|www\.)(?:\S*[/.?=&_-])?)$")
_GLUED_START = re.compile(r"[A-Z0-9۰-۹a-z]")
_OPENED = re.compile(r"(?:^|\s)[()\[\]«»]$")  # whichever way the file says that the bracket faces


class Vocabulary:
    """The words of a document, less those that stand at a line's end or start beside a hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: set[str] = set()
        cut = False
        for line in lines:
            found = _VOCABLE.findall(line.lower())
            if cut:
                found = found[1:]
            cut = _HYPHENATED.search(line) is not None
            self.words.update(found[:-1] if cut else found)

    def joined(self, text: str, line: str) -> str:
        """``text`` with the next line of its paragraph."""
        if not text or not line:
            return text or line
        hyphen = _HYPHENATED.search(text)
        start = _LOWER_START.match(line)
        if hyphen and start:
            if hyphen["hyphen"] == "\u2010" or self._was_cut(hyphen["left"].lower(), start.group()):
                return text[:-1] + line
            return text + line
        if hyphen and (name := _CAPITAL_START.match(line)):
            capitals = hyphen["left"].isupper() and name.group().isupper()
            cut = capitals and self._was_cut(hyphen["left"].lower(), name.group().lower())
            return (text[:-1] if cut else text) + line  # “Iran-China” at the end of a line is one word
        if _OPENED.search(text) or (_GLUED.search(text) and _GLUED_START.match(line)):
            return text + line
        return f"{text} {line}"

    def _was_cut(self, left: str, right: str) -> bool:
        """Whether a hyphen between two parts was put there by the typesetter."""
        if left + right in self.words:
            return True
        if f"{left}-{right}" in self.words:
            return False
        from pipeline.text import lexicon
        from pipeline.text.lemma import english_lemma

        known = lexicon.load()
        if english_lemma(left + right) in known:
            return True
        return not all(len(part) > 2 and (part in self.words or english_lemma(part) in known) for part in (left, right))
