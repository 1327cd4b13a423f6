# `charley serve`: the router (plain C), the server (libmicrohttpd) and the built page inside.
#
# Without the library or the page the program is whole but for this command, which then
# says what is missing. script/web builds the page; configure again afterwards.

set(serve_dir ${PROJECT_SOURCE_DIR}/programs/serve)
add_library(charley_router STATIC ${serve_dir}/router.c ${serve_dir}/pages.c)

if(CHARLEY_SERVED)
    add_executable(charley_embed_page ${serve_dir}/embed_page.c ${program_dir}/literal.c)
    set_target_properties(charley_embed_page PROPERTIES OUTPUT_NAME charley-embed-page)
    file(GLOB_RECURSE page_paths CONFIGURE_DEPENDS RELATIVE ${CHARLEY_PAGE_DIR}
         ${CHARLEY_PAGE_DIR}/*)
    list(SORT page_paths)
    set(page_sources ${page_paths})
    list(TRANSFORM page_sources PREPEND ${CHARLEY_PAGE_DIR}/)
    list(FILTER page_paths EXCLUDE REGEX "\\.(br|gz)$")
    add_custom_command(OUTPUT ${generated}/page_assets.c
        COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}
        COMMAND charley_embed_page ${generated}/page_assets.c ${CHARLEY_PAGE_DIR}
                ${page_paths}
        DEPENDS charley_embed_page ${page_sources}
        COMMENT "Embedding the page" VERBATIM)
    add_library(charley_server STATIC ${serve_dir}/server.c ${generated}/page_assets.c)
    target_link_libraries(charley_server PRIVATE PkgConfig::MICROHTTPD)
else()
    add_library(charley_server STATIC ${serve_dir}/no_server.c)
endif()
target_link_libraries(charley_server PUBLIC charley_router)

foreach(target charley_router charley_server charley_embed_page)
    if(TARGET ${target})
        target_compile_definitions(${target} PRIVATE ${CHARLEY_POSIX})
        target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/programs
                                             PRIVATE ${program_dir})
        target_link_libraries(${target} PRIVATE charley_flags)
    endif()
endforeach()
