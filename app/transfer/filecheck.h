// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/imaging/imageinfo.h"
#include "app/imaging/metadata.h"
#include "app/transfer/knownimages.h"

#include <QStringList>

#include <optional>

namespace vitrine::transfer {

/// What a server takes.
struct ServerRules {
    imaging::Limits limits;
    QStringList types;          ///< media types; empty: whatever can be read
    qint64 animationPixels = 0; ///< width × height × frames of an animation; 0: any
    bool knowsKeys = true;      ///< it knows an upload again by its Idempotency-Key

    bool takes(const QString& type) const { return types.isEmpty() || types.contains(type); }
    bool operator==(const ServerRules&) const = default;
};

/// What is read at all, to make a copy that a server takes. Beyond it nothing is offered.
inline constexpr imaging::Limits kReadable{.bytes = 200'000'000};

/// What a person chose for one file.
struct Choices {
    bool keepMetadata = false; ///< send the file as it is
    bool fit = false;          ///< where the server would not take it, send a copy that it takes
    bool again = false;        ///< also if it was shared before
};

/// What a look at a file told.
struct FileFacts {
    qint64 bytes = 0;           ///< of the file
    std::optional<Error> error; ///< it cannot be read, or is no picture; the rest is unknown then
    bool isDamaged = false;
    imaging::Format format = imaging::Format::Jpeg;
    QSize size; ///< pixels as shown
    int frames = 1;
    QList<imaging::MetadataKind> metadata;
    qint64 sentBytes = 0; ///< of what would be sent; 0 if the metadata cannot be taken out
    QByteArray sha256;    ///< of what would be sent, raw; empty as above
    std::optional<quint64> likeness; ///< perceptual hash
};

/// What makes a file that a server would not take one that it takes.
enum class Remedy {
    None,
    ScaleDown, ///< a smaller JPEG
    Convert,   ///< a JPEG
    ShareAgain ///< it is there already: share it once more all the same
};

/// The check before a byte moves: what is wrong with a file, and what is offered. To skip it is
/// always possible.
struct FileReport {
    std::optional<Error> problem; ///< why it cannot be sent as it is
    Remedy remedy = Remedy::None;
    std::optional<Twin> same;  ///< an image of the account that has these bytes
    std::optional<Twin> alike; ///< one that looks the same, as far as a perceptual hash can tell

    /// Whether it goes out, with what the person chose.
    bool isSendable(const Choices& choices) const;
};

/// Holds the facts against the rules and against what is shared already. Pure; any thread.
FileReport check(const FileFacts& facts, const ServerRules& rules, const KnownImages& known);

} // namespace vitrine::transfer
