# Every check as one CTest test, so that the closing line of ctest counts them all.
#
# Labels: unit, property, fault (C, one executable a file); cases, claims, words, cli, api, schema,
# docs, checks, mutation, serve, js, browser, slow; threads marks what the thread sanitizer runs.

include(CharleyLink)

function(charley_c_tests family)
    file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${family}/test_*.c)
    file(GLOB shared CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${family}/*.c)
    list(REMOVE_ITEM shared ${tests})
    foreach(file IN LISTS tests)
        get_filename_component(name ${file} NAME_WE)
        string(REGEX REPLACE "^test_" "" short ${name})
        set(target ${family}_${short})
        add_executable(${target} ${file} ${shared})
        charley_link_test(${target} ${file} ${shared})
        target_link_libraries(${target} PRIVATE PkgConfig::CMOCKA)
        add_test(NAME ${family}.${short} COMMAND ${target})
        set_tests_properties(${family}.${short} PROPERTIES LABELS ${family} TIMEOUT 300)
    endforeach()
endfunction()

function(charley_script_test name label)
    add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT 300)
endfunction()

# ---- tests in C ----

file(GLOB oracle_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/oracle/*.c)
if(oracle_sources)
    add_library(charley_oracle STATIC ${oracle_sources})
    target_include_directories(charley_oracle PUBLIC
        ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src
        ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(charley_oracle PRIVATE charley_flags PUBLIC charley_static)
endif()

if(CHARLEY_C_TESTS)
    charley_c_tests(unit)
    charley_c_tests(property)
    # Inference as it is where there are no vectors: one cell at a time.
    set(one_cell ${PROJECT_SOURCE_DIR}/tests/property/test_infer.c)
    add_executable(property_infer_one_cell ${one_cell}
                                           ${PROJECT_SOURCE_DIR}/src/infer/infer.c)
    charley_link_test(property_infer_one_cell ${one_cell})
    target_compile_definitions(property_infer_one_cell PRIVATE CH_ONE_CELL)
    target_link_libraries(property_infer_one_cell PRIVATE PkgConfig::CMOCKA)
    add_test(NAME property.infer_one_cell COMMAND property_infer_one_cell)
    set_tests_properties(property.infer_one_cell PROPERTIES LABELS property TIMEOUT 300)
    charley_c_tests(fault)
    if(TARGET charley_image)
        find_package(Threads REQUIRED)
        add_executable(api_threads ${PROJECT_SOURCE_DIR}/tests/api/threads.c)
        target_compile_definitions(api_threads PRIVATE ${CHARLEY_POSIX})
        target_link_libraries(api_threads PRIVATE charley_flags charley_static
                                                  Threads::Threads)
        add_dependencies(api_threads charley_image)
        add_test(NAME api.threads COMMAND api_threads ${CHARLEY_IMAGE}
                 ${PROJECT_SOURCE_DIR}/examples/calf.json)
        set_tests_properties(api.threads PROPERTIES LABELS "api;threads" TIMEOUT 300)
    endif()
endif()

if(CHARLEY_BENCH)
    file(GLOB bench_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/*.c)
    foreach(file IN LISTS bench_sources)
        get_filename_component(name ${file} NAME_WE)
        add_executable(${name} ${file})
        set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                              ${PROJECT_BINARY_DIR}/bench)
        charley_link_test(${name} ${file})
    endforeach()
endif()

# ---- what the library promises ----

charley_script_test(api.header api ${PROJECT_SOURCE_DIR}/tests/api/header_alone.sh
                    ${CMAKE_C_COMPILER})
if(TARGET charley_shared)
    charley_script_test(api.symbols api ${PROJECT_SOURCE_DIR}/tests/api/symbols.sh
                        $<TARGET_FILE:charley_shared> "${CHARLEY_SANITIZE}")
endif()
if(TARGET charley_shared AND TARGET charley_program AND NOT CHARLEY_SANITIZE)
    charley_script_test(api.package api ${PROJECT_SOURCE_DIR}/tests/api/package.sh
                        ${PROJECT_BINARY_DIR} ${CMAKE_C_COMPILER})
endif()

# ---- checks of the sources themselves ----

charley_script_test(checks.layers checks script/check-layers)
charley_script_test(checks.trace checks script/trace)
charley_script_test(checks.words checks script/check-words)
if(NODE AND EXISTS ${PROJECT_SOURCE_DIR}/tests/words/node_modules)
    charley_script_test(words.readable words ${NODE} tests/words/readable.mjs)
endif()
charley_script_test(checks.links checks script/check-links)

# ---- the program and the bookshelf ----

if(TARGET charley_program)
    charley_script_test(cases.knowledge cases $<TARGET_FILE:charley_program>
                        kb check knowledge)
    charley_script_test(cases.all cases $<TARGET_FILE:charley_program>
                        kb test --strict knowledge tests/cases
                        --write ${PROJECT_BINARY_DIR}/cases)
    set_tests_properties(cases.all PROPERTIES FIXTURES_SETUP written_cases)
    charley_script_test(claims.questions claims ${PROJECT_SOURCE_DIR}/tests/claims/run.sh
                        $<TARGET_FILE:charley_program>)
    # Minutes in a debug build: .ci/run asks for it (-C mutation), script/test does not.
    add_test(NAME mutation.knowledge CONFIGURATIONS mutation
             COMMAND ${PROJECT_SOURCE_DIR}/tests/mutation.sh
                     $<TARGET_FILE:charley_program>
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(mutation.knowledge PROPERTIES LABELS mutation TIMEOUT 900)
    if(NODE AND EXISTS ${PROJECT_SOURCE_DIR}/tests/schema/node_modules)
        charley_script_test(schema.agree schema ${NODE} tests/schema/agree.mjs
                            $<TARGET_FILE:charley_program> kb check)
        charley_script_test(schema.documents schema ${NODE} tests/schema/documents.mjs
                            $<TARGET_FILE:charley_program>)
    endif()
    file(GLOB cli_tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/cli/cases/*.test)
    foreach(file IN LISTS cli_tests)
        get_filename_component(name ${file} NAME_WE)
        charley_script_test(cli.${name} cli ${PROJECT_SOURCE_DIR}/tests/cli/run.sh
                            $<TARGET_FILE:charley_program> ${name})
        set_tests_properties(cli.${name} PROPERTIES SKIP_RETURN_CODE 77)
    endforeach()
    charley_script_test(docs.contributing docs
        ${PROJECT_SOURCE_DIR}/tests/api/contributing.sh $<TARGET_FILE:charley_program>)
    charley_script_test(docs.knowledge docs script/pages --check)
    set_tests_properties(docs.knowledge PROPERTIES
        ENVIRONMENT CHARLEY=$<TARGET_FILE:charley_program>)
    if(NODE)
        charley_script_test(docs.accuracy docs script/accuracy --check)
        set_tests_properties(docs.accuracy PROPERTIES
            ENVIRONMENT CHARLEY=$<TARGET_FILE:charley_program>)
    endif()
    charley_script_test(docs.transcript docs script/transcript --check)
    set_tests_properties(docs.transcript PROPERTIES
        ENVIRONMENT CHARLEY=$<TARGET_FILE:charley_program>)
endif()

# ---- the page: its server, the binding, the browser ----

get_filename_component(engine_wasm ${CHARLEY_PAGE_DIR}/../wasm/charley.wasm ABSOLUTE)
if(TARGET charley_program AND NODE AND EXISTS ${engine_wasm} AND
   EXISTS ${PROJECT_SOURCE_DIR}/bindings/js/dist/index.js)
    set(js_environment CHARLEY_WASM=${engine_wasm} CHARLEY_IMAGE=${CHARLEY_IMAGE}
                       CHARLEY_CASES=${PROJECT_BINARY_DIR}/cases)
    charley_script_test(js.engine js ${NODE} --test bindings/js/test/engine.test.mjs)
    charley_script_test(js.packed js ${NODE} --test bindings/js/test/packed.test.mjs)
    charley_script_test(js.same_bytes js ${NODE} --test bindings/js/test/same_bytes.mjs)
    set_tests_properties(js.same_bytes PROPERTIES FIXTURES_REQUIRED written_cases)
    set_tests_properties(js.engine js.packed js.same_bytes PROPERTIES
                         ENVIRONMENT "${js_environment}")
endif()
if(TARGET charley_program AND NODE AND CHARLEY_SERVED)
    charley_script_test(serve.http serve ${NODE} tests/serve/serve.mjs
                        $<TARGET_FILE:charley_program> ${CHARLEY_PAGE_DIR})
    charley_script_test(serve.weight serve ${NODE} tests/serve/weight.mjs ${CHARLEY_PAGE_DIR})
    if(CHROMIUM AND EXISTS ${PROJECT_SOURCE_DIR}/web/node_modules/playwright-core)
        file(GLOB browser_tests CONFIGURE_DEPENDS
             ${PROJECT_SOURCE_DIR}/tests/browser/*.test.mjs)
        foreach(file IN LISTS browser_tests)
            get_filename_component(name ${file} NAME_WE)
            # The stories belong to every day; what can go wrong besides is for .ci/run.
            set(labels browser)
            if(NOT name STREQUAL stories)
                list(APPEND labels slow)
            endif()
            charley_script_test(browser.${name} "${labels}" ${NODE} ${file})
            set_tests_properties(browser.${name} PROPERTIES ENVIRONMENT
                "CHARLEY=$<TARGET_FILE:charley_program>;CHROMIUM=${CHROMIUM};CHARLEY_BUILT=${PROJECT_BINARY_DIR}")
        endforeach()
    endif()
endif()
