// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/servicetokens.h"

#include "app/backend/schema.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

namespace vitrine::backend {
namespace {

Result<storage::Database> openTokens(const QString& dataDirectory)
{
    return makePrivateDirectory(dataDirectory).and_then([&] {
        return storage::Database::open(databasePath(dataDirectory), migrations());
    });
}

} // namespace

Result<access::ServiceToken> issueServiceToken(const QString& dataDirectory, const QString& name,
                                               TokenLife life)
{
    return openTokens(dataDirectory).and_then([&](storage::Database database) {
        return database.transaction(
            [&](SQLite::Database& connection) -> Result<access::ServiceToken> {
                return tokens::issue(connection, name, life);
            });
    });
}

Result<void> limitToThisRun(const QString& dataDirectory, const QString& clientId)
{
    return openTokens(dataDirectory).and_then([&](storage::Database database) {
        return database.transaction([&](SQLite::Database& connection) -> Result<void> {
            tokens::limitToThisRun(connection, clientId);
            return {};
        });
    });
}

} // namespace vitrine::backend
