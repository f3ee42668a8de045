"""The HTML reader: articles and their landing pages as web pages.

What the page shows becomes the text; scripts, styles, menus and hidden parts are left out (:mod:`.html_writer`). What
its meta tags say of the article (:mod:`.html_meta`) is stated: where the page shows it too, there; else in lines
written before it.
"""

from __future__ import annotations

import codecs
import re

from pipeline import record
from pipeline.article import SourceFile
from pipeline.read.characters import characters_of
from pipeline.read.composer import Composer
from pipeline.read.document import ReadDocument, ReadSettings, diagnostic
from pipeline.read.front import declared, front_paragraphs
from pipeline.read.html_meta import meta_front
from pipeline.read.html_writer import HtmlWriter, main_part
from pipeline.read.shown import Shown
from pipeline.text.encoding import storable

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(
    r"^\s*<\?xml[^>]{0,200}?(?:encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)[\"'])?[^>]{0,100}\?>", re.I
)
#: Names under which the web means another encoding than Python does.
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def read_html(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a web page. Raises ReadError: ``E-EMPTY``, ``E-BINARY``, ``E-TOO-LARGE``."""
    from lxml import etree

    text, encoding, doubts = _decoded(file, settings)
    # HTML has no entities of its own to blow up; huge_tree only lets elements nest deeper than 256
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(storable(text).encode("utf-8"), parser)
    composer = Composer(file, settings)
    composer.diagnostics += doubts
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        message = f"{file.name}: its elements nest deeper than any page's; what lies below was left out"
        composer.diagnostics.append(diagnostic("warning", "W-HTML-DEPTH", message))
    if root is None:
        return composer.document("text/html", encoding)
    writer = HtmlWriter(root)
    writer.language = declared(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    writer.walk(main_part(root))
    writer.flush()
    front = meta_front(root) if settings.html.meta_tags else None
    if front is not None:
        for paragraph in front_paragraphs(Shown(writer.paragraphs).missing(front)):
            composer.add(paragraph)
    for paragraph in writer.paragraphs:
        composer.add(paragraph)
    return composer.document("text/html", encoding)


def _decoded(file: SourceFile, settings: ReadSettings) -> tuple[str, str, list[record.Diagnostic]]:
    """The page's characters: by byte order mark, by what the page declares, or by how its letters read."""
    if not file.data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = _CHARSET.search(file.data[:4096]) or re.match(
            rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]+)", file.data[:200]
        )
        if named and len(file.data) <= 4 * settings.max_characters:
            name = named[1].decode("ascii").lower()
            try:
                codec = codecs.lookup(_WEB_NAMES.get(name, name))
                if codec.name not in ("utf-16", "utf-32") and codec._is_text_encoding:
                    return _undeclared(codec.decode(file.data)[0]), codec.name, []
            except (LookupError, UnicodeError, ValueError):
                pass
    characters = characters_of(file, settings)
    doubts = [doubt for doubt in characters.diagnostics if doubt.code != "W-CONTROL-CHARS"]
    if "W-ENCODING-GUESSED" in {doubt.code for doubt in doubts}:
        message = f"{file.name} does not say its encoding; it reads as {characters.encoding}"
        doubts = [diagnostic("info", "W-ENCODING-GUESSED", message)]
    return _undeclared(characters.text), characters.encoding, doubts


def _undeclared(text: str) -> str:
    """The page without an XML declaration, whose encoding holds no longer."""
    return _XML_DECLARATION.sub("", text, count=1)
