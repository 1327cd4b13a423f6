#!/bin/sh
# The shared library exports exactly what charley.h declares, and asks of libc only
# memory moves and plain arithmetic: no allocation, no I/O, no clock, no exp or log.
#   symbols.sh LIBRARY [SANITIZERS]
set -eu
library=$1
sanitizers=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/declared.sh" >"$work/declared"
nm -D --defined-only "$library" | awk '{ print $3 }' |
    grep -vE '^(_init|_fini|__asan|__odr_asan|__tsan|__ubsan|__start|__stop|__sanc)' |
    LC_ALL=C sort >"$work/exported"
if ! diff "$work/declared" "$work/exported"; then
    echo "declared in charley.h (<) and exported by the library (>) differ"
    exit 1
fi
echo "$(wc -l <"$work/declared") functions declared and exported"

[ -z "$sanitizers" ] || exit 0
allowed='mem(cpy|move|set|cmp|chr)|bcmp|str(len|cmp|ncmp|chr)|f?abs|floor|ceil|sqrt|trunc'
allowed="$allowed|round|rint|nearbyint|ldexp|frexp|fmin|fmax|nextafter|copysign"
allowed="$allowed|__assert_fail|__stack_chk_fail|__cxa_finalize|__gmon_start__"
allowed="$allowed|_ITM_(de)?registerTMCloneTable"
if nm -D --undefined-only "$library" | awk '{ sub(/@.*/, "", $2); print $2 }' |
    grep -vxE "$allowed"; then
    echo "the library must not need these from its host"
    exit 1
fi
