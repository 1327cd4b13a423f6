# One libFuzzer target for each way in: tests/fuzz/fuzz_<name>.c, corpus beside it.

if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "libFuzzer needs clang: use the preset `fuzz`")
endif()
target_compile_options(charley_core PRIVATE -fsanitize=fuzzer-no-link)
if(TARGET charley_author)
    target_compile_options(charley_author PRIVATE -fsanitize=fuzzer-no-link)
endif()

if(TARGET charley_router)
    target_compile_options(charley_router PRIVATE -fsanitize=fuzzer-no-link)
endif()

include(CharleyLink)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
foreach(file IN LISTS fuzz_sources)
    get_filename_component(name ${file} NAME_WE)
    add_executable(${name} ${file})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                          ${PROJECT_BINARY_DIR}/fuzz)
    charley_link_test(${name} ${file})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endforeach()
