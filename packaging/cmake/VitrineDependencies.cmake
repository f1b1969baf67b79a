# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that comes from outside. A package that is missing is named with the command that installs it.
find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_SOURCE_DIR}/packaging/cmake/ccache-pch")
endif()

set(VITRINE_QT_COMPONENTS Core Gui Network Concurrent LinguistTools)
if(VITRINE_UI)
    list(APPEND VITRINE_QT_COMPONENTS Widgets Svg)
endif()
if(VITRINE_TESTS)
    list(APPEND VITRINE_QT_COMPONENTS Test)
endif()
find_package(Qt6 6.4.2 REQUIRED COMPONENTS ${VITRINE_QT_COMPONENTS})
if(COMMAND qt_policy) # Qt >= 6.5 asks projects to choose; the new behaviour is the one wanted
    qt_standard_project_setup()
endif()
set(CMAKE_AUTOMOC ON)
if(VITRINE_TESTS)
    # Qt puts each target's own folder into a macro for QFINDTESTDATA, which nothing here uses; with
    # it no test could share a precompiled header with another.
    set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(tl-expected REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenCVCore REQUIRED)
find_package(Qt6Keychain REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(cjose REQUIRED IMPORTED_TARGET cjose)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(exiv2 REQUIRED IMPORTED_TARGET exiv2)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
