"""Facts about the knowledge graph."""

from dataclasses import dataclass
from typing import ClassVar

from services.shared.domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarityConsentGiven(DomainEvent):
    """A person agreed to be compared with others who agreed."""

    topic: ClassVar[str] = "knowledge_graph"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarityConsentWithdrawn(DomainEvent):
    """A person agrees no longer to be compared with others."""

    topic: ClassVar[str] = "knowledge_graph"
