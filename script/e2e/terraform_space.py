"""`huggingface_space` with the real Terraform: made, changed one attribute after the other, corrected, renamed, imported, deleted."""

import sys

from harness import Checks, Hub, workplace
from space_resource.configurations import addresses, awkward, bad_input, examples, sdks, unknowns
from space_resource.content import builds, content
from space_resource.elsewhere import drift, imported, renamed
from space_resource.fleets import exported, keyless, many
from space_resource.interruptions import halfway, killed, lost, stopped, stopped_among_many, stopped_reading, timeouts
from space_resource.settings import attributes, secret_values
from terraform_cli import terraform_is_missing

ON_ONE_HUB = [attributes, secret_values, content, builds, drift, renamed, imported, bad_input, unknowns, awkward, sdks, addresses, examples]
ON_THEIR_OWN = [lost, halfway, stopped, stopped_among_many, stopped_reading, timeouts, killed, many, exported, keyless]


def main() -> None:
    checks = Checks()
    if terraform_is_missing():
        return checks.finish()
    # Words after the name choose parts.
    chosen = [part for part in ON_ONE_HUB + ON_THEIR_OWN if part.__name__ in sys.argv[1:] or not sys.argv[1:]]
    with workplace() as folder:
        with Hub(folder / "hub", speed=200) as hub:
            for part in ON_ONE_HUB:
                if part in chosen:
                    part(checks, folder, hub)
        for part in ON_THEIR_OWN:
            if part in chosen:
                part(checks, folder)
    checks.finish()


if __name__ == "__main__":
    main()
