"""What has the shape of a designation and is none: resolutions, articles, visas, viruses, genes, paper sizes.

Three tests, each on few characters: the folded form itself, what stands before it, and what follows it.
"""

from __future__ import annotations

import re

from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.reading import Reading
from pipeline.text.offsets import Span

#: Never a system, however it is written.
_ALWAYS = re.compile(
    r"COVID\d*|SARS\w*|MERS\w*|OMEGA\d|INTERLEUKIN\d+|VITAMIN\w+|GOAL\d+|ARTICLE\d+|RESOLUTION\d+|UNSCR\d+"
    r"|H\dN\d|CO2|H2O2?|NO[X2]|SO2|N2O|NH3"
    r"|PM(?:10|25)|G(?:7|8|20|77)|MI[56]|IL(?:\d|1\d|2[1-7])[ABR]?|TNF\d*|BRCA\d|HBA\d?C?|EU\d+|SDG\d+"
    r"|WW(?:I{1,2}|\d)|COP\d+|HPV\d+|HIV\d"
    r"|CYP\w+|GLUT\d|HLA\w+|PDL?1|CTLA4|VO2|SPO2|FEV1|N95|Y2K|BMI\d+|DSM\d|ICD\d+|PHQ\d|GAD\d|SF36|GHQ\d+"
    r"|INT\d+|FP\d+|BF16|UTF\d+|RFC\d+|MP[34]|USB\d|PM\d+"
    r"|PCL\d|COX[12]|AP1|STAT\d|MIR\d+|CD\d+"
)
#: No system unless hyphenated: paper sizes, vitamins, gases, seat rows (``A4``, ``CH4``; but the aircraft ``A-4``).
_UNLESS_HYPHENATED = re.compile(
    r"P5|RQ\d|B(?:1|2|3|4|5|6|12)|D[23]|K[129]|K12|Q[1-4]|R2|F1|MP[34]|A[0-5]|X2|P\d\d?|E\d|E\d{3}|I\d{2}|S\d{1,2}"
    r"|T[12]|H[1-9]|M[1-6]|C[1-4]|V\d|N\d|Z\d|CH4"
)
_BEFORE_EN = re.compile(
    r"(?:\b(?:resolutions?|unscr|articles?|art|sections?|sec|chapters?|tables?|figures?|figs?|annex(?:es)?"
    r"|appendix|appendices|pages?|pp?"
    r"|nos?|vols?|volumes?|issues?|paragraphs?|para|rooms?|grants?|awards?|contracts?|routes?|highways?"
    r"|roads?|streets?|flights?|gates?|halls?"
    r"|buildings?|forms?|items?|questions?|equations?|eqs?|hypothes[ei]s|steps?|phases?|grades?|levels?"
    r"|clauses?|principles?|decrees?|laws?"
    r"|acts?|bills?|cases?|documents?|docs?|vitamins?|influenza|virus(?:es)?|strains?|genes?|proteins?"
    r"|receptors?|interleukin|isbn|issn"
    r"|samples?|patients?|participants?|respondents?|interviewees?|experiments?|scenarios?|plots?|visas?"
    r"|agenda|goals?|months?|day|days|week|weeks|units?|bus|bloc)\.?|§|#)[ \n]*[-(:]?[ ]*$",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(
    r" ?[=<>≤≥±%°]|/[A-Z]{2,}\b(?!-?\d)|\+\d|/\d{2,}"
    r"| (?:visas?|highways?|roads?|motorways?|summits?|countries|nations|talks|cells?|genes?|proteins?"
    r"|receptors?|virus(?:es)?|deficiency|vitamins?|kinases?"
    r"|antibod\w+|polymorphisms?|alleles?|expression|mutations?|paper|pages?|pandemic|patients?|percent"
    r"|per cent|group of)\b"
)
_BEFORE_FA = re.compile(
    r"(?:^|[^\u0600-\u06FF])(?:قطعنامه|قطعنامه‌های|قطعنامه های|ماده|مواد|اصل|بند|تبصره|فصل|بخش|جدول|شکل"
    r"|نمودار|تصویر|صفحه|ص|صص|شماره|ش|سال|سال‌های|دهه|قرن|روز|اتاق|خیابان|پلاک|گروه|ویتامین"
    r"|کووید|کرونا|ژن|نسخه|پرواز|جاده|اسکله|بزرگراه|اتوبان|آزادراه|فاز|بلوک|منطقه|ناحیه|واحد|کد|طرح|کانال|ردیف|جلد|مرحله|گام|فرضیه|سؤال|سوال|گویه|نمونه|پرسش|ساعت|آیه|سوره|حدیث|نامه|بیت|غزل"
    r"|باب)[ٔه]?[ \u200c]*(?:شماره)?[ \u200c:(]*$"
)
_AFTER_FA = re.compile(
    r"[ \u200c]*(?:٪|%|درصد|کیلومتر|متر|مایل|کیلوگرم|گرم|تن|دلار|یورو|ریال|تومان|میلیون|میلیارد|هزار|فروند"
    r"|دستگاه|سال|نفر|روز|ماه|ساعت|دقیقه|امین|مین|بار|مورد)(?![\u0600-\u06FF])"
    r"|/\d|\+\d"
)

#: Words that take a number without being a name: ``پرواز ۶۵۵``, ``Flight 655``.
NUMBERED = frozenset(
    """پرواز جاده اسکله بزرگراه اتوبان آزادراه فاز بلوک منطقه ناحیه واحد کد طرح کانال ردیف قطعنامه ماده اصل بند تبصره
    فصل بخش جدول شکل نمودار صفحه شماره سال دهه قرن اتاق خیابان پلاک گروه نسخه جلد مرحله گام فرضیه نمونه پرسش
    Flight Figure Table Equation Section Appendix Chapter Algorithm Phase Stage Step Level Grade Resolution Article
    Block Batch Tier Version Release Part Volume Issue Page Case Day Week Month Year Route Highway Road""".split()
)


_CLASS_EN = re.compile(r"[\"”»]?[ -][Cc]lass\b|-(?:type|series)\b")
_CLASS_FA = re.compile(r"(?:کلاس|رده|رده\u200cی|رده\u200cٔ)[ٔهیء]?[ \u200c]+(?:موسوم به |به نام )?$")


def is_class(reading: Reading, span: Span) -> bool:
    """Whether the words are a ship's name lent to her class: ``the Kilo class``, ``کلاس کیلو``.

    What is written as a name of the class itself is a design of its own: ``Kilo-class``, ``کلاس «کیلو»``. A designation
    stays one as well: the Type 054A is a design, whatever follows it.
    """
    text = reading.text
    persian = reading.language == "fa"
    if not _CLASS_EN.match(text, span.end) and not (
        persian and _CLASS_FA.search(text[max(0, span.start - 40) : span.start])
    ):
        return False
    if persian and text[span.start - 1 : span.start] in {*'«“"'}:
        return False
    surface = text[span.start : span.end]
    return not any(character.isdigit() for character in surface) and not surface.lower().endswith("-class")


def is_lookalike(reading: Reading, span: Span) -> bool:
    """Whether a candidate designation is something else, by its form or its neighbours."""
    text = reading.text
    surface = text[span.start : span.end]
    key = fold(surface)
    if _ALWAYS.fullmatch(key) or ("-" not in surface and _UNLESS_HYPHENATED.fullmatch(key)):
        return True
    before = text[max(0, span.start - 24) : span.start]
    after = text[span.end : span.end + 16]
    if _BEFORE_EN.search(before) or _AFTER_EN.match(after):
        return True
    return reading.language == "fa" and bool(_BEFORE_FA.search(before) or _AFTER_FA.match(after))
