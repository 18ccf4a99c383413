"""Narrations of IMPS, NEFT, RTGS, mandates, bill payments, cheques and transfers inside a bank.

They share one shape: flags, references, a bank, the counterparty's name and perhaps a note, in an order that
differs by bank. HDFC writes `IMPS-ref-NAME-BANK-account-note` and `NEFT CR-IFSC-SENDER-OWN NAME-ref`; SBI
`NEFT*IFSC*ref*SENDER*note`; ICICI `MMT/IMPS/ref/note/NAME/BANK` and `BIL/ONL/ref/BILLER`; Axis
`IMPS/P2A/ref/NAME/BANK/note`.
"""

import re

from services.financial.domain.payee_narration import Channel, Narration
from services.financial.domain.payee_segments import Kind, Segment, split_fields

# ICICI's transfers and HDFC's third-party transfers put the note before the name.
_NOTE_FIRST = re.compile(r"^(?:MMT|INF|BIL/INFT|INFT|(?:\d{8,}-)?TPT)\b")
# HDFC's automatic payment of its own card: the card's number and no name.
_CARD_AUTOPAY = re.compile(r"^CC \d{4,}\w* AUTOPAY\b")
# What starts a mandate's line; a bare `-` after it must not be taken for part of the name.
_MANDATE_START = re.compile(
    r"^(?:(?:DEBIT|CREDIT|TP|ME DC)\s*-?\s*)?(?:E-?MANDATE|E?NACH|ACH(?:DR|CR|D|C|INW)?|ECS|SI|"
    r"STANDING INSTRUCTIONS?|UMRN)"
    r"(?:\s*[-/ ]\s*(?:DR|CR|D|C|DEBIT|CREDIT|INW|TP|\d{2})(?=[-/ ]))*\s*[-/:]?\s*"
    r"(?:[A-Z]{4}\d{6,}\s+|[\dX*]{12,19}[\s-]+)?",
)
# SBI and Canara set the mandate's number after the name with nothing but a blank between them.
_MANDATE_NUMBER = re.compile(r"(?<=[A-Z.)])\s+\d{5,}(?=-$)")
_BILL_START = re.compile(r"^(?:CREDIT CARD (?:PAYMENT|BILL)|CC (?:PAYMENT|BILL)|CARD BILL)\b[\s-]*")


def read_transfer(channel: Channel, text: str) -> Narration:
    """Take a narration of one of these systems apart; the payee is empty when it names nobody."""
    if channel is Channel.MANDATE:
        text = _MANDATE_NUMBER.sub("", _MANDATE_START.sub("", text) + "-")
    if _CARD_AUTOPAY.match(text):
        return Narration(channel, "")
    segments = split_fields(text)
    if channel is Channel.IMPS and "/" not in text:
        segments = _join_hyphenated(segments)
    texts = [segment.text for segment in segments if segment.kind is Kind.TEXT]
    if not texts:
        bank = [segment.text for segment in segments if segment.kind is Kind.BANK and len(segment.text) > 5]
        return Narration(channel, bank[0] if bank else "")
    name = _name_position(channel, text, texts)
    return Narration(channel, texts[name], note=" ".join(texts[:name] + texts[name + 1 :]))


def _name_position(channel: Channel, text: str, texts: list[str]) -> int:
    if _NOTE_FIRST.match(text) or channel is Channel.BILL_PAY:
        return len(texts) - 1
    return 0


def _join_hyphenated(segments: list[Segment]) -> list[Segment]:
    """In IMPS lines with hyphens two texts in a row before a bank are one name with a hyphen in it."""
    kinds = [segment.kind for segment in segments]
    for at in range(len(segments) - 2):
        if kinds[at : at + 3] == [Kind.TEXT, Kind.TEXT, Kind.BANK] and (at == 0 or kinds[at - 1] is Kind.REFERENCE):
            joined = Segment(Kind.TEXT, f"{segments[at].text}-{segments[at + 1].text}")
            return [*segments[:at], joined, *segments[at + 2 :]]
    return segments
