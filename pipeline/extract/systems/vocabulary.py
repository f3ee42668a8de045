"""A pack made ready for searching: compiled patterns, and tables that answer what a matched word is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from pipeline.extract.systems import phrases
from pipeline.extract.systems.folding import fold
from pipeline.extract.systems.pack import Context, Family, Kind, NamePrefix, Pack, RelationRule
from pipeline.extract.systems.property_patterns import PropertyPatterns
from pipeline.extract.systems.reading import Reading, Tongue
from pipeline.text.offsets import Span

_TONGUES: tuple[Tongue, Tongue] = ("en", "fa")
#: Latin names keep their capitals: ``Patriot`` is not ``patriot``.
_NAME_EDGE = r"(?<![\w\u200c&./+-])"


@dataclass(frozen=True)
class KindNoun:
    """A kind noun in a reading; ``capital`` when written with a capital, as in a heading."""

    span: Span
    kind: Kind
    plural: bool
    capital: bool


@dataclass(frozen=True)
class KnownName:
    """A proper name the pack knows."""

    en: str
    fa: str | None
    kind: str
    origin: str | None
    context: Context


class Vocabulary:
    """The compiled form of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.kinds = {kind.id: kind for kind in pack.kinds}
        self._lineages: dict[str, tuple[str, ...]] = {}
        self._nouns: dict[Tongue, dict[str, Kind]] = {"en": {}, "fa": {}}
        for kind in pack.kinds:
            for noun in kind.nouns.en:
                for form in phrases.english_forms(noun):
                    self._nouns["en"].setdefault(_squeezed(form.lower()), kind)
            for noun in kind.nouns.fa:
                self._nouns["fa"].setdefault(_squeezed(noun), kind)
        self.families: dict[str, list[tuple[Family, str]]] = defaultdict(list)
        for family in pack.families:
            for prefix, canonical in family.spellings():
                self.families[fold(prefix)].append((family, canonical))
        self.never: dict[Tongue, frozenset[str]] = {
            "en": frozenset(pack.never.en), "fa": frozenset(map(_squeezed, pack.never.fa)),
        }  # fmt: skip
        self.modifiers: dict[Tongue, frozenset[str]] = {
            "en": frozenset(pack.modifiers.en), "fa": frozenset(map(_squeezed, pack.modifiers.fa)),
        }  # fmt: skip
        self.heads = frozenset(pack.heads)

    def remarks(self) -> list[str]:
        """What is allowed in the pack and may still be a slip: nouns of two kinds, kinds that nothing can find."""
        found = []
        for tongue in _TONGUES:
            owner: dict[str, str] = {}
            for kind in self.pack.kinds:
                for noun in kind.nouns.of(tongue):
                    first = owner.setdefault(_squeezed(noun.lower()), kind.id)
                    if first != kind.id:
                        found.append(f"the noun {noun!r} of kind {kind.id!r} already stands for {first!r}")
        used = {family.kind for family in self.pack.families}
        used |= {group.kind for group in self.pack.known_names} | {entry.kind for entry in self.pack.name_prefixes}
        parents = {kind.parent for kind in self.pack.kinds}
        for kind in self.pack.kinds:
            if not (kind.nouns.en or kind.nouns.fa or kind.id in used or kind.id in parents):
                found.append(f"kind {kind.id!r} has no nouns, and no family or name belongs to it")
        return found

    # ── kinds ──────────────────────────────────────────────────────────────────────────────────────────────────

    def kind_nouns(self, reading: Reading) -> list[KindNoun]:
        """The kind nouns of a reading, in order; of overlapping ones the longest."""
        found: list[KindNoun] = []
        pattern = self._noun_patterns[reading.language]
        for match in pattern.finditer(reading.lower):
            if reading.language == "fa":
                tail = match["tail"] or ""
                form = match[0][: len(match[0]) - len(tail)]
                plural = "ها" in tail
            else:
                form = match[0]
                plural = form.endswith("s") and not form.endswith("ss")
            kind = self._nouns[reading.language].get(_squeezed(form))
            if kind is not None:
                capital = reading.text[match.start()].isupper() and not form.isupper() and match[0][:1].isascii()
                capital = capital and not reading.text[match.start() : match.start() + 3].isupper()
                found.append(KindNoun(Span(*match.span()), kind, plural, capital))
        return found

    def lineage(self, kind_id: str) -> tuple[str, ...]:
        """A kind and its ancestors, nearest first."""
        if kind_id not in self._lineages:
            line = [kind_id]
            while (parent := self.kinds[line[-1]].parent) is not None:
                line.append(parent)
            self._lineages[kind_id] = tuple(line)
        return self._lineages[kind_id]

    def more_specific(self, one: str, other: str) -> str:
        """The descendant of the two when one descends from the other; else the first."""
        return other if one in self.lineage(other) else one

    @cached_property
    def _noun_patterns(self) -> dict[Tongue, re.Pattern[str]]:
        return {
            "en": phrases.english_nouns(noun for kind in self.pack.kinds for noun in kind.nouns.en),
            "fa": phrases.persian_nouns(noun for kind in self.pack.kinds for noun in kind.nouns.fa),
        }

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def family_prefixes(self) -> dict[Tongue, re.Pattern[str]]:
        """Finds a family's prefix in Latin letters, and in Persian ones (letter names not included)."""
        prefixes = sorted({prefix for family in self.pack.families for prefix, _ in family.spellings()})
        latin = phrases.tree_pattern(_latin_atoms(prefix) for prefix in prefixes if prefix.isascii())
        persian = phrases.tree_pattern(phrases.persian_atoms(prefix) for prefix in prefixes if not prefix.isascii())
        letter = phrases.PERSIAN_LETTER
        return {
            "en": re.compile(_NAME_EDGE + f"(?:{latin or '(?!)'})(?=[- ]?[0-9A-Z])"),
            "fa": re.compile(rf"(?<![{letter}])(?:{persian or '(?!)'})(?![{letter}])"),
        }

    @cached_property
    def known(self) -> dict[str, list[KnownName]]:
        """The known names by their key, in either language."""
        table: dict[str, list[KnownName]] = defaultdict(list)
        for group in self.pack.known_names:
            for english, persian in group.names.items():
                spellings = [*english.split("|"), *(persian.split("|") if persian else [])]
                name = KnownName(
                    spellings[0], persian.split("|")[0] if persian else None, group.kind, group.origin, group.context
                )
                for spelling in spellings:
                    table[fold(spelling)].append(name)
        return table

    @cached_property
    def known_patterns(self) -> dict[Tongue, re.Pattern[str]]:
        """Finds known names: Latin ones as written, Persian ones with any spacing."""
        groups = self.pack.known_names
        english = sorted({form for group in groups for name in group.names for form in name.split("|")})
        other = sorted({form for group in groups for name in group.names.values() if name for form in name.split("|")})
        latin = phrases.tree_pattern(map(_latin_atoms, english))
        persian = phrases.tree_pattern(map(phrases.persian_atoms, other))
        letter = phrases.PERSIAN_LETTER + r"\u200c"
        return {
            "en": re.compile(_NAME_EDGE + f"(?:{latin or '(?!)'})" + r"(?!\w)(?!-?\d)(?!['][a-rt-z])"),
            "fa": re.compile(rf"(?<![{letter}])(?:{persian or '(?!)'})(?![{letter}\d])"),
        }

    @cached_property
    def maker_words(self) -> frozenset[str]:
        """Names of makers of one word, in both languages, and Persian families that are named after theirs."""
        names = [
            form
            for group in self.pack.makers
            for pair in group.names.items()
            for side in pair
            if side
            for form in side.split("|")
        ]
        families = [form for family in self.pack.families for form, _ in family.spellings() if len(form) > 4]
        return frozenset(
            [
                *(name for name in names if name.isalpha() and not name.isupper()),
                *(name for name in families if name.isalpha() and not name.isascii()),
            ]
        )

    @cached_property
    def prefixed_names(self) -> tuple[re.Pattern[str], dict[str, NamePrefix]] | None:
        """Finds ``USS Name``; None when the pack has no such prefixes."""
        table = {prefix: entry for entry in self.pack.name_prefixes for prefix in entry.prefixes.split("|")}
        if not table:
            return None
        options = "|".join(map(re.escape, sorted(table, key=lambda p: (-len(p), p))))
        pattern = (
            rf"(?<![\w.-])(?P<prefix>{options}) [\"“]?(?P<name>[A-Z][a-z][\w'-]*(?: (?:[A-Z][a-z][\w'-]*"
            rf"|[A-Z]\.|of|de)){{0,2}})"
        )
        return re.compile(pattern), table

    # ── cues ───────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def relation_cues(self) -> list[tuple[RelationRule, dict[Tongue, re.Pattern[str]]]]:
        """Each relation with its compiled cues."""
        return [
            (rule, {"en": phrases.english_phrases(rule.cues.en), "fa": phrases.persian_phrases(rule.cues.fa)})
            for rule in self.pack.relations
        ]

    @cached_property
    def any_cue(self) -> dict[Tongue, re.Pattern[str]]:
        """Finds where a cue of any relation begins: one walk over the text instead of one for each relation."""
        return {
            "en": phrases.english_phrases(cue for rule in self.pack.relations for cue in rule.cues.en),
            "fa": phrases.persian_phrases(cue for rule in self.pack.relations for cue in rule.cues.fa),
        }

    @cached_property
    def hedges(self) -> dict[Tongue, re.Pattern[str]]:
        """Words that weaken a claim."""
        return {"en": phrases.english_phrases(self.pack.hedges.en), "fa": phrases.persian_phrases(self.pack.hedges.fa)}

    @cached_property
    def naming(self) -> dict[Tongue, str]:
        """The pattern of "called", "known as"…, to be set into larger patterns."""
        return {
            "en": phrases.tree_pattern(map(phrases.english_atoms, self.pack.naming.en)) or "(?!)",
            "fa": phrases.tree_pattern(map(phrases.persian_atoms, self.pack.naming.fa)) or "(?!)",
        }

    @cached_property
    def property_patterns(self) -> dict[Tongue, PropertyPatterns]:
        """The pack's property rules, compiled."""
        return {tongue: PropertyPatterns.of(self.pack, tongue) for tongue in _TONGUES}

    def is_never(self, language: Tongue, word: str) -> bool:
        """Whether a word cannot be a name in this field."""
        return (_squeezed(word) if language == "fa" else word) in self.never[language]

    def is_modifier(self, language: Tongue, word: str) -> bool:
        """Whether a word only describes a kind (``long-range``, ``دوربرد``)."""
        return (_squeezed(word) if language == "fa" else word) in self.modifiers[language]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200c\u0650\u0654-]+", "", text)


def _latin_atoms(name: str) -> list[str]:
    return ["[- ]?" if character in "- " else re.escape(character) for character in name]
