#!/bin/sh
# Puts faults into the knowledge (charley kb mutate) and compares those that no case
# notices with the list tests/cases/survivors.txt: it may shrink, it may not grow.
#   tests/mutation.sh PROGRAM       UPDATE=1 rewrites the list
set -eu
cd "$(dirname "$0")/.."
program=$1
list=tests/cases/survivors.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" kb mutate knowledge tests/cases >"$work/report"
sed -nE 's/^.*not noticed: //p' "$work/report" | LC_ALL=C sort -u >"$work/now"
sed -n '/^Noticed by a case/,$p' "$work/report"
if [ -n "${UPDATE:-}" ]; then
    { sed -n '/^#/p' "$list" && cat "$work/now"; } >"$work/list"
    cp "$work/list" "$list"
    exit 0
fi
sed '/^#/d' "$list" | LC_ALL=C sort -u >"$work/before"
comm -13 "$work/before" "$work/now" | sed 's/^/new, and noticed by no case: /'
comm -23 "$work/before" "$work/now" | sed 's/^/noticed now (UPDATE=1 takes it off the list): /'
[ -z "$(comm -13 "$work/before" "$work/now")" ]
