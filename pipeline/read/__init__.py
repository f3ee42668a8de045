"""Stage 1: from a file's bytes to the article's text and the blocks it consists of.

A reader for each format (:mod:`pipeline.read.formats` holds the table of them) returns a
:class:`~pipeline.read.document.ReadDocument`: the text in NFC with LF line ends and in logical order, the markup in it,
its blocks in reading order, and what the format states outright. Blocks tile the text: sorted, apart from each other,
and every character that is not white space lies in exactly one. What the blocks *mean* (abstract, note, reference) is
decided by ``segment``.

A file that cannot be read raises :class:`~pipeline.errors.ReadError` with one of these codes:

=================== ==================================================================================
E-EMPTY             the file is empty or holds only white space
E-BINARY            the file is named like a text but holds binary data
E-TOO-LARGE         more bytes than ``read.max_bytes`` or more characters than ``read.max_characters``
E-MEDIA-TYPE        no reader for this media type or suffix
E-DOCX-DAMAGED      the DOCX is truncated or one of its parts is broken
E-DOCX-ENCRYPTED    the DOCX asks for a password
E-XML-DAMAGED       the XML cannot be mended
E-XML-UNSAFE        the XML is built to exhaust its reader
E-XML-ROOT          the XML is no JATS article
E-BIBLIOGRAPHY      no readable entry in the BibTeX or RIS file
E-MANY-ARTICLES     a BibTeX or RIS file of several articles
E-PDF-ENCRYPTED     the PDF asks for a password
E-PDF-DAMAGED       the PDF is truncated or its structure is broken
E-PDF-NO-TEXT       the PDF has no text layer (a scan)
E-PDF-PAGES         ``read.pdf.pages`` names no page of the PDF
E-OCR-MISSING       OCR is asked for, but Tesseract or one of its languages is not installed
=================== ==================================================================================

A file that was read, but not without doubt, carries diagnostics:

=================== ==================================================================================
W-CONTROL-CHARS     control characters or lone surrogates were replaced by U+FFFD, one for one
W-ENCODING-GUESSED  the encoding was inferred from the letters (info)
W-ENCODING-INVALID  some bytes are invalid in the encoding and were replaced by U+FFFD
W-MEDIA-TYPE        the content is of another kind than the name or media type says
W-XML-MENDED        the XML was not well formed
W-XML-ENTITY        references to entities outside the file were left out
W-HTML-DEPTH        elements nested too deep were left out
W-PDF-DISAGREE      two PDF engines read a page differently
W-PDF-GARBLED       the text of a font is no language: its character map is broken
W-PDF-OCR           a page was read by OCR (info)
W-PDF-PAGE-BROKEN   the first PDF engine could not read a page; the second one's text was taken
W-PDF-PAGE-SKIPPED  a page draws more than a page can hold and was left out
W-PDF-EMPTY-PAGE    a page of the PDF holds pictures but no text
W-PDF-UNMAPPED      glyphs of the PDF have no Unicode value and became U+FFFD
=================== ==================================================================================
"""

from pipeline.read.stage import ReadStage

__all__ = ["ReadStage"]
