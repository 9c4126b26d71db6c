#!/usr/bin/env bash
# Installs what the checks start beside fta, where Debian's packages can be installed; else says what is missing.
set -euo pipefail
missing=()
for program in haproxy redis-server openssl ip; do
	PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || missing+=("${program/%ip/iproute2}")
done
((${#missing[@]})) || exit 0
if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
	echo "deploy checks: install ${missing[*]} first" >&2
	exit 1
fi
echo "deploy checks: installing ${missing[*]}" >&2
{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >/dev/null
