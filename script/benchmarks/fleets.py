"""Generated projects: many Spaces, each described in the way of the bench that uses them."""

import subprocess
from pathlib import Path

from harness import Hub, Project, clean_environment

PROJECT = "version: 1\nproject: bench\nowner: acme\n"

# Every fourth Space is on paid hardware, so that sleep times are compared too.
FREE = "name: space-{0:04d}\nsdk: docker\nvisibility: private\nhardware: cpu-basic\n"
PAID = "name: space-{0:04d}\nsdk: gradio\nvisibility: private\nhardware: cpu-upgrade\nsleep_time: 1h\n"

KEYS = "variables:\n  LOG_LEVEL: info\n  MODEL_ID: acme/model-{0:04d}\n"
SECRET = "secrets:\n  API_KEY: {{ env: BENCH_KEY, version: 1 }}\n"

LONG = """\
# Space number {0} of the generated fleet.
name: space-{0:04d}
sdk: docker
hardware: cpu-upgrade
sleep_time: 1h
visibility: private
card:
  title: Space {0}
  emoji: "📐"
  color_from: blue
  color_to: indigo
  app_port: 7860
  short_description: One of many, to see how long reading takes
  license: apache-2.0
  pinned: false
  tags:
    - generated
    - bench
variables:
  LOG_LEVEL: info
  MODEL_ID: acme/model-{0:04d}
  MAX_CHARACTERS: {{ value: "50000", description: Longest text one call may send }}
  REQUEST_TIMEOUT: "20"
  DATA_FOLDER: /data/space-{0:04d}
  CACHE_FOLDER: /data/cache
  BATCH_SIZE: "16"
secrets:
  API_KEY: {{ env: BENCH_KEY, version: 1 }}
  OTHER_KEY:
    env: BENCH_KEY
    version: 2
volumes:
  - type: bucket
    source: acme/data-{0:04d}
    mount: /data
    read_only: true
replicas: 1
wait:
  for: running
  timeout: 30m
"""


def settings_only(number: int) -> str:
    return (FREE if number % 4 else PAID).format(number)


def with_variables(number: int) -> str:
    return settings_only(number) + KEYS.format(number)


def with_keys(number: int) -> str:
    return with_variables(number) + SECRET.format(number)


def long_definition(number: int) -> str:
    return LONG.format(number)


def project(folder: Path, count: int, definition, hub: Hub | None = None) -> Project:
    """A project of so many Spaces in a git repository of its own."""
    spaces = folder / "spaces"
    spaces.mkdir(parents=True)
    home = folder.parent / f"{folder.name}-home"
    home.mkdir()
    (folder / "spaceform.yaml").write_text(PROJECT)
    for number in range(count):
        (spaces / f"space-{number:04d}.space.yaml").write_text(definition(number))
    made = Project(folder, clean_environment(HOME=str(home), HF_HOME=str(home / "huggingface"), BENCH_KEY="x" * 24))
    subprocess.run(["git", "init", "--quiet"], cwd=folder, env=made.environment, check=True)
    if hub is not None:
        point(made, hub)
    return made


def point(made: Project, hub: Hub) -> None:
    """The Hub that the project's commands talk to."""
    made.environment |= {"HF_ENDPOINT": hub.endpoint, "HF_TOKEN": hub.token, "HF_HUB_DISABLE_XET": "1"}
