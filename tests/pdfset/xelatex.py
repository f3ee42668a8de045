"""The articles typeset by XeLaTeX with the package bidi."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from pdfset.article import Article, Part

_PREAMBLE = r"""
\documentclass[10pt,%(columns)s]{article}
\usepackage[paperwidth=160mm,paperheight=230mm,margin=17mm,top=24mm,bottom=24mm,headsep=6mm]{geometry}
\usepackage{fancyhdr}
\usepackage{array}
\usepackage{fontspec}
\usepackage{bidi}
\setmainfont%(main)s
\newfontfamily\persianfont[Script=Arabic]{%(persian)s}
\newfontfamily\latinfont{%(latin)s}
\setlength{\parindent}{5mm}
\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}
\fancyhead[C]{\footnotesize %(head)s}
\fancyfoot[C]{\footnotesize %(number)s}
\fancyfoot[L]{\footnotesize %(watermark)s}
\renewcommand{\thefootnote}{%(note)s}
\makeatletter
\renewcommand\section{\@startsection{section}{1}{0pt}{3mm}{1mm}{\normalfont\large\bfseries}}
\renewcommand\@makefntext[1]{\noindent\thefootnote. #1}
\makeatother
\emergencystretch=2em
\setlength{\tabcolsep}{3pt}
%(direction)s
\begin{document}
"""
_LATIN_RUN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .,:&/@='-]*[A-Za-z0-9])?(?: \([A-Za-z0-9:, ]+\))?")
_SPECIAL = str.maketrans({c: "\\" + c for c in "&%#_$"})
_FONTS = {"amiri": "Amiri", "noto": "Noto Naskh Arabic", "vazirmatn": "Vazirmatn"}


def xelatex(article: Article, *, columns: int, font: str) -> bytes:
    """The article typeset by XeLaTeX."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.tex"
        source.write_text(_document(article, columns, _FONTS[font]), encoding="utf-8")
        for _ in range(2):
            done = subprocess.run(
                ["xelatex", "-interaction=nonstopmode", "-halt-on-error", source.name],
                cwd=folder, capture_output=True, text=True, timeout=180, check=False,
            )  # fmt: skip
            if done.returncode:
                raise RuntimeError(done.stdout[-2000:])
        return source.with_suffix(".pdf").read_bytes()


def _document(article: Article, columns: int, font: str) -> str:
    rtl = article.language == "fa"
    latin = font if font != "Noto Naskh Arabic" else "Noto Serif"
    persian = font if rtl or font != "Noto Naskh Arabic" else "Amiri"  # that one has no brackets
    preamble = _PREAMBLE % {
        "columns": "twocolumn" if columns == 2 else "onecolumn",
        "main": f"[Script=Arabic]{{{font}}}" if rtl else f"{{{latin}}}",
        "persian": persian,
        "latin": latin,
        "direction": r"\setRTL\RTLdblcol" if rtl else "",
        "head": (r"\RL" if rtl else r"\LR") + f"{{{_text(article.head, rtl=rtl)}}}",
        "number": _counter("page", article),
        "watermark": _text(article.watermark, rtl=rtl),
        "note": _counter("footnote", article),
    }
    parts = article.numbered()
    body = "".join(_block(article, part, pieces) for part, pieces in parts[2:])
    over = "".join(_block(article, part, pieces) for part, pieces in parts[:2])
    head = rf"\twocolumn[{over}\vspace{{4mm}}]" if columns == 2 else over
    return preamble + head + "\n" + body + "\n\\end{document}\n"


def _counter(name: str, article: Article) -> str:
    cases = "".join(rf"\or {article.digits(n)}" for n in range(1, 30))
    return rf"\ifcase\value{{{name}}}{cases}\fi"


def _text(text: str, *, rtl: bool) -> str:
    """Words ready for TeX; in a right-to-left paragraph Latin runs are marked, in the other one Persian runs."""
    if not rtl:
        text = text.translate(_SPECIAL)
        return re.sub("[\u0600-\u06ff][\u0600-\u06ff\u200c ]*[\u0600-\u06ff]", r"\\RL{\\persianfont \g<0>}", text)
    made, at = "", 0
    for match in _LATIN_RUN.finditer(text):
        made += text[at : match.start()].translate(_SPECIAL)
        made += rf"\LR{{\latinfont {match.group().translate(_SPECIAL)}}}"
        at = match.end()
    return made + text[at:].translate(_SPECIAL)


def _block(article: Article, part: Part, pieces: list[tuple[str, int | None]]) -> str:
    rtl = part.rtl
    if part.rows:
        spec = "|".join("r" if rtl else "l" for _ in part.rows[0])
        rows = "".join(" & ".join(_text(cell, rtl=rtl) for cell in row) + r" \\ \hline" + "\n" for row in part.rows)
        return (
            rf"{{\centering\scriptsize\begin{{tabular}}{{|{spec}|}}\hline {rows}\end{{tabular}}\par}}\vspace{{3mm}}"
            "\n\n"
        )
    words = "".join(
        _text(text, rtl=rtl) if n is None else rf"\footnote{{{_text(text, rtl=article.language == 'fa')}}}"
        for text, n in pieces
    )
    match part.kind:
        case "title":
            made = rf"{{\centering\LARGE\bfseries {words}\par}}\vspace{{3mm}}"
        case "author":
            made = rf"{{\centering {words}\par}}\vspace{{3mm}}"
        case "heading":
            face = r"\persianfont " if rtl else r"\latinfont "
            made = rf"\section*{{{face}{words}}}"
        case "caption":
            made = rf"\vspace{{3mm}}{{\centering\footnotesize {words}\par}}\vspace{{1mm}}\nopagebreak"
        case _:
            made = words
    if part.language != article.language:
        name, face = ("RTL", "persianfont") if rtl else ("LTR", "latinfont")
        made = rf"\begin{{{name}}}\{face} {made}\par\end{{{name}}}"
    return made + "\n\n"
