// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <functional>

namespace vitrine::backend {

/// Something that is not as the rows have it.
struct Finding {
    enum class Kind {
        Missing, ///< a file that an image needs is not there
        Altered, ///< its bytes are not those that were stored
        Orphan,  ///< a file that no image needs
        Rows     ///< the database is damaged, or an image's row is none that Vitrine wrote
    };
    Kind kind = Kind::Missing;
    QString what;    ///< the file, from the data directory on; of Rows: a sentence in English
    QString imageId; ///< of one image that it concerns; empty if there is none
};

struct Inspection {
    qint64 pictures = 0; ///< different ones: images may share their bytes
    qint64 bytes = 0;    ///< that were read and held against their hashes
    qint64 findings = 0;
};

/// Reads every byte of a data directory, or of a copy of one, and holds it against its hash; tells
/// \a report each finding as it comes. A server may be at work on it meanwhile: what is being added
/// or removed at the moment is passed over. Changes nothing. Blocks for as long as reading takes.
/// Of variants that an older version made, no hash was kept: they are only looked for.
/// Errors: NotFound (no such data), InvalidInput (another version's), Storage, PermissionDenied.
Result<Inspection> inspect(const QString& dataDirectory,
                           const std::function<void(const Finding&)>& report);

} // namespace vitrine::backend
