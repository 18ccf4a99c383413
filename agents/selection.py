"""Which model answers a run, and by which version of the prompt: the usual ones, or those that the run names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from agents.models.port import ReasoningModel
from prompts.library import Prompt, PromptNotFoundError, load_prompt, prompt_versions
from services.shared.domain.errors import InvalidInputError

_PROMPT: Final = "answer"


class NotOfferedError(InvalidInputError):
    """A run names a model or a prompt version that is not on offer."""

    code = "not-offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`usual` answers runs that name no model; `offered` are those that may be named."""

    usual: ReasoningModel
    offered: Mapping[str, ReasoningModel] = field(default_factory=dict)

    def check(self, model: str | None, prompt_version: str | None) -> None:
        """NotOfferedError, naming what there is."""
        if model is not None and model not in {self.usual.name, *self.offered}:
            names = ", ".join(sorted({self.usual.name, *self.offered}))
            raise NotOfferedError(f"The model '{model[:100]}' is not offered here. There are: {names}.")
        if prompt_version is not None and prompt_version not in prompt_versions(_PROMPT):
            known = ", ".join(prompt_versions(_PROMPT))
            raise NotOfferedError(f"There is no version '{prompt_version[:20]}' of the prompt. There are: {known}.")

    def model(self, name: str | None) -> ReasoningModel:
        """The model of this name; the usual one when none is named, or it is offered no longer."""
        return self.offered.get(name or "", self.usual)

    def prompt(self, version: str | None) -> Prompt:
        """The prompt in this version; the newest when none is named, or it is gone."""
        try:
            return load_prompt(_PROMPT, version)
        except PromptNotFoundError:
            return load_prompt(_PROMPT)
