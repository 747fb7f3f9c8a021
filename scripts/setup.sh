#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: a browser, PostgreSQL's
# programs, PDF tools. Needs Debian or Ubuntu and root (or sudo without a
# password); on other machines it names what to install.
set -euo pipefail

missing=()
have() { command -v "$1" >/dev/null 2>&1; }

have chromium || have chromium-browser || have google-chrome || missing+=(chromium)
have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
have psql || missing+=(postgresql-client)
have pdftotext && have pdftoppm || missing+=(poppler-utils)
have flock || missing+=(util-linux)
have node && have npm || missing+=(nodejs npm)

[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if ! have apt-get || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
	echo "setup: please install: ${missing[*]}" >&2
	exit 1
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
