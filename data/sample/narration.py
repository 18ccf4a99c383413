"""Narrations as HDFC Bank, State Bank of India and ICICI cards print them; numbers in them are drawn, not real."""

from __future__ import annotations

from datetime import date
from random import Random

from data.sample.plan import Plan, digits

_HANDLES = ("okhdfcbank", "ybl", "okaxis", "paytm", "oksbi", "ibl", "axl", "apl")
_PAYEE_BANKS = ("YESB0YBLUPI", "UTIB0000553", "PYTM0123456", "HDFC0000499", "ICIC0DC0099", "KKBK0000811", "SBIN0007071")
_NOTES = ("PAYMENT FROM PHONE", "UPI", "NA", "PAY TO MERCHANT", "UPI INTENT", "SENT USING PAYTM U", "PAYMENT")
_HEAD_OFFICES = ("BANGALORE", "GURGAON", "MUMBAI", "CHENNAI", "NOIDA")


class Narrator:
    """Writes one household's narrations."""

    def __init__(self, rng: Random, plan: Plan) -> None:
        self._rng = rng
        self._plan = plan

    def upi(self, name: str, note: str = "") -> str:
        """A UPI payment as HDFC prints it, or SBI in its newer form: name, address, IFSC, reference, note."""
        handle = self._rng.choice(_HANDLES)
        bank = self._rng.choice(_PAYEE_BANKS)
        return f"UPI-{name}-{vpa(name)}@{handle}-{bank}-{self.reference()}-{note or self._rng.choice(_NOTES)}"

    def sbi_upi(self, name: str, note: str = "", direction: str = "DR") -> str:
        """A UPI payment as SBI prints it; CR is money in."""
        bank = self._rng.choice(_PAYEE_BANKS)[:4]
        address = f"{vpa(name)}@{self._rng.choice(_HANDLES)}"
        verb = "TO" if direction == "DR" else "BY"
        text = note or self._rng.choice(_NOTES)
        return f"{verb} TRANSFER-UPI/{direction}/{self.reference()}/{name}/{bank}/{address}/{text}--"

    def any_upi(self, account: str, name: str, note: str = "") -> str:
        """A payment by UPI from that account, in one of its bank's forms."""
        if account == "sbi" and self._rng.random() < 0.5:
            return self.sbi_upi(name, note)
        return self.upi(name, note)

    def card(self, name: str) -> str:
        """A card purchase: merchant, city (or the country twice), country."""
        place = self._rng.choice((*_HEAD_OFFICES, self._plan.city, self._plan.city, "IN"))
        return f"{name} {place} IN"

    def pos(self, name: str) -> str:
        """A debit card purchase at HDFC."""
        return f"POS {self._plan.debit_card} {name}"

    def sbi_pos(self, name: str) -> str:
        """A debit card purchase at SBI."""
        return f"BY DEBIT CARD-OTHPOS{digits(self._rng, 12)}{name}--"

    def mandate(self, name: str, reference: str) -> str:
        """A debit by NACH mandate at HDFC."""
        return f"ACH D- {name}-{reference}"

    def rent(self, month: date) -> str:
        """Rent by IMPS, or by a transfer inside HDFC."""
        plan = self._plan
        if plan.rent_by_transfer:
            return f"50100{digits(self._rng, 9)}-TPT-RENT {month:%b}-{plan.landlord}".upper()
        to = f"{plan.landlord}-{plan.landlord_bank}-XXXXXXX"
        return f"IMPS-{self.reference()}-{to}{digits(self._rng, 4)}-RENT {month:%b}".upper()

    def salary_hdfc(self, month: date, note: str) -> str:
        """Pay by NEFT at HDFC."""
        job = self._plan.first_job
        reference = f"{job.sender}N{digits(self._rng, 11)}"
        return f"NEFT CR-{job.sender}0000004-{job.employer}-{note} {month:%b %Y}-{reference}".upper()

    def salary_sbi(self, month: date, note: str) -> str:
        """Pay by NEFT at SBI."""
        job = self._plan.second_job
        code = f"{job.sender}0000002*{job.sender}N{digits(self._rng, 8)}"
        return f"BY TRANSFER-NEFT*{code}*{job.employer}*{note} {month:%b}--".upper()

    def cash(self) -> str:
        """A withdrawal with the HDFC debit card: at HDFC's own machine, or at another bank's."""
        code = self._rng.choice(("ATW", "ATW", "NWD", "EAW"))
        machine = f"S1AN{self._plan.city[:2]}{digits(self._rng, 4)}"
        return f"{code}-{self._plan.debit_card}-{machine}-{self._plan.city}"

    def sbi_cash(self) -> str:
        """A withdrawal at SBI."""
        return f"ATM WDL-ATM CASH {digits(self._rng, 4)} MAIN ROAD {self._plan.city}--"

    def cheque(self, name: str) -> str:
        """A cheque paid at HDFC."""
        return f"CHQ PAID-MICR CTS-MU-{name}"

    def own_transfer(self, *, out_of_hdfc: bool) -> tuple[str, str]:
        """A transfer between the household's accounts by UPI: as HDFC and as SBI print it, with one reference."""
        reference = self.reference()
        verb, direction = ("BY", "CR") if out_of_hdfc else ("TO", "DR")
        return (
            f"UPI-SELF-self@oksbi-SBIN0001234-{reference}-FUND",
            f"{verb} TRANSFER-UPI/{direction}/{reference}/SELF/HDFC/self@okhdfcbank/fund--",
        )

    def card_bill(self) -> tuple[str, str]:
        """The card's bill paid: narration at HDFC, and to whom."""
        if self._plan.pays_card_through_cred:
            return self.upi("CRED CLUB", "PAYMENT ON CRED"), "CRED CLUB"
        return f"IB BILLPAY DR-HDFCIC-{self._plan.icici_card}-ICICI CARD", "ICICI CARD"

    def reference(self) -> str:
        """A UPI or IMPS reference: twelve digits."""
        return digits(self._rng, 12)


def vpa(name: str) -> str:
    """The part of a payment address before the @: the first word of the name."""
    return "".join(char for char in name.split()[0].lower() if char.isalnum())
