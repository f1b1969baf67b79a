// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/imaging/imageinfo.h"
#include "app/imaging/metadata.h"
#include "app/imaging/variants.h"

#include <QByteArrayView>
#include <QLocale>

#include <optional>
#include <variant>

namespace vitrine::imaging {

/// An open regular file that can be read; it stays open until the picture was read.
struct OpenFile {
    int descriptor = -1;
    qint64 size = 0; ///< bytes
};

/// Where a picture's bytes are. A file costs no copy; what must not change between reading and
/// sending is held in a MemoryFile, which does not either.
using PictureSource = std::variant<QByteArrayView, OpenFile>;

/// What is wanted of a picture, all from one look at it. What is not asked for costs nothing.
struct ReadOrder {
    Limits limits;
    Wanted variants;
    bool encodesVariants = false; ///< variants as JPEG (kJpegQuality) instead of as pixels
    int fitSide = 0; ///< the picture whole (no damage is let through), fit into this; 0: unwanted
    bool embeddedThumbnail = false;
    bool metadata = false;
    bool strips = false; ///< a copy without what tells about its owner
    /// A copy with this as its alt text, where the format has a place for one.
    std::optional<QString> altText;
    QStringList languages = QLocale().uiLanguages(); ///< for the alt text, see readMetadata()
    bool isPatient = false; ///< nobody waits for it: on a busy machine all else may go first
};

/// JPEG bytes without metadata; empty where not asked for.
struct EncodedVariants {
    QByteArray preview;
    QByteArray blurred;
    QByteArray highres;
};

/// What a look at a picture told: the fields that were asked for, the others as they are here.
struct Findings {
    ImageInfo info; ///< always there
    Variants variants;
    EncodedVariants encoded; ///< instead of the pixels in variants
    QImage fitted;
    QImage embeddedThumbnail; ///< null, too, if the file has none
    MetadataReport metadata;
    Stripped stripped;
    QByteArray described; ///< the copy with the alt text
};

/// How the whole program looks at pictures: untrusted bytes go in, and values come out.
class PictureReader
{
public:
    virtual ~PictureReader() = default;

    /// Blocks until all of the order is done, or fails as a whole; any thread, several at a time.
    /// Errors: those of probe(), makeVariants(), decodeFitting(), stripMetadata() and
    /// writeAltText() (see pipeline/), whichever the order needs; Storage if the source cannot be
    /// read; and what an implementation adds.
    virtual Result<Findings> read(const PictureSource& source, const ReadOrder& order) const = 0;
};

} // namespace vitrine::imaging
