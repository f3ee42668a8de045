"""Articles without end, for measuring: the same number and seed always give the same files.

    python benchmarks/articles.py FOLDER [--count 2000] [--seed 6] [--scale 1.0]

Each is a bilingual Markdown article put together from a small grammar: two titles, authors, two abstracts that
translate each other sentence by sentence, keywords, sections whose number and length vary as those of real articles do
(most are middling, a few very long), notes and references. The sentences are written for this purpose and mean little.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

PLACES = (
    ("Iran", "ایران"), ("China", "چین"), ("Turkey", "ترکیه"), ("Iraq", "عراق"), ("Oman", "عمان"), ("India", "هند"),
    ("Pakistan", "پاکستان"), ("Qatar", "قطر"), ("Kuwait", "کویت"), ("Azerbaijan", "آذربایجان"), ("Armenia", "ارمنستان"),
    ("Russia", "روسیه"), ("Kazakhstan", "قزاقستان"), ("Japan", "ژاپن"), ("Germany", "آلمان"), ("France", "فرانسه"),
)  # fmt: skip
TOWNS = (
    ("Tehran", "تهران"), ("Bushehr", "بوشهر"), ("Shiraz", "شیراز"), ("Tabriz", "تبریز"), ("Beijing", "پکن"),
    ("Ankara", "آنکارا"), ("Muscat", "مسقط"), ("Baku", "باکو"), ("Isfahan", "اصفهان"), ("Mashhad", "مشهد"),
)  # fmt: skip
BODIES = (
    ("the Ministry of Energy", "وزارت نیرو"), ("the United Nations", "سازمان ملل متحد"),
    ("the Port Authority", "سازمان بنادر"), ("the University of Tehran", "دانشگاه تهران"),
    ("the Central Bank", "بانک مرکزی"), ("the Department of Environment", "سازمان حفاظت محیط زیست"),
)  # fmt: skip
TOPICS = (
    ("water policy", "سیاست آب"), ("maritime trade", "بازرگانی دریایی"), ("dust storms", "توفان‌های گردوغبار"),
    ("regional security", "امنیت منطقه‌ای"), ("energy transit", "ترانزیت انرژی"), ("coastal fishing", "ماهیگیری ساحلی"),
    ("railway links", "پیوندهای راه‌آهن"), ("air defence", "پدافند هوایی"), ("urban heritage", "میراث شهری"),
)  # fmt: skip
SYSTEMS = (("the C-704 missile", "موشک C-704"), ("the MQ-5 drone", "پهپاد MQ-5"), ("the Type 730 gun", "توپ Type 730"))
FAMILIES = (
    ("Rahnama", "راهنما"), ("Sepanta", "سپنتا"), ("Daryabari", "دریاباری"), ("Kuhestani", "کوهستانی"),
    ("Baghban", "باغبان"), ("Mehrabi", "مهرابی"), ("Safarnia", "سفرنیا"), ("Zarrinfar", "زرین‌فر"),
)  # fmt: skip
GIVEN = (("Leila", "لیلا"), ("Omid", "امید"), ("Shirin", "شیرین"), ("Babak", "بابک"), ("Nahid", "ناهید"))

#: Sentences in both languages; the places of the grammar are filled alike on either side.
SENTENCES = (
    ("In {year}, {body} of {place} published a report on {topic}.",
     "در سال {sal}، {body} {place} گزارشی دربارهٔ {topic} منتشر کرد."),
    ("{place} and {other} signed an agreement in {town} on {day} {month} {year}.",
     "{place} و {other} در {day} {month} {year} در {town} توافق‌نامه‌ای امضا کردند."),
    ("Between {year} and {later} the volume of {topic} grew by {number} per cent.",
     "میان سال‌های {sal} تا {pas} حجم {topic} {number} درصد رشد کرد."),
    ("This article examines {topic} in {place} and asks what {other} has learned from it.",
     "این مقاله {topic} را در {place} بررسی می‌کند و می‌پرسد که {other} از آن چه آموخته است."),
    ("Officials in {town} rejected the claim that {system} had been delivered to {other}.",
     "مقام‌های {town} این ادعا را رد کردند که {system} به {other} تحویل داده شده است."),
    ("{body} had warned two decades ago that {topic} would depend on {place}.",
     "{body} دو دهه پیش هشدار داده بود که {topic} به {place} وابسته خواهد شد."),
    ("The archives of {town} hold {number} letters on {topic}, most of them from the {decade}s.",
     "بایگانی {town} {number} نامه دربارهٔ {topic} دارد که بیشتر آن‌ها از دههٔ {decade} است."),
    ("According to {body}, {system} has a range of {number} km.",
     "به گفتهٔ {body}، {system} بردی برابر با {number} کیلومتر دارد."),
    ("No study before {year} compared {place} with {other} in this respect.",
     "پیش از سال {sal} هیچ پژوهشی {place} را از این نظر با {other} نسنجیده بود."),
    ("The results suggest that {topic} matters more to {town} than was thought.",
     "یافته‌ها نشان می‌دهد که {topic} برای {town} مهم‌تر از آن است که گمان می‌رفت."),
)  # fmt: skip
MONTHS = (("January", "ژانویه"), ("March", "مارس"), ("June", "ژوئن"), ("September", "سپتامبر"), ("November", "نوامبر"))
HEADINGS = (
    ("Introduction", "مقدمه"), ("Background", "پیشینه"), ("Method", "روش"), ("Findings", "یافته‌ها"),
    ("Discussion", "بحث"), ("Regional Comparison", "مقایسهٔ منطقه‌ای"), ("Outlook", "چشم‌انداز"),
)  # fmt: skip
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def article(number: int, seed: int = 6, scale: float = 1.0) -> str:
    """The article of a number. ``scale`` stretches its length."""
    chance = random.Random(f"{seed}/{number}")
    topic, other_topic = chance.sample(TOPICS, 2)
    place = chance.choice(PLACES)
    authors = [(chance.choice(GIVEN), chance.choice(FAMILIES)) for _ in range(chance.randint(1, 3))]
    abstract = [sentence(chance, topic, place) for _ in range(chance.randint(4, 8))]
    persian_main = chance.random() < 0.35
    paragraphs = max(3, min(120, round(chance.lognormvariate(2.9, 0.7) * scale)))
    year = chance.randint(2005, 2024)
    keywords = [topic, other_topic, place, *chance.sample(TOWNS, 2)]
    titles = (f"{topic[0].title()} in {place[0]}, No. {number}", f"{topic[1]} در {place[1]}، شمارهٔ {fa(number)}")
    lines = [
        f"# {titles[persian_main]}", "", f"**{titles[not persian_main]}**", "",
        ", ".join(f"{given[0]} {family[0]}" for given, family in authors), "",
        "، ".join(f"{given[1]} {family[1]}" for given, family in authors), "",
        f"Received: {chance.randint(1, 28)} March {year}; Accepted: {chance.randint(1, 28)} September {year}", "",
        "## Abstract", "", " ".join(pair[0] for pair in abstract), "",
        "**Keywords:** " + ", ".join(word[0] for word in keywords), "",
        "## چکیده", "", " ".join(pair[1] for pair in abstract), "",
        "**کلیدواژه‌ها:** " + "، ".join(word[1] for word in keywords), "",
    ]  # fmt: skip
    side = int(persian_main)
    sections = max(2, paragraphs // 6)
    for section in range(sections):
        lines += [f"## {HEADINGS[section % len(HEADINGS)][side]}", ""]
        for _ in range(paragraphs // sections):
            running = [sentence(chance, chance.choice(TOPICS), place)[side] for _ in range(chance.randint(3, 7))]
            lines += [" ".join(running) + f" ({chance.choice(FAMILIES)[0]}, {chance.randint(1990, year)})", ""]
    lines += [("## References", "## منابع")[side], ""]
    lines += [
        f"- {family[0]}, {given[0][0]}. ({chance.randint(1990, year)}). *{chance.choice(TOPICS)[0].title()} and Its "
        f"Limits*. {chance.choice(TOWNS)[0]}: {chance.choice(FAMILIES)[0]} Press."
        for given, family in ((chance.choice(GIVEN), chance.choice(FAMILIES)) for _ in range(chance.randint(3, 14)))
    ]
    return "\n".join(lines) + "\n"


def sentence(chance: random.Random, topic: Sequence[str], place: Sequence[str]) -> tuple[str, str]:
    """One sentence in both languages."""
    patterns = chance.choice(SENTENCES)
    year = chance.randint(1950, 2020)
    later = year + chance.randint(1, 15)
    filled = {
        "topic": topic, "place": place, "other": chance.choice(PLACES), "town": chance.choice(TOWNS),
        "body": chance.choice(BODIES), "system": chance.choice(SYSTEMS), "month": chance.choice(MONTHS),
    }  # fmt: skip
    numbers = {
        "year": year, "later": later, "sal": year - 621, "pas": later - 621, "day": chance.randint(1, 28),
        "number": chance.randint(3, 400), "decade": year // 10 * 10,
    }  # fmt: skip
    english = {**{key: pair[0] for key, pair in filled.items()}, **{key: str(n) for key, n in numbers.items()}}
    persian = {**{key: pair[1] for key, pair in filled.items()}, **{key: fa(n) for key, n in numbers.items()}}
    text = patterns[0].format(**english)
    return text[0].upper() + text[1:], patterns[1].format(**persian)


def fa(number: int) -> str:
    """A number in Persian digits."""
    return str(number).translate(_DIGITS)


def write(folder: Path, count: int, seed: int = 6, scale: float = 1.0) -> list[Path]:
    """Write the first ``count`` articles of a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"article-{number:05d}.md"
        path.write_text(article(number, seed, scale), encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Write articles into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args()
    paths = write(chosen.folder, chosen.count, chosen.seed, chosen.scale)
    sizes = sorted(path.stat().st_size for path in paths)
    median = sizes[len(sizes) // 2]
    print(f"{len(paths)} articles, {sum(sizes):,} bytes: {sizes[0]:,} to {sizes[-1]:,}, median {median:,}")


if __name__ == "__main__":
    main()
