"""Half-spaces restored, right words left alone, and speed, beside hazm and beside doing nothing.

    python benchmarks/orthography.py [SHARED_DATA]

SHARED_DATA is the folder ``data`` of the shared data (``../shared/data`` unless given). Nothing measured here was
learned from. Each text is read in three settings: (a) every half-space deleted, ``میسازد``; (b) every half-space
replaced by a space, ``می سازد``; (c) as it should be. P, R and F1 count half-spaces by the letters they stand between;
"kept" is the share of words without a half-space that come out as they went in.

The treebank's bloggers often leave out the half-space of ``می`` and ``ها``. Its own annotation says where, and the text
mended by it is the first measure; the text as published is the second, with the score that the mended text itself
would get against it. Of NTREX and the theses only sentences are used in which no such slip can be found by its form.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from pipeline.text.corrected_text import TREEBANK, USELESS, WORD, closed, is_slip, plain, sentences, treebank
from pipeline.text.half_spaces import spelling
from pipeline.text.orthography import normalise
from pipeline.text.persian_words import ZWNJ, verb_forms, verb_roots, word_list

ROOT = Path(__file__).parents[1]
SETTINGS = {"a": "", "b": " ", "c": ZWNJ}
MEGABYTE = 1_000_000

_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PERSIAN = re.compile("[ء-ی]")


class Score(NamedTuple):
    """Half-spaces found rightly, found wrongly and missed; words that were right, and how many stayed so."""

    right: int
    wrong: int
    missed: int
    words: int
    kept: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def row(self) -> str:
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        return f"{precision:6.3f} {recall:6.3f} {self.f1:6.3f}  {self.kept / max(1, self.words):8.2%}"


def gold(text: str) -> str:
    """A text as it should come out: Persian letters, no mark that shows nothing."""
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return plain(_INVISIBLE.sub("", text))


def sound(texts: list[str]) -> Iterator[str]:
    """The texts in which no slip can be found by its form."""
    words, verbs = word_list(), verb_forms()
    stems = {root for roots in verb_roots() for root in roots}
    for text in texts:
        found = [word for word in WORD.findall(text) if ZWNJ not in word]
        if closed(text, words) == text and not any(is_slip(word, words, verbs, stems, {}) for word in found):
            yield text


def joints(text: str) -> tuple[str, dict[int, str], dict[int, str]]:
    """The letters of a text, what stands before each of them that is no letter, and the words by where they begin."""
    letters: list[str] = []
    before: dict[int, str] = {}
    words: dict[int, str] = {}
    for word in text.split():
        words[len(letters)] = word
        for character in word:
            if character == ZWNJ:
                before[len(letters)] = ZWNJ
            else:
                letters.append(character)
    return "".join(letters), before, words


def measure(mend: Callable[[str], str], texts: list[str], setting: str) -> Score:
    """How a function that mends texts does on texts that are right, damaged as the setting says."""
    right = wrong = missed = words = kept = 0
    for text in texts:
        letters, expected, own = joints(text)
        out, found, made = joints(USELESS.sub("", mend(text.replace(ZWNJ, SETTINGS[setting]))))
        if out != letters:
            found, made = _moved(letters, out, found), _moved(letters, out, made)
        right += len(expected.keys() & found.keys())
        wrong += len(found.keys() - expected.keys())
        missed += len(expected.keys() - found.keys())
        for at, word in own.items():
            if ZWNJ not in word:
                words += 1
                kept += made.get(at) == word
    return Score(right, wrong, missed, words, kept)


def _moved(letters: str, out: str, places: dict[int, str]) -> dict[int, str]:
    """Places among the letters of an output, as places among the letters of the text (where letters were changed)."""
    at = {}
    for block in SequenceMatcher(None, letters, out, autojunk=False).get_matching_blocks():
        at.update({block.b + n: block.a + n for n in range(block.size)})
    return {at[place]: what for place, what in places.items() if place in at}


def hazm_normaliser() -> Callable[[str], str]:
    """hazm's normaliser, with what changes other things than spacing switched off."""
    from hazm import Normalizer

    off = ("remove_diacritics", "remove_specials_chars", "decrease_repeated_chars", "persian_style", "persian_numbers")
    normalizer = Normalizer(**dict.fromkeys(off, False), unicodes_replacement=False)
    return lambda text: str(normalizer.normalize(text))


def speed(mend: Callable[[str], str], text: str) -> float:
    """Megabytes of UTF-8 a second, on one core."""
    start = time.process_time()
    mend(text)
    return len(text.encode()) / MEGABYTE / (time.process_time() - start)


def main() -> None:
    """Run the benchmark and print its table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    held_out = sentences(data, held_out=True)
    theses = sorted((data.parent / "gold/theses-dev/docs").glob("*"))
    lines = [line for path in theses for line in path.read_text(encoding="utf-8").splitlines()]
    published = [gold(text) for text in treebank(data / TREEBANK.format(part="dev"), raw=True)]
    sets = {
        "iPerUDT dev, mended by its annotation": [gold(text) for text in held_out["iPerUDT dev"]],
        "iPerUDT dev, as published": published,
        "NTREX (news), sound sentences": list(sound([gold(text) for text in held_out["NTREX"]])),
        "theses, sound lines": list(sound([gold(line) for line in lines if len(_PERSIAN.findall(line)) > 20])),
    }
    systems: dict[str, Callable[[str], str]] = {
        "nothing done": str,
        "hazm": hazm_normaliser(),
        "dozaban": lambda text: normalise(text).text,
    }
    normalise("می")
    print(f"{'':14} {'':7} {'P':>6} {'R':>6} {'F1':>6}  {'kept':>8}")
    for name, texts in sets.items():
        half_spaces = sum(text.count(ZWNJ) for text in texts)
        print(f"\n{name}: {len(texts)} texts, {sum(len(t.split()) for t in texts)} words, {half_spaces} half-spaces")
        for system, mend in systems.items():
            for setting in SETTINGS:
                print(f"{system:14} ({setting})     {measure(mend, texts, setting).row()}")
        if texts is published:
            mended = dict(
                zip((t.replace(ZWNJ, "") for t in texts), sets["iPerUDT dev, mended by its annotation"], strict=True)
            )
            print(f"{'mended text':14} (a)     {measure(mended.__getitem__, texts, 'a').row()}")
    everyday = (data / "parallel/tatoeba/pes.txt").read_text(encoding="utf-8").splitlines()
    unread = [*held_out["NTREX"], *published, *(line.split("\t")[1] for line in everyday)]
    sample = "\n".join(unread).replace(ZWNJ, "")
    print(f"\nspeed on {len(sample.encode()) / MEGABYTE:.1f} MB without half-spaces, MB/s on one core (models loaded)")
    spelling.cache_clear()
    spelling()
    first, again = speed(systems["dozaban"], sample), speed(systems["dozaban"], sample)
    print(f"{'dozaban':14} {first:.2f} first time, {again:.2f} again")
    print(f"{'hazm':14} {speed(systems['hazm'], sample[:100_000]):.2f}")


if __name__ == "__main__":
    main()
