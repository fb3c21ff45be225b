# shellcheck shell=bash
# Sourced by tests: a Slurm of three nodes on loopback as plain processes of the caller, for any user,
# gone with stop_cluster. Debian's slurmd takes -N, so that several run on one machine. Nothing is
# authenticated (auth/none), which is for a test on loopback only.
#   start_cluster DIR; stop_cluster; pid_of_node N; processes_of_node N
PATH=$PATH:/usr/sbin
cluster_nodes=3
cluster_port=${ODDROAD_SLURM_PORT:-17817}

have_slurm() { command -v slurmctld && command -v slurmd && command -v sbatch; } >/dev/null

start_node() { # N
  mkdir -p "$cluster/spool/n$1"
  # A session of its own: what signals the test must not signal the node.
  setsid slurmd -D -N "n$1" -f "$SLURM_CONF" >>"$cluster/n$1.out" 2>&1 </dev/null &
  echo $! >"$cluster/n$1.pid"
}

start_cluster() { # DIR
  cluster=$1
  mkdir -p "$cluster/state" "$cluster/spool"
  export SLURM_CONF=$cluster/slurm.conf
  local host user n
  host=$(hostname -s)
  user=$(id -un)
  # Short time-outs, so that a lost node is noticed in seconds; cred_expire is also how long a
  # requeued job waits, and 5 is the least that is taken.
  cat >"$SLURM_CONF" <<END
ClusterName=oddroadtest
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$cluster_port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool/%n
SlurmctldPidFile=$cluster/slurmctld.file
SlurmdPidFile=$cluster/%n.file
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/%n.log
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=2
ReturnToService=2
JobRequeue=1
SlurmdTimeout=4
MessageTimeout=5
BatchStartTimeout=5
KillWait=3
CompleteWait=0
END
  for ((n = 1; n <= cluster_nodes; ++n)); do
    echo "NodeName=n$n NodeHostname=$host NodeAddr=127.0.0.1 Port=$((cluster_port + n)) CPUs=2" \
      "CoresPerSocket=2 RealMemory=4000 State=UNKNOWN" >>"$SLURM_CONF"
  done
  echo "PartitionName=farm Nodes=n[1-$cluster_nodes] Default=YES MaxTime=INFINITE State=UP" >>"$SLURM_CONF"
  # slurmd loads a cgroup plugin even where nothing uses it; naming one avoids a search that fails
  # where /sys/fs/cgroup is absent.
  echo "CgroupPlugin=cgroup/v1" >"$cluster/cgroup.conf"
  setsid slurmctld -D -i -f "$SLURM_CONF" >"$cluster/slurmctld.out" 2>&1 </dev/null &
  echo $! >"$cluster/slurmctld.pid"
  for _ in $(seq 100); do scontrol ping 2>/dev/null | grep -q UP && break || sleep 0.1; done
  for ((n = 1; n <= cluster_nodes; ++n)); do start_node $n; done
  for _ in $(seq 100); do
    [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" -ge $cluster_nodes ] && return 0
    sleep 0.1
  done
  echo "the nodes did not come up:"
  sinfo -N -l
  tail -n 5 "$cluster"/*.log
  return 1
}

# The step daemons of a node and everything below them.
processes_of_node() { # N
  local pid
  for pid in $(pgrep -f "^slurmstepd" || true); do
    tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -qx "SLURM_CONF=$SLURM_CONF" || continue
    grep -qs "n$1" "/proc/$pid/cmdline" || [ "$(step_node "$pid")" = "n$1" ] || continue
    descendants "$pid"
  done
}
descendants() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1" || true); do descendants "$child"; done
}
# A batch step's node: its job says it in its environment.
step_node() {
  local child
  for child in $(pgrep -P "$1" || true); do
    tr '\0' '\n' <"/proc/$child/environ" 2>/dev/null | sed -n 's/^SLURMD_NODENAME=//p' | head -1
  done | head -1
}

stop_cluster() {
  local pid n
  scancel -u "$(id -un)" 2>/dev/null || true
  sleep 1
  for ((n = 1; n <= cluster_nodes; ++n)); do
    for pid in $(processes_of_node $n); do kill -KILL "$pid" 2>/dev/null || true; done
  done
  for pid in "$cluster"/*.pid; do kill -TERM "$(cat "$pid")" 2>/dev/null || true; done
  sleep 1
  for pid in "$cluster"/*.pid; do kill -KILL "$(cat "$pid")" 2>/dev/null || true; done
}
