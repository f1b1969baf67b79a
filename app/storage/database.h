// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <span>

namespace vitrine::storage {

/// One step of a schema: SQL that takes user_version from its index to its index + 1.
using Migration = const char*;

/// One SQLite connection: WAL, synchronous=FULL, foreign keys on, 5 s busy time-out.
/// Belongs to one thread; another thread gets its own, or goes through DatabaseThread.
class Database
{
public:
    /// Opens or creates the file (0600) and migrates it, one transaction a step.
    /// Errors: Storage (also for a schema newer than this program), DiskFull, PermissionDenied.
    static Result<Database> open(const QString& path, std::span<const Migration> migrations);

    /// Opens a file that is there already, with the same schema, to read it; another process may
    /// write it meanwhile.
    /// Errors: NotFound, InvalidInput (it has another version's schema), Storage, PermissionDenied.
    static Result<Database> openToRead(const QString& path, std::span<const Migration> migrations);

    /// SQLiteCpp's connection. Its calls throw SQLite::Exception; guarded() turns that into an
    /// Error.
    SQLite::Database& connection() { return *m_connection; }

    /// Runs \a work (a callable taking SQLite::Database&, returning a Result) in one transaction:
    /// committed if it returns a value, rolled back if it returns an error or throws.
    template <typename Work>
    auto transaction(Work&& work) -> std::invoke_result_t<Work, SQLite::Database&>
    {
        return guarded([&]() -> std::invoke_result_t<Work, SQLite::Database&> {
            SQLite::Transaction transaction(*m_connection, SQLite::TransactionBehavior::IMMEDIATE);
            auto result = work(*m_connection);
            if (result)
                transaction.commit();
            return result;
        });
    }

    /// False also after an error that took the whole transaction back.
    bool isInTransaction() const;

    /// Runs \a work and returns what it returns; an SQLite exception becomes an Error.
    template <typename Work>
    static auto guarded(Work&& work) -> std::invoke_result_t<Work>
    {
        try {
            return work();
        } catch (const SQLite::Exception& exception) {
            return failure(errorFrom(exception));
        }
    }

private:
    explicit Database(std::unique_ptr<SQLite::Database> connection)
        : m_connection(std::move(connection))
    {}
    static Error errorFrom(const SQLite::Exception& exception);

    std::unique_ptr<SQLite::Database> m_connection;
};

} // namespace vitrine::storage
