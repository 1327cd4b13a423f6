# Language, warnings and sanitizers, the same for every target of ours.
#
# -ffp-contract=off is not a matter of taste: results must be the same bits on every
# machine, and -ffast-math is never allowed (ADR 0010).

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
if(NOT CHARLEY_WASM)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND NOT CHARLEY_WASM)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
if(CMAKE_C_FLAGS MATCHES "fast-math")
    message(FATAL_ERROR "-ffast-math changes results; Charley refuses it")
endif()
if(NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    message(WARNING "only gcc and clang are tested")
endif()

add_library(charley_flags INTERFACE)
target_compile_options(charley_flags INTERFACE
    -ffp-contract=off -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wundef -Wvla
    $<$<BOOL:${CHARLEY_WARNINGS_AS_ERRORS}>:-Werror>)

if(CHARLEY_SANITIZE)
    set(sanitize -fsanitize=${CHARLEY_SANITIZE} -fno-omit-frame-pointer
                 -fno-sanitize-recover=all)
    target_compile_options(charley_flags INTERFACE ${sanitize})
    target_link_options(charley_flags INTERFACE ${sanitize})
endif()

# Programs, author, tests and bench may use POSIX (files, terminal, time); the core is
# plain C17 and does not get this.
set(CHARLEY_POSIX _POSIX_C_SOURCE=200809L)
