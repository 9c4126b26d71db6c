# What the scripts say goes to standard error; standard output is for what a program reads.

say() { echo "${speaker:-fabric}: $*" >&2; }

fail() {
	say "$*"
	exit 1
}

# needs PROGRAM WHY
needs() { command -v "$1" >/dev/null || fail "$1 is not on the PATH; $2"; }
