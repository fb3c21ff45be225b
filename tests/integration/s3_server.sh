# shellcheck shell=bash
# A throw-away S3-compatible store on this machine: a Ceph of one monitor, one disk in memory and one
# gateway, on loopback, as any user. To be sourced. Installed by scripts/install_packages.sh --farm.
# Its lists come in pages of seven objects.
s3_port=${ODDROAD_S3_PORT:-17480}  # and what follows up to + 80
s3_url=http://127.0.0.1:$((s3_port + 2))

have_s3() {
  local program
  for program in ceph-mon ceph-osd radosgw radosgw-admin ceph ceph-authtool monmaptool curl; do
    command -v $program >/dev/null || return 1
  done
}

# start_s3 FOLDER: returns when the store answers; user "test", secret "secret"
start_s3() {
  s3_root=$1
  mkdir -p "$s3_root"/{osd,rgw}
  local id osd name
  id=$(cat /proc/sys/kernel/random/uuid)
  osd=$(cat /proc/sys/kernel/random/uuid)
  cat >"$s3_root/ceph.conf" <<CONF
[global]
fsid = $id
mon_initial_members = a
mon_host = [v2:127.0.0.1:$s3_port,v1:127.0.0.1:$((s3_port + 1))]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_port_min = $((s3_port + 10))
ms_bind_port_max = $((s3_port + 80))
run_dir = $s3_root
admin_socket = $s3_root/\$name.asok
log_file = $s3_root/\$name.log
keyring = $s3_root/keyring
mon_data = $s3_root/mon
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
osd_data = $s3_root/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
rgw_data = $s3_root/rgw
rgw_frontends = beast endpoint=127.0.0.1:$((s3_port + 2))
rgw_max_listing_results = 7
CONF
  export CEPH_CONF=$s3_root/ceph.conf
  ceph-authtool --create-keyring "$s3_root/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
  for name in client.admin client.rgw osd.0; do
    ceph-authtool "$s3_root/keyring" --gen-key -n $name --cap mon 'allow *' --cap osd 'allow *' \
      --cap mgr 'allow *' >/dev/null
  done
  monmaptool --create --fsid "$id" --addv a "[v2:127.0.0.1:$s3_port,v1:127.0.0.1:$((s3_port + 1))]" \
    "$s3_root/monmap" >/dev/null
  ceph-mon --mkfs -i a --monmap "$s3_root/monmap" --keyring "$s3_root/keyring"
  start_daemon ceph-mon -i a -f
  ceph osd new "$osd" >/dev/null
  ceph-osd -i 0 --mkfs --osd-uuid "$osd" >/dev/null 2>&1
  start_daemon ceph-osd -i 0 -f
  start_daemon radosgw -n client.rgw -f
  radosgw-admin user create --uid=test --display-name=test --access-key=test --secret-key=secret >/dev/null
  for _ in $(seq 300); do
    curl -s -o /dev/null "$s3_url" && return 0 || sleep 0.1
  done
  echo "the store does not start, see $s3_root" >&2
  return 1
}

start_daemon() {
  setsid "$@" >>"$s3_root/out" 2>&1 &
  echo $! >>"$s3_root/pids"
}

stop_s3() {
  local pid
  # At once: a disk in memory would write itself down first. What has ended already is as good.
  while read -r pid; do
    kill -KILL "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done <"$s3_root/pids"
}

# s3_send METHOD KEY [FILE]: a request that does not come from oddroad
s3_send() {
  local hash file=(/dev/null)
  [ $# -lt 3 ] || file=("$3")
  hash=$(sha256sum "${file[0]}" | cut -d' ' -f1)
  curl -sS --fail-with-body -X "$1" --aws-sigv4 aws:amz:us-east-1:s3 --user test:secret \
    -H "x-amz-content-sha256: $hash" -H 'Content-Type: application/octet-stream' \
    ${3+--data-binary "@$3"} "$s3_url/$2"
}
