"""Bank exports as they are found in the wild."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sample import generate_household
from services.financial.domain.account import AccountType
from services.financial.domain.statement import ColumnMapping, ParsedStatement
from services.financial.infrastructure.statements import read_statement
from services.shared.domain.errors import InvalidInputError, NiveshError, UnsupportedFormatError

HDFC = b"""Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
01/12/24,UPI-ZOMATO-zomato@ybl-UTIB0000553-833801412690-NA,0000976894230584,01/12/24,871.00,,62307.90
02/12/24,NEFT CR-CITI0000002-ACME LTD-SALARY-CITIN59,0000090430997600,02/12/24,,64000.00,126307.90
"""
SBI = (
    b"Account Name,: MR A\r\nAccount Number,: _00000004927611618\r\n\r\n"
    b"Txn Date,Value Date,Description,Ref No./Cheque No.,Debit,Credit,Balance\r\n"
    b"2 Dec 2024,2 Dec 2024,TO TRANSFER-UPI/DR/370068934558/SELF/HDFC/self@okhdfcbank/fund--,,"
    b'"1,64,000.00", ,"1,18,340.55"\r\n'
    b'28 Dec 2024,28 Dec 2024,INTEREST CREDIT--,, ,304.75,"1,18,645.30"\r\n'
)
ICICI = (
    b"Accountno:,0000\r\nCustomer Name:,MR A\r\n\r\n"
    b"Date,Sr.No.,Transaction Details,Reward Point Header,Intl.Amount,Amount(in Rs),BillingAmountSign\r\n"
    b"01/12/2024,1000000003,AMAZON PAY INDIA BANGALORE IN,0,0,1580.50,\r\n"
    b"25/12/2024,1000000033,AMAZON PAY INDIA REFUND IN,0,0,714.75,CR\r\n"
)


def rows(parsed: ParsedStatement) -> list[tuple[date, str]]:
    return [(line.booked_on, str(line.amount)) for line in parsed.lines]


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (HDFC, AccountType.SAVINGS, [(date(2024, 12, 1), "-871.00"), (date(2024, 12, 2), "64000.00")]),
        (SBI, AccountType.SAVINGS, [(date(2024, 12, 2), "-164000.00"), (date(2024, 12, 28), "304.75")]),
        (ICICI, AccountType.CREDIT_CARD, [(date(2024, 12, 1), "-1580.50"), (date(2024, 12, 25), "714.75")]),
    ],
    ids=["hdfc", "sbi", "icici"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_three_banks_in_every_encoding(
    content: bytes, kind: AccountType, expected: list[tuple[date, str]], encoding: str
) -> None:
    parsed = read_statement(content.decode().encode(encoding), "whatever.bin")
    assert rows(parsed) == expected
    assert parsed.rejected == ()
    assert parsed.account_hint is not None
    assert parsed.account_hint.account_type is kind


def test_an_export_of_an_icici_card_by_dates_has_signed_amounts_and_counts_its_lines() -> None:
    header, _, _ = ICICI.partition(b"01/12/2024")
    parsed = read_statement(
        header + b"4748 XXXX XXXX 5000\r\n"
        b'"01-APR-24","1","DIGITALOCEAN.COM AMSTERDAM NL","10","6.00","521.17","521.17"\r\n'
        b'"15-MAY-24","2","REFUND","0","0.00","-1,200.00","-1,200.00"\r\n'
    )
    assert rows(parsed) == [(date(2024, 4, 1), "-521.17"), (date(2024, 5, 15), "1200.00")]
    assert [line.reference for line in parsed.lines] == ["", ""]
    assert [line.reference for line in read_statement(ICICI).lines] == ["1000000003", "1000000033"]


def test_unquoted_amounts_are_put_together_where_that_is_certain() -> None:
    header, _, _ = SBI.partition(b"2 Dec 2024")
    parsed = read_statement(
        header + b"5 Apr 2024,5 Apr 2024,TO TRANSFER--,,400.00, ,12,857.63\r\n"
        b"6 Apr 2024,6 Apr 2024,BY TRANSFER--,, ,1,04,912.50,1,17,770.13\r\n"
        b"7 Apr 2024,7 Apr 2024,TO TRANSFER--,,1,770.00, ,1,16,000.13\r\n"
        b"8 Apr 2024,8 Apr 2024,TO TRANSFER--,,1,770,15,471,200\r\n"
    )
    assert [str(line.amount) for line in parsed.lines] == ["-400.00", "104912.50", "-1770.00"]
    assert [str(line.balance_after) for line in parsed.lines] == ["12857.63", "117770.13", "116000.13"]
    assert [rejected.line for rejected in parsed.rejected] == [8]


def test_both_forms_of_hdfc_give_one_narration_the_same_text() -> None:
    narration = "NEFT DR-KKBK0000191-A SINGH-NETBANK, MUM-N5406-RENT"
    quoted = HDFC.split(b"\n")[0] + f'\n03/12/24,"{narration}",00009,03/12/24,500.00,,1.00\n'.encode()
    bare = (
        "Date,Narration,Value Dat,Debit Amount,Credit Amount,Chq/Ref Number,Closing Balance\n"
        f" 03/12/24 ,{narration} ,03/12/24 , 500.00, 0.00,00009  , 1.00\n"
    )
    assert [line.narration for line in read_statement(quoted).lines] == [narration]
    assert [line.narration for line in read_statement(bare.encode()).lines] == [narration]


@pytest.mark.parametrize(
    "content",
    [
        (
            b"Txn Date,Description,Branch Code,Debit,Credit,Balance\n"
            b'="02-04-2026 12:00:00",UPI/A,="0123","450.00","","1.00"\n'
        ),
        (
            b"type~|~Primary~|~DATE~|~Description~|~AMT~|~Debit / Credit\n"
            b"Domestic~|~A~|~02/04/2026 12:30:10~|~UPI/A~|~450.00~|~\n"
            b"Domestic~|~A~|~01/04/2026~|~PAYMENT~|~5,000.00~|~Cr\n"
        ),
        b'Date,Transaction Details,Amount (Rs.)\n02 Apr 26,UPI/A,"450.00 D"\n01 Apr 26,PAYMENT,"5,000.00 C"\n',
        b"Date,Particulars,Debit,Credit,Balance\n02-Apr-2026,UPI/A,450.00,,1.00\nTotal number of Debits,1,,,\n",
        (
            b"Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL\n02-04-2026,,UPI/A,450.00, ,1.00,248\n"
            b"\n,,,,++++ End of Statement ++++,,\n"
        ),
    ],
    ids=["canara", "hdfc card", "sbi card", "idfc", "axis"],
)
def test_what_other_banks_write(content: bytes) -> None:
    parsed = read_statement(content)
    assert parsed.rejected == ()
    assert rows(parsed)[-1] == (date(2026, 4, 2), "-450.00")


def test_no_more_than_the_last_four_digits_of_a_number_are_kept() -> None:
    parsed = read_statement(SBI)
    assert parsed.account_hint is not None
    assert parsed.account_hint.masked_number is not None
    assert sum(character.isdigit() for character in parsed.account_hint.masked_number) <= 4


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG picture"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b"just some words\nand more words\n", "CSV"),
    ],
)
def test_other_files_are_named_for_what_they_are(content: bytes, named: str) -> None:
    with pytest.raises(UnsupportedFormatError) as raised:
        read_statement(content, "statement.csv")
    assert named.lower() in raised.value.detail.lower()


def test_a_spreadsheet_is_told_from_csv() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnsupportedFormatError):
        read_statement(archive.getvalue(), "statement.csv")


@pytest.mark.parametrize(
    "content", [b"", b"   \n\n", HDFC.split(b"\n")[0] + b"\n"], ids=["empty", "blank", "header only"]
)
def test_files_without_transactions_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        read_statement(content, "statement.csv")


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"02/12/24,NEFT", b"32/13/24,NEFT"), (b",64000.00,", b",sixty,"), (b",,64000.00,", b",1.00,64000.00,")],
    ids=["impossible date", "no number", "both columns"],
)
def test_a_line_that_cannot_be_read_is_rejected_with_its_number(before: bytes, after: bytes) -> None:
    parsed = read_statement(HDFC.replace(before, after, 1))
    assert [line.line for line in parsed.rejected] == [3]
    assert len(parsed.rejected[0].reason) > 10
    assert len(parsed.lines) == 1


def test_headers_of_further_pages_and_totals_without_words_are_no_movements() -> None:
    header, first, second = HDFC.splitlines(keepends=True)
    parsed = read_statement(header + first + header + second + b",,,,871.00,64000.00,126307.90\n")
    assert [line.line_no for line in parsed.lines] == [2, 4]
    assert parsed.rejected == ()
    undated = read_statement(header + first + second.replace(b"02/12/24", b""))
    assert [line.line for line in undated.rejected] == [3]


@pytest.mark.parametrize(("lost", "broken"), [(11, [3]), (20, [3]), (1, []), (0, [])])
def test_a_line_in_the_middle_of_which_the_file_breaks_off_is_rejected(lost: int, broken: list[int]) -> None:
    parsed = read_statement(HDFC[: len(HDFC) - lost])
    assert [line.line for line in parsed.rejected] == broken


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("Amount\n2026-10-01,A,-1234.50", "-1234.50"),
        ('Amount\n2026-10-01,A,"(1,234.50)"', "-1234.50"),
        ('Amount\n2026-10-01,A,"1,23,456.50 Dr"', "-123456.50"),
        ("Amount\n2026-10-01,A,₹500 CR", "500.00"),
        ("Amount,Dr/Cr\n2026-10-01,A,500,DR", "-500.00"),
        ("Debit,Credit\n2026-10-01,A,,500", "500.00"),
        ("Withdrawal,Deposit\n2026-10-01,A,500,", "-500.00"),
    ],
)
def test_any_csv_with_a_header(amounts: str, expected: str) -> None:
    header, line = amounts.split("\n")
    parsed = read_statement(f"Date,Description,{header}\n{line}\n".encode())
    assert [str(one.amount) for one in parsed.lines] == [expected]


@pytest.mark.parametrize("written", ["5/1/26", "05-01-2026", "5 Jan 2026", "05-Jan-26", "2026-01-05"])
def test_days_come_before_months(written: str) -> None:
    parsed = read_statement(f"Date;Narration;Amount\n{written};TEA;-10\n".encode())
    assert parsed.lines[0].booked_on == date(2026, 1, 5)


def test_a_mapping_reads_what_is_not_recognised() -> None:
    content = b"Wann|Was|Wieviel\n01.02.2026|TEA|10\n"
    mapping = ColumnMapping(date="Wann", narration="Was", amount="Wieviel", unsigned_is="debit")
    parsed = read_statement(content, mapping=mapping)
    assert rows(parsed) == [(date(2026, 2, 1), "-10.00")]


def test_newest_first_is_put_in_order() -> None:
    head, *lines = HDFC.strip().split(b"\n")
    parsed = read_statement(b"\n".join([head, *reversed(lines)]) + b"\n")
    assert [line.booked_on.day for line in parsed.lines] == [1, 2]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["hdfc_savings.csv", "sbi_savings.csv", "icici_card.csv"])
def test_what_a_bank_writes_reads_back_exactly(seed: int, name: str) -> None:
    household = generate_household(seed, end=date(2026, 10, 20), months=4)
    key = name.split("_")[0]
    ledger = [entry for entry in household.truth.ledger if entry.account == key]
    parsed = read_statement(household.exports[name], name)
    assert [(line.booked_on, line.amount.amount, line.narration) for line in parsed.lines] == [
        (entry.date, entry.amount, entry.narration) for entry in ledger
    ]
    assert parsed.rejected == ()
    assert parsed.warnings == ()


@pytest.mark.parametrize("version", [1, 2])
def test_ofx_reads_back_the_same_amounts(version: int) -> None:
    household = generate_household(5, end=date(2026, 10, 20), months=3)
    ledger = [entry for entry in household.truth.ledger if entry.account == "sbi"]
    parsed = read_statement(household.ofx("sbi", version=version), "statement.ofx")
    assert sorted((line.booked_on, line.amount.amount) for line in parsed.lines) == sorted(
        (entry.date, entry.amount) for entry in ledger
    )
    assert parsed.opening_balance is not None
    assert parsed.opening_balance.amount == household.truth.opening["sbi"]


def test_a_balance_of_another_day_is_not_that_after_the_last_line() -> None:
    household = generate_household(5, end=date(2026, 10, 20), months=3)
    content = household.ofx("sbi", version=1)
    later = re.sub(rb"<DTASOF>\d{8}", b"<DTASOF>20261101", content)
    assert later != content
    assert read_statement(later).opening_balance is None


def read_or_explain(content: bytes) -> str:
    """What the reader makes of any bytes: a format, or an error in words; any other exception is a failure."""
    try:
        return read_statement(content, "x.csv").format
    except NiveshError as error:
        return error.detail


@given(st.binary(max_size=600))
@settings(max_examples=300)
def test_no_bytes_break_the_reader(content: bytes) -> None:
    assert read_or_explain(content)


@given(st.sampled_from([HDFC, SBI, ICICI]), st.integers(min_value=0), st.integers(0, 255), st.booleans())
@settings(max_examples=300)
def test_no_damage_breaks_the_reader(content: bytes, position: int, byte: int, cut: bool) -> None:
    place = position % len(content)
    assert read_or_explain(content[:place] if cut else content[:place] + bytes([byte]) + content[place + 1 :])
