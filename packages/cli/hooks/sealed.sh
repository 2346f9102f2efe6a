#!/bin/sh
# Is run first in namespaces of its own by `hallpass exec`: brings the loopback device up, puts our files in the place of
# the system's, and runs what it is told. As the first process of its namespace it also takes in processes that lost
# their parent. Standard error is a file until all is ready; descriptor 3 is the real one.
set -e
folder=$1
shift

raise_loopback() {
  ip link set lo up || ifconfig lo up && return
  # Without these tools: up, loopback and running, as the device itself takes it.
  mkdir -p "$folder/sys"
  mount -t sysfs sysfs "$folder/sys"
  echo 0x49 >"$folder/sys/class/net/lo/flags"
}

raise_loopback &
mount -a -T "$folder/mounts"
wait $!

exec 2>&3 3>&-
set +e
"$@"
exit $?
