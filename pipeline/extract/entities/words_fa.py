"""Which Persian words can go on in a name, and which end it: the script has no capital letters to tell.

Words are given as :class:`~pipeline.extract.entities.reading.Reading` has them: letters folded, parted at half-spaces.
"""

from __future__ import annotations

from functools import cache

from pipeline import resources
from pipeline.extract.entities.reading import Reading, fold
from pipeline.text.persian_words import ZWNJ, verb_forms, word_list

#: Endings and second parts of compounds that a half-space joins to the word before.
JOINED = frozenset(
    """ها های هایی ای ام ات اش مان تان شان تر ترین گذاری سازی شناسی سنجی نگاری گری داری کاری پروری شناس نگار گذار ساز
    الله الدین شاه خان زاده پور نژاد فر نیا وند لو""".split()
)
#: Words that end a name: prepositions, conjunctions, pronouns, auxiliaries, common adverbs.
STOP_FA = frozenset(
    fold(word)
    for word in """و در از به با بر برای که تا را این آن نیز هم یا اما ولی اگر چون زیرا بلکه پس سپس بی بدون درباره
    بین میان طی ضمن علیه سوی روی زیر پیش پس از نزد همراه توسط مانند همچون مثل یعنی یک دو سه چند هر همه برخی بعضی هیچ
    دیگر خود خویش وی او ما من شما آنان آنها ایشان است نیست بود نبود شد شود باشد باشند هستند بودند شدند شوند دارد
    دارند داشت داشتند کرد کردند کند کنند می نمی خواهد خواهند باید شاید تواند بتواند قرار مورد عنوان بسیار بیشتر کمتر
    اکنون امروز دیروز فردا همواره همیشه هنوز چنین چنان چه چرا کجا کدام جز مگر الا نه بله آری سال ماه روز قرن دهه
    نخست اینکه آنکه چنانچه هنگامی زمانی وقتی هرچند گرچه ازجمله نظیر شامل غیره فوق مزبور مذکور یادشده مربوط مختلف
    متعدد جدید نو تازه کنونی فعلی پیشین سابق وقت حاضر آینده گذشته اخیر جاری
    سپاسگزارم سپاسگزاریم سپاسگزار سپاسگزارند متشکرم متشکریم""".split()
)
_COPULAS = frozenset({"است", "بود", "بودند"})
#: Occurrences in hazm's counts up to which a noun is rare (common nouns have millions).
_RARE = 1_200_000
LIGHT_VERBS = frozenset(
    """کرد کردند کردن کرده کند کنند کنیم شد شدند
    شدن شده شود شوند داد دادند دادن داده دهد دهند داشت داشتند دارد دارند یافت
    یافتند یافته یابد گرفت گرفتند گرفته گیرد نمود نمودند نموده نماید است بود بودند گردید گردد زد زدند زده خورد آورد
    آوردند آورده بگیرد بگیرند بکند بکنند
    بدهد بدهند بشود بشوند بزند بیاورد بسازد بسازند ببرد ببرند بگوید بیابد""".split()
)


@cache
def vocabulary() -> frozenset[str]:
    """Common words that go on in names after a head noun."""
    words = frozenset(fold(word) for row in resources.rows("gazetteer/words_fa.tsv") for word in row[1].split("|"))
    return words | frozenset(part for word in words for part in word.split())


@cache
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Given names that are sure by themselves, and those that are also common words; half-spaces left out."""
    sure: set[str] = set()
    doubtful: set[str] = set()
    for row in resources.rows("gazetteer/given_names_fa.tsv"):
        for name in row[1].split("|"):
            (doubtful if name.startswith("?") else sure).add(fold(name.lstrip("?")).replace(ZWNJ, ""))
    return frozenset(sure), frozenset(doubtful)


def is_unknown(word: str) -> bool:
    """Whether no dictionary has the word, neither bare nor with a common ending: a name, most likely."""
    if len(word) < 3 or not word.isalpha() or word in vocabulary():
        return False
    return not _known_forms().issuperset([word]) and not any(
        word.endswith(ending) and word.removesuffix(ending) in _known_forms()
        for ending in ("ها", "های", "هایی", "ان", "ات", "ی", "ای", "اش", "شان", "تر", "ترین", "ند", "یم")
        if len(word) - len(ending) > 2
    )


def is_rare(word: str) -> bool:
    """Whether a dictionary has the word only as a noun that running text hardly uses: often a family name."""
    words = word_list()
    return (
        words.classes.get(word, "U") in {"N", "U", "EN"}
        and words.frequency.get(word, 0) <= _RARE
        and word not in vocabulary()
        and word not in STOP_FA
    )


def is_verb(word: str) -> bool:
    """Whether the word is a form of a verb and nothing else that a dictionary has."""
    return word in verb_forms().infinitive and word not in word_list().classes


def ends_name(reading: Reading, index: int) -> bool:
    """Whether the word cannot belong to a name: a function word, a finite verb, or the noun of a compound verb."""
    word = reading.words[index]
    if word in STOP_FA or not word[0].isalpha():
        return True
    if word in verb_forms().infinitive and word in LIGHT_VERBS:
        return True
    if word in verb_forms().infinitive and _closes_sentence(reading, index):
        return True
    following = reading.words[index + 1] if index + 1 < len(reading.words) else ""
    verbal = following in LIGHT_VERBS - _COPULAS and reading.gap(index) in {" ", ZWNJ}
    return verbal and not is_unknown(word) and not is_rare(word)


def _closes_sentence(reading: Reading, index: int) -> bool:
    """Whether a full stop follows: the last word of a Persian sentence is its verb, where it can be one (ساخت)."""
    return reading.text[reading.ends[index] : reading.ends[index] + 1] in {".", "؛", "؟", "!"}


def hangs_on(reading: Reading, index: int) -> bool:
    """Whether a half-space joins the word to the one before."""
    return index > 0 and reading.gap(index - 1) == ZWNJ


def whole_word_end(reading: Reading, index: int) -> int:
    """The index of the last part of a word whose parts half-spaces join."""
    while index + 1 < len(reading.words) and reading.gap(index) == ZWNJ and reading.words[index + 1] in JOINED:
        index += 1
    return index


@cache
def _known_forms() -> frozenset[str]:
    words = word_list()
    forms = {fold(word) for word in words.classes} | {
        fold(word) for word, count in words.frequency.items() if count > 2
    }
    forms.update(fold(bare) for bare in words.half_spaced)
    forms.update(fold(form) for form in verb_forms().infinitive)
    return frozenset(forms)
