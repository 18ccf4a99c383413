"""Questions that ask for a tip or for something that is not in the person's records: refused plainly."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import KIND
from agents.models.offline.intents.small_talk import EXAMPLES
from agents.models.offline.intents.wealth.prepayments import OR_INVEST
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets
from agents.models.offline.results import Results

_KINDS: Final = (
    r"(?:fds?|rds?|ppf|nps|epf|elss|mutual funds?|index funds?|shares?|stocks?|gold|sips?|bonds?|real estate|property)"
)
_ADVICE: Final = re.compile(
    r"\b(?:should|shall) (?:i|we) (?:buy|sell|invest|put|hold|switch|start|redeem|exit|book)\b|"
    r"\bis it (?:a )?(?:good|right|safe|bad) (?:idea|time|to)\b|\b(?:stock|share|investment|trading|crypto|"
    r"ipo|market) (?:tips?|advice|picks?)\b|"
    r"\b(?:which|what|best|good|top)\b[^?]*\b(?:stocks?|shares?|mutual funds?|funds?|crypto\w*|ipos?|etfs?|"
    r"coins?|sips?)\b"
    r"[^?]*\b(?:buy|invest|best|pick|choose|recommend\w*|now|future)\b|"
    r"\b(?:best|good) (?:mutual funds?|stocks?|shares?|sips?|etfs?|funds?|investments?)\b|"
    r"\b(?:recommend|suggest)\b|\bwill (?:the )?(?:nifty|sensex|market|bitcoin|gold|stock|share)\w*\b|"
    r"\bwhere (?:should i |can i |do i |to )?invest\b(?! (?:most|my|the most))|"
    r"\b(?:which|what) (?:stocks?|shares?|funds?|coins?|crypto)\b[^?]*\b(?:up|rise|"
    r"multibagger|double|grow)\b|"
    rf"\bwhich {_KINDS}(?: (?:lu|lun|loon|loo|le|lena))?\W*$|"
    rf"\bmulti-?baggers?\b|\b(?:good|safe|bad) (?:buy|bet|stock)\b|\bworth (?:buying|investing)\b|"
    rf"\b{_KINDS}\b[^?]*\b(?:or|vs|versus)\b[^?]*\b(?:better|best|safer|prefer|choose)\b|"
    rf"\b(?:better|best|safer)\b[^?]*\b{_KINDS}\b[^?]*\b(?:or|vs|versus)\b|"
    rf"^{_KINDS}(?: \w+)? (?:or|vs) (?:an? )?{_KINDS}(?: \w+)?\W*$|"
    rf"\bshould i open (?:an? )?{_KINDS}|\b{_KINDS} should i open|"
    rf"{OR_INVEST.pattern}|"
    r"\b(?:target|stock|share) price\b|\bhow much should i invest\b|"
    r"\bhow much (?:more )?(?:should|shall|must) (?:i|we) (?:be )?(?:invest|put into)\w*|"
    r"\b(?:price|rate) of (?:gold|bitcoin|silver|nifty|sensex)\b"
)
# What an aim takes each month is planned, and no tip.
_FOR_AIM: Final = re.compile(rf"\bhow much\b[^?]*\bfor (?:my |the |a |our )*(?:\w+ ){{0,2}}(?:goal|{KIND})\b")
_TIP: Final = re.compile(r"\b(?:should|shall|buy|invest in|recommend|suggest|tips?|pick|choose|will|future|now)\b")
_ELSEWHERE: Final = re.compile(
    r"\b(?:legal|illegal|weather|rain(?:ing)?|temperature|forecast of rain|cricket|football|ipl|news|joke|poem|story|"
    r"song|lyrics|recipe|capital of|president|"
    r"prime minister|election|translate|horoscope|movie review|python|javascript|code)\b|"
    r"\bconvert\b[^?]*\b(?:usd|dollars?|euros?|pounds?)\b|\b(?:exchange|dollar|repo|fd|gold|silver) rates?\b|"
    r"\b(?:interest )?rates? (?:of|at|in|for) (?:sbi|hdfc|icici|axis|kotak|pnb|post office|banks?)\b"
)


_PAST: Final = re.compile(r"\b(?:gave|given|performed|returned|grew|earned|made|did|my)\b")


def _recognises(mentions: Mentions) -> bool:
    """What a fund has done is on record; what one should buy is not."""
    text = mentions.text
    tip = (
        bool(_ADVICE.search(text)) and not _FOR_AIM.search(text) and not (_PAST.search(text) and not _TIP.search(text))
    )
    return tip or bool(_ELSEWHERE.search(text))


def _answer(frame: Frame, _: Results) -> str:
    if _ADVICE.search(frame.text):
        return (
            "I do not give investment tips: I do not say what to buy, sell or hold. I can show what your "
            "own records say, such as what you invest each month, your savings rate or your net worth. What is worth "
            "knowing before any choice: what it costs, how long the money can stay, how far it can fall meanwhile, and "
            "how it is spread; a registered adviser can look at all of it. That is information, not advice."
        )
    return f"That is not in your money records, so I cannot answer it. You can ask, for example:\n\n{bullets(EXAMPLES)}"


INTENT: Final = Intent(name="advice", recognises=_recognises, answer=_answer, carries=False)
