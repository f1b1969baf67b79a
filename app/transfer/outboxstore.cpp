// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outboxstore.h"

#include "app/base/paths.h"
#include "app/transfer/pasted.h"

#include <QDir>
#include <QUuid>

#include <sys/stat.h>

namespace vitrine::transfer {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What was pasted into another window may wait there for its words.
constexpr auto kStagedAtMost = 24h;

QString ownersOf(const QString& directory)
{
    return directory + u"/owners"_s;
}

} // namespace

bool OutboxStore::isOpen(const QString& directory)
{
    return Ownership::isAnyoneThere(ownersOf(directory));
}

OutboxStore::OutboxStore(const QString& directory)
    : m_directory(directory)
    , m_owners(ownersOf(directory))
    , m_ownership(m_owners)
    , m_bell(bell())
    , m_database(std::make_unique<storage::DatabaseThread>(directory + u"/outbox.db"_s,
                                                           rows::migrations()))
{}

// What was handed in is written first: the rows are ours until the lock file is gone.
OutboxStore::~OutboxStore()
{
    m_database.reset();
}

Result<void> OutboxStore::takeOwnership()
{
    if (auto taken = m_ownership.take(); !taken)
        return taken;
    if (!m_bell.isOpen() && !m_bell.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failure(ErrorKind::PermissionDenied, m_bell.fileName());
    return {};
}

/// Forgets those that are dead. In a transaction: an owner locks its file in one, too.
QStringList OutboxStore::otherOwners() const
{
    QStringList owners = QDir(m_owners).entryList(QDir::Files);
    owners.removeIf(
        [this](const QString& owner) { return owner == self() || m_ownership.isOrphan(owner); });
    return owners;
}

Result<void> OutboxStore::tryToWork(SQLite::Database& database)
{
    auto lock = FileLock::tryLock(m_directory + u"/worker"_s);
    if (!lock)
        return lock.error().kind == ErrorKind::Busy ? Result<void>() : failure(lock.error());
    m_work.emplace(*std::move(lock));
    sweep(database);
    return {};
}

void OutboxStore::sweep(SQLite::Database& database) const
{
    QSet<QString> needed;
    QSet<QString> sources;
    for (const Transfer& transfer : rows::open(database)) {
        needed.insert(transfer.spool);
        sources.insert(transfer.source);
    }
    sweepPasted(m_directory, sources, QDateTime::currentDateTimeUtc() - kStagedAtMost);
    const QDir directory(spool());
    for (const QString& name : directory.entryList(QDir::Files | QDir::Hidden)) {
        const QString file = directory.filePath(name);
        if (!needed.contains(file))
            QFile::remove(file);
    }
}

QFuture<Result<News>> OutboxStore::catchUp(qint64 since, bool mayWork)
{
    const auto look = [this, since, mayWork](SQLite::Database& database) -> Result<News> {
        if (auto owned = takeOwnership(); !owned)
            return failure(owned.error());
        const bool wasWorker = m_work.has_value();
        if (mayWork && !wasWorker) {
            if (auto tried = tryToWork(database); !tried)
                return failure(tried.error());
        }
        News news{.isWorker = m_work.has_value(), .upTo = rows::latestChange(database)};
        news.hasWorker = news.isWorker || mayWork; // else it would be this one now
        news.hasRequests = !rows::requests(database).isEmpty();
        if (news.upTo > since) {
            news.transfers = rows::changed(database, since, self());
            news.forgotten = rows::forgotten(database, since, self());
        }
        if (news.isWorker)
            news.requests = rows::requests(database);
        // Now that it is known here, nobody is left to be told of it.
        if (news.isWorker && !wasWorker && otherOwners().isEmpty())
            rows::dropFinished(database, self());
        for (const QString& owner : rows::pausedOwners(database)) {
            if (m_ownership.isOrphan(owner))
                rows::setPaused(database, owner, false);
            else
                news.pausedOwners.insert(owner);
        }
        return news;
    };
    // Whoever could not learn that it is the worker does not keep others from it.
    return m_database->run(look).then([this](const Result<News>& news) {
        if (!news && !m_isWorkerKnown)
            m_work.reset();
        m_isWorkerKnown = m_work.has_value();
        return news;
    });
}

QFuture<Result<void>> OutboxStore::stopWorking()
{
    const auto nothing = [](SQLite::Database&) { return Result<void>(); };
    return m_database->run(nothing).then([this](const Result<void>& outcome) {
        m_work.reset(); // whatever the disk says
        m_isWorkerKnown = false;
        return outcome;
    });
}

QFuture<Result<QList<Transfer>>> OutboxStore::peek()
{
    return m_database->run(
        [](SQLite::Database& database) -> Result<QList<Transfer>> { return rows::open(database); });
}

QFuture<Result<QString>> OutboxStore::sharedAs(const QByteArray& sha256)
{
    return m_database->run([sha256](SQLite::Database& database) -> Result<QString> {
        return rows::sharedAs(database, sha256);
    });
}

/// The others are woken when it can be read.
template <typename Work>
QFuture<Result<void>> OutboxStore::write(Work work)
{
    return m_database
        ->run([this, work](SQLite::Database& database) -> Result<void> {
            if (auto owned = takeOwnership(); !owned)
                return owned;
            work(database);
            return {};
        })
        .then([this](const Result<void>& written) {
            ::futimens(m_bell.handle(), nullptr); // from whatever thread this is called
            return written;
        });
}

QFuture<Result<void>> OutboxStore::put(const QList<Transfer>& transfers, const QStringList& files)
{
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    std::unique_lock lock(m_mutex);
    const bool isFirst = !m_open;
    if (isFirst)
        m_open = std::make_shared<Batch>();
    const auto batch = m_open;
    batch->rows += transfers;
    batch->promises.push_back(promise);
    lock.unlock();
    if (isFirst)
        writeLater(batch);
    return promise->future().then([files](const Result<void>& outcome) {
        for (const QString& file : files) {
            if (outcome)
                QFile::remove(file);
        }
        return outcome;
    });
}

// Each commit waits for the disk, and of several uploads at once each has two.
void OutboxStore::writeLater(const std::shared_ptr<Batch>& batch)
{
    write([this, batch](SQLite::Database& database) {
        close(*batch);
        rows::put(database, batch->rows, self());
    }).then([this, batch](const Result<void>& written) {
        close(*batch); // it may not have come to that
        for (const auto& promise : batch->promises) {
            promise->addResult(written);
            promise->finish();
        }
    });
}

/// What is put from now on goes into another one.
void OutboxStore::close(const Batch& batch)
{
    const std::scoped_lock lock(m_mutex);
    if (m_open.get() == &batch)
        m_open.reset();
}

QFuture<Result<void>> OutboxStore::forget(const QStringList& keys)
{
    return write(
        [this, keys](SQLite::Database& database) { rows::forget(database, keys, self()); });
}

QFuture<Result<void>> OutboxStore::moveFirst(const QStringList& keys)
{
    return write(
        [this, keys](SQLite::Database& database) { rows::moveFirst(database, keys, self()); });
}

QFuture<Result<void>> OutboxStore::ask(const Request& request)
{
    return write([request](SQLite::Database& database) { rows::addRequest(database, request); });
}

QFuture<Result<void>> OutboxStore::dropRequest(qint64 number)
{
    return write([number](SQLite::Database& database) { rows::dropRequest(database, number); });
}

QFuture<Result<void>> OutboxStore::setPaused(bool isPaused)
{
    return write([this, isPaused](SQLite::Database& database) {
        rows::setPaused(database, self(), isPaused);
    });
}

} // namespace vitrine::transfer
