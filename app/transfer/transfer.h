// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/imaging/metadata.h"
#include "app/protocol/image.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace vitrine::transfer {

enum class Kind { Upload, Edit, Delete, Download };

/// Few states, each of which says what may happen next.
enum class State {
    Waiting,   ///< nothing was done yet: for its turn, its undo time, a retry or the connection
    Preparing, ///< being read, cleaned of metadata, hashed
    Ready,     ///< prepared and spooled; waits to be sent
    Sending,   ///< on its way; after a crash the server is asked what became of it
    Done,      ///< the server confirmed
    Duplicate, ///< these bytes were shared on this account before: imageId says as which image
    Failed,    ///< will not be tried again by itself; error says why
    Cancelled  ///< taken back; the server has nothing of it
};

/// Nothing will happen to it any more unless somebody asks.
inline bool isFinished(State state)
{
    return state >= State::Done;
}

/// What an upload says of its picture.
struct Words {
    QString alt;
    bool isPrivate = false;

    bool operator==(const Words&) const = default;
};

/// One act of a person on its way to the server, or a download on its way here.
struct Transfer {
    QString key;   ///< UUID; an upload's Idempotency-Key
    QString owner; ///< the process that handed it in; empty: this one
    Kind kind = Kind::Upload;
    State state = State::Waiting;

    QString name;          ///< what to call it on the screen
    QString source;        ///< Upload: path of the file. Download: where it goes
    QString imageId;       ///< empty until an upload is done
    QString alt;           ///< Upload: as it is wanted now, like isPrivate
    bool takesAlt = false; ///< Upload: the one that the file carries is wanted; nobody looked yet
    bool isPrivate = false;
    bool keepMetadata = false;  ///< Upload: send the file as it is
    bool again = false;         ///< Upload: also if these bytes were shared before
    bool fit = false;           ///< Upload: a copy that the server takes, where it has to be
    protocol::ImagePatch patch; ///< Edit
    qint64 revision = 0;        ///< Edit: the one that the person saw
    QDateTime heldUntil;        ///< UTC; can be undone until then; null if not at all

    QString spool;     ///< Upload: the prepared bytes
    QString type;      ///< Upload: media type
    QByteArray sha256; ///< Upload: of the prepared bytes, raw
    qint64 bytes = 0;  ///< to move; 0 while unknown
    qint64 moved = 0;

    QList<imaging::MetadataKind> removed; ///< Upload: what was taken out
    bool isCopy = false;                  ///< Upload: what fit made
    /// A try went out, and nothing tells that it did not arrive.
    bool mayHaveArrived = false;
    QList<Words> sentAs; ///< Upload: what the tries said that may have arrived, each once
    /// Upload, where the server knows no keys: images that are called like it and were there before
    /// it was sent.
    QStringList listedBefore;
    /// Asked for when it may have arrived: the server is asked, and what arrived is undone.
    bool isTakenBack = false;
    std::optional<protocol::Image> item; ///< Upload, Edit: what the server made of it, once Done
    /// Upload, Done: what the server gives was fetched and is this picture.
    bool isReadBack = false;

    int attempts = 0;
    QDateTime created;          ///< UTC
    std::optional<Error> error; ///< of the last try
    QDateTime retryAt;          ///< UTC; when the server that gave it said to come back, or null
};

inline Words wordsOf(const Transfer& upload)
{
    return {upload.alt, upload.isPrivate};
}

/// The server told that it has the very bytes that were sent, or a look at what it has did.
inline bool isVerified(const Transfer& transfer)
{
    if (transfer.kind != Kind::Upload || transfer.state != State::Done)
        return false;
    const bool hasBytes =
        transfer.item && !transfer.sha256.isEmpty() && transfer.item->sha256 == transfer.sha256;
    return hasBytes || transfer.isReadBack;
}

/// An edit that takes an image away from others and does nothing else. It overwrites nobody's
/// words, so it goes through whatever the image is by now: private wins.
inline bool onlyHides(const Transfer& transfer)
{
    return transfer.kind == Kind::Edit && transfer.patch.isPrivate == true && !transfer.patch.alt;
}

/// An edit that shows an image to others and does nothing else. What undoes it is known.
inline bool onlyShows(const Transfer& transfer)
{
    return transfer.kind == Kind::Edit && transfer.patch.isPrivate == false && !transfer.patch.alt;
}

/// Of an edit that may have arrived nobody knows any more what was there before.
inline bool isRevocable(const Transfer& transfer)
{
    const bool isSafe = transfer.state != State::Sending && !transfer.mayHaveArrived;
    return !isFinished(transfer.state) && !transfer.isTakenBack &&
           (isSafe || transfer.kind != Kind::Edit || onlyShows(transfer));
}

/// An edit that met another one of the same image: the server took neither side.
inline bool isConflict(const Transfer& transfer)
{
    return transfer.kind == Kind::Edit && transfer.state == State::Failed && transfer.error &&
           transfer.error->kind == ErrorKind::Conflict;
}

} // namespace vitrine::transfer
