#!/bin/sh
# The tests of the program: each cases/NAME.test is a shell script whose transcript must
# equal cases/NAME.out. The knowledge is the small one in shelf/, so that a change of the
# real bookshelf changes no transcript; the sentences of the program are the real ones.
#   tests/cli/run.sh PROGRAM [NAME...]     UPDATE=1 rewrites the transcripts
set -u
[ $# -ge 1 ] || { sed -n '2,5s/^# //p' "$0" && exit 2; }
CHARLEY=$(realpath "$1")
shift
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PTY=$work/pty_drive
shelf=$work/shelf
export CHARLEY PTY shelf root LC_ALL=C TERM=xterm
unset NO_COLOR COLUMNS

${CC:-cc} -std=c17 -D_XOPEN_SOURCE=700 -o "$PTY" "$here/pty_drive.c" || exit 1
# Without pseudo-terminals (a bare chroot) the tests that need one are skipped, aloud.
if "$PTY" 80 true </dev/null >/dev/null 2>&1; then has_terminal=yes; else has_terminal=; fi
cp -r "$here/shelf" "$shelf"
# Families, grades and units that the small bookshelf does not use would be faults.
sed -E '/^  (family|grade|mechanism|unit)\./d' "$root/knowledge/words/en/interface.yaml" \
    >"$shelf/words/en/interface.yaml"
cp "$root/knowledge/words/en/search.yaml" "$root/knowledge/words/en/serve.yaml" \
    "$shelf/words/en/"
if ! "$CHARLEY" kb build "$shelf" -o "$work/image"; then
    echo "cli: the bookshelf of the tests does not compile" >&2
    exit 1
fi
export CHARLEY_IMAGE="$work/image"

passed=0
failed=0
if [ $# -eq 0 ]; then
    for file in "$here"/cases/*.test; do
        set -- "$@" "$(basename "$file" .test)"
    done
fi
skipped=0
for name in "$@"; do
    if [ -z "$has_terminal" ] &&
        grep -qE '^[^#]*(PTY|on_terminal)' "$here/cases/$name.test"; then
        echo "cli: $name skipped: no pseudo-terminal here"
        skipped=$((skipped + 1))
        continue
    fi
    mkdir "$work/$name"
    (cd "$work/$name" && sh -c '. "$1" && . "$2"' sh "$here/prelude.sh" \
        "$here/cases/$name.test") >"$work/$name.raw" 2>&1
    # Hashes change with every byte of knowledge and of the image format.
    sed -E "s|$work/[a-z_]+/||g; s|$work/||g; s/[0-9a-f]{64}/HASH/g
        s/\([0-9a-f]{12}\)/(HASH)/g" "$work/$name.raw" >"$work/$name.now"
    if [ -n "${UPDATE:-}" ]; then
        cp "$work/$name.now" "$here/cases/$name.out"
    fi
    if diff -u "$here/cases/$name.out" "$work/$name.now"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "cli: $name FAILED" >&2
    fi
done
echo "cli: $passed passed, $failed failed, $skipped skipped"
[ "$passed" -gt 0 ] || [ "$failed" -gt 0 ] || exit 77 # ctest: skipped
[ "$failed" -eq 0 ]
