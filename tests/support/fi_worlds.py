"""Invented people as Fi reports them, in the shapes of its six tools."""

from __future__ import annotations

from typing import Any


def rupees(units: int | None, nanos: int | None = None) -> dict[str, Any]:
    """Money as Fi writes it: no units are zero."""
    value: dict[str, Any] = {"currencyCode": "INR"}
    if units is not None:
        value["units"] = str(units)
    if nanos is not None:
        value["nanos"] = nanos
    return value


def account(kind: str, institution: str, number: str, summary: dict[str, Any], **details: Any) -> dict[str, Any]:
    """An entry of accountDetailsMap."""
    return {
        "accountDetails": {
            "maskedAccountNumber": f"XXXX{number}",
            "fipMeta": {"displayName": institution},
            **details,
        },
        f"{kind}Summary": summary,
    }


SALARY = [
    ["50000", "NEFT CR ACME SALARY", "2026-10-01", 1, "OTHERS", "60000"],
    ["250.50", "UPI-CHAI POINT-chai@ybl", "2026-10-02", 2, "UPI", "59749.50"],
    ["250.50", "UPI-CHAI POINT-chai@ybl", "2026-10-02", 2, "UPI", "59499"],
    ["120", "INTEREST CREDIT", "2026-10-03", 4, "OTHERS", "59619"],
    ["12", "TDS", "2026-10-03", 5, "OTHERS", "59607"],
]
SECOND = [
    ["9000", "OPENING BALANCE", "2026-10-01", 3, "OTHERS", "9000"],
    ["1000", "ATM WITHDRAWAL", "2026-10-04", 2, "ATM", "8000"],
    ["500", "REVERSAL", "2026-10-05", 8, "OTHERS", "8500"],
]
KOTAK = [["700", "UPI-BIG BAZAAR", "2026-10-06", 2, "UPI", "300"], ["1", "WHAT", "2026-10-07", 9, "X", "299"]]


def full_world() -> dict[str, Any]:
    """All sources linked; two accounts at one bank, negative liabilities among the assets, totals that contradict."""
    accounts = {
        "uuid-salary": account("deposit", "HDFC Bank", "1111", {"currentBalance": rupees(59607)}),
        "uuid-second": account("deposit", "HDFC Bank", "2222", {"currentBalance": rupees(8500)}),
        "uuid-demat": account(
            "equity",
            "Zerodha",
            "3333",
            {
                "currentValue": rupees(30000),
                "holdingsInfo": [
                    {
                        "isin": "INE009A01021",
                        "issuerName": "INFOSYS LIMITED",
                        "units": 10,
                        "lastTradedPrice": rupees(1500, 250000000),
                    }
                ],
            },
        ),
        "uuid-epf": account("epf", "EPFO", "4444", {"currentBalance": rupees(111000)}),
        "uuid-card": account("creditCard", "HDFC Bank", "5555", {"currentBalance": rupees(7000, 500000000)}),
        "uuid-odd": {"accountDetails": {}, "cryptoSummary": {"currentBalance": rupees(1)}},
    }
    scheme = {
        "schemeDetail": {"isinNumber": "INF879O01027", "nameData": {"longName": "Parag Parikh Flexi Cap Fund"}},
        "enrichedAnalytics": {
            "analytics": {
                "schemeDetails": {
                    "currentValue": rupees(84000, 750000000),
                    "investedValue": rupees(70000),
                    "XIRR": 12.5,
                    "navValue": rupees(84, 750000),
                    "units": 1000.5,
                }
            }
        },
    }
    return {
        "fetch_net_worth": {
            "netWorthResponse": {
                "assetValues": [
                    {"netWorthAttribute": "ASSET_TYPE_MUTUAL_FUND", "value": rupees(84000, 750000000)},
                    {"netWorthAttribute": "ASSET_TYPE_SAVINGS_ACCOUNTS", "value": rupees(68107)},
                    {"netWorthAttribute": "ASSET_TYPE_US_SECURITIES", "value": rupees(5000)},
                    {"netWorthAttribute": "LIABILITY_TYPE_HOME_LOAN", "value": rupees(-1700000, -500000000)},
                ],
                "liabilityValues": [{"netWorthAttribute": "LIABILITY_TYPE_CREDIT_CARD", "value": rupees(7000)}],
                "totalNetWorthValue": rupees(868721),
            },
            "mfSchemeAnalytics": {"schemeAnalytics": [scheme]},
            "accountDetailsBulkResponse": {"accountDetailsMap": accounts},
        },
        "fetch_bank_transactions": {
            "bankTransactions": [
                {"bank": "HDFC Bank", "txns": list(reversed(SALARY))},
                {"bank": "HDFC Bank", "txns": SECOND},
                {"bank": "Kotak", "txns": KOTAK},
            ]
        },
        "fetch_stock_transactions": {
            "stockTransactions": [
                {
                    "isin": "INE009A01021",
                    "txns": [[1, "2024-05-02", 6, 1400.5], [1, "2024-06-03", 4, 1450], [3, "2025-01-01", 1], [1, "x"]],
                },
                {"isin": "INE040A01034", "txns": [[1, "2024-05-02", 6], [2, "2024-07-01", 1, 1600]]},
            ]
        },
        "fetch_mf_transactions": {
            "mfTransactions": [
                {
                    "isin": "INF879O01027",
                    "schemeName": "Parag Parikh Flexi Cap Fund",
                    "folioId": "11223344",
                    "txns": [
                        [1, "2024-01-05", 60.5, 500.25, 30265.13],
                        [1, "2024-02-05", 61, 500.25, 30515.25],
                        [1, "2024-02-05", 61, 500.25, 30515.25],
                    ],
                }
            ]
        },
        "fetch_epf_details": {
            "uanAccounts": [
                {
                    "phoneNumber": {"countryCode": 91, "nationalNumber": 9999999999},
                    "rawDetails": {
                        "est_details": [
                            {
                                "est_name": "ACME PRIVATE LIMITED",
                                "member_id": "BGBNG0000000000000001",
                                "doj_epf": "24-03-2020",
                                "pf_balance": {"net_balance": "100000"},
                            },
                            {
                                "est_name": "OLD EMPLOYER",
                                "member_id": "BGBNG0000000000000002",
                                "pf_balance": {"net_balance": "10500"},
                            },
                        ],
                        "overall_pf_balance": {"current_pf_balance": "111000", "pension_balance": "50000"},
                    },
                }
            ]
        },
        "fetch_credit_report": {
            "creditReports": [
                {
                    "creditReportData": {
                        "creditProfileHeader": {"reportDate": "20261120", "reportTime": "101010"},
                        "creditAccount": {
                            "creditAccountSummary": {
                                "account": {"creditAccountTotal": "2"},
                                "totalOutstandingBalance": {"outstandingBalanceAll": "1710000"},
                            },
                            "creditAccountDetails": [
                                {
                                    "subscriberName": "HDFC BANK",
                                    "accountType": "02",
                                    "openDate": "20190105",
                                    "currentBalance": "1700000",
                                    "amountPastDue": "0",
                                    "accountStatus": "11",
                                },
                                {
                                    "subscriberName": "=CARD CO",
                                    "accountType": "10",
                                    "openDate": "not a day",
                                    "currentBalance": "7000",
                                    "accountStatus": "82",
                                },
                            ],
                        },
                        "score": {"bureauScore": "746", "bureauScoreConfidenceLevel": "H"},
                    },
                    "vendor": "EXPERIAN",
                }
            ]
        },
    }


def funds_only() -> dict[str, Any]:
    """Only funds are linked, in the other layout."""
    order = {
        "isinNumber": "INF179K01YV8",
        "schemeName": "HDFC Flexi Cap Fund",
        "folioId": "998877",
        "externalOrderType": "BUY",
        "transactionDate": "2025-03-10T00:00:00Z",
        "purchasePrice": rupees(1650, 123400000),
        "transactionAmount": rupees(10000),
        "transactionUnits": 6.0602,
        "transactionMode": "N",
    }
    sale = order | {"externalOrderType": "SELL", "transactionDate": "2025-06-10", "transactionUnits": 2}
    odd = order | {"externalOrderType": "GIFT"}
    return {"fetch_mf_transactions": {"transactions": [order, sale, odd]}}


def garbage() -> dict[str, Any]:
    """Nothing is what it should be."""
    return {
        "fetch_net_worth": {
            "netWorthResponse": {"assetValues": "none", "totalNetWorthValue": {"units": "a lot"}},
            "mfSchemeAnalytics": {"schemeAnalytics": [None, 7, {"schemeDetail": []}]},
            "accountDetailsBulkResponse": {
                "accountDetailsMap": {
                    "x": None,
                    "y": {"depositSummary": None},
                    "z": {"depositSummary": {"currentBalance": {"currencyCode": "rupees", "units": "1"}}},
                }
            },
        },
        "fetch_bank_transactions": {
            "bankTransactions": [None, {"bank": None, "txns": [1, [], ["x", "y", "2026-01-01", 1], [1, 2, 3, 4, 5, 6]]}]
        },
        "fetch_stock_transactions": {"stockTransactions": {"isin": 1}},
        "fetch_mf_transactions": {"mfTransactions": [{"txns": [[9, "2024-01-01", 1, 1, 1], [1, "", 1, 1]]}]},
        "fetch_epf_details": {"uanAccounts": [{"rawDetails": {"est_details": [{"pf_balance": {"net_balance": "?"}}]}}]},
        "fetch_credit_report": {"creditReports": [{}, {"creditReportData": {"score": {"bureauScore": "??"}}}]},
    }
