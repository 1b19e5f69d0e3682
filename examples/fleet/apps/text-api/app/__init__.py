"""Readability and keywords of a text, over HTTP."""
