#!/usr/bin/env bash
# A server of before: the real redis-server 7.0 of Debian 12, which reads RDB files up to version 10. Unpacked in the same way.
# usage: redis-7.sh DIR
set -euo pipefail
exec bash "$(dirname "$0")/redis-8.sh" "${1:?usage: redis-7.sh DIR}" bookworm
