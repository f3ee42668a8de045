"""The articles as HTML, printed by WeasyPrint and by Chromium.

WeasyPrint sets footnotes at the foot of the page; Chromium cannot, so its pages are parcelled out here, each with the
notes that its paragraphs call.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pdfset.article import Article, Part

_STYLE = """
@page {{ size: 160mm 230mm; margin: 22mm 17mm 22mm;
  font-family: {fonts}; font-size: 8pt;
  @top-center {{ content: "{head}"; direction: {direction} }}
  @bottom-center {{ content: counter(page{counter}) }}
  @bottom-left {{ content: "{watermark}"; color: #888 }}
  @footnote {{ border-top: .4pt solid; padding-top: 1mm; margin-top: 3mm }} }}
html {{ font-family: {fonts}; font-size: 10pt; line-height: {leading}; font-feature-settings: "locl" 0 }}
[lang=en] {{ font-family: {latin}; line-height: 1.4 }}
body {{ margin: 0; text-align: justify }}
h1 {{ font-size: 15pt; line-height: 1.5; text-align: center; margin: 0 0 3mm }}
.author {{ text-align: center; margin: 0 0 4mm }}
h2 {{ font-size: 12pt; margin: 4mm 0 1mm; text-align: start; break-after: avoid }}
p {{ margin: 0; text-indent: 5mm; orphans: 2; widows: 2 }}
.caption {{ text-indent: 0; text-align: center; font-size: 9pt; margin: 3mm 0 1mm; break-after: avoid }}
table {{ border-collapse: collapse; margin: 0 auto 4mm; font-size: 8.5pt; break-inside: avoid; text-align: start }}
td, th {{ border: .4pt solid #555; padding: .7mm {padding}; font-weight: normal; text-align: start }}
sup {{ font-size: .65em; line-height: 0 }}
.fn {{ float: footnote; font-size: 8pt; line-height: 1.4; text-align: start; text-indent: 0; font-family: {fonts} }}
.fn::footnote-call {{ content: counter(footnote{counter}); font-size: .65em; line-height: 0; vertical-align: super }}
.fn::footnote-marker {{ content: counter(footnote{counter}) ". " }}
.columns {{ columns: {columns}; column-gap: 8mm; hyphens: {hyphens} }}
.page {{ height: 185mm; display: flex; flex-direction: column; break-after: page }}
.page:last-child {{ break-after: auto }}
.notes {{ margin-top: auto; border-top: .4pt solid; padding-top: 1mm; font-size: 8pt; line-height: 1.4 }}
.notes p {{ text-indent: 0 }}
"""

#: Fonts of the article's language and of the other one, by family.
FONTS = {
    "vazirmatn": ('Vazirmatn, "Noto Serif"', '"Noto Serif", Vazirmatn'),
    "noto": ('"Noto Naskh Arabic", "Noto Serif"', '"Noto Serif", "Noto Naskh Arabic"'),
    "amiri": ("Amiri", "Amiri"),
}


def weasyprint(article: Article, *, columns: int, font: str) -> bytes:
    """The article printed by WeasyPrint."""
    from weasyprint import HTML

    pdf: bytes | None = HTML(string=_page(article, _flow(article), columns, font)).write_pdf()
    assert pdf is not None
    return pdf


def chromium(article: Article, *, columns: int, font: str) -> bytes:
    """The article printed by Chromium without a head."""
    return printed(_page(article, _parcelled(article, columns), columns, font))


def printed(page: str) -> bytes:
    """A web page as Chromium prints it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise FileNotFoundError("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "article.html", Path(folder) / "article.pdf"
        source.write_text(page, encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                   "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def _page(article: Article, body: str, columns: int, font: str) -> str:
    own, other = FONTS[font]
    rtl = article.language == "fa"
    style = _STYLE.format(
        head=article.head,
        watermark=article.watermark,
        direction="rtl" if rtl else "ltr",
        counter=", persian" if rtl else "",
        fonts=own if rtl else other,
        latin=other,
        leading=1.7 if rtl else 1.4,
        columns=columns,
        padding="3mm" if columns == 1 else "1.2mm",
        hyphens="manual" if rtl else "auto",
    )
    direction = "rtl" if rtl else "ltr"
    return (
        f'<!doctype html><html lang="{article.language}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{html.escape(article.parts[0].text)}</title><style>{style}</style><body>{body}</body></html>"
    )


def _flow(article: Article) -> str:
    """The whole article, its notes where they are called; the title and author stand over the columns."""
    blocks = [_block(article, part, pieces, floating=True) for part, pieces in article.numbered()]
    return "".join(blocks[:2]) + f'<div class="columns">{"".join(blocks[2:])}</div>'


def _parcelled(article: Article, columns: int) -> str:
    room = 1900 if columns == 1 else 3000 if article.language == "fa" else 2500
    pages: list[tuple[list[str], list[str]]] = [([], [])]
    filled = 0
    parts = article.numbered()
    for index, (part, pieces) in enumerate(parts):
        weight = _weight(part)
        ahead = weight + (_weight(parts[index + 1][0]) if part.kind in ("heading", "caption") else 0)
        if filled and filled + ahead > room:
            pages.append(([], []))
            filled = 0
        filled += weight
        blocks, notes = pages[-1]
        blocks.append(_block(article, part, pieces, floating=False))
        notes.extend(f"<p>{article.digits(n)}. {html.escape(text)}</p>" for text, n in pieces if n is not None)
    return "".join(_sheet(blocks, notes, first=page == 0) for page, (blocks, notes) in enumerate(pages))


def _sheet(blocks: Sequence[str], notes: Sequence[str], *, first: bool) -> str:
    over = 2 if first else 0
    foot = f'<div class="notes">{"".join(notes)}</div>' if notes else ""
    columns = f'<div class="columns">{"".join(blocks[over:])}</div>'
    return f'<div class="page">{"".join(blocks[:over])}{columns}{foot}</div>'


def _weight(part: Part) -> int:
    if part.rows:
        return 80 * len(part.rows)
    return {"title": 220, "author": 100, "heading": 150, "caption": 100}.get(part.kind, 60 + len(part.text))


def _block(article: Article, part: Part, pieces: Sequence[tuple[str, int | None]], *, floating: bool) -> str:
    sides = "" if part.language == article.language else f' lang="{part.language}" dir="{"rtl" if part.rtl else "ltr"}"'
    if part.rows:
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in part.rows)
        return f"<table{sides}>{rows}</table>"
    words = ""
    for text, number in pieces:
        if number is None:
            words += html.escape(text)
        elif floating:
            words += f'<span class="fn">{html.escape(text)}</span>'
        else:
            words += f"<sup>{article.digits(number)}</sup>"
    tag = {"title": "h1", "heading": "h2"}.get(part.kind, "p")
    name = f' class="{part.kind}"' if part.kind in ("author", "caption") else ""
    return f"<{tag}{name}{sides}>{words}</{tag}>"
