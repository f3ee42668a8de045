"""The form in which the grammars read a text: letters, digits and white space unified, every offset kept."""

from __future__ import annotations

from pipeline.text.numerals import DIGITS

_FOLD = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ۂ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ے": "ی"}
    | {"ة": "ه", "ؤ": "و", "أ": "ا", "إ": "ا"}
    | {chr(code): digit for code, digit in DIGITS.items()}
    # the letters of scientific transliteration («Rabīʿ», «Muḥarram»)
    | dict(zip("āīūēōḥṣḍṭẓḵġĀĪŪḤṢḌṬẒḴĠʿʾʻʼ", "aiueohsdtzkgAIUHSDTZKG" + 4 * "'", strict=True))
    | dict.fromkeys("\n\r\t\f\v\u00a0\u2002\u2003\u2009\u202f", " ")
    | dict.fromkeys("\u200d\u200e\u200f\u00ad", "\u200c")
)


def fold(text: str) -> str:
    """The text as the grammars read it, of the same length: letters and digits unified, white space as spaces."""
    return text.translate(_FOLD)
