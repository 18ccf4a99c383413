"""Whom a transaction was with, out of the bank's narration."""

import re

from services.financial.domain.payee_card import read_card
from services.financial.domain.payee_narration import BANK_ORIGINATED, Channel, Narration
from services.financial.domain.payee_transfers import read_transfer
from services.financial.domain.payee_upi import read_upi
from services.financial.domain.payee_vocabulary import plain, vocabulary

# SBI and others put the side of the ledger before the payment system's own text.
_LEDGER_SIDE = re.compile(
    r"^(?:(?:TO|BY) (?:TRANSFER|TRF)|(?:WDL|DEP|DR|CR) (?:TFR|TRF)|TRANSFER (?:TO|FROM)(?= UPI))[\s-]*", re.IGNORECASE
)
_TRAILING_DASHES = re.compile(r"[\s-]+$")
# CBDT DIRECT TAX-54475973395819-ADVANCE TAX: a reference between the name and what it is for.
_AROUND_REFERENCE = re.compile(r"^(?P<name>[A-Z][A-Z .&]*[A-Z.])\s*-\s*\d{8,}(?:\s*-\s*(?P<note>.*))?$")
_PLACEHOLDERS = {
    Channel.ATM: "ATM",
    Channel.CASH: "CASH DEPOSIT",
    Channel.CHEQUE: "CHEQUE",
    Channel.INTEREST: "INTEREST",
    Channel.CHARGE: "BANK CHARGES",
    Channel.TAX: "TDS",
    Channel.CARD_PAYMENT: "CARD PAYMENT",
    Channel.BILL_PAY: "CREDIT CARD",
}
_OWN_ACCOUNT = re.compile(r"^(?:SELF|OWN)(?:$| (?:A C|AC|ACC|ACCOUNT|TRANSFER|TRF|FUND|FUNDS|FT|BANK)\b.*)")


def extract_payee(narration: str, institution: str | None = None) -> str:
    """The counterparty's display name in upper case, for example `RAMESH KULKARNI` or `ATM`.

    Lines that the bank itself originates (interest, charges, tax) name nobody: they get the `institution` that
    keeps the account, or a plain word such as `INTEREST` without one. A payment received on a card gets
    `<institution> CARD`. Transfers to oneself are `SELF`. Never empty unless the narration is blank.
    """
    line = read_narration(narration)
    owner = plain(institution or "")
    if owner and line.channel in BANK_ORIGINATED:
        return owner
    if owner and line.channel is Channel.CARD_PAYMENT:
        return f"{owner.removesuffix(' BANK').removesuffix(' CARD')} CARD"
    return line.payee


def read_narration(narration: str) -> Narration:
    """Take a narration apart by the layout of its payment system."""
    text = _TRAILING_DASHES.sub("", _LEDGER_SIDE.sub("", " ".join(narration.split())))
    upper = text.upper()
    channel = _channel(upper)
    line = _read(channel, text, upper)
    return Narration(line.channel, _display_name(line, upper), line.handle, line.note)


def _channel(upper: str) -> Channel | None:
    words = vocabulary()
    if words.system_charge.search(upper) and "@" not in upper:
        return Channel.CHARGE
    if words.card_payment.search(upper):
        return Channel.CARD_PAYMENT
    started = next((channel for channel, start in words.starts if start.match(upper)), None)
    if started and started not in (Channel.CHEQUE, Channel.TRANSFER):
        return started
    return next((channel for channel, line in words.bank_lines if line.search(upper)), started)


def _read(channel: Channel | None, text: str, upper: str) -> Narration:
    if channel is Channel.UPI:
        return read_upi(text)
    if channel is None and (parts := _AROUND_REFERENCE.match(upper)):
        return Narration(Channel.CARD, parts["name"], note=parts["note"] or "")
    if channel is None or channel is Channel.CARD:
        return read_card(upper)
    if channel in _PLACEHOLDERS and channel not in (Channel.CHEQUE, Channel.BILL_PAY):
        return Narration(channel, _PLACEHOLDERS[channel], note=plain(upper))
    return read_transfer(channel, upper)


def _display_name(line: Narration, upper: str) -> str:
    name = " ".join(line.payee.upper().split()).strip(" -./,*_:")
    name = vocabulary().salutation.sub("", name)
    if _OWN_ACCOUNT.match(plain(name)):
        return "SELF"
    return name or _PLACEHOLDERS.get(line.channel) or plain(upper)
