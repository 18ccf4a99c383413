"""From bytes to text: what is not text says what it really is, what is text is decoded."""

from __future__ import annotations

import codecs
from typing import Final

from services.shared.domain.errors import InvalidInputError, TooLargeError, UnsupportedFormatError

MAX_LINES: Final = 2_000_000
MAX_LINE_CHARS: Final = 100_000
MAX_FIELD_CHARS: Final = 10_000

UNDERSTOOD: Final = (
    "HDFC Bank savings CSV, State Bank of India savings CSV or TSV, ICICI Bank credit card CSV, OFX 1 and 2, "
    "and CSV files (comma, semicolon, tab or pipe) whose header names a date, a description and the amounts"
)
# HDFC's card export separates its columns by this.
_CARD_SEPARATOR: Final = "~|~"
_INSTEAD: Final = "Export the statement as CSV or OFX from the bank's website instead."

# First bytes of the files that people rename to .csv; the table of file(1) has the same values.
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (XLS)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(content: bytes) -> str:
    """The file as text.

    A byte order mark decides; without one UTF-16 is found by its NUL bytes, then UTF-8 is tried, then Windows-1252.
    Raises InvalidInputError when empty, UnsupportedFormatError when it is something else than text, TooLargeError
    when it has more than MAX_LINES lines.
    """
    if not content.strip(b" \t\r\n\x00\x1a"):
        raise InvalidInputError("The file is empty. Download the statement again and choose a period with entries.")
    _refuse_disguised(content)
    text = _decode(content).rstrip("\x00\x1a")
    if "\x00" in text:
        raise UnsupportedFormatError(f"This is a binary file, not text. {_INSTEAD}")
    if not text.strip():
        raise InvalidInputError("The file is empty. Download the statement again and choose a period with entries.")
    if text.count("\n") > MAX_LINES or text.count("\r") > MAX_LINES:
        raise TooLargeError(f"The file has more than {MAX_LINES:,} lines. Split it by year and import the parts.")
    _refuse_markup(text)
    return text.replace(_CARD_SEPARATOR, "|")


def _decode(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if wide := _wide_encoding(content):
        return _strictly(content, wide)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnsupportedFormatError(
            f"The file says that it is {encoding.upper()} text, but it is damaged at byte {error.start}. {_INSTEAD}"
        ) from error


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: in mostly ASCII text every other byte is NUL."""
    head = content[:2000]
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _refuse_disguised(content: bytes) -> None:
    head = content[:1024].lstrip()
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise UnsupportedFormatError(f"This is {what}, not a statement in text. {_INSTEAD}")
    if head.startswith(b"PK\x03\x04"):
        raise UnsupportedFormatError(f"This is {_zip_kind(content)}, not a statement in text. {_INSTEAD}")


def _zip_kind(content: bytes) -> str:
    if b"xl/" in content or b"[Content_Types].xml" in content[:4096]:
        return "an Excel workbook (XLSX)"
    if b"opendocument.spreadsheet" in content[:4096]:
        return "an OpenDocument spreadsheet (ODS)"
    return "a ZIP archive"


def _refuse_markup(text: str) -> None:
    head = text[:2048].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<head", "<body", "<script", "<table")) or "<html" in head:
        raise UnsupportedFormatError(
            "This is a web page (HTML), perhaps the bank's login page saved instead of the statement. "
            f"Log in again. {_INSTEAD}"
        )
