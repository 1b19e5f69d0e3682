"""Git hooks in repositories as people have them: commits, pushes, hooks of others; script/e2e/hooks.py is the check."""
