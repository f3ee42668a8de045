"""Words taken apart: how English and Persian derive and compound, and which of their parts answer each other.

``satisfiability`` is *satisfi* + *-able*, ``صدق‌پذیری`` is ``صدق`` + ``-پذیر``, and the two endings translate each
other though no list holds either word. The parts are those of the grammars, few and closed; what is left of a word must
be known to the lexicon or to the word list, so that no name is cut up. Parts are keys with a hyphen where they were
joined.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.text import lexicon
from pipeline.text.lemma import english_lemma, persian_lemma
from pipeline.text.orthography import fold, normalise_word
from pipeline.text.persian_words import ZWNJ, verb_forms, word_list

#: Parts that answer each other: the English ones, then the Persian ones.
_ANSWERS: tuple[tuple[str, str], ...] = (
    ("-able", "-پذیر -شدنی -بردار"), ("-ize", "-ساز -شدن -کردن -گردانی"), ("-logy", "-شناس"), ("-metry", "-سنج"),
    ("-graphy", "-نگار"), ("-ism", "-گرا -باوری"), ("-ist", "-گرا"), ("-like", "-گونه -مانند -وار شبه-"),
    ("-wise -based -oriented -driven -centric -centered", "-محور -گرا -مدار -بنیاد مبتنی"),
    ("-less", "بی- فاقد-"), ("-ful", "-مند -آمیز"),
    ("-therapy", "-درمان"), ("-phobia", "-هراس"), ("-cracy", "-سالار"), ("-ware", "-افزار"), ("-ship", "-ی"),
    ("de-", "-زدا"), ("un- non- in- dis-", "نا- غیر- بی- -نشده -ناپذیر عدم-"), ("-ed", "-شده"),
    ("mis-", "بد- سوء- کژ-"),
    ("sub-", "زیر- خرده-"), ("super-", "ابر- فرا- فوق-"), ("inter-", "میان- بین-"), ("intra-", "درون-"),
    ("multi- poly-", "چند- بس-"), ("auto- self-", "خود-"), ("re-", "باز-"), ("pre-", "پیش-"), ("post-", "پس- پسا-"),
    ("co-", "هم-"), ("micro-", "ریز- خرد-"), ("macro-", "کلان- درشت-"), ("bio-", "زیست-"), ("anti-", "ضد- پاد-"),
    ("semi-", "نیمه- نیم- شبه-"), ("pseudo- quasi-", "شبه-"), ("bi-", "دو-"), ("tri-", "سه-"),
    ("uni- mono-", "تک- یک-"),
    ("hyper- over-", "بیش- ابر- فرا-"), ("hypo- under-", "کم- زیر-"), ("trans- meta-", "فرا- ترا-"), ("geo-", "زمین-"),
    ("eco-", "بوم- زیست-"), ("thermo-", "گرما-"), ("psycho-", "روان-"), ("neuro-", "عصب- پی-"), ("hydro-", "آب-"),
    ("socio-", "جامعه-"), ("counter-", "ضد- پاد-"), ("fore-", "پیش-"), ("out-", "برون-"), ("cross-", "میان- بین-"),
)  # fmt: skip
#: Endings of Persian compounds that English writes as words of their own, and the keys of those words.
_HEADS: dict[str, str] = {
    "-کاو": "mining", "-یاب": "detection finding retrieval", "-بند": "classification clustering", "-گذار": "setting",
    "-پژوه": "research", "-نویس": "writing writer", "-ساز": "making construction", "-سنج": "measurement assessment",
    "-نگار": "writing mapping", "-درمان": "therapy treatment", "-شناس": "study", "-پرداز": "processing",
    "-زدا": "removal elimination", "-سرا": "house", "-محور": "based oriented driven", "-گرا": "oriented",
    "-خوان": "reading", "-گیر": "taking", "-دار": "keeping holder", "-داد": "giving", "-آموز": "learner training",
    "-فروش": "selling seller", "-خانه": "house", "-نامه": "letter", "-گزار": "holder", "-کار": "work",
}  # fmt: skip
_ENGLISH_PREFIX = re.compile(
    "^(" + "|".join(sorted((p[:-1] for ps, _ in _ANSWERS for p in ps.split() if p[-1] == "-"), key=len)[::-1]) + ")-?"
)
_ENGLISH_SUFFIXES = (
    (re.compile(r"(?:abl|ibl|abiliti|ibiliti|able|ible|ability|ibility)$"), "-able"),
    (re.compile(r"(?:ization|izer|ize|iz)$"), "-ize"),
    (re.compile(r"-?(?:wis|wise)$"), "-wise"),
    (re.compile(r"-?(?:like)$"), "-like"),
    (re.compile(r"less$"), "-less"),
    (re.compile(r"ful$"), "-ful"),
)
_PERSIAN_PREFIXES = tuple(sorted({p[:-1] for _, ps in _ANSWERS for p in ps.split() if p[-1] == "-"}, key=len)[::-1])
_PERSIAN_SUFFIXES = tuple(
    sorted({p[1:] for p in (*(p for _, ps in _ANSWERS for p in ps.split()), *_HEADS) if p[0] == "-"}, key=len)[::-1]
)
#: What an English stem loses on the way to its family's key, the longest first (keys lack plural, *ing*, *e*).
_FAMILY = re.compile(
    r"(?:abiliti|ibiliti|fulness|ousness|iveness|iviti|aliti|ariti|ation|ition|ment|ness|ship|anc|enc|iti|abl|ibl|ical"
    r"|ist|ism|ic|al|iv|at|ous|ant|ent|or|er|ar|ari|ion|ful|less|i)$"
)
_PARTICIPLES = ("-شده", "-نشده")
_SHORTEST_STEM = 5
#: What a word must tell to be a part of a compound; shorter words turn up in any row of letters.
_TELLING = 0.4
_BRITISH = ((re.compile(r"our(?=[^aeiou]|$)"), "or"), (re.compile(r"ys(?=$)"), "yz"), (re.compile(r"is(?=$)"), "iz"),
            (re.compile(r"tr(?=$)"), "ter"), (re.compile(r"ae|oe"), "e"), (re.compile(r"ll(?=[ei])"), "l"))  # fmt: skip


@cache
def answers() -> dict[str, frozenset[str]]:
    """For each English part, and each English word that a Persian ending stands for, the Persian parts."""
    found: dict[str, set[str]] = {}
    for english, persian in _ANSWERS:
        for part in english.split():
            # Hyphens and spaces are used freely (*self-execution*, نیمه نظارتی): a part may stand as a word.
            for form in (part, part.removesuffix("-"), part.removeprefix("-")):
                found.setdefault(form, set()).update(persian.split(), (other.strip("-") for other in persian.split()))
    for ending, words in _HEADS.items():
        for word in words.split():
            found.setdefault(english_lemma(word), set()).add(ending)
    return {part: frozenset(others) for part, others in found.items()}


@lru_cache(maxsize=20_000)
def english_parts(key: str) -> tuple[str, ...]:
    """The parts of an English key that the lexicon does not hold, as keys; empty when it cannot be taken apart."""
    if not key.isalpha() or len(key) < 5:
        return ()
    american = _american(key)
    if american:
        return (american,)
    known = key in lexicon.load()
    spelled = _nearest(key) if len(key) >= 6 and not known else None
    if spelled:
        return (spelled,)
    match = _ENGLISH_PREFIX.match(key)
    if match and len(rest := key[match.end() :]) >= (4 if known else 3):
        inner = _known_as(rest)
        if inner:
            return (f"{match[1]}-", inner)
        parts = _without_suffix(rest)
        if parts:
            return (f"{match[1]}-", *parts)
    return _without_suffix(key) or (() if known else _compound(key))


def _known_as(stem: str) -> str | None:
    """The lexicon's key for the last part of a longer key, which may have lost an e there."""
    known = lexicon.load()
    return next((form for form in (stem, f"{stem}e", english_lemma(stem)) if form in known), None)


def _without_suffix(key: str) -> tuple[str, ...]:
    known = lexicon.load()
    for pattern, part in _ENGLISH_SUFFIXES:
        match = pattern.search(key)
        if match and match.start() >= 3:
            stem = key[: match.start()]
            found = next((form for form in (stem, stem + "i", stem + "e", stem + "at") if form in known), None)
            if found:
                return (found, part)
    return ()


def _compound(key: str) -> tuple[str, ...]:
    """Two words written as one (``keypoint``), the longest first word that works."""
    known = lexicon.load()
    for at in range(len(key) - 3, 2, -1):
        left, right = _known_as(key[:at]), _known_as(key[at:])
        if left and right and min(known.weight(left), known.weight(right)) > _TELLING:
            return (left, right)
    return ()


def _american(key: str) -> str | None:
    """The American spelling of a British key, where the lexicon has it."""
    known = lexicon.load()
    spellings = (pattern.sub(new, key) for pattern, new in _BRITISH)
    return next((other for other in spellings if other != key and other in known), None)


def _nearest(key: str) -> str | None:
    """A key one slip away (a letter more, less, another, or two exchanged), when there is exactly one."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    alike = [other for other in lexicon.load().by_beginning(key[:2]) if abs(len(other) - len(key)) <= 1]
    found = extract(key, alike, scorer=OSA.distance, score_cutoff=1, limit=2)
    return found[0][0] if len(found) == 1 and found[0][0][-1] == key[-1] else None


@lru_cache(maxsize=20_000)
def persian_parts(word: str) -> tuple[str, ...]:
    """The parts of a Persian word, as keys; empty when it has but one."""
    whole = fold(normalise_word(word)).replace("ٔ", "")
    pieces = [piece for piece in whole.split(ZWNJ) if piece not in ("", "ها", "های", "ای", "ی")]
    parts: list[str] = []
    for at, piece in enumerate(pieces):
        parts += _parts_of(piece, first=at == 0, last=at == len(pieces) - 1, alone=len(pieces) == 1)
    if parts[1:] and parts[-1] in _PARTICIPLES:  # what was done, or not: دیده‌نشده is of دیدن
        parts[-2] = verb_forms().infinitive.get(parts[-2], parts[-2])
    return tuple(parts) if len(parts) > 1 else ()


def _parts_of(piece: str, *, first: bool, last: bool, alone: bool) -> list[str]:
    bare = re.sub("(?:ی|گی|گان)$", "", piece) if len(piece) > 3 else piece
    if first and not alone and bare in _PERSIAN_PREFIXES:
        return [f"{bare}-"]
    if last and not alone:
        for suffix in _PERSIAN_SUFFIXES:
            if suffix in (piece, bare):
                return [f"-{suffix}"]
    if alone and word_list().knows(piece) and len(piece) < 6:
        return [persian_lemma(piece)]
    known = lexicon.load().persian_keys
    for prefix in _PERSIAN_PREFIXES:
        rest = piece.removeprefix(prefix)
        if first and rest != piece and len(rest) >= 3 and (persian_lemma(rest) in known):
            return [f"{prefix}-", persian_lemma(rest)]
    for suffix in _PERSIAN_SUFFIXES:
        rest = next((form.removesuffix(suffix) for form in (piece, bare) if form.endswith(suffix)), piece)
        if last and len(suffix) > 2 and rest != piece and len(rest) >= 3 and persian_lemma(rest) in known:
            return [persian_lemma(rest), f"-{suffix}"]
    return [persian_lemma(piece)]


@lru_cache(maxsize=50_000)
def family(key: str) -> str:
    """The stem that an English key shares with the words derived from the same root."""
    while True:
        shorter = _FAMILY.sub("", key)
        if shorter == key or len(shorter) < _SHORTEST_STEM:
            return key
        key = shorter
