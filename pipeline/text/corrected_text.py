"""Text whose half-spaces people have set: what spelling is learned from and measured on.

The treebank's sentences keep their bloggers' slips (``میکنم`` beside ``می‌کنم``), but its annotation says which words
are verbs with ``می`` and which are plurals in ``ها``; :func:`treebank` sets their half-spaces by it. In the other texts
slips of the same kinds are recognised by the words themselves and dropped (:func:`is_slip`), so that the writer's
haste is not learned as a rule.

Used by training and by the benchmark, never while an article is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pipeline.text.persian_words import NON_JOINING, ZWNJ, VerbForms, WordList
from pipeline.text.word_kinds import VERB_ENDINGS
from pipeline.text.words import LETTERS

TREEBANK = "orthography/iperudt/iPerUDT_{part}.conllu"

WORD = re.compile(rf"[{LETTERS}]+(?:{ZWNJ}[{LETTERS}]+)*")
#: Half-spaces that show nothing: after a letter that never joins, at the edge of a word, doubled.
USELESS = re.compile(rf"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}|(?<!\w){ZWNJ}|{ZWNJ}(?!\w)|{ZWNJ}(?={ZWNJ})")
_FOLD = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_JOINING = f"[^{''.join(sorted(NON_JOINING))}\\W]"

_VERB_PREFIX = re.compile(r"(?:بر|در|باز|وا|فرو|فرا|ور)?ن?می(?=\w\w)")
_PLURAL = re.compile(rf"(.+{_JOINING})(ها(?:ی|یی|یم|یت|یش|یمان|یتان|یشان|مان|تان|شان|شون|مون|تون|ش|م|ت|ست|یشون|یمون)?)")
_COMPARED = re.compile(rf"(.+{_JOINING})(تر(?:ین)?(?:ی|ها|های|ین|م|ش|ند|ه)?)")
#: Spoken forms of آمدن and آوردن, which custom joins (``میاد``, ``نمیارم``).
_SPOKEN_COME = re.compile(r"(?:بر|در)?ن?میا(?:[دمین]?|یم|ین|ید|ر(?:[همنی]|یم|ین|ن)|ورد\w{0,2})")
#: Joined by convention, whatever their parts.
JOINED = frozenset(
    "بهتر بیشتر کمتر مهتر کهتر بهترین بیشترین کمترین مهترین کهترین آنها اینها اونها همینها همانها".split()
)

_AFTER_VERB_PREFIX = re.compile(r"(?<!\w)(ن?می) (?=\w)")
_BEFORE_ENDING = re.compile(r"(?<=\w) (ها|های|هایی|هایشان|هایش|هایم)(?!\w)")
_BEFORE_COMPARISON = re.compile(rf"([{LETTERS}]+) (?=تر(?:ین)?(?!\w))")
_AFTER_SILENT_HE = re.compile(r"(?<=[^\Wا]ه) (ای|اند|ام|ایم|اید|ات|اش|ی)(?!\w)")


def plain(text: str) -> str:
    """``text`` in Persian letters, without half-spaces that show nothing."""
    return USELESS.sub("", text.translate(_FOLD))


def closed(text: str, words: WordList) -> str:
    """``text`` with the half-spaces typed as spaces beyond doubt set: after ``می``, before ``ها`` and its like, between
    an adjective and ``تر``.
    """
    text = _AFTER_VERB_PREFIX.sub(rf"\1{ZWNJ}", plain(text))
    text = _BEFORE_COMPARISON.sub(lambda m: m[1] + (ZWNJ if words.is_adjective(m[1]) else " "), text)
    return _AFTER_SILENT_HE.sub(rf"{ZWNJ}\1", _BEFORE_ENDING.sub(rf"{ZWNJ}\1", text))


def sentences(data: Path, *, held_out: bool = False) -> dict[str, list[str]]:
    """The corpora's sentences by name: those to learn from, or those kept for measuring."""
    if held_out:
        return {
            "iPerUDT dev": treebank(data / TREEBANK.format(part="dev")),
            "NTREX": _column(data / "parallel/ntrex/ntrex.en-fa.tsv", 2),
        }
    return {
        "iPerUDT": treebank(data / TREEBANK.format(part="train")),
        "TICO-19": _column(data / "parallel/tico19/tico19.en-fa.tsv", 2),
        "Mizan": _column(data / "parallel/mizan/mizan_dev.tsv", 1),
        "ParsTwiNER": _tokens(data / "ner/parstwiner/train.txt"),
    }


def treebank(path: Path, *, raw: bool = False) -> list[str]:
    """The sentences of a CoNLL-U file; slips that its annotation shows are mended unless ``raw``."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = next((line[9:] for line in block.splitlines() if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        if text:
            found.append(text if raw else _mended(text, rows))
    return found


def _mended(text: str, rows: list[list[str]]) -> str:
    joints: set[int] = set()
    at = 0
    inside = 0
    for row in rows:
        first, _, last = row[0].partition("-")
        if not first.isdigit() or (not last and int(first) <= inside):
            continue
        parts = [row]
        if last:
            inside = int(last)
            parts = [r for r in rows if r[0].isdigit() and int(first) <= int(r[0]) <= inside]
        start = text.find(row[1], at)
        if start >= 0:
            at = start + len(row[1])
            joints.update(start + joint for part in parts for joint in _lost_joints(row[1], part[2], part[4]))
    for joint in sorted(joints, reverse=True):
        text = text[:joint] + ZWNJ + text[joint:]
    return text


def _lost_joints(word: str, lemma: str, tag: str) -> Iterator[int]:
    """Where the annotated word lacks a half-space."""
    lemma = lemma.replace(ZWNJ, "")
    if tag.startswith("V_"):
        prefix = _VERB_PREFIX.match(word)
        native = lemma.startswith("می") or lemma.partition("#")[2].startswith("می")
        if prefix and not native and word[prefix.end()] != ZWNJ and not _SPOKEN_COME.fullmatch(word):
            yield prefix.end()
    elif tag == "N_PL" and lemma and word.startswith(lemma + "ها") and lemma[-1] not in NON_JOINING:
        yield len(lemma)


def is_slip(
    word: str, words: WordList, verbs: VerbForms, stems: Collection[str], half_spaced: Mapping[str, Collection[str]]
) -> bool:
    """Whether a word without half-spaces is one that standard writing parts: a verb with ``می``, a plural in ``ها``,
    a comparative. ``half_spaced`` leads from bare words to their half-spaced forms in the same texts.
    """
    compared = _COMPARED.fullmatch(word)
    if word in JOINED or _SPOKEN_COME.fullmatch(word) or (word in words.classes and not compared):
        return False
    forms = half_spaced.get(word, ())
    prefix = _VERB_PREFIX.match(word)
    if prefix:
        rest = word[prefix.end() :]
        fits = any(rest.endswith(ending) and rest.removesuffix(ending) in stems for ending in VERB_ENDINGS)
        if word in verbs.spelled or (fits and not words.knows(word)) or any("می" + ZWNJ in form for form in forms):
            return True
    plural = _PLURAL.fullmatch(word)
    if plural and (words.knows(plural[1]) or any(ZWNJ + plural[2] in form for form in forms)):
        return True
    return bool(compared and (words.is_adjective(compared[1]) or forms))


def _column(path: Path, column: int) -> list[str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [row[column] for row in rows if len(row) > column]


def _tokens(path: Path) -> list[str]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [" ".join(line.split("\t")[0] for line in block.splitlines() if line.strip()) for block in blocks]
