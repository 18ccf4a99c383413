"""UPI narrations of the Indian banks.

Layouts seen: HDFC `UPI-NAME-vpa-IFSC-reference-note`; SBI, PNB, Canara `UPI/DR/reference/NAME/BANK/vpa/note`; Axis
`UPI/P2M/reference/NAME/BANK/note`; Kotak `UPI/NAME/reference/note`; ICICI `UPI/reference/note/vpa/BANK/...` and, since
2023, `UPI/NAME/vpa/note/BANK/reference`; Bank of Baroda `UPI/reference/time/UPI/vpa/note`.
"""

import re

from services.financial.domain.payee_narration import Channel, Narration
from services.financial.domain.payee_segments import Kind, Segment, name_from_handle, split_fields

_HDFC = re.compile(
    r"^UPI-(?P<name>.*?)-?(?P<handle>[A-Za-z0-9._]+@[A-Za-z0-9.]*)(?:-(?P<rest>.*))?$",
)
_LEADS_WITH_DIRECTION = re.compile(r"^UPI\w*[/ -]+(?:DR|CR|P2[AMP]|REV)\b|^UPI\w*/\d+/(?:DR|CR)\b", re.IGNORECASE)


def read_upi(text: str) -> Narration:
    """Take a UPI narration apart; the payee falls back to the handle when no name is there."""
    hdfc = _HDFC.match(text) if text.count("/") < 3 else None
    return _read_hdfc(hdfc) if hdfc else _read_fields(text)


def _read_hdfc(match: re.Match[str]) -> Narration:
    name, handle = _return_handle_parts(match["name"].strip(" -"), match["handle"])
    rest = split_fields("-" + (match["rest"] or ""))
    note = " ".join(segment.text for segment in rest if segment.kind is Kind.TEXT)
    return Narration(
        Channel.UPI, name.upper() or name_from_handle(handle).upper(), handle.partition("@")[0].upper(), note
    )


def _return_handle_parts(name: str, handle: str) -> tuple[str, str]:
    """Give back to a hyphenated handle (`zomato-order@paytm`) what the split left at the end of the name.

    Its parts are known by their case, or because they begin as the name begins.
    """
    parts = name.split("-")
    while len(parts) > 1 and _belongs_to_handle(parts[-1], parts[0]):
        handle = f"{parts.pop()}-{handle}"
    return "-".join(parts), handle


def _belongs_to_handle(part: str, first: str) -> bool:
    if not part or " " in part:
        return False
    if part.islower():
        return not first.islower()
    return len(part) >= 3 and first.upper().replace(" ", "").startswith(part.upper())


def _read_fields(text: str) -> Narration:
    segments = [segment for segment in split_fields(text) if segment.kind is not Kind.FLAG]
    handle = next((segment.text for segment in segments if segment.kind is Kind.HANDLE), "")
    name = _name_index(segments, directed=bool(_LEADS_WITH_DIRECTION.match(text)))
    note = " ".join(s.text for at, s in enumerate(segments) if s.kind is Kind.TEXT and at != name)
    payee = segments[name].text if name is not None else name_from_handle(handle)
    return Narration(Channel.UPI, payee, handle.partition("@")[0], note)


def _name_index(segments: list[Segment], *, directed: bool) -> int | None:
    """Where the name stands; None when only the handle tells."""
    kinds = [segment.kind for segment in segments]
    if Kind.TEXT not in kinds:
        # SBI and others put the bank's or the app's own name in the name's place, for example PAYTM.
        return _filler_name(segments) if directed else None
    first = kinds.index(Kind.TEXT)
    if Kind.HANDLE not in kinds or directed:
        return first
    handle = kinds.index(Kind.HANDLE)
    reference = kinds.index(Kind.REFERENCE) if Kind.REFERENCE in kinds else len(kinds)
    if first > handle:
        return None
    if first < reference or Kind.BANK in kinds[first:handle] or _resembles(segments[first].text, segments[handle].text):
        return first
    says_more = any(kind in (Kind.TEXT, Kind.FILLER) for kind in kinds[handle:])
    return first if says_more else None


def _filler_name(segments: list[Segment]) -> int | None:
    """The position right after the reference, if that is a word at all."""
    for at in range(len(segments) - 1):
        if segments[at].kind is Kind.REFERENCE and segments[at + 1].kind in (Kind.FILLER, Kind.BANK):
            return at + 1
    return None


def _resembles(name: str, handle: str) -> bool:
    compact = re.sub(r"[^A-Z0-9]", "", name)
    local = re.sub(r"[^A-Z0-9]", "", handle.partition("@")[0])
    return len(compact) >= 3 and (local.startswith(compact[:4]) or compact.startswith(local[:4]))
