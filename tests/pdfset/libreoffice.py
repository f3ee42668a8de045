"""The articles as flat OpenDocument text, exported by LibreOffice Writer."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pdfset.article import Article, Part

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    ]
)  # fmt: skip
_FONTS = {
    "amiri": ("Amiri", "Amiri"),
    "noto": ("Noto Naskh Arabic", "Noto Serif"),
    "vazirmatn": ("Vazirmatn", "Noto Serif"),
}


def _paragraph_styles(columns: int) -> list[tuple[str, float, str, str, float, float, float]]:
    """Name, size, weight, alignment, space above, space below, indent (points)."""
    return [
        ("Title", 16, "bold", "center", 0, 8, 0), ("Author", 10.5, "normal", "center", 0, 10, 0),
        ("Heading", 12.5, "bold", "start", 10, 3, 0), ("Body", 10.5, "normal", "justify", 0, 0, 14),
        ("Caption", 9.5, "normal", "center", 8, 3, 0),
        ("Cell", 7 if columns == 2 else 9, "normal", "start", 0, 0, 0),
        ("Note", 8.5, "normal", "start", 0, 0, 0), ("Edge", 8.5, "normal", "center", 0, 0, 0),
    ]  # fmt: skip


def libreoffice(article: Article, *, columns: int, font: str) -> bytes:
    """The article exported by LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError("libreoffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.fodt"
        source.write_text(_document(article, columns, font), encoding="utf-8")
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                   "pdf:writer_pdf_Export", "--outdir", folder, str(source)]  # fmt: skip
        done = subprocess.run(command, check=True, capture_output=True, timeout=180)
        made = source.with_suffix(".pdf")
        if not made.is_file():  # without Writer it only says that the source could not be loaded
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise FileNotFoundError(f"LibreOffice made no PDF; is libreoffice-writer installed? {' '.join(said[-1:])}")
        return made.read_bytes()


def _document(article: Article, columns: int, font: str) -> str:
    persian, latin = _FONTS[font]
    own = "rl-tb" if article.language == "fa" else "lr-tb"
    styles, automatic = [], []
    for side in ("fa", "en"):
        mode = "rl-tb" if side == "fa" else "lr-tb"
        hyphens = ' fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"'
        for name, size, weight, align, above, below, indent in _paragraph_styles(columns):
            styles.append(
                f'<style:style style:name="{name}-{side}" style:family="paragraph"><style:paragraph-properties '
                f'fo:text-align="{align}" fo:margin-top="{above}pt" fo:margin-bottom="{below}pt" '
                f'fo:text-indent="{indent}pt" style:writing-mode="{mode}" fo:orphans="2" fo:widows="2"'
                f"{' fo:keep-with-next=' + quoteattr('always') if name in ('Heading', 'Caption') else ''}/>"
                f'<style:text-properties style:font-name="{latin}" style:font-name-complex="{persian}" '
                f'fo:font-size="{size}pt" style:font-size-complex="{size}pt" fo:font-weight="{weight}" '
                f'style:font-weight-complex="{weight}" fo:language="en" fo:country="GB" '
                f'style:language-complex="fa" style:country-complex="IR"{hyphens if side == "en" else ""}/></style:style>'
            )
        automatic.append(
            f'<style:style style:name="Table-{side}" style:family="table"><style:table-properties '
            f'style:writing-mode="{mode}" table:align="margins" style:may-break-between-rows="false"/></style:style>'
        )
    faces = "".join(
        f'<style:font-face style:name="{f}" svg:font-family={quoteattr(repr(f))}/>' for f in {persian, latin}
    )
    body = [_block(article, part, pieces) for part, pieces in article.numbered()]
    inside = "".join(body[2:])
    if columns == 2:
        inside = f'<text:section text:style-name="Columns" text:name="body">{inside}</text:section>'
    side = article.language
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{faces}</office:font-face-decls>
<office:styles>{"".join(styles)}
<text:notes-configuration text:note-class="footnote" text:citation-style-name="Caller" text:citation-body-style-name="Caller"/>
<style:style style:name="Caller" style:family="text"><style:text-properties style:text-position="super 60%"/></style:style>
</office:styles>
<office:automatic-styles>{"".join(automatic)}
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.4pt solid #555555" fo:padding="2pt"/></style:style>
<style:style style:name="Columns" style:family="section"><style:section-properties text:dont-balance-text-columns="false" style:writing-mode="{own}">
<style:columns fo:column-count="2" fo:column-gap="8mm"/></style:section-properties></style:style>
<style:page-layout style:name="Sheet"><style:page-layout-properties fo:page-width="160mm" fo:page-height="230mm"
 fo:margin-top="14mm" fo:margin-bottom="12mm" fo:margin-left="17mm" fo:margin-right="17mm" style:writing-mode="{own}"/>
<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="4mm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="4mm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Sheet">
<style:header><text:p text:style-name="Edge-{side}">{escape(article.head)}</text:p></style:header>
<style:footer><text:p text:style-name="Edge-{side}"><text:page-number text:select-page="current"/></text:p>
<text:p text:style-name="Edge-en">{escape(article.watermark)}</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{"".join(body[:2])}{inside}</office:text></office:body></office:document>"""


def _block(article: Article, part: Part, pieces: list[tuple[str, int | None]]) -> str:
    if part.rows:
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell table:style-name="Cell"><text:p text:style-name="Cell-{part.language}">'
                f"{escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in part.rows
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>'
        return f'<table:table table:name="t" table:style-name="Table-{part.language}">{columns}{rows}</table:table>'
    words = ""
    for text, number in pieces:
        if number is None:
            words += escape(text)
            continue
        label = article.digits(number)
        words += (
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation text:label="{label}">{label}'
            f'</text:note-citation><text:note-body><text:p text:style-name="Note-{article.language}"><text:s/>{escape(text)}</text:p>'
            "</text:note-body></text:note>"
        )
    name = {"title": "Title", "author": "Author", "heading": "Heading", "caption": "Caption"}.get(part.kind, "Body")
    return f'<text:p text:style-name="{name}-{part.language}">{words}</text:p>'
