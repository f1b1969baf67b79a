// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/filelock.h"
#include "app/storage/databasethread.h"
#include "app/transfer/outboxrows.h"
#include "app/transfer/ownership.h"
#include "app/transfer/transfer.h"

#include <QFile>
#include <QFuture>
#include <QPromise>
#include <QSet>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace vitrine::transfer {

/// What other processes did to the queue since somebody looked last.
struct News {
    bool isWorker = false;     ///< whoever looked is the one that works on the queue
    qint64 upTo = 0;           ///< to look from here next time
    QList<Transfer> transfers; ///< new or changed, in the queue's order
    QStringList forgotten;
    QList<Request> requests;  ///< for the worker to carry out
    bool hasWorker = false;   ///< for certain, be it another process
    bool hasRequests = false; ///< for whichever worker
    QSet<QString> pausedOwners;
};

/// The outbox's rows in SQLite, which all processes of one account share. All hand in; one of them,
/// the worker, prepares, sends and changes rows. It holds a lock that goes with it, however it
/// ends. Any thread; futures finish on the database's.
class OutboxStore
{
public:
    explicit OutboxStore(const QString& directory);
    /// Waits until what was handed in is written, and lets the work go.
    ~OutboxStore();

    /// Whether any process has the outbox of \a directory open. Blocks on the disk.
    static bool isOpen(const QString& directory);

    /// This process among the owners of rows.
    QString self() const { return m_ownership.self(); }
    /// Where prepared bytes are put. A new worker removes what no open transfer needs.
    QString spool() const { return m_directory + QStringLiteral("/spool"); }
    /// A file that is touched after every change; there after the first use of the rows.
    QString bell() const { return m_directory + QStringLiteral("/bell"); }

    /// What is new after the change number \a since. With \a mayWork this process becomes the
    /// worker if there is none. Errors: those of the disk.
    QFuture<Result<News>> catchUp(qint64 since, bool mayWork);
    /// After all that was put before, another process may become the worker.
    QFuture<Result<void>> stopWorking();
    /// The unfinished and failed rows, in the queue's order, for those who only look.
    QFuture<Result<QList<Transfer>>> peek();

    /// The key with which an image of these bytes was shared lately, by whichever process; empty if
    /// none was.
    QFuture<Result<QString>> sharedAs(const QByteArray& sha256);

    /// Rows that are new become this process's own. Once they are written, \a files that nobody
    /// needs any more are removed. What is put while the disk is busy goes into one transaction.
    QFuture<Result<void>> put(const QList<Transfer>& transfers, const QStringList& files = {});
    QFuture<Result<void>> forget(const QStringList& keys);
    QFuture<Result<void>> moveFirst(const QStringList& keys);
    QFuture<Result<void>> ask(const Request& request);
    QFuture<Result<void>> dropRequest(qint64 number);
    /// What this process handed in waits, whoever works.
    QFuture<Result<void>> setPaused(bool isPaused);

private:
    /// Rows that wait for their turn, and those who wait for them.
    struct Batch {
        QList<Transfer> rows;
        std::vector<std::shared_ptr<QPromise<Result<void>>>> promises;
    };

    template <typename Work>
    QFuture<Result<void>> write(Work work);
    void writeLater(const std::shared_ptr<Batch>& batch);
    void close(const Batch& batch);
    Result<void> takeOwnership();
    Result<void> tryToWork(SQLite::Database& database);
    QStringList otherOwners() const;
    void sweep(SQLite::Database& database) const;

    const QString m_directory;
    const QString m_owners; // directory of one lock file an owner
    std::mutex m_mutex;
    std::shared_ptr<Batch> m_open; // under m_mutex; null: nothing waits
    // Touched on the database's thread alone.
    Ownership m_ownership;
    std::optional<FileLock> m_work;
    bool m_isWorkerKnown = false; // to whoever looked last
    QFile m_bell;
    std::unique_ptr<storage::DatabaseThread> m_database;
};

} // namespace vitrine::transfer
