"""Changes to the records: categories, tags, entries. Each is a write that the person has to approve."""
