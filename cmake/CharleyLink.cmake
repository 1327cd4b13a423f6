# How tests, bench and fuzz targets are linked: with what their sources ask for.

# author, oracle and router when a file includes their headers, the knowledge image when it
# names CH_IMAGE_PATH; so a room that does not compile stops only what needs it.
function(charley_link_test target)
    set(libraries charley_static)
    foreach(file IN LISTS ARGN)
        file(STRINGS ${file} uses_oracle REGEX "#include \"oracle/")
        file(STRINGS ${file} uses_author REGEX "#include \"author/")
        file(STRINGS ${file} uses_serve REGEX "#include \"serve/")
        file(STRINGS ${file} uses_image REGEX "image_file.h|CH_IMAGE_PATH")
        file(STRINGS ${file} says_posix REGEX "define _POSIX_C_SOURCE")
        if(NOT says_posix)
            set_source_files_properties(${file} PROPERTIES COMPILE_DEFINITIONS
                                        "${CHARLEY_POSIX}")
        endif()
        if(uses_author AND TARGET charley_author)
            list(PREPEND libraries charley_author)
        endif()
        if(uses_oracle AND TARGET charley_oracle)
            list(PREPEND libraries charley_oracle)
        endif()
        if(uses_serve AND TARGET charley_router)
            list(PREPEND libraries charley_router)
        endif()
        if(uses_image AND TARGET charley_image)
            add_dependencies(${target} charley_image)
        endif()
    endforeach()
    target_include_directories(${target} PRIVATE
        ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src
        ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${target} PRIVATE
        CH_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        CH_IMAGE_PATH="${PROJECT_BINARY_DIR}/charley.image")
    target_link_libraries(${target} PRIVATE charley_flags ${libraries})
endfunction()
