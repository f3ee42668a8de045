"""XML parsed without risk, and small questions about its elements. JATS and the parts of a DOCX come through here.

No DTD is loaded, nothing is fetched, no entity is expanded by the parser; the depth and the size of text nodes stay
within libxml2's own limits. References to entities remain in the tree and are answered by :class:`Entities`: the named
characters of HTML (which the DTD of JATS knows too) and plain texts that the document declares itself. An entity built
from other entities, the stuff of a "billion laughs", ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from pipeline.errors import ReadError

#: An element of lxml, which has no types of its own.
Element = Any

_REFUSED = re.compile(r"amplification|entity.*loop|loop.*entit|recursive entit|excessive depth|resource limit", re.I)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_PREDEFINED = {b"amp", b"lt", b"gt", b"quot", b"apos"}
#: The longest text an entity of the document's own may stand for, and how many references are answered.
_LONGEST_ENTITY, _MOST_REFERENCES = 2_000, 10_000


def parse_xml(data: bytes, name: str, *, damaged: str, lenient: bool = False) -> tuple[Element, str | None]:
    """The root of an XML document, and what had to be mended (None when nothing was).

    ``damaged`` is the code of the ReadError for a document that is not well formed; with ``lenient`` such a document is
    read as far as libxml2 can mend it. A document that is unsafe raises ReadError ``E-XML-UNSAFE``.
    """
    from lxml import etree

    try:
        return etree.fromstring(data, _parser()), None
    except etree.XMLSyntaxError as error:
        first = error
    _refuse(first, name)
    if lenient:
        for attempt, recover in ((_named_characters(data), False), (_named_characters(data), True)):
            try:
                root = etree.fromstring(attempt, _parser(recover=recover))
            except etree.XMLSyntaxError as error:
                _refuse(error, name)
                continue
            if root is not None:
                return root, _reason(first)
    raise ReadError(
        f"{name}: the XML is not well formed ({_reason(first)}); export or fetch the file again", code=damaged
    )


def _parser(*, recover: bool = False) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, recover=recover, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _refuse(error: Exception, name: str) -> None:
    if _REFUSED.search(str(error)):
        raise ReadError(
            f"{name}: the XML is built to exhaust whoever reads it ({_reason(error)}), and was refused",
            code="E-XML-UNSAFE",
        ) from None


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else "no document in it"


def _named_characters(data: bytes) -> bytes:
    """HTML's named characters as numbers, for documents that use them without the DTD that declares them."""

    def number(match: re.Match[bytes]) -> bytes:
        text = html5.get(match[1].decode("ascii") + ";")
        if match[1] in _PREDEFINED or text is None:
            return match[0]
        return b"".join(b"&#%d;" % ord(character) for character in text)

    return _NAMED.sub(number, data)


class Entities:
    """What the references of one document stand for. ``unknown`` counts those that were left out."""

    def __init__(self, root: Element, name: str) -> None:
        self.name = name
        self.unknown = 0
        self._left = _MOST_REFERENCES
        dtd = root.getroottree().docinfo.internalDTD
        self._own: dict[str, str | None] = {}
        if dtd is not None:
            for entity in dtd.iterentities():
                if entity.name is not None:
                    self._own.setdefault(entity.name, entity.content)

    def text(self, name: str) -> str:
        """The characters of an entity. Raises ReadError ``E-XML-UNSAFE`` for one made from others."""
        if name not in self._own:
            known = html5.get(f"{name};")
            if known is None:
                self.unknown += 1
            return known or ""
        content = self._own[name]
        if content is None:  # in another file
            self.unknown += 1
            return ""
        self._left -= 1
        nested = re.search(r"&(?!#|amp;|lt;|gt;|quot;|apos;)", content)
        if nested or len(content) > _LONGEST_ENTITY or self._left < 0:
            raise ReadError(
                f"{self.name}: the entity {name!r} is built from other entities or is too long, and was refused; "
                "write its text out where it is used",
                code="E-XML-UNSAFE",
            )
        return _plain(content)


def _plain(content: str) -> str:
    """An entity's text without elements and with its characters decoded."""
    from html import unescape

    return unescape(re.sub(r"<[^<>]*>", "", content))


def local(element: Element) -> str:
    """An element's name without its namespace; empty for entities, comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def entity_name(element: Element) -> str | None:
    """The name of an entity that stands in the tree in place of an element."""
    from lxml import etree

    return str(element.name) if element.tag is etree.Entity else None


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements with one of these names (all child elements when none is given), in order."""
    for child in element:
        name = local(child)
        if name and (not names or name in names):
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant down a path of names."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def language_code(element: Element) -> str | None:
    """The ``xml:lang`` of an element itself."""
    code: str | None = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return code


def content(element: Element | None) -> str:
    """All characters in an element; none for None."""
    return "" if element is None else "".join(str(text) for text in element.itertext())
