// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"
#include "app/transfer/transfer.h"

#include <span>

namespace vitrine::transfer {

/// What one process asks of the one that works on the queue: to do something to a transfer.
struct Request {
    enum class Act { Cancel, Amend, Retry, SendFirst, Overrule };

    QString key;
    Act act = Act::Cancel;
    protocol::ImagePatch patch;            ///< Amend
    std::chrono::milliseconds undoTime{0}; ///< Amend
    qint64 revision = 0;                   ///< Overrule
    qint64 number = 0;                     ///< given by the database
};

/// How transfers, and what processes ask of each other, stand in the outbox's database. For the
/// database's thread; what fails throws SQLite::Exception.
///
/// Every change gets a number of its own, the highest of which stands in the table "counter", and
/// the name of the process that made it: so each process reads what is new to it and no more.
namespace rows {

std::span<const storage::Migration> migrations();

/// The number of the latest change.
qint64 latestChange(SQLite::Database& database);

/// Adds or changes them, in this order, in the name of \a writer; those that are new belong to it.
void put(SQLite::Database& database, const QList<Transfer>& transfers, const QString& writer);
/// Nobody wants to see them any more. They are kept until whoever waits for them can know that.
void forget(SQLite::Database& database, const QStringList& keys, const QString& writer);
/// Puts them before all others, in this order.
void moveFirst(SQLite::Database& database, const QStringList& keys, const QString& writer);

/// What others than \a reader changed after the change number \a since, in the queue's order.
QList<Transfer> changed(SQLite::Database& database, qint64 since, const QString& reader);
/// The keys of what others than \a reader forgot after that.
QStringList forgotten(SQLite::Database& database, qint64 since, const QString& reader);
/// All that is not through, or failed, in the queue's order.
QList<Transfer> open(SQLite::Database& database);
/// The key with which an image of these bytes was shared; empty if that is not known here.
QString sharedAs(SQLite::Database& database, const QByteArray& sha256);
/// Drops what is finished or forgotten, and was not handed in by \a survivor.
void dropFinished(SQLite::Database& database, const QString& survivor);

void addRequest(SQLite::Database& database, const Request& request);
QList<Request> requests(SQLite::Database& database);
void dropRequest(SQLite::Database& database, qint64 number);

/// Whose acts wait until they say otherwise.
QStringList pausedOwners(SQLite::Database& database);
void setPaused(SQLite::Database& database, const QString& owner, bool isPaused);

} // namespace rows
} // namespace vitrine::transfer
