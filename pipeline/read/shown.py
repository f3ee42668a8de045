"""What a page shows of what its meta tags state, found however it is spaced, punctuated or spelt."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.read.composer import Paragraph
from pipeline.read.front import Front, Person, Side

_FOLD = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و", "ئ": "ی"})
#: How many places are looked at for a value that stands within longer words.
_TRIES = 50


class Shown:
    """The paragraphs of a page, searched by letters and digits alone. What is found is anchored there."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.paragraphs = paragraphs
        keys: list[str] = []
        self._starts: list[int] = []
        self._places: list[list[int]] = []
        at = 0
        for paragraph in paragraphs:
            key, places = _key_of(paragraph)
            self._starts.append(at)
            self._places.append(places)
            keys.append(key)
            at += len(key) + 1
        self._key = "\n".join(keys)

    def missing(self, front: Front) -> Front:
        """The part of ``front`` that the page does not show; the rest is anchored where it is shown."""
        rest = Front(front.language, dates=front.dates, journals=front.journals, numbers=front.numbers)
        for side, title in front.titles.items():
            value = " ".join(title.words.split())
            if not self._anchor(value, f"title.{side}", kinds=("heading", "paragraph")):
                rest.titles[side] = title
        for number, person in enumerate(front.people):
            rest.people.append(self._missing_of(person, number))
        for side, abstract in front.abstracts.items():
            if not self._mark_abstract(" ".join(p.inline.words for p in abstract), side):
                rest.abstracts[side] = abstract
        for side, keywords in front.keywords.items():
            if not self._anchor_keywords(keywords, side):
                rest.keywords[side] = keywords
        return rest

    def _missing_of(self, person: Person, number: int) -> Person:
        rest = Person()
        for side, name in person.names.items():
            if not self._anchor(name, f"authors.{number}.name.{side}"):
                rest.names[side] = name
        for side, affiliations in person.affiliations.items():
            for affiliation in affiliations:
                if not self._anchor(affiliation, f"authors.{number}.affiliation.{side}"):
                    rest.affiliations.setdefault(side, []).append(affiliation)
        if person.email and not self._anchor(person.email, f"authors.{number}.email"):
            rest.email = person.email
        if person.orcid and not self._anchor(person.orcid, f"authors.{number}.orcid"):
            rest.orcid = person.orcid
        return rest

    def _anchor(self, value: str, name: str, *, kinds: tuple[str, ...] = ()) -> bool:
        """Anchor the first place that shows a value; whether there is one."""
        key = _folded(value)
        at = self._key.find(key) if len(key) > 2 else -1
        tries = 0
        while at >= 0 and tries < _TRIES:
            tries += 1
            index = bisect_right(self._starts, at) - 1
            paragraph, places = self.paragraphs[index], self._places[index]
            begin = at - self._starts[index]
            start, end = places[begin], places[begin + len(key) - 1] + 1
            text = paragraph.inline.text
            whole = not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
            if whole and (not kinds or paragraph.kind in kinds):
                paragraph.inline.anchors.append((name, start, end))
                paragraph.values[name] = (value, None)
                return True
            at = self._key.find(key, at + 1)
        return False

    def _mark_abstract(self, value: str, side: Side) -> bool:
        """Whether the page shows an abstract; the paragraph that is the whole of it becomes one."""
        key = _folded(value)
        at = self._key.find(key)
        if at < 0:
            opening = self._key.find(key[:200]) if len(key) > 250 else -1  # in several paragraphs
            return opening >= 0
        paragraph = self.paragraphs[bisect_right(self._starts, at) - 1]
        if paragraph.kind == "paragraph" and len(_folded(paragraph.inline.words)) < len(key) + 30:
            paragraph.kind, paragraph.language = "abstract", side
        return True

    def _anchor_keywords(self, keywords: list[str], side: Side) -> bool:
        """Anchor a list of keywords where one paragraph, or one run of list items, shows them all."""
        wanted = [_folded(keyword) for keyword in keywords]
        if not all(wanted):
            return False
        for index, paragraph in enumerate(self.paragraphs):
            key = self._key[self._starts[index] : self._starts[index] + len(self._places[index])]
            if sum(map(len, wanted)) <= len(key) <= 3 * sum(map(len, wanted)) + 60 and all(w in key for w in wanted):
                at = 0
                for keyword, part in zip(keywords, wanted, strict=True):
                    begin = key.find(part, at)
                    begin = key.find(part) if begin < 0 else begin
                    at = begin + len(part)
                    places = self._places[index]
                    name = f"keywords.{side}#{keyword}"
                    paragraph.inline.anchors.append((name, places[begin], places[at - 1] + 1))
                    paragraph.values[name] = (keyword, None)
                return True
        return self._anchor_items(keywords, wanted, side)

    def _anchor_items(self, keywords: list[str], wanted: list[str], side: Side) -> bool:
        """Anchor keywords each of which is the whole of a list item."""
        items: dict[str, int] = {}
        for index, paragraph in enumerate(self.paragraphs):
            if paragraph.kind == "list_item":
                key = self._key[self._starts[index] : self._starts[index] + len(self._places[index])]
                items.setdefault(key, index)
        if not all(part in items for part in wanted):
            return False
        for keyword, part in zip(keywords, wanted, strict=True):
            paragraph, places = self.paragraphs[items[part]], self._places[items[part]]
            name = f"keywords.{side}#{keyword}"
            paragraph.inline.anchors.append((name, places[0], places[-1] + 1))
            paragraph.values[name] = (keyword, None)
        return True


def _key_of(paragraph: Paragraph) -> tuple[str, list[int]]:
    """The letters and digits of a paragraph outside its markup, folded, and where each stands."""
    marked = sorted((start, end) for _, start, end in paragraph.inline.marks)
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for place, character in enumerate(paragraph.inline.text):
        while at < len(marked) and marked[at][1] <= place:
            at += 1
        if (at < len(marked) and marked[at][0] <= place) or not character.isalnum():
            continue
        folded = character.translate(_FOLD).lower()
        if len(folded) == 1:
            letters.append(folded)
            places.append(place)
    return "".join(letters), places


def _folded(text: str) -> str:
    return "".join(f for c in text if c.isalnum() and len(f := c.translate(_FOLD).lower()) == 1)
