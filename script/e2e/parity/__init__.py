"""Wire parity: the requests of spaceform beside those of the official Python client, operation by operation."""
