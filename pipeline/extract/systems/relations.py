"""How systems stand to one another, by the cues of a pack.

A cue lies between two mentions of one sentence. The system before it is the one the sentence is about: the nearest
mention that is not itself the target of an earlier cue, or, where the sentence begins with a pronoun, the first system
of the sentence before. Targets that are enumerated give one relation each; the words that weaken the claim ("is
believed to be") are kept as its qualifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from pipeline.extract.systems.found import Found
from pipeline.extract.systems.lists import linked
from pipeline.extract.systems.reading import Tongue
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.vocabulary import KindNoun
from pipeline.record import RelationType
from pipeline.text.offsets import Span

_TO_TARGET: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r",?(?:(?: |^)(?:a|an|the|its|their|both|earlier|original|older|own|well-known|famous|standard"
        r"|modern|new)(?= ))*(?: (?=\d|[a-z]+ )(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve"
        r"|sixteen|twenty)(?= ))?(?: (?:[A-Z][\w.]+(?:-made|-built)?(?:'s)?|[a-z]+-[a-z-]+|¤)){0,4}[ “\"«(]*"
    ),
    "fa": re.compile(r"(?:[ \u200c]*(?:روی|بر|¤|[^\s،.؛]+)){0,4}?[ \u200c«“\"(]*"),
}
_PRONOUN: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:It|Its|She|Her|He|They|Their|Both|This (?:[a-z-]+ ){0,2}[a-z]+|The (?:[a-z-]+ ){0,2}(?:missile"
        r"|system|ship|aircraft"
        r"|vessel|weapon|framework|software|platform|tool|drone|helicopter|submarine|model|language"
        r"|library|protocol))\b"
    ),
    "fa": re.compile(r"(?:این|آن)[ \u200c]"),
}
#: A sentence that opens with a participle and goes on with a pronoun: "Developed by …, it flies at …".
_PARTICIPLE: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:[A-Z][a-z]+ed|Built|With|Weighing|Having|Like|Since|After|Although|While)\b[^.;]{3,160}, (?:it"
        r"|she|they|its) "
    ),
    "fa": re.compile(r"(?!)"),
}
_CALLED_FA = re.compile(r"[»”\"]?[ \u200c]*(?:را )?(?:با نام|به نام|با عنوان|به اسم)[ \u200c]*[«“\"]?")
_CALLED = re.compile(
    r"(?: [a-z]+s?)?,? (?:which (?:is|was) )?(?:called|named|known as|dubbed|designated|under the name)(?:"
    r" of)? (?:the )?[“\"«]?"
)


_BY_NEAREST = frozenset({"replaces"})
#: ``flies with a Russian RD-93 engine``; ``with a U.S. F404 engine``; ``با موتور … ``: the engine of what is spoken of.
_WITH = {
    "en": re.compile(
        r"\b(?:with|uses|using|on|has) (?:an?|the|its|two|four|twin) (?:[\w.-]+ ){0,3}(?:engines?, )?(?:the )?$"
    ),
    "fa": re.compile(r"(?:^|[ \u200c])با[ \u200c]+(?:[^\s،.؛]+[ \u200c]+){0,3}[«“]?$"),
}
_EQUIPPED = re.compile(r"(?:مجهز|مسلح)[ \u200c](?:شد|شدند|است|هستند|بود|بودند|شده|گردید|گردیدند|کرد|کردند|می)")
_AFTER_TO = re.compile(r"(?:^|[ \u200c،])به[ \u200c]+(?:[^\s،.؛]+[ \u200c]+){0,4}[«“]?$")
_IT = re.compile(r" (?:it|them|this)(?:,| called| named) (?:the )?")


@dataclass(frozen=True)
class Stated:
    """A relation between two keys, with the folded words that state it."""

    type: RelationType
    source: str
    target: str
    qualifier: str | None
    evidence: Span
    found: Found


def stated_relations(
    scene: Scene, found: Sequence[Found], kinds: Mapping[Span, KindNoun] | None = None
) -> list[Stated]:
    """The relations that a scene states, each once for its pair of systems; ``kinds`` are the nouns beside mentions."""
    stated: dict[tuple[str, str, str], Stated] = {}
    targets: set[Span] = set()
    for cue, rule_type, reverse in cues_of(scene, scene.reading.around(each.span for each in found)):
        sentence = scene.reading.sentence(cue.start)
        inside = [each for each in found if sentence.start <= each.span.start < sentence.end]
        aims = _targets(scene, cue, [each for each in inside if each.span.start >= cue.end])
        if not aims:
            if (told := _told(scene, cue, rule_type, sentence, inside, found)) is not None:
                stated.setdefault((told.type, told.source, told.target), told)
            continue
        if (beside := _apposed_source(scene, rule_type, aims[-1], inside)) is not None:
            evidence = Span(cue.start, beside.span.end)
            relation = Stated(rule_type, beside.key, aims[-1].key, None, evidence, beside)
            stated.setdefault((relation.type, relation.source, relation.target), relation)
            continue
        # What is replaced is what was named last, also where an earlier cue had aimed at it.
        passed = frozenset() if rule_type in _BY_NEAREST else targets
        source = _called(scene, aims[-1], inside) or _source(scene, cue, sentence, inside, found, passed)
        if source is None:
            continue
        targets.update(each.span for each in aims)
        qualifier, start = _hedge(scene, cue, sentence)
        for aim in aims:
            one, other = (aim, source) if reverse else (source, aim)
            if one.key != other.key:
                evidence = Span(min(start, cue.start), _end(scene, aims[-1].span))
                relation = Stated(rule_type, one.key, other.key, qualifier, evidence, one)
                stated.setdefault((relation.type, relation.source, relation.target), relation)
    for relation in [*_verb_final(scene, found), *_engines(scene, found, kinds or {})]:
        stated.setdefault((relation.type, relation.source, relation.target), relation)
    for relation in [each for each in stated.values() if each.type == "powered_by"]:
        # What drives a thing is a part of it.
        part = replace(relation, type="component_of", source=relation.target, target=relation.source)
        stated.setdefault((part.type, part.source, part.target), part)
    return list(stated.values())


def _engines(scene: Scene, found: Sequence[Found], kinds: Mapping[Span, KindNoun]) -> Iterator[Stated]:
    """An engine named after "with" drives the last system before it that is no engine."""
    text = scene.reading.text
    for position, each in enumerate(found):
        if not _is_engine(scene, each, kinds):
            continue
        sentence = scene.reading.sentence(each.span.start)
        joined = _WITH[scene.reading.language].search(text, max(sentence.start, each.span.start - 70), each.span.start)
        before = [
            other
            for other in found[:position]
            if other.span.start >= sentence.start and not _is_engine(scene, other, kinds) and other.key != each.key
        ]
        if joined is not None and before:
            evidence = Span(joined.start(), each.span.end)
            yield Stated("powered_by", before[0].key, each.key, None, evidence, before[0])


def _is_engine(scene: Scene, each: Found, kinds: Mapping[Span, KindNoun]) -> bool:
    noun = kinds.get(each.span)
    own = each.known_kind or each.kind or (noun.kind.id if noun is not None else None)
    return own in scene.vocabulary.kinds and "engine" in scene.vocabulary.lineage(own)


def _verb_final(scene: Scene, found: Sequence[Found]) -> Iterator[Stated]:
    """``«پیکان» و «جوشن» به موشک هارپون مجهز شدند``: in Persian the verb closes the sentence, the carriers open it."""
    if scene.reading.language != "fa":
        return
    text = scene.reading.text
    for window in scene.reading.around(each.span for each in found):
        for verb in _EQUIPPED.finditer(text, *window):
            sentence = scene.reading.sentence(verb.start())
            inside = [each for each in found if sentence.start <= each.span.start and each.span.end <= verb.start()]
            carried = next(
                (each for each in reversed(inside) if _AFTER_TO.search(text, sentence.start, each.span.start)), None
            )
            if carried is None:
                continue
            to = _AFTER_TO.search(text, sentence.start, carried.span.start)
            assert to is not None
            carriers = [each for each in inside if each.span.end <= to.start()]
            last = carriers[-1:] if carriers else []
            for each in reversed(carriers[:-1]):
                if not linked(text, each.span, last[0].span):
                    break
                last.insert(0, each)
            for carrier in last:
                if carrier.key != carried.key:
                    evidence = Span(carried.span.start, verb.end())
                    yield Stated("carried_by", carried.key, carrier.key, None, evidence, carried)


def _told(
    scene: Scene, cue: Span, relation: RelationType, sentence: Span, inside: Sequence[Found], found: Sequence[Found]
) -> Stated | None:
    """``a land-attack variant of it, Kite,``: the pronoun is the system spoken of, the name after it the other."""
    match = _IT.match(scene.reading.text, cue.end)
    if relation != "variant_of" or match is None:
        return None
    source = next((each for each in inside if each.span.start == match.end()), None)
    before = [each for each in inside if each.span.end <= cue.start]
    target = before[-1] if before else subject_of(scene, sentence, found)
    if source is None or target is None or source.key == target.key:
        return None
    return Stated(relation, source.key, target.key, None, Span(cue.start, source.span.end), source)


def _apposed_source(scene: Scene, relation: RelationType, aim: Found, inside: Sequence[Found]) -> Found | None:
    """``A naval version of the X, the Y, is planned``: the name between commas is what the version is called."""
    if relation != "variant_of" or scene.reading.language != "en":
        return None
    text = scene.reading.text
    for each in inside:
        if each.span.start > aim.span.end and re.fullmatch(r", (?:the )?", text[aim.span.end : each.span.start]):
            return (
                each
                if re.match(r",? (?:is|was|are|were|will|has|can|reaches|entered)\b", text[each.span.end :][:12])
                else None
            )
    return None


def cues_of(scene: Scene, windows: Sequence[Span]) -> Iterator[tuple[Span, RelationType, bool]]:
    """The cues inside the windows in text order, the longest of those that overlap."""
    language = scene.reading.language
    lower = scene.reading.lower
    all_cues = [
        (Span(*match.span()), rule.type, rule.reverse)
        for window in windows
        for begin in scene.vocabulary.any_cue[language].finditer(lower, *window)
        for rule, patterns in scene.vocabulary.relation_cues
        if (match := patterns[language].match(lower, begin.start(), window.end)) is not None
    ]
    at = -1
    for cue in sorted(all_cues, key=lambda each: (each[0].start, -each[0].end)):
        if cue[0].start >= at:
            yield cue
            at = cue[0].end


def _targets(scene: Scene, cue: Span, after: Sequence[Found]) -> list[Found]:
    """The mention right after the cue, and those enumerated with it."""
    if not after:
        return []
    between = _with_nouns_marked(scene, Span(cue.end, after[0].span.start))
    if len(between) > 60 or not _TO_TARGET[scene.reading.language].fullmatch(between):
        return []
    aims = [after[0]]
    for each in after[1:]:
        if not linked(scene.reading.text, aims[-1].span, each.span) and not _linked_by_nouns(scene, aims[-1], each):
            break
        aims.append(each)
    return aims


def _linked_by_nouns(scene: Scene, one: Found, other: Found) -> bool:
    """Whether only the first one's noun, a bracket and "and" part two names: ``X missiles (range 9 km) and Y``."""
    between = _with_nouns_marked(scene, Span(one.span.end, other.span.start))
    return bool(
        re.fullmatch(
            r"(?: [a-z-]+){0,2}(?: ¤s?)?(?: \([^()]{0,60}\))?(?:, and|,| and| as well as) (?:the |its )?", between
        )
    )


def _with_nouns_marked(scene: Scene, span: Span) -> str:
    text, at, parts = scene.reading.text, span.start, []
    for noun in scene.nouns_within(span):
        if noun.span.end <= span.end:
            parts.append(text[at : noun.span.start] + "¤")
            at = noun.span.end
    return "".join([*parts, text[at : span.end]])


def _source(
    scene: Scene, cue: Span, sentence: Span, inside: Sequence[Found], found: Sequence[Found], targets: AbstractSet[Span]
) -> Found | None:
    before = [each for each in inside if each.span.end <= cue.start and each.span not in targets]
    if before:
        return before[-1]
    return subject_of(scene, sentence, found)


def subject_of(scene: Scene, sentence: Span, found: Sequence[Found]) -> Found | None:
    """The system that a sentence beginning with a pronoun speaks of: the first one of the sentence before."""
    language = scene.reading.language
    for _ in range(3):
        opens = _PRONOUN[language].match(scene.reading.text, sentence.start) or _PARTICIPLE[language].match(
            scene.reading.text, sentence.start, sentence.end
        )
        previous = scene.reading.previous_sentence(sentence)
        if not opens or previous is None:
            return None
        pronoun = _PRONOUN[language].match(scene.reading.text, previous.start)
        subject = next((each for each in found if previous.start <= each.span.start < previous.end), None)
        if subject is not None and not pronoun:
            return subject
        sentence = previous
    return None


def _called(scene: Scene, last: Found, inside: Sequence[Found]) -> Found | None:
    """``a version of X called Y`` is about Y."""
    called = _CALLED_FA if scene.reading.language == "fa" else _CALLED
    match = called.match(scene.reading.text, last.span.end)
    if match is None:
        return None
    return next((each for each in inside if each.span.start == match.end()), None)


def _hedge(scene: Scene, cue: Span, sentence: Span) -> tuple[str | None, int]:
    """The hedge before a cue and where the evidence begins."""
    start = max(sentence.start, cue.start - 48)
    if scene.reading.language == "fa":
        start = sentence.start
    for match in scene.vocabulary.hedges[scene.reading.language].finditer(scene.reading.lower, start, cue.start):
        between = scene.reading.lower[match.end() : cue.start]
        if scene.reading.language == "fa" or re.fullmatch(
            r"(?: (?:a|an|the|to|be|have|been|in|part|[a-z]+ly|[a-z]+ed|[a-z-]+)){0,5} ?", between
        ):
            first = match.start() if scene.reading.language == "en" else cue.start
            return scene.reading.text[match.start() : match.end()], first
    return None, cue.start


def _end(scene: Scene, target: Span) -> int:
    """The end of the noun phrase that a target opens."""
    noun = scene.noun_after(target)
    return noun.span.end if noun is not None else target.end
