"""Starts programs for measure.py and says what each took. A process of its own, and a small one: the kernel counts what a child has before it
becomes the program, so a large parent would hide the peak of a smaller program.

Reads a line of JSON a program, and answers with one: seconds, memory as the kernel counts it, exit status.
"""

import json
import os
import sys
import time


def answer(order: dict) -> dict:
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    started = time.perf_counter()
    child = os.posix_spawn(order["command"][0], order["command"], order["environment"], file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    return {"wall": wall, "user": usage.ru_utime, "system": usage.ru_stime, "peak": usage.ru_maxrss, "status": os.waitstatus_to_exitcode(status)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
