"""Questions about what lies ahead: goals, what it would take, what if, retirement."""
