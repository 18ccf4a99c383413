"""Everything the user context does to erase accounts."""

from dataclasses import dataclass

from services.user.application.erasure.erase_account import EraseAccount
from services.user.application.erasure.forgetting import Forgetting
from services.user.application.erasure.reauthenticate import Reauthenticate
from services.user.application.erasure.settle_erasures import SettleErasures


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureUseCases:
    """One instance of every command and query."""

    reauthenticate: Reauthenticate
    erase_account: EraseAccount
    settle: SettleErasures
    forget: Forgetting
