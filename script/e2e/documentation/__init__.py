"""Reading and running the documentation; script/e2e/docs.py is the check."""
