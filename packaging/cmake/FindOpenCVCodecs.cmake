# SPDX-License-Identifier: GPL-3.0-or-later
# OpenCV's imgcodecs as the imported target OpenCV::Codecs. For benchmarks only: it pulls in GDAL, and
# every program that links it starts a tenth of a second later.
include(FindPackageHandleStandardArgs)
find_package(OpenCVCore QUIET)
find_path(OpenCVCodecs_INCLUDE_DIR opencv2/imgcodecs.hpp PATH_SUFFIXES opencv4)
find_library(OpenCVCodecs_LIBRARY opencv_imgcodecs)
find_package_handle_standard_args(OpenCVCodecs REQUIRED_VARS
    OpenCVCodecs_INCLUDE_DIR OpenCVCodecs_LIBRARY OpenCVCore_FOUND)
if(OpenCVCodecs_FOUND AND NOT TARGET OpenCV::Codecs)
    add_library(OpenCV::Codecs INTERFACE IMPORTED)
    target_include_directories(OpenCV::Codecs SYSTEM INTERFACE "${OpenCVCodecs_INCLUDE_DIR}")
    target_link_libraries(OpenCV::Codecs INTERFACE "${OpenCVCodecs_LIBRARY}" OpenCV::Core)
endif()
mark_as_advanced(OpenCVCodecs_INCLUDE_DIR OpenCVCodecs_LIBRARY)
