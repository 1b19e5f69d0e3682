"""Feedback on disk: one JSON object a line, one file a day, so that a bucket never rewrites an old file."""

import json
import os
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path


class FeedbackStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def add(self, rating: int, message: str) -> None:
        now = datetime.now(timezone.utc)
        entry = {"at": now.isoformat(timespec="seconds"), "rating": rating, "message": message}
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            with open(self.folder / f"{now:%Y-%m-%d}.jsonl", "a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())

    def lines(self) -> Iterator[str]:
        """Every entry, oldest day first."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*.jsonl")):
            with open(path, encoding="utf-8") as file:
                yield from file
