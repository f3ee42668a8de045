"""Makes ``resources/lexicon/persian_words.tsv.gz``: a spell-checker's words, and half-space forms that text attests.

    python -m pipeline.text.train_words SHARED_DATA OUT

The verbs of the spell-checker are left out: hazm's roots make them (:mod:`pipeline.text.persian_words`). Joined
comparatives (``سختتر``), which its list tolerates, are kept only when corrected text uses them (``بیشتر``).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

from pipeline.text.persian_words import NON_JOINING, ZWNJ

HEADER = """\
# Persian words: word, classes, times attested
# classes: N noun, A adjective, D adverb, O other, U not stated, - attested only; E: ends in a silent ه
# source: Lilak spell-checking lexicon (b00f/lilak), licence: Apache-2.0
# source: iPerUDT dependency treebank, training part, licence: CC0; TICO-19 English-Farsi, licence: CC0
# made by pipeline/text/train_words.py
"""

_CLASSES = {
    "noun_singular": "N", "noun_plural": "N", "adjective": "A", "adverb": "D", "foreign": "N", "numeral": "O",
    "pronoun": "O", "adposition": "O", "conjunction": "O", "interjection": "O", "classifier": "O", "determiner": "O",
    "adjective_comparative": "C", "adjective_superlative": "C",
}  # fmt: skip
_WORD = re.compile(r"[ء-غف-يپچژکگیٔ\u200c]+")


def build(data: Path) -> str:
    """The resource's text, made from the shared data folder."""
    attested = _attested(data)
    classes: dict[str, set[str]] = {}
    for line in _lines(data / "orthography/lilak/lexicon"):
        word, part_of_speech, _, ends_in_vowel, *_ = [*line.split(","), "", "", ""]
        found = _CLASSES.get(part_of_speech)
        if found and _WORD.fullmatch(word) and not word.startswith(("می" + ZWNJ, "نمی" + ZWNJ)):
            tags = classes.setdefault(word, set())
            tags.add(found)
            if ends_in_vowel == "1" and word.endswith("ه"):
                tags.add("E")
    for line in _lines(data / "orthography/lilak/dic_users"):
        word = line.split("/")[0].strip()
        if _WORD.fullmatch(word):
            classes.setdefault(word, {"U"})
    kept = {}
    for word, tags in classes.items():
        if tags == {"C"} and ZWNJ not in word and attested[word] < 2:
            continue
        kept[word] = "".join(sorted("A" if tag == "C" else tag for tag in tags))
    for word, seen in attested.items():
        if ZWNJ in word and seen >= 2 and word not in kept:
            kept[word] = "-"
    return HEADER + "".join(f"{word}\t{kept[word]}\t{attested[word]}\n" for word in sorted(kept))


def _attested(data: Path) -> Counter[str]:
    """How often each word is written in corrected text, useless half-spaces (after د, ر …) left out."""
    texts = [line[9:] for line in _lines(data / "orthography/iperudt/iPerUDT_train.conllu") if line[:9] == "# text = "]
    tico = (line.split("\t") for line in _lines(data / "parallel/tico19/tico19.en-fa.tsv"))
    texts += [row[2] for row in tico if len(row) > 2]
    useless = re.compile(f"(?<=[{''.join(sorted(NON_JOINING))}]){ZWNJ}|{ZWNJ}(?={ZWNJ})")
    words: Counter[str] = Counter()
    for text in texts:
        words.update(useless.sub("", word).strip(ZWNJ) for word in _WORD.findall(text))
    return words


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("##")]


def main(argv: list[str]) -> int:
    """Write the resource. Usage: SHARED_DATA OUT."""
    if len(argv) != 2:
        print("usage: python -m pipeline.text.train_words SHARED_DATA OUT", file=sys.stderr)
        return 2
    Path(argv[1]).write_bytes(gzip.compress(build(Path(argv[0])).encode("utf-8"), mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
