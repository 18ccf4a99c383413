"""The fields of a narration that payment systems separate by `/`, `-` or `*`."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from services.financial.domain.payee_vocabulary import plain, vocabulary


class Kind(Enum):
    """What one field of a narration holds."""

    FLAG = auto()
    REFERENCE = auto()
    HANDLE = auto()
    BANK = auto()
    FILLER = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Segment:
    """A field as it stands, upper-cased and trimmed, and its kind."""

    kind: Kind
    text: str


# A handle, also cut off after the @ as exports do. A reference is a number, a masked number, a UTR, an IFSC or a hash.
_HANDLE = re.compile(r"^[A-Z0-9._-]+@[A-Z0-9.]*$")
_REFERENCE = re.compile(
    r"""^(?:
        [\dX*]{5,}[A-Z]? | X+\d+ | \d{1,2}[:.]\d{2}(?:[:.]\d{2})? | \d+
      | [A-Z]{4}0[A-Z0-9]{6}                 # IFSC
      | (?=(?:[A-Z]*\d){4})[A-Z0-9]{8,}      # UTR, terminal and order ids
      | \d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}
    )$""",
    re.VERBOSE,
)
_LONG_REFERENCE = re.compile(r"^\d{9,}$")


def classify(raw: str) -> Segment | None:
    """The segment of a raw field; None for an empty one."""
    text = " ".join(raw.upper().split()).strip(" -:.,_")
    if not text:
        return None
    words = vocabulary()
    text = _without_flags(text)
    bare = plain(text)
    if _HANDLE.match(text) and "@" in text:
        kind = Kind.HANDLE
    elif _is_reference(text):
        kind = Kind.REFERENCE
    elif bare in words.flags:
        kind = Kind.FLAG
    elif bare in words.banks or bare.removesuffix(" LTD").removesuffix(" BANK") in words.banks:
        kind = Kind.BANK
    elif bare in words.fillers or not bare:
        kind = Kind.FILLER
    else:
        kind = Kind.TEXT
    return Segment(kind, text)


def _without_flags(text: str) -> str:
    """The name alone of `SENT IMPS 613186091390 RAMESH KULKARNI`: flags with a reference after them are left out."""
    words = text.split()
    first = next((at for at, word in enumerate(words) if word not in vocabulary().flags), 0)
    if 0 < first < len(words) - 1 and _LONG_REFERENCE.match(words[first]):
        return " ".join(words[first + 1 :])
    return text


def _is_reference(text: str) -> bool:
    """Only references, perhaps with flags before them as in `INB IMPS613186091390`."""
    words = text.split()
    found = [bool(_REFERENCE.match(word)) for word in words]
    return any(found) and all(known or word in vocabulary().flags for known, word in zip(found, words, strict=True))


def split_fields(text: str) -> list[Segment]:
    """The non-empty fields of a line, by the separator that the line uses; a line without one is split at blanks."""
    if text.count("*") >= 2:
        separator = "*"
    elif text.count("/") >= 2 or ("/" in text and "-" not in text.strip("-")):
        text, separator = text.upper().replace("M/S", "M S"), "/"
    elif "-" in text:
        separator = "-"
    else:
        return _split_at_blanks(text)
    return [segment for raw in text.split(separator) if (segment := classify(raw))]


def _split_at_blanks(text: str) -> list[Segment]:
    """Words between flags and references form one text, so that `NEFT CITIN123 ACME LTD` has one name."""
    segments: list[Segment] = []
    for word in text.split():
        segment = classify(word)
        if segment is None:
            continue
        if segment.kind is Kind.TEXT and segments and segments[-1].kind is Kind.TEXT:
            segments[-1] = Segment(Kind.TEXT, f"{segments[-1].text} {segment.text}")
        else:
            segments.append(segment)
    return segments


def name_from_handle(handle: str) -> str:
    """A display name for a payment that names nobody: the local part of the UPI address.

    Separators become blanks and the numbers that acquirers append are dropped, unless nothing else is there.
    """
    local = handle.partition("@")[0]
    words = [word for word in re.split(r"[._-]+", local) if word]
    named = [word for word in words if not word.isdigit()]
    return " ".join(named or words)
