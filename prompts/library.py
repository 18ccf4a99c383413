"""Versioned prompt texts. A text is never edited once it has been released: it gets a new version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


class PromptNotFoundError(LookupError):
    """There is no such prompt or version."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt text; `sha256` (hex) identifies its exact bytes. Placeholders are in braces."""

    id: str
    version: str
    text: str
    sha256: str

    def render(self, **values: str) -> str:
        """The text with its placeholders filled in."""
        return self.text.format_map(values)


@cache
def load_prompt(prompt_id: str, version: str | None = None) -> Prompt:
    """A prompt by id, in a version or in its newest. Raises PromptNotFoundError naming what there is."""
    versions = prompt_versions(prompt_id)
    chosen = version or (versions[-1] if versions else "")
    if chosen not in versions:
        known = ", ".join(versions) or "none"
        raise PromptNotFoundError(f"There is no prompt '{prompt_id}' in version '{version}'. Known versions: {known}.")
    content = (files("prompts") / prompt_id / f"{chosen}.md").read_bytes()
    return Prompt(prompt_id, chosen, content.decode(), hashlib.sha256(content).hexdigest())


@cache
def prompt_versions(prompt_id: str) -> list[str]:
    """The versions of a prompt, oldest first."""
    folder = files("prompts") / prompt_id
    if not prompt_id.isidentifier() or not folder.is_dir():
        return []
    return sorted((item.name[:-3] for item in folder.iterdir() if item.name.endswith(".md")), key=int)
