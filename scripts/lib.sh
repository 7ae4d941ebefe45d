# Shared by the scripts; sourced, not run. Says what it does, does nothing twice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

# C libraries that the ledger links, by Debian package.
needed_packages=(liblmdb-dev libsimdjson-dev libsqlite3-dev pkg-config)

# `apt_options` before it goes to apt-get install.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing from Debian: ${missing[*]}"
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${apt_options:-} "${missing[@]}" >/dev/null
}

set_up() {
    if ! command -v swift >/dev/null; then
        say "No Swift here. Install Swift 6.3 or later (https://swift.org/install) and run this again."
        exit 69
    fi
    command -v dpkg-query >/dev/null || return 0
    install_missing "${needed_packages[@]}"
    # The README's commands post with it.
    command -v curl >/dev/null || install_missing curl
}

# Builds products in release. A dependency's manifest makes SwiftPM warn about files that are none of ours: left out.
build_release() {
    local product
    for product in "$@"; do
        swift build -c release --product "$product" 2>&1 \
            | sed -e "/^warning: '.*': found [0-9]* file(s) which are unhandled/d" -e '/\/checkouts\/.*CMakeLists\.txt$/d'
    done
    bin=$(swift build -c release --show-bin-path 2>/dev/null)
}
