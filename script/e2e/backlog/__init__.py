"""Parts of tracker.py: the plan of the provider, and what the program makes of it."""
