"""Persian names by their head noun: ``وزارت امور خارجه``, ``دریای خزر``, ``دانشگاه تهران``, ``قطعنامهٔ ۲۲۳۱``.

Nothing in Persian writing marks where a name ends, so that a head from the table ``heads_fa.tsv`` gathers what its
manner allows: names already known, words of the vocabulary of names, words in no dictionary, a quoted name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from pipeline import resources
from pipeline.extract.entities.acts_fa import ACTS, act_end
from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import ends_name, is_rare, is_unknown, vocabulary, whole_word_end
from pipeline.record import EntityType
from pipeline.text.numerals import fold_digits
from pipeline.text.persian_words import ZWNJ

Manner = Literal["name", "words", "list", "number", "outer", "person", "quoted"]

_LONGEST = 7  # words behind a head
_PLAIN_GAPS = frozenset({" ", ZWNJ, "\n"})
_OPENING = re.compile(r"\s?[«“\"]")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")
#: Words that describe a kind and name nothing unless more follows.
_GENERIC = frozenset(
    fold(word)
    for word in """ملی جهانی عمومی مرکزی علمی پژوهشی آموزشی فرهنگی صنعتی تجاری اقتصادی اجتماعی سیاسی نظامی دولتی خصوصی
    اسلامی منطقه بین المللی مشترک عالی فنی حرفه هنری درمانی بهداشتی پزشکی کشاورزی مهندسی مالی بزرگ اول دوم سوم
    شمالی جنوبی شرقی غربی داخلی خارجی کار هسته توسعه همکاری جامع بازرگانی تحقیقات آب نفت گاز ایران شناسی تولید انرژی
    زنان جوانان کودکان انسانی ویژه کل استراتژیک راهبردی سرد ادبیات تاریخ زبان دوستی صلح جنگ""".split()
)
#: Heads that one generic word makes a name of (``بانک مرکزی``, ``وزارت کشاورزی``).
_CONTENT_WITH_LITTLE = frozenset(fold(word) for word in ("وزارت", "بانک"))
_PLURALS = frozenset({"ها", "های", "هایی"})
_MAKERS = frozenset(fold("شرکت موسسه گروه سازمان").split())
#: Fleets are named for their sea; a state behind one only says whose it is.
_OF_WATERS = frozenset({"ناوگان"})
_MEETINGS = frozenset(fold("نشست اجلاس").split())
#: Heads of places that are so often followed by a name that a rare word is one.
_SURE_PLACES = frozenset(
    fold(
        "سد رود رودخانه روستای شهرستان شهرک تالاب جزیره کوه فرودگاه پالایشگاه بندر "
        "مسجد ارگ کاخ قلعه کاروانسرای کلیسای آرامگاه برج میدان بازار تیمچه"
    ).split()
)
#: Heads that also mean what one does with others.
_TAKING_PART = frozenset({"شرکت"})
_NUMBER = re.compile(r"[0-9۰-۹]{2,4}")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of one or more words, the type it makes, and what may follow it."""

    words: tuple[str, ...]
    type: EntityType
    manner: Manner


@cache
def heads() -> Mapping[str, tuple[Head, ...]]:
    """The table of head nouns by their first word, the longest first."""
    table: dict[str, list[Head]] = {}
    for kind, head, manner in resources.rows("gazetteer/heads_fa.tsv"):
        words = tuple(fold(head).split())
        table.setdefault(words[0], []).append(Head(words, cast(EntityType, kind), cast(Manner, manner)))
    return {first: tuple(sorted(found, key=lambda head: -len(head.words))) for first, found in table.items()}


def headed_names(reading: Reading, known: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Names found by their head noun; ``known`` gives the names already found by their start."""
    table = heads()
    for i, word in enumerate(reading.words):
        if i and reading.gap(i - 1) == ZWNJ:
            continue
        for head in table.get(word, ()):
            size = len(head.words)
            if tuple(reading.words[i : i + size]) != head.words or reading.starts[i] in known:
                continue
            found = _named(reading, i, head, known)
            if found is not None:
                yield found
            break


def takes_part(reading: Reading, i: int) -> bool:
    """Whether word ``i`` says that others take part (با شرکت ایران و روسیه) and is the head of no company."""
    return i > 0 and reading.words[i] in _TAKING_PART and reading.words[i - 1] == "با"


def is_head(word: str) -> bool:
    """Whether a name may begin with this word as its head."""
    return word in heads()


def _named(reading: Reading, i: int, head: Head, known: Mapping[int, Candidate]) -> Candidate | None:
    after = i + len(head.words)
    if after >= len(reading.words) or reading.gap(after - 1) == ZWNJ or reading.words[after] in _PLURALS:
        return None  # plural heads name nothing: شرکت‌های نفتی
    if takes_part(reading, i):
        return None
    quoted = _quoted(reading, after - 1)
    if quoted is not None:
        return Candidate(*quoted, head.type, "pattern") if head.type not in {"PROGRAM", "LAW"} else None
    if head.manner == "quoted":
        return None
    if head.manner == "number" and _NUMBER.fullmatch(reading.words[after]) and reading.gap(after - 1) in _PLAIN_GAPS:
        key = f"resolution:{fold_digits(reading.words[after])}"
        return Candidate(reading.starts[i], reading.ends[after], head.type, "pattern", key)
    maker = known.get(reading.starts[after])
    if maker is not None and maker.type == "NORP" and head.words[0] in _MAKERS:
        return _of_a_people(reading, after, maker, head)
    last = _last_word(reading, i, after, head, known)
    if head.words[0] in ACTS and (end := act_end(reading, after)) is not None:
        last = max(end, last or 0)
    if last is None:
        return None
    if head.manner == "outer":
        return Candidate(reading.starts[after], reading.ends[last], head.type, "pattern", confidence=0.7)
    nested = head.manner == "person"
    return Candidate(reading.starts[i], reading.ends[last], head.type, "pattern", nested=nested)


def _of_a_people(reading: Reading, after: int, people: Candidate, head: Head) -> Candidate | None:
    """The name behind a people's adjective (شرکت آمریکایی موریسن نودسن): words in no dictionary."""
    k = after
    while k < len(reading.words) and reading.starts[k] < people.end:
        k += 1
    first, last = k, k - 1
    while k < len(reading.words) and k - first < 3 and reading.gap(k - 1) in {" ", ZWNJ}:
        if ends_name(reading, k) or not is_unknown(reading.words[k]):
            break
        last, k = k, k + 1
    if last < first:
        return None
    return Candidate(reading.starts[first], reading.ends[last], head.type, "pattern", confidence=0.75)


def _quoted(reading: Reading, last: int) -> tuple[int, int] | None:
    """The range between the quotation marks that open right after word ``last``."""
    end = reading.ends[last]
    if not _OPENING.match(reading.text, end):
        return None
    match = _QUOTED.match(reading.text, reading.text.find(reading.text[end : end + 2].strip(), end))
    if match is None or len(match.group(1).split()) > 6:
        return None
    return match.span(1)


def _last_word(reading: Reading, i: int, after: int, head: Head, known: Mapping[int, Candidate]) -> int | None:
    """The last word of the name that the head at ``i`` begins, or None when nothing makes a name of it."""
    words, last, k = reading.words, None, after
    generic, strange = True, 0
    while k < len(words) and k - after < _LONGEST:
        if not _goes_on(reading, k, head, known, inside=last is not None):
            break
        if words[k] == "ال" and last is None and k + 1 < len(words) and reading.gap(k) == ZWNJ:
            last, generic, strange, k = k + 1, False, strange + 1, k + 2  # ال‌پالیتو
            continue
        if words[k].startswith("ال") and last is None and k > after and reading.gap(k - 1) == ZWNJ:
            last, generic, k = k, False, k + 1
            continue
        if words[k] == "و" or (last is not None and reading.gap(k - 1).strip(f" {ZWNJ}\n") == "،"):
            k += 1 if words[k] == "و" else 0
            last = whole_word_end(reading, k)
            generic, k = False, last + 1
            continue
        name = known.get(reading.starts[k])
        if name is not None:
            ends = _after_known(reading, k, name, head)
            if ends is None or (strange and head.type in {"PROGRAM", "FAC"} and name.type == "LOC"):
                break
            last, generic = ends, False
            if name.type in {"GPE", "PERSON"} or head.manner in {"person", "name"}:
                break
            k = last + 1
            continue
        if head.manner == "person" or ends_name(reading, k):
            break
        if head.manner in {"words", "list", "number"} and words[k] in vocabulary():
            last = whole_word_end(reading, k)
            generic = generic and words[k] in _GENERIC
        elif (
            strange < 2
            and not is_head(words[k])
            and (is_unknown(words[k]) or _is_place_word(head, words[k], k == after))
        ):
            last = whole_word_end(reading, k)
            generic, strange = False, strange + 1
        else:
            break
        k = last + 1
    if last is None or (generic and not (head.words[0] in _CONTENT_WITH_LITTLE and last == after)):
        return None
    return last


def _is_place_word(head: Head, word: str, first: bool) -> bool:
    """Whether a rare word right behind a river's or dam's head is its name."""
    return first and head.words[0] in _SURE_PLACES and is_rare(word) and len(word) > 3 and not word.endswith("ی")


def _goes_on(reading: Reading, k: int, head: Head, known: Mapping[int, Candidate], *, inside: bool) -> bool:
    """Whether word ``k`` hangs together with the words before it: by a space, or by ``و`` and commas in a list."""
    gap = reading.gap(k - 1)
    if gap not in _PLAIN_GAPS:
        return inside and head.manner == "list" and gap.strip() == "،" and _lists(reading, k, known)
    if reading.words[k] != "و":
        return True
    return inside and head.manner == "list" and k + 1 < len(reading.words) and _listed(reading, k + 1, known)


def _lists(reading: Reading, k: int, known: Mapping[int, Candidate]) -> bool:
    """Whether a comma is followed by words of the vocabulary that end in ``و`` and another such word."""
    for j in range(k, min(k + 5, len(reading.words) - 1)):
        if reading.words[j] == "و":
            return j > k and _listed(reading, j + 1, known)
        if not _listed(reading, j, known):
            return False
    return False


def _listed(reading: Reading, k: int, known: Mapping[int, Candidate]) -> bool:
    return reading.words[k] in vocabulary() and reading.starts[k] not in known and not is_head(reading.words[k])


def _after_known(reading: Reading, k: int, name: Candidate, head: Head) -> int | None:
    """The index of the last word of a known name at ``k``, when the head can take it; None when it cannot."""
    if head.manner == "person" and name.type != "PERSON":
        return None
    if name.type in {"ORG", "LAW"} and head.type != "LAW" and not (name.type == "ORG" and head.words[0] in _MEETINGS):
        return None
    if name.type == "GPE" and head.words[0] in _OF_WATERS:
        return None
    if name.type == "EVENT" and (head.type != "ORG" or head.manner == "name"):
        return None
    if name.type == "PERSON" and head.type in {"LOC", "GPE", "EVENT"} and head.manner != "outer":
        return None
    last = k
    while last + 1 < len(reading.words) and reading.starts[last + 1] < name.end:
        last += 1
    return last
