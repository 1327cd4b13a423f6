# examples/*.c: complete clients, built against the public header only, run as tests.

file(GLOB example_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.c)
foreach(file IN LISTS example_sources)
    get_filename_component(name ${file} NAME_WE)
    add_executable(example_${name} ${file})
    target_link_libraries(example_${name} PRIVATE charley_flags charley_static)
endforeach()

if(BUILD_TESTING AND TARGET charley_image)
    add_test(NAME docs.example_assess COMMAND example_assess ${CHARLEY_IMAGE}
             ${PROJECT_SOURCE_DIR}/examples/calf.json)
    set_tests_properties(docs.example_assess PROPERTIES LABELS docs
                         PASS_REGULAR_EXPRESSION "Urgency: (same_day|emergency)")
    add_test(NAME docs.example_ask COMMAND example_ask ${CHARLEY_IMAGE})
    set_tests_properties(docs.example_ask PROPERTIES LABELS docs
                         PASS_REGULAR_EXPRESSION "Urgency: ")
endif()
