"""Large samples for the review page: a long article with many spans, and a long shelf."""

from __future__ import annotations

import json
from pathlib import Path

import pipeline
from pipeline.emit import EmitSettings, EmitStage
from pipeline.record import Record

ROOT = Path(__file__).parents[1]
WORDS, SPANS = 15_000, 1_500


def large_article(outputs: Path) -> Record:
    """An article of 15,000 words in both languages with more than 1,500 mentions, made of a real one over and over."""
    one = pipeline.load(ROOT / "outputs" / "naval-history-bushehr.yaml")
    assert one.text is not None
    times = -(-WORDS // len(one.text.split()))
    text = "\n\n".join([one.text] * times)
    record = one.model_copy(deep=True)
    step = len(one.text) + 2
    record.source = record.source.model_copy(update={"text_sha256": "", "characters": len(text)})
    record.id = "large"
    record.blocks[:] = [
        block.model_copy(update={"span": block.span.shift(i * step)}) for i in range(times) for block in one.blocks
    ]
    for layer in (record.entities, record.dates, record.systems):
        for fact in layer:
            for language in ("en", "fa"):
                mentions = getattr(fact.mentions, language)
                copies = [m.model_copy(update={"span": m.span.shift(i * step)}) for i in range(times) for m in mentions]
                setattr(fact.mentions, language, copies)
    EmitStage(EmitSettings()).write(record.with_text(text), outputs)
    return record


def large_shelf(outputs: Path, count: int) -> None:
    """So many records, each the same small one under another name."""
    outputs.mkdir(parents=True)
    source = ROOT / "outputs" / "naval-history-bushehr"
    data = json.loads(source.with_suffix(".jsonl").read_text(encoding="utf-8"))
    for name in ("blocks", "references", "citations", "notes", "sections"):
        data.pop(name, None)
    for name in ("entities", "dates", "systems", "timeline"):
        data[name] = data[name][:12]
    for number in range(count):
        data["id"] = f"article-{number:05}"
        data["metadata"]["title"]["en"] = f"Bushehr, part {number}"
        line = json.dumps(data, ensure_ascii=False)
        (outputs / f"article-{number:05}.yaml").write_text("schema: dozaban/1\n", encoding="utf-8")
        (outputs / f"article-{number:05}.jsonl").write_text(line + "\n", encoding="utf-8")
