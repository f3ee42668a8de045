"""Where two reviewers said different things about the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.decisions.entries import Entry

#: (layer, fact or place, aspect): what a verdict is about.
Question = tuple[str, str, str]

_EXISTING = frozenset({"accept", "retype", "boundary", "date", "edit", "add"})


@dataclass(frozen=True)
class Conflict:
    """One question to which reviewers gave different answers: what each said, by name, and the entries behind it."""

    question: Question
    words: str
    said: dict[str, str]
    entries: dict[str, Entry]


def overruled(files: Sequence[tuple[str, list[Entry]]]) -> tuple[set[tuple[str, int]], list[Conflict]]:
    """The entries (reviewer, number) that are not to be taken, and the open conflicts.

    ``files`` are the standing entries by reviewer; the reviewer without a name outranks the others.
    """
    answers: dict[Question, dict[str, list[Entry]]] = {}
    for user, entries in files:
        for entry in entries:
            for question, _ in verdicts(entry):
                answers.setdefault(question, {}).setdefault(user, []).append(entry)
    left_out: set[tuple[str, int]] = set()
    conflicts = []
    for question, by_user in answers.items():
        if len(by_user) < 2:
            continue
        said = {user: _last(entries, question) for user, entries in by_user.items()}
        others = {user for user in by_user if user}
        if "" in by_user:
            left_out |= {(user, e.number) for user in others for e in by_user[user] if said[user] != said[""]}
        elif len(set(said.values())) > 1:
            left_out |= {(user, e.number) for user in others for e in by_user[user]}
            first = by_user[min(others)][-1]
            words = first.where[0].surface if first.where else (first.fact or "")
            conflicts.append(Conflict(question, words, said, {user: by_user[user][-1] for user in sorted(others)}))
    return left_out, conflicts


def verdicts(entry: Entry) -> Iterator[tuple[Question, str]]:
    """What a decision says, as answers to questions that another reviewer may have answered too."""
    about = entry.part and f"{entry.fact}#{entry.part}"
    if not about:
        place = entry.where[0] if entry.where else None
        about = f"@{place.span.start}-{place.span.end}" if place and entry.scope == "mention" else entry.fact or ""
        if not about and place:
            about = f"@{place.span.start}-{place.span.end}"
    if entry.do == "reject":
        yield (entry.layer, about, "exists"), "no"
    if entry.do in _EXISTING:
        yield (entry.layer, about, "exists"), "yes"
    match entry.do:
        case "accept" if "type" in entry.old:
            yield (entry.layer, about, "type"), str(entry.old["type"])
        case "retype":
            yield (entry.layer, about, "type"), str(entry.new.get("type"))
        case "boundary":
            yield (entry.layer, about, "span"), str(entry.new.get("span"))
        case "date":
            yield (entry.layer, about, "value"), _plain(entry.new)
        case "edit":
            for name, value in entry.new.items():
                yield (entry.layer, about, name), _plain(value)
        case "merge" | "link":
            yield (entry.layer, about, "same as"), entry.into.fact if entry.into else ""
        case "unlink":
            yield (entry.layer, about, "same as"), "nothing"
        case "align":
            for anchor in entry.where:
                yield (
                    (entry.layer, f"@{anchor.span.start}-{anchor.span.end}", "pair"),
                    _plain(sorted(other.span for other in entry.where)),
                )


def _last(entries: list[Entry], question: Question) -> str:
    answer = ""
    for entry in entries:
        answer = next((said for asked, said in verdicts(entry) if asked == question), answer)
    return answer


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
