"""Many phrases as one regular expression, with the spelling variants of each language.

A long alternation of words is tried word by word at every position; factored by common beginnings it is one walk
down a tree, which keeps a search for several hundred phrases in a whole article within milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

#: A letter of the Arabic script, with the marks written above and below it.
PERSIAN_LETTER = r"\u0621-\u065F\u0670-\u06D3\u06D5-\u06EF\u06FA-\u06FF"
#: Between the words of a phrase: a space, a half-space, or nothing, and the marks of an ezafe before it.
_PERSIAN_GAP = r"[\u0650\u0654\u200c ]*"
_ENGLISH_GAP = r"[- ]"

type _Tree = dict[str, _Tree]

_END = ""


def tree_pattern(phrases: Iterable[list[str]]) -> str:
    """A pattern that matches any of the phrases, each a list of pattern atoms, preferring the longest."""
    root: _Tree = {}
    for atoms in phrases:
        node = root
        for atom in atoms:
            node = node.setdefault(atom, {})
        node[_END] = {}
    return _render(root)


def _render(node: _Tree) -> str:
    branches = [atom + _render(child) for atom, child in sorted(node.items()) if atom != _END]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if _END in node else body


def english_atoms(phrase: str) -> list[str]:
    """The atoms of an English phrase: space and hyphen stand for each other; after "anti" none is needed."""
    atoms: list[str] = []
    for index, character in enumerate(phrase):
        if character == "-":
            atoms.append(_ENGLISH_GAP + ("?" if phrase[max(0, index - 4) : index].lower() in {"anti", "ulti"} else ""))
        elif character == " ":
            atoms.append(_ENGLISH_GAP)
        else:
            atoms.append(re.escape(character))
    return atoms


def persian_atoms(phrase: str) -> list[str]:
    """The atoms of a Persian phrase: a space or half-space may also be the other, or be missing."""
    return [_PERSIAN_GAP if character in " \u200c" else re.escape(character) for character in phrase]


def english_forms(noun: str) -> list[str]:
    """A noun and its regular plural; an acronym takes a small s (``UAVs``)."""
    if noun.endswith(("s", "x", "ch", "sh")) and not noun.isupper():
        return [noun, noun if noun.endswith("craft") else noun + "es"]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun, noun[:-1] + "ies"]
    if noun.endswith("craft") or noun.endswith("aircraft"):
        return [noun]
    return [noun, noun + "s"]


def english_nouns(nouns: Iterable[str]) -> re.Pattern[str]:
    """Finds the nouns, singular or plural, in lower-cased text."""
    forms = [english_atoms(form.lower()) for noun in nouns for form in english_forms(noun)]
    return _compiled(tree_pattern(forms), r"(?<![\w-])", r"(?![\w])")


def persian_nouns(nouns: Iterable[str]) -> re.Pattern[str]:
    """Finds the nouns with or without plural and ezafe endings; group ``tail`` holds the ending."""
    return _compiled(
        tree_pattern(persian_atoms(noun) for noun in nouns),
        rf"(?<![{PERSIAN_LETTER}\u200c])",
        rf"(?P<tail>[\u200c ]?ها(?:یی|ی)?|[\u200c ]?(?:ای|ی)|[ٔءِ])?(?![{PERSIAN_LETTER}\u200c])",
    )


def english_phrases(phrases: Iterable[str], *, gap_words: int = 3) -> re.Pattern[str]:
    """Finds the phrases in lower-cased text; "…" in one stands for up to ``gap_words`` words."""
    return _compiled(
        tree_pattern(_with_gaps(english_atoms, phrase, gap_words) for phrase in phrases), r"(?<![\w-])", r"(?![\w-])"
    )


def persian_phrases(phrases: Iterable[str], *, gap_words: int = 3) -> re.Pattern[str]:
    """Finds the phrases; hamza and ezafe marks after them are passed over."""
    return _compiled(
        tree_pattern(_with_gaps(persian_atoms, phrase, gap_words) for phrase in phrases),
        rf"(?<![{PERSIAN_LETTER}])",
        rf"(?:[ٔءِ]|[\u200c ]?ی(?![{PERSIAN_LETTER}]))?(?![{PERSIAN_LETTER}])",
    )


def _with_gaps(atoms_of: Callable[[str], list[str]], phrase: str, gap_words: int) -> list[str]:
    before, mark, after = phrase.partition("…")
    atoms = atoms_of(before.strip())
    if mark:
        atoms = [*atoms, rf"(?:[ \u200c][^\s,.;،؛]+){{0,{gap_words}}}[ \u200c]", *atoms_of(after.strip())]
    return atoms


def _compiled(body: str, before: str, after: str) -> re.Pattern[str]:
    return re.compile(before + (f"(?:{body})" if body else r"(?!)") + after)
