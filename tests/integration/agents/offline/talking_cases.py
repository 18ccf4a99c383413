"""Hindi-English, several questions at once, follow-ups, corrections, comparisons, questions asked back."""

from __future__ import annotations

from datetime import date

from tests.integration.agents.offline.cases import (
    BEFORE,
    LAST,
    THIS,
    YEAR,
    Case,
    average,
    both,
    case,
    closing,
    count,
    difference,
    earned,
    largest_purchase,
    many,
    month,
    months,
    saved,
    says,
    spent,
    top,
    total,
)
from tests.support.oracle import rupees

FROM_SAVINGS = "how much did I spend from my savings account last month"
TALKING: list[Case] = [
    *many(
        """
        pichle mahine khane pe kitna kharcha hua?
        last month khane par kitna gaya
        pichle mahine bahar ka khana pe kitna kharch kiya
        october mein khane ka kharcha batao
        पिछले महीने खाने पर कितना खर्च हुआ
        """,
        spent(LAST, "dining"),
    ),
    *many(
        """
        is mahine kitna kharcha hua?
        is month total kitna spend hua
        iss mahine maine kitna kharch kiya hai
        is mahine ka kharcha dikhao
        इस महीने कितना खर्चा हुआ
        """,
        spent(THIS),
    ),
    case("pichle mahine sabzi aur ration pe kitna gaya", figures=spent(LAST, "groceries")),
    case("is saal petrol pe kitna udaya", figures=spent(YEAR, "fuel")),
    case("kiraya kitna diya october mein", figures=spent(LAST, "rent")),
    case("pichle 3 mahine mein dawai pe kitna kharcha hua", figures=spent(months(-3, -1), "health")),
    case("April se June tak kitna kharch kiya", figures=spent((date(2026, 4, 1), date(2026, 6, 30)))),
    case("Swiggy pe is saal kitna gaya", figures=spent(YEAR, payee="Swiggy")),
    case("meri salary kab aayi", figures=lambda o: rupees(
        max((e for e in o.household.truth.ledger if e.category == "salary"), key=lambda e: e.date).amount)),
    case("pichle mahine kitni salary aayi", figures=earned(LAST, "salary")),
    case("pichle mahine kitni kamai hui", figures=earned(LAST)),
    case("is saal byaj kitna mila", figures=earned(YEAR, "interest")),
    case("pichle mahine kitna bachaya", figures=saved(LAST)),
    case("october mein kitni bachat hui", figures=saved(LAST)),
    case("mera net worth kitna hai", figures=lambda o: rupees(o.net_worth())),
    case("mera SBI balance kitna hai", figures=closing("sbi")),
    case("HDFC account mein kitna paisa hai", figures=closing("hdfc")),
    case("mere paas kitne paise hain", figures=both(closing("hdfc"), closing("sbi"))),
    case("credit card ka kitna baki hai", figures=closing("icici")),
    case("sabse zyada kharcha kis cheez pe hua pichle mahine", figures=top(LAST, "category")),
    case("pichle mahine ka sabse bada kharcha", figures=largest_purchase(LAST)),
    case("kitni baar Zomato se order kiya is saal", figures=count(YEAR, payee="Zomato")),
    case("har mahine groceries pe average kitna kharcha hota hai", figures=average(months(-6, -1), 6, "groceries")),
    case("rent aur groceries pe kitna gaya october mein", figures=total(spent(LAST, "rent"), spent(LAST, "groceries"))),
    case("pichle mahine se is mahine zyada kharcha hua kya", figures=both(spent(THIS), spent(LAST))),
    case("Swiggy ya Zomato pe zyada kharcha is saal", figures=difference(
        spent(YEAR, payee="Swiggy"), spent(YEAR, payee="Zomato"))),
    case("kaunse mahine mein sabse zyada kharcha hua is saal", figures=lambda o: rupees(
        max(o.spent(*month(-n)) for n in range(11)))),
    case("pichle mahine khane pe kitna kharcha hua", "aur september mein?", figures=spent(BEFORE, "dining")),
    case("pichle mahine khane pe kitna kharcha hua", "nahi, petrol pe", figures=spent(LAST, "fuel")),
    # Several questions at once.
    case(
        "how much on food and on fuel last month, and what's my balance?",
        figures=both(spent(LAST, "dining"), spent(LAST, "fuel"), closing("hdfc")),
    ),
    case(
        "How much did I spend on food last month and how much did I earn?",
        figures=both(spent(LAST, "dining"), earned(LAST)),
    ),
    case(
        "what did I spend in October? what did I save? and what is my net worth?",
        figures=both(spent(LAST), saved(LAST), lambda o: rupees(o.net_worth())),
    ),
    case(
        "how much did I spend on groceries and how much on fuel last month",
        figures=both(spent(LAST, "groceries"), spent(LAST, "fuel")),
    ),
    case("pichle mahine kitna kharcha hua aur balance kitna hai", figures=both(spent(LAST), closing("hdfc"))),
    case("hi, what did I spend in October?", figures=spent(LAST)),
    case("show my net worth and my goals", figures=both(lambda o: rupees(o.net_worth()), lambda _: "₹25,000.50")),
    # Follow-ups and corrections.
    *[
        Case(("What did I spend on eating out last month?", follow), spent(BEFORE, "dining"))
        for follow in (
            "and in September?", "what about September", "no, I meant September", "sorry, September",
            "the month before?",
            "actually September", "I meant in september", "not October, September", "same for September",
        )
    ],
    *[
        Case(("What did I spend on eating out last month?", follow), spent(LAST, "groceries"))
        for follow in (
            "what about groceries?", "and groceries", "no, groceries", "not dining, groceries", "I meant groceries",
            "how about groceries?", "sorry I meant groceries",
        )
    ],
    case("groceries last month", "and September?", "and what about fuel?", figures=spent(BEFORE, "fuel")),
    case("What did I spend on food last month?", "how much more than September?", figures=difference(
        spent(LAST, "dining"), spent(BEFORE, "dining"))),
    case("What did I spend on food last month?", "compare that with September", figures=difference(
        spent(LAST, "dining"), spent(BEFORE, "dining"))),
    case("what did I spend last month", "break it down by category", figures=top(LAST, "category")),
    case("what did I spend last month", "thanks", "and this month?", figures=spent(THIS)),
    case("what did I spend last month", "and my income?", figures=earned(LAST)),
    # Comparisons.
    *many(
        """
        compare groceries in October and September
        did I spend more on groceries last month than in September?
        difference between October and September groceries
        groceries: October vs September
        how much more on groceries in October than September
        """,
        difference(spent(LAST, "groceries"), spent(BEFORE, "groceries")),
    ),
    case("groceries vs dining last month", figures=difference(spent(LAST, "groceries"), spent(LAST, "dining"))),
    case("compare this month with last month", figures=difference(spent(THIS), spent(LAST))),
    case("Did I spend more this month than last month?", figures=difference(spent(THIS), spent(LAST))),
    case("is my food bill higher than in September?", figures=both(spent(THIS, "dining"), spent(BEFORE, "dining"))),
    case("compare October with the same month last year", figures=difference(spent(LAST), spent(month(-13)))),
    case("did I spend more than usual on groceries last month?", figures=both(
        spent(LAST, "groceries"), average((month(-7)[0], month(-2)[1]), 6, "groceries"))),
    case("did I spend over 5 lakh on food last month?", figures=both(spent(LAST, "dining"), lambda _: "No")),
    case("did I spend more than 100 rupees on groceries last month?", figures=both(
        spent(LAST, "groceries"), lambda _: "Yes")),
    # Questions asked back, and what a reply to them leads to.
    says(FROM_SAVINGS, words=("Which account", "HDFC savings", "SBI savings")),
    case(FROM_SAVINGS, "the HDFC one", figures=spent(LAST, account="hdfc")),
    case(FROM_SAVINGS, "sbi", figures=spent(LAST, account="sbi")),
    case(FROM_SAVINGS, "the second one", figures=spent(LAST, account="sbi")),
    case(FROM_SAVINGS, "both", figures=both(
        spent(LAST, account="hdfc"), spent(LAST, account="sbi"))),
    case(FROM_SAVINGS, "HDFC", "and in September?", figures=spent(
        BEFORE, account="hdfc")),
    says("how much did I spend during Diwali", words="Which days"),
    case("how much did I spend during Diwali", "5 to 12 November", figures=spent(
        (date(2026, 11, 5), date(2026, 11, 12)))),
    says("how much did I pay Zyxwvut Traders", words="I find no payment"),
]  # fmt: skip
