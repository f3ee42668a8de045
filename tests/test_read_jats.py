"""JATS: what the elements state, and the safety of the XML."""

from __future__ import annotations

import pytest
from reading import kinds, read, segment

from pipeline.errors import ReadError

EN = "This article follows the ports of the south over half a century."
FA = "این مقاله بندرهای جنوب را در نیم قرن گذشته بررسی می‌کند."


def jats(
    meta: str = "", body: str = "<p>Text of the article.</p>", back: str = "", *, lang: str = "en", head: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"'
        f' xml:lang="{lang}"><front><journal-meta><journal-title-group><journal-title>Port Review</journal-title>'
        f"</journal-title-group></journal-meta><article-meta>{meta}</article-meta></front><body>{body}</body><back>{back}</back></article>"
    )


TITLES = (
    "<title-group><article-title>Ports of the <italic>South</italic></article-title><subtitle>A history</subtitle>"
    '<trans-title-group xml:lang="fa"><trans-title>بندرهای جنوب</trans-title></trans-title-group></title-group>'
)


def test_titles_abstracts_and_keywords_come_in_both_languages() -> None:
    meta = (
        f'{TITLES}<abstract><title>Summary</title><p>{EN} It ends.</p></abstract><trans-abstract xml:lang="fa"><p>{FA}</p></trans-abstract>'
        '<kwd-group xml:lang="en"><kwd>ports</kwd><kwd>sea, and ships</kwd></kwd-group><kwd-group xml:lang="fa"><title>واژگان</title><kwd>بندر</kwd></kwd-group>'
    )
    article = segment(jats(meta), "a.xml")
    assert (article.metadata.title.en, article.metadata.title.fa) == ("Ports of the South: A history", "بندرهای جنوب")
    assert article.abstract.en is not None
    assert [sentence.text for sentence in article.abstract.en.sentences] == [EN, "It ends."]
    assert article.abstract.fa is not None
    assert [sentence.text for sentence in article.abstract.fa.sentences] == [FA]
    assert [(keyword.en, keyword.fa) for keyword in article.keywords] == [
        ("ports", None),
        ("sea, and ships", None),
        (None, "بندر"),
    ]


def test_authors_carry_what_describes_them_however_odd_their_names() -> None:
    meta = (
        f"{TITLES}<contrib-group><contrib contrib-type='author'><contrib-id contrib-id-type='orcid'>https://orcid.org/0000-0002-1825-0097"
        "</contrib-id><name name-style='given-only'><given-names>Madonna</given-names></name><xref ref-type='aff' rid='a1'/>"
        "<xref ref-type='corresp' rid='c1'/></contrib><contrib><collab>Port Survey Group</collab></contrib>"
        "<contrib contrib-type='editor'><name><surname>Ed</surname><given-names>I.</given-names></name></contrib></contrib-group>"
        "<aff id='a1'><label>1</label><institution>Basin Trust</institution><country>Oman</country></aff>"
        "<author-notes><corresp id='c1'>Mail: <email>m@example.org</email></corresp></author-notes>"
    )
    first, second = segment(jats(meta), "a.xml").metadata.authors
    assert (first.name.en, first.affiliation.en, first.email, first.orcid) == (
        "Madonna", "Basin Trust, Oman", "m@example.org", "0000-0002-1825-0097",
    )  # fmt: skip
    assert second.name.en == "Port Survey Group"


def test_dates_are_gregorian_values_with_the_calendar_beside_the_span() -> None:
    meta = (
        f"{TITLES}<history><date date-type='received' calendar='jalali'><day>۱۵</day><month>۳</month><year>۱۴۰۱</year></date>"
        "<date date-type='rev-recd' iso-8601-date='2022-08-01'/><date date-type='accepted'><string-date>12 October 2022</string-date>"
        "<day>12</day><month>10</month><year>2022</year></date></history><pub-date pub-type='epub'><month>2</month><year>2023</year></pub-date>"
    )
    article = segment(jats(meta), "a.xml")
    known = article.metadata
    assert (known.received, known.revised, known.accepted, known.published) == (
        "2022-06-05", "2022-08-01", "2022-10-12", "2023-02",
    )  # fmt: skip
    evidence = {each.field: (each.surface, each.calendar) for each in known.evidence}
    assert evidence["received"] == ("۱۴۰۱/۳/۱۵", "jalali")
    assert evidence["accepted"] == ("12 October 2022", "gregorian")


def test_volume_issue_pages_and_doi_are_stated() -> None:
    meta = f"<article-id pub-id-type='doi'>10.1234/pr.5</article-id>{TITLES}<volume>5</volume><issue>2</issue><fpage>10</fpage><lpage>20</lpage>"
    known = segment(jats(meta), "a.xml").metadata
    assert (known.journal.en, known.volume, known.issue, known.pages, known.doi) == (
        "Port Review",
        "5",
        "2",
        "10-20",
        "10.1234/pr.5",
    )


def test_a_structured_abstract_keeps_its_headings_out_of_its_sentences() -> None:
    meta = f"{TITLES}<abstract><sec><title>Aim</title><p>{EN}</p></sec><sec><title>Results</title><p>Ports live.</p></sec></abstract>"
    article = segment(jats(meta), "a.xml")
    assert article.abstract.en is not None
    assert [sentence.text for sentence in article.abstract.en.sentences] == [EN, "Ports live."]
    assert [section.role for section in article.sections if section.title in ("Aim", "Results")] == [
        "abstract",
        "abstract",
    ]


def test_sections_nest_and_have_their_numbers() -> None:
    body = "<sec><label>1</label><title>Introduction</title><p>A.</p><sec><label>1.1</label><title>Docks</title><p>B.</p></sec></sec>"
    sections = segment(jats(TITLES, body), "a.xml").sections
    assert [(s.number, s.title, s.level) for s in sections[2:]] == [("1", "Introduction", 1), ("1.1", "Docks", 2)]


def test_notes_references_figures_lists_and_tables_are_blocks() -> None:
    body = (
        "<sec><title>Introduction</title><p>Ships<xref ref-type='fn' rid='f1'><sup>a</sup></xref> came:<list list-type='order'>"
        "<list-item><p>one</p></list-item><list-item><p>two</p></list-item></list>and went.<fn id='f2'><p>In place.</p></fn></p><disp-quote><p>He wrote.</p></disp-quote>"
        "<fig><label>Figure 1</label><caption><p>The port.</p></caption><graphic xlink:href='x.png'/></fig></sec>"
    )
    back = "<fn-group><fn id='f1'><p>Of the university.</p></fn></fn-group>"
    article = segment(jats(TITLES, body, back), "a.xml")
    assert kinds(article)[3:] == [
        ("heading", "## Introduction"), ("paragraph", "Ships[^2] came:"), ("list_item", "1. one"), ("list_item", "2. two"), ("paragraph", "and went.[^1]"),
        ("note", "[^1]: In place."), ("quote", "> He wrote."), ("caption", "Figure 1. The port."), ("heading", "## Notes"),
        ("note", "[^2]: Of the university."),
    ]  # fmt: skip
    assert [(note.label, note.text, len(note.markers)) for note in article.notes] == [
        ("1", "In place.", 1),
        ("2", "Of the university.", 1),
    ]


def test_references_are_printed_in_the_usual_order() -> None:
    back = (
        "<ref-list><ref><label>1</label><element-citation><person-group person-group-type='author'><name><surname>Doe</surname>"
        "<given-names>J.</given-names></name><name><surname>Roe</surname><given-names>R.</given-names></name></person-group><year>2010</year>"
        "<article-title>Docks</article-title><source>Port Review</source><volume>5</volume><issue>2</issue><fpage>1</fpage><lpage>9</lpage>"
        "<pub-id pub-id-type='doi'>10.1234/d.7</pub-id></element-citation></ref>"
        "<ref><label>2</label><mixed-citation>احمدی، علی (۱۳۹۴). «بنادر جنوب»، فصلنامهٔ ساحل، ۲(۳): ۱۲-۳۰.</mixed-citation></ref></ref-list>"
    )
    article = segment(jats(TITLES, back=back), "a.xml")
    english, persian = article.references
    assert english.text == "Doe, J., & Roe, R. (2010). Docks. *Port Review*, 5(2), 1–9. https://doi.org/10.1234/d.7"
    assert (english.authors, english.year, english.title, english.doi) == (
        ["Doe", "Roe"],
        "2010",
        "Docks",
        "10.1234/d.7",
    )
    assert (persian.authors, persian.year, persian.language) == (["احمدی"], "1394", "fa")


def test_a_translation_within_the_article_is_its_other_front_page() -> None:
    text = jats(TITLES.replace("trans-title", "x")).replace(
        "</article>",
        f'<sub-article article-type="translation" xml:lang="fa"><front-stub><title-group><article-title>بندرها</article-title></title-group>'
        f"<abstract><p>{FA}</p></abstract></front-stub></sub-article></article>",
    )
    article = segment(text, "a.xml")
    assert article.metadata.title.fa == "بندرها"
    assert article.abstract.fa is not None


# ── safety ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_doctype_is_allowed_and_nothing_is_fetched_for_it() -> None:
    head = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "http://127.0.0.1:9/never.dtd">'
    assert "a b" in read(jats(TITLES, "<p>a&nbsp;b</p>", head=head), "a.xml").text.replace("\xa0", " ")


def test_an_external_entity_is_left_out_with_a_warning(tmp_path: object) -> None:
    head = '<!DOCTYPE article SYSTEM "x.dtd" [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    article = read(jats(TITLES, "<p>before &secret; after</p>", head=head), "a.xml")
    assert "before after" in article.text
    assert "root:" not in article.text
    assert "W-XML-ENTITY" in [each.code for each in article.diagnostics]


def test_an_entity_that_holds_text_is_answered() -> None:
    head = '<!DOCTYPE article [<!ENTITY uni "Basin University">]>'
    assert "at Basin University." in read(jats(TITLES, "<p>at &uni;.</p>", head=head), "a.xml").text


@pytest.mark.parametrize("place", ["<p>&d;</p>", "<p><bold id='&d;'>x</bold></p>"])
def test_an_entity_built_from_entities_is_refused(place: str) -> None:
    bomb = '<!ENTITY a "lollollollol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 30}">' for before, name in (("a", "b"), ("b", "c"), ("c", "d"))
    )
    deep = bomb + "".join(f'<!ENTITY {n} "{f"&{b};" * 30}">' for b, n in (("d", "e"), ("e", "f"), ("f", "g")))
    with pytest.raises(ReadError) as error:
        read(jats(TITLES, place.replace("&d;", "&g;"), head=f"<!DOCTYPE article [{deep}]>"), "a.xml")
    assert error.value.code == "E-XML-UNSAFE"


def test_xml_that_is_not_well_formed_is_mended_with_a_warning() -> None:
    article = read(jats(TITLES, "<p>open <bold>text</p><p>more&ndash;</p>"), "a.xml")
    assert "more–" in article.text
    assert "W-XML-MENDED" in [each.code for each in article.diagnostics]


def test_another_xml_document_says_what_it_is() -> None:
    with pytest.raises(ReadError) as error:
        read("<TEI><text>x</text></TEI>", "a.xml")
    assert (error.value.code, "<TEI>" in str(error.value)) == ("E-XML-ROOT", True)
