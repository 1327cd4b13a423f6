#!/bin/sh
# An installed Charley can be found and used, through CMake and through pkg-config.
#   package.sh BUILD_DIR CC
set -eu
build=$1
cc=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/stage" >"$work/log"
cmake -S "$here/consumer" -B "$work/consumer" -G "Unix Makefiles" \
    -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$work/stage" >>"$work/log"
cmake --build "$work/consumer" >>"$work/log"
image=$(find "$work/stage" -name charley.image)
"$work/consumer/consumer_shared" "$image"
"$work/consumer/consumer_static" "$image"

pc=$(find "$work/stage" -name charley.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
flags=$(pkg-config --define-variable=prefix="$work/stage" --cflags --libs charley)
libdir=$(pkg-config --define-variable=prefix="$work/stage" --variable=libdir charley)
# shellcheck disable=SC2086  # flags are several words on purpose
"$cc" -std=c17 "$here/consumer/consumer.c" $flags -o "$work/by_pkg_config"
LD_LIBRARY_PATH=$libdir "$work/by_pkg_config" "$image"
