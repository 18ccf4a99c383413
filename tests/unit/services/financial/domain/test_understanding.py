"""Payees and categories: general knowledge, held to households it has not been written for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.sample import generate_household
from services.financial.domain.account import AccountType
from services.financial.domain.categorisation import Categoriser, Uncategorised, load_default_rules
from services.financial.domain.categorisation.rule import read_rule
from services.financial.domain.category import Category
from services.financial.domain.payee import extract_payee
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

CATEGORISER = Categoriser(load_default_rules())
INSTITUTIONS = {"hdfc": "HDFC BANK", "sbi": "SBI", "icici": "ICICI"}


def category_of(narration: str, amount: str = "-500", kind: AccountType = AccountType.SAVINGS) -> Category:
    payee = extract_payee(narration) or narration
    return CATEGORISER.categorise(Uncategorised(narration, payee, Money(Decimal(amount)), kind)).category


@pytest.mark.parametrize(
    ("narration", "payee"),
    [
        ("UPI-THIRD WAVE COFFEE-third@ybl-PYTM0123456-817414333776-PAYMENT FROM PHONE", "THIRD WAVE COFFEE"),
        ("UPI/DR/370068934558/SELF/HDFC/self@okhdfcbank/fund", "SELF"),
        ("IMPS-613186091390-RAMESH KULKARNI-KKBK-XXXXXXX9960-RENT DEC", "RAMESH KULKARNI"),
        ("ACH D- HDFC LIFE INSURANCE-2768426846", "HDFC LIFE INSURANCE"),
        ("IB BILLPAY DR-HDFCIC-130372XXXX0979-ICICI CARD", "ICICI CARD"),
        ("ATW-180630XXXXXX4145-S1ANBG2109-BANGALORE", "ATM"),
        ("BY TRANSFER-NEFT*CITI0000002*CITIN59083016*ACME INDIA PVT LTD*SALARY DEC--", "ACME INDIA PVT LTD"),
        ("AMAZON PAY INDIA BANGALORE IN", "AMAZON PAY INDIA"),
        ("HPCL FUEL STATION IN IN", "HPCL FUEL STATION"),
        ("by debit card-OTHPOS8379674493481MG TECHNOLOGIES--", "1MG TECHNOLOGIES"),
        ("POS REF 416021XXXXXX1234-05/12 AMAZON SELLER", "AMAZON SELLER"),
    ],
)
def test_payees_are_found_in_narrations(narration: str, payee: str) -> None:
    assert extract_payee(narration) == payee


def test_layouts_of_many_banks() -> None:
    lines = Path(__file__).with_name("payees.tsv").read_text("utf-8").splitlines()
    expected = dict(line.split("\t") for line in lines)
    assert {narration: extract_payee(narration) for narration in expected} == expected


@pytest.mark.parametrize(
    ("narration", "expected"),
    [
        ("UPI-SWIGGY INSTAMART-x@ybl-UTIB0000553-833801412690-NA", Category.GROCERIES),
        ("UPI-SWIGGY-x@ybl-UTIB0000553-833801412690-NA", Category.DINING),
        ("UPI-JIOMART-x@ybl-UTIB0000553-833801412690-NA", Category.GROCERIES),
        ("UPI-JIO PREPAID-x@ybl-UTIB0000553-833801412690-NA", Category.UTILITIES),
        ("IB BILLPAY DR-HDFC4U-411111XXXXXX1234", Category.TRANSFER),
        ("BIL/ONL/000712345678/ICICI CREDIT CA/4315XXXXXXXX7007", Category.TRANSFER),
        ("DC INTL POS TXN MARKUP+ST 010525", Category.FEES),
        ("TDS DEDUCTED ON FD INT", Category.TAX),
        ("JIOHOTSTAR MUMBAI IN", Category.SUBSCRIPTIONS),
        ("AMAZON PRIME MUMBAI IN", Category.SUBSCRIPTIONS),
        ("RELIANCE DIGITAL MUMBAI IN", Category.SHOPPING),
        ("RELIANCE FRESH MUMBAI IN", Category.GROCERIES),
        ("ACH D- TATA AIG GENERAL INSURANCE-123", Category.INSURANCE),
        ("UPI-TATA 1MG-x@ybl-UTIB0000553-833801412690-NA", Category.HEALTH),
        ("UPI-TATA PLAY-x@ybl-UTIB0000553-833801412690-NA", Category.UTILITIES),
        ("ACH D- BAJAJ FINANCE LTD EMI-2685995289", Category.LOAN_EMI),
        ("ACH D- LIC HOUSING FINANCE-2685995290", Category.LOAN_EMI),
        ("ACH D- LIC OF INDIA-2685995291", Category.INSURANCE),
        ("ACH D- INDIAN CLEARING CORP SIP-2159010928", Category.INVESTMENTS),
        ("ACH D- ICICI PRUDENTIAL LIFE-12345678", Category.INSURANCE),
        ("ACH D- ICICI PRUDENTIAL MUTUAL FUND-12345678", Category.INVESTMENTS),
        ("INDIAN OIL PETROL PUMP PUNE IN", Category.FUEL),
        ("UPI-ZERODHA BROKING-x@ybl-UTIB0000553-833801412690-NA", Category.INVESTMENTS),
        ("UPI-UBER INDIA-x@ybl-UTIB0000553-833801412690-NA", Category.TRANSPORT),
        ("IRCTC WEB MUMBAI IN", Category.TRAVEL),
        ("UPI-DELHI PUBLIC SCHOOL-x@ybl-UTIB0000553-833801412690-TERM FEES", Category.EDUCATION),
        ("IMPS-613186091390-RAMESH KULKARNI-KKBK-XXXXXXX9960-RENT DEC", Category.RENT),
        ("ATW-180630XXXXXX4145-S1ANBG2109-PUNE", Category.CASH),
        ("IB BILLPAY DR-HDFCIC-130372XXXX0979-ICICI CARD", Category.TRANSFER),
        ("UPI-SELF-self@oksbi-SBIN0001234-370068934558-FUND", Category.TRANSFER),
        ("UPI-SHARMA KIRANA STORE-x@ybl-UTIB0000553-833801412690-NA", Category.GROCERIES),
        ("UPI-RAVI KUMAR-ravi@ybl-UTIB0000553-833801412690-NA", Category.OTHER),
        ("UPI-MAHALAXMI TRADERS-x@ybl-UTIB0000553-833801412690-RATION", Category.GROCERIES),
        ("UPI-MAHALAXMI TRADERS-x@ybl-UTIB0000553-833801412690-NA", Category.SHOPPING),
        ("UPI-MAHANAGAR GAS CNG STATION-x@ybl-UTIB0000553-833801412690-NA", Category.FUEL),
        ("UPI-SAREE MANDIR-x@ybl-UTIB0000553-833801412690-NA", Category.SHOPPING),
        ("UPI-LAKSHMI POOJA BHANDAR-x@ybl-UTIB0000553-833801412690-NA", Category.SHOPPING),
        ("UPI-SHIV MANDIR-x@ybl-UTIB0000553-833801412690-NA", Category.GIFTS),
        ("UPI-DR SUNITA RAO-x@ybl-UTIB0000553-833801412690-NA", Category.HEALTH),
        ("UPI-SRI KRISHNA BHAVAN-x@ybl-UTIB0000553-833801412690-NA", Category.DINING),
        ("UPI-VIDYA BHAVAN-x@ybl-UTIB0000553-833801412690-NA", Category.EDUCATION),
        ("UPI-JIO BLACKROCK-x@ybl-UTIB0000553-833801412690-NA", Category.INVESTMENTS),
        ("ACH D- AXIS BANK LTD-2685995289", Category.LOAN_EMI),
        ("WDL TFR UPI/DR/412345678901/TRENT HYPE/AIRP/star@ai/Pay", Category.GROCERIES),
        ("WDL TFR UPI/DR/412345678901/STAR HEALT/AIRP/sh@ai/Pay", Category.INSURANCE),
        ("BIL/ONL/000123456789/HDFC Credit C/4321XXXX", Category.TRANSFER),
    ],
)
def test_money_out(narration: str, expected: Category) -> None:
    assert category_of(narration) is expected


@pytest.mark.parametrize(
    "name",
    [
        "POOJA SHARMA",
        "VIDYA NAIR",
        "RAJENDRA PRASAD",
        "NANDINI RAO",
        "AAKASH VERMA",
        "PARTHA SARATHI",
        "SARAVANA B",
        "NITIN KAMAT",
        "KARAN THAPAR",
    ],
)
def test_persons_are_not_taken_for_what_their_names_mean(name: str) -> None:
    assert category_of(f"UPI-{name}-x@ybl-UTIB0000553-833801412690-NA") is Category.OTHER


@pytest.mark.parametrize(
    ("narration", "kind", "expected"),
    [
        ("BY TRANSFER-NEFT*CITI0000002*CITIN59*ACME LTD*SALARY DEC--", AccountType.SAVINGS, Category.SALARY),
        ("NEFT*SBIN0000001*SBIN1234567*DDO EDUCATION DEPT*PAY OCT", AccountType.SAVINGS, Category.SALARY),
        ("NEFT CR-CITI0000002-ACME MOTORS LTD-A KUMAR-CITIN21234567890", AccountType.SAVINGS, Category.SALARY),
        ("NEFT CR-CITI0000002-ACME MOTORS LTD-REFUND-CITIN21234567890", AccountType.SAVINGS, Category.TRANSPORT),
        ("NEFT CR-CITI0000002-ACME BROKING LTD-A KUMAR-CITIN21234567890", AccountType.SAVINGS, Category.INVESTMENTS),
        ("NEFT CR-CITI0000002-ACME TRADING PVT LTD-CITIN21234567890", AccountType.SAVINGS, Category.SALARY),
        ("NEFT CR-CITI0000002-ACME NIDHI LTD-CITIN21234567890", AccountType.SAVINGS, Category.LOAN_EMI),
        ("INTEREST PAID TILL 29-DEC-2024", AccountType.SAVINGS, Category.INTEREST),
        ("AMAZON PAY INDIA REFUND IN", AccountType.CREDIT_CARD, Category.SHOPPING),
        ("BBPS PAYMENT RECEIVED", AccountType.CREDIT_CARD, Category.TRANSFER),
        ("UPI-RAVI KUMAR-ravi@ybl-UTIB0000553-833801412690-NA", AccountType.SAVINGS, Category.OTHER_INCOME),
    ],
)
def test_money_in(narration: str, kind: AccountType, expected: Category) -> None:
    assert category_of(narration, "500", kind) is expected


@pytest.mark.parametrize(
    ("narration", "amount", "expected"),
    [
        ("NEFT CR-CITI0000002-FLIPKART INTERNET PVT LTD-ASHA RAO-CITIN26123456789", "86450", Category.SALARY),
        (
            "BY TRANSFER-NEFT*HDFC0000240*N304261234567*BUNDL TECHNOLOGIES SWIGGY*ASHA RAO--",
            "74210.00",
            Category.SALARY,
        ),
        ("NEFT-N304261234567890-ZOMATO LIMITED-OCT 2026-0012345-HDFC0000060", "112000", Category.SALARY),
        ("NEFT/CITIN26123456789/UBER INDIA SYSTEMS PVT LTD/CITI/ASHA RAO", "95800", Category.SALARY),
        ("NEFT CITIN26123456789 RELIANCE RETAIL LIMITED", "20000", Category.SALARY),
        ("RTGS-SBINR12026103012345678-INDIGO INTERGLOBE AVIATION LTD-ASHA RAO", "245000", Category.SALARY),
        ("NEFT CR-CITI0000002-FLIPKART INTERNET PVT LTD-ASHA RAO-CITIN26123456789", "1499", Category.SHOPPING),
        ("NEFT CR-CITI0000002-FLIPKART INTERNET PVT LTD-REFUND OD1234-CITIN26123456789", "52000", Category.SHOPPING),
        ("NEFT CR-CITI0000002-MAKEMYTRIP INDIA PVT LTD-BOOKING CANCELLED-CITIN26123456789", "38000", Category.TRAVEL),
        ("UPI-FLIPKART-flipkart@ybl-UTIB0000553-833801412690-NA", "52000", Category.SHOPPING),
        ("NEFT CR-HDFC0000240-APOLLO HOSPITALS ENTERPRISE LTD-ASHA RAO-N304261234567", "40000", Category.HEALTH),
        ("NEFT CR-CITI0000002-ZERODHA BROKING LTD-ASHA RAO-CITIN26123456789", "90000", Category.INVESTMENTS),
        ("NEFT CR-HDFC0000240-HDFC LIFE INSURANCE CO LTD-ASHA RAO-N304261234567", "90000", Category.INSURANCE),
        ("NEFT DR-CITI0000002-FLIPKART INTERNET PVT LTD-NETBANK, MUM-N304261234567-PHONE", "-86450", Category.SHOPPING),
    ],
)
def test_a_shop_that_pays_much_by_neft_is_an_employer(narration: str, amount: str, expected: Category) -> None:
    assert category_of(narration, amount) is expected


@pytest.mark.parametrize(
    ("narration", "expected"),
    [
        ("NEFT CR-CITI0000002-ZOMATO LIMITED-SALARY OCT-CITIN26123456789", Category.SALARY),
        ("NEFT-N304261234567890-ZOMATO LIMITED-WAGES OCT 2026-0012345-HDFC0000060", Category.SALARY),
        ("NEFT CITIN26123456789 RELIANCE RETAIL LIMITED STIPEND", Category.SALARY),
        ("NEFT CR-CITI0000002-SWIGGY-RIDER PAYOUT-CITIN26123456789", Category.SALARY),
        ("NEFT/CITIN26123456789/UBER INDIA SYSTEMS PVT LTD/CITI/WEEKLY EARNINGS", Category.SALARY),
        ("UPI-SWIGGY-swiggy@ybl-UTIB0000553-833801412690-PAYOUT", Category.SALARY),
        ("NEFT CR-CITI0000002-SWIGGY-REFUND PAYOUT-CITIN26123456789", Category.DINING),
        ("NEFT CR-CITI0000002-SWIGGY-ASHA RAO-CITIN26123456789", Category.DINING),
        ("NEFT CR-CITI0000002-FLIPKART INTERNET PVT LTD-SELLER PAYOUT-CITIN26123456789", Category.SHOPPING),
        ("NEFT CR-CITI0000002-ZERODHA BROKING LTD-PAYOUT-CITIN26123456789", Category.INVESTMENTS),
        ("NEFT CR-HDFC0000240-HDFC LIFE INSURANCE CO LTD-PAYOUT-N304261234567", Category.INSURANCE),
    ],
)
def test_little_pay_by_a_shop_is_told_by_words(narration: str, expected: Category) -> None:
    assert category_of(narration, "8400") is expected


def test_a_shop_in_the_note_is_none() -> None:
    line = "NEFT CR-CITI0000002-RAVI KUMAR-ASHA RAO-CITIN26123456789-FLIPKART PHONE"
    assert category_of(line, "52000") is category_of(line, "520")


@pytest.mark.parametrize("seed", [101, 202, 303, 404, 505])
def test_households_nobody_has_seen(seed: int) -> None:
    ledger = generate_household(seed, end=date(2026, 10, 31)).truth.ledger
    wrong = []
    for entry in ledger:
        payee = extract_payee(entry.narration, INSTITUTIONS[entry.account]) or entry.narration
        kind = AccountType.CREDIT_CARD if entry.account == "icici" else AccountType.SAVINGS
        said = CATEGORISER.categorise(Uncategorised(entry.narration, payee, Money(entry.amount), kind))
        if said.category != entry.category:
            wrong.append(entry)
    rows = 1 - len(wrong) / len(ledger)
    value = 1 - sum(abs(e.amount) for e in wrong) / sum(abs(e.amount) for e in ledger)
    assert rows >= 0.97, [(e.payee, e.category) for e in wrong]
    assert value >= Decimal("0.99"), [(e.payee, e.category, e.amount) for e in wrong]


@pytest.mark.parametrize("word", ["refund", "CREDIT NOTE", ""])
def test_a_word_that_could_never_rule_anything_out_is_refused(word: str) -> None:
    table = {"id": "hint.x", "category": "salary", "tier": "hint", "unless": [word]}
    with pytest.raises(InvalidInputError, match="one word in capitals"):
        read_rule(table, "x.toml")
