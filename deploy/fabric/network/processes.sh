# The processes of a network. Each was started through a link in the network's own folder, so that its command line
# says whose it is: a process id that the system has since given to somebody else is never taken for ours.

# running NAME: whether that process of the network is alive.
running() {
	local pid
	pid=$(cat "$data/pids/$1" 2>/dev/null) || return 1
	[[ $(ps -ww -o command= -p "$pid" 2>/dev/null) == "$data/"* ]]
}

# launch NAME PROGRAM ARGUMENT...: starts PROGRAM of the network's folder, unless it is alive already.
launch() {
	local name=$1 program=$2
	shift 2
	running "$name" && return
	nohup "$data/$program" "$@" >>"$data/logs/$name.log" 2>&1 </dev/null 9>&- &
	echo $! >"$data/pids/$name"
}

# halt NAME: ends a process and waits for it, ten seconds at most before it is killed.
halt() {
	local pid tries
	if running "$1"; then
		pid=$(cat "$data/pids/$1")
		kill "$pid" 2>/dev/null || true
		for ((tries = 0; tries < 100; tries++)); do
			running "$1" || break
			sleep 0.1
		done
		running "$1" && kill -9 "$pid" 2>/dev/null
		while running "$1"; do sleep 0.1; done
	fi
	rm -f "$data/pids/$1"
}

# processes: the names of all that were started and not halted.
processes() { (cd "$data/pids" 2>/dev/null && ls) || true; }

# alive: those of them that are. What has died since is forgotten.
alive() {
	local name
	for name in $(processes); do
		if running "$name"; then echo "$name"; else rm -f "$data/pids/$name"; fi
	done
}

# alone: keeps other starts and stops of the same network away for as long as this one lives.
alone() {
	exec 9>"$data/lock"
	! command -v flock >/dev/null || flock -n 9 || fail "$data: another start or stop of this network is under way"
}

# taken PORT: whether something listens there.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# await SECONDS WHAT COMMAND...: repeats a command until it succeeds. A process of the network that has died meanwhile
# ends the waiting, and the last lines of its log are shown.
await() {
	local until=$((SECONDS + $1)) what=$2 said name
	shift 2
	until said=$("$@" 2>&1); do
		for name in $(processes); do
			running "$name" || fail "$name has ended; its log ends with
$(tail -n 5 "$data/logs/$name.log")"
		done
		((SECONDS < until)) || fail "$what did not happen in time; the last answer was
$said"
		sleep 0.1
	done
}
