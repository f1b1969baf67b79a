// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/downloadjob.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

namespace vitrine::transfer {

class DownloadStore;

/// What a download is done with. All must outlive it.
struct DownloadTools {
    api::ApiClient& client;
    const api::RetryPolicy& retries;
    const imaging::PictureReader& pictures;
    DownloadStore& store;
    QThreadPool& disk; ///< one thread
};

/// One download at work. Destroyed before it is through it stops, and what has arrived stays.
/// GUI thread.
class DownloadTask : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Once. Gives the path of the file, which is whole then.
    /// By then the store has forgotten the job.
    virtual QFuture<Result<QString>> run() = 0;

Q_SIGNALS:
    /// The server has counted a download of this image.
    void counted(const QString& imageId);
    /// The total is 0 while it is unknown.
    void moved(qint64 bytes, qint64 total);
    /// It broke off, and will be tried again by itself.
    void postponed(const vitrine::Error& error);
    /// What is needed to go on with it.
    void learnt(const vitrine::transfer::DownloadJob& job);
};

} // namespace vitrine::transfer
