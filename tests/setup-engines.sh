#!/usr/bin/env bash
# Installs and starts what the real tests need on Debian and Ubuntu: npm run setup:engines
# Safe to run again; copes with what an earlier run, or a machine that lost its power, left behind.
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "This installs packages: run it with sudo." >&2; exit 1; }
command -v apt-get >/dev/null || { echo "Only Debian and Ubuntu are known here: install Docker, Podman, QEMU, libvirt, LXC and Chromium by hand." >&2; exit 1; }

packages=(docker.io podman crun runc conmon qemu-system-x86 qemu-utils qemu-guest-agent libvirt-daemon-system libvirt-clients lxc busybox-static
  linux-image-cloud-amd64 chromium xvfb fonts-noto-cjk fonts-inter cpio libxml2-utils)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# A pid file whose process is gone, or is another program by now, keeps a daemon from starting.
forget_stale() {
  local file=$1 program=$2 pid
  [ -f "$file" ] || return 0
  pid=$(cat "$file" 2>/dev/null || true)
  if [ -z "$pid" ] || [ "$(cat "/proc/$pid/comm" 2>/dev/null || true)" != "$program" ]; then rm -f "$file"; fi
}

wait_for() {
  local what=$1; shift
  for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return 0; sleep 0.2; done
  echo "$what did not start within 30 s; its log:" >&2
  tail -n 20 "/var/log/tare-$what.log" >&2 || true
  exit 1
}

start() {
  local program=$1; shift
  setsid nohup "$program" "$@" >"/var/log/tare-$program.log" 2>&1 </dev/null &
}

if ! timeout 10 docker info >/dev/null 2>&1; then
  for file in /run/docker.pid /var/run/docker.pid; do forget_stale "$file" dockerd; done
  forget_stale /run/docker/containerd/containerd.pid containerd
  start dockerd
  wait_for dockerd docker info
fi

if ! timeout 10 virsh -c qemu:///system list >/dev/null 2>&1; then
  forget_stale /run/virtlogd.pid virtlogd
  forget_stale /run/libvirtd.pid libvirtd
  pgrep -x virtlogd >/dev/null || start virtlogd
  pgrep -x libvirtd >/dev/null || start libvirtd
  wait_for libvirtd virsh -c qemu:///system list
fi

# Leftovers of runs that were ended half-way; only names that our tests give.
docker ps -aq --filter 'name=^/?tare-' | xargs -r docker rm -f >/dev/null
virsh -c qemu:///system list --all --name | { grep '^tare-' || true; } | while read -r domain; do
  virsh -c qemu:///system destroy "$domain" >/dev/null 2>&1 || true
  virsh -c qemu:///system undefine "$domain" >/dev/null 2>&1 || true
done
echo "Engines are up: $(docker version -f 'Docker {{.Server.Version}}'), $(virsh --version | sed 's/^/libvirt /'), $(qemu-system-x86_64 --version | head -n 1)."
