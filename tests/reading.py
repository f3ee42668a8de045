"""Reading and segmenting a file in a test, and DOCX files made by hand."""

from __future__ import annotations

import io
import zipfile

from pipeline.article import Article, SourceFile
from pipeline.read import ReadStage
from pipeline.segment import SegmentStage

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{inner}</w:style>'
    for id_, name, inner in (
        ("T", "Title", ""), ("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), ("Fa1", "تیتر ۱", ""),
        ("Fa2", "Fancy", '<w:basedOn w:val="H1"/>'), ("C", "caption", ""), ("Q", "Quote", ""), ("Toc", "toc 1", ""),
        ("L", "List Number", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    )
)  # fmt: skip


def read(data: bytes | str, name: str, **settings: object) -> Article:
    """An article read by the real stage."""
    article = Article(id="article", file=SourceFile(name, data.encode() if isinstance(data, str) else data))
    article.attach(ReadStage(ReadStage.Settings.model_validate(settings))(article))
    return article


def segment(data: bytes | str, name: str) -> Article:
    """An article read and segmented by the real stages."""
    article = read(data, name)
    article.attach(SegmentStage(SegmentStage.Settings())(article))
    return article


def kinds(article: Article) -> list[tuple[str, str]]:
    """The blocks: kind and text."""
    return [(block.kind, article.surface(block.span)) for block in article.blocks]


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{styled}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, **parts: str) -> bytes:
    """A DOCX file of parts: the document's body, and what ``styles``, ``numbering``, ``footnotes``… hold."""
    held = {"styles": STYLES, **parts}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        relations = ""
        for name, inner in held.items():
            kind = name.rstrip("0123456789")
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            relations += f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>'
            archive.writestr(f"word/{name}.xml", f"<w:{root} {W}>{inner}</w:{root}>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
    return stream.getvalue()
