"""Hindi-English, Devanagari, numerals and misspellings made into plain English; names and figures left alone."""

import pytest

from agents.models.offline.language.clauses import clauses
from agents.models.offline.language.devanagari import in_latin
from agents.models.offline.language.reading import readable


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("is mahine kitna kharcha hua khane pe?", "this month how much spent on food?"),
        ("pichle mahine Swiggy pe kitna gaya", "last month on Swiggy how much went"),
        ("Ramesh ko kitna diya is saal", "to Ramesh how much paid this year"),
        ("HDFC se kitna nikala", "from HDFC how much withdrew"),
        ("12 lakh ki car ke liye goal banao March 2028 tak", "12 lakh for car goal create by March 2028"),
        ("dedh lakh", "1.5 lakh"),
        ("dhai lakh ka loan", "2.5 lakh loan"),
        ("sava do lakh", "2.25 lakh"),
        ("paune do crore", "1.75 crore"),
        ("saadhe teen hazaar se upar ke kharche", "over 3.5 thousand spending"),
        ("pandrah hazaar se kam", "under 15 thousand"),
        ("April se June tak kitna kharch kiya", "from april to June how much spent"),
        ("55 ki umar mein", "at age 55"),
        ("इस महीने कितना खर्च हुआ", "this month how much spent"),
        ("how mch did I spnd on grocries lst month", "how much did I spend on groceries last month"),
        ("transctions over 5000 in Ocotber", "transactions over 5000 in october"),
        ("swigy and zomto", "swiggy and zomato"),
    ],
)
def test_what_people_type_is_read_as_plain_english(typed: str, read: str) -> None:
    assert readable(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "How much did I pay Diya and Maya at Bluebird?",
        "rent 5000 to mother on 12-10-2026",
        "my total wealth",
        "sending 12,345.67 to Kiran",
        "what went out of the house training fund",
        "",
    ],
)
def test_what_is_plain_already_stays(typed: str) -> None:
    assert readable(typed) == typed


def test_reading_twice_changes_nothing_more() -> None:
    once = readable("pichle mahine khane pe kitna kharcha hua aur balance kitna hai")
    assert readable(once) == once


def test_digits_of_either_script_are_the_same() -> None:
    assert in_latin("१२,३४५") == "12,345"
    assert in_latin("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how much on food and on fuel last month, and what's my balance?", 2),
        ("what did I spend? what did I save? and what is my net worth?", 3),
        ("how much did I spend on food and how much did I earn", 2),
        ("how much on rent and groceries", 1),
        ("if I save more and what if I stop", 1),
        ("compare food and fuel", 1),
    ],
)
def test_a_message_is_cut_where_another_question_starts(text: str, parts: int) -> None:
    assert len(clauses(text)) == parts
