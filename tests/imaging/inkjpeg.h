// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>

#include <array>

namespace vitrine::test {

/// A flat CMYK JPEG as print programs write it, with Adobe's marker and inverted ink: 255 is none.
QByteArray inkJpeg(QSize size, std::array<unsigned char, 4> invertedInk);

} // namespace vitrine::test
