"""Everyday questions that are easily misread: a wrong figure is worse than none. Today is 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from agents.models.offline.lexicon import read_words
from agents.models.offline.planner import next_step
from agents.models.offline.quantities import find_quantities
from agents.models.offline.understanding import Said, understand
from agents.models.port import Message
from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate
from tests.unit.agents.models.offline.test_questions import OCT, SEP, TODAY, YEAR, Call, asked, spending

ALL_TOOLS = frozenset(
    {
        "list_accounts", "search_transactions", "get_spending", "get_income", "get_cash_flow", "get_budgets",
        "set_budget", "get_upcoming_bills", "calculate_loan", "calculate_prepayment", "compare_tax_regimes",
        "analyse_cash_flow", "forecast_balances", "find_sips", "get_investment_returns", "get_net_worth", "create_goal",
        "calculate", "list_goals", "compare_periods", "list_loans",
    }
)  # fmt: skip
WHOLE_YEAR = ("2025-11-01", "2026-10-31")


def step(*questions: str) -> tuple[list[str], str]:
    """The tools that are called, and what is said without any."""
    messages: list[Message] = [{"role": "user", "content": question} for question in questions]
    found = next_step(messages, TODAY, ALL_TOOLS)
    return [call.tool for call in found.calls], found.text


@pytest.mark.parametrize(
    ("questions", "calls"),
    [
        (["how much did I shell out for electricity in October"], spending(OCT, category="utilities")),
        (["what insurance premium do I pay per year"], spending(WHOLE_YEAR, category="insurance")),
        (["spend in H1 of this FY"], spending(("2026-04-01", "2026-09-30"))),
        (["spend in H1 of the preceding financial year"], spending(("2025-04-01", "2025-09-30"))),
        (["spend in the second half of 2025"], spending(("2025-07-01", "2025-12-31"))),
        (["rent kitna diya ab tak is saal"], spending(YEAR, category="rent")),
        (["dining in October", "and the month before?", "same for rent"], spending(SEP, category="rent")),
        (["pichle mahine petrol pe kitna gaya", "aur usse pehle?"], spending(SEP, category="fuel")),
        (["rent this year", "how much is that per month"], spending(YEAR, category="rent")),
        (["how much on travel excluding flights this year"], spending(YEAR, category="travel")),
        (["spending in the June quarter"], spending(("2026-04-01", "2026-06-30"))),
        (["spending for the quarter ended September 2025"], spending(("2025-07-01", "2025-09-30"))),
        (["mobile recharge pe saal bhar mein kitna"], spending(WHOLE_YEAR, category="utilities")),
        (["इस साल पेट्रोल पर कितना गया"], spending(YEAR, category="fuel")),
        (["office jaane ka kharcha October mein"], spending(OCT, category="transport")),
        (
            ["how does this October compare with last October"],
            [*spending(OCT), *spending(("2025-10-01", "2025-10-31"))],
        ),
        (
            ["which week did I spend the most in October"],
            [call for start in (5, 12, 19) for call in spending((f"2026-10-{start:02}", f"2026-10-{start + 6:02}"))],
        ),
        (["fuel by month in October", "which was the highest"], spending(OCT, category="fuel", group_by="month")),
        (["how much of September was rent", "and by category?"], spending(SEP, group_by="category")),
        (["how much can I save if I stop Swiggy"], spending(("2026-05-01", "2026-10-31"), payee="Swiggy")),
        (["how much would I save without eating out"], spending(("2026-05-01", "2026-10-31"), category="dining")),
        (
            ["spending last month", "excluding rent", "and EMI"],
            [*spending(OCT), *spending(OCT, category="rent"), *spending(OCT, category="loan_emi")],
        ),
        (["spending October", "by category"], spending(OCT, group_by="category")),
        (["second week October groceries"], spending(("2026-10-08", "2026-10-14"), category="groceries")),
        (["total for Ola Uber this year"], [*spending(YEAR, payee="Ola"), *spending(YEAR, payee="Uber")]),
        (["compare hdfc and icici spending in October"], spending(OCT, group_by="account")),
        (["give me a breakdown of October"], spending(OCT, group_by="category")),
        (["how much did we spend eating outside in October"], spending(OCT, category="dining")),
        (["gym fees this year"], spending(YEAR, category="health")),
        (["how much did I donate this year"], spending(YEAR, category="gifts")),
        (["Hotstar cancel kar du to kitna bachega"], spending(("2026-05-01", "2026-10-31"), payee="Hotstar")),
        (["least spent category last month"], spending(OCT, group_by="category")),
        (["expenses of last weak"], spending(("2026-11-16", "2026-11-22"))),
        (
            ["did my electricity bill go up"],
            spending(("2026-05-01", "2026-10-31"), category="utilities", group_by="month"),
        ),
        (["card vs account spending in October"], spending(OCT, group_by="account")),
        (["hdfc vs sbi spending last month"], spending(OCT, group_by="account")),
        (["did I spend more on card or from savings in October"], spending(OCT, group_by="account")),
    ],
)
def test_it_is_about_spending(questions: list[str], calls: list[Call]) -> None:
    assert asked(*questions) == calls


@pytest.mark.parametrize(
    ("questions", "wanted"),
    [
        (["sabse mehngi cheez kya kharidi is saal"], {"sort": "largest", "from": "2026-01-01"}),
        (["biggest grocery bill ever"], {"category": "groceries", "sort": "largest"}),
        (["top 5 expenses of the year"], {"sort": "largest", "from": "2026-01-01"}),
        (["find the payment of 26000"], {"min_amount": "26000", "max_amount": "26000"}),
        (["what was that 89340 payment"], {"min_amount": "89340", "max_amount": "89340"}),
        (["show transactions tagged holiday"], {"tag": "holiday"}),
        (["dining in October", "show me the transactions"], {"category": "dining", "from": "2026-10-01"}),
        (["add note 'birthday' to last Nykaa payment"], {"payee": "Nykaa", "limit": 1}),
        (["show me everything above 5000 last month"], {"min_amount": "5000.01", "from": "2026-10-01"}),
        (["Zomato this year", "how many orders", "biggest one?"], {"payee": "Zomato", "from": "2026-01-01"}),
        (["my shopping in October", "which is the costliest"], {"category": "shopping", "sort": "largest"}),
        (["refund from Decathlon"], {"payee": "Decathlon", "direction": "credit"}),
        (["last Zepto order"], {"payee": "Zepto", "limit": 1}),
        (["Uber spend this year", "how many rides"], {"payee": "Uber", "from": "2026-01-01"}),
        (["salary kab aayi", "kitni thi"], {"category": "salary", "direction": "credit"}),
        (["payments on 5 November"], {"from": "2026-11-05", "to": "2026-11-05"}),
        (["grocery bills over 1500"], {"category": "groceries", "min_amount": "1500.01"}),
        (["gas cylinder kab liya tha"], {"category": "utilities", "limit": 1}),
        (["tuition fee last paid when"], {"category": "education", "limit": 1}),
        (["what's my rent", "when did I pay it last"], {"category": "rent", "limit": 1}),
        (["biggest expense in October", "second biggest?"], {"sort": "largest", "from": "2026-10-01"}),
        (["show my last 5 transactions", "what did I pay the first one"], {"limit": 5, "sort": "newest"}),
        (["biggest 3 payments in October", "how much was the third", "when was it"], {"sort": "largest"}),
        (["Uber this year", "when was the last one"], {"payee": "Uber", "limit": 1, "from": "2026-01-01"}),
        (["how many times did I order from Zomato", "aur pehla wala kab tha"], {"payee": "Zomato", "sort": "oldest"}),
    ],
)
def test_it_looks_for_those_payments(questions: list[str], wanted: dict[str, str]) -> None:
    [(tool, arguments)] = asked(*questions)
    assert tool == "search_transactions"
    assert arguments.items() >= wanted.items()


@pytest.mark.parametrize(
    ("questions", "tools"),
    [
        (["groceries ke liye 12k ka budget rakho"], ["set_budget"]),
        (["goa trip ke liye 60 hazaar jodne hain June tak"], ["create_goal"]),
        (["agle mahine kaun kaun se bill aane wale hain"], ["get_upcoming_bills"]),
        (["how much do I need to keep for bills till month end"], ["get_upcoming_bills"]),
        (["show my balance and the upcoming bills"], ["list_accounts", "get_upcoming_bills"]),
        (["how much tax will I pay on 24 lakh with 1.5 lakh in 80C"], ["compare_tax_regimes"]),
        (["total of unnecessary expenses"], ["analyse_cash_flow"]),
        (["how much did Ramesh send me"], ["get_income"]),
        (["who sent me money this year"], ["get_income"]),
        (["emi on 30 lakh at 9% for 20 years", "total interest?"], ["calculate_loan"]),
        (["meri total sampatti kitni hai"], ["get_net_worth"]),
        (["how much will I pay in bills in December"], ["get_upcoming_bills"]),
        (["credit card ka bill kab bharna hai"], ["list_accounts", "get_upcoming_bills"]),
        (["20L home loan for 20 yrs at 8.25 emi?"], ["calculate_loan"]),
        (["spent 500 on pizza today"], ["list_accounts"]),
        (["which account has the most money"], ["list_accounts"]),
        (["मेरी नेट वर्थ कितनी है"], ["get_net_worth"]),
        (["28 lakh ctc pe kitna tax katega"], ["compare_tax_regimes"]),
        (["ek naya goal: ghar ke liye 20 lakh 2030 tak"], ["create_goal"]),
        (["received 2000 cash from Ravi yesterday, add it"], ["list_accounts"]),
        (["dining ka budget 6000 kar do"], ["set_budget"]),
        (["emergency fund mein 10000 daal do"], ["list_goals"]),
        (["shaadi ke liye har mahine kitna bachana padega"], ["list_goals"]),
        (["any large payments coming?"], ["get_upcoming_bills"]),
        (["which 3 categories grew the most since last month?"], ["compare_periods"]),
        (["I want to buy a car", "10 lakh", "March 2029"], ["create_goal"]),
        (["rent", "since when do I pay it"], ["search_transactions"]),
        (["EMI for 20 lakh at 9% for 10, 15 and 20 years"], ["calculate_loan"] * 3),
        (["20 lakh at 8 or 9 percent for 20 years emi"], ["calculate_loan"] * 2),
        (["20 lakh loan at 8.5% for 20 years", "what if the rate is 9"], ["calculate_loan"]),
        (["loan kab khatam hoga"], ["list_loans"]),
        (["how much interest will I pay this year on my home loan"], ["list_loans"]),
        (["tax on 15 lakh", "and with 1.5 lakh 80C"], ["compare_tax_regimes"]),
        (["hdfc and sbi balance"], ["list_accounts"]),
        (["how much cash do I have in sbi"], ["list_accounts"]),
        (["how much was in my account at the end of last month"], ["list_accounts", "get_net_worth"]),
        (["kitna bacha hai is mahine"], ["get_cash_flow"]),
        (["mera October ka hisaab do"], ["get_cash_flow"]),
        (["aaj ke transactions dikhao"], ["search_transactions"]),
        (["total credits last month"], ["search_transactions"]),
        (["bills next 15 days"], ["get_upcoming_bills"]),
        (["any pending payments"], ["get_upcoming_bills"]),
        (["save 3 lakh for Europe trip by Dec 2027"], ["create_goal"]),
        (["how much should I save monthly for the car"], ["list_goals"]),
        (["income last month", "minus expenses"], ["get_cash_flow"]),
        (["how much of my October salary is left"], ["get_cash_flow"]),
        (["how much did I earn in October", "and spent?", "so what's left"], ["get_cash_flow"]),
        (["how much went to mutual funds and how much to rent this year"], ["get_spending", "get_spending"]),
        (["net worth last year vs now"], ["get_net_worth", "get_net_worth"]),
        (["list my goals and budgets"], ["list_goals", "get_budgets"]),
        (["top five shops this year"], ["get_spending"]),
        (["when will I be able to buy the car"], ["list_goals"]),
        (["how much more do I need for Ladakh"], ["list_goals"]),
        (["paise wapas aaye kya October me"], ["search_transactions"]),
        (["what was my balance on 1st October"], ["list_accounts", "get_net_worth"]),
        (["salary minus expenses October"], ["get_cash_flow"]),
        (["note 1200 auto fare yesterday from hdfc"], ["list_accounts"]),
        (["note five thousand auto fare"], ["list_accounts"]),
        (["kis kis ne paise bheje pichle mahine"], ["get_income"]),
        (["Ramesh ne mujhe kitna diya"], ["get_income"]),
        (["maine Ramesh ko kitna diya"], ["get_spending"]),
        (["do I have any bills this week"], ["get_upcoming_bills"]),
        (["is my salary enough for my expenses"], ["get_cash_flow"]),
        (["total debt"], ["get_net_worth"]),
        (["Tata Motors profit or loss"], ["get_investment_returns"]),
        (["what happened in my account yesterday"], ["search_transactions"]),
        (["today's transactions"], ["search_transactions"]),
        (["how far am I with the car"], ["list_goals"]),
        (["shaadi ke liye kitna jama hua"], ["list_goals"]),
        (["what did I invest this year", "as a share of income"], ["get_spending", "get_income"]),
        (["total spend last month", "minus rent", "and minus EMI too"], ["get_spending"] * 3),
        (["I paid 1200 to the plumber yesterday, note it"], ["list_accounts"]),
    ],
)
def test_it_is_taken_for_what_it_is(questions: list[str], tools: list[str]) -> None:
    assert step(*questions)[0] == tools


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("is Reliance a good buy right now", "I do not give investment tips"),
        ("give me a multibagger", "I do not give investment tips"),
        ("FD or mutual fund, which is better", "I do not give investment tips"),
        ("fd kholu ya sip karu", "I do not give investment tips"),
        ("diwali month expenses", "Which days do you mean by Diwali"),
        ("from diwali till now how much", "Which days do you mean by Diwali"),
        ("difference between fd and rd", "A recurring deposit is"),
        ("if I invest 10000 a month for 10 years at 12% how much", "for goals only"),
        ("aur kitna invest karna chahiye mujhe", "I do not give investment tips"),
        ("Adani stock target price", "I do not give investment tips"),
        ("how to become a crorepati", "I did not understand"),
        ("mere paas 5 lakh hai, kahan invest karun", "I do not give investment tips"),
        ("kaunsa mutual fund lu", "I do not give investment tips"),
        ("is crypto legal in India", "not in your money records"),
        ("are you ChatGPT", "I answer questions about your own money"),
        ("october", "Which figure do you mean"),
        ("what does XIRR mean", "XIRR is the yearly rate"),
        ("SIP kya hota hai", "A SIP (systematic investment plan)"),
        ("what's an 'ETF'?", "An ETF (exchange-traded fund)"),
        ("what is meant by compounding", "Compound interest is interest on interest"),
        ("explain the new tax regime", "The new tax regime has lower rates"),
        ("how much SIP do I need for 1 crore in 10 years at 12%", "for goals only"),
        ("if I do a SIP of 10000 for 15 years how much will it be", "for goals only"),
        ("what loan amount can I afford with an EMI of 30000 at 9% for 20 years", "what a bank would lend"),
        ("how much can I safely spend till my salary comes", "Which days do you mean by salary"),
        ("since my last salary how much have I spent", "Which days do you mean"),
        ("how much did I spend on Diwali shopping", "Which days do you mean by Diwali"),
    ],
)
def test_it_says_what_it_cannot_tell(question: str, says: str) -> None:
    tools, text = step(question)
    assert tools == []
    assert says in text


def test_amounts_of_a_tax_question_are_told_apart() -> None:
    question = "my salary is 32 lakh, 2 lakh home loan interest and 1.5 lakh 80C, which regime"
    [call] = next_step([{"role": "user", "content": question}], TODAY, ALL_TOOLS).calls
    assert call.arguments == {"gross_salary": "3200000", "section_24b": "200000", "section_80c": "150000"}


@pytest.mark.parametrize(
    ("question", "unread"),
    [
        ("mess ka kharcha kitna hua pichle mahine", ("mess",)),
        ("kaam wali ko kitna diya", ("kaam",)),
        ("maid salary paid this month", ("maid",)),
        ("how much did my wife spend last month", ("wife",)),
        ("what all have I blown last month", ()),
        ("bhai is mahine kitne paise ud gaye", ()),
    ],
)
def test_words_that_mean_nothing_are_kept_for_the_answer(question: str, unread: tuple[str, ...]) -> None:
    [frame] = understand([Said(question)], TODAY)
    assert frame.unread == unread


def test_deductions_add_to_the_salary_said_before() -> None:
    said = ("I earn 18 lakh which tax regime is better", "80c is 1.5 lakh", "and 25000 80d")
    [call] = next_step([{"role": "user", "content": one} for one in said], TODAY, ALL_TOOLS).calls
    assert call.arguments == {"gross_salary": "1800000", "section_80c": "150000", "section_80d": "25000"}


@pytest.mark.parametrize(
    ("question", "age"), [("can I retire at 55, I am 32", 55), ("can I retire at 55,000", None), ("retire by 60", 60)]
)
def test_an_age_before_a_comma_is_an_age(question: str, age: int | None) -> None:
    assert find_quantities(question.lower()).age == age


@pytest.mark.parametrize("name", read_words("terms")["texts"])
def test_an_explanation_holds_no_figure(name: str) -> None:
    gate = FigureGate(Evidence(date(2026, 11, 24)))
    passages = gate.feed(str(read_words("terms")["texts"][name])), gate.end()
    assert [figure.text for passage in passages for figure in passage.unverified] == []
