// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/servicetokens.h"

#include "app/backend/schema.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

namespace vitrine::backend {
namespace {

/// Runs \a work in a transaction on the rows of \a dataDirectory, beside a server if one runs.
template <typename Work>
auto withRows(const QString& dataDirectory, Work work)
    -> std::invoke_result_t<Work, SQLite::Database&>
{
    if (auto made = makePrivateDirectory(dataDirectory); !made)
        return failure(made.error());
    auto database = storage::Database::open(databasePath(dataDirectory), migrations());
    if (!database)
        return failure(database.error());
    return database->transaction(std::move(work));
}

} // namespace

Result<access::ServiceToken> issueServiceToken(const QString& dataDirectory, const QString& name,
                                               TokenLife life)
{
    return withRows(dataDirectory, [&](SQLite::Database& database) -> Result<access::ServiceToken> {
        return tokens::issue(database, name, life);
    });
}

Result<void> limitToThisRun(const QString& dataDirectory, const QString& clientId)
{
    return withRows(dataDirectory, [&](SQLite::Database& database) -> Result<void> {
        tokens::limitToThisRun(database, clientId);
        return {};
    });
}

Result<QList<ServiceTokenInfo>> listServiceTokens(const QString& dataDirectory)
{
    return withRows(dataDirectory,
                    [](SQLite::Database& database) -> Result<QList<ServiceTokenInfo>> {
                        return tokens::list(database);
                    });
}

Result<void> revokeServiceToken(const QString& dataDirectory, const QString& clientId)
{
    return withRows(dataDirectory, [&](SQLite::Database& database) -> Result<void> {
        if (!tokens::revoke(database, clientId))
            return failure(ErrorKind::NotFound, clientId);
        return {};
    });
}

} // namespace vitrine::backend
