# Install rules, pkg-config and CMake package files, the Debian package.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/charley)
set(installed_targets charley_static)
if(TARGET charley_shared)
    list(APPEND installed_targets charley_shared)
endif()
install(TARGETS ${installed_targets} EXPORT charleyTargets)
install(DIRECTORY include/charley DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
install(EXPORT charleyTargets NAMESPACE charley:: DESTINATION ${package_dir})
configure_package_config_file(cmake/charleyConfig.cmake.in charleyConfig.cmake
                              INSTALL_DESTINATION ${package_dir}
                              PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(charleyConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/charleyConfig.cmake
              ${PROJECT_BINARY_DIR}/charleyConfigVersion.cmake
        DESTINATION ${package_dir})
configure_file(cmake/charley.pc.in charley.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/charley.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES knowledge/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}
        RENAME LICENSE.knowledge)
install(FILES README.md SAFETY.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(TARGET charley_program)
    install(TARGETS charley_program)
    install(FILES ${CHARLEY_IMAGE} DESTINATION ${CMAKE_INSTALL_DATADIR}/charley)

    # Completions are printed by the program from its own option table.
    set(completions ${PROJECT_BINARY_DIR}/completions)
    add_custom_command(OUTPUT ${completions}/charley.bash ${completions}/_charley
                              ${completions}/charley.fish
        COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
        COMMAND charley_program completions bash > ${completions}/charley.bash
        COMMAND charley_program completions zsh > ${completions}/_charley
        COMMAND charley_program completions fish > ${completions}/charley.fish
        DEPENDS charley_program VERBATIM)
    add_custom_target(completions ALL DEPENDS ${completions}/charley.bash)
    install(FILES ${completions}/charley.bash RENAME charley
            DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${completions}/_charley
            DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
    install(FILES ${completions}/charley.fish
            DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

file(GLOB man_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/*.scd)
if(SCDOC AND man_sources)
    set(man_pages "")
    foreach(source IN LISTS man_sources)
        get_filename_component(page ${source} NAME)
        string(REGEX REPLACE "\\.scd$" "" page ${page})
        string(REGEX REPLACE ".*\\." "" section ${page})
        set(output ${PROJECT_BINARY_DIR}/man/${page})
        add_custom_command(OUTPUT ${output} DEPENDS ${source}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/man
            COMMAND ${SCDOC} < ${source} > ${output} VERBATIM)
        install(FILES ${output} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
        list(APPEND man_pages ${output})
    endforeach()
    add_custom_target(man ALL DEPENDS ${man_pages})
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME charley)
set(CPACK_PACKAGE_VENDOR "the Charley project")
set(CPACK_PACKAGE_CONTACT "the Charley project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
else()
    set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6, libyaml-0-2")
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_STRIP_FILES ON)
include(CPack)
