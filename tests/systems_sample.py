"""Small articles for the tests of systems and timeline: each paragraph a block, cut by script."""

from __future__ import annotations

import re
from typing import Any

from pipeline.article import Article, SentenceSpan, SourceFile
from pipeline.extract.systems import SystemsStage
from pipeline.record import Block, Citation, Language, System
from pipeline.text.offsets import Span


def article(text: str, *, kind: Any = "paragraph", citations: tuple[str, ...] = ()) -> Article:
    """An article whose paragraphs are blocks of ``kind``; ``citations`` are the surfaces to be marked as such."""
    made = Article("sample", SourceFile("sample.md", text.encode()), text=text)
    for match in re.finditer(r"[^\n]+", text):
        language: Language = "fa" if re.search(r"[\u0600-\u06FF]", match[0][:40]) else "en"
        made.blocks.append(Block(kind=kind, language=language, span=Span(*match.span())))
        for sentence in re.finditer(r"[^.؟!]+[.؟!]?(?:\d[^.]*\.)*", match[0]):
            span = Span(*sentence.span()).shift(match.start())
            made.sentences.append(SentenceSpan(span, language, len(made.blocks) - 1))
    for number, surface in enumerate(citations):
        start = text.index(surface)
        made.citations.append(Citation(id=f"c{number}", span=Span(start, start + len(surface)), group=number))
    return made


def systems(text: str, *packs: str, citations: tuple[str, ...] = ()) -> dict[str, System]:
    """The systems of a text by their id, with every mention's surface checked against the text."""
    source = article(text, citations=citations)
    stage = SystemsStage(SystemsStage.Settings(packs=packs or ("auto",)))
    found: list[System] = stage(source)["systems"]
    for system in found:
        for _, mention in system.mentions.all():
            assert text[mention.span.start : mention.span.end] == mention.surface
    return {system.id: system for system in found}


def surfaces(system: System) -> list[str | None]:
    """The written forms of a system's mentions."""
    return [mention.surface for _, mention in system.mentions.all()]
