"""The dates engine on three sets: parstdex's own tests (both engines side by side), our set, the reference article.

    python benchmarks/dates.py [SHARED]

``SHARED`` is the folder of shared material (default: ``shared`` beside the project); what it lacks is left out.

parstdex has no part in the pipeline: install it without its dependencies (``make bench-dates`` does). Its
``pytextspan`` has no wheel for Python 3.12 and is only needed for its token labels, so an empty module stands in for it
here. Its tests put a plain preposition («در سال ۱۳۹۴») inside a span, our conventions leave it outside: a span is exact
here when it is so once such a preposition is cut from both.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import time
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from pipeline.article import Article
from pipeline.config import Config
from pipeline.extract.dates import read_dates
from pipeline.extract.dates.folding import fold
from pipeline.extract.dates.lookalikes import introduced_numbers
from pipeline.extract.dates.values import date_type, date_value
from pipeline.road import Road, open_source
from pipeline.text.calendars import month_pattern

ROOT = Path(__file__).parents[1]
Spans = set[tuple[int, int]]

#: Words of clock times, which parstdex reads and this engine does not.
_CLOCK = re.compile(r"ساعت|دقیقه|ثانیه|صبح|ظهر|عصر|شب|بامداد|غروب|سحر|نیم|:\d\d|طلوع")


#: What names a year, a month, a decade or a century.
_CALENDAR = re.compile(
    rf"\d{{4}}|سال\s?\d\d|دهه|قرن|سده|هزار\s?و|\d\s?{month_pattern('jalali', 'fa')}|"
    rf"{month_pattern('jalali', 'fa')}\s?ماه"
)

#: Plain prepositions before an expression, which are no part of it by our conventions.
_PREPOSITION = re.compile(r"(?:در(?:\s(?:طول|طی|تاریخ))?|طی|به|ظرف|از\sتاریخ)\s*")


def _bare(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without a plain preposition at its beginning."""
    match = _PREPOSITION.match(text, *span)
    return (match.end() if match else span[0], span[1])


def ours(text: str) -> Spans:
    """The spans of the engine, relative expressions included, as parstdex has them too."""
    return {(each.start, each.end) for each in read_dates(fold(text), "fa")}


def parstdex() -> Callable[[str], Spans] | None:
    """parstdex's reader of spans, or None where it is not installed."""
    sys.modules.setdefault("textspan", types.ModuleType("textspan"))
    try:
        from parstdex import Parstdex
    except ImportError:
        return None
    model = Parstdex()
    return lambda text: {(start, end) for start, end in model.extract_span(text)["datetime"]}


def span_scores(cases: Iterable[tuple[str, Spans]], read: Callable[[str], Spans]) -> str:
    """Exact and overlapping recall and precision, and recall and precision of characters, with the time taken."""
    due = got = exact = touched = touching = 0
    letters_due = letters_got = letters_both = 0
    took = 0.0
    for text, expected in cases:
        start = time.perf_counter()
        found = read(text)
        took += time.perf_counter() - start
        same = {_bare(text, span) for span in expected} & {_bare(text, span) for span in found}
        due, got, exact = due + len(expected), got + len(found), exact + len(same)
        touched += sum(any(a < d and c < b for c, d in found) for a, b in expected)
        touching += sum(any(a < d and c < b for c, d in expected) for a, b in found)
        one = {at for a, b in expected for at in range(a, b)}
        two = {at for a, b in found for at in range(a, b)}
        letters_due, letters_got, letters_both = (
            letters_due + len(one),
            letters_got + len(two),
            letters_both + len(one & two),
        )
    figures = [
        exact / due, exact / got, touched / due, touching / got, letters_both / letters_due, letters_both / letters_got
    ]  # fmt: skip
    return "".join(f"{figure:9.3f}" for figure in figures) + f"{took * 1000:10.0f} ms"


def touched(cases: Iterable[tuple[str, Spans]], read: Callable[[str], Spans]) -> float:
    """The share of the expected spans that a found one overlaps."""
    hits = [any(a < d and c < b for c, d in read(text)) for text, expected in cases for a, b in expected]
    return sum(hits) / len(hits)


def print_parstdex_tests(path: Path) -> None:
    """parstdex's tests, both engines in the same process."""
    raw = json.loads(path.read_text("utf-8-sig"))
    cases = [(str(case["test_input"]), {tuple(span) for span in ast.literal_eval(case["expected"])}) for case in raw]
    without_clock = [case for case in cases if not _CLOCK.search(case[0])]
    other = parstdex()
    print("parstdex's tests".ljust(40), "  exact R  exact P  touch R  touch P   char R   char P      time")
    calendar = [(text, {span for span in spans if _CALENDAR.search(text, *span)}) for text, spans in cases]
    for name, chosen in (
        (f"all {len(cases)} sentences", cases),
        (f"{len(without_clock)} without clock times", without_clock),
    ):
        print(f"{name + ': this engine':<40}", span_scores(chosen, ours))
        print(
            f"{name + ': parstdex':<40}", span_scores(chosen, other) if other else "  not installed: make bench-dates"
        )
    spans = sum(len(expected) for _, expected in calendar)
    print(f"of {spans} spans with a year, month, decade or century, this engine touches {touched(calendar, ours):.3f}")


def print_own_set() -> None:
    """The date set of the tests: words and value of each expression, and what is found where nothing is."""
    cases: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "data" / "dates.yaml").read_text("utf-8"))
    due = got = hits = right = false = 0
    for case in cases:
        text, folded = case["text"], fold(case["text"])
        language: Any = "fa" if re.search("[\u0620-\u06d3]", text) else "en"
        found = {}
        for each in read_dates(folded, language, frozenset(introduced_numbers(folded))):
            value = date_value(each)
            found[text[each.start : each.end], each.start] = (date_type(each), value.edtf, value.native, value.modifier)
        at = 0
        for surface, kind, edtf, *more in case["finds"]:
            at = text.index(surface, at)
            extra = more[0] if more else {}
            hit = found.get((surface, at))
            hits += hit is not None
            right += hit == (kind, edtf, extra.get("native"), extra.get("modifier"))
            at += len(surface)
        due, got = due + len(case["finds"]), got + len(found)
        false += len(found) if not case["finds"] else 0
    lookalikes = sum(not case["finds"] for case in cases)
    print(f"\nown set: {due} expressions in {len(cases)} sentences")
    print(f"{lookalikes} sentences of look-alikes only, with {false} false alarms")
    print(f"detection recall {hits / due:.3f}, precision {hits / got:.3f}")
    print(f"type, EDTF, native value and modifier all right: {right / hits:.3f}")


def print_reference(shared: Path) -> None:
    """The core dates of the reference article, through the road as it is."""
    gold = yaml.safe_load((shared / "gold" / "rezaei-2015" / "dates.yaml").read_text("utf-8"))
    (path,) = (shared / "corpus").glob("rezaei*.md")
    article = Article(id="reference", file=open_source(path))
    for name in Road(Config()).steps(article):
        if name == "extract.dates":
            break
    due = [each for each in [*gold["expressions"], *gold["persian_expressions"]] if each["core"]]
    first_persian = min(each["start"] for each in gold["persian_expressions"]) - 700
    end = int(re.findall(r"\d+", gold["scope"])[1])
    found = {
        tuple(mention.span): date
        for date in article.dates
        for _, mention in date.mentions.all()
        if date.type not in ("relative", "duration", "set")
        and (mention.span.start < end or mention.span.start >= first_persian)
    }
    hits = right = flags = 0
    for each in due:
        inner = each.get("inner")
        spans = [(each["start"], each["end"]), *([(inner["start"], inner["end"])] if isinstance(inner, dict) else [])]
        date = next((found[span] for span in spans if span in found), None)
        if date is not None:
            value = re.sub(r"^\.\.(?!/)", "../", re.sub(r"(?<!/)\.\.$", "/..", each["value"]))
            hits += 1
            right += date.value.edtf == value
            flags += (date.role == "citation") == each["is_citation_year"]
    precision, recall = hits / len(found), hits / len(due)
    print(
        f"\nreference article: {len(due)} core dates; detection F1 {2 * precision * recall / (precision + recall):.3f} "
        f"(recall {recall:.3f}, precision {precision:.3f}), values {right / hits:.3f}, citation flag {flags / hits:.3f}"
    )


def main() -> None:
    """Print every table whose material is there."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    tests = shared / "data" / "dates" / "parstdex_tests.json"
    if tests.exists():
        print_parstdex_tests(tests)
    print_own_set()
    if (shared / "gold" / "rezaei-2015").exists():
        print_reference(shared)


if __name__ == "__main__":
    main()
