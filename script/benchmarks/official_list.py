"""The official client lists the Spaces of acme with the properties that spaceform asks for."""

import sys

from huggingface_hub import HfApi

wanted, properties = int(sys.argv[1]), sys.argv[2].split(",")
found = sum(1 for _ in HfApi().list_spaces(author="acme", expand=properties))
if found != wanted:
    sys.exit(f"listed {found} Spaces, not {wanted}")
