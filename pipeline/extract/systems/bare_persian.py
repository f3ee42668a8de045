"""Which Persian words can be a name where no quotation marks say so: the script has no capital letters to tell."""

from __future__ import annotations

import re

from pipeline.extract.systems.lookalikes import NUMBERED
from pipeline.text.persian_words import ZWNJ, is_unknown, verb_forms, word_list

#: Words that no name begins with or consists of.
FUNCTION = frozenset(
    """در به از با بر برای که و یا را تا این آن است بود شد شده شدن کرد کردند کرده دارد داشت دارند باشد نیست هست هستند
    بودند شدند می نمی خواهد خواهند توان باید نباید نیز هم همچنین اما ولی اگر چون زیرا هر همه هیچ چه چند چندین یک دو سه
    چهار پنج شش هفت هشت نه ده صد هزار میلیون میلیارد میان بین طی پس پیش بعد قبل روی زیر نزد سوی بدون علیه توسط درباره
    مانند مثل نظیر همچون شامل یعنی جهت طبق بنابر سال ماه روز خود آنها آنان ما شما او وی ایشان چنین چنان بسیار بیش کم
    بیشتر کمتر همین همان دیگر قرار مورد وارد خارج ساخته ساخت تولید آزمایش پرتاب شلیک رونمایی گفت گفته نام نیرو طور گونه
    حال حدود نخستین اولین آخرین دومین سومین هایی های ها ای ی ام اند اش شان تازه نو جدید قدیمی سپس اکنون هنوز امروز
    تنها فقط حتی ضمن همراه درون بیرون فروند دستگاه قبضه عدد کلاس رده نوع مدل سری نسخه نمونه""".split()
)
#: Words of time: no names unless quoted.
_TEMPORAL = frozenset(
    """اوایل اواخر اواسط ابتدای انتهای پایان آغاز نیمه میانه
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت
    سپتامبر اکتبر نوامبر دسامبر محرم صفر رجب شعبان رمضان شوال شنبه یکشنبه دوشنبه جمعه
    بهار تابستان پاییز زمستان""".split()
)
#: Nouns after which a word is a place, a person, an event or a book, not a system.
OTHER_THING = re.compile(
    r"(?:^|[^\u0600-\u06FF])(?:بندر|جزیره|جزایر|شهر|شهرستان|استان|کوه|کوه‌های|قله|پایانه|تنگه|خلیج|رود|رودخانه|دریاچه"
    r"|دشت|خیابان|میدان|روستا|روستای|منطقه|ساحل|سواحل|اسکله|فرودگاه|دانشگاه|پالایشگاه|نیروگاه|سد|جاده|آب‌های|مرز"
    r"|دکتر|مهندس|آقای|خانم|سید|سردار|دریادار|امیر|ناخدا|سرهنگ|محمد|علی|حسین|رضا|احمد|شهید|امام"
    r"|عملیات|رزمایش|مانور|نبرد|روزنامه|نشریه|مجله|کتاب|خبرگزاری|انتشارات|نشر|شرکت|مؤسسه|موسسه|گروه|طرح|پروژه|برنامه"
    r"|فیلم|رمان|شعر|قانون|پیمان|معاهده|توافق|قطعنامه|بیانیه|جشنواره|جایزه)[ٔهیء]?[ \u200c]+[«“\"]?$"
)
_ENDINGS = (
    "ها", "های", "هایی", "هایش", "تر", "ترین", "شده", "کننده", "گر", "مند", "انه", "ات", "\u200cای", "ی", "ه\u200cای",
    "شان", "مان", "اند", "یم", "ند",
)  # fmt: skip
#: First parts of transliterated names that are words of the language too.
FOREIGN_OPENINGS = frozenset("سوپر بلک گلوبال وینگ لانگ استار مارک اسکای سی نیو تاپ گریت استورم".split())
_NEXT = re.compile(r"[ \u200c]+(?P<word>[\u0621-\u065F\u0670-\u06D3\u06D5-\u06EF\u06FA-\u06FF\u200c]+)")
#: Occurrences in hazm's counts up to which a noun is rare.
_RARE = 100
_DIGITS = re.compile(r"[ \u200c]*[-ـ]?\d.*$")


def stem(word: str) -> str:
    """The word without a number after it and without marks of ezafe."""
    return _DIGITS.sub("", word).strip("-ـ \u200cٔءِ")


def is_verb(word: str) -> bool:
    """Whether the word is a form of a verb and no noun."""
    bare = word.replace(ZWNJ, "")
    return word.startswith(("می" + ZWNJ, "نمی" + ZWNJ)) or (
        bare in verb_forms().infinitive and not set(word_list().classes.get(word, "")) & set("NA")
    )


def can_begin(word: str) -> bool:
    """Whether a name can begin with the word."""
    first = stem(word)
    return (
        len(first) > 1
        and first not in FUNCTION
        and first not in NUMBERED
        and first not in _TEMPORAL
        and not is_verb(first)
    )


def has_word_ending(word: str) -> bool:
    """Whether the word ends as plurals, adjectives and participles do."""
    return word.endswith(_ENDINGS)


def only_describes(word: str) -> bool:
    """Whether a dictionary has the word as an adjective or adverb and not as a noun."""
    classes = word_list().classes.get(word, "")
    return bool(classes) and not set(classes) & set("NU")


def is_adjective(word: str) -> bool:
    """Whether a dictionary has the word, with or without an ezafe after its vowel, as an adjective."""
    return any("A" in word_list().classes.get(form, "") for form in (word, word.rstrip("ٔی")))


def is_foreign(word: str) -> bool:
    """Whether no dictionary accounts for the word: a name, most likely."""
    first = stem(word)
    return is_unknown(first) and first not in FUNCTION and not is_verb(first) and not has_word_ending(first)


def is_rare(word: str) -> bool:
    """Whether a dictionary has the word, but running text hardly uses it: often a name it took in (``فونیکس``)."""
    words = word_list()
    return (
        len(word) > 3
        and words.classes.get(word) in {"N", "U"}
        and words.frequency.get(word, 0) <= _RARE
        and not has_word_ending(word)
    )


def goes_on(text: str, at: int) -> bool:
    """Whether the word at an offset continues a noun phrase: the word before it is then no name by itself."""
    match = _NEXT.match(text, at)
    if match is None:
        return False
    word = match["word"]
    if word in FUNCTION or is_verb(word):
        return False
    following = _NEXT.match(text, match.end())
    if following is not None and is_verb(following["word"]):
        return False  # the noun of a compound verb: آسیب دید، آتش گشود
    classes = word_list().classes.get(word, "")
    return "N" in classes and "A" not in classes and "D" not in classes
