# The core as a WebAssembly reactor module: what the page loads, and the proof that the
# core needs nothing of the host.
#
# -Oz: a quarter smaller than -O2 after compression, and a question still takes a few
# milliseconds; optimised as one program (-flto) a twentieth smaller again, and so with
# the two additions that every browser has had since 2021. The room `trial` (simulated
# people) stays out: no page calls it.
#
# Two steps, compile with -O and link without: with binaryen installed clang 14 would
# otherwise run an optimiser of its own on the link line. tests/api/wasm.mjs then shows
# that the module imports nothing and exports what charley.h declares, but for trials.

target_compile_options(charley_flags INTERFACE -Oz -flto -mbulk-memory -msign-ext -DNDEBUG)
add_executable(charley_wasm
               $<FILTER:$<TARGET_OBJECTS:charley_core>,EXCLUDE,/trial/>)
set_target_properties(charley_wasm PROPERTIES OUTPUT_NAME charley SUFFIX .wasm)
target_link_options(charley_wasm PRIVATE -flto -mexec-model=reactor -Wl,--export-dynamic
                                         -Wl,--compress-relocations -Wl,--strip-all)

if(NODE)
    add_test(NAME api.wasm COMMAND ${NODE} ${PROJECT_SOURCE_DIR}/tests/api/wasm.mjs
             $<TARGET_FILE:charley_wasm> ${PROJECT_SOURCE_DIR}/include/charley/charley.h)
endif()
