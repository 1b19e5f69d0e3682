"""The state on a branch of a git remote: what a team does with it, and what is done to it; script/e2e/git_store.py is the check."""
