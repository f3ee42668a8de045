"""The roles of the elements of HTML: what of a page is the article, and what calls its notes."""

from __future__ import annotations

import re
from itertools import islice

from pipeline import record
from pipeline.read.front import declared
from pipeline.read.markup_tree import Element, child, content, local
from pipeline.read.tree_writer import Role, TreeWriter
from pipeline.text.numerals import fold_digits

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "italic"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(
        ("script", "style", "noscript", "template", "nav", "head", "aside", "iframe", "object", "embed", "svg",
         "canvas", "audio", "video", "img", "picture", "map", "button", "input", "select", "textarea", "datalist",
         "dialog", "link", "meta", "title", "footer", "applet", "frame", "frameset", "menu"), "skip"),
    **dict.fromkeys(
        ("div", "section", "article", "main", "header", "body", "html", "form", "fieldset", "details", "summary",
         "address", "figure", "hgroup", "dl", "dt", "dd", "center", "legend", "tr", "td", "th", "tbody", "thead",
         "tfoot", "blockcode", "search", "noframes", "label"), "block"),
    "p": "paragraph", "ul": "list", "ol": "list", "dir": "list", "li": "item", "blockquote": "quote", "table": "table",
    "caption": "caption", "figcaption": "caption", "sup": "sup", "sub": "sub", "br": "break", "a": "link", "hr": "rule",
    "pre": "code", "del": "skip", "s": "skip", "strike": "skip",
}  # fmt: skip
#: Names of classes and ids that mark what surrounds an article.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation|igator)?|menu|breadcrumbs?|sidebar|side-?bar|footer|cookies?|share|social|login|banner"
    r"|advert(?:s|isement)?|related(?:-?articles?)?|toolbar|pagination|pager|skip-?link|visually-?hidden|sr-only|popup|modal"
    r"|newsletter|comments?-?form|search-?(?:box|form)|copyright|galleys?|downloads?|metrics|altmetric|citation-?display"
    r"|how-?to-?cite|cite-?as)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_NAME = re.compile(
    r"(?:foot|end)-?_?notes?|(?:^|[\s_#-])(?:fn|ftn|_ftn|_edn|edn|note)[\s_:-]?\d*|پانویس|پی.?نوشت", re.I
)
_REFERENCE_NAME = re.compile(
    r"(?:^|[\s_#-])(?:ref|bib|cit|cite|citation|CR|R|B)[\s_.:-]?\d+|references|bibliograph", re.I
)
_CALL = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})\s*[\])]?", re.IGNORECASE)
#: The most links that are followed, and the most places they may lead to.
_MOST_LINKS, _MOST_NOTES = 5_000, 2_000
_HOLDERS = ("li", "p", "div", "dd", "aside", "td", "section")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def main_part(root: Element) -> Element:
    """The element that holds the article: the page's one ``main`` or ``article``, else its body."""
    body = child(root, "body")
    body = root if body is None else body
    candidates = list(body.iter("main")) or [e for e in body.iter() if e.get("role") == "main"]
    candidates = candidates or list(body.iter("article"))
    if len(candidates) == 1:
        chosen = candidates[0]
        if any(True for _ in chosen.iter("h1")) or 2 * len(content(chosen)) > _visible(body):
            return chosen
    return body


def _visible(body: Element) -> int:
    """Roughly how many characters a page shows."""
    unseen = sum(len(content(each)) for each in body.iter("script", "style", "nav", "footer"))
    return max(len(content(body)) - unseen, 0)


class HtmlWriter(TreeWriter):
    """Writes what a page shows."""

    def __init__(self, root: Element) -> None:
        super().__init__()
        self._notes: dict[Element, str] = {}
        self._calls: dict[Element, str] = {}
        self._in_note: str | None = None
        self._find_notes(root)

    def role(self, element: Element, name: str) -> Role:
        """The role of an element; unknown ones are words in a line."""
        if element in self._notes:
            return "note"
        if _is_hidden(element):
            return "skip"
        if name in ("a", "sup", "span") and element in self._calls:
            return "call"
        role = _ROLES.get(name, "inline")
        if role == "block" and name not in ("body", "html", "main", "article", "td", "th", "tr"):
            named = f"{element.get('class') or ''} {element.get('id') or ''}"
            if named.strip() and _AROUND.search(named) and not any(True for _ in element.iter("h1")):
                return "skip"
        return role

    def language_of(self, element: Element) -> record.Language | None:
        """What ``lang`` says; right-to-left text without it is taken for Persian (where the letters agree)."""
        code = element.get("lang") or element.get(_XML_LANG)
        if code:
            return declared(code)
        direction = (element.get("dir") or "").lower()
        if direction == "rtl":
            return "fa"
        return "en" if direction == "ltr" else None

    def element(self, element: Element) -> None:
        """Write an element; two spans of unlike classes that touch are apart, as style sheets set them."""
        if local(element) == "span" and element.get("class"):
            before = element.getprevious()
            touches = before is not None and local(before) == "span" and not before.tail
            if touches and before.get("class") not in (None, element.get("class")):
                super().words(" ")
        super().element(element)

    def heading_level(self, element: Element) -> int:
        """The digit in the element's name."""
        return int(local(element)[1])

    def item_prefix(self, element: Element, ordinal: int) -> str | None:
        """Numbers in an ordered list."""
        if local(element) != "ol":
            return None
        start = element.get("start") or "1"
        return f"{int(start) + ordinal - 1 if start.isdecimal() and len(start) < 6 else ordinal}. "

    def link(self, element: Element) -> None:
        """The words of a link; what only leads back from a note to its call is left out."""
        href = element.get("href") or ""
        words = content(element).strip()
        if self._in_note is not None and "#" in href and len(words) <= 6:
            return
        orcid = re.search(r"orcid\.org/([\d-]{18}[\dX])", href)
        if orcid and orcid[1] not in words:
            self.walk(element)
            self.words(f" ORCID: {orcid[1]} ")
        elif href.startswith("mailto:") and "@" not in words:
            self.words(f" {href[7:].partition('?')[0]} ")
        else:
            self.walk(element)

    def call(self, element: Element) -> None:
        """What calls a note, as its label."""
        self.line.call(self._calls[element])

    def note_label(self, element: Element) -> str | None:
        """The label of a note."""
        return self._notes[element]

    def walk(self, element: Element) -> None:
        """Write what is in an element; a note's own number at its beginning is not written twice."""
        label = self._notes.get(element)
        if label is None:
            super().walk(element)
            return
        outer, self._in_note = self._in_note, label
        super().walk(element)
        self._in_note = outer

    def words(self, text: str | None) -> None:
        """Add words to the line."""
        if text and self._in_note is not None and not len(self.line):
            lead = re.match(r"\s*[\[(^]?\s*(\d{1,3})\s*[\])]?\s*[.:\-–]?\s*", fold_digits(text))
            if lead and lead[1] == self._in_note:
                text = text[lead.end() :]
        super().words(text)

    def _find_notes(self, root: Element) -> None:
        """Pair the links that call notes with the notes they lead to."""
        targets: dict[str, Element] = {}
        order: dict[Element, int] = {}
        for place, element in enumerate(root.iter()):
            if local(element) == "a" or element.get("id"):
                order[element] = place
            for name in (element.get("id"), element.get("name") if local(element) == "a" else None):
                if name:
                    targets.setdefault(name, element)
        lengths: dict[Element, int] = {}
        ordinal = 0
        for link in islice(root.iter("a"), _MOST_LINKS):
            href = link.get("href") or ""
            mark = _CALL.fullmatch(content(link).strip())
            target = targets.get(href[1:]) if href.startswith("#") and mark else None
            if target is None or mark is None or order[target] < order[link]:
                continue  # what leads back up leads from a note to its call
            note = _holder(target)
            if note is None or any(note is outer for outer in link.iterancestors()):
                continue
            if note not in self._notes:
                if len(lengths) > _MOST_NOTES or not _is_note(link, target, note, lengths):
                    continue
                ordinal += 1
                printed = fold_digits(mark[1])
                taken = set(self._notes.values())
                self._notes[note] = printed if printed.isdecimal() and printed not in taken else str(ordinal)
            outer = link.getparent()
            raised = outer is not None and local(outer) == "sup" and content(outer).strip() == content(link).strip()
            self._calls[outer if raised else link] = self._notes[note]


def _holder(target: Element) -> Element | None:
    """The block that a link's target stands for: itself, or the one it begins."""
    for element in (target, *target.iterancestors()):
        name = local(element)
        if name in _HOLDERS:
            return element
        if name in ("body", "html", "table", "ol", "ul"):
            return None
    return None


def _is_note(link: Element, target: Element, note: Element, lengths: dict[Element, int]) -> bool:
    """Whether a link calls a note rather than cites an entry of the reference list or leads up the page."""
    if note not in lengths:
        lengths[note] = len(content(note).strip())
    if lengths[note] <= len(content(link).strip()) + 2:
        return False
    around = [note, *list(note.iterancestors())[:3]]
    names = " ".join(f"{e.get('class') or ''} {e.get('id') or ''}" for e in (target, *around))
    if _NOTE_NAME.search(names):
        return True
    if _REFERENCE_NAME.search(names):
        return False
    return (
        any(local(outer) == "sup" for outer in (link, *list(link.iterancestors())[:2]))
        or link.find(".//sup") is not None
    )


def _is_hidden(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in ("navigation", "banner", "contentinfo", "search", "dialog", "menu", "menubar")
        or _HIDDEN.search(element.get("style") or "") is not None
    )
