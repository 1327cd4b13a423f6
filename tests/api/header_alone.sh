#!/bin/sh
# charley.h compiles alone, as C17 and as C++17, without a warning.
#   header_alone.sh CC
set -eu
cc=${1:-cc}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo '#include "charley/charley.h"' >"$work/alone.c"
cat >"$work/used.cc" <<'CODE'
#include "charley/charley.h"
int main()
{
    charley_error error = {};
    charley_text name = charley_urgency_name(CHARLEY_SAME_DAY);
    return name.size != 0 && error.status == CHARLEY_OK ? 0 : 1;
}
CODE
"$cc" -std=c17 -pedantic -Wall -Wextra -Wundef -Werror -fsyntax-only \
    -I"$root/include" "$work/alone.c"
echo "C17: $cc"
found=no
for cxx in g++ clang++-14 clang++ c++; do
    command -v "$cxx" >/dev/null 2>&1 || continue
    "$cxx" -std=c++17 -Wall -Wextra -Wundef -Werror -fsyntax-only \
        -I"$root/include" "$work/used.cc"
    echo "C++17: $cxx"
    found=yes
done
[ "$found" = yes ] || echo "C++17: skipped, no C++ compiler here"
