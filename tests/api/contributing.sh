#!/bin/sh
# The worked example of the knowledge door in CONTRIBUTING.md really runs: the code
# block after the line "<!-- runs -->", with a scratch folder in place of /tmp.
#   contributing.sh CHARLEY
set -eu
program=$1
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/charley"
PATH=$work/bin:$PATH
export PATH
awk '/^<!-- runs -->/ { wanted = 1 }
     /^```$/ && inside { inside = wanted = 0 }
     inside { print }
     /^```sh$/ && wanted { inside = 1 }' CONTRIBUTING.md |
    sed "s|/tmp/shelf|$work/shelf|g" >"$work/example.sh"
[ -s "$work/example.sh" ] || { echo "no example found" >&2 && exit 1; }
sh -eu "$work/example.sh" >"$work/out"
grep -q 'tonic water' "$work/out"
echo "$(wc -l <"$work/out") lines printed"
