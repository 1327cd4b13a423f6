#!/bin/sh
# Prints the functions charley.h declares CHARLEY_API, sorted, one a line.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
grep -v '^#' "$root/include/charley/charley.h" | tr '\n' ' ' | tr ';' '\n' |
    sed -nE 's/.*CHARLEY_API[^(]* \**(charley_[a-z_]+)\(.*/\1/p' | LC_ALL=C sort
