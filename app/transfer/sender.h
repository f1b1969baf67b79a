// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/keylessuploads.h"
#include "app/transfer/transfer.h"

#include <QFuture>
#include <QObject>
#include <QSet>

#include <functional>

namespace vitrine::transfer {

/// Which image of this account has these bytes already; an empty id if none.
using DuplicateLookup = std::function<QFuture<Result<QString>>(const QByteArray& sha256)>;

/// What a sender has to know of everything else that is on its way.
struct Surroundings {
    DuplicateLookup shared;
    /// The key with which these bytes were sent lately, so that no listing may show them yet; empty
    /// if they were not.
    std::function<QFuture<Result<QString>>(const QByteArray& sha256)> sent;
    /// Whether that image is about to be deleted.
    std::function<bool(const QString& id)> isDoomed;
    /// The images that other transfers than the one with this key became.
    std::function<QSet<QString>(const QString& key)> imagesOfOthers;
};

/// What became of a transfer that went out.
struct Sent {
    protocol::Image image;    ///< the server's item; of a delete and a duplicate the id alone
    bool isDuplicate = false; ///< these bytes were shared before: nothing was sent
    bool isUndone = false;    ///< taken back: the server has nothing of it
};

/// Takes one transfer to the server. Lives on the client's thread.
class Sender final : public QObject
{
    Q_OBJECT

public:
    /// How a try is followed.
    struct Watch {
        api::Progress progress;
        /// Called when an upload is about to leave, with the images that a server without keys
        /// listed before. It leaves when the future has finished well.
        std::function<QFuture<Result<void>>(const QStringList& listedBefore)> leave;
    };

    /// \a client must outlive it.
    Sender(api::ApiClient& client, Surroundings surroundings, QObject* parent = nullptr);

    /// Of what may have arrived the server is asked first what it knows; of what is taken back it
    /// is asked only. Errors: those of the client and of Watch::leave, as they are.
    QFuture<Result<Sent>> send(const Transfer& transfer, const Watch& watch);

private:
    QFuture<Result<Sent>> takeBack(const Transfer& transfer);
    QFuture<Result<Sent>> takeBackUpload(const Transfer& upload);
    QFuture<Result<Sent>> takeBackDelete(const QString& id);
    QFuture<Result<Sent>> upload(const Transfer& transfer, const Watch& watch);
    QFuture<Result<Sent>> uploadKeyless(const Transfer& transfer, const Watch& watch);
    QFuture<Result<Sent>> leave(const Transfer& transfer, const Watch& watch,
                                const QStringList& listedBefore);
    QFuture<Result<protocol::Image>> named(const Transfer& transfer, const protocol::Image& image,
                                           const QStringList& listedBefore);
    QFuture<Result<Sent>> uploadUnlessThere(const Transfer& transfer, const Watch& watch);
    QFuture<Result<Sent>> uploadUnlessKnown(const Transfer& transfer, const Watch& watch);
    QFuture<Result<Sent>> uploadUnlessSent(const Transfer& transfer, const Watch& watch);
    QFuture<Result<Sent>> edit(const Transfer& transfer);
    QFuture<Result<Sent>> remove(const Transfer& transfer);
    QFuture<Result<bool>> isThere(const QString& id);
    KeylessUploads::Sought soughtOf(const Transfer& upload) const;

    api::ApiClient& m_client;
    KeylessUploads m_keyless;
    const Surroundings m_surroundings;
};

} // namespace vitrine::transfer
