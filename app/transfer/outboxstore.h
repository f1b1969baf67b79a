// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/filelock.h"
#include "app/storage/databasethread.h"
#include "app/transfer/transfer.h"

#include <QFuture>

#include <memory>
#include <optional>

namespace vitrine::transfer {

/// The outbox's rows in SQLite. Each row has an owner, the process that works on it; a process
/// adopts what processes that have ended left behind. Any thread; futures finish on the database's.
class OutboxStore
{
public:
    explicit OutboxStore(const QString& directory);
    ~OutboxStore();

    /// The unfinished and failed rows that nobody else works on, oldest first; they are ours from
    /// now on. Finished ones of earlier runs are removed.
    QFuture<Result<QList<Transfer>>> adopt();
    /// The unfinished and failed rows of all processes, oldest first; they stay whose they are.
    QFuture<Result<QList<Transfer>>> peek();
    QFuture<Result<void>> put(const QList<Transfer>& transfers);
    QFuture<Result<void>> remove(const QStringList& keys);

private:
    Result<void> takeOwnership();
    bool isOrphan(const QString& owner) const;
    QList<Transfer> takeOver(SQLite::Database& database, const QString& owner) const;

    const QString m_owners; // directory of one lock file an owner
    const QString m_self;
    std::optional<FileLock> m_lock; // touched on the database's thread alone
    std::unique_ptr<storage::DatabaseThread> m_database;
};

} // namespace vitrine::transfer
