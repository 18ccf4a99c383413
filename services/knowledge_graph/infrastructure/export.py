"""What a person gets of the knowledge graph's context: the consent. The graph itself is made from the records."""

from typing import Final

from services.knowledge_graph.infrastructure.tables import similarity_consents
from services.shared.infrastructure.export import Exported

EXPORTED: Final = [Exported(similarity_consents)]
