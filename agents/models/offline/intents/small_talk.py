"""Greetings, thanks, and what the planner can do."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets
from agents.models.offline.results import Results

EXAMPLES: Final = (
    "How much did I spend on groceries last month?",
    "Compare my dining in September and October.",
    "What is my net worth?",
    "Start a goal for a car, with its price and day.",
)
_GREETING: Final = re.compile(
    r"(?:hi+|hello|hey+|namaste|namaskar|good (?:morning|afternoon|evening|day)|yo|hola)"
    r"(?:[ ,]+(?:there|nivesh|again|everyone|friend))?(?:[ ,]+how are you(?: doing)?(?: today)?)?|"
    r"how are you(?: doing)?"
)
_THANKS: Final = re.compile(
    r"(?:ok(?:ay)?[ ,]+)?(?:thanks|thank you|thank u|thx|ty|great|nice|cool|perfect|got it|ok(?:ay)?|awesome)"
    r"(?:[ ,]+(?:a lot|so much|very much|nivesh|thanks|thank you|that helps|!))*"
)
_NEVER_MIND: Final = re.compile(r"(?:ok(?:ay)?[ ,]+)?(?:forget (?:about )?it|never ?mind|leave it|no thanks|nothing)")
_BYE: Final = re.compile(r"(?:ok(?:ay)?[ ,]+)?(?:good ?bye|bye(?: bye)?|see you(?: later)?|good night)")
_HELP: Final = re.compile(
    r"(?:help|help me|please help|menu|what (?:can|do) you do|what can (?:i|you) (?:ask|do|help)\b.*|"
    r"how (?:can|do) you (?:help|work)\b.*|"
    r"how does (?:this|it) work|who are you|you who(?: are)?|what are you|what(?:'s| is) your name|"
    r"are you (?:an? )?(?:human|bot|robot|ai|real|person|machine|chatgpt|gpt|llm|gemini|claude)(?: or .*)?|"
    r"what (?:else )?do you know|(?:\w+ )?i (?:did not|didn't|don't|do not) (?:understand|get it)\b.*|"
    r"what (?:kind of )?questions can i ask\b.*)"
)


def _bare(text: str) -> str:
    return text.strip(" .!?,")


def _recognises(mentions: Mentions) -> bool:
    return any(one.fullmatch(_bare(mentions.text)) for one in (_GREETING, _THANKS, _NEVER_MIND, _BYE, _HELP))


def capabilities() -> str:
    """What can be asked, with examples."""
    return (
        "I answer questions about your own money: spending and income by category, payee, account and period, "
        "comparisons and trends, transactions, bills and subscriptions, balances, savings, net worth, budgets, goals "
        "and retirement; and on your approval I change what is on record and what I remember of you. "
        f"For example:\n\n{bullets(EXAMPLES)}"
    )


def _answer(frame: Frame, _: Results) -> str:
    text = _bare(frame.text)
    if _THANKS.fullmatch(text):
        return "You are welcome. Ask me anything else about your money."
    if _NEVER_MIND.fullmatch(text):
        return "All right."
    if _BYE.fullmatch(text):
        return "Goodbye."
    if _GREETING.fullmatch(text):
        return f"Hello. {capabilities()}"
    return capabilities()


INTENT: Final = Intent(name="small_talk", recognises=_recognises, answer=_answer, carries=False)
