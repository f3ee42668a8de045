"""Markup inside a block of Markdown: what formats the words and is no word itself.

Emphasis follows the delimiter algorithm of CommonMark 0.31 (section 6.2 and "phase 2" of its appendix), so that the
asterisk of a footnote or the underscores of an address are left alone. Two leniencies: ``\\\\_`` (a mark escaped twice,
as OCR services write it) counts as one escaped mark, and ``**Label:**text`` closes although CommonMark would want a
space after it.

Numbers in ``<sup>`` are marks of notes, taken whole with their tags, unless they are exponents (10<sup>9</sup>,
km<sup>2</sup>).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.article import Markup, MarkupKind
from pipeline.text.offsets import Span

_PUNCTUATION = r"!-/:-@\[-`{-~"
_TOKEN = re.compile(
    rf"""(?P<escape>\\+(?=[{_PUNCTUATION}\n]))
    | (?P<code>`+)
    | (?P<comment><!--)
    | <sup>(?P<sup>[^<>]{{0,40}})</sup>
    | (?P<autolink><(?:[a-zA-Z][a-zA-Z0-9+.\-]{{1,31}}:[^<>\n]{{0,2000}}|[\w.+\-]{{1,64}}@[\w.\-]{{1,255}})>)
    | (?P<tag></?[a-zA-Z][a-zA-Z0-9\-]{{0,30}}(?:\s[^<>]{{0,2000}})?/?>)
    | (?P<note>\[\^[^\]\s]{{1,40}}\])
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<delimiter>\*+|_+)
    | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RAISED = re.compile(r"<sup>(?P<sup>[^<>]{0,40})</sup>")
_TARGET = re.compile(
    r"""\(\s*(?:<[^<>\n]{0,2000}>|(?:https?://|www\.)[^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})*
        |[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,500})*)(?:\s+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s*\)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
_NOTE_NUMBER = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,3}(?:\s*[,،\-–]\s*\d{1,3})*|[*†‡§¶]{1,4}|[a-z])\s*[\])]?\s*", re.IGNORECASE
)
_POWER = re.compile(r"[-−–+]?\d{1,2}")
_UNIT_BEFORE = re.compile(r"(?:\d|\b(?:[kcmnμ]?m|ft|in|s|CO|R|H|χ|x|y|n|متر|کیلومتر|سانتی[\u200c ]?متر))$")


@dataclass(slots=True)
class _Delimiter:
    """A run of ``*`` or ``_``: what remains of it as marks are taken from either end."""

    character: str
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def length(self) -> int:
        return self.end - self.start


class InlineScanner:
    """Finds the inline marks of a text. ``labels`` are those of the text's reference links, casefolded."""

    def __init__(self, text: str, labels: Iterable[str] = ()) -> None:
        self.text = text
        self.labels = frozenset(labels)

    def marks(self, start: int, end: int) -> list[Markup]:
        """The marks in ``[start, end)``, which is the inline content of one block (or one cell); in no order."""
        found: list[Markup] = []
        delimiters: list[_Delimiter] = []
        brackets: list[tuple[int, int, int]] = []  # start and end of the mark, and the number of delimiters before it
        missing_ticks: set[int] = set()
        at = start
        while (token := _TOKEN.search(self.text, at, end)) is not None:
            at = token.end()
            kind = token.lastgroup
            if kind == "escape":
                at = self._escape(token, end, found)
            elif kind == "code":
                at = self._code(token, end, found, missing_ticks)
            elif kind == "comment":
                close = self.text.find("-->", token.end(), end)
                if close >= 0:
                    at = close + 3
                    found.append(_mark("tag", token.start(), at))
                else:
                    at = token.end()
            elif kind == "sup":
                self._superscript(token, start, found)
            elif kind == "autolink":
                found.append(_mark("link", token.start(), token.start() + 1))
                found.append(_mark("link", token.end() - 1, token.end()))
            elif kind == "tag":
                found.append(_mark("tag", token.start(), token.end()))
            elif kind == "note":
                found.append(_mark("note_marker", token.start(), token.end()))
            elif kind == "raised":
                if not self._is_power(token["raised"], token.start(), start):
                    found.append(_mark("note_marker", token.start(), token.end()))
            elif kind == "open":
                brackets.append((token.start(), token.end(), len(delimiters)))
            elif kind == "close":
                if brackets:
                    at = self._close_bracket(token, end, brackets.pop(), delimiters, found)
            else:
                delimiters.append(self._delimiter(token, start, end))
        _emphasis(delimiters, found)
        return found

    def raised(self, start: int, end: int) -> list[Markup]:
        """The marks of the ``<sup>`` elements in ``[start, end)`` alone, for texts that hold no other Markdown."""
        found: list[Markup] = []
        for token in _RAISED.finditer(self.text, start, end):
            self._superscript(token, start, found)
        return found

    def _escape(self, token: re.Match[str], end: int, found: list[Markup]) -> int:
        """Backslashes before a punctuation mark; the mark itself is then an ordinary character."""
        slashes = token.end() - token.start()
        if slashes > 1 and self.text[token.end()] == "\n":
            found.append(_mark("escape", token.start(), token.start() + slashes // 2))
        else:
            found.append(_mark("escape", token.start(), token.end()))
        return min(token.end() + 1, end)

    def _code(self, token: re.Match[str], end: int, found: list[Markup], missing: set[int]) -> int:
        """A code span: its ticks are marks, what lies between them is literal."""
        length = token.end() - token.start()
        if length in missing:
            return token.end()
        close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(self.text, token.end(), end)
        if close is None:
            missing.add(length)
            return token.end()
        found.append(_mark("emphasis", token.start(), token.end()))
        found.append(_mark("emphasis", close.start(), close.end()))
        return close.end()

    def _superscript(self, token: re.Match[str], start: int, found: list[Markup]) -> None:
        content = token["sup"]
        if _NOTE_NUMBER.fullmatch(content) and not self._is_power(content, token.start(), start):
            found.append(_mark("note_marker", token.start(), token.end()))
        else:
            found.append(_mark("tag", token.start(), token.start("sup")))
            found.append(_mark("tag", token.end("sup"), token.end()))

    def _is_power(self, content: str, at: int, start: int) -> bool:
        """Whether raised characters are an exponent: a bare number after a digit or a unit."""
        before = self.text[max(start, at - 12) : at]
        if _POWER.fullmatch(content.strip()) is None and not (len(content) <= 2 and content[:1] in "²³"):
            return bool(re.fullmatch("[a-z]", content)) and before[-1:].isdigit()
        if before[-1:].isdigit():
            return not re.search(r"(?:1[2-4]|19|20)\d\d$", before)
        return len(content) <= 2 and content.strip() in ("2", "3", "²", "³") and bool(_UNIT_BEFORE.search(before))

    def _close_bracket(
        self,
        token: re.Match[str],
        end: int,
        opened: tuple[int, int, int],
        delimiters: list[_Delimiter],
        found: list[Markup],
    ) -> int:
        """A link or an image, when a target or a known label follows; else the brackets are ordinary characters."""
        start, text_start, before = opened
        target = _TARGET.match(self.text, token.end(), end)
        if target is None:
            reference = _REFERENCE.match(self.text, token.end(), end)
            label = reference[1] if reference and reference[1].strip() else self.text[text_start : token.start()]
            if not self.labels or " ".join(label.split()).casefold() not in self.labels:
                return token.end()
            target = reference
        after = target.end() if target else token.end()
        _emphasis(delimiters[before:], found)
        del delimiters[before:]
        found.append(_mark("link", start, text_start))
        found.append(_mark("link", token.start(), after))
        return after

    def _delimiter(self, token: re.Match[str], start: int, end: int) -> _Delimiter:
        """A delimiter run and whether it may open or close emphasis, by what stands on either side."""
        character = token["delimiter"][0]
        before = self.text[token.start() - 1] if token.start() > start else " "
        after = self.text[token.end()] if token.end() < end else " "
        left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
        right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
        if character == "*":
            label_end = before in ":：" and token.end() - token.start() >= 2
            return _Delimiter(character, token.start(), token.end(), left and not label_end, right or label_end)
        return _Delimiter(
            character,
            token.start(),
            token.end(),
            left and (not right or _is_punctuation(before)),
            right and (not left or _is_punctuation(after)),
        )


def _emphasis(delimiters: list[_Delimiter], found: list[Markup]) -> None:
    """Pair the runs that open with the runs that close (CommonMark's ``process emphasis``), nearest first."""
    openers: list[_Delimiter] = []
    hopeless: dict[tuple[str, bool, int], int] = {}  # how low a search for such an opener has been in vain
    for run in delimiters:
        while run.closes and run.length:
            key = (run.character, run.opens, run.length % 3)
            floor = hopeless.get(key, 0)
            match = next((i for i in range(len(openers) - 1, floor - 1, -1) if _pairs(openers[i], run)), None)
            if match is None:
                hopeless[key] = len(openers)
                break
            opener = openers[match]
            del openers[match + 1 :]
            size = 2 if min(opener.length, run.length) >= 2 else 1
            found.append(_mark("emphasis", opener.end - size, opener.end))
            found.append(_mark("emphasis", run.start, run.start + size))
            opener.end -= size
            run.start += size
            if not opener.length:
                openers.pop()
            hopeless = {known: min(low, len(openers)) for known, low in hopeless.items()}
        if run.opens and run.length:
            openers.append(run)


def _pairs(opener: _Delimiter, closer: _Delimiter) -> bool:
    """Same character, and not forbidden by the rule of three."""
    if opener.character != closer.character:
        return False
    if opener.closes or closer.opens:
        total = opener.length + closer.length
        return total % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
    return True


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _mark(kind: MarkupKind, start: int, end: int) -> Markup:
    return Markup(kind, Span(start, end))
