// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/keylessuploads.h"
#include "app/transfer/transfer.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace vitrine::transfer {

/// Which image of this account has these bytes already; an empty id if none.
using DuplicateLookup = std::function<QFuture<Result<QString>>(const QByteArray& sha256)>;

/// The key with which these bytes were sent lately, so that no listing may show them yet; empty if
/// they were not.
using SentLookup = std::function<QFuture<Result<QString>>(const QByteArray& sha256)>;

/// What became of a transfer that went out.
struct Sent {
    protocol::Image image;    ///< the server's item; of a delete and a duplicate the id alone
    bool isDuplicate = false; ///< these bytes were shared before: nothing was sent
};

/// Takes one transfer to the server. Lives on the client's thread.
class Sender final : public QObject
{
    Q_OBJECT

public:
    /// \a client must outlive it.
    Sender(api::ApiClient& client, DuplicateLookup lookup, SentLookup sentLookup,
           QObject* parent = nullptr);

    /// Of an upload that may have arrived the server is asked first what it knows. Errors: those of
    /// the client, as they are.
    QFuture<Result<Sent>> send(const Transfer& transfer, api::Progress progress);

private:
    QFuture<Result<Sent>> upload(const Transfer& transfer, const api::Progress& progress);
    QFuture<Result<Sent>> uploadUnlessThere(const Transfer& transfer,
                                            const api::Progress& progress);
    QFuture<Result<Sent>> uploadUnlessKnown(const Transfer& transfer,
                                            const api::Progress& progress);
    QFuture<Result<Sent>> uploadUnlessSent(const Transfer& transfer, const api::Progress& progress);
    QFuture<Result<Sent>> edit(const Transfer& transfer);
    QFuture<Result<Sent>> remove(const Transfer& transfer);

    api::ApiClient& m_client;
    KeylessUploads m_keyless;
    const DuplicateLookup m_lookup;
    const SentLookup m_sentLookup;
};

} // namespace vitrine::transfer
