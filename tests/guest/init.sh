#!/bin/sh
# /init of the guest: cgroup v2 alone, busybox and Node; /test/run.mjs is the program under test.
# runc cannot pivot_root on the first file system itself: bind it over itself and go in (costs nothing).
[ "$1" = in ] || {
  mount --bind / /new
  exec chroot /new /init in
}
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts pts /dev/pts
mount -t tmpfs shm /dev/shm
for folder in /run /tmp /var/lib; do mount -t tmpfs -o size=90% tmpfs $folder; done
mount -t cgroup2 -o nsdelegate,memory_recursiveprot cgroup2 /sys/fs/cgroup
# A cgroup with processes may not hand controllers down.
mkdir /sys/fs/cgroup/init.scope
echo $$ >/sys/fs/cgroup/init.scope/cgroup.procs
for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do echo +$controller >/sys/fs/cgroup/cgroup.subtree_control; done
ip link set lo up
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root NO_COLOR=1
while read -r module; do insmod "$module"; done </lib/modules/order
# tare.bare: nobody there asks for an engine.
grep -q tare.bare /proc/cmdline || dockerd --bridge=none --iptables=false --ip6tables=false --ip-forward=false --storage-driver=overlay2 \
  --exec-opt native.cgroupdriver=cgroupfs >/run/dockerd.log 2>&1 &
node /test/run.mjs
echo "TARE:exit $?"
tail -n 4 /run/dockerd.log 2>/dev/null
poweroff -f
