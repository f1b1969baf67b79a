// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/batch.h"

#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <algorithm>

namespace vitrine::test {

using namespace Qt::StringLiterals;

Result<void> shareBatch(session::Session& session, const QString& directory, int count)
{
    QList<transfer::UploadOrder> orders;
    for (int i = 0; i < count; ++i)
        orders.append(
            {.source = writeTo(directory, u"%1.jpg"_s.arg(i), jpeg(picture({40, 30}, i)))});
    return await(session.outbox().share(orders)).map([](const QStringList&) {});
}

int countIn(session::Session& session, transfer::State state)
{
    const auto& all = session.outbox().transfers();
    return int(std::count_if(all.begin(), all.end(),
                             [state](const auto& each) { return each.state == state; }));
}

} // namespace vitrine::test
