"""What people type made into the English that the planner reads: Hindi-English mixed, misspelt, numbers in words."""
