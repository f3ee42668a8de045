"""Articles of the corpus in other formats: DOCX, HTML, JATS and PDF, made from their Markdown for the tests.

Made each time, never committed, and the same each time. The Markdown is read by a few lines here, not by the reader that
the tests compare with; real word processors and journals write more than this, which tests of their own cover.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*|\[\^(?P<call>\d+)\](?!:)|<sup>(?P<raised>\d+)</sup>|\\(?P<literal>[*_])"
)
_ARABIC = re.compile("[\u0620-\u06ff]")


@dataclass
class Run:
    """Words of one type; ``call`` is the number of a note."""

    text: str
    bold: bool = False
    italic: bool = False
    call: str | None = None


@dataclass
class Part:
    """A block of an article."""

    kind: str  # heading, paragraph, item, numbered, table, note, rule
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    number: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def persian(self) -> bool:
        words = self.text or "".join(run.text for row in self.rows for cell in row for run in cell)
        return 2 * len(_ARABIC.findall(words)) > sum(char.isalpha() for char in words)


@dataclass(frozen=True)
class Front:
    """What a journal's database knows of an article."""

    language: str
    names: tuple[dict[str, tuple[str, str]], ...]  # given and family names by language
    affiliations: tuple[dict[str, str], ...]
    emails: tuple[str | None, ...]
    received: dict[str, tuple[str, str, str]]
    accepted: dict[str, tuple[str, str, str]]


FRONTS = {
    "drone-warfare-review": Front(
        "en",
        ({"en": ("Kaveh", "Azarmanesh"), "fa": ("کاوه", "آذرمنش")}, {"en": ("Laleh", "Sepehrdad"), "fa": ("لاله", "سپهرداد")}),
        (
            {
                "en": "Ph.D. in International Security Studies, Department of Political Science, Nemouneh University",
                "fa": "دکتری مطالعات امنیت بین‌الملل، گروه علوم سیاسی، دانشگاه نمونه",
            },
        ) * 2,
        ("k.azarmanesh@example.org", None),
        {"gregorian": ("2023", "1", "9"), "jalali": ("۱۴۰۱", "۱۰", "۱۹")},
        {"gregorian": ("2023", "5", "22"), "jalali": ("۱۴۰۲", "۳", "۱")},
    ),
    "naval-history-bushehr": Front(
        "fa",
        (
            {"en": ("Dariush", "Farzian"), "fa": ("داریوش", "فرضیان")},
            {"en": ("Mehrnoush", "Pendarnia"), "fa": ("مهرنوش", "پندارنیا")},
        ),
        (
            {"en": "Associate Professor, Department of History, Nemouneh University", "fa": "دانشیار گروه تاریخ، دانشگاه نمونه"},
            {"en": "Ph.D. in Iranian History, Nemouneh University", "fa": "دانش‌آموختهٔ دکتری تاریخ ایران، دانشگاه نمونه"},
        ),
        ("author3@example.org", None),
        {"jalali": ("۱۴۰۱", "۳", "۱۵")},
        {"jalali": ("۱۴۰۱", "۷", "۲۰")},
    ),
}  # fmt: skip


def runs_of(text: str) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()]))
        if match["bold"]:
            runs.append(Run(match["bold"], bold=True))
        elif match["italic"]:
            runs.append(Run(match["italic"], italic=True))
        elif match["literal"]:
            runs.append(Run(match["literal"]))
        else:
            runs.append(Run("", call=match["call"] or match["raised"]))
        at = match.end()
    if at < len(text):
        runs.append(Run(text[at:]))
    return runs


def parts_of(stem: str) -> list[Part]:
    """The blocks of an article; notes at the end of it are taken out of their list and numbered."""
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", (CORPUS / f"{stem}.md").read_text(encoding="utf-8").strip()):
        if block == "---":
            parts.append(Part("rule"))
        elif block.startswith("#"):
            marks, _, words = block.partition(" ")
            parts.append(Part("heading", runs_of(words), len(marks)))
        elif block.startswith("|"):
            rows = [line.strip("|").split("|") for line in block.splitlines() if not re.fullmatch(r"[|\-: ]+", line)]
            parts.append(Part("table", rows=[[runs_of(cell.strip()) for cell in row] for row in rows]))
        else:
            parts.extend(_lines(block, _awaits_notes(parts)))
    return parts


def _awaits_notes(parts: list[Part]) -> bool:
    heading = next((part for part in reversed(parts) if part.kind == "heading"), None)
    return heading is not None and heading.text in ("Notes", "پی‌نوشت‌ها")


def _lines(block: str, notes: bool) -> Iterator[Part]:
    lines = block.splitlines()
    for line in lines:
        if (match := re.match(r"\[\^(\d+)\]: (.*)", line)) or ((match := re.match(r"(\d+)\. (.*)", line)) and notes):
            yield Part("note", runs_of(match[2]), number=match[1])
        elif line.startswith("- "):
            yield Part("item", runs_of(line[2:]))
        else:
            yield Part("paragraph", runs_of(line.rstrip()))


# ── HTML and PDF ───────────────────────────────────────────────────────────────────────────────────────────────


def html(stem: str) -> bytes:
    """A web page: headings, notes with links to and fro, `dir` and `lang`, things around the article."""
    parts = parts_of(stem)
    language = FRONTS[stem].language
    body = "\n".join(_html_parts(parts))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"><head>'
        '<meta charset="utf-8"><title>Sample journal</title><style>p { color: black }</style>'
        "<script>document.write('not the article')</script></head>\n<body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/issues">Issues</a></li></ul></nav>\n'
        f"<main>{body}</main>\n<footer>Not the article either</footer></body></html>\n"
    ).encode()


def _html_parts(parts: list[Part]) -> Iterator[str]:
    for kind, group in _grouped(parts):
        if kind == "note":
            yield '<section class="footnotes"><ol>'
            for note in group:
                back = f'<a href="#fnref{note.number}">↩</a>'
                yield f'<li id="fn{note.number}"{_direction(note)}><p>{_html_runs(note.runs)} {back}</p></li>'
            yield "</ol></section>"
        elif kind == "item":
            yield "<ul>"
            yield from (f"<li{_direction(item)}>{_html_runs(item.runs)}</li>" for item in group)
            yield "</ul>"
        else:
            for part in group:
                yield _html_part(part)


def _grouped(parts: list[Part]) -> Iterator[tuple[str, list[Part]]]:
    group: list[Part] = []
    for part in parts:
        if group and group[0].kind != part.kind:
            yield group[0].kind, group
            group = []
        group.append(part)
    yield group[0].kind, group


def _html_part(part: Part) -> str:
    if part.kind == "rule":
        return "<hr>"
    if part.kind == "heading":
        return f"<h{part.level}{_direction(part)}>{_html_runs(part.runs)}</h{part.level}>"
    if part.kind == "table":
        rows = []
        for number, row in enumerate(part.rows):
            cell = "td" if number else "th"
            rows.append("<tr>" + "".join(f"<{cell}>{_html_runs(runs)}</{cell}>" for runs in row) + "</tr>")
        return f"<table{_direction(part)}>{''.join(rows)}</table>"
    return f"<p{_direction(part)}>{_html_runs(part.runs)}</p>"


def _direction(part: Part) -> str:
    return ' dir="rtl" lang="fa"' if part.persian else ' dir="ltr" lang="en"'


def _html_runs(runs: list[Run]) -> str:
    written = ""
    for run in runs:
        words = escape(run.text, quote=False).replace("–", "&ndash;")
        if run.call:
            words = f'<sup><a id="fnref{run.call}" href="#fn{run.call}">{run.call}</a></sup>'
        written += f"<b>{words}</b>" if run.bold else f"<i>{words}</i>" if run.italic else words
    return written


_PRINT = """<style>
@page { size: A4; margin: 22mm 20mm } body { font: 10.5pt/1.7 Vazirmatn, sans-serif } nav, footer { display: none }
h1 { font-size: 17pt } h2 { font-size: 13pt } h3 { font-size: 11.5pt } sup { font-size: 6.5pt; vertical-align: super }
table { border-collapse: collapse; width: 100% } td, th { padding: 3pt 8pt; border: .4pt solid }
</style>"""


def pdf(stem: str) -> bytes:
    """The web page in print."""
    import weasyprint

    page = html(stem).decode().replace("</head>", f"{_PRINT}</head>").replace("↩", "")
    return bytes(weasyprint.HTML(string=page).write_pdf())


# ── JATS ───────────────────────────────────────────────────────────────────────────────────────────────────────


def jats(stem: str) -> bytes:
    """An article in JATS 1.3: a stated front, nested sections, notes and references in the back."""
    front, parts = FRONTS[stem], parts_of(stem)
    other = "fa" if front.language == "en" else "en"
    titles = {_side(part): part for part in parts if part.kind == "heading" and part.level == 1}
    meta = [
        "<title-group>",
        f"<article-title>{_jats_runs(titles[front.language].runs)}</article-title>",
        f'<trans-title-group xml:lang="{other}"><trans-title>{_jats_runs(titles[other].runs)}</trans-title></trans-title-group>',
        "</title-group>",
        *_contributors(front),
        "<history>",
        *_history("received", front.received),
        *_history("accepted", front.accepted),
        "</history>",
    ]
    for side in (front.language, other):
        abstract, keywords = _summary(parts, side)
        tag = "abstract" if side == front.language else "trans-abstract"
        meta.append(
            f'<{tag} xml:lang="{side}">' + "".join(f"<p>{_jats_runs(p.runs)}</p>" for p in abstract) + f"</{tag}>"
        )
        meta.append(
            f'<kwd-group xml:lang="{side}">' + "".join(f"<kwd>{escape(k)}</kwd>" for k in keywords) + "</kwd-group>"
        )
    body, back = _body(parts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" "JATS-journalpublishing1-3.dtd">\n'
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="{front.language}">'
        f"<front><article-meta>{''.join(meta)}</article-meta></front><body>{body}</body><back>{back}</back></article>\n"
    ).encode()


def _side(part: Part) -> str:
    return "fa" if part.persian else "en"


def _contributors(front: Front) -> Iterator[str]:
    yield "<contrib-group>"
    for number, names in enumerate(front.names):
        yield '<contrib contrib-type="author"><name-alternatives>'
        for side, (given, family) in names.items():
            yield f'<name xml:lang="{side}"><surname>{family}</surname><given-names>{given}</given-names></name>'
        yield "</name-alternatives>"
        if front.emails[number]:
            yield f"<email>{front.emails[number]}</email>"
        yield f'<xref ref-type="aff" rid="aff{front.affiliations.index(front.affiliations[number])}"/></contrib>'
    yield "</contrib-group>"
    for number, affiliation in enumerate(front.affiliations):
        if front.affiliations.index(affiliation) == number:
            inner = "".join(f'<aff xml:lang="{side}">{escape(text)}</aff>' for side, text in affiliation.items())
            yield f'<aff-alternatives id="aff{number}">{inner}</aff-alternatives>'


def _history(kind: str, days: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    for calendar, (year, month, day) in days.items():
        parts = f"<day>{day}</day><month>{month}</month><year>{year}</year>"
        yield f'<date date-type="{kind}" calendar="{calendar}">{parts}</date>'


def _summary(parts: list[Part], side: str) -> tuple[list[Part], list[str]]:
    at = next(
        n for n, p in enumerate(parts) if p.kind == "heading" and p.text == {"en": "Abstract", "fa": "چکیده"}[side]
    )
    abstract: list[Part] = []
    for part in parts[at + 1 :]:
        if part.kind == "paragraph" and part.runs[0].bold:
            listed = "".join(run.text for run in part.runs[1:])
            return abstract, [word.strip() for word in re.split("[,،]", listed)]
        abstract.append(part)
    raise ValueError("an abstract without keywords")


def _body(parts: list[Part]) -> tuple[str, str]:
    opens = ("Introduction", "۱. مقدمه")
    first = next(n for n, p in enumerate(parts) if p.kind == "heading" and p.text in opens)
    body, notes, listed, depth = "", "", "", 0
    into = "body"
    for kind, group in _grouped(parts[first:]):
        if kind == "heading":
            for part in group:
                if part.level == 1:
                    into = "other front page"
                elif part.text in ("Notes", "پی‌نوشت‌ها"):
                    into, notes = "notes", f"<title>{part.text}</title>"
                elif part.text in ("References", "منابع"):
                    into, listed = "references", f"<title>{part.text}</title>"
                elif into == "references":
                    listed += f"</ref-list><ref-list><title>{_jats_runs(part.runs)}</title>"
                elif into == "body":
                    body += "</sec>" * max(depth - part.level + 2, 0)
                    body += f"<sec><title>{_jats_runs(part.runs)}</title>"
                    depth = part.level - 1
        elif into == "notes":
            notes += "".join(
                f'<fn id="fn{n.number}"><p>{_jats_runs(n.runs)}</p></fn>' for n in group if n.kind == "note"
            )
        elif into == "references":
            listed += "".join(
                f"<ref><mixed-citation>{_jats_runs(r.runs)}</mixed-citation></ref>" for r in group if r.runs
            )
        elif into == "body":
            body += "".join(_jats_part(part) for part in group)
    nested = listed.replace("</ref-list>", "", 1) + ("</ref-list>" if "<ref-list>" in listed else "")
    return body + "</sec>" * depth, f"<fn-group>{notes}</fn-group><ref-list>{nested}</ref-list>"


def _jats_part(part: Part) -> str:
    if part.kind == "table":
        rows = ["<tr>" + "".join(f"<td>{_jats_runs(cell)}</td>" for cell in row) + "</tr>" for row in part.rows]
        return f"<table-wrap><table><thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table></table-wrap>"
    return f"<p>{_jats_runs(part.runs)}</p>"


def _jats_runs(runs: list[Run]) -> str:
    written = ""
    for run in runs:
        words = escape(run.text, quote=False)
        if run.call:
            words = f'<xref ref-type="fn" rid="fn{run.call}"><sup>{run.call}</sup></xref>'
        written += f"<bold>{words}</bold>" if run.bold else f"<italic>{words}</italic>" if run.italic else words
    return written


# ── DOCX ───────────────────────────────────────────────────────────────────────────────────────────────────────

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def unstyled_docx(stem: str) -> bytes:
    """The same by an author who knows no styles: headings are bold paragraphs."""
    return docx(stem, styled=False)


def docx(stem: str, *, styled: bool = True) -> bytes:
    """A document of a word processor: styled headings, right-to-left paragraphs, real footnotes, real tables."""
    import docx as python_docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as PackagePart

    document = python_docx.Document()
    parts = parts_of(stem)
    notes = {part.number: part for part in parts if part.kind == "note"}
    for at, part in enumerate(parts):
        following = next((p.kind for p in parts[at + 1 :]), "")
        if part.kind in ("rule", "note") or (part.kind == "heading" and following == "note"):
            continue  # the word processor numbers the notes and needs no heading for them
        if part.kind == "table":
            table = document.add_table(rows=len(part.rows), cols=len(part.rows[0]))
            for row, cells in zip(table.rows, part.rows, strict=True):
                for cell, runs in zip(row.cells, cells, strict=True):
                    _docx_runs(cell.paragraphs[0], runs)
            continue
        style = {"heading": "Title" if part.level == 1 else f"Heading {part.level - 1}", "item": "List Bullet"}
        bold = part.kind == "heading" and not styled
        paragraph = document.add_paragraph(style=None if bold else style.get(part.kind))
        if part.persian:
            paragraph._p.get_or_add_pPr().append(_element("bidi"))
        _docx_runs(paragraph, [replace(run, bold=True) for run in part.runs] if bold else part.runs)
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{_xml_runs(note.runs)}</w:p></w:footnote>'
        for number, note in notes.items()
    )
    footnotes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f"{body}</w:footnotes>"
    )
    package = document.part.package
    part = PackagePart(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, footnotes.encode(), package)
    document.part.relate_to(part, _FOOTNOTES_RELATION)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _element(name: str, **attributes: str):  # type: ignore[no-untyped-def]
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _docx_runs(paragraph, runs: list[Run]) -> None:  # type: ignore[no-untyped-def]
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
        if run.call:
            added._r.append(_element("footnoteReference", id=run.call))


def _xml_runs(runs: list[Run]) -> str:
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>' for run in runs)


#: How each form is made, by the end of its files' names.
FORMATS: dict[str, Callable[[str], bytes]] = {
    "docx": docx, "unstyled.docx": unstyled_docx, "html": html, "xml": jats, "pdf": pdf,
}  # fmt: skip
