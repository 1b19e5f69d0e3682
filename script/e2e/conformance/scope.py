"""What of the client is to be checked: found in the installed package, not listed here.

A public method of `HfApi` belongs to Spaces when it can be told a repository's type, when its name speaks of Spaces, or when it is
one of `ALSO_METHODS`. Every other public method must be of another family of the Hub, by name, so that a method that a newer
client brings is either checked, or refused with a reason, or makes the run fail.
"""

import inspect
import re

# About Spaces, though neither name nor parameters say so.
ALSO_METHODS = {
    "copy_files": "takes hf://spaces/ addresses",
    "get_full_repo_name": "completes a Space's name",
    "get_hf_file_metadata": "asks about a file of a Space",
    "get_zero_gpu_quota": "the quota of ZeroGPU Spaces",
    "list_user_repos": "lists Spaces with visibility and storage",
    "whoami": "who may do what",
}

# Other families of the Hub.
OTHER_FAMILIES = re.compile(
    r"(^|_)(bucket|buckets|collection|collections|dataset|datasets|inference|job|jobs|kernel|model|models|paper|papers|"
    r"webhook|webhooks|liked)(_|$)|^(get_user_overview|get_organization_overview|list_user_followers|list_user_following|"
    r"list_organization_members|list_organization_followers|run_as_future)$"
)

DISCUSSIONS = "discussions and pull requests are conversations between people, not part of a Space's definition"
STORAGE = "the Hub has retired persistent storage tiers; the method is deprecated, and gone from 2.x"

LARGE_FOLDER = "the client's own limit: it creates the repository without naming an SDK, which it refuses for Spaces; gone from 2.x"
# What spaceform-hub does not serve. No source that its behaviour is built on shows these answers.
LIKES = "not served: spaceform-hub knows no likes, which have no part in a Space's definition"
REQUESTS = "not served: spaceform-hub keeps the setting `gated`, and no requests for access, of which no source shows the answers"
STORED = "not served: spaceform-hub keeps every large object it was sent; no source shows the answers"
COPIES = "not served: copying between repositories needs `lfs-files/duplicate`, whose meaning no recording shows"

OUT_OF_SCOPE_METHODS = {
    "accept_access_request": REQUESTS,
    "cancel_access_request": REQUESTS,
    "grant_access": REQUESTS,
    "list_accepted_access_requests": REQUESTS,
    "list_pending_access_requests": REQUESTS,
    "list_rejected_access_requests": REQUESTS,
    "reject_access_request": REQUESTS,
    "list_repo_likers": LIKES,
    "unlike": LIKES,
    "list_lfs_files": STORED,
    "permanently_delete_lfs_files": STORED,
    "copy_files": COPIES,
    "upload_large_folder": LARGE_FOLDER,
    "change_discussion_status": DISCUSSIONS,
    "comment_discussion": DISCUSSIONS,
    "create_discussion": DISCUSSIONS,
    "create_pull_request": DISCUSSIONS,
    "edit_discussion_comment": DISCUSSIONS,
    "get_discussion_details": DISCUSSIONS,
    "get_repo_discussions": DISCUSSIONS,
    "hide_discussion_comment": DISCUSSIONS,
    "merge_pull_request": DISCUSSIONS,
    "rename_discussion": DISCUSSIONS,
    "upload_attachment": DISCUSSIONS,
    "get_sharded_safetensors_metadata": "reads metadata of models; the files of a Space are read one by one",
    "request_space_storage": STORAGE,
    "delete_space_storage": STORAGE,
}

# Parameters that change nothing about what is sent to the Hub, or that belong to what is out of scope.
OUT_OF_SCOPE_OPTIONS = {
    "models": "not served: the local Hub lists without looking at what cards name",
    "datasets": "not served: the local Hub lists without looking at what cards name",
    "linked": "not served: the local Hub lists without looking at what cards name",
    "create_pr": DISCUSSIONS,
    "include_pull_requests": DISCUSSIONS,
    "space_storage": STORAGE,
    "storage": STORAGE,
    "token": "every method takes it; the checks of access use it where it matters",
    "timeout": "on the client's side",
    "etag_timeout": "on the client's side",
    "poll_interval": "on the client's side",
    "num_threads": "on the client's side",
    "num_workers": "on the client's side",
    "max_workers": "on the client's side",
    "tqdm_class": "on the client's side",
    "free_memory": "on the client's side",
    "print_report": "on the client's side",
    "print_report_every": "on the client's side",
    "run_as_future": "on the client's side",
    "local_files_only": "on the client's side: nothing is asked of the Hub",
    "force_download": "on the client's side",
    "library_name": "on the client's side",
    "library_version": "on the client's side",
    "user_agent": "on the client's side",
    "headers": "on the client's side",
    "proxies": "on the client's side",
    "cache": "on the client's side",
}

# Where spaceform-hub is known to do less than a check of the method would ask; the checks leave these out.
KNOWN_GAPS = {
    "create_commit": "copying a large object within a Space is refused with 400: the client names it without its size",
    "search_spaces": "what does not run is found even when the client does not ask for it",
    "create_tag": "the tag's message is taken and not kept",
}

# Of the command line: everything below `hf spaces` and `hf repos`, and what reads, writes or names a Space besides.
COMMAND_GROUPS = ("spaces", "repos")
ALSO_COMMANDS = ("auth whoami", "cp", "download", "repo-files delete", "upload", "upload-large-folder")
OUT_OF_SCOPE_COMMANDS = {
    "upload-large-folder": LARGE_FOLDER,
    "repos cp": "an alias of `hf cp`, which is checked for uploads and downloads",
    "spaces hot-reload": "patches a running Gradio process through the app's own address, which a local Hub does not serve",
}


class Unclassified(Exception):
    """A method that is neither known to be about Spaces nor to be about something else."""


def methods(api_class) -> dict[str, list[str]]:
    """The methods to check, with the options each has."""
    found: dict[str, list[str]] = {}
    unknown = []
    for name, function in inspect.getmembers(api_class, callable):
        if name.startswith("_"):
            continue
        parameters = [item.name for item in inspect.signature(function).parameters.values()][1:]
        is_ours = "repo_type" in parameters or re.search(r"(^|_)spaces?(_|$)", name) or name in ALSO_METHODS
        if is_ours or name in OUT_OF_SCOPE_METHODS:
            found[name] = [item for item in parameters if item not in OUT_OF_SCOPE_OPTIONS and not item.startswith("_")]
        elif not OTHER_FAMILIES.search(name):
            unknown.append(name)
    if unknown:
        raise Unclassified(
            f"the client has methods that conformance/scope.py does not know: {', '.join(unknown)}; "
            "add each to ALSO_METHODS and write a check, or to OTHER_FAMILIES"
        )
    return found


def commands() -> list[str]:
    """The commands to check, as they are typed behind `hf`, from the client's own table of commands."""
    import click
    from huggingface_hub.cli.hf import app

    found: list[str] = []

    def walk(command, path: list[str], parent) -> None:
        if not hasattr(command, "list_commands"):
            found.append(" ".join(path))
            return
        context = click.Context(command, info_name=path[-1] if path else "hf", parent=parent)
        for name in command.list_commands(context):
            walk(command.get_command(context, name), [*path, name], context)

    walk(app, [], None)
    return sorted(name for name in found if name.split()[0] in COMMAND_GROUPS or name in ALSO_COMMANDS)
