"""Two more paths: the first upload of a Space's files, and a backlog on its way into Jira."""

import secrets
import shutil

import fleets
from allocations import EPIC, ITEM, PLAN
from bench import PYTHON, Bench, ratio
from harness import Hub, clean_environment, program
from measure import Row, fastest, megabytes, repeat, run, say, seconds

FILES, LARGE = 500, 64 << 20
ITEMS = 5000


def upload(bench: Bench) -> list[Row]:
    """One Space with many small files and a large one, beside `upload_folder` of the official client, each on a Hub of its own."""
    folder = bench.folder
    source = folder / "upload-source"
    (source / "data").mkdir(parents=True)
    (source / "Dockerfile").write_text('FROM alpine:3.20\nCMD ["true"]\n')
    (source / ".gitattributes").write_text("*.bin filter=lfs diff=lfs merge=lfs -text\n")
    for number in range(FILES):
        (source / "data" / f"{number:04d}.txt").write_text(f"{number} {secrets.token_hex(1000)}\n")
    with open(source / "weights.bin", "wb") as file:
        for _ in range(LARGE >> 20):
            file.write(secrets.token_bytes(1 << 20))
    say(f"uploading {FILES + 3} files, {LARGE >> 20} MiB of them in one")
    ours, theirs, calls = [], [], [0, 0]
    for number in range(3):
        with Hub(folder / f"hub-ours-{number}", speed=1000) as hub:
            project = fleets.project(folder / f"upload-{number}", 0, fleets.settings_only, hub)
            project.write("spaces/one.space.yaml", "name: one\nsdk: docker\nvisibility: private\nsource: { path: app }\nwait: { for: none }\n")
            shutil.copytree(source, project.folder / "app")
            command = [program("spaceform"), "-C", str(project.folder), "apply", "--auto-approve", "-q"]
            ours.append(run(command, project.environment, folder / "upload.txt"))
            calls[0] = len(hub.requests())
        with Hub(folder / f"hub-theirs-{number}", speed=1000) as hub:
            environment = clean_environment(HF_ENDPOINT=hub.endpoint, HF_TOKEN=hub.token, HOME=str(folder), HF_HUB_DISABLE_PROGRESS_BARS="1", HF_HUB_DISABLE_XET="1")
            text = (
                "from huggingface_hub import HfApi\napi = HfApi()\n"
                "api.create_repo('acme/one', repo_type='space', space_sdk='docker', private=True)\n"
                f"api.upload_folder(folder_path={str(source)!r}, repo_id='acme/one', repo_type='space')\n")
            theirs.append(run([PYTHON, "-c", text], environment, folder / "upload.txt"))
            calls[1] = len(hub.requests())
    best, peer = fastest(ours), fastest(theirs)
    return [
        Row(
            f"a new Space of {FILES + 3:,} files, {LARGE >> 20} MiB, fastest of 3", f"{seconds(best.wall)}, {calls[0]} calls",
            f"official client, `create_repo` and `upload_folder`: {seconds(peer.wall)}, {calls[1]} calls", ratio(best.wall, peer.wall)),
        Row("peak memory of that", megabytes(max(each.peak for each in ours)), megabytes(max(each.peak for each in theirs))),
    ]


def tracker(bench: Bench) -> list[Row]:
    """Every file for both kinds of Jira, beside a script that reads the same items and writes one CSV of them."""
    folder = bench.folder
    place = folder / "backlog-of-many"
    (place / "backlog").mkdir(parents=True)
    (place / "project.yaml").write_text(PLAN)
    items = place / "backlog" / "items.yaml"
    items.write_text(EPIC + "".join(ITEM.format(number + 1) for number in range(ITEMS)))
    say(f"exporting {ITEMS:,} items")
    ours = repeat(3, [program("spaceform-tracker"), "export", "-C", str(place), "--out", str(folder / "jira")], clean_environment())
    text = (
        "import csv, sys, yaml\n"
        f"plan = yaml.load(open({str(items)!r}), Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))\n"
        f"out = csv.writer(open({str(folder / 'peer.csv')!r}, 'w', newline=''))\n"
        "out.writerow(['Issue Id', 'Issue Type', 'Summary', 'Description'])\n"
        "for item in plan['items'][0]['children']:\n"
        "    out.writerow([item['id'], item['type'], item['summary'], item['acceptance']])\n")
    theirs = repeat(3, [PYTHON, "-c", text], clean_environment())
    best, peer = fastest(ours), fastest(theirs)
    made = sum(path.stat().st_size for path in (folder / "jira").rglob("*") if path.is_file())
    return [
        Row(
            f"tracker export of {ITEMS:,} items, checked and scheduled, {made / 1e6:.0f} MB in all forms, fastest of 3",
            f"{seconds(best.wall)}, {megabytes(max(each.peak for each in ours))}",
            f"a script with PyYAML's C reader, one CSV of four columns: {seconds(peer.wall)}, {megabytes(max(each.peak for each in theirs))}",
            ratio(best.wall, peer.wall)),
    ]
