# The core as a WebAssembly reactor module: a check that it needs nothing of the host.
#
# Two steps, compile with -O and link without: with binaryen installed clang 14 would
# otherwise run an optimiser of its own on the link line. tests/api/wasm.mjs then shows
# that the module imports nothing and exports exactly charley.h.

target_compile_options(charley_flags INTERFACE -O2 -DNDEBUG)
add_executable(charley_wasm $<TARGET_OBJECTS:charley_core>)
set_target_properties(charley_wasm PROPERTIES OUTPUT_NAME charley SUFFIX .wasm)
target_link_options(charley_wasm PRIVATE -mexec-model=reactor -Wl,--export-dynamic
                                         -Wl,--strip-all)

if(NODE)
    add_test(NAME api.wasm COMMAND ${NODE} ${PROJECT_SOURCE_DIR}/tests/api/wasm.mjs
             $<TARGET_FILE:charley_wasm> ${PROJECT_SOURCE_DIR}/include/charley/charley.h)
endif()
