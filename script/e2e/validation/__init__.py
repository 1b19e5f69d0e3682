"""Parts of validate.py: folders and repositories of every kind."""
