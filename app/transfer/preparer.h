// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/filecheck.h"

#include <QImage>
#include <QString>

namespace vitrine::transfer {

struct PrepareOrder {
    QString source;
    QString spool; ///< where the bytes to send are put
    Choices choices;
    ServerRules rules;
};

/// A picture as it will be sent: a private copy, so that nothing that happens to the source later
/// can tear it.
struct Prepared {
    qint64 bytes = 0;
    QByteArray sha256; ///< raw
    QString type;      ///< media type
    QString altText;   ///< that the source carries; empty for none
    QImage preview;
    QByteArray placeholder;               ///< raw ThumbHash
    QList<imaging::MetadataKind> removed; ///< what the source carried and this does not
    bool isCopy = false; ///< scaled down or converted, because the server would not take the source
};

/// Reads the source once, checks that it is a whole picture that the server takes, removes what
/// tells about its owner (or makes the copy that Choices::fit asks for) and writes the result to
/// the spool. Waits for pixels and disk: runs on a pool. Errors: those of readFile() and check(),
/// of imaging::fittedCopy() and writeFile().
Result<Prepared> prepare(const PrepareOrder& order, const imaging::PictureReader& pictures);

} // namespace vitrine::transfer
