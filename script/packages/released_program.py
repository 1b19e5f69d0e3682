"""What pyproject.toml depends on: the program of the very version that the sources are of."""

from hatchling.metadata.plugin.interface import MetadataHookInterface


class ReleasedProgram(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        metadata["dependencies"] = [f"spaceform=={metadata['version']}"]
