# SPDX-License-Identifier: GPL-3.0-or-later
# How every target here is built: one interface target carries the standard, the warnings and the
# QT_NO_* definitions; three functions make modules, programs and tests.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(vitrine_options INTERFACE)
target_compile_features(vitrine_options INTERFACE cxx_std_20)
target_include_directories(vitrine_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(vitrine_options INTERFACE
    VITRINE_VERSION="${PROJECT_VERSION}"
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    _FILE_OFFSET_BITS=64 $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
target_compile_options(vitrine_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    -Wimplicit-fallthrough -Wformat=2 -fstack-protector-strong
    -Wno-missing-field-initializers # designated initializers leave out what has a default
    # g++ suspects tl::expected's union, all the more under sanitizers, and is wrong
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    # what a file keeps to itself looks like a header's where several are compiled as one
    $<$<BOOL:${CMAKE_UNITY_BUILD}>:-Wno-subobject-linkage>
    $<$<BOOL:${VITRINE_WERROR}>:-Werror>)

find_program(VITRINE_MOLD mold)
if(VITRINE_MOLD)
    target_link_options(vitrine_options INTERFACE -fuse-ld=mold)
endif()
if(VITRINE_SANITIZE)
    target_compile_options(vitrine_options INTERFACE
        -fsanitize=${VITRINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(vitrine_options INTERFACE -fsanitize=${VITRINE_SANITIZE})
    if(VITRINE_SANITIZE MATCHES address)
        # Every check has a record that points into the program; relocations of them would make each
        # test half as large again, and there are some 190.
        target_link_options(vitrine_options INTERFACE -no-pie)
    endif()
endif()

# vitrine_module(NAME USES module... SOURCES file... [LIBS lib...] [PRIVATE_LIBS lib...])
# One folder of the core: a static library vitrine_NAME. USES names other modules, as the table in
# app/README.md allows them; tests/architecture holds the includes against that table.
function(vitrine_module name)
    cmake_parse_arguments(arg "" "" "USES;SOURCES;LIBS;PRIVATE_LIBS" ${ARGN})
    add_library(vitrine_${name} STATIC ${arg_SOURCES})
    set_target_properties(vitrine_${name} PROPERTIES LINKER_LANGUAGE CXX)
    list(TRANSFORM arg_USES PREPEND vitrine_)
    target_link_libraries(vitrine_${name}
        PUBLIC vitrine_options ${arg_USES} ${arg_LIBS}
        PRIVATE ${arg_PRIVATE_LIBS})
    if(name STREQUAL "base") # the others take its precompiled header: one is 140 MB
        target_precompile_headers(vitrine_base PRIVATE
            <QByteArray> <QFuture> <QHash> <QImage> <QList> <QObject> <QString> <QUrl>
            <functional> <memory> <optional> <string> <utility> <vector>)
    else()
        target_precompile_headers(vitrine_${name} REUSE_FROM vitrine_base)
    endif()
endfunction()

# vitrine_test(NAME LIBS lib... [SOURCES file...] [KEYRINGS keyring...])
# One Qt Test program from tst_NAME.cpp of the current folder. It runs under each of the keyrings that
# tests/support/keyring.sh can put around it; "any", as it is without them: whatever is there.
function(vitrine_test name)
    cmake_parse_arguments(arg "" "" "LIBS;SOURCES;KEYRINGS" ${ARGN})
    add_executable(tst_${name} tst_${name}.cpp ${arg_SOURCES})
    set_target_properties(tst_${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(tst_${name} PRIVATE vitrine_options vitrine_testsupport ${arg_LIBS} Qt6::Test)
    if(arg_LIBS MATCHES "vitrine_(decoding|uitestsupport)")
        add_dependencies(tst_${name} vitrine-decode) # what pictures are read with
    endif()
    if("vitrine_uitestsupport" IN_LIST arg_LIBS)
        target_precompile_headers(tst_${name} REUSE_FROM vitrine_uitestsupport)
    else()
        target_precompile_headers(tst_${name} REUSE_FROM vitrine_testsupport)
    endif()
    vitrine_moc_test(${name} "${arg_SOURCES}")
    target_compile_definitions(tst_${name} PRIVATE
        VITRINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" VITRINE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    if(NOT arg_KEYRINGS)
        set(arg_KEYRINGS any)
    endif()
    foreach(keyring IN LISTS arg_KEYRINGS)
        if(keyring STREQUAL "any")
            vitrine_add_test(${name} tst_${name})
        else() # 77: not installed here
            vitrine_add_test(${name}_${keyring} "${CMAKE_SOURCE_DIR}/tests/support/keyring.sh" ${keyring}
                $<TARGET_FILE:tst_${name}>)
            set_tests_properties(${name}_${keyring} PROPERTIES SKIP_RETURN_CODE 77)
        endif()
    endforeach()
endfunction()

# A test includes its own .moc. Made with no look at the files that it includes, nor for others that want
# one, that takes a tenth of AUTOMOC's time; there are some 200. Only where a test has further sources
# is it left to AUTOMOC.
function(vitrine_moc_test name sources)
    if(sources)
        # Little is in this file, or nothing: not worth the reading of a precompiled header.
        set_source_files_properties(
            "${CMAKE_CURRENT_BINARY_DIR}/tst_${name}_autogen/mocs_compilation.cpp"
            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
        return()
    endif()
    set(moc "${CMAKE_CURRENT_BINARY_DIR}/tst_${name}.moc")
    set(source "${CMAKE_CURRENT_SOURCE_DIR}/tst_${name}.cpp")
    add_custom_command(OUTPUT "${moc}" COMMAND Qt6::moc "${source}" -o "${moc}" DEPENDS "${source}" Qt6::moc
        COMMENT "Moc of tst_${name}" VERBATIM)
    set_target_properties(tst_${name} PROPERTIES AUTOMOC OFF)
    target_sources(tst_${name} PRIVATE "${moc}")
    target_include_directories(tst_${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()

function(vitrine_add_test name)
    add_test(NAME ${name} COMMAND ${ARGN})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
