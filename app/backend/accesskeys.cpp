// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/accesskeys.h"

#include "app/backend/keyrows.h"
#include "app/backend/schema.h"
#include "app/base/paths.h"

#include <QJsonArray>

namespace vitrine::backend {

using namespace Qt::StringLiterals;

AccessKeys::AccessKeys(Connections& connections, const Clock& clock)
    : m_connections(connections), m_clock(clock)
{}

Result<AccessKey> AccessKeys::find(const QString& id) const
{
    return m_connections.read(
        [&](SQLite::Database& database) { return keys::accepted(database, id, m_clock.now()); });
}

Result<QJsonObject> AccessKeys::publicKeySet() const
{
    return m_connections.read([&](SQLite::Database& database) -> Result<QJsonObject> {
        const auto all = keys::allAccepted(database, m_clock.now());
        if (!all)
            return failure(all.error());
        QJsonArray set;
        for (const AccessKey& key : *all)
            set.append(key.publicJwk());
        return QJsonObject{{u"keys"_s, set}};
    });
}

Result<QByteArray> AccessKeys::sign(const QJsonObject& claims) const
{
    const auto key = m_connections.read(keys::signing);
    return key ? key->sign(claims) : failure(key.error());
}

Result<AccessKeys::Exchange> AccessKeys::exchange(std::chrono::seconds overlap)
{
    const auto next = AccessKey::generate();
    if (!next)
        return failure(next.error());
    const QDateTime now = m_clock.now();
    const Exchange done{next->id(), now.addSecs(overlap.count())};
    return m_connections.write([&](SQLite::Database& database) -> Result<Exchange> {
        keys::retire(database, now, done.acceptedUntil);
        keys::add(database, *next);
        return done;
    });
}

Result<AccessKeys::Exchange> exchangeAccessKey(const QString& dataDirectory,
                                               std::chrono::seconds overlap)
{
    if (auto made = makePrivateDirectory(dataDirectory); !made)
        return failure(made.error());
    auto connections = Connections::open(databasePath(dataDirectory), migrations());
    if (!connections)
        return failure(connections.error());
    const SystemClock clock;
    return AccessKeys(**connections, clock).exchange(overlap);
}

} // namespace vitrine::backend
