// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/serverprocess.h"

#include <QImage>

namespace vitrine::bench {

/// A photograph of Debian's mate-backgrounds; with none installed, a drawn picture.
QImage originalPhoto();

/// Shares \a count different pictures, whose variants have the size of a photograph's.
void sharePhotos(const test::ServerProcess& server, int count);

/// Fills a data directory that nobody serves up to \a rows images. Those that come along are rows
/// alone, newer than what is there, and have no files.
void growTo(const QString& dataDirectory, int rows);

/// Where the previews of the oldest \a count images are to be had, as "path?query".
QList<QByteArray> previewsOf(const test::ServerProcess& server, int count);

/// Of the page that has the oldest \a count images.
QByteArray lastPageCursor(int count);

} // namespace vitrine::bench
