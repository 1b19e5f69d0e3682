# Shared by the scripts beside it. To be sourced, after `set -euo pipefail`.
# shellcheck shell=bash disable=SC2034

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# The oldest toolchain the manifests accept.
readonly required_swift="6.1"

# Everything that is built lands below this folder.
readonly scratch="$root/.build"

# The scratch folder of the package $1. Each package has its own: hub/ builds the root's Crypto under another name, because
# a dependency of its HTTP server is called Crypto too, and one folder for both would compile everything anew at each turn.
scratch_of() {
  if [[ "$1" == "$root" ]]; then printf '%s\n' "$scratch"; else printf '%s\n' "$scratch/$(basename "$1")"; fi
}

# Every package of the repository, the root first.
packages() {
  printf '%s\n' "$root"
  if [[ -f "$root/hub/Package.swift" ]]; then printf '%s\n' "$root/hub"; fi
  if [[ -f "$root/tracker/Package.swift" ]]; then printf '%s\n' "$root/tracker"; fi
  if [[ -f "$root/terraform/Package.swift" ]]; then printf '%s\n' "$root/terraform"; fi
}

# The compiler's options, one a line, by which the package $1 finds the headers of the system's C libraries: what SwiftPM gives a target by
# itself, for those who call the compiler without it.
header_options() {
  local package map name option
  package="$(cd "$1" && pwd)"
  for map in "$root"/Sources/*/module.modulemap "$package"/Sources/*/module.modulemap; do
    if [[ -f "$map" ]]; then printf '%s\n' "$map"; fi
  done | sort -u | while IFS= read -r map; do printf '%s\n' -Xcc "-fmodule-map-file=$map"; done
  sed -nE 's/.*pkgConfig: "([^"]+)".*/\1/p' "$root/Package.swift" "$package/Package.swift" | sort -u | while IFS= read -r name; do
    for option in $(pkg-config --cflags-only-I "$name"); do printf '%s\n' -Xcc "$option"; done
  done
}

say() { printf '%s\n' "$*" >&2; }

# Ends the script: what went wrong, then what to do.
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# Whether dotted number $1 is at least $2.
at_least() {
  local have_major have_minor want_major want_minor rest
  IFS=. read -r have_major have_minor rest <<<"$1.0"
  IFS=. read -r want_major want_minor rest <<<"$2.0"
  ((have_major > want_major || (have_major == want_major && have_minor >= want_minor)))
}

# A virtual environment with the Python packages the end-to-end checks use, at the versions pinned below script/e2e; made again
# when the file that pins them changes. Without an argument it is .venv, of requirements.txt; with the argument 1.x it is
# .venv-1.x, of requirements-1.x.txt, for the older line of the official client. A second argument is another file of pins.
# Prints the interpreter's path.
python_environment() {
  local suffix="${1:+-$1}"
  local wanted="${2:-$root/script/e2e/requirements$suffix.txt}" folder="$root/.venv$suffix"
  if ! cmp -s "$wanted" "$folder/requirements.txt"; then
    say "Installing the Python packages of ${wanted#"$root/"} into ${folder#"$root/"}"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted" >&2
    cp "$wanted" "$folder/requirements.txt"
  fi
  printf '%s\n' "$folder/bin/python"
}
