"""English names by their head noun: *Ministry of Health*, *North Sea Fleet*, *Outer Space Treaty*, *Battle of Kursk*.

A head from the table ``heads_en.tsv`` gathers the capitalised words before it and, where the table says so, an
*of*-phrase behind it. Capital letters mean nothing in headings, so names there count only when running text has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from pipeline import resources
from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading
from pipeline.record import EntityType

#: Capitalised words that begin a sentence or a heading and are no part of a name.
STOP_EN = frozenset(
    """The A An This That These Those In On At By For From To With Under Over After Before During Since Until While When
    Where Which Who Whose Both Either Neither Each Every All Some Many Most Several Other Another Such Its His Her Their
    Our My Your It He She They We You I If As And But Or Nor So Yet Then Thus Hence Therefore However Moreover
    Furthermore Although Though Because Despite According Accordingly Between Among Within Without Through Against About
    Into Upon Of Not No Only Also Here There Now Today Currently Recently Later Lastly Finally Similarly Likewise
    Meanwhile Indeed Overall Historically Based Due One Two Three Four Five Given Like Unlike See Article Chapter
    Section Table Figure Part Volume Keywords Abstract Introduction Conclusion What Why How Is Are Was Were Has Have Had
    Can Could May Might Must Should Will Would Let Using Following Including Former Late Early Mr Mrs Ms Dr Prof
    President Minister Chairman Commander General Admiral Secretary Chancellor Premier Professor King Queen Prince
    Ambassador Senator Director Spokesman Councilor Councillor Vice Deputy Prime Chief Rear Brigadier Colonel Captain
    Lieutenant Marshal Sheikh Ayatollah Mullah Imam Sir Lord""".split()
)
_LINKS = frozenset({"of", "the", "for", "and", "on", "in", "to", "against", "de", "du", "del", "al", "el", "e", "i"})
_FORWARD = frozenset({"of", "for", "on", "against", "to", "concerning", "between", "with", "in"})
_OWNERS = frozenset(
    {"People", "Children", "Women", "Workers", "Students", "Writers", "Farmers", "Teachers", "Lloyd", "America"}
)
_LISTS = frozenset({"Ministry", "Department", "Faculty", "Organization", "Office", "School"})
_SPLIT = frozenset({"Committee", "Force", "Forces", "Branch", "Wing", "Division", "Bureau", "Command", "Area", "Fleet"})
_LAW_FIELDS = frozenset(
    """International Islamic Public Private Criminal Civil Common Space Maritime Comparative Constitutional Humanitarian
    Commercial Administrative Sharia European Environmental Family Business Roman Contract Customary Air Sea Human
    Rights""".split()
)
_PLAIN_POLICY = frozenset(
    {"Foreign", "Public", "Economic", "Monetary", "Defense", "Security", "Energy", "National", "Social"}
)
_GENERIC = frozenset(
    """New Old First Second Third Last Next Main Major Large Small National International Regional Local Strategic
    Economic Political Military Research Control Study Sample Target Test Patient Treatment Intervention Global World
    Central General Special Joint Common Public""".split()
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: the type it makes, where its modifiers stand, and the fewest it needs."""

    type: EntityType
    after: bool
    before: bool
    fewest: int


@cache
def heads() -> dict[str, Head]:
    """The table of head nouns."""
    table = {}
    for kind, word, direction, fewest in resources.rows("gazetteer/heads_en.tsv"):
        table[word] = Head(
            cast(EntityType, kind), direction in {"after", "both"}, direction in {"before", "both"}, int(fewest)
        )
    return table


def headed_names(reading: Reading, known: dict[int, Candidate], enders: dict[int, Candidate]) -> Iterator[Candidate]:
    """Names found by their head noun.

    ``known`` and ``enders`` give the gazetteer's matches by their start and by their end.
    """
    table = heads()
    for i, word in enumerate(reading.words):
        head = table.get(word)
        if head is None:
            continue
        first = _first_word(reading, i, known, enders) if head.after or i else i
        last = _last_word(reading, i, known, table) if head.before else i
        if last == i and not head.after:
            continue
        modifiers = [reading.words[k] for k in range(first, i)]
        if last == i and not _enough(modifiers, word, head, known, reading, first):
            continue
        if (
            last > i
            and word in {"Law", "Code", "School", "Office", "Center", "Centre", "Plan", "Rules"}
            and not (modifiers or (reading.gap(i).strip() == "" and reading.words[i + 1] in {"of", "on", "for"}))
        ):
            continue
        start, end = reading.starts[first], reading.ends[last]
        if reading.is_quiet(start):
            continue
        if word in {"Inc", "Ltd", "Co", "Corp"} and reading.text[end : end + 1] == ".":
            end += 1
        yield Candidate(start, end, head.type, "pattern")


def is_name_word(word: str) -> bool:
    """Whether a word is written as (a part of) a name."""
    return word[:1].isupper() and word not in STOP_EN


def _first_word(reading: Reading, i: int, known: dict[int, Candidate], enders: dict[int, Candidate]) -> int:
    """The first of the capitalised words that run up to word ``i``."""
    words, first = reading.words, i
    while first and i - first < 8:
        whole = enders.get(reading.starts[first] - 1) or enders.get(reading.starts[first] - 2)
        gap = reading.gap(first - 1)
        bare = gap.replace("\n", " ").strip(" ")
        previous = words[first - 1]
        if "\n\n" in gap:
            break
        if bare in {"", "-", "–", "&"} and is_name_word(previous):
            if whole is not None and whole.end == reading.ends[first - 1] and whole.type in {"PERSON", "EVENT"}:
                break
            first -= 1
        elif bare == "." and len(previous) == 1 and previous.isupper() and first >= 2:
            first -= 1
        elif bare in {"'s", "’s"} or (previous == "s" and first >= 2 and reading.gap(first - 2) in {"'", "’"}):
            if previous == "s" and bare == "" and words[first - 2] in _OWNERS:
                first -= 2
            else:
                break
        elif previous == "and" and bare == "" and first >= 2 and _joins(reading, first, known, enders):
            first -= 2
        else:
            break
        if whole is not None and whole.start < reading.starts[first]:
            while first and reading.starts[first] > whole.start:
                first -= 1
    return first


def _joins(reading: Reading, first: int, known: dict[int, Candidate], enders: dict[int, Candidate]) -> bool:
    """Whether *and* before word ``first`` lies inside a name (*Food and Agriculture Organization*)."""
    before = first - 2
    if not is_name_word(reading.words[before]) or reading.words[before] in heads():
        return False
    if reading.gap(before).strip() or reading.gap(before + 1).strip() or reading.starts[first] in known:
        return False
    return reading.ends[before] not in enders


def _last_word(reading: Reading, i: int, known: dict[int, Candidate], table: dict[str, Head]) -> int:
    """The last word of the phrase behind a head (*of Science, Research and Technology*)."""
    words, last, k = reading.words, i, i + 1
    split = words[i] in _SPLIT and i > 0 and is_name_word(words[i - 1])
    if k >= len(words) or words[k] not in _FORWARD or reading.gap(i).strip() or "\n\n" in reading.gap(i):
        return i
    while k < len(words) and k - i < 14:
        gap = reading.gap(k - 1)
        bare = gap.strip()
        owned = bare in {"'", "’"} and words[k] == "s" and words[k - 1] in _OWNERS
        if not owned and ("\n\n" in gap or bare not in {"", "-", "–", ","}):
            break
        if bare == "," and not (words[i] in _LISTS and _list_goes_on(reading, k)):
            break
        word = words[k]
        if (word[0].isupper() and word not in STOP_EN) or (word[0].isdigit() and word[-2:] in {"th", "st", "nd", "rd"}):
            if split and (reading.starts[k] in known and known[reading.starts[k]].type == "ORG"):
                return i
            if k - 1 > i and words[k - 1] == "and" and _begins_other(reading, k, known, table):
                break
            whole = known.get(reading.starts[k])
            last = k
            if whole is not None:
                while last + 1 < len(words) and reading.starts[last + 1] < whole.end:
                    last += 1
                if whole.type == "GPE" and words[k - 1] != "the" and table[words[i]].type != "LAW":
                    return last
            k = last + 1
            continue
        if word not in _LINKS and word not in _FORWARD:
            break
        if word in {"in", "to", "with", "between"} and (k > i + 1 or table[words[i]].type != "LAW"):
            break
        k += 1
    return last


def _list_goes_on(reading: Reading, k: int) -> bool:
    """Whether ``, X … and Y`` follows, all capitalised."""
    for j in range(k, min(k + 6, len(reading.words))):
        if reading.words[j] == "and":
            return j + 1 < len(reading.words) and is_name_word(reading.words[j + 1])
        if not is_name_word(reading.words[j]):
            return False
    return False


def _begins_other(reading: Reading, k: int, known: dict[int, Candidate], table: dict[str, Head]) -> bool:
    """Whether another name begins at word ``k``: a known one, or one with a head of its own."""
    if reading.starts[k] in known:
        return True
    for j in range(k, min(k + 5, len(reading.words))):
        if reading.words[j] in table:
            return True
        if not is_name_word(reading.words[j]):
            break
    return False


def _enough(
    modifiers: list[str], word: str, head: Head, known: dict[int, Candidate], reading: Reading, first: int
) -> bool:
    """Whether the words before a head make a name of it."""
    if len(modifiers) < head.fewest:
        return False
    if all(modifier in _GENERIC or modifier.isdigit() for modifier in modifiers) and len(modifiers) < 2:
        return False
    if word == "Law" and all(m in _LAW_FIELDS or m in _GENERIC for m in modifiers):
        return False
    if word in {"Policy", "Strategy"} and all(m in _PLAIN_POLICY for m in modifiers):
        return False
    whole = known.get(reading.starts[first])
    peoples = whole is not None and whole.type == "NORP" and whole.end >= reading.ends[first + len(modifiers) - 1]
    return not (peoples and head.type in {"FAC", "PROGRAM", "LOC", "GPE"})
