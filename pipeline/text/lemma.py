"""Words of a text reduced to the form a bilingual lexicon knows them by.

This is light lemmatisation: enough that ``countries`` and ``country``, ``کشورهای`` and ``کشور``, ``می‌سازد`` and
``ساختن`` meet. An English key need not be a word (``diplomaci``); keys are for looking up, never for showing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.orthography import fold, normalise_word
from pipeline.text.persian_words import ZWNJ, verb_forms, word_list


class Term(NamedTuple):
    """A word at ``[start, end)`` of the text it was found in, with its key. Numbers and Latin words are terms too."""

    key: str
    start: int
    end: int


_ENGLISH = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:['’][A-Za-z]+)?|[0-9]+(?:[.,][0-9]+)*")
_PERSIAN = re.compile(
    rf"[ء-غف-يپچژکگیٔەھہۀے]+(?:{ZWNJ}+[ء-غف-يپچژکگیٔەھہۀے]+)*|[A-Za-z][A-Za-z0-9]*|[0-9۰-۹٠-٩]+(?:[.,٫٬][0-9۰-۹٠-٩]+)*"
)
_PERSIAN_ENDING = re.compile(
    rf"(?:{ZWNJ}(?:ها(?:یی|ی|یم|یت|یش|یمان|یتان|یشان)?|هاست|تر(?:ین)?|تری|ای|ام|ات|اش|اند|ایم|اید|ی|مان|تان|شان)"
    r"|(?<=[ادذرزژو])ها(?:یی|ی|یم|یت|یش|یمان|یتان|یشان)?)$"
)
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?")
#: Acronyms that would be words in small letters.
_LIKE_WORDS = frozenset(["US", "IT", "WHO", "AIDS"])
_VOWEL_SIGNS = re.compile("[\u064b-\u0655\u0670]")
_VOWELS = re.compile(r"[aeiouy]+")
#: How a verb of one syllable ends whose final e was lost before *ing* or *ed*: else its last letter were doubled.
_LOST_E = re.compile(
    r"(?:^|[^aeiou])[aeiouy][^aeiouwxy]$|^[aeiou][^aeiouwxy]$|[aeiou]s$|[vcz]$|dg$|rg$|ang$|[^aeiou][lr]$"
)
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "was": "be", "were": "be", "is": "be",
    "are": "be", "am": "be", "been": "be", "has": "have", "had": "have", "does": "do", "did": "do", "done": "do",
    "made": "make", "took": "take", "taken": "take", "gave": "give", "given": "give", "went": "go", "gone": "go",
    "said": "say", "saw": "see", "seen": "see", "came": "come", "became": "become", "found": "find", "thought": "think",
    "built": "build", "held": "hold", "led": "lead", "left": "leave", "met": "meet", "sold": "sell", "bought": "buy",
    "sent": "send", "began": "begin", "begun": "begin", "wrote": "write", "written": "write", "grew": "grow",
    "grown": "grow", "knew": "know", "known": "know", "shown": "show", "chose": "choose", "chosen": "choose",
    "used": "use", "using": "use", "better": "good", "best": "good", "worse": "bad", "worst": "bad", "us": "we",
    "data": "data",
}  # fmt: skip


def english_terms(text: str) -> Iterator[Term]:
    """The words and numbers of an English text, in order."""
    for match in _ENGLISH.finditer(text):
        yield Term(english_lemma(match.group()), match.start(), match.end())


def persian_terms(text: str) -> Iterator[Term]:
    """The words and numbers of a Persian text, in order; Latin words in it are keyed as English ones."""
    for match in _PERSIAN.finditer(text):
        word = match.group()
        key = english_lemma(word) if word[0].isascii() and word[0].isalpha() else persian_lemma(word)
        yield Term(key, match.start(), match.end())


@lru_cache(maxsize=100_000)
def english_lemma(word: str) -> str:
    """The key of an English word: lower case, without plural, possessive and verb endings."""
    if _DOTTED.fullmatch(word) or word in _LIKE_WORDS:
        return word.replace(".", "").lower() + "."
    key = word.lower().replace("’", "'").removesuffix("'s")
    if not key or key[0].isdigit():
        return key.replace(",", "")
    if key in _IRREGULAR:
        return _IRREGULAR[key]
    if len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is")):
        key = key[:-3] + "y" if key.endswith("ies") and len(key) > 4 else key[:-1]
        if key.endswith(("she", "che", "xe", "sse", "zze")):
            key = key[:-1]
    for ending in ("ing", "ed"):
        stem = key.removesuffix(ending)
        if stem != key and len(stem) > 2 and not key.endswith("eed") and re.search(r"[aeiouy]", stem):
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sz"
            if doubled and (stem[-1] != "l" or len(_VOWELS.findall(stem)) > 1):
                key = stem[:-1]
            elif not doubled:
                key = stem + "e" if len(_VOWELS.findall(stem)) == 1 and _LOST_E.search(stem) else stem
            else:
                key = stem
            break
    if len(key) > 4 and key.endswith("ly"):
        key = key[:-2]
    # "increase" and "increased" share a key once a final e (and y for i) is gone; "care" stays apart from "car".
    key = key.replace("isation", "ization").replace("defence", "defense")
    if key.endswith("e") and len(_VOWELS.findall(key[:-1])) > 1:
        key = key[:-1]
    return key[:-1] + "i" if len(key) > 3 and key.endswith("y") else key


@lru_cache(maxsize=100_000)
def persian_lemma(word: str) -> str:
    """The key of a Persian word: standard letters, without plural, comparative and clitics; a verb's infinitive."""
    if word[0].isdigit():
        return fold(word).replace("٬", "").replace("٫", ".").replace(",", "")
    right = _VOWEL_SIGNS.sub("", normalise_word(word))
    verbs = verb_forms()
    bare = right.replace(ZWNJ, "")
    if bare in verbs.infinitive and (ZWNJ in right or not word_list().is_noun(bare)):
        return verbs.infinitive[bare]
    stem = _PERSIAN_ENDING.sub("", _PERSIAN_ENDING.sub("", right))
    if stem and stem != right:
        right = stem
    known = word_list()
    if len(right) > 3 and right.endswith("ی") and not known.knows(right) and known.knows(right[:-1]):
        right = right[:-1]
    return fold(right.replace(ZWNJ, ""))
