"""From bytes to characters: which encoding a text was written in, decided by how its letters read.

UTF-8 and UTF-16 betray themselves (byte order marks, valid sequences, alternating zero bytes). The eight-bit
encodings do not: any byte string is valid in most of them, so each candidate is decoded and judged by how much it
reads like Persian or a European language. charset-normalizer is heard as one voice among these, not obeyed, since on
short Persian texts it often answers with an encoding of another script.

The result is repaired only so far that it can be stored and compared: line ends become ``\\n``, and control
characters and lone surrogates become U+FFFD, one for one. Letters are never replaced: Arabic ي and ك stay as written.
Unicode normalisation is the caller's business.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

REPLACEMENT = "\ufffd"

#: The first bytes of common binary files, and what to call them. ZIP covers .docx, .odt and .epub.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .odt, .epub)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document (.doc, .xls)"),
    (b"{\\rtf", "a Rich Text document (.rtf)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"OggS", "an audio or video file"),
    (b"ID3", "an audio file"),
    (b"RIFF", "an audio, video or WebP file"),
)

_BOMS: tuple[tuple[bytes, str], ...] = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_LINE_END = re.compile("\r\n|[\r\v\u0085\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_SAMPLE = 200_000  # characters or bytes that are enough to judge by


class NotTextError(ValueError):
    """The bytes are not text; ``kind`` says what they look like."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"not text: it looks like {kind}")
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what had to be replaced.

    ``guessed`` is true where the encoding was inferred from the letters (eight-bit encodings), ``invalid`` counts
    byte sequences the encoding does not know, ``controls`` are the positions of characters replaced by U+FFFD.
    """

    text: str
    encoding: str
    guessed: bool = False
    invalid: int = 0
    controls: tuple[int, ...] = ()


def signature(data: bytes) -> str | None:
    """What the first bytes say a file is, when they belong to a known binary format."""
    for magic, kind in _SIGNATURES:
        if data.startswith(magic):
            return kind
    return None


def decode(data: bytes) -> Decoded:
    """The text of ``data``. Deterministic. Raises NotTextError when the bytes are not text in any known encoding."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _after_bom(data[len(bom) :], encoding)
    kind = signature(data)
    if kind is not None and not _reads_as_ascii(data):
        raise NotTextError(kind)
    for attempt in (_utf16, _utf8, _mended_utf8, _eight_bit):
        decoded = attempt(data)
        if decoded is not None:
            return decoded
    raise NotTextError("binary data")


def _reads_as_ascii(data: bytes) -> bool:
    """Whether a file that begins like a binary one is plain ASCII after all (a note that begins with "ID3")."""
    if data.startswith((b"%PDF-", b"{\\rtf")):
        return False
    sample = data[:_SAMPLE]
    return sample.isascii() and not _controls(sample)


def _after_bom(data: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8-sig":
        return _finished(*_decode_utf8(data), encoding="utf-8-sig")
    unit = 4 if "32" in encoding else 2
    text = data[: len(data) - len(data) % unit].decode(encoding, "surrogatepass" if unit == 2 else "replace")
    return _finished(text, len(data) % unit > 0, encoding=encoding)


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: plausible letters in every pair, where the single bytes hold controls."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or not _controls(sample):
        return None
    sample = sample[: len(sample) & ~1]
    scored = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        scored.append((len(_PLAUSIBLE.findall(text)) / len(text), encoding))
    share, encoding = max(scored)
    if share < 0.9:
        return None
    text = data[: len(data) & ~1].decode(encoding, "surrogatepass")
    return _finished(text, len(data) & 1, encoding=encoding, guessed=True)


def _utf8(data: bytes) -> Decoded | None:
    try:
        text, invalid = _decode_utf8(data, strict=True)
    except UnicodeDecodeError:
        return None
    if _controls(data[:_SAMPLE]) > max(2, 0.3 * min(len(data), _SAMPLE)):
        raise NotTextError("binary data")
    return _finished(text, invalid, encoding="utf-8")


def _mended_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with some bytes broken: only the last character is cut, or at most one sequence in fifty is invalid."""
    text, invalid = _decode_utf8(data)
    multibyte = sum(1 for _ in _NON_ASCII.finditer(text)) - invalid
    cut = invalid == 1 and multibyte > 1 and text.endswith(REPLACEMENT)
    if (invalid * 50 > multibyte and not cut) or _controls(data[:_SAMPLE]) * 20 > len(data[:_SAMPLE]):
        return None
    return _finished(text, invalid, encoding="utf-8")


def _decode_utf8(data: bytes, *, strict: bool = False) -> tuple[str, int]:
    """UTF-8 text, surrogates let through to be replaced later, and the number of invalid sequences."""
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    try:
        paired = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        return paired.decode("utf-16-le", "surrogatepass"), 0
    except UnicodeDecodeError:
        if strict:
            raise
    text = data.decode("utf-8", "replace")
    return text, text.count(REPLACEMENT) - data.count(b"\xef\xbf\xbd")


# ── eight-bit encodings ────────────────────────────────────────────────────────────────────────────────────────

_NON_ASCII = re.compile("[^\x00-\x7f]")
_PERSIAN_LETTER = "ءآأؤإئابتثجحخدذرزسشصضطظعغفقكلمنهويىةپچژکگی"
_ACCENTED = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÄÅÆÇÈÉÊËÍÎÑÒÓÔÖØÙÚÜŒŠŽ"
_TYPOGRAPHIC = "‘’“”–—…«»•°©®§€£™·\xa0\u200c\u200d؟،؛"
_PLAUSIBLE = re.compile(
    "[\t\n\x0b\x0c\r\x20-\x7e\u00a0-\u017f\u0600-\u06ff\u0750-\u077f\u200b-\u200f\u2010-\u2027\u2030-\u203a\u20ac\ufb50-\ufdff\ufe70-\ufeff]"
)
_COMMON_WORD = re.compile(
    "(?:و|در|به|از|که|كه|این|اين|است|را|با|برای|براي|آن|بود|شد|هم|یا|يا|تا|بر|خود|ما|شود|شده|دارد|ایران|مي|می|هاي|های"
    "|من|في|على|إلى|أن|هذا|هذه|التي|الذي|عن|مع|كان|لا)"
)
_RTL_RUN = re.compile(f"[{_PERSIAN_LETTER}\u200c\u064b-\u0652]+")
_ISOLATED_ACCENT = re.compile(f"(?<![^\x00-\x7f])[{_ACCENTED}](?![^\x00-\x7f])")
_LATIN_NEIGHBOUR = re.compile(f"[a-zA-Z][{_ACCENTED}]|[{_ACCENTED}][a-zA-Z]")


def _arabic_score(text: str) -> float:
    """How far the non-ASCII characters of a decoded text read like Persian or Arabic, roughly in [-1, 2].

    Letters count when they stand in runs of two and more; common words raise the score, letters glued to Latin ones
    and unexpected characters lower it.
    """
    foreign = len(_NON_ASCII.findall(text))
    if not foreign:
        return 0.0
    runs = _RTL_RUN.findall(text)
    in_runs = sum(len(run) for run in runs if len(run) > 1)
    lone = sum(1 for run in runs if run == "و")
    common = sum(len(run) for run in runs if _COMMON_WORD.fullmatch(run))
    marks = sum(text.count(mark) for mark in _TYPOGRAPHIC)
    glued = len(_GLUED.findall(text))
    odd = foreign - sum(map(len, runs)) - marks
    return (in_runs + lone + 0.5 * marks + 2 * common - 2 * odd - 2 * glued) / foreign


def _latin_score(text: str) -> float:
    """How far the non-ASCII characters read like accented letters and typographic marks amid Latin words."""
    foreign = len(_NON_ASCII.findall(text))
    if not foreign:
        return 0.0
    alone = _ISOLATED_ACCENT.finditer(text)
    isolated = sum(1 for m in alone if _LATIN_NEIGHBOUR.search(text[max(0, m.start() - 1) : m.end() + 1]))
    marks = sum(text.count(mark) for mark in _TYPOGRAPHIC)
    accented = sum(text.count(letter) for letter in set(text) & set(_ACCENTED))
    odd = foreign - accented - marks
    return (1.2 * isolated + marks - 0.5 * (accented - isolated) - 2 * odd) / foreign


_GLUED = re.compile(f"[A-Za-z][{_PERSIAN_LETTER}]|[{_PERSIAN_LETTER}][A-Za-z]")

#: Candidates, in the order in which ties are decided.
_EIGHT_BIT: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("cp1256", _arabic_score),
    ("cp1252", _latin_score),
    ("iso8859-6", _arabic_score),
    ("latin-1", _latin_score),
)


def _eight_bit(data: bytes) -> Decoded | None:
    sample = data[:_SAMPLE]
    if _controls(sample) * 20 > len(sample):
        return None
    voice = _charset_normalizer_voice(sample)
    best, best_score = "", float("-inf")
    for encoding, score_of in _EIGHT_BIT:
        text = sample.decode(encoding, "replace")
        score = score_of(text) - 2 * text.count(REPLACEMENT) / len(sample) + (0.1 if encoding == voice else 0.0)
        if score > best_score + 1e-9:
            best, best_score = encoding, score
    text = data.decode(best, "replace")
    return _finished(text, text.count(REPLACEMENT), encoding=best, guessed=True)


def _charset_normalizer_voice(sample: bytes) -> str | None:
    """charset-normalizer's answer, reduced to the candidates' names; None when it is of another opinion."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample[:20_000], cp_isolation=["cp1256", "cp1252", "iso8859_6", "latin_1"]).best()
    if match is None:
        return None
    return {"iso8859_6": "iso8859-6", "latin_1": "latin-1"}.get(match.encoding, match.encoding)


def storable(text: str) -> str:
    """``text`` with control characters, lone surrogates and non-characters replaced by U+FFFD, one for one."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


# ── what is stored ─────────────────────────────────────────────────────────────────────────────────────────────


def _controls(data: bytes) -> int:
    """Number of control bytes that no text needs (tab, line ends, form feed, Ctrl-Z and escape are let pass)."""
    return len(data) - len(data.translate(None, _CONTROL_BYTES))


def _finished(text: str, invalid: int, *, encoding: str, guessed: bool = False) -> Decoded:
    """Line ends folded to LF, characters that cannot be stored replaced one for one."""
    if text.startswith("\ufeff"):
        text = text[1:]
    text = _LINE_END.sub("\n", text.rstrip("\x1a"))
    controls = tuple(match.start() for match in _UNSTORABLE.finditer(text))
    if controls:
        text = _UNSTORABLE.sub(REPLACEMENT, text)
    return Decoded(text, encoding, guessed, int(invalid), controls)
