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
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.given_names import given_names
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import MONTHS, STOP_EN
from pipeline.record import EntityType

_LINKS = frozenset({"of", "the", "for", "and", "on", "in", "to", "against", "de", "du", "del", "al", "el", "e", "i"})
_FORWARD = frozenset(
    {"of", "for", "on", "against", "to", "concerning", "Concerning", "relating", "Relating", "between", "with", "in"}
)
#: Heads behind which *in* and a place go on (*Mission in Armenia*), and words behind which *in* and a field do.
_ABROAD = frozenset({"Mission", "Embassy", "Consulate", "Delegation"})
_IN_FIELD = frozenset({"Research", "Studies", "Training", "Education", "Advances", "Cooperation", "Co"})
#: Heads that stand right before their name (*Operation Desert Storm*, *Mount Ararat*).
_DIRECT = frozenset({"Operation", "Exercise", "Camp", "Fort", "Mount", "Cape", "Lake", "Port", "Bandar"})
_OWNERS = frozenset(
    """People Children Women Workers Students Writers Farmers Teachers Lloyd America Attorney President Governor
    Prosecutor Veterans Physicians""".split()
)
#: Heads that are family names too.
_FAMILIES = frozenset("Field Hall Wall Castle Bridge Church Temple Post Forest Bay Lake Park Tower Court Banks".split())
#: Heads that are fields too: alone behind *and* they go on with the name before (*Institute of Art and Law*).
_FIELDS = frozenset("Law Research Policy Strategy Electronics Aerospace Technologies Petroleum Education News".split())
_LISTS = frozenset({"Ministry", "Department", "Faculty", "Organization", "Office", "School"})
_SPLIT = frozenset({"Committee", "Force", "Forces", "Branch", "Wing", "Division", "Bureau", "Command", "Area", "Fleet"})
#: Heads of companies that are named for the two ends of a line.
_CARRIERS = frozenset("Company Railway Railways Railroad Line Lines Canal".split())
_LAW_FIELDS = frozenset(
    """International Islamic Public Private Criminal Civil Common Space Maritime Comparative Constitutional Humanitarian
    Commercial Administrative Sharia European Environmental Family Business Roman Contract Customary Air Sea Human
    Rights""".split()
)
_CODES = frozenset(
    {"Civil", "Penal", "Criminal", "Commercial", "Procedure", "Labor", "Labour", "Tax", "Safety", "Ethics"}
)
_PLAIN_POLICY = frozenset(
    {"Foreign", "Public", "Economic", "Monetary", "Defense", "Security", "Energy", "National", "Social"}
)
_GENERIC = frozenset(
    """New Old First Second Third Last Next Main Major Large Small National International Regional Local Strategic
    Economic Political Military Research Control Study Sample Target Test Patient Treatment Intervention Global World
    Central General Special Joint Common Public Territorial High Open Deep Inland Coastal Big Great Northern Southern
    Eastern Western Upper Lower Inner Outer""".split()
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: the type it makes, where its modifiers stand, how many it needs, and whether one must be proper."""

    type: EntityType
    after: bool
    before: bool
    fewest: int
    proper: bool = False


@cache
def heads() -> dict[str, Head]:
    """The table of head nouns."""
    table = {}
    for kind, word, direction, fewest in resources.rows("gazetteer/heads_en.tsv"):
        table[word] = Head(
            cast(EntityType, kind),
            direction in {"after", "both"},
            direction in {"before", "both"},
            int(fewest.rstrip("p")),
            fewest.endswith("p"),
        )
    return table


def headed_names(reading: Reading, known: dict[int, Candidate], enders: dict[int, Candidate]) -> Iterator[Candidate]:
    """Names found by their head noun.

    ``known`` and ``enders`` give the gazetteer's matches by their start and by their end.
    """
    table = heads()
    whole = [(name.start, name.end) for name in known.values() if name.type in {"ORG", "LAW", "FAC"}]
    covered = Occupied(len(reading.text))
    for start, end in whole:
        covered.add(start, end)
    for i, word in enumerate(reading.words):
        head = table.get(word)
        if head is None:
            continue
        if covered.overlaps(reading.starts[i], reading.ends[i]) and covered.overlaps(
            reading.ends[i], reading.ends[i] + 1
        ):
            continue  # inside a name that is known to its end (*Central Bank of Iran*)
        first = _first_word(reading, i, known, enders) if head.after or i else i
        last = _last_word(reading, i, known, table) if head.before else i
        if last == i and not head.after:
            continue
        modifiers = [reading.words[k] for k in range(first, i)]
        if last == i and word in _FAMILIES and modifiers[-1:] and modifiers[-1] in given_names():
            continue  # Henry Field is a person
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
        kind = head.type
        if word == "Forum" and first < i and known.get(start) is not None and known[start].type == "GPE":
            kind = "EVENT"
        yield Candidate(start, end, kind, "pattern")


def _proper(reading: Reading, i: int, known: dict[int, Candidate]) -> bool:
    """Whether word ``i`` is a name by itself and no people's (*Minsk Group*, not *Control Group*)."""
    whole = known.get(reading.starts[i])
    word = reading.words[i]
    if whole is None:
        return word.isalpha() and word not in _GENERIC and word not in _LINKS and not reading.is_ordinary(word)
    return whole.type != "NORP"


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
            if whole is not None and whole.end == reading.ends[first - 1] and not _may_bear(words[i], whole):
                break
            first -= 1
        elif previous in {"e", "ye"} and bare == "" and first >= 2 and is_name_word(words[first - 2]):
            if reading.gap(first - 2) != "-":
                break
            first -= 2
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


def _may_bear(head: str, name: Candidate) -> bool:
    """Whether a head's name can begin with a known one: houses and places bear persons' names, wars and laws do not."""
    if name.type == "PERSON":
        return heads()[head].type in {"ORG", "FAC", "GPE"} and head != "Administration"
    return name.type != "EVENT"


def _joins(reading: Reading, first: int, known: dict[int, Candidate], enders: dict[int, Candidate]) -> bool:
    """Whether *and* before word ``first`` lies inside a name (*Food and Agriculture Organization*)."""
    before = first - 2
    if reading.words[before] == "Research" and reading.words[first] == "Development":
        return not reading.gap(before).strip() and not reading.gap(before + 1).strip()
    if not is_name_word(reading.words[before]) or reading.words[before] in heads():
        return False
    if _is_line(reading, before):
        return True
    if reading.gap(before).strip() or reading.gap(before + 1).strip() or reading.starts[first] in known:
        return False
    return reading.ends[before] not in enders


def _is_line(reading: Reading, before: int) -> bool:
    """Whether *and* joins the ends of a carrier's line: *the Euphrates and Tigris Steam Navigation Company*."""
    words, run = reading.words, before + 2
    while run + 1 < len(words) and words[run] not in _CARRIERS:
        if not is_name_word(words[run]) or reading.gap(run).strip():
            return False
        run += 1
    return before > 0 and words[before - 1] in {"the", "The"} and run > before + 2


def _last_word(reading: Reading, i: int, known: dict[int, Candidate], table: dict[str, Head]) -> int:
    """The last word of the phrase behind a head (*of Science, Research and Technology*)."""
    words, last, k = reading.words, i, i + 1
    split = words[i] in _SPLIT and i > 0 and is_name_word(words[i - 1])
    bare_head = not (i and reading.gap(i - 1) == " " and is_name_word(words[i - 1]))
    direct = words[i] in _DIRECT and (bare_head or words[i] not in {"Lake", "Port", "Camp", "Fort"})
    if direct and k < len(words) and not reading.is_ordinary(words[k]):
        while k < len(words) and k - i <= 3 and reading.gap(k - 1) == " " and is_name_word(words[k]):
            k += 1
        if k > i + 1:
            return k - 1
    if k >= len(words) or words[k] not in _FORWARD or reading.gap(i).strip() or "\n\n" in reading.gap(i):
        return i
    modified = i and reading.gap(i - 1) == " " and is_name_word(words[i - 1]) and words[i] not in _ABROAD
    if modified and words[k] in {"with", "between", "in"}:
        return i
    while k < len(words) and k - i < 14:
        gap = reading.gap(k - 1)
        bare = gap.strip()
        owned = bare in {"'", "’"} and words[k] == "s" and words[k - 1] in _OWNERS
        saint = bare == "." and words[k - 1] == "St"
        if not owned and not saint and ("\n\n" in gap or bare not in {"", "-", "–", ",", "&"}):
            break
        if bare == "," and not (words[i] in _LISTS and _list_goes_on(reading, k)):
            break
        word = words[k]
        if (word[0].isupper() and word not in STOP_EN) or (word[0].isdigit() and word[-2:] in {"th", "st", "nd", "rd"}):
            if split and (reading.starts[k] in known and known[reading.starts[k]].type == "ORG"):
                return i
            joined = words[k - 1] == "and" or words[k - 2 : k] == ["and", "the"]
            if k - 1 > i and joined and _begins_other(reading, k, known, table, listed=words[i] in _LISTS):
                break
            whole = known.get(reading.starts[k])
            last = k
            if whole is not None:
                while last + 1 < len(words) and reading.starts[last + 1] < whole.end:
                    last += 1
                settled = whole.type == "GPE" and words[k - 1] != "the" and table[words[i]].type != "LAW"
                if settled and not (words[i] in _ABROAD and words[last + 1 : last + 2] in (["in"], ["to"])):
                    return last
            k = last + 1
            continue
        if word == "the" and words[k - 1] not in _LINKS and words[k - 1] not in _FORWARD:
            break
        if bare == "-" and word.islower():
            k += 1
            continue
        if word not in _LINKS and word not in _FORWARD:
            break
        if (
            word == "to"
            and words[i] in _ABROAD
            and k + 1 < len(words)
            and (words[k + 1] == "the" or is_name_word(words[k + 1]))
        ):
            k += 1
            continue
        if word == "in" and (words[i] in _ABROAD or (words[k - 1] in _IN_FIELD and _goes_on(reading, k, known))):
            k += 1
            continue
        if word in {"in", "on", "of"} and k + 1 < len(words) and words[k + 1] in MONTHS:
            break
        if word == "to" and words[k - 1] in {"Relating", "relating"}:
            k += 1
            continue
        if word in {"in", "to", "with", "between"} and (k > i + 1 or table[words[i]].type != "LAW"):
            break
        k += 1
    return last


def _goes_on(reading: Reading, k: int, known: dict[int, Candidate]) -> bool:
    """Whether a capitalised word that names no place follows word ``k``."""
    after = k + 1
    if after >= len(reading.words) or reading.starts[after] in known:
        return False
    return is_name_word(reading.words[after]) and reading.words[after] not in MONTHS


def _list_goes_on(reading: Reading, k: int) -> bool:
    """Whether ``, X … and Y`` follows, all capitalised."""
    for j in range(k, min(k + 6, len(reading.words))):
        if reading.words[j] == "and":
            return j + 1 < len(reading.words) and is_name_word(reading.words[j + 1])
        if not is_name_word(reading.words[j]):
            return False
    return False


def _begins_other(
    reading: Reading, k: int, known: dict[int, Candidate], table: dict[str, Head], *, listed: bool
) -> bool:
    """Whether another name begins at word ``k``: a known one, or one with a head of its own.

    A ministry or department (``listed``) has fields with heads in them (*Defence and Armed Forces Logistics*).
    """
    if reading.starts[k] in known:
        return True
    for j in range(k, k + 1 if listed else min(k + 5, len(reading.words))):
        if j > k and reading.gap(j - 1).strip():
            return False
        if reading.words[j] in table:
            return not (j == k and reading.words[j] in _FIELDS and not _goes_on(reading, k, known))
        if not is_name_word(reading.words[j]) and reading.words[j] not in {"and", "of"}:
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
    if word == "Code" and any(modifier in _CODES for modifier in modifiers):
        return True
    if head.proper and not any(_proper(reading, k, known) for k in range(first, first + len(modifiers))):
        return False
    if word == "Research" and (reading.starts[first] not in known or known[reading.starts[first]].type != "ORG"):
        return False
    if word == "Law" and all(m in _LAW_FIELDS or m in _GENERIC for m in modifiers):
        return False
    if word in {"Policy", "Strategy"} and all(m in _PLAIN_POLICY for m in modifiers):
        return False
    whole = known.get(reading.starts[first])
    peoples = whole is not None and whole.type == "NORP" and whole.end >= reading.ends[first + len(modifiers) - 1]
    return not (peoples and head.type in {"FAC", "PROGRAM", "LOC", "GPE"} and word not in {"Embassy", "Consulate"})
