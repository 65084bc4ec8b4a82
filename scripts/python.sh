# Sourced by the other scripts: sets $python to any Python from 3.8 on. The guide itself runs on the
# Python 3.10 in .venv, which `scripts/prepare` makes with this one.
usable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 8))' </dev/null >/dev/null 2>&1
}

python=
for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 python \
    "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/3.*/bin/python3 .venv/bin/python; do
    if [ -n "$candidate" ] && usable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "No Python 3.8 or newer was found. Install one (for example the package python3) and run this again," >&2
    echo "or say where it is: PYTHON=/path/to/python3 $0" >&2
    exit 1
fi
