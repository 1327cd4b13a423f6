# author, the knowledge image, and the program with that image inside.
#
# Three steps at build time: charley-kb (the kb commands alone, nothing embedded)
# compiles knowledge/ to charley.image; charley-embed turns the image into an array;
# the array and the other commands become the program `charley`.

file(GLOB author_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/author/*.c)
add_library(charley_author STATIC ${author_sources})
target_compile_definitions(charley_author PRIVATE ${CHARLEY_POSIX})
target_include_directories(charley_author
    PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(charley_author PRIVATE charley_flags
                                     PUBLIC charley_static PkgConfig::YAML)

set(program_dir ${PROJECT_SOURCE_DIR}/programs/charley)
set(generated ${PROJECT_BINARY_DIR}/generated)
set(CHARLEY_IMAGE ${PROJECT_BINARY_DIR}/charley.image)

# Everything but the main functions is one archive; each program takes what it needs.
file(GLOB program_sources CONFIGURE_DEPENDS ${program_dir}/*.c)
list(FILTER program_sources EXCLUDE REGEX "/(embed|literal|charley_main|charley_kb_main)\\.c$")
add_library(charley_commands STATIC ${program_sources})
add_executable(charley_kb_tool ${program_dir}/charley_kb_main.c)
set_target_properties(charley_kb_tool PROPERTIES OUTPUT_NAME charley-kb)
add_executable(charley_embed ${program_dir}/embed.c ${program_dir}/literal.c)
set_target_properties(charley_embed PROPERTIES OUTPUT_NAME charley-embed)

set(CHARLEY_KNOWLEDGE ${PROJECT_SOURCE_DIR}/knowledge CACHE PATH "what is built in")
file(GLOB_RECURSE knowledge_files CONFIGURE_DEPENDS ${CHARLEY_KNOWLEDGE}/*.yaml)
add_custom_command(OUTPUT ${CHARLEY_IMAGE}
    COMMAND charley_kb_tool build ${CHARLEY_KNOWLEDGE} -o ${CHARLEY_IMAGE}
    DEPENDS charley_kb_tool ${knowledge_files}
    COMMENT "Compiling the knowledge" VERBATIM)
add_custom_target(charley_image ALL DEPENDS ${CHARLEY_IMAGE})
add_custom_command(OUTPUT ${generated}/default_image.c
    COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}
    COMMAND charley_embed ${CHARLEY_IMAGE} ${generated}/default_image.c
    DEPENDS charley_embed ${CHARLEY_IMAGE}
    COMMENT "Embedding the knowledge image" VERBATIM)

add_executable(charley_program ${program_dir}/charley_main.c ${generated}/default_image.c)
set_target_properties(charley_program PROPERTIES OUTPUT_NAME charley)
add_dependencies(charley_program charley_image)

foreach(target charley_commands charley_kb_tool charley_embed charley_program)
    target_compile_definitions(${target} PRIVATE ${CHARLEY_POSIX})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${program_dir}
                                                 ${PROJECT_SOURCE_DIR}/programs)
    target_link_libraries(${target} PRIVATE charley_flags charley_author)
endforeach()
target_link_libraries(charley_kb_tool PRIVATE charley_commands)
include(CharleyServe)
target_link_libraries(charley_program PRIVATE charley_commands charley_server)
