// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/persontokens.h"

#include "app/backend/accesskeys.h"
#include "app/backend/identity.h"
#include "app/backend/schema.h"
#include "app/base/clock.h"
#include "app/base/paths.h"

#include <QJsonArray>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

QJsonObject claimsOf(const Identity& identity, const QString& email, const QDateTime& from,
                     std::chrono::seconds life)
{
    const qint64 now = from.toSecsSinceEpoch();
    return {{u"iss"_s, identity.issuer},
            {u"aud"_s, QJsonArray{identity.audience}},
            {u"email"_s, email},
            {u"iat"_s, now},
            {u"nbf"_s, now},
            {u"exp"_s, now + qint64(life.count())}};
}

} // namespace

Result<access::Secret> issuePersonToken(const QString& dataDirectory, const QString& email,
                                        std::chrono::seconds life)
{
    if (!email.contains(u'@') || life.count() <= 0)
        return failure(ErrorKind::InvalidInput, u"a person has an e-mail address"_s);
    if (auto made = makePrivateDirectory(dataDirectory); !made)
        return failure(made.error());
    auto connections = Connections::open(databasePath(dataDirectory), migrations());
    if (!connections)
        return failure(connections.error());
    const auto identity = loadIdentity(**connections);
    if (!identity)
        return failure(identity.error());
    const SystemClock clock;
    const auto token =
        AccessKeys(**connections, clock).sign(claimsOf(*identity, email, clock.now(), life));
    if (!token)
        return failure(token.error());
    return access::Secret(*token);
}

} // namespace vitrine::backend
