"""Feed a catalogue with synthetic records and time what a librarian waits for.

    python benchmarks/catalogue_search.py [--records 20000] [--url URL] [--ask-only]

The records are made by a seeded generator: words of the project's own articles with Zipf's frequencies, names in both
languages, and as many paragraphs, facts and mentions as the project's articles have on average. Printed are the time
of feeding, of feeding some articles again, the size of the file, and for each query the median of the query alone
(opening the database included) and of the whole command, process start included.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL

from pipeline.catalogue.engine import located, reading
from pipeline.catalogue.feeding import feed
from pipeline.catalogue.search import search
from pipeline.record import Record

ROOT = Path(__file__).parents[1]
PARAGRAPHS, WORDS = 56, 26
#: Different texts; making one takes longer than feeding it.
TEXTS = 500
QUERIES = (
    ("K-1204", {"kind": "system"}),
    ("Mina Karimi 7", {}),
    ("مینا کریمی ۷", {}),
    ("کریمی", {"kind": "person"}),
    ("Town 12", {"kind": "place"}),
    ("Iran", {}),
    ("ایران", {}),
    ("missile navy", {"field": "text"}),
    ("می شود", {"field": "text"}),
    ('"Town 12"', {"field": "text"}),
    ("1394", {"kind": "date"}),
    ("technolog*", {"field": "title"}),
)
_GIVEN = (("Mina", "مینا"), ("Ali", "علی"), ("Sara", "سارا"), ("Reza", "رضا"), ("Nima", "نیما"), ("Leila", "لیلا"))
_FAMILY = (("Karimi", "کریمی"), ("Rezaei", "رضایی"), ("Ahmadi", "احمدی"), ("Moradi", "مرادی"), ("Sadeghi", "صادقی"))
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def records(count: int, seed: int = 6) -> Iterator[Record]:
    """``count`` records, the same for the same seed. After :data:`TEXTS` the texts come again, under new ids."""
    chance = random.Random(seed)
    vocabulary = {language: _vocabulary(language) for language in ("en", "fa")}
    texts: list[Record] = []
    for number in range(count):
        if number < TEXTS:
            texts.append(_record(number, chance, vocabulary))
        like = texts[number % TEXTS]
        record = like.model_copy(update={"id": f"article-{number:06}"})
        record._text = like.text
        yield record


def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    counts: dict[str, int] = {}
    for path in sorted((ROOT / "outputs").glob("*.txt")):
        for word in path.read_text(encoding="utf-8").split():
            persian = any("\u0600" <= c <= "\u06ff" for c in word)
            if persian == (language == "fa") and any(c.isalpha() for c in word):
                counts[word] = counts.get(word, 0) + 1
    # A long tail of rare words, as any large collection has.
    tail = {f"{word}{'گر' if language == 'fa' else 'ova'}": 1 for word in counts if word.isalpha()}
    known = {**tail, **counts}
    return list(known), [float(weight) for weight in known.values()]


def _thing(chance: random.Random) -> tuple[str, str, str, str, dict[str, str]]:
    """Type, id, both names and identifiers of some person, place or organisation."""
    number = min(int(chance.paretovariate(0.7)), 3000)
    persian = str(number).translate(_DIGITS)
    match chance.randrange(3):
        case 0:
            (given, given_fa), (family, family_fa) = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
            key = f"person/{given}-{family}-{number}".lower()
            return "PERSON", key, f"{given} {family} {number}", f"{given_fa} {family_fa} {persian}", {}
        case 1:
            return "GPE", f"gpe/town-{number}", f"Town {number}", f"شهر {persian}", {"geonames": str(100_000 + number)}
        case _:
            return "ORG", f"org/institute-{number}", f"Institute {number}", f"پژوهشگاه {persian}", {}


def _record(number: int, chance: random.Random, vocabulary: dict[str, tuple[list[str], list[float]]]) -> Record:
    things = {thing[1]: thing for thing in (_thing(chance) for _ in range(32))}
    things["gpe/iran"] = ("GPE", "gpe/iran", "Iran", "ایران", {"iso3166": "IR"})
    systems = {f"K-{1000 + min(int(chance.paretovariate(0.8)), 1500)}" for _ in range(8)}
    named = [(kind, key, en, fa) for key, (kind, _, en, fa, _) in sorted(things.items())]
    named += [
        ("SYSTEM", f"system/{name.lower()}", name, name.replace("K-", "کی-").translate(_DIGITS))
        for name in sorted(systems)
    ]
    mentions: dict[str, dict[str, list[dict[str, object]]]] = {}
    blocks, parts, at = [], [], 0
    titles = {}
    for place in range(PARAGRAPHS + 2):
        language = "en" if place % 2 == 0 else "fa"
        pieces = chance.choices(*vocabulary[language], k=9 if place < 2 else WORDS)
        if place >= 2:
            for key, en, fa in [named[(place * 3 + i) % len(named)][1:] for i in range(3)]:
                pieces.insert(chance.randrange(len(pieces)), (key, en if language == "en" else fa))
        start = at
        words = []
        for piece in pieces:
            key, word = piece if isinstance(piece, tuple) else ("", piece)
            if key:
                span = [at, at + len(word)]
                mentions.setdefault(key, {}).setdefault(language, []).append({"span": span, "surface": word})
            words.append(word)
            at += len(word) + 1
        text = " ".join(words)
        parts.append(text)
        at = start + len(text) + 2
        kind = "title" if place < 2 else "abstract" if place < 4 else "paragraph"
        blocks.append({"kind": kind, "language": language, "span": [start, start + len(text)]})
        if place < 2:
            titles[language] = text
    year = chance.randrange(1380, 1403)
    dates = [
        {"id": f"date/{y}-jalali", "type": "year", "method": "pattern", "confidence": 0.9,
         "value": {"edtf": f"{y + 621}-03-21/{y + 622}-03-20", "calendar": "jalali", "native": str(y)}}
        for y in {year - i for i in range(30)}
    ]  # fmt: skip
    data = {
        "schema": "dozaban/1", "id": f"article-{number:06}",
        "source": {"file": "a.md", "media_type": "text/markdown", "sha256": f"{number:064x}", "characters": at},
        "produced_by": {"dozaban": "0.1.0", "config_sha256": "0" * 64},
        "metadata": {"title": titles, "language": "fa", "published": f"{year + 621}-05-01",
                     "evidence": [{"field": f"title.{b['language']}", "span": b["span"]} for b in blocks[:2]]},
        "keywords": [{"en": en, "fa": fa} for _, _, en, fa in named[:6]],
        "entities": [
            {"id": key, "type": kind, "name": {"en": en, "fa": fa}, "identifiers": identifiers, "method": "gazetteer",
             "confidence": 0.9, "mentions": mentions.get(key, {})}
            for key, (kind, _, en, fa, identifiers) in sorted(things.items())
        ],
        "systems": [
            {"id": f"system/{name.lower()}", "name": {"en": name}, "designation": name.replace("-", ""),
             "kind": {"en": "missile", "fa": "موشک"}, "kind_id": "missile", "pack": "defence", "method": "pattern",
             "confidence": 0.9, "mentions": mentions.get(f"system/{name.lower()}", {}),
             "properties": [{"name": "range", "value": 120, "unit": "km", "evidence": [0, 5]}]}
            for name in sorted(systems)
        ],
        "dates": dates, "blocks": blocks,
    }  # fmt: skip
    record = Record.model_validate(data)
    record._text = "\n\n".join(parts)
    return record


def _time_feeding(url: URL, count: int) -> None:
    for name, some in (("fed", count), ("fed again", min(50, count))):
        start, processor = time.perf_counter(), time.process_time()
        feed(records(some), url)
        took, processor = time.perf_counter() - start, time.process_time() - processor
        print(f"{name} {some} records in {took:.1f} s ({processor:.1f} s of processor time, making them included)")


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--url", help="a database URL or a file (default: a temporary file)")
    parser.add_argument("--ask-only", action="store_true", help="the catalogue at --url has been fed already")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = located(options.url or str(Path(folder) / "catalogue.sqlite"), Path(folder))
        if not options.ask_only:
            _time_feeding(url, options.records)
        if url.get_backend_name() == "sqlite":
            print(f"the file has {Path(str(url.database)).stat().st_size / 1e6:.0f} MB")
        print("medians in ms; query: opening the database included; command: process start included")
        print(f"{'query':<24}{'answers':>8}{'query':>10}{'command':>10}")
        for words, how in QUERIES:
            inside, whole = [], []
            for _ in range(options.rounds):
                start = time.perf_counter()
                with reading(url) as connection:
                    answers = search(connection, words, **how)
                inside.append(time.perf_counter() - start)
            shown = url.render_as_string(hide_password=False)
            flags = [f"--{'type' if key == 'kind' else key}={value}" for key, value in how.items()]
            command = [sys.executable, "-m", "pipeline", "query", words, *flags, f"--catalogue={shown}"]
            for _ in range(3):
                start = time.perf_counter()
                done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
                whole.append(time.perf_counter() - start)
                if done.returncode != (0 if answers else 1) or done.stderr:
                    raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
            times = [statistics.median(each) * 1e3 for each in (inside, whole)]
            print(f"{words:<24}{len(answers):>8}{times[0]:>10.1f}{times[1]:>10.0f}")


if __name__ == "__main__":
    main()
