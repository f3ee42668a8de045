"""Answers of the catalogue as a person reads them: the thing in both languages, then each article with its snippets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.catalogue.answers import Answer, Snippet

_ISOLATE_RTL, _ISOLATE, _POP = "\u2067", "\u2068", "\u2069"
#: Control characters of a terminal, which a name taken from a file may hold.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def lines(answers: Sequence[Answer], *, colour: bool = False) -> list[str]:
    """The lines to print. The match stands in bold, or between ``[`` and ``]`` where there is no colour."""
    bold: Callable[[str], str] = (lambda text: f"{_BOLD}{text}{_PLAIN}") if colour else (lambda text: f"[{text}]")
    dim: Callable[[str], str] = (lambda text: f"{_DIM}{text}{_PLAIN}") if colour else str
    shown: list[str] = []
    for entity, group in groupby(answers, key=lambda answer: answer.entity if answer.kind != "DATE" else None):
        together = list(group)
        if entity is not None:
            shown += ["" for _ in shown[:1]] + [_heading(together[0], bold if colour else str)]
        for answer in together:
            shown += ["" for _ in shown[:1] if entity is None]
            indent = "  " if entity is not None else ""
            label = "" if entity is not None else f"{answer.kind.lower()}  "
            if answer.kind == "DATE":
                label = f"{label}{_names(answer.name_en, answer.name_fa)}  "
            shown.append(f"{indent}{label}{_names(answer.title_en, answer.title_fa) or answer.article}")
            shown.append(dim(f"{indent}  {_about(answer)}"))
            shown += [f"{indent}    {_snippet(each, bold)}" for each in answer.snippets if each.match or each.before]
    return shown


def _heading(answer: Answer, bold: Callable[[str], str]) -> str:
    many = f"{answer.articles} article{'s' if answer.articles != 1 else ''}"
    kind = answer.kind.lower() if answer.kind == "SYSTEM" else answer.kind
    parts = [bold(_names(answer.name_en, answer.name_fa)), kind, _names(answer.detail_en, answer.detail_fa), many]
    return "  ".join(part for part in parts if part)


def _about(answer: Answer) -> str:
    counts = [f"{n} {side}" for side, n in (("en", answer.mentions_en), ("fa", answer.mentions_fa)) if n]
    return answer.article.translate(_CONTROLS) + (f": mentions {', '.join(counts)}" if counts else "")


def _names(english: str | None, persian: str | None) -> str:
    parts = [f"{_ISOLATE}{english.translate(_CONTROLS)}{_POP}"] if english else []
    parts += [f"{_ISOLATE_RTL}{persian.translate(_CONTROLS)}{_POP}"] if persian else []
    return " · ".join(parts)


def _snippet(each: Snippet, bold: Callable[[str], str]) -> str:
    place = f"{each.language} p. {each.page}" if each.page else each.language
    before, match, after = (part.translate(_CONTROLS) for part in (each.before, each.match, each.after))
    isolate = _ISOLATE_RTL if each.language == "fa" else _ISOLATE
    return f"{place}  {isolate}{before}{bold(match) if match else ''}{after}{_POP}"
