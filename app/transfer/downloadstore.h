// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/databasethread.h"
#include "app/transfer/downloadjob.h"
#include "app/transfer/ownership.h"

#include <QFuture>
#include <QList>

#include <memory>

namespace vitrine::transfer {

/// The downloads that are not through, in SQLite, so that another run goes on with them. Each row
/// has an owner, the process that works on it. Any thread; futures finish on the database's.
class DownloadStore
{
public:
    /// \a directory is the account's; what is needed in it is made with the first row.
    explicit DownloadStore(const QString& directory);
    ~DownloadStore();

    /// Keeps \a jobs, all or none. Where a process that has ended left the same image, or a zip of
    /// the same images, on its way to the same directory, what came of that one is taken over:
    /// gives the jobs as they are kept.
    QFuture<Result<QList<DownloadJob>>> put(const QList<DownloadJob>& jobs);
    /// All that processes that have ended left behind, oldest first; they are ours from now on.
    QFuture<Result<QList<DownloadJob>>> adopt();
    QFuture<Result<void>> learn(const QString& key, const BodySource& source);
    /// \a item is the one of that \a number in the zip, counted from 0.
    QFuture<Result<void>> learnOf(const QString& key, qsizetype number, const ZipItem& item);
    QFuture<Result<void>> remove(const QString& key);

private:
    Ownership m_ownership; // touched on the database's thread alone, until that has ended
    std::unique_ptr<storage::DatabaseThread> m_database;
};

} // namespace vitrine::transfer
