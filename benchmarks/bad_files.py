"""Twenty files that are no articles, each of another kind, with the codes they should fail with."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha">'
    + "".join(f'<!ENTITY x{i} "{f"&x{i - 1 if i else ''};" * 10}">' for i in range(12))
    + "]><article>&x11;</article>"
)


def write(folder: Path) -> dict[str, tuple[Path, str]]:
    """Write the files. Returns for each kind its path and the code expected (``E-A|E-B`` where either will do)."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, tuple[str, bytes, str]] = {
        "empty": ("empty.md", b"", "E-EMPTY"),
        "white space": ("blank.txt", b" \n\t\r\n " * 9, "E-EMPTY"),
        "binary data": ("binary.md", bytes(range(256)) * 40, "E-BINARY"),
        "a picture": ("picture.md", _PNG, "E-BINARY"),
        "half a PDF": ("half.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "E-PDF-DAMAGED"),
        "a PDF behind a password": ("secret.pdf", pdf(encrypt=True), "E-PDF-ENCRYPTED"),
        "a scan": ("scan.pdf", pdf(), "E-PDF-NO-TEXT"),
        "a PDF of zeros": ("zeros.pdf", b"%PDF-1.4\n" + bytes(5000), "E-PDF-DAMAGED"),
        "half a DOCX": ("half.docx", packed({"word/document.xml": b"<w/>" * 900})[:200], "E-DOCX-DAMAGED|E-MEDIA-TYPE"),
        "a DOCX behind a password": ("secret.docx", _OLE, "E-DOCX-ENCRYPTED|E-MEDIA-TYPE|E-DOCX-DAMAGED"),
        "a table named DOCX": ("table.docx", packed({"xl/workbook.xml": b"<x/>"}), "E-MEDIA-TYPE|E-DOCX-DAMAGED"),
        "a bomb in a DOCX": ("bomb.docx", docx_bomb(), "E-TOO-LARGE"),
        "entities without end": ("laughs.xml", _LAUGHS.encode(), "E-XML-UNSAFE"),
        "XML of another kind": ("other.xml", b"<?xml version='1.0'?><invoice><sum>3</sum></invoice>", "E-XML-ROOT"),
        "no XML at all": ("none.xml", b"\x01\x02 this is no XML <<<", "E-XML-DAMAGED|E-BINARY|E-XML-ROOT"),
        "an empty bibliography": ("empty.bib", b"% nothing here\n", "E-BIBLIOGRAPHY"),
        "a broken RIS": ("broken.ris", b"AU  - nobody\n", "E-BIBLIOGRAPHY"),
        "six million letters": ("long.txt", b"abcde fgh\n" * 600_000, "E-TOO-LARGE"),
        "a broken archive": ("broken.zip", b"PK\x03\x04 and no more", "E-ARCHIVE-DAMAGED"),
    }
    written = {}
    for kind, (name, data, code) in kinds.items():
        (folder / name).write_bytes(data)
        written[kind] = (folder / name, code)
    loop = folder / "loop.md"
    if not loop.is_symlink():
        loop.symlink_to(loop)
    return {**written, "a link to itself": (loop, "E-UNREADABLE")}


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP file in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return out.getvalue()


def docx_bomb() -> bytes:
    """A DOCX of a few hundred kilobytes whose text unpacks to 150 megabytes."""
    types = (
        b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return packed({"[Content_Types].xml": types, "word/document.xml": b"<a/>" + b" " * 150_000_000})


def pdf(*, encrypt: bool = False) -> bytes:
    """A PDF of one page with a drawn box and no text, or one that nobody has the password of."""
    drawing = b"10 10 200 300 re f"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -60 >>" % (b"5a" * 32, b"a5" * 32),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    locked = b" /Encrypt 5 0 R /ID [<00> <00>]" if encrypt else b""
    return bytes(
        out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, locked, start)
    )
