"""The offline model: a deterministic planner over the same tools as any other model, without weights."""
