"""English names that hang on a known one: *Iranian Navy*, *war with Iraq*, *Iran's nuclear program*, *port of Jask*.

Each rule is anchored at a name already found, so that lower-case words become part of a name only beside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.grammar_en import heads
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import STOP_EN

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
_WORK_OF = re.compile(r"\bthe\s+([A-Z][^\W\d_]{3,}(?:\s(?:al-|i-|e\s)?[A-Z][\w’'-]+)?)\s+of\s+$")
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
_INSIDE = re.compile(r"[A-Z]\w+\s$")
_NUMBERED_LAW = re.compile(
    r"\b(?:Executive Order|Presidential Decree|Public Law|Federal Law|Legislative Decree)\s+(?:No\.?\s*)?\d[\d-]*\b"
    r"|\b(?:Directive|Regulation|Decision)\s+(?:\((?:EU|EC|EEC)\)\s+)?(?:No\.?\s*)?\d{2,4}/\d{1,4}(?:/(?:EC|EU|EEC))?"
)
_RESOLUTION = re.compile(
    r"\b(?:UNSCRs?|UNSC Res(?:olution|\.)?|[Rr]esolutions?)\s+(?:No\.?\s*)?\d{2,4}\b"
    r"|(?<=\badopted )Resolution \d\b"
)
_SANCTIONS = re.compile(r"\bsanctions \((\d{3,4})\)")
_WHITE_PAPER = re.compile(r"\b(?:[Dd]efen[cs]e|[Gg]overnment|[Pp]olicy|[Ss]pace|[Ee]nergy)\s+[Ww]hite\s+[Pp]apers?\b")
_DEAL = re.compile(r"\binterim (?:nuclear )?(?:agreement|deal)\b")
_WESTERN = re.compile(
    r"\bwestern(?=\s+(?:resources|sources|countries|country|powers|states|governments|media|scholars|world|nations|"
    r"allies|sanctions|companies|civilization|philosophy|literature|thought|literary))"
)
_OCCASION = re.compile(
    r"\s+(?:summit|crisis|operation|massacre|earthquake|disaster|famine|conference|blockade|incident|accident|(?:civil\s+)?war)\b(?!-)"
)
_DEFINITE = re.compile(r"\b[Tt]he\s+(?:\d{4}\s+)?$")
_PACT = re.compile(
    r"\s+(?:agreements?|accords?|protocols?|convention|declaration|communiqu[eé]|treaty|armistice|concession)\b"
)
_LINE = (
    r"(?:railway|railroad|rail\s+line|highway|motorway|freeway|expressway|(?:(?:gas|oil)\s+)?pipeline|"
    r"transmission\s+line)"
)
_PLACE = r"[A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+)?"
_LINES = re.compile(rf"\b{_LINE}\b")
_ROUTE = re.compile(rf"\b{_PLACE}(?:\s?[-–—]\s?{_PLACE})+\s+$")
_NUMBERED = re.compile(r"\b(?:[A-Z]{1,2}-?\d{1,3})\s+(?:[Hh]ighway|[Mm]otorway|[Rr]oad|[Ff]reeway|[Ee]xpressway)\b")
_CORRIDOR = re.compile(r"\b[Tt]he\s+([A-Z][^\W\d_]+(?:[- ][A-Z][^\W\d_]+)?\s+corridor)\b")
_FORMAT = re.compile(r"\b\d\s?\+\s?\d(?:\s?\+\s?\d)*\s+(?:[Pp]latform|[Ff]ormat|[Gg]roup|[Mm]echanism|[Tt]alks)\b")
_EDITION = re.compile(r"\b(?:at|during|in|from)\s+(?:the\s+)?([A-Z]{3,}[A-Za-z]*(?:\s|[’'])(?:19|20)?\d\d)\b(?!\s*\))")
_TITLED_WORK = re.compile(
    r"\b(?:stor(?:y|ies)|poems?|novels?|novella|books?|plays?|films?|songs?|paintings?|treatise|essay|epic|memoirs?|ode|fable|"
    r"satire|opera|anthology|monograph)(?:,|\s+(?:called|entitled|titled))?\s+[\"“‘«]([A-Z][^\"”’»\n]{2,80}?)[,.]?[\"”’»]"
)
_HARBOUR = re.compile(r"\bBandar(?:-e|-i)?[ -][A-Z][^\W\d_]+\b(?!-)")
_COMPASS = re.compile(r"\b(West|East)\b")


def descriptions(reading: Reading, names: Sequence[Candidate], known: Lexicon) -> Iterator[Candidate]:
    """All names that hang on the ``names`` of a reading, which are in order."""
    text = reading.text
    starting = {name.start: name for name in names}
    for name in names:
        yield from _behind(text, name, starting, known)
        yield from _before(text, name)
    yield from _alone(reading, starting, {name.end for name in names if name.type != "PERSON"})


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
        if kind == "NORP" and name.key == "norp/soviet" and text[end : end + 1].isspace() and end + 1 in starting:
            republic = starting[end + 1]
            if republic.type == "GPE":
                yield Candidate(start, republic.end, "GPE", "pattern", confidence=0.85)
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
    if kind in {"GPE", "LOC"} and not name.key.startswith("loc/the-"):
        yield from _named_for(text, name, starting, known)
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


def _named_for(text: str, name: Candidate, starting: dict[int, Candidate], known: Lexicon) -> Iterator[Candidate]:
    """What is named for a place: *the Kazan summit*, *the Dayton agreement*, *Karabakh Armenians*."""
    start, end = name.start, name.end
    country = name.key in known.entries and "iso3166" in known.entries[name.key].identifiers
    definite = _DEFINITE.search(text, max(0, start - 12), start)
    if definite and (match := _OCCASION.match(text, end)):
        yield Candidate(start, match.end(), "EVENT", "pattern", confidence=0.78)
    if definite and not country and name.type == "GPE" and (match := _PACT.match(text, end)):
        yield Candidate(start, match.end(), "LAW", "pattern", confidence=0.75)
    people = starting.get(end + 1)
    if people is not None and people.type == "NORP" and not country and text[people.end - 1] == "s":
        yield Candidate(start, people.end, "NORP", "pattern", confidence=0.75)


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
    if kind == "PERSON" and (match := _WORK_OF.search(window)) and match.group(1) not in STOP_EN:
        head = match.group(1).split()[-1]
        if head not in heads() and not head.endswith(("an", "ish", "ese")):
            yield Candidate(left + match.start(1), left + match.end(1), "WORK", "pattern", confidence=0.66)
    if kind == "PERSON" and (match := _ELECTION_OF.search(window)):
        yield Candidate(left + match.start(), end, "EVENT", "pattern")


def _alone(reading: Reading, starting: dict[int, Candidate], ends: set[int]) -> Iterator[Candidate]:
    text = reading.text
    for match in _RULE.finditer(text):
        known = starting.get(match.start())
        if known is None and match.end(1) in ends:
            continue
        named = known is not None and known.type in {"GPE", "NORP", "LOC", "ORG"}
        if known is not None and named and (match.group(2).lower() != "dynasty" or known.type != "NORP"):
            continue
        if match.group(1) in STOP_EN or reading.is_quiet(match.start()) or match.group(1) in heads():
            continue
        if match.group(2)[0].isupper() and _INSIDE.search(text, max(0, match.start() - 24), match.start()):
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
    for line in _LINES.finditer(text):
        route = _ROUTE.search(text, max(0, line.start() - 80), line.start())
        if route is not None:
            opening = re.match(r"(?:The|This|A|In|On)\s+", route.group())
            yield Candidate(
                route.start() + (opening.end() if opening else 0), line.end(), "FAC", "pattern", nested=True
            )
    for match in _HARBOUR.finditer(text):
        yield Candidate(*match.span(), "GPE", "pattern", confidence=0.8)
    for match in _NUMBERED.finditer(text):
        yield Candidate(*match.span(), "FAC", "pattern", nested=True)
    for match in _CORRIDOR.finditer(text):
        if not reading.is_ordinary(match.group(1).split()[0]):
            yield Candidate(*match.span(1), "LOC", "pattern", confidence=0.75)
    for match in _FORMAT.finditer(text):
        yield Candidate(*match.span(), "ORG", "pattern", confidence=0.75)
    for match in _TITLED_WORK.finditer(text):
        yield Candidate(*match.span(1), "WORK", "pattern", confidence=0.78)
    for match in _EDITION.finditer(text):
        yield Candidate(*match.span(1), "EVENT", "pattern", confidence=0.7)
    for match in _RESOLUTION.finditer(text):
        number = match.group().split()[-1]
        yield Candidate(*match.span(), "LAW", "pattern", f"resolution:{number}")
    for match in _NUMBERED_LAW.finditer(text):
        yield Candidate(*match.span(), "LAW", "pattern", confidence=0.85)
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
        if re.search(r"\b[Ll]ook(?:ing)? (?:to the )?$", before):
            continue  # the policy of looking there
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
