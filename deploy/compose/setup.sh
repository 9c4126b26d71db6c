#!/usr/bin/env bash
# Makes what compose.yaml needs, once: keys, folders, certificates, and .env. It overwrites nothing. FTA names the fta
# command, if it is not on the PATH; FTA_HOST the name by which staff reach the gateways, if it is not localhost.
set -euo pipefail
cd "${FTA_COMPOSE:-$(dirname "${BASH_SOURCE[0]}")}"
fta=${FTA:-fta} host=${FTA_HOST:-localhost}
test ! -e .env || { echo "setup: .env is there already: remove it and state/ to start over" >&2; exit 1; }
command -v openssl >/dev/null || { echo "setup: openssl is not on the PATH; it makes certificates and a secret" >&2; exit 1; }
umask 077
mkdir -p state/{secrets,staff,participants,gateway-1,gateway-2,node,geth}

for name in signing capability transport; do "$fta" keygen "state/secrets/$name.pem" >/dev/null; done
"$fta" keygen --lookup state/secrets/lookup.pem >/dev/null
# By which the gateways seal what they share in Redis.
openssl rand -out state/secrets/redis.secret 32
# Of whoever vouches for participants. It is needed to sign who is who, and nowhere else.
"$fta" keygen state/issuer.pem >/dev/null

# An authority for staff, and one certificate each for the door and for the first of them.
make() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 "$@" 2>/dev/null; }
make -keyout state/staff/ca.key -out state/secrets/staff-ca.crt -subj "/CN=FTA staff" -addext keyUsage=critical,keyCertSign
signed="-CA state/secrets/staff-ca.crt -CAkey state/staff/ca.key -addext basicConstraints=critical,CA:FALSE"
make $signed -keyout state/staff/edge.key -out state/staff/edge.crt -subj "/CN=$host" \
	-addext "subjectAltName=DNS:$host,DNS:localhost,IP:127.0.0.1" -addext extendedKeyUsage=serverAuth
make $signed -keyout state/staff/client.key -out state/staff/client.crt -subj "/CN=first of the staff" -addext extendedKeyUsage=clientAuth
cat state/staff/edge.crt state/staff/edge.key >state/secrets/edge.pem

# The containers run as whoever owns these files, and never as root.
uid=$(id -u) gid=$(id -g)
if [[ $uid == 0 ]]; then
	uid=65532 gid=65532
	chown -R $uid:$gid state
fi

cat >.env <<END
FTA_UID=$uid
FTA_GID=$gid
FTA_HOST=$host
FTA_TRANSPORT=$("$fta" keygen --show state/secrets/transport.pem)
FTA_PARTICIPANTS_ISSUERS=$("$fta" keygen --show state/issuer.pem)
END
echo "setup: done. Bring staff's certificates from state/staff, and keep state/staff/ca.key and state/issuer.pem somewhere else"
