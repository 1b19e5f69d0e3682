"""The official Python client against the local Hub: what is asked of it, how it is called, what is written down.

`script/e2e/conformance.py` runs `conformance.run` once for each group of checks, with the interpreter of each client's own
virtual environment. Nothing here but `groups/` needs more than Python's standard library and `huggingface_hub`.
"""
