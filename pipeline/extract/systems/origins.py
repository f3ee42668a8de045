"""Where a system comes from, as the text says it: ``Chinese HQ-9``, ``موشک روسی``, or by who delivered it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.systems import phrases
from pipeline.extract.systems.found import Found
from pipeline.extract.systems.nationality import CountryWord
from pipeline.extract.systems.pack import Supply
from pipeline.extract.systems.reading import Tongue
from pipeline.extract.systems.scene import Scene
from pipeline.record import Origin, Property
from pipeline.text.offsets import Span

_BETWEEN = {
    "en": re.compile(
        r"(?:'s)?(?:-?(?:made|built|produced|designed|supplied|developed|manufactured|origin|owned"
        r"|operated|flagged))?(?:[ ,]|(?:and|or|the|new|own|[a-z]+-[a-z-]+|[a-z]+(?:ed|ic|al|ive|ar))\b"
        r"|[/&§¤“\"«])*"
    ),
    "fa": re.compile(r"(?:[ \u200c،]|و|[«“\"§¤])*"),
}
_MADE = {
    "en": re.compile(
        r"[\"”»]*(?:,? (?:which (?:is|was|are|were) )?(?:originally |mainly )?(?:made|built|produced"
        r"|developed|designed|manufactured) (?:by|in)) (?:the )?$"
    ),
    "fa": re.compile(r"[»”\"]*(?:[ \u200c،]+(?:ساخت|محصول|تولید|ساختهٔ|ساخته)[ \u200c]*(?:کشور[ \u200c]+)?)$"),
}
_DESCRIBES = {
    "en": re.compile(r"[\"”»]?(?:,| is| was| are| were) (?:an?|the|one of the) (?:[a-z-]+,? ){0,2}"),
    "fa": re.compile(r"[»”\"]?[ \u200c]*،[ \u200c]+(?:[^\s،.؛]+[ \u200c]+){0,2}"),
}
#: Words that show that a mention after a verb of delivery is no longer its object.
_OTHER_CLAUSE = re.compile(r"\b(?:based|copy|copies|variant|derived|similar|where|which|that|who|while|renamed)\b|[;:]")
#: A delivery that was refused, only meant, or not certain: the deliverer has the system, the receiver does not.
_UNREALISED = re.compile(
    r"(?:\b(?:agreed|offered|threatened|threatens|planned|plans|hoped|hopes|intended|intends|refused|declined|wanted|wants"
    r"|failed|unwilling|reluctant|ready|willing|prepared|seeking|sought|deal|proposed|considered|pressed|tried|attempted"
    r"|negotiated|negotiating|talks) (?:[a-z]+ly )?(?:to|on|about) (?:[a-z]+ly )?"
    r"|\b(?:not|never|n't|may|might|could|would|should|without|against|from|for|no longer|hardly)"
    r"(?: (?:[a-z]+ly|have|yet|be|to|[a-z]+ing or|[a-z]+ or))* )$"
)
_REACH = 70


def stated_origins(scene: Scene, found: Sequence[Found]) -> dict[str, list[Origin]]:
    """For each system's key the countries whose adjective, or genitive, opens a noun phrase with the mention."""
    origins: dict[str, list[Origin]] = {}
    for each in found:
        word = (
            _before(scene, each, found)
            or _maker_after(scene, each)
            or _described(scene, each)
            or (_between_noun(scene, each) if scene.reading.language == "fa" else None)
        )
        if word is not None:
            origins.setdefault(each.key, []).append(Origin(country=word.code, evidence=scene.reading.source(word.span)))
    return origins


def _before(scene: Scene, each: Found, found: Sequence[Found]) -> CountryWord | None:
    text = scene.reading.text
    for word in reversed(scene.countries_within(Span(max(0, each.span.start - _REACH), each.span.start))):
        genitive = text.startswith(("'s", "s'"), word.span.end)
        made = text.startswith("-", word.span.end)
        if (
            word.form == "name"
            and not genitive
            and not made
            and text[word.span.start : word.span.end] not in {"U.S.", "US", "UK", "PRC"}
        ):
            return None
        between = _shape(scene, Span(word.span.end, each.span.start), found)
        if each.origin is not None and each.origin != word.code and "§" in between:
            return None
        return word if _BETWEEN[scene.reading.language].fullmatch(between) else None
    return None


def _shape(scene: Scene, span: Span, found: Sequence[Found]) -> str:
    """The words of a span with mentions written § and kind nouns ¤."""
    text = scene.reading.text
    marks = [(each.span, "§") for each in found if span.contains(each.span)]
    marks += [(noun.span, "¤") for noun in scene.nouns_within(span) if noun.span.end <= span.end]
    shape, at = [], span.start
    for place, sign in sorted(marks):
        if place.start >= at:
            shape.append(text[at : place.start] + sign)
            at = place.end
    return "".join([*shape, text[at : span.end]])


def _maker_after(scene: Scene, each: Found) -> CountryWord | None:
    text = scene.reading.text
    for word in scene.countries_within(Span(each.span.end, each.span.end + _REACH))[:1]:
        if _MADE[scene.reading.language].fullmatch(text[each.span.end : word.span.start]):
            return word
    return None


def _described(scene: Scene, each: Found) -> CountryWord | None:
    """``X, a Turkish anti-ship missile``; ``X is an Iranian drone``; ``X، موشکی ایرانی``."""
    text, start = scene.reading.text, each.span.end
    for word in scene.countries_within(Span(start, start + 40))[:1]:
        if word.form == "adjective" and _DESCRIBES[scene.reading.language].fullmatch(text, start, word.span.start):
            return word
    return None


def _between_noun(scene: Scene, each: Found) -> CountryWord | None:
    """In Persian the adjective stands between the noun and the name: ``موشک چینی سی-۸۰۲``."""
    noun = scene.noun_before(each.span)
    if noun is None:
        return None
    words = [word for word in scene.countries_within(Span(noun.span.end, each.span.start)) if word.form == "adjective"]
    return words[-1] if words else None


def supplied(
    scene: Scene, found: Sequence[Found], supply: Supply
) -> tuple[dict[str, list[Origin]], dict[str, list[Property]]]:
    """Origins implied by who delivers, and ``supplied_to`` by who receives.

    English only in the order of its sentences: *China sold Iran X*, *sold X to Iran*, *Iran bought X from China*; the
    clause must hold no other verb of delivery between the parties and the system.
    """
    origins: dict[str, list[Origin]] = {}
    properties: dict[str, list[Property]] = {}
    if scene.reading.language != "en":
        return origins, properties
    verbs, purchase = _verb_patterns(supply, scene.reading.language)
    text = scene.reading.lower
    for each in found:
        sentence = scene.reading.sentence(each.span.start)
        giving = _last(verbs, text, sentence.start, each.span.start)
        buying = _last(purchase, text, sentence.start, each.span.start)
        if (
            giving is not None
            and each.span.start - giving.end() < 70
            and not _OTHER_CLAUSE.search(text[giving.end() : each.span.start])
        ):
            giver = _nearest(scene, Span(max(sentence.start, giving.start() - 60), giving.start()), last=True)
            taker = _nearest(scene, Span(giving.end(), each.span.start), last=False) or _to_whom(scene, each, sentence)
            if _UNREALISED.search(text, sentence.start, giving.start()):
                taker = None
            _note(scene, each, giver, taker, giving.start(), origins, properties)
        elif buying is not None and each.span.start - buying.end() < 50:
            taker = _nearest(scene, Span(max(sentence.start, buying.start() - 60), buying.start()), last=True)
            giver = next(
                (
                    word
                    for word in scene.countries_within(Span(each.span.end, min(sentence.end, each.span.end + 50)))
                    if text[: word.span.start].endswith(("from ", "from the "))
                ),
                None,
            )
            if _UNREALISED.search(text, sentence.start, buying.start()):
                taker = None
            if giver is not None:
                _note(scene, each, giver, taker, buying.start(), origins, properties)
    return origins, properties


def _note(
    scene: Scene,
    each: Found,
    giver: CountryWord | None,
    taker: CountryWord | None,
    at: int,
    origins: dict[str, list[Origin]],
    properties: dict[str, list[Property]],
) -> None:
    source = scene.reading.source
    if giver is not None and (each.origin is None or each.origin == giver.code):
        origins.setdefault(each.key, []).append(
            Origin(country=giver.code, evidence=source(giver.span), basis="implied")
        )
    if taker is not None and (giver is None or taker.code != giver.code):
        spans = [each.span, taker.span, *([giver.span] if giver else [])]
        evidence = Span(min([at, *(span.start for span in spans)]), max(span.end for span in spans))
        properties.setdefault(each.key, []).append(
            Property(name="supplied_to", value=taker.code, evidence=source(evidence), confidence=0.7)
        )


def _to_whom(scene: Scene, each: Found, sentence: Span) -> CountryWord | None:
    for word in scene.countries_within(Span(each.span.end, min(sentence.end, each.span.end + 90))):
        if re.search(r"\bto (?:the )?$", scene.reading.text[max(0, word.span.start - 8) : word.span.start]):
            return word
    return None


def _nearest(scene: Scene, span: Span, *, last: bool) -> CountryWord | None:
    words = [
        word
        for word in scene.countries_within(span)
        if word.form == "name" and not scene.reading.text.startswith("'s", word.span.end)
    ]
    return (words[-1] if last else words[0]) if words else None


@cache
def _verb_patterns(supply: Supply, language: Tongue) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = supply.fa if language == "fa" else supply.en
    make = phrases.persian_phrases if language == "fa" else phrases.english_phrases
    return make(words.verbs), make(words.purchase)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = list(pattern.finditer(text, start, end))
    return found[-1] if found else None


def family_origin(scene: Scene, each: Found) -> Origin | None:
    """What the pack knows of the family's country, when the mention's own sentence names that country."""
    if each.origin is None or each.bare is not None:
        return None
    words = [
        word for word in scene.countries_within(scene.reading.sentence(each.span.start)) if word.code == each.origin
    ]
    if not words:
        return None
    nearest = min(words, key=lambda word: abs(word.span.start - each.span.start))
    return Origin(country=nearest.code, evidence=scene.reading.source(nearest.span), basis="implied")


def supposed_origin(scene: Scene, each: Found) -> Origin | None:
    """A ship's prefix stands for its navy's country; a family's country counts where its paragraph names it."""
    if each.origin is None:
        return None
    if each.bare is not None:
        prefix = Span(each.span.start, each.span.start + len(each.text.split(" ")[0]))
        return Origin(country=each.origin, evidence=scene.reading.source(prefix), basis="implied")
    text = scene.reading.text
    start = text.rfind("\n\n", 0, each.span.start) + 1
    end = text.find("\n\n", each.span.end)
    words = [
        word for word in scene.countries_within(Span(start, end if end >= 0 else len(text))) if word.code == each.origin
    ]
    if not words:
        return None
    nearest = min(words, key=lambda word: abs(word.span.start - each.span.start))
    return Origin(country=nearest.code, evidence=scene.reading.source(nearest.span), basis="implied")


_FROM = re.compile(r"(?:^|[ \u200c])از[ \u200c]+(?:کشور[ \u200c]+)?$")
_TO = re.compile(r"(?:^|[ \u200c])به[ \u200c]+(?:کشور[ \u200c]+)?$")
_WITH = re.compile(r"(?:^|[ \u200c])با[ \u200c]+(?:کشور[ \u200c]+)?$")
_GETTING = re.compile(r"(?:^|[ \u200c])(?:خرید|خریداری|دریافت|واردات|سفارش|تحویل گرفتن)[ \u200cٔیِ]")
_GOT = re.compile(r"(?:خرید|خریداری کرد|دریافت کرد|تحویل گرفت|وارد کرد|سفارش داد|خریدند|گرفت)(?![\u0621-\u06D3])")
_GAVE = re.compile(r"(?:فروخت|فروختند|تحویل داد|تحویل دادند|صادر کرد|واگذار کرد|داد|اهدا کرد)(?![\u0621-\u06D3])")
_GOVERNED = re.compile(r"(?:^|[ \u200c])(?:از|به|در|با|برای|علیه|میان|بین)[ \u200c]+$")
_SIGNED = re.compile(r"(?:قرارداد|توافق)")


def _subject_in_persian(text: str, before: Sequence[CountryWord]) -> CountryWord | None:
    """The country that the clause of a delivery is about: the last before the system that nothing governs.

    Of countries joined by "and" the first stands for them; "and" after something else begins a clause.
    """
    for position in range(len(before) - 1, -1, -1):
        word = before[position]
        lead = text[max(0, word.span.start - 8) : word.span.start]
        joined = position > 0 and text[before[position - 1].span.end : word.span.start].strip(" \u200c") in {"و", "،"}
        if not joined and not _GOVERNED.search(lead):
            return word
    return None


def supplied_in_persian(
    scene: Scene, found: Sequence[Found]
) -> tuple[dict[str, list[Origin]], dict[str, list[Property]]]:
    """Origins and ``supplied_to`` of Persian sentences: ``چین سی-۸۰۲ را به ایران فروخت``؛ ``خرید ناو … از آلمان``."""
    origins: dict[str, list[Origin]] = {}
    properties: dict[str, list[Property]] = {}
    if scene.reading.language != "fa":
        return origins, properties
    text = scene.reading.text
    for each in found:
        sentence = scene.reading.sentence(each.span.start)
        end = min(sentence.end, each.span.end + 80)
        words = [word for word in scene.countries_within(Span(sentence.start, end)) if word.form == "name"]
        after = [word for word in words if word.span.start >= each.span.end]
        before = [word for word in words if word.span.end <= each.span.start]
        lead = text[max(sentence.start, each.span.start - 70) : each.span.start]
        subject = _subject_in_persian(text, before)
        giver = next((word for word in after if _FROM.search(text, each.span.end, word.span.start)), None)
        taker = next((word for word in after if _TO.search(text, each.span.end, word.span.start)), None)
        partner = next((word for word in after if _WITH.search(text, each.span.end, word.span.start)), None)
        if giver is not None and (_GETTING.search(lead) or _GOT.match(text[giver.span.end :].lstrip(" \u200c")[:14])):
            _note(scene, each, giver, subject, each.span.start, origins, properties)
        elif taker is not None and _GAVE.search(text, taker.span.end, min(sentence.end, taker.span.end + 16)):
            _note(scene, each, subject, taker, each.span.start, origins, properties)
        elif partner is not None and _SIGNED.search(lead):
            _note(scene, each, partner, subject, each.span.start, origins, properties)
    return origins, properties
