"""Persian names of persons: behind titles, by given name, and by family name once the full name is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.grammar_fa import is_head
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import (
    STOP_FA,
    ends_name,
    given_names,
    is_rare,
    is_unknown,
    is_verb,
    vocabulary,
    whole_word_end,
)
from pipeline.text.persian_words import ZWNJ

#: Titles that stand before a name and outside its span; those of several words as tuples of their parts.
TITLES = frozenset(
    tuple(fold(title).split())
    for title in (
        "دکتر|پروفسور|مهندس|استاد|سردار|سرلشکر|سرتیپ|سرهنگ|سرگرد|سروان|ستوان|ارتشبد|سپهبد|دریادار|دریابان|دریاسالار|"
        "ناخدا|ژنرال|مارشال|آیت الله|حجت الاسلام|حجت الاسلام والمسلمین|شیخ|ملا|مولانا|سید|شهید|حاج|حاجی|میرزا|"
        "رئیس جمهور|نخست وزیر|صدراعظم|وزیر خارجه|وزیر امور خارجه|وزیر دفاع|وزیر نفت|وزیر|پادشاه|ملکه|امپراتور|تزار|"
        "لرد|کنت|پرنس|شاهزاده|سناتور|سفیر|آقای|خانم|مرحوم|کاپیتان|آدمیرال|پاپ|شاعر|نویسنده|مورخ|فیلسوف|بارون|دوک|مارکی"
    ).split("|")
)
#: Ranks that belong to the names of rulers and masters: they stand inside the span before a given name.
PREFIXES = frozenset(fold(word) for word in "سلطان شاه امیر خواجه ملک خان میر بابا پیر".split())
#: What makes a designation of a given name (عدنان-۲).
_NUMBERED = re.compile(r"-[0-9۰-۹]")
#: Particles of foreign family names, which an unknown word must follow (ژولیوس دو رویتر).
_PARTICLES = frozenset(fold("دو دی دا دلا فون فن وان").split())
_LONGEST_TITLE = max(map(len, TITLES))
_TITLE_STARTS = frozenset(title[0] for title in TITLES)
_SURNAME_PARTS = frozenset({"زاده", "پور", "نژاد", "نیا", "فر", "لو", "وند", "الدین", "الله"})
_SURNAME_ENDINGS = ("زاده", "پور", "نژاد", "نیا", "فر", "لو", "چی", "وند", "یان", "ف", "یف", "سکی", "ی")
#: Words that end in ی and follow a given name without being a family name.
_NOT_SURNAMES = frozenset(
    fold(word) for word in "ایرانی اسلامی برای یکی گاهی حتی ولی علی نبی رضوی جمهوری پهلوی صفوی".split()
) - {fold("رضوی"), fold("پهلوی"), fold("صفوی")}


def titled_persons(reading: Reading) -> Iterator[Candidate]:
    """Persons behind a title."""
    for i in range(len(reading.words)):
        size = _title_at(reading, i)
        if not size:
            continue
        first = i + size
        last = _name_end(reading, first, titled=True)
        if last is not None:
            yield Candidate(reading.starts[first], reading.ends[last], "PERSON", "pattern")


def named_persons(reading: Reading) -> Iterator[Candidate]:
    """A given name that is no common word, with a family name behind it."""
    sure, _ = given_names()
    for i, word in enumerate(reading.words):
        end = _given_end(reading, i, sure)
        if end is None or (i and reading.gap(i - 1) == ZWNJ) or word in STOP_FA:
            continue
        last = _name_end(reading, i, titled=False)
        prefixed = i > 0 and reading.words[i - 1] in PREFIXES and reading.gap(i - 1) in {" ", ZWNJ}
        if prefixed:
            yield Candidate(reading.starts[i - 1], reading.ends[last or end], "PERSON", "pattern", confidence=0.8)
        elif last is not None and last > end:
            yield Candidate(reading.starts[i], reading.ends[last], "PERSON", "pattern", confidence=0.78)


def lone_names(reading: Reading, persons: Sequence[Candidate]) -> Iterator[Candidate]:
    """Given names that stand alone (``شاهرخ``), and the first part of a full name of the text (``دولتشاه سمرقندی``)."""
    sure, _ = given_names()
    firsts: dict[str, Candidate] = {}
    for person in persons:
        parts = reading.text[person.start : person.end].split()
        if len(parts) > 1 and is_unknown(parts[0]):
            firsts.setdefault(parts[0], person)
    for i, word in enumerate(reading.words):
        if (i and reading.gap(i - 1) == ZWNJ) or word in STOP_FA:
            continue
        if word in firsts:
            yield Candidate(reading.starts[i], reading.ends[i], "PERSON", "consistency", firsts[word].key)
            continue
        end = _given_end(reading, i, sure)
        if end is not None and not _in_quotes(reading, i, end) and not _NUMBERED.match(reading.text, reading.ends[end]):
            yield Candidate(reading.starts[i], reading.ends[end], "PERSON", "pattern", confidence=0.6)


def _in_quotes(reading: Reading, first: int, last: int) -> bool:
    """Whether quotation marks open before or close behind the words: then they name a thing, most likely."""
    before, after = reading.text[: reading.starts[first]][-1:], reading.text[reading.ends[last] :][:1]
    return before in {"«", "“", '"'} or after in {"»", "”", '"'}


def family_names(reading: Reading, persons: Sequence[Candidate]) -> dict[str, Candidate]:
    """Family names that stand for one full name of the text; ones that are also common words are left out."""
    owners: dict[str, dict[str, Candidate]] = {}
    for person in persons:
        parts = reading.text[person.start : person.end].split()
        if len(parts) > 1:
            owners.setdefault(parts[-1], {}).setdefault(parts[0], person)
    return {
        family: next(iter(found.values()))
        for family, found in owners.items()
        if len(found) == 1 and (ZWNJ in family or is_unknown(family) or is_rare(family))
    }


def standing_alone(reading: Reading, owners: Mapping[str, Candidate]) -> Iterator[tuple[int, int, Candidate]]:
    """The places where a family name of ``owners`` stands."""
    if not owners:
        return
    forms = "|".join(re.escape(form) for form in sorted(owners, key=lambda form: (-len(form), form)))
    for match in re.finditer(rf"(?<![\w\u200c])(?:{forms})(?![\w\u200c])", reading.text):
        yield *match.span(), owners[match.group()]


def _title_at(reading: Reading, i: int) -> int:
    """How many words the title at ``i`` has, 0 when there is none."""
    if reading.words[i] not in _TITLE_STARTS or (i and reading.gap(i - 1) == ZWNJ):
        return 0
    for size in range(min(_LONGEST_TITLE, len(reading.words) - i - 1), 0, -1):
        inner = (reading.gap(k) in {" ", ZWNJ} for k in range(i, i + size - 1))
        # A half-space behind the word makes it a part of a name: ``حاجی‌زاده`` is nobody's pilgrimage.
        if tuple(reading.words[i : i + size]) in TITLES and all(inner) and reading.gap(i + size - 1) == " ":
            return size
    return 0


def _given_end(reading: Reading, i: int, names: frozenset[str]) -> int | None:
    """The last part of the given name at ``i``, written in one word or with half-spaces."""
    words, gaps = reading.words, reading.gaps
    last = i
    while last < i + 2 and last < len(gaps) and gaps[last] == ZWNJ:
        last += 1
    while last > i:
        if "".join(words[i : last + 1]) in names:
            return last
        last -= 1
    return i if words[i] in names else None


def _name_end(reading: Reading, first: int, *, titled: bool) -> int | None:
    """The last word of the person's name that begins at ``first``, or None."""
    sure, doubtful = given_names()
    last, k, given, family = None, first, 0, 0
    while k < len(reading.words) and k - first < 6 and family < 2:
        if k > first and reading.gap(k - 1) not in {" ", ZWNJ}:
            break
        end = _given_end(reading, k, sure | doubtful if titled or given else sure)
        if end is not None and not family:
            given += 1
            last, k = end, end + 1
            continue
        if k > first and reading.words[k] in _PARTICLES and is_unknown(_word_at(reading, k + 1)):
            k += 1
            continue
        if ends_name(reading, k) or is_verb(reading.words[k]) or is_head(reading.words[k]) or _title_at(reading, k):
            break
        last_part = whole_word_end(reading, k)
        if not (
            is_unknown(reading.words[k])
            or reading.words[last_part] in _SURNAME_PARTS
            or ((given or titled) and not family and (is_rare(reading.words[k]) or _is_surname(reading.words[k])))
        ):
            break
        last = last_part
        family += 1
        k = last + 1
    if last is None or (not titled and not (given and (family or given > 1))):
        return None
    return last


def _word_at(reading: Reading, index: int) -> str:
    return reading.words[index] if index < len(reading.words) else ""


def _is_surname(word: str) -> bool:
    return (
        len(word) > 3
        and word.endswith(_SURNAME_ENDINGS)
        and word not in vocabulary()
        and word not in _NOT_SURNAMES
        and word not in STOP_FA
    )
