// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/downloadjob.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>

namespace vitrine::transfer {

/// Brings the bytes of one image into its part file: tried again while there is hope, gone on with
/// where it broke off, under a fresh address when the old one is over. Destroyed before it is
/// through it stops, and what has arrived stays. GUI thread.
class Fetch final : public QObject
{
    Q_OBJECT

public:
    using Saved = api::ApiClient::Saved;

    /// \a client and \a retries must outlive it. \a part is the path of the part file.
    Fetch(api::ApiClient& client, const api::RetryPolicy& retries, const protocol::Image& image,
          Copy copy, const QString& part, const BodySource& source, QObject* parent);
    ~Fetch() override;

    /// Once. Errors: of ApiClient::save(), after the last try.
    QFuture<Result<Saved>> start();

Q_SIGNALS:
    /// The server has counted a download.
    void counted();
    /// From now on the part file is a beginning of this.
    void learnt(const vitrine::transfer::BodySource& source);
    void moved(qint64 bytes, qint64 total);
    /// It broke off, and will be tried again.
    void postponed(const vitrine::Error& error);

private:
    void attempt();
    void takeAddress(const Result<QUrl>& address, bool isCounted);
    void save(const QUrl& url);
    void begin(const QByteArray& etag, qint64 total);
    void follow(qint64 bytes, qint64 total);
    void conclude(const Result<Saved>& saved);
    bool renews(const Error& error);
    bool startsOver(const Error& error);
    void postpone(const Error& error);
    void finish(const Result<Saved>& outcome);

    api::ApiClient& m_client;
    const api::RetryPolicy& m_retries;
    const protocol::Image m_image;
    const Copy m_copy;
    const QString m_part;
    BodySource m_source;
    QFuture<Result<Saved>> m_saving;
    QPromise<Result<Saved>> m_promise;
    QTimer m_wake;
    qint64 m_furthest = 0;
    int m_tries = 0;           // since it came further than ever before
    bool m_hasRenewed = false; // since then
    bool m_hasStartedOver = false;
};

} // namespace vitrine::transfer
