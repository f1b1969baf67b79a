# SPDX-License-Identifier: GPL-3.0-or-later
# OpenCV's core and imgproc as one imported target, OpenCV::Core.
#
# Debian ships OpenCVConfig.cmake only in libopencv-dev, which pulls in VTK, GDAL and MPI; the two
# small -dev packages suffice for what is used here.
include(FindPackageHandleStandardArgs)
find_path(OpenCVCore_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
find_library(OpenCVCore_core_LIBRARY opencv_core)
find_library(OpenCVCore_imgproc_LIBRARY opencv_imgproc)
find_package_handle_standard_args(OpenCVCore REQUIRED_VARS
    OpenCVCore_INCLUDE_DIR OpenCVCore_core_LIBRARY OpenCVCore_imgproc_LIBRARY)
if(OpenCVCore_FOUND AND NOT TARGET OpenCV::Core)
    add_library(OpenCV::Core INTERFACE IMPORTED)
    target_include_directories(OpenCV::Core SYSTEM INTERFACE "${OpenCVCore_INCLUDE_DIR}")
    target_link_libraries(OpenCV::Core INTERFACE
        "${OpenCVCore_imgproc_LIBRARY}" "${OpenCVCore_core_LIBRARY}")
endif()
mark_as_advanced(OpenCVCore_INCLUDE_DIR OpenCVCore_core_LIBRARY OpenCVCore_imgproc_LIBRARY)
