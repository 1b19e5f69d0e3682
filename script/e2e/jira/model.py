"""The backlog as PyYAML reads it: what exported files are compared with."""

import datetime
import re
from pathlib import Path

import yaml


class Model:
    def __init__(self, folder: Path) -> None:
        # Every scalar as it is written: neither dates nor numbers are guessed.
        self.project = yaml.load((folder / "project.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
        self.hours = int(self.project.get("hours_per_day", 8))
        self.items: dict[str, dict] = {}
        for file in sorted((folder / "backlog").glob("*.yaml")):
            document = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
            for item in document["items"] or []:
                self.add(item, None)
        order = {"epic": 0, "story": 1, "task": 1, "bug": 1, "subtask": 2}
        self.order = sorted(self.items, key=lambda id: order[self.items[id]["type"]])

    def add(self, item: dict, parent: str | None) -> None:
        self.items[item["id"]] = item
        item["parent"] = parent
        item["parts"] = [child["id"] for child in item.get("children", [])]
        for child in item.get("children", []):
            self.add(child, item["id"])

    def minutes(self, text: str) -> int:
        units = {"w": 5 * self.hours * 60, "d": self.hours * 60, "h": 60, "m": 1}
        return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)([wdhm])", text))

    def estimate(self, id: str) -> int | None:
        """Minutes of an item without parts."""
        item = self.items[id]
        return self.minutes(item["estimate"]) if "estimate" in item and not item["parts"] else None

    def done(self, id: str) -> bool:
        item = self.items[id]
        above = id
        while above is not None:
            if self.items[above].get("status") == "done":
                return True
            above = self.items[above]["parent"]
        return bool(item["parts"]) and all(self.done(part) for part in item["parts"])

    def leaves(self, id: str) -> list[str]:
        parts = self.items[id]["parts"]
        return [id] if not parts else [leaf for part in parts for leaf in self.leaves(part)]

    def inherited(self, id: str, key: str):
        while id is not None:
            if self.items[id].get(key):
                return self.items[id][key]
            id = self.items[id]["parent"]
        return None

    def blockers(self, leaf: str) -> set[str]:
        """Leaves that have to end before a leaf begins, by its own dependencies and those of what it lies in."""
        found: set[str] = set()
        current: str | None = leaf
        while current is not None:
            for blocker in self.items[current].get("blocked_by", []):
                found.update(self.leaves(blocker))
            current = self.items[current]["parent"]
        return found

    def length(self, leaf: str) -> int:
        """Minutes on the calendar at the pace of the item's role."""
        if self.done(leaf):
            return 0
        role = self.inherited(leaf, "role")
        focus = next(int(entry.get("focus_percent", 100)) for entry in self.project["team"] if entry["role"] == role)
        return -(-self.estimate(leaf) * 100 // focus)

    def is_worked(self, day: datetime.date) -> bool:
        calendar = self.project["calendar"]
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        holidays = {entry["date"] for entry in calendar.get("holidays", [])}
        worked = calendar.get("working_days", names[:5])
        return names[day.weekday()] in worked and day.isoformat() not in holidays

    def dates(self) -> "list[str]":
        """Days that are worked, from the first."""
        day = datetime.date.fromisoformat(self.project["calendar"]["start"])
        found: list[str] = []
        while len(found) < 2000:
            if self.is_worked(day):
                found.append(day.isoformat())
            day += datetime.timedelta(days=1)
        return found


def issue_id(id: str) -> str:
    """The number of an item's id, by which files for Jira name its issue."""
    return str(int(id.split("-")[1]))
