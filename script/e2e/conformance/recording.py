"""The client with a record of what was called: only what a check itself called, not what one method calls of another."""

import functools
import inspect
import threading

from huggingface_hub import HfApi


class Record:
    """Methods called and the options given to each, and commands run."""

    def __init__(self) -> None:
        self.methods: dict[str, set[str]] = {}
        self.commands: set[str] = set()
        self.depth = threading.local()

    def inside(self) -> int:
        return getattr(self.depth, "value", 0)

    def enter(self, step: int) -> None:
        self.depth.value = self.inside() + step


def api_class(record: Record, names: list[str]) -> type:
    """A subclass of HfApi that notes calls of these methods."""

    def noted(name: str, original):
        signature = inspect.signature(original)

        @functools.wraps(original)
        def call(self, *arguments, **options):
            if record.inside() == 0:
                given = signature.bind_partial(self, *arguments, **options).arguments
                flat = set(given) - {"self", "kwargs"} | set(given.get("kwargs", {}))
                record.methods.setdefault(name, set()).update(flat)
            record.enter(1)
            try:
                result = original(self, *arguments, **options)
            finally:
                record.enter(-1)
            return through(result) if inspect.isgenerator(result) else result

        return call

    def through(generator):
        while True:
            record.enter(1)
            try:
                item = next(generator, record)
            finally:
                record.enter(-1)
            if item is record:
                return
            yield item

    members = {name: noted(name, getattr(HfApi, name)) for name in names}
    return type("RecordingApi", (HfApi,), members)
