# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that comes from outside. A package that is missing is named with the command that installs it.
find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_SOURCE_DIR}/packaging/cmake/ccache-pch")
endif()

set(VITRINE_QT_COMPONENTS Core Gui Network NetworkAuth Concurrent LinguistTools)
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
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
find_package(CURL 7.87 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenCVCore REQUIRED)
find_package(Qt6Keychain REQUIRED)
find_package(KF6Wallet QUIET) # Debian 13 and newer have it; without it QtKeychain does what it can
find_package(PkgConfig REQUIRED)
pkg_check_modules(cjose REQUIRED IMPORTED_TARGET cjose)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(heif REQUIRED IMPORTED_TARGET libheif)
pkg_check_modules(lcms REQUIRED IMPORTED_TARGET lcms2)
find_package(ZLIB REQUIRED)
pkg_check_modules(minizip REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(exiv2 REQUIRED IMPORTED_TARGET exiv2)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
# On Debian 13 some of them ask for -pthread, which glibc has needed for nothing since 2.34; what is
# compiled with it could not share the others' precompiled header.
foreach(library IN ITEMS cjose jpeg heif lcms minizip exiv2 seccomp)
    get_target_property(options PkgConfig::${library} INTERFACE_COMPILE_OPTIONS)
    if(options)
        list(REMOVE_ITEM options -pthread)
        set_property(TARGET PkgConfig::${library} PROPERTY INTERFACE_COMPILE_OPTIONS "${options}")
    endif()
endforeach()
