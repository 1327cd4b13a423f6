# Which parts are built: each option is ON by default when what it needs was found.

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(YAML QUIET IMPORTED_TARGET yaml-0.1)
    pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka)
endif()
find_program(SCDOC scdoc)
find_program(NODE node)

if(CMAKE_CROSSCOMPILING)
    set(YAML_FOUND FALSE)
    set(CMOCKA_FOUND FALSE)
endif()

option(CHARLEY_WASM "only compile the core as a WebAssembly reactor" OFF)
option(CHARLEY_FUZZ "build the libFuzzer targets (clang)" OFF)
option(CHARLEY_WARNINGS_AS_ERRORS "stop on any warning" ON)
option(CHARLEY_SHARED "also build libcharley.so" ON)
option(CHARLEY_PROGRAM "compile knowledge/ and build the program" ${YAML_FOUND})
option(CHARLEY_EXAMPLES "build examples/" ON)
option(CHARLEY_BENCH "build bench/ (never run by the tests)" ON)
option(CHARLEY_C_TESTS "build the tests written in C" ${CMOCKA_FOUND})
set(CHARLEY_SANITIZE "" CACHE STRING "sanitizers, as after -fsanitize=")

if(CHARLEY_PROGRAM AND NOT YAML_FOUND)
    message(FATAL_ERROR "the program needs libyaml and pkg-config: script/bootstrap "
                        "--build installs them, or set -DCHARLEY_PROGRAM=OFF")
endif()
if(CHARLEY_C_TESTS AND NOT CMOCKA_FOUND)
    message(FATAL_ERROR "the tests need cmocka: script/bootstrap --test installs it, "
                        "or set -DCHARLEY_C_TESTS=OFF")
endif()

function(charley_print_summary)
    message(STATUS "charley ${PROJECT_VERSION}: ${CMAKE_BUILD_TYPE}, "
                   "${CMAKE_C_COMPILER_ID} ${CMAKE_C_COMPILER_VERSION}")
    foreach(part "shared library/CHARLEY_SHARED" "program and knowledge/CHARLEY_PROGRAM"
                 "examples/CHARLEY_EXAMPLES" "bench/CHARLEY_BENCH"
                 "C tests/CHARLEY_C_TESTS" "fuzz targets/CHARLEY_FUZZ")
        string(REPLACE "/" ";" pair "${part}")
        list(GET pair 0 name)
        list(GET pair 1 option)
        if(${option})
            message(STATUS "  with    ${name}")
        else()
            message(STATUS "  without ${name} (-D${option}=ON)")
        endif()
    endforeach()
    if(NOT SCDOC)
        message(STATUS "  without man pages (scdoc not found)")
    endif()
    foreach(tools schema words)
        if(NOT NODE OR NOT EXISTS ${PROJECT_SOURCE_DIR}/tests/${tools}/node_modules)
            message(STATUS "  without ${tools} tests (node and script/bootstrap --test)")
        endif()
    endforeach()
endfunction()
