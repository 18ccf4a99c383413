"""Card lines: `MERCHANT CITY COUNTRY`, with what terminals, gateways and statements put around the merchant."""

import re

from services.financial.domain.payee_narration import Channel, Narration
from services.financial.domain.payee_vocabulary import plain, vocabulary

# POS 416021XXXXXX1234 MERCHANT; POS REF 416021XXXXXX1234-05/12 MERCHANT; OTHPG 123456789012 MERCHANT;
# POS/MERCHANT/CITY/150826/18:02; VIN/MERCHANT/20260815/...
_TERMINAL = re.compile(
    r"^(?:BY )?(?:(?:DEBIT CARD|DEBITCARD|POS|POSP|POSW|PCD|PCI|ECOM PUR|ECOM|PUR|VPS|VIN|IIN|IPS|MPS|"
    r"DC INTL POS TXN|OTHPOS|OTHPG|SBIPOS|"
    r"SBIPG|PRCR|ME DC SI|ME DC|CRV POS|PAYMENT AT|REF(?= [\dX*]{12}))[ /:*-]*)+",
)
# SBI sets its reference of twelve digits right before the name: OTHPOS123456789012MERCHANT.
_REFERENCE_START = re.compile(
    r"^\d{12}(?=\d{1,2}[A-Z]{2})|^(?:[\dX*]{6,}|\d{4})[ /-]+(?:\d{2}/\d{2} )?|"
    r"^(?:OTHPG|OTHPOS|SBIPG|SBIPOS)?\d{8,}[A-Z]{0,2}[ /-]+|^\d{12}(?=[A-Z])"
)
_TRAILING_NOISE = re.compile(r"[\s*#:/.,_-]+$")
_TRAILING_REFERENCE = re.compile(
    r"(?:\s|#)+(?:(?=(?:[A-Z]*\d){5})[A-Z0-9]{6,}|\d{4,}|X+\d+|\d{2}/\d{2}/\d{2,4}|\+?\d[\d-]{9,})$"
)
# Where the merchant can be asked: UBER TRIP HELP.UBER.COM, AMAZON HTTP://WWW.AM.
_TRAILING_SITE = re.compile(r"\s(?:HTTPS?:\S*|WWW\.\S*|\S+\.(?:COM|CO|IN|NET|ORG)\b\S*)$")
_GATEWAY = re.compile(r"^([A-Z0-9]{2,10})\s?\*\s?(?=\S)")
_WEB = re.compile(r"^(?:HTTPS?[:/ ]+)?WWW[. ]\s*|^HTTPS?[:/ ]+")
# A place is not cut off after one of these: BANK OF BARODA, TASTE OF PUNJAB.
_BINDING = frozenset({"OF", "AT", "IN", "THE", "HOTEL", "CLUB", "AND", "DE"})


def read_card(text: str) -> Narration:
    """The merchant of a card line."""
    rest = _REFERENCE_START.sub("", _TERMINAL.sub("", text)).strip()
    if rest.count("/") >= 1 and _TERMINAL.match(text):
        rest = rest.split("/")[0]
    return Narration(Channel.CARD, merchant(rest) or plain(rest) or plain(text))


def merchant(text: str) -> str:
    """The merchant's name without gateway, reference, place and tail words; never empty unless the text is."""
    name = _WEB.sub("", " ".join(text.upper().split()))
    name = _strip_gateway(name).replace("*", " ")
    name = _without_tail(_TRAILING_REFERENCE.sub("", _TRAILING_NOISE.sub("", name)))
    name = _without_tail(_without_place(name))
    name = _TRAILING_REFERENCE.sub("", _TRAILING_NOISE.sub("", _TRAILING_SITE.sub("", name)))
    return " ".join(name.split())


def _strip_gateway(name: str) -> str:
    found = _GATEWAY.match(name)
    return name[found.end() :] if found and found[1] in vocabulary().gateways else name


def _without_tail(name: str) -> str:
    for tail in vocabulary().card_tails:
        if name.endswith(f" {tail}"):
            return name[: -len(tail) - 1].rstrip(" -*")
    return name


def _without_place(name: str) -> str:
    """Drop one country code, one state code and one city, in that order from the end, and never the whole name."""
    words = vocabulary()
    tokens = name.split()
    coded = len(tokens) > 1 and tokens[-1] in words.countries
    if coded:
        tokens.pop()
    stated = len(tokens) > 1 and (tokens[-1] in words.states or (coded and tokens[-1] in words.countries))
    if stated and (coded or (tokens[-2],) in words.cities):
        tokens.pop()
    for width in (2, 1):
        kept = tokens[:-width]
        if kept and tuple(token.strip(",.") for token in tokens[-width:]) in words.cities and kept[-1] not in _BINDING:
            return " ".join(kept)
    return " ".join(tokens)
