#!/usr/bin/env bash
# Makes sure of a redis-server for the tests: the one that is installed, or else the system's own package.
set -euo pipefail
if ! command -v redis-server >/dev/null; then
	root=; [ "$(id -u)" = 0 ] || root=sudo
	command -v apt-get >/dev/null || { echo "install redis-server 7 or newer: there is no apt-get here to do it by" >&2; exit 1; }
	$root apt-get update -q
	DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends redis-server
fi
redis-server --version
