// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>

#include <jpeglib.h>

#include <array>
#include <cstdio> // jpeglib.h needs FILE and does not include it
#include <functional>

namespace vitrine::test {

/// JPEGs such as QImage does not write. \a space has \a components values a pixel; \a adjust sets
/// up what differs from libjpeg's defaults; \a rowAt gives the pixels of a row.
QByteArray writtenJpeg(QSize size, J_COLOR_SPACE space, int components,
                       const std::function<void(jpeg_compress_struct&)>& adjust,
                       const std::function<const JSAMPLE*(int row)>& rowAt);

/// A flat CMYK JPEG as print programs write it, with Adobe's marker and inverted ink: 255 is none.
QByteArray inkJpeg(QSize size, std::array<unsigned char, 4> invertedInk);

} // namespace vitrine::test
