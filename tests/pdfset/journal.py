"""The articles as a journal of another make prints them: heads that differ on odd and even pages, booktabs tables with
merged cells, lists, pictures with captions, an abstract in two languages side by side, up to three columns.

Printed by WeasyPrint, by Chromium (its notes parcelled out by page) and by Typst.
"""

from __future__ import annotations

import html
import tempfile
from io import BytesIO
from itertools import groupby
from pathlib import Path

from pdfset.article import Article, Part
from pdfset.html import FONTS, printed

_Numbered = list[tuple[Part, list[tuple[str, int | None]]]]

_STYLE = """
@page {{ size: {paper}; margin: 20mm 18mm 20mm; font-family: {fonts}; font-size: 8.5pt;
  @bottom-center {{ content: counter(page{counter}) }}
  @footnote {{ border-top: .4pt solid; padding-top: 1mm; margin-top: 3mm }} }}
@page :{verso} {{ @top-left {{ content: "{even_head}"; direction: {direction}; white-space: pre }} }}
@page :{recto} {{ @top-right {{ content: "{head}"; direction: {direction}; white-space: pre }} }}
html {{ font-family: {fonts}; font-size: {size}pt; line-height: {leading}; font-feature-settings: "locl" 0 }}
[lang=en] {{ font-family: {latin}; line-height: 1.35 }}
body {{ margin: 0; text-align: justify; counter-reset: page 1 }}
h1 {{ font-size: 1.5em; line-height: 1.5; text-align: center; margin: 0 0 3mm }}
.author {{ text-align: center; margin: 0 0 4mm }}
h2 {{ font-size: 1.18em; margin: 4mm 0 1mm; text-align: start; break-after: avoid }}
h3 {{ font-size: 1em; margin: 2mm 0 1mm; text-align: start; break-after: avoid }}
p {{ margin: 0; text-indent: {indent}; orphans: 2; widows: 2; margin-bottom: {between} }}
.item {{ text-indent: -4mm; padding-inline-start: 7mm; margin: 0 0 .5mm }}
.caption {{ text-indent: 0; text-align: center; font-size: .88em; margin: 2mm 0 2mm }}
.figure {{ height: 22mm; border: .4pt solid #777; margin: 3mm auto 1mm; width: 60%; break-after: avoid }}
table {{ border-collapse: collapse; margin: 0 auto 4mm; font-size: .82em; break-inside: avoid; text-align: start }}
td {{ {border} padding: .7mm {padding}; text-align: start; vertical-align: middle }}
table {{ border-bottom: .8pt solid #000; border-top: .8pt solid #000 }}
sup {{ font-size: .65em; line-height: 0 }}
.pair {{ display: flex; gap: 8mm; margin-bottom: 3mm }}
.pair > div {{ flex: 1; font-size: .92em }}
.fn {{ float: footnote; font-size: 8pt; line-height: 1.4; text-align: start; text-indent: 0; font-family: {fonts} }}
.fn::footnote-call {{ content: counter(footnote{counter}); font-size: .65em; line-height: 0; vertical-align: super }}
.fn::footnote-marker {{ content: counter(footnote{counter}) " " }}
.columns {{ columns: {columns}; column-gap: 7mm; hyphens: {hyphens} }}
.page {{ height: {room}mm; display: flex; flex-direction: column; break-after: page }}
.page:last-child {{ break-after: auto }}
.notes {{ margin-top: auto; border-top: .4pt solid; padding-top: 1mm; font-size: 8pt; line-height: 1.4 }}
.notes p {{ text-indent: 0; margin: 0 }}
"""


def weasyprint(article: Article, *, columns: int, font: str) -> bytes:
    """The article printed by WeasyPrint, on landscape paper where it has three columns."""
    from weasyprint import HTML

    body = _body(article, article.numbered(), floating=True, columns=True)
    pdf: bytes | None = HTML(string=_page(article, body, columns, font)).write_pdf()
    assert pdf is not None
    return pdf


def sideways(article: Article, *, columns: int, font: str) -> bytes:
    """The article as WeasyPrint prints it, each page lying on its side."""
    from pypdf import PdfWriter

    made = PdfWriter(clone_from=BytesIO(weasyprint(article, columns=columns, font=font)))
    for page in made.pages:
        page.rotate(90)
        page.transfer_rotation_to_content()
        page.compress_content_streams()
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def chromium(article: Article, *, columns: int, font: str) -> bytes:
    """The article printed by Chromium."""
    return printed(_page(article, _parcelled(article, columns), columns, font))


def _page(article: Article, body: str, columns: int, font: str) -> str:
    own, other = FONTS[font]
    rtl = article.language == "fa"
    direction = "rtl" if rtl else "ltr"
    style = _STYLE.format(
        head=article.head, even_head=article.even or article.head, direction=direction,
        paper="A4 landscape" if columns == 3 else "A4",
        room=165 if columns == 3 else 250,
        recto="left" if rtl else "right", verso="right" if rtl else "left",
        counter=", persian" if rtl else "", fonts=own if rtl else other, latin=other,
        size=9 if columns == 3 else 10.5 if columns == 1 else 10,
        leading=1.75 if rtl else 1.38, columns=columns, padding="3mm" if columns == 1 else "1.2mm",
        hyphens="manual" if rtl else "auto",
        indent="0" if columns == 1 else "4mm", between="1.6mm" if columns == 1 else "0",
        border="border-bottom: .3pt solid #888;" if columns == 1 else "border: .3pt solid #888;",
    )  # fmt: skip
    return (
        f'<!doctype html><html lang="{article.language}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{html.escape(article.parts[0].text)}</title><style>{style}</style><body>{body}</body></html>"
    )


def _parcelled(article: Article, columns: int) -> str:
    room = 2300 if columns == 1 else 3300
    pages: list[_Numbered] = [[]]
    filled = 0
    for part, pieces in article.numbered():
        weight = (150 if part.figure else 0) + (90 * len(part.rows) if part.rows else 60 + len(part.text))
        weight += {"title": 160, "heading": 90, "subheading": 60}.get(part.kind, 0)
        if part.side is not None:
            weight = int(0.75 * weight)
        if filled and filled + weight + (100 if part.kind in ("heading", "caption", "subheading") else 0) > room:
            pages.append([])
            filled = 0
        filled += weight
        pages[-1].append((part, pieces))
    made = ""
    for page in pages:
        notes = "".join(
            f"<p>{article.digits(n)} {html.escape(text)}</p>"
            for _, pieces in page
            for text, n in pieces
            if n is not None
        )
        foot = f'<div class="notes">{notes}</div>' if notes else ""
        made += f'<div class="page">{_body(article, page, floating=False, columns=True)}{foot}</div>'
    return made


def _body(article: Article, parts: _Numbered, *, floating: bool, columns: bool) -> str:
    over, paired, rest = "", "", ""
    for side, group in groupby(parts, key=lambda each: each[0].side):
        blocks = list(group)
        if side is None:
            for part, pieces in blocks:
                made = _block(article, part, pieces, floating=floating)
                if part.kind in ("title", "author"):
                    over += made
                else:
                    rest += made
        else:
            sides = "" if blocks[0][0].language == article.language else _sides(blocks[0][0])
            inside = "".join(_block(article, part, pieces, floating=floating) for part, pieces in blocks)
            paired += f"<div{sides}>{inside}</div>"
    over += f'<div class="pair">{paired}</div>' if paired else ""
    return over + f'<div class="columns">{rest}</div>'


def _sides(part: Part) -> str:
    return f' lang="{part.language}" dir="{"rtl" if part.rtl else "ltr"}"'


def _block(article: Article, part: Part, pieces: list[tuple[str, int | None]], *, floating: bool) -> str:
    sides = "" if part.language == article.language else _sides(part)
    if part.rows:
        rows = ""
        for row in part.drawn_cells():
            cells = ""
            for words, down, across in row:
                span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
                cells += f"<td{span}>{html.escape(words)}</td>"
            rows += f"<tr>{cells}</tr>"
        return f"<table{sides}>{rows}</table>"
    words = ""
    for text, number in pieces:
        if number is None:
            words += html.escape(text)
        elif floating:
            words += f'<span class="fn">{html.escape(text)}</span>'
        else:
            words += f"<sup>{article.digits(number)}</sup>"
    tag = {"title": "h1", "heading": "h2", "subheading": "h3"}.get(part.kind, "p")
    name = f' class="{part.kind}"' if part.kind in ("author", "caption", "item") else ""
    picture = '<div class="figure"></div>' if part.figure else ""
    return f"{picture}<{tag}{name}{sides}>{words}</{tag}>"


# ── Typst ──────────────────────────────────────────────────────────────────────────────────────────────────────

_TYPST_FONTS = {
    "vazirmatn": ("Noto Serif", "Vazirmatn"),
    "noto": ("Noto Serif", "Noto Naskh Arabic"),
    "amiri": ("Amiri", "Amiri"),
}


def typst(article: Article, *, columns: int, font: str) -> bytes:
    """The article typeset by Typst."""
    import typst as engine

    latin, persian = _TYPST_FONTS[font]
    rtl = article.language == "fa"
    fonts = f'("{persian}", "{latin}")' if rtl else f'("{latin}", "{persian}")'
    counter = 'context str(counter(page).get().first()).clusters().map(d => "۰۱۲۳۴۵۶۷۸۹".clusters().at(int(d))).join()'
    shown = counter if rtl else "context counter(page).display()"
    head, even = _typst_text(article.head), _typst_text(article.even or article.head)
    parts = article.numbered()
    over = "".join(_typst_block(article, part, pieces) for part, pieces in parts if part.kind in ("title", "author"))
    rest, paired = "", []
    for side, group in groupby(
        [each for each in parts if each[0].kind not in ("title", "author")], key=lambda each: each[0].side
    ):
        made = "".join(_typst_block(article, part, pieces) for part, pieces in group)
        if side is None:
            rest += made
        else:
            paired.append(f"align(start)[{made}]")
    pair = f"#grid(columns: (1fr, 1fr), column-gutter: 8mm, {', '.join(paired)})\n\n" if paired else ""
    front = f'#place(top + center, scope: "parent", float: true)[{over}{pair}]\n' if columns > 1 else over + pair
    source = f"""
#set page(width: 170mm, height: 240mm, margin: (x: 16mm, y: 20mm), columns: {columns},
  header: context if calc.odd(counter(page).get().first()) [#align(center, text(size: 8pt)[{head}])] else [#align(center, text(size: 8pt)[{even}])],
  footer: align(center, text(size: 8pt)[#({shown})]))
#set columns(gutter: 7mm)
#set text(font: {fonts}, size: 10pt, lang: "{article.language}", dir: {"rtl" if rtl else "ltr"}, hyphenate: {"false" if rtl else "true"})
#set par(justify: true, leading: {"0.9em" if rtl else "0.62em"}, first-line-indent: 4mm, spacing: {"0.9em" if rtl else "0.62em"})
#set footnote(numbering: n => {'str(n).clusters().map(d => "۰۱۲۳۴۵۶۷۸۹".clusters().at(int(d))).join()' if rtl else "str(n)"})
#set footnote.entry(gap: .5em)
#show footnote.entry: set text(size: 8pt)
#set table(stroke: .4pt)
{front}
{rest}
"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.typ"
        path.write_text(source, encoding="utf-8")
        pdf = engine.compile(str(path))
    assert isinstance(pdf, bytes)
    return pdf


def _typst_text(text: str) -> str:
    for sign in "\\#*_`$<>@[]~\"'/":
        text = text.replace(sign, "\\" + sign)
    return text


def _typst_block(article: Article, part: Part, pieces: list[tuple[str, int | None]]) -> str:
    if part.rows:
        cells = ""
        for row in part.drawn_cells():
            for words, down, across in row:
                cells += f"  table.cell(rowspan: {down}, colspan: {across})[{_typst_text(words)}],\n"
        made = f"#align(center)[#text(size: 8pt)[#table(columns: {len(part.rows[0])}, inset: 4pt,\n{cells})]]"
    else:
        words = "".join(_typst_text(text) if n is None else f"#footnote[{_typst_text(text)}]" for text, n in pieces)
        match part.kind:
            case "title":
                made = f'#align(center, text(size: 15pt, weight: "bold")[{words}])\n#v(2mm)'
            case "author":
                made = f"#align(center)[{words}]\n#v(3mm)"
            case "heading":
                made = f'#block(above: 5mm, below: 2.5mm, sticky: true, text(size: 12pt, weight: "bold")[{words}])'
            case "subheading":
                made = f'#block(above: 4mm, below: 2.5mm, sticky: true, text(weight: "bold")[{words}])'
            case "caption":
                box = "#align(center, rect(width: 60%, height: 20mm, stroke: .4pt))\n" if part.figure else ""
                made = f"{box}#align(center, text(size: 8.8pt)[{words}])"
            case "item":
                made = f"#par(first-line-indent: 0mm, hanging-indent: 5mm)[{words}]"
            case _:
                made = words
    if part.language != article.language:
        direction = "rtl" if part.rtl else "ltr"
        made = f'#[#set text(lang: "{part.language}", dir: {direction})\n{made}\n]'
    return made + "\n\n"
