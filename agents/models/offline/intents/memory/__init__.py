"""What the person wants remembered of them: told, kept, put right, forgotten. Each change waits for their approval."""
