"""Sentences of English and Persian prose, as offsets into the text that is given.

A rule-based splitter: every full stop, question or exclamation mark is a candidate, and is refused where it belongs
to an abbreviation, an initial, a number, a list number or a parenthesis, or where the next word goes on in lower
case. It looks at the script around the stop, so that mixed texts need no language argument. White space, page breaks
included, never ends a sentence. (hazm's tokenizer loses offsets, and knows only Persian stops.)
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.text.offsets import Span

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_EDGE = " \t\r\n\f\v\u00a0\u2002\u2003\u2009\u202f\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"

#: A stop with what may close after it (quotes, brackets, a note's number) and the gap before the next sentence.
_CANDIDATE = re.compile(
    rf"""(?P<stop>[.!?؟…]+)
    (?P<close>["'”’»›)\]}}*_]*)
    (?P<call>(?:\(\d{{1,3}}\)|\[\d[\d,،\s–-]{{0,20}}\]|[¹²³⁰⁴-⁹]{{1,3}}|\d{{1,3}}(?=\s))?)
    ["'”’»›)]*
    (?:[{_INVISIBLE}]*\s[\s{_INVISIBLE}]*|[{_INVISIBLE}]*$)""",
    re.VERBOSE,
)
#: A stop without a gap: Persian words on both sides, or an English word and the capital of a common first word.
_TIGHT = re.compile(rf"(?<=[{_ARABIC}]{{3}})[.؟!](?=[{_ARABIC}]{{2}})|(?<=[a-z]{{3}})[.?!](?=[A-Z][a-z]*\s)")
_LAST_TOKEN = re.compile(r"[^\s()\[\]«»“”\"'/—–]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[*_¿¡]*([^\W\d_]+(?:['’][a-z]+)?|\d+)?")
_PARENTHESIS = re.compile(r"\([^()]{1,300}\)")
#: An author–year citation that was set after the stop belongs to the sentence before it.
_TRAILING_CITATION = re.compile(r"\((?=[^()]*\d{4})[^()]{3,90}[^().!?؟]\)\.?(?=\s|$)")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Never the last word of a sentence: something always follows them.
_LEADING = _words(
    "dr mr mrs ms prof gen col lt maj capt cmdr adm sgt rev hon pres gov sen rep st mt messrs fig figs eq eqs eqn "
    "tab sec sect ch chap ref refs vol vols pp nos art arts para cf viz vs ed eds tr trans e.g i.e eg ie ca "
    "approx resp repr esp incl op"
)
#: Abbreviations that may also end a sentence; the next word decides.
_TRAILING = _words(
    "al etc inc ltd co corp bros jr sr ph.d m.sc b.sc m.a b.a a.m p.m a.d b.c dept univ assoc est jan feb mar apr "
    "jun jul aug sep sept oct nov dec u.s u.k u.n u.s.a d.c e.u min max avg ibid cit"
)
#: Abbreviations before a number only.
_BEFORE_NUMBER = frozenset({"no", "p", "n", "nr", "vol", "art", "fig"})
#: Words that begin a sentence after an abbreviation or an initial.
_STARTERS = _words(
    "The This These Those That There They Their It Its In On At As After Although Also An A And Accordingly "
    "Because Before Both But By During Each For From Furthermore He Her His How However If Instead Meanwhile "
    "Moreover Nevertheless No Nonetheless Of One Our Overall Results She Similarly Since So Some Such Then "
    "Therefore Thus To Under Until We What When Where Whereas Which While With Yet"
)
_PERSIAN_ABBREVIATIONS = _words(
    "م ق ش ه هـ ص صص ر ک ك ج چ س د ت ح ف ع رک نک ر.ک ر.ك ه.ش ه.ق هـ.ش هـ.ق ق.م ش.ه ق.ه پ.م ب.م"
)
_PERSIAN_STARTERS = _words(
    "این آن همچنین بنابراین اما هدف نتایج یافته‌ها پس سپس با در از به بر طبق نتیجه اگر چنان‌که ازاین‌رو"
) - frozenset(["با", "در", "از", "به", "بر"])
#: Words that go on with the sentence after a quotation that ends in a mark of its own.
_PERSIAN_CONTINUES = _words("را که و یا بود است می پرسید گفت")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of one paragraph, in order, without the white space around them.

    Together they hold every character that is neither white space nor invisible. A blank line ends nothing: the
    caller gives one paragraph at a time, and a paragraph may go on after a page break.
    """
    parentheses = [(m.start(), m.end()) for m in _PARENTHESIS.finditer(text)] if "(" in text else []
    opens = [start for start, _ in parentheses]
    spans: list[Span] = []
    begin = 0
    for match in _candidates(text):
        if match.start() < begin:
            continue
        cut = _cut_after(text, match, begin)
        if cut is None:
            continue
        at = bisect_right(opens, match.start()) - 1
        if at >= 0 and match.start() < parentheses[at][1] - 1 and _has_words(text, begin, opens[at]):
            continue
        _append(spans, text, begin, cut)
        begin = cut
    _append(spans, text, begin, len(text))
    return spans


def _candidates(text: str) -> list[re.Match[str]]:
    found = [*_CANDIDATE.finditer(text), *_TIGHT.finditer(text)]
    return sorted(found, key=re.Match.start)


def _cut_after(text: str, match: re.Match[str], begin: int) -> int | None:
    """Where the sentence that ``match`` closes ends, or None when it goes on."""
    if match.re is _TIGHT:
        return _tight_cut(text, match)
    if match.end() == len(text):
        return len(text)
    if not _ends_sentence(text, match, begin):
        return None
    citation = _TRAILING_CITATION.match(text, match.end())
    return citation.end() if citation else match.end()


def _tight_cut(text: str, match: re.Match[str]) -> int | None:
    word = _NEXT_WORD.match(text, match.end())
    if word and word[1] and word[1][0].isascii() and word[1] not in _STARTERS:
        return None
    return match.end()


def _ends_sentence(text: str, match: re.Match[str], begin: int) -> bool:
    stop, before = match["stop"], text[match.start() - 1 : match.start()]
    token_match = _LAST_TOKEN.search(text, max(begin, match.start() - 40), match.start())
    token = token_match[0] if token_match else ""
    word_match = _NEXT_WORD.match(text, match.end())
    word = (word_match[1] if word_match else None) or ""
    persian = _is_arabic(before) or (not before.isalpha() and _is_arabic(word[:1]))
    if word[:1].islower() and not persian:
        return False
    if match["call"].isdecimal() and not (before.isalpha() or before in "”’\"'»)" or match["close"]):
        return False
    if text[match.end()] in ",،;؛:":
        return False
    if match["close"] and persian and word in _PERSIAN_CONTINUES:
        return False
    if (len(stop) > 1 and set(stop) <= {".", "…"}) or "…" in stop:
        return not before.isspace() and token != "و" and before != "و" and not (persian and word in _PERSIAN_CONTINUES)
    if stop != ".":
        return not (persian and word in _PERSIAN_CONTINUES)
    if match["close"] and match["close"][0] not in "*_" and not _ACRONYM.match(token):
        return True
    return _ends_with_full_stop(text, token, word, begin, match.start(), persian)


def _ends_with_full_stop(text: str, token: str, word: str, begin: int, at: int, persian: bool) -> bool:
    """Whether a single full stop after ``token`` and before ``word`` is a sentence's."""
    if token.isdecimal() and not _has_words(text, begin, at - len(token)):
        return False  # the number of a list item
    if persian and _is_arabic(token[-1:]):
        abbreviation = token.strip(".") in _PERSIAN_ABBREVIATIONS or _ACRONYM.match(token) is not None
        return not abbreviation or word in _PERSIAN_STARTERS
    lower = token.lower().lstrip("-")
    if lower in _BEFORE_NUMBER and word[:1].isdecimal():
        return False
    if lower in _LEADING:
        return False
    if lower in _TRAILING or _ACRONYM.match(token) or (len(token) == 1 and token.isalpha() and token.isupper()):
        return word in _STARTERS or _is_arabic(word[:1])
    return True


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.lstrip(_EDGE)
    start += len(piece) - len(stripped)
    stripped = stripped.rstrip(_EDGE)
    if stripped:
        spans.append(Span(start, start + len(stripped)))


def _has_words(text: str, start: int, end: int) -> bool:
    return bool(text[start:end].strip(_EDGE + "\"'“‘«([*_"))


def _is_arabic(char: str) -> bool:
    return bool(char) and "\u0620" <= char <= "\u06ff" and char.isalpha()
