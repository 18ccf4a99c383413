"""What a bank's narration line says, taken apart."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How the money moved, as far as the narration tells."""

    UPI = "upi"
    IMPS = "imps"
    NEFT = "neft"
    RTGS = "rtgs"
    MANDATE = "mandate"
    """A debit or credit by standing mandate: ACH, NACH, ECS, standing instruction."""
    BILL_PAY = "bill_pay"
    CARD = "card"
    """A purchase by card, at a till or on the web; also every line whose layout is not known."""
    TRANSFER = "transfer"
    """A transfer inside the bank."""
    ATM = "atm"
    CASH = "cash"
    """Notes paid in over the counter or at a deposit machine."""
    CHEQUE = "cheque"
    CARD_PAYMENT = "card_payment"
    """The card's side of a bill payment."""
    INTEREST = "interest"
    CHARGE = "charge"
    TAX = "tax"
    """Tax that the bank itself deducted."""


BANK_ORIGINATED = frozenset({Channel.INTEREST, Channel.CHARGE, Channel.TAX})


@dataclass(frozen=True, slots=True)
class Narration:
    """The parts of a narration. `payee` is an upper-case display name and is empty when the line names nobody.

    `handle` is the local part of the UPI address; `note` is what the payer wrote, without phrases that apps add.
    """

    channel: Channel
    payee: str
    handle: str = ""
    note: str = ""
