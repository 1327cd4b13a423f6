# libcharley: the core rooms, compiled once, archived and linked as a shared library.
#
# Everything is hidden except what charley.h declares CHARLEY_API; tests/api compares
# the two. Internal ch_ symbols can be reached only through the static library.

set(CHARLEY_ROOMS base text kb safety infer ask advise find session trial)
set(charley_sources "")
foreach(room IN LISTS CHARLEY_ROOMS)
    file(GLOB room_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.c)
    list(APPEND charley_sources ${room_sources})
endforeach()

set(public_include $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

add_library(charley_core OBJECT ${charley_sources})
target_compile_definitions(charley_core PRIVATE CHARLEY_BUILD_SHARED)
target_include_directories(charley_core PRIVATE ${PROJECT_SOURCE_DIR}/include
                                                ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(charley_core PRIVATE charley_flags)

add_library(charley_static STATIC $<TARGET_OBJECTS:charley_core>)
set_target_properties(charley_static PROPERTIES OUTPUT_NAME charley
                                                EXPORT_NAME charley_static)
target_include_directories(charley_static PUBLIC ${public_include})
if(NOT CHARLEY_WASM)
    target_link_libraries(charley_static PUBLIC m)
endif()
add_library(charley::charley_static ALIAS charley_static)

if(CHARLEY_SHARED AND NOT CHARLEY_WASM)
    add_library(charley_shared SHARED $<TARGET_OBJECTS:charley_core>)
    set_target_properties(charley_shared PROPERTIES OUTPUT_NAME charley
        EXPORT_NAME charley VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
    target_include_directories(charley_shared PUBLIC ${public_include})
    target_link_libraries(charley_shared PRIVATE m $<BUILD_INTERFACE:charley_flags>)
    if(NOT CHARLEY_SANITIZE)
        target_link_options(charley_shared PRIVATE -Wl,--no-undefined)
    endif()
    add_library(charley::charley ALIAS charley_shared)
endif()
