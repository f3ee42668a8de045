"""English names of persons: behind titles, by the model, and by family name once the full name is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.grammar_en import heads
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import NOT_FAMILY, STOP_EN

_PARTICLE = r"(?:al|bin|ibn|ben|von|van|der|den|de|la|di|da|el|ul|ud|ol|e|i|y|Abu|Abd)"
_PART = r"[A-Z](?:[a-zà-žöüß]|[’'](?!s\b)(?=\w))*(?:[A-Z][a-z]+)?(?:[-‐](?:[A-Z]|al-)?[a-zA-Zà-ž]+)*"
_NAME = (
    rf"(?:(?:[A-Z]\.\s?)+\s*)?(?:{_PART}|[Aa]l-{_PART})"
    rf"(?:\s+(?:[A-Z]\.|(?:{_PARTICLE}[\s-]+){{1,2}}{_PART}|{_PART}|al-{_PART})){{0,3}}"
)
_TITLES = (
    "President|Premier|Prime Minister|Foreign Minister|Defen[cs]e Minister|Minister|Chancellor|Vice President|"
    "King|Queen|Prince|"
    "Emperor|Sultan|Emir|Sheikh|Shaykh|Ayatollah|Hojjatoleslam|Dr|Dr\\.|Prof\\.|Professor|Mr\\.|Mrs\\.|Ms\\.|Mr|Sir|Lord|Lady|"
    "General|Brigadier|Colonel|Major|Captain|Lieutenant|Admiral|Commander|Marshal|Senator|Secretary|Ambassador|"
    "Councilor|Councillor|Pope|Mullah|Mirza|Sayyid|Seyyed|president|professor|poet|novelist|philosopher|physician|"
    "astronaut|cosmonaut|author|minister|premier|scholar|historian|physicist|economist|judge|Judge|Justice"
)
_TITLED = re.compile(rf"\b(?:{_TITLES})\s+({_NAME})")
#: Titles that are a part of the name itself.
_OWN_TITLE = re.compile(r"\b(?:Mirza|Sultan|Sayyid|Seyyed)\s+$")
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?)+")
_WORDS = re.compile(r"[^\W_]+")
_ALL_NAME = re.compile(rf"{_NAME}$")
#: Family names that stand first (general knowledge of Chinese, Korean and Vietnamese names).
FAMILY_FIRST = frozenset(
    """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang Feng
    Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Zhong Jia Xia Fan
    Fang Shi Tan Liao Xiong Jin Hao Kong Bai Cui Kang Mao Qiu Qin Gu Hou Shao Meng Long Wan Duan Lei Qian Yin Chang
    Xi Mao Zhuge Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Moon Nguyen Tran Le Pham
    Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ban""".split()
)


def titled_persons(reading: Reading, taken: Occupied) -> Iterator[Candidate]:
    """Persons behind a title or role. The title stays outside the span."""
    for match in _TITLED.finditer(reading.text):
        span = _person_span(reading.text, match.start(1), match.end(1), taken)
        if span is not None and not reading.is_ordinary(reading.text[span[0] : span[1]]):
            own = _OWN_TITLE.search(reading.text, max(0, span[0] - 8), span[0])
            yield Candidate(own.start() if own else span[0], span[1], "PERSON", "pattern")


def credible_person(text: str, start: int, end: int) -> bool:
    """Whether a stretch the model calls a person is written like one."""
    surface = text[start:end]
    words = _WORDS.findall(surface)
    if not _ALL_NAME.match(surface) or surface.isupper() or any(char.isdigit() for char in surface):
        return False
    if words[-1] in NOT_FAMILY:
        return False
    return not any(word in STOP_EN or word in heads() for word in words) and len(words[-1]) > 1


def family_names(persons: Sequence[str]) -> dict[str, str]:
    """Short forms that stand for a full name of the text: its family name, when one person only has it."""
    owners: dict[str, set[str]] = {}
    for full in persons:
        bare = _INITIALS.sub("", full)
        parts = bare.split()
        if len(parts) < 2:
            continue
        family = parts[0] if parts[0] in FAMILY_FIRST and len(parts) == 2 else parts[-1]
        owners.setdefault(family, set()).add(full)
        if len(parts) >= 3:
            owners.setdefault(" ".join(parts[-2:]), set()).add(full)
    return {
        family: max(sorted(full), key=len)
        for family, full in owners.items()
        if len(family) > 1 and family[0].isupper() and _one_person(full) and family not in STOP_EN
    }


def _one_person(names: set[str]) -> bool:
    """Whether full names can be forms of one: with or without a middle name or initials."""
    ordered = sorted(names, key=len)
    return all(ordered[0].split()[0][0] == name.split()[0][0] for name in ordered)


def _person_span(text: str, start: int, end: int, taken: Occupied) -> tuple[int, int] | None:
    """The leading part of a run of capitalised words that can be a person's name."""
    last = None
    for word in _WORDS.finditer(text, start, end):
        if taken.overlaps(word.start(), word.end()):
            break
        if word.group() in STOP_EN or word.group() in heads() or (word.group().isupper() and len(word.group()) > 1):
            break
        last = word.end()
    if last is None or last - start < 2:
        return None
    surface = text[start:last]
    return (start, last) if (surface[-1].isalpha() and surface[0].isupper()) or surface.startswith("al-") else None
