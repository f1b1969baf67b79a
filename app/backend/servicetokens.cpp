// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/servicetokens.h"

#include "app/backend/schema.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

namespace vitrine::backend {

Result<access::ServiceToken> issueServiceToken(const QString& dataDirectory, const QString& name,
                                               TokenLife life)
{
    if (auto made = makePrivateDirectory(dataDirectory); !made)
        return failure(made.error());
    auto database = storage::Database::open(databasePath(dataDirectory), migrations());
    if (!database)
        return failure(database.error());
    return database->transaction([&](SQLite::Database& connection) -> Result<access::ServiceToken> {
        return tokens::issue(connection, name, life);
    });
}

} // namespace vitrine::backend
