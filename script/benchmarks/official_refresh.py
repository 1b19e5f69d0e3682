"""The official client lists the Spaces of acme with the properties that spaceform asks for and, with `keys`, reads the variables and
the secrets' names of each, sixteen calls at a time."""

import sys
from concurrent.futures import ThreadPoolExecutor

from huggingface_hub import HfApi

hub = HfApi()
hub.whoami()
names = [space.id for space in hub.list_spaces(author="acme", expand=sys.argv[2].split(","))]
if len(names) != int(sys.argv[1]):
    sys.exit(f"listed {len(names)} Spaces, not {sys.argv[1]}")
if "keys" in sys.argv[3:]:
    with ThreadPoolExecutor(16) as pool:
        variables = pool.map(hub.get_space_variables, names)
        secrets = pool.map(hub.get_space_secrets, names)
        found = sum(len(keys) for keys in variables) + sum(len(keys) for keys in secrets)
    print(f"read {found} keys")
