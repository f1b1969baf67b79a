// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"
#include "app/transfer/filecheck.h"

namespace vitrine::transfer {

/// Everything that is found out about a file before it is shared.
struct FileLook {
    FileFacts facts;
    imaging::Variants pictures; ///< what was wanted
    QString altText;            ///< proposed by the file
    QByteArray toSend; ///< the bytes without metadata, or as they are if it is kept; empty if the
                       ///< metadata cannot be taken out
};

/// Decodes once, reads the metadata and takes it out unless \a keepMetadata. Never fails: what is
/// wrong is among the facts. Waits for pixels; any thread.
FileLook lookAt(const imaging::PictureSource& source, const imaging::PictureReader& pictures,
                const imaging::Wanted& wanted, bool keepMetadata);

/// The look at a file that could not even be read.
FileLook failedLook(const Error& error);

} // namespace vitrine::transfer
