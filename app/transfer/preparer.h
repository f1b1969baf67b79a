// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/imaging/picturereader.h"

#include <QImage>
#include <QString>

namespace vitrine::transfer {

struct PrepareOrder {
    QString source;
    QString spool; ///< where the bytes to send are put
    bool keepMetadata = false;
    imaging::Limits limits;
};

/// A picture as it will be sent: a private copy, so that nothing that happens to the source later
/// can tear it.
struct Prepared {
    qint64 bytes = 0;
    QByteArray sha256; ///< raw
    QString type;      ///< media type
    QImage preview;
};

/// Reads the source once, checks that it is a whole picture, removes what tells about its owner and
/// writes the result to the spool. Waits for pixels and disk: runs on a pool.
/// Errors: those of readFile() and PictureReader::read(), and DamagedImage.
Result<Prepared> prepare(const PrepareOrder& order, const imaging::PictureReader& pictures);

} // namespace vitrine::transfer
