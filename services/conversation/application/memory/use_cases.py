"""Everything that can be done with memories."""

from dataclasses import dataclass

from services.conversation.application.memory.correct_memory import CorrectMemory
from services.conversation.application.memory.forget_memory import ForgetMemory
from services.conversation.application.memory.list_memories import ListMemories
from services.conversation.application.memory.remember import Remember


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUseCases:
    """One instance of every command and query."""

    remember: Remember
    list: ListMemories
    correct: CorrectMemory
    forget: ForgetMemory
