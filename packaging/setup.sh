#!/bin/sh
# Finds a Python of at least 3.11 and hands over to a script of this folder: setup_environment.py, or the one named.
set -eu
cd "$(dirname "$0")/.."
script=packaging/${1:-setup_environment.py}

recent='import sys; sys.exit(sys.version_info < (3, 11))'
complete='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

for python in .venv/bin/python .venv/Scripts/python; do
    if [ -x "$python" ] && "$python" -c "$recent" 2>/dev/null; then
        exec "$python" "$script"
    fi
done

without_venv=''
for python in python3.11 python3.12 python3.13 python3 python; do
    command -v "$python" >/dev/null 2>&1 || continue
    if "$python" -c "$complete" 2>/dev/null; then
        exec "$python" "$script"
    fi
    if [ -z "$without_venv" ] && "$python" -c "$recent" 2>/dev/null; then
        without_venv=$python
    fi
done

# Debian and Ubuntu keep the module that makes virtual environments in a package of its own.
if [ -n "$without_venv" ]; then
    version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "setup: installing python$version-venv"
        apt-get -qq install --yes "python$version-venv" >/dev/null
        exec "$without_venv" "$script"
    fi
    echo "setup: Python $version lacks the module venv. Run this, then try again:" >&2
    echo "    sudo apt-get install python$version-venv" >&2
    exit 1
fi

echo "setup: Python 3.11 or newer is needed and was not found. On Debian or Ubuntu run this, then try again:" >&2
echo "    sudo apt-get install python3.11 python3.11-venv" >&2
exit 1
