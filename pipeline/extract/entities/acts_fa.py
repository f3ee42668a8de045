"""How far the name of a Persian act or plan goes: ``قانون توزیع عادلانهٔ آب``, ``لایحهٔ حمایت از اطفال و نوجوانان``.

Such names are built of common words, but most begin with the noun of what the act does, and then go on as one chain
of nouns until a verb, a sign or a preposition that the noun does not ask for.
"""

from __future__ import annotations

from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import LIGHT_VERBS, ends_name, is_verb, whole_word_end
from pipeline.text.persian_words import ZWNJ

#: Heads whose names are built so.
ACTS = frozenset(fold("قانون لایحه مقررات طرح صندوق ستاد سازمان شورای کمیته دفتر کارگروه").split()) | {fold("آیین")}
#: Nouns of action that begin them, and the preposition that each asks for, if any.
_PREPOSITION = {
    fold(noun): preposition
    for noun, preposition in (
        entry.split(":")
        for entry in """حمایت:از حفاظت:از صیانت:از پیشگیری:از جلوگیری:از بهره‌برداری:از مبارزه:با مقابله:با رسیدگی:به
        دسترسی:به انتقال:به الحاق:به کمک:به پاسخگویی:به آبرسانی:به واگذاری:به توزیع: مدیریت: اعطای: منع: تشکیل: تأسیس:
        تنظیم: اصلاح: تسهیل: نحوه: ساماندهی: جذب: اجرای: انتخابات: استخدام: ثبت: کاهش: بهبود: رفع: ارتقای: جرایم:
        احکام: تحول: انسداد: احیای: مهار: هدفمندسازی: نوسازی: ممنوعیت: تعیین: تقسیم: واگذاری: توسعه: تجمیع: جهش:
        تشدید: تقویت: حدود: شوراهای: مدنی: آیین:""".split()
    )
}
_LONGEST = 7  # words


def act_end(reading: Reading, first: int) -> int | None:
    """The index of the last word of the chain of nouns that begins at word ``first``, or None where none begins."""
    words = reading.words
    if words[first] not in _PREPOSITION or reading.gap(first - 1).strip(f" {ZWNJ}"):
        return None
    asked = {_PREPOSITION[words[first]]} - {""}
    last, k, content = first, first + 1, 0
    while k < len(words) and k - first < _LONGEST and not reading.gap(k - 1).strip(f" {ZWNJ}"):
        if words[k] in asked and k + 1 < len(words) and not ends_name(reading, k + 1):
            asked.clear()
            k += 1
            continue
        paired = words[k] == "و" and content and _is_plural(words[last]) and k + 1 < len(words)
        if paired and _is_plural(words[k + 1]) and not ends_name(reading, k + 1):
            k += 1
            continue
        if ends_name(reading, k) or is_verb(words[k]) or _before_verb(reading, k):
            break
        asked |= {_PREPOSITION.get(words[k], "")} - {""}
        last = whole_word_end(reading, k)
        content += 1
        k = last + 1
    return last if content else None


def _is_plural(word: str) -> bool:
    return word.endswith(("ان", "ات", "ها", "ین"))


def _before_verb(reading: Reading, k: int) -> bool:
    """Whether the word is the noun of a compound verb (``اجرا می‌شود``, ``بازنگری شد``)."""
    return reading.words[k + 1 : k + 2] in (["می"], ["نمی"]) or _is_light(reading, k + 1)


def _is_light(reading: Reading, k: int) -> bool:
    return k < len(reading.words) and reading.gap(k - 1) == " " and reading.words[k] in LIGHT_VERBS
