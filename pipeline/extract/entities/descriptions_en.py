"""English names that hang on a known one: *Iranian Navy*, *war with Iraq*, *Iran's nuclear program*, *port of Jask*.

Each rule is anchored at a name already found, so that lower-case words become part of a name only beside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.grammar_en import STOP_EN
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading

_OWN = r"(?:['’]s)?\s+"
_FORCE = re.compile(_OWN + r"(?i:(navy)|(army)|(air force)|(coast guard)|(arm(?:ed|s) forces)|(ground forces))\b")
_BRANCHES = ("navy", "army", "air force", "coast guard", "armed forces", "ground forces")
_PROGRAM = re.compile(_OWN + r"(?:[Nn]uclear|[Ss]pace)(?:\s+energy|\s+weapons)?\s+[Pp]rogram(?:me)?s?\b")
_TURN = re.compile(r"(?:['’]s)?\s+(?:pivot|rebalanc\w+|tilt)\s+(?:to|towards?)\s+(?:the\s+)?")
_UPHEAVAL = re.compile(
    r"(?:['’]s)?\s+(?:(?:civil|constitutional)\s+)?(?:revolution|civil war|uprising|coup|[Hh]ostage [Cc]risis)\b"
)
_CRISIS = re.compile(
    r"(?:['’]s)?\s+(?:nuclear|missile|hostage|oil|debt|refugee|financial|political|energy|water)\s+crisis\b"
)
_ATTACK = re.compile(
    r"(?:['’]s|-led)?\s+(?:military\s+)?(?:attacks?|invasion|occupation|bombing|air\s?strikes?)\s+(?:on|of|in|against)\s+"
    r"(?:the\s+)?"
)
_INVASION = re.compile(r"\b(?:invasion|occupation|partition|reunification)\s+of\s+(?:the\s+)?$")
_WAR_WITH = re.compile(
    r"(?<!\ba )(?<!\bany )(?<!\bpossible )(?<!\bpotential )\b(war)\s+(?:with|against|on|in)\s+(?:the\s+)?$"
)
_FALL = re.compile(r"\b((?:fall|collapse|overthrow|dissolution|disintegration|breakup|downfall)\s+of\s+(?:the\s+)?)$")
_ELECTION_OF = re.compile(r"\b((?:re-?election|election|assassination|inauguration)\s+of\s+(?:President\s+)?)$")
_ELECTION = re.compile(r"['’]s\s+(?:re-?election|election|inauguration|assassination)\b")
_TITLE_BEFORE = re.compile(r"\b(?:President|Prime Minister|Premier|Chancellor)\s+$")
_SUMMIT = re.compile(r"(?:\s+\([A-Z]{2,8}\))?\s+summit\b(?:\s+in\s+)?")
_PLACE_OF = re.compile(r"\b((?:port|airport|refinery|shipyard)\s+(?:of|in)\s+)$", re.IGNORECASE)
_WORKS = re.compile(
    r"\s+(?:(?:oil|gas|offshore)\s+(?:field|terminal|refinery)|(?:nuclear|power|enrichment|hydroelectric|desalination|solar)"
    r"\s+(?:\w+\s+)?(?:plant|facility|site|station|reactor)|port|seaport|airport|factory|refinery|reactor|dam|shipyard|"
    r"naval base|air base|airbase|launch site|cosmodrome|space center|space centre|pipeline|canal|observatory)\b"
    r"(?!\s+calls?)"
)
_FIELD = re.compile(
    r"\b([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:\s+[A-Z][a-z]+)?\s+(?:(?:oil|gas)\s*fields?|oilfield|refinery|dam|airport|seaport|"
    r"nuclear\s+(?:power\s+)?(?:plant|facility|site)|power\s+(?:plant|station)|wind\s+farm|naval\s+base)\b"
)
_RULE = re.compile(
    r"\b([A-Z][a-z]+(?:-[A-Z][a-z]+)?)\s+([Aa]dministration|[Rr]egime|[Cc]abinet|[Gg]overnment|[Dd]ynasty)\b"
)
_RESOLUTION = re.compile(r"\b(?:UNSCRs?|UNSC Res(?:olution|\.)?|[Rr]esolutions?)\s+(?:No\.?\s*)?\d{2,4}\b")
_SANCTIONS = re.compile(r"\bsanctions \((\d{3,4})\)")
_WHITE_PAPER = re.compile(r"\b(?:[Dd]efen[cs]e|[Gg]overnment|[Pp]olicy|[Ss]pace|[Ee]nergy)\s+[Ww]hite\s+[Pp]apers?\b")
_DEAL = re.compile(r"\binterim (?:nuclear )?(?:agreement|deal)\b")
_WESTERN = re.compile(
    r"\bwestern(?=\s+(?:resources|sources|countries|country|powers|states|governments|media|scholars|world|nations|"
    r"allies|sanctions|companies|civilization|philosophy|literature|thought|literary))"
)
_COMPASS = re.compile(r"\b(West|East)\b")


def descriptions(reading: Reading, names: Sequence[Candidate], known: Lexicon) -> Iterator[Candidate]:
    """All names that hang on the ``names`` of a reading, which are in order."""
    text = reading.text
    starting = {name.start: name for name in names}
    for name in names:
        yield from _behind(text, name, starting, known)
        yield from _before(text, name)
    yield from _alone(reading, starting)


def _behind(text: str, name: Candidate, starting: dict[int, Candidate], known: Lexicon) -> Iterator[Candidate]:
    start, end, kind = name.start, name.end, name.type
    if kind in {"GPE", "NORP"}:
        nation = _nation(name, known)
        if nation and (match := _FORCE.match(text, end)):
            branch = _BRANCHES[match.lastindex - 1 if match.lastindex else 0]
            yield Candidate(start, match.end(), "ORG", "pattern", f"force:{nation}:{branch}")
        if match := _PROGRAM.match(text, end):
            what = "space" if "pace" in match.group() else "nuclear"
            yield Candidate(start, match.end(), "PROGRAM", "pattern", f"programme:{nation}:{what}" if nation else "")
        if (match := _TURN.match(text, end)) and match.end() in starting:
            target = starting[match.end()]
            if target.type == "LOC":
                yield Candidate(start, target.end, "PROGRAM", "pattern", f"turn:{nation}")
        if nation and ((match := _UPHEAVAL.match(text, end)) or (match := _CRISIS.match(text, end))):
            yield Candidate(start, match.end(), "EVENT", "pattern")
        if (match := _ATTACK.match(text, end)) and match.end() in starting:
            target = starting[match.end()]
            if target.type in {"GPE", "LOC"}:
                yield Candidate(start, target.end, "EVENT", "pattern")
    if kind in {"GPE", "PERSON"} or (kind == "LOC" and not name.key.startswith("loc/")):
        country = "iso3166" in known.entries[name.key].identifiers if name.key in known.entries else False
        if kind == "GPE" and not country and (match := _WORKS.match(text, end)):
            yield Candidate(start, match.end(), "FAC", "pattern", nested=True)
    if kind == "ORG" and (match := _SUMMIT.match(text, end)):
        stop = match.end()
        if match.group().endswith(" ") and stop in starting and starting[stop].type == "GPE":
            stop = starting[stop].end
        else:
            stop = match.start() + match.group().index("summit") + len("summit")
        yield Candidate(start, stop, "EVENT", "pattern")
    if kind == "PERSON" and (match := _ELECTION.match(text, end)):
        title = _TITLE_BEFORE.search(text, max(0, start - 20), start)
        yield Candidate(title.start() if title else start, match.end(), "EVENT", "pattern")


def _before(text: str, name: Candidate) -> Iterator[Candidate]:
    start, end, kind = name.start, name.end, name.type
    left = max(0, start - 40)
    window = text[left:start]
    if kind == "GPE":
        if (match := _WAR_WITH.search(window)) and not name.key.endswith("/terror"):
            yield Candidate(left + match.start(1), end, "EVENT", "pattern")
        if match := _INVASION.search(window):
            yield Candidate(left + match.start(), end, "EVENT", "pattern", confidence=0.7)
        if match := _PLACE_OF.search(window):
            yield Candidate(left + match.start(), end, "FAC", "pattern", nested=True)
    if (kind in {"GPE", "ORG"}) and (match := _FALL.search(window)):
        yield Candidate(left + match.start(), end, "EVENT", "pattern")
    if kind == "PERSON" and (match := _ELECTION_OF.search(window)):
        yield Candidate(left + match.start(), end, "EVENT", "pattern")


def _alone(reading: Reading, starting: dict[int, Candidate]) -> Iterator[Candidate]:
    text = reading.text
    for match in _RULE.finditer(text):
        known = starting.get(match.start())
        named = known is not None and known.type in {"GPE", "NORP", "LOC", "ORG"}
        if known is not None and named and (match.group(2).lower() != "dynasty" or known.type != "NORP"):
            continue
        if match.group(1) in STOP_EN or reading.is_quiet(match.start()):
            continue
        left = max(0, match.start() - 40)
        if fall := _FALL.search(text[left : match.start()]):
            yield Candidate(left + fall.start(), match.end(), "EVENT", "pattern")
        if match.group(2).lower() == "dynasty":
            yield Candidate(*match.span(), "ORG", "pattern", confidence=0.7)
        else:
            yield Candidate(*match.span(), "ORG", "pattern", nested=True)
    for match in _FIELD.finditer(text):
        known = starting.get(match.start())
        if (
            match.group(1) not in STOP_EN
            and (known is None or known.type == "PERSON")
            and not reading.is_quiet(match.start())
        ):
            yield Candidate(*match.span(), "FAC", "pattern")
    for match in _RESOLUTION.finditer(text):
        number = match.group().split()[-1]
        yield Candidate(*match.span(), "LAW", "pattern", f"resolution:{number}")
    for match in _SANCTIONS.finditer(text):
        yield Candidate(*match.span(), "LAW", "pattern", f"resolution:{match.group(1)}", 0.6)
    for match in _WHITE_PAPER.finditer(text):
        yield Candidate(*match.span(), "LAW", "pattern", "white paper:" + match.group().split()[0].lower())
    for match in _DEAL.finditer(text):
        yield Candidate(*match.span(), "LAW", "pattern", "law/joint-plan-of-action", 0.6)
    for match in _WESTERN.finditer(text):
        yield Candidate(*match.span(), "NORP", "pattern", "norp/western")


def compass(text: str) -> Iterator[Candidate]:
    """*the West* and *the East* as blocs; *East and West Asia* names two regions."""
    for match in _COMPASS.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 12) : start], text[end : end + 24]
        if before.endswith(("-", "’", "'")) and not before.endswith("led "):
            continue
        if re.match(r"[-–]\w|['’]s?\w|\s+[A-Z]", after) or re.search(r"[A-Z]\w*\s$", before):
            continue
        if other := re.match(
            r"\s+(?:and|or)\s+(?:West|East|North|South|Central)(?:ern)?\s+(Asia|Africa|Europe)\b", after
        ):
            region = f"loc/{match.group().lower()}-{other.group(1).lower()}"
            yield Candidate(start, end, "LOC", "pattern", region)
        elif re.search(r"(?:\b[Tt]he|-led|\band|\bwith|[Ee]ither|between)\s+$", before) or re.match(
            r"\s+and\s+(?:the\s+)?East", after
        ):
            yield Candidate(start, end, "LOC", "pattern", f"loc/the-{match.group().lower()}")


def _nation(name: Candidate, known: Lexicon) -> str:
    """The country code of a country or of its people, else an empty string."""
    entry = known.entries.get(name.key)
    return (entry.identifiers.get("iso3166") or entry.identifiers.get("of") or "") if entry else ""
