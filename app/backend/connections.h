// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/groupcommit.h"

#include <memory>
#include <mutex>
#include <vector>

namespace vitrine::backend {

/// The database as many threads use it at once: one connection writes, each reader has its own.
class Connections
{
public:
    static Result<std::unique_ptr<Connections>>
    open(const QString& path, std::span<const storage::Migration> migrations);

    /// Runs \a work (a callable taking SQLite::Database&, returning a Result) as a transaction of
    /// its own: its changes stay if it returns a value. It runs on any thread. Blocks until what
    /// it did is durable.
    template <typename Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, SQLite::Database&>
    {
        std::optional<std::invoke_result_t<Work, SQLite::Database&>> result;
        const auto committed = m_writer.run([&](SQLite::Database& database) {
            result.emplace(work(database));
            return result->has_value();
        });
        if (!committed)
            return failure(committed.error());
        return *std::move(result);
    }

    /// Runs \a work on a connection that nobody else uses meanwhile.
    template <typename Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, SQLite::Database&>
    {
        auto reader = borrow();
        if (!reader)
            return failure(reader.error());
        auto result = storage::Database::guarded([&] { return work((*reader)->connection()); });
        giveBack(*std::move(reader));
        return result;
    }

private:
    using Reader = std::unique_ptr<storage::Database>;

    Connections(QString path, std::span<const storage::Migration> migrations,
                storage::Database writer);
    Result<Reader> borrow();
    void giveBack(Reader reader);

    const QString m_path;
    const std::span<const storage::Migration> m_migrations;
    GroupCommit m_writer;
    std::mutex m_lending;
    std::vector<Reader> m_readers; // under m_lending; at most one for every thread that ever read
};

} // namespace vitrine::backend
