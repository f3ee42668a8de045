"""Makes the PDFs that the tests read, from HTML written for the purpose.

Run by hand (``python tests/data/pdf/make_pdfs.py``) after a change here; the files are committed. Needs weasyprint and
the font Vazirmatn (SIL Open Font License), whose subset the files embed. ``encrypted.pdf`` is the first page of
``english.pdf`` under a password, made with pypdf.
"""

from pathlib import Path

import weasyprint

HERE = Path(__file__).parent

STYLE = """
@page { size: 148mm 210mm; margin: 18mm 15mm;
        @top-center { content: "%(head)s"; font: 7pt Vazirmatn }
        @bottom-center { content: counter(page); font: 7pt Vazirmatn }
        @footnote { border-top: .4pt solid } }
@page :first { @top-center { content: none } }
body { font: 9.5pt/1.7 Vazirmatn; text-align: justify }
h1 { font-size: 16pt } h2 { font-size: 12.5pt } p { margin: .5em 0 }
.note { float: footnote; font-size: 7.5pt; text-align: start }
::footnote-call { font-size: 6pt; vertical-align: super } ::footnote-marker { content: counter(footnote) ". " }
.columns { columns: 2; column-gap: 9mm; font-size: 8.5pt }
table { border-collapse: collapse; width: 100%% } td, th { padding: 3pt 10pt; border: .4pt solid }
"""

PERSIAN = """
<h1>کاربرد انرژی خورشیدی در خانه‌های کویری</h1>
<p>نسرین کاظمی</p>
<h2>چکیده</h2>
<p>در این مقاله نشان داده شده است که خانه‌های کویری (بادگیر و حیاط) تا ۳۵٪ انرژی کمتری مصرف می‌کنند.
داده‌ها از سال ۱۳۹۴ تا ۱۳۹۸ در یزد گردآوری شد و با نرم‌افزار EnergyPlus 9 سنجیده شد. نتایج «امیدوارکننده» است
و لازم است در شهرهای دیگر نیز آزموده شود.</p>
<p><b>کلیدواژه‌ها:</b> انرژی خورشیدی، معماری، یزد</p>
<h2>Abstract</h2>
<p dir="ltr">This article shows that desert houses (wind towers and courtyards) use up to 35% less energy. Data were
collected in Yazd from 2015 to 2019. The results are encouraging.</p>
<h2>مقدمه</h2>
<p>معماری سنتی ایران با اقلیم سازگار بوده
است.<span class="note">برای نمونه بنگرید به کتاب معماری گرم و خشک.</span> بادگیر هوای
تازه را به درون خانه می‌آورد و گرمای روز را کم می‌کند.</p>
"""
PERSIAN_BODY = (
    "<p>"
    + (
        "پژوهش حاضر در پاییز ۱۳۹۶ آغاز شد و سه سال ادامه یافت. دمای هوا هر ده دقیقه یک بار با حسگر DHT-22 ثبت شد "
        "و میانگین روزانه به دست آمد. خانه‌های قدیمی در برابر خانه‌های نو سنجیده شدند تا روشن شود که کدام یک "
        "خنک‌تر می‌مانند. "
    )
    * 6
    + "</p>"
)

ENGLISH = """
<h1>Harbour Lights of the Northern Gulf</h1>
<p>Mina Daneshvar</p>
<h2>Abstract</h2>
<p>The lighthouse service of the northern Gulf was reorganised in 1931.<span class="note">See the annual report of the
service, 1932.</span> This article follows its keepers, its ships and its lamps, and asks why some of them were left
dark during the war.<span class="note">A second report was never printed.</span></p>
<div class="columns">
<h2>1. Keepers</h2>
%s
<h2>2. Lamps</h2>
%s
</div>
<h2>3. Results</h2>
<table><tr><th>Harbour</th><th>Year</th><th>Lamps</th></tr><tr><td>Bushehr</td><td>1931</td><td>12</td></tr>
<tr><td>Bandar Abbas</td><td>1934</td><td>7</td></tr></table>
<h2>References</h2>
<p>Daneshvar, M. (2009). Lamps and keepers. Tehran: Sahel Press.</p>
"""
KEEPERS = (
    "<p>"
    + (
        "Every keeper wrote a journal in which the weather, the passing ships and the oil consumed were entered each "
        "evening. Most of these journals were lost, but eleven of them survive in the harbour office of Bushehr. "
    )
    * 3
    + "</p>"
)
LAMPS = (
    "<p>"
    + (
        "The first lamps burned paraffin and were trimmed by hand. After 1934 acetylene took its place, and a single "
        "visit a month was enough to keep a lamp alight through the winter. "
    )
    * 3
    + "</p>"
)


def write(name: str, body: str, head: str, direction: str, language: str) -> None:
    """Write one PDF."""
    style = STYLE % {"head": head}
    page = f'<meta charset="utf-8"><style>{style}</style><body>{body}</body>'
    html = f'<html lang="{language}" dir="{direction}">{page}</html>'
    weasyprint.HTML(string=html).write_pdf(HERE / name)


if __name__ == "__main__":
    write("persian.pdf", PERSIAN + PERSIAN_BODY * 2, "فصلنامه معماری کویر، شماره ۱۲", "rtl", "fa")
    write("english.pdf", ENGLISH % (KEEPERS, LAMPS), "Journal of Harbour History, Vol. 4", "ltr", "en")
