"""What runs: hardware, sleep time, pause, restart, dev mode, logs, waiting."""

from ..case import DOCKERFILE, OTHER, Case
from ..registry import check


@check("the runtime says stage, hardware, sleep time and the deployed commit", "get_space_runtime")
def runtime(case: Case) -> None:
    address = case.running()
    found = case.api.get_space_runtime(address)
    case.equal((found.stage, found.hardware, found.requested_hardware), ("RUNNING", "cpu-basic", "cpu-basic"), "it runs")
    case.equal(found.sleep_time, 172800, "cpu-basic sleeps after 48 hours")
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.equal(found.raw["sha"], head, "the deployed commit is the head")
    fixed = case.made("static")
    found = case.api.get_space_runtime(fixed)
    case.equal((found.stage, found.hardware, found.requested_hardware), ("RUNNING", None, None), "a static Space has no machine")
    case.refused(404, lambda: case.api.get_space_runtime(case.space("none")), "a missing Space has none")


@check("requested hardware is shown at once and runs after the restart; the sleep time goes with it", "request_space_hardware")
def hardware(case: Case) -> None:
    address = case.running()
    case.assume(hardware_seconds="30")
    answer = case.api.request_space_hardware(address, "t4-medium", sleep_time=1200)
    case.equal(answer.requested_hardware, "t4-medium", "requested at once")
    case.that(answer.hardware != "t4-medium", "not yet current", answer)
    case.wait(address, "RUNNING")
    runtime = case.hub("GET", f"/api/spaces/{address}/runtime")
    case.equal((runtime["hardware"]["current"], runtime["gcTimeout"]), ("t4-medium", 1200), "then it runs there")
    case.refused(400, lambda: case.api.request_space_hardware(address, "abacus"), "a flavour that is none is refused")


@check("the sleep time is set and read back", "set_space_sleep_time")
def sleep_time(case: Case) -> None:
    address = case.running()
    case.hub("POST", f"/api/spaces/{address}/hardware", {"flavor": "cpu-upgrade"})
    answer = case.api.set_space_sleep_time(address, 900)
    case.equal(answer.sleep_time, 900, "the answer says so")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["gcTimeout"], 900, "the Hub has it")


@check("pause stops, restart starts, a factory restart builds again", "pause_space", "restart_space")
def pause_and_restart(case: Case) -> None:
    address = case.running()
    case.equal(case.api.pause_space(address).stage, "PAUSED", "paused")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["hardware"]["current"], None, "it runs on nothing")
    case.that(case.api.restart_space(address).stage != "PAUSED", "restarted")
    case.wait(address, "RUNNING")
    case.equal(case.api.restart_space(address, factory_reboot=True).stage, "BUILDING", "a factory restart builds")
    case.wait(address, "RUNNING")
    fixed = case.made("static")
    for name in ("pause_space", "restart_space"):
        try:
            getattr(case.api, name)(fixed)
        except Exception as error:
            case.that("static" in str(error).lower(), f"{name} of a static Space is refused for that reason", error)
        else:
            case.that(False, f"{name} of a static Space is refused")
    other = case.made("public", sdk="docker", visibility="public")
    case.refused(403, lambda: case.as_(OTHER).pause_space(other), "a stranger may not pause")
    case.equal(case.hub("GET", f"/api/spaces/{other}/runtime")["stage"] != "PAUSED", True, "and it is not paused")


@check("dev mode is turned on and off", "enable_space_dev_mode", "disable_space_dev_mode")
def dev_mode(case: Case) -> None:
    address = case.running()
    case.equal(case.api.enable_space_dev_mode(address).dev_mode, True, "on")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["devMode"], True, "the Hub has it on")
    case.equal(case.api.disable_space_dev_mode(address).dev_mode, False, "off")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["devMode"], False, "the Hub has it off")


@check("waiting ends when the Space runs, and when its build has failed", "wait_for_space")
def waiting(case: Case) -> None:
    address = case.made(sdk="docker")
    case.elsewhere(address, {"Dockerfile": DOCKERFILE.decode()})
    case.equal(case.api.wait_for_space(address, poll_interval=0.05, timeout=30).stage, "RUNNING", "it runs")
    case.elsewhere(address, {"Dockerfile": DOCKERFILE.decode() + "# spaceform-hub: build-error\n"})
    case.equal(case.api.wait_for_space(address, poll_interval=0.05, timeout=30).stage, "BUILD_ERROR", "its build failed")


@check("build and run logs are read, and followed to their end", "fetch_space_logs")
def logs(case: Case) -> None:
    address = case.running()
    build = list(case.api.fetch_space_logs(address, build=True))
    run = list(case.api.fetch_space_logs(address))
    case.that(any("FROM" in line for line in build), "the build log names the Dockerfile's steps", build)
    case.that(run and run != build, "the run log is another one", run)
    case.hub("POST", f"/api/spaces/{address}/restart?factory=true")
    followed = list(case.api.fetch_space_logs(address, build=True, follow=True))
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["stage"], "RUNNING", "following ends when the Space runs")
    case.that(any("FROM" in line for line in followed), "and gave the new build's log", followed)
    case.refused(404, lambda: list(case.api.fetch_space_logs(case.space("none"))), "a missing Space has no logs")


@check("the list of hardware has flavours and prices", "list_spaces_hardware", "hf spaces hardware")
def hardware_list(case: Case) -> None:
    found = {item.name: item for item in case.api.list_spaces_hardware()}
    case.equal(found["cpu-basic"].unit_cost_micro_usd, 0, "cpu-basic costs nothing")
    case.that(found["t4-small"].accelerator.quantity == "1" and found["t4-small"].unit_cost_usd > 0, "t4-small has a price",
              found["t4-small"])
    listed = case.hf_json("spaces", "hardware")
    case.equal({item["name"] for item in listed}, set(found), "the command lists the same")


@check("the quota of ZeroGPU is read", "get_zero_gpu_quota", "hf spaces zero-gpu quota")
def zero_gpu(case: Case) -> None:
    found = case.api.get_zero_gpu_quota()
    case.equal(found.base, case.hub("GET", "/api/spaces/zero-gpu/quota")["base"], "the quota of the caller")
    case.that(str(found.base) in case.hf("spaces", "zero-gpu", "quota", "--format", "json"), "the command says the same")


@check("the command line shows, waits for, pauses, restarts and changes a Space's runtime",
       "hf spaces info", "hf spaces wait", "hf spaces pause", "hf spaces restart", "hf spaces settings",
       "hf spaces logs", "hf spaces dev-mode", "hf spaces ssh")
def runtime_commands(case: Case) -> None:
    address = case.running()
    case.equal(case.hf_json("spaces", "info", address)["id"], address, "info")
    case.hf("spaces", "pause", address)
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["stage"], "PAUSED", "paused")
    case.hf("spaces", "restart", address, "--factory-reboot")
    case.hf("spaces", "wait", address, "--timeout", "30s")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["stage"], "RUNNING", "waited until it ran")
    case.hf("spaces", "settings", address, "--hardware", "cpu-upgrade", "--sleep-time", "700")
    runtime = case.wait(address, "RUNNING")
    case.equal((runtime["hardware"]["requested"], runtime["gcTimeout"]), ("cpu-upgrade", 700), "settings")
    text = case.hf("spaces", "logs", address, "--build", "--tail", "3")
    case.that(1 <= len(text.splitlines()) <= 3, "the last lines of the build log", text)
    case.hf("spaces", "dev-mode", address)
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["devMode"], True, "dev mode is on")
    case.wait(address, "RUNNING")
    command = case.hf("spaces", "ssh", address, "--dry-run", "--auto")
    case.that("ssh" in command and case.hub("GET", f"/api/spaces/{address}")["subdomain"] in command, "the ssh command", command)
    case.hf("spaces", "dev-mode", address, "--stop")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["devMode"], False, "dev mode is off")
    case.elsewhere(address, {"Dockerfile": DOCKERFILE.decode() + "# spaceform-hub: build-error\n"})
    case.hf("spaces", "wait", address, "--timeout", "30s", status=1)
