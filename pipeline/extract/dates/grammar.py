"""The machine that reads time expressions by a language's grammar, which is data.

A :class:`Grammar` has four kinds of parts. *Period rules* are patterns that name a period (a day, a decade, a pair of
years). *Modifiers* stand before a period and qualify it (early, circa). *Signals* stand around periods and make
ranges and open ranges of them (since, between … and …); *joiners* and *tails* do so after a period (– , onwards).
*Relative rules* name time by the moment of speaking (recent years) or by its length (ten-year).

Reading goes from left to right; at each word that can begin an expression the widest kind is tried first. What the
parts say is in :mod:`english`, :mod:`persian` and :mod:`relative`, what an expression is worth in :mod:`values`, and
what only looks like a date in :mod:`lookalikes`. Offsets are those of the text that is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, Protocol

from pipeline.extract.dates.lookalikes import stands_free
from pipeline.extract.dates.values import Bound, Expression, join
from pipeline.record import Modifier

#: The key under which rules are filed that begin with a figure.
FIGURE = "#"

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
#: What shows that figures go on with a number before them («1,096 days»).
_INSIDE_NUMBER = re.compile(r"[\d٬٫][.,/٬٫:]?$")
_SPACE = re.compile(r"[\s\u200c]*")
#: What may stand before a half-space for the word after it to begin an expression: nothing, a figure, a preposition.
_BEFORE_HALF_SPACE = re.compile(r"(?:^|[^\w\u200c]|\d)(?:در|از|تا|به|و|طی)?\u200c+$")

Reading = Expression | list[Expression] | None


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A pattern that names one period (or a list of them), by the words it can begin with."""

    name: str
    starts: Iterable[str]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Reading]


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """Words before a period that qualify it; ``wary`` ones count things as often as they date them (about)."""

    starts: Iterable[str]
    pattern: re.Pattern[str]
    modifier: Modifier
    wary: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that open a range: ``lead`` period, and for a closed one ``middle`` period.

    An open one takes in the grammar's tail after it («since 2013 until now»); one that ``needs_tail`` is open by its
    tail alone («from 2013 onwards»). A signal does not count after words that match ``unless``; a ``wary`` one does not
    make a year of a bare number.
    """

    name: str
    starts: Iterable[str]
    lead: re.Pattern[str]
    bound: Bound | None = None
    middle: re.Pattern[str] | None = None
    needs_tail: bool = False
    confidence: float = 0.95
    unless: re.Pattern[str] | None = None
    wary: bool = False


@dataclass(frozen=True, slots=True)
class RelativeRule:
    """Words that place or measure time without a calendar. ``left`` is what belongs to the span before the trigger.

    ``read`` returns the ISO 8601 duration that the words state, and the shift in years from a time named before, or
    None for either; a rule whose ``needs_left`` words are missing does not apply.
    """

    name: str
    kind: Literal["relative", "duration", "set"]
    starts: Iterable[str]
    pattern: re.Pattern[str]
    left: re.Pattern[str] | None = None
    needs_left: bool = False
    read: Callable[[re.Match[str]], tuple[str | None, int | None] | None] = lambda match: (None, None)
    confidence: float = 0.7


class Judge(Protocol):
    """Decides how likely it is that figures at a place are a date: a confidence, or None for no date."""

    def __call__(self, text: str, expression: Expression, *, signalled: bool) -> float | None: ...


@dataclass(frozen=True)
class Grammar:
    """The time expressions of one language."""

    language: Literal["en", "fa"]
    periods: Sequence[PeriodRule]
    modifiers: Sequence[ModifierRule]
    signals: Sequence[Signal]
    joiner: re.Pattern[str]
    tails: Sequence[tuple[re.Pattern[str], Bound]]
    uncertain: re.Pattern[str]
    short_end: Callable[[str, int, Expression], Expression | None]
    relatives: Sequence[RelativeRule] = field(default=())
    #: Prepositions (as a group) that lost the space before a word that begins an expression («درسال ۱۳۵۷»).
    glued: re.Pattern[str] | None = None

    def read(self, text: str, judge: Judge, *, relative: bool = True) -> Iterator[Expression]:
        """The expressions of a (folded) text in order, none overlapping another."""
        at = 0
        starts = self._starts
        for token in _TOKEN.finditer(text):
            start = token.start()
            if start < at:
                continue
            word = token[0]
            if word.isdecimal():
                word = FIGURE
            elif word not in starts:
                glued = self.glued.match(word) if self.glued else None
                if glued is None:
                    continue
                signalled = self._signalled(text, start, glued[1], judge)
                if signalled:
                    yield signalled
                    at = signalled.end
                    continue
                start, word = start + glued.end(1), word[glued.end(1) :]
            elif _is_inside_word(text, start):
                continue
            for expression in self._expressions(text, start, word, judge, relative, at):
                yield expression
                at = max(at, expression.end)

    def _expressions(
        self, text: str, start: int, key: str, judge: Judge, relative: bool, floor: int
    ) -> Sequence[Expression]:
        if key in self._calendar_starts:
            found = self._signalled(text, start, key, judge)
            if found:
                return [found]
            named = [self._qualified(text, expression) for expression in self._named(text, start, key)]
            kept = [
                expression if confidence == expression.confidence else replace(expression, confidence=confidence)
                for expression in named
                if (confidence := judge(text, expression, signalled=False)) is not None
            ]
            if kept:
                return kept
        found = self._relative(text, start, key, floor) if relative else None
        return [found] if found else []

    def _signalled(self, text: str, start: int, key: str, judge: Judge) -> Expression | None:
        """A range or open range that begins with a signal word at ``start``."""
        for signal in self._signal_index.get(key, ()):
            lead = signal.lead.match(text, start)
            first = self._operand(text, lead.end()) if lead else None
            if first is None or lead is None or self._is_attribute(text, lead[0], first):
                continue
            if signal.unless and signal.unless.search(text, max(0, start - 24), start):
                continue
            result = replace(first, start=start, rule=signal.name, bound=signal.bound)
            if first.last is not None:
                if signal.middle is None or signal.needs_tail:
                    continue  # «after 1980-1988» is left to the range itself
            elif signal.middle is not None:
                second = self._second(text, signal.middle, first)
                joined = join(first, second) if second else None
                if joined is None:
                    continue
                result = replace(joined, start=start, rule=signal.name)
            else:
                tail = self._tail(text, first)
                if tail is not None and signal.bound == "after":
                    result = replace(result, end=tail.end)
                elif signal.needs_tail:
                    continue
            judged = replace(result, start=first.start) if signal.wary else result
            if judge(text, judged, signalled=not signal.wary) is not None:
                return replace(result, confidence=min(result.confidence, signal.confidence))
        return None

    def _is_attribute(self, text: str, lead: str, year: Expression) -> bool:
        """Whether the signal belongs to the event that a bare year qualifies («since the 1979 revolution»)."""
        return lead.endswith("the ") and year.weak and not stands_free(text, year.end, self.language)

    def _named(self, text: str, start: int, key: str) -> list[Expression]:
        """A period, alone or with a modifier, a second period, or a tail."""
        found = self._modified(text, start, key)
        if len(found) != 1:
            return found
        first = found[0]
        second = self._second(text, self.joiner, first) if first.last is None else None
        joined = join(first, second) if second else None
        if joined is not None:
            return [joined]
        tailed = self._tail(text, first)
        return [tailed] if tailed else found

    def _modified(self, text: str, start: int, key: str) -> list[Expression]:
        for rule in self._modifier_index.get(key, ()):
            match = rule.pattern.match(text, start)
            inner = self._operand(text, match.end()) if match else None
            if inner and not (rule.wary and inner.weak and self._may_count(text, inner)):
                of_both = inner.last is None or rule.modifier in ("approximate", "uncertain")
                return [replace(inner, start=start, modifier=inner.modifier or (rule.modifier if of_both else None))]
        return self._period(text, start, key)

    def _may_count(self, text: str, expression: Expression) -> bool:
        """Whether a round number may count what follows it («about 1900 ships»)."""
        year = expression.first.year if expression.first else None
        return (year or 0) % 100 == 0 and not stands_free(text, expression.end, self.language)

    def _operand(self, text: str, at: int) -> Expression | None:
        """The period, with its modifier, that begins at ``at``; of a list the first."""
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        found = self._modified(text, at, FIGURE if token[0].isdecimal() else token[0])
        return found[0] if found else None

    def _second(self, text: str, middle: re.Pattern[str], first: Expression) -> Expression | None:
        match = middle.match(text, first.end)
        if match is None:
            return None
        return self._operand(text, match.end()) or self.short_end(text, match.end(), first)

    def _tail(self, text: str, expression: Expression) -> Expression | None:
        """The expression made an open range by the words after it (onwards), or None."""
        for pattern, bound in self.tails:
            match = pattern.match(text, expression.end)
            if match:
                return replace(expression, end=match.end(), bound=bound, weak=False)
        return None

    def _period(self, text: str, start: int, key: str) -> list[Expression]:
        for rule in self._period_index.get(key, ()):
            match = rule.pattern.match(text, start)
            reading = _meaning(rule, match) if match else None
            if reading:
                readings = reading if isinstance(reading, list) else [reading]
                return [replace(each, rule=rule.name) for each in readings]
        return []

    def _qualified(self, text: str, expression: Expression) -> Expression:
        if expression.modifier is None and self.uncertain.search(text, max(0, expression.start - 32), expression.start):
            return replace(expression, modifier="uncertain")
        return expression

    def _relative(self, text: str, start: int, key: str, floor: int) -> Expression | None:
        if key == FIGURE and _INSIDE_NUMBER.search(text, max(0, start - 2), start):
            return None
        for rule in self._relative_index.get(key, ()):
            match = rule.pattern.match(text, start)
            reading = rule.read(match) if match else None
            if match is None or reading is None:
                continue
            left = rule.left.search(text, max(floor, start - 32), start) if rule.left else None
            if left is None and rule.needs_left:
                continue
            begin = left.start() + len(_leading_space(left[0])) if left else start
            duration, shift = reading
            return Expression(
                begin, match.end(), rule.name, rule.confidence, plain=rule.kind, duration=duration, shift=shift
            )
        return None

    @cached_property
    def _starts(self) -> frozenset[str]:
        return self._calendar_starts | frozenset(self._relative_index)

    @cached_property
    def _calendar_starts(self) -> frozenset[str]:
        indexes = (self._signal_index, self._modifier_index, self._period_index)
        return frozenset(word for index in indexes for word in index)

    @cached_property
    def _period_index(self) -> dict[str, list[PeriodRule]]:
        return _index(self.periods)

    @cached_property
    def _modifier_index(self) -> dict[str, list[ModifierRule]]:
        return _index(self.modifiers)

    @cached_property
    def _signal_index(self) -> dict[str, list[Signal]]:
        return _index(self.signals)

    @cached_property
    def _relative_index(self) -> dict[str, list[RelativeRule]]:
        return _index(self.relatives)


def _meaning(rule: PeriodRule, match: re.Match[str]) -> Reading:
    """What a match means; None also where its parts make no period (the 31st of February)."""
    try:
        return rule.read(match)
    except ValueError:
        return None


class _Filed(Protocol):
    @property
    def starts(self) -> Iterable[str]: ...


def _index[R: _Filed](rules: Iterable[R]) -> dict[str, list[R]]:
    """The rules by each word they can begin with, in their own order."""
    index: dict[str, list[R]] = {}
    for rule in rules:
        for word in sorted(set(rule.starts)):
            index.setdefault(word, []).append(rule)
    return index


def _is_inside_word(text: str, start: int) -> bool:
    """Whether a half-space joins the place to a word before it («کیان‌مهر»)."""
    return start > 0 and text[start - 1] == "\u200c" and not _BEFORE_HALF_SPACE.search(text, max(0, start - 5), start)


def _leading_space(words: str) -> str:
    match = _SPACE.match(words)
    return match[0] if match else ""


def cased(words: Iterable[str]) -> tuple[str, ...]:
    """English words as a sentence can write them: as given, with a capital, and in capitals."""
    return tuple(dict.fromkeys(form for word in words for form in (word, word.capitalize(), word.upper())))
