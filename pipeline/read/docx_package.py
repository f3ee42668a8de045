"""The parts of a DOCX file: a ZIP archive opened without trust in what it says of itself.

Only the parts that hold text are unpacked, each in small steps against one limit for all of them, so that an archive of
a few kilobytes cannot fill the memory. Pictures and other objects are never touched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.read.markup_tree import Element, children, parse_xml

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STEP = 1 << 20
_MOST_PARTS = 20_000


class Relation(NamedTuple):
    """What one part says of another: the kind of relation (its last word), the part's name, or an address outside."""

    kind: str
    target: str
    external: bool


class Package:
    """A DOCX file's parts as XML. Raises ReadError: ``E-DOCX-DAMAGED``, ``E-DOCX-ENCRYPTED``, ``E-TOO-LARGE``."""

    def __init__(self, data: bytes, name: str, limit: int) -> None:
        self.name = name
        self._limit = self._left = limit
        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                raise ReadError(f"{name}: it asks for a password; save a copy without one", code="E-DOCX-ENCRYPTED")
            raise ReadError(
                f"{name}: it is an old Word document (.doc), which has no reader; save it as DOCX", code="E-MEDIA-TYPE"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._names = {info.filename.lower(): info for info in self._archive.infolist()[:_MOST_PARTS]}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError) as error:
            raise self.damaged(str(error)) from None

    def damaged(self, reason: str) -> ReadError:
        """The error for a file that is no whole DOCX."""
        return ReadError(
            f"{self.name}: the DOCX is damaged ({reason or 'no reason known'}); open it in a word processor "
            "and save it again",
            code="E-DOCX-DAMAGED",
        )

    def part(self, path: str) -> Element | None:
        """The root of a part, None when there is no such part."""
        data = self._bytes(path)
        if data is None:
            return None
        return parse_xml(data, f"{self.name} ({path})", damaged="E-DOCX-DAMAGED")[0]

    def relations(self, path: str) -> dict[str, Relation]:
        """What a part (the package itself: ``""``) refers to, by id."""
        folder, _, file = path.rpartition("/")
        rels = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for each in children(rels, "Relationship") if rels is not None else ():
            target = each.get("Target") or ""
            external = each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (each.get("Type") or "").rpartition("/")[2]
            found[each.get("Id") or ""] = Relation(kind, target, external)
        return found

    def main_part(self) -> str:
        """The name of the document's own part."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target.lower() in self._names:
                return relation.target
        return "word/document.xml"

    def _bytes(self, path: str) -> bytes | None:
        info = self._names.get(path.lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(f"{self.name}: it asks for a password; save a copy without one", code="E-DOCX-ENCRYPTED")
        pieces: list[bytes] = []
        try:
            with self._archive.open(info) as part:
                while piece := part.read(min(_STEP, self._left + 1)):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise ReadError(
                            f"{self.name}: its text parts unpack to more bytes than read.docx.max_unpacked_bytes "
                            f"allows ({self._limit:,}); if it is one honest article, raise the setting",
                            code="E-TOO-LARGE",
                        )
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self.damaged(f"{path}: {error}") from None
        return b"".join(pieces)
