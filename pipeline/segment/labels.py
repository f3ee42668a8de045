"""The words by which an article announces its parts, in both languages and in any spelling.

Labels are matched on a *folded* text of the same length (Arabic letters become Persian, small letters, kashida and
half-space become one filler), so that a label's offsets are those of the text it was found in. Persian labels allow
a half-space, a space, or nothing between their parts.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.text.language import Language
from pipeline.text.offsets import MappedText

Role = Literal[
    "abstract", "keywords", "authors", "introduction", "conclusion", "notes", "references", "acknowledgements",
    "appendix",
]  # fmt: skip

#: Roles whose text may follow the label on the same line.
RUN_IN: frozenset[Role] = frozenset(["abstract", "keywords", "authors"])

_FILLER = "\u200c"
_FOLD = str.maketrans(
    {
        **{"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی"},
        **{chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
        **{chr(code): _FILLER for code in (*range(0x064B, 0x0656), 0x0640, 0x200B, 0x200D, 0x200E, 0x200F, 0x00AD)},
        "\u00a0": " ",
    }
)

_ENGLISH: dict[Role, str] = {
    "abstract": r"a ?b ?s ?t ?r ?a ?c ?t(?: in english)?|(?:english|extended|structured|persian) abstract|summary",
    "keywords": r"key ?-?words?(?: and phrases)?|key ?-?terms|index(?:ing)? terms|index words|key concepts|descriptors|"
    r"subject terms",
    "authors": r"authors?|by",
    "introduction": r"introduction|preface|foreword",
    "conclusion": r"conclusions?|concluding remarks|(?:summary|discussion) and conclusions?",
    "notes": r"(?:end|foot) ?-?notes?|notes?(?: and references)?",
    "references": r"references?(?: list)?|list of references|reference list|(?:selected )?bibliography|works cited|"
    r"literature cited|cited literature|(?:persian|english) references",
    "acknowledgements": r"acknowledge?ments?|funding|conflicts? of interests?|author contributions?|declarations?",
    "appendix": r"append(?:ix|ices)(?: [a-z0-9])?",
}
_PERSIAN: dict[Role, str] = {
    "abstract": "چکیده|چکیده فارسی|چکیده انگلیسی|چکیده مقاله|چکیده مبسوط|چکیده گسترده|چکیده مطالب|چکیده پژوهش|"
    "چکیده ی فارسی|"
    "خلاصه|خلاصه مقاله|خلاصه فارسی",
    "keywords": "واژه های کلیدی|واژه های اصلی|واژگان کلیدی|واژگان اصلی|کلید واژه|کلید واژه ها|کلید واژه های فارسی|"
    "کلید واژگان|کلمات کلیدی|کلمه های کلیدی|کلمات راهنما|واژه های راهنما|واژگان راهنما|لغات کلیدی|کلید واژه های مقاله|"
    "واژه های نمایه|نمایه واژه ها|کلید واژگان فارسی|مفاهیم کلیدی|اصطلاحات کلیدی|توصیفگر ها|توصیفگرها",
    "authors": "نویسندگان|نویسنده|نگارنده|نگارندگان|پدید آورندگان",
    "introduction": "مقدمه|پیش گفتار|دیباچه|درآمد|مقدمه و بیان مسیله",
    "conclusion": "نتیجه|نتیجه گیری|نتایج|جمع بندی|جمع بندی و نتیجه گیری|بحث و نتیجه گیری|نتیجه گیری و پیشنهادها|فرجام|"
    "نتیجه گیری و پیشنهاد|فرجام سخن|سخن پایانی",
    "notes": "پی نوشت|پی نوشت ها|یادداشت|یادداشت ها|پا نوشت|پا نوشت ها|پاورقی|پاورقی ها|توضیحات|زیر نویس|زیر نویس ها",
    "references": "منابع|فهرست منابع|منابع و مآخذ|فهرست منابع و مآخذ|منابع و مراجع|مراجع|فهرست مراجع|مآخذ|کتاب نامه|"
    "منابع فارسی|منابع انگلیسی|منابع لاتین|منابع عربی|منابع خارجی|منابع فارسی و عربی|الف منابع فارسی|ب منابع انگلیسی|"
    "ب منابع لاتین|منابع و یادداشت ها|کتاب شناسی",
    "acknowledgements": "سپاس گزاری|تشکر و قدردانی|قدردانی|تقدیر و تشکر|تقدیر|تضاد منافع|تعارض منافع|حامی مالی|"
    "حمایت مالی|سهم نویسندگان|ملاحظات اخلاقی",
    "appendix": "پیوست|پیوست ها|ضمیمه|ضمایم|ضمیمه ها",
}
#: Parts of a structured abstract; as headings inside it they don't end it.
_STRUCTURED_EN = (
    r"background(?: and (?:aims?|objectives?|purpose))?|introduction|aims?|objectives?|purpose|(?:materials? and )?"
    r"methods?(?:ology)?|patients and methods|design(?:/methodology/approach)?|setting|findings?|results?|"
    r"discussion|conclusions?|originality(?:/value)?|value|implications?|context|research (?:aim|method(?:ology)?)"
)
_STRUCTURED_FA = (
    "زمینه|زمینه و هدف|هدف|اهداف|مقدمه|مقدمه و هدف|سابقه و هدف|بیان مسیله|روش|روش ها|روش کار|روش بررسی|روش تحقیق|"
    "روش پژوهش|روش شناسی|مواد و روش|مواد و روش ها|یافته ها|یافته|نتایج|نتیجه|نتیجه گیری|بحث|بحث و نتیجه گیری|اصالت"
)


class Label(NamedTuple):
    """A label at the start of a text: its role, its language, and where the text after it begins.

    ``end`` is the offset after the label and its separator; ``alone`` says that nothing follows it.
    """

    role: Role
    language: Language
    end: int
    alone: bool


def folded(text: str) -> str:
    """``text`` with letter variants unified, character for character."""
    return text.translate(_FOLD)


def name_key(text: str) -> str:
    """A form in which two spellings of a name compare equal: folded letters and digits only."""
    return "".join(char for char in folded(text).lower() if char.isalnum())


def _persian(labels: str) -> str:
    """A pattern for Persian labels that tolerates kashida, vowel signs, and any kind of joint."""
    ordered = sorted((folded(label) for label in labels.split("|")), key=len, reverse=True)
    return "|".join(
        "".join(rf"[ {_FILLER}]*" if char == " " else rf"{re.escape(char)}{_FILLER}*" for char in label)
        for label in ordered
    )


_LEAD = r"[\s■•▪►*#_\"“”\-–—\[(]*"
_LABEL = re.compile(
    _LEAD
    + "(?:"
    + "|".join(
        f"(?P<en_{role}>{_ENGLISH[role]})(?![a-z'’])|(?P<fa_{role}>{_persian(_PERSIAN[role])})(?![\u0620-\u06ff])"
        for role in _ENGLISH
    )
    + ")"
)
_SEPARATOR = re.compile(
    rf"[ {_FILLER}]*(?:ی(?![\u0620-\u06ff]))?[ {_FILLER})\]]*(?:[:：.,;؛\-–—―/|]+[\s{_FILLER}]*|\n\s*)"
)
_NOTHING = re.compile(rf"[\s{_FILLER}:：.\-–—―)\]*_|]*$")
_STRUCTURED = re.compile(rf"{_LEAD}(?:{_STRUCTURED_EN}|{_persian(_STRUCTURED_FA)})[\s:：.]*$")


def read_label(view: MappedText, start: int = 0) -> Label | None:
    """The label with which ``view.text[start:]`` begins, or None.

    A label stands alone on its line, or (abstract, keywords, authors) is set off from what follows by a colon, dash,
    full stop, line break, or by the end of its bold type.
    """
    text = folded(view.text[start : start + 80])
    match = _LABEL.match(text)
    if not match or not match.lastgroup:
        return None
    language, _, name = match.lastgroup.partition("_")
    role: Role = name  # type: ignore[assignment]
    lang: Language = "en" if language == "en" else "fa"
    if _NOTHING.match(view.text, start + match.end()):
        return Label(role, lang, len(view.text), True)
    if role not in RUN_IN:
        return None
    separator = _SEPARATOR.match(text, match.end())
    if separator:
        return Label(role, lang, start + separator.end(), False)
    after = start + match.end()
    if role != "authors" and view.starts[after] > view.ends[after - 1]:
        return Label(role, lang, after, False)  # the bold type ends with the label
    return None


def is_structured_abstract_heading(text: str) -> bool:
    """Whether a heading names a part of a structured abstract (Methods, یافته‌ها)."""
    return len(text) < 60 and _STRUCTURED.match(folded(text)) is not None


_SUBLISTS = "فارسی|انگلیسی|لاتین|عربی|خارجی|غیر فارسی|کتاب ها|مقاله ها|مقالات|اسناد|پایان نامه ها|سایت ها|وب گاه ها"
_SUBLIST = re.compile(
    rf"{_LEAD}(?:(?:[a-c]|الف|ب|ج|\d)[.)\-–\s]+)?(?:منابع |کتاب |مقاله )?(?:{_persian(_SUBLISTS)}"
    r"|(?:in )?(?:persian|english|arabic|foreign)(?: (?:sources|references|language))?"
    r"|books|articles|journals|documents|websites|theses)"
    r"[\s:：.)]*$"
)


def is_sublist_heading(text: str) -> bool:
    """Whether a heading divides a reference list (English, کتاب‌ها)."""
    return len(text) < 50 and _SUBLIST.match(folded(text)) is not None


_ANNOUNCES = re.compile(
    rf"(?:(?P<introduction>{_ENGLISH['introduction']}|{_persian(_PERSIAN['introduction'])})"
    rf"|(?P<conclusion>{_ENGLISH['conclusion']}|{_persian(_PERSIAN['conclusion'])}))(?![a-z\u0620-\u06ff])"
)


def opens_or_closes(title: str) -> bool:
    """Whether a heading's title begins like an introduction or a conclusion (“Conclusion and outlook”)."""
    return _ANNOUNCES.match(folded(title)) is not None
