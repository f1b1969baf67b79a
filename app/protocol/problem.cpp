// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/problem.h"

namespace vitrine::protocol {

using namespace Qt::StringLiterals;

QJsonObject toJson(const Problem& problem)
{
    return {{u"type"_s, u"about:blank"_s},
            {u"title"_s, problem.title},
            {u"status"_s, problem.status},
            {u"detail"_s, problem.detail},
            {u"error"_s, problem.detail}};
}

QString problemSentence(const QJsonObject& object)
{
    const QString detail = object["detail"_L1].toString();
    return detail.isEmpty() ? object["error"_L1].toString() : detail;
}

} // namespace vitrine::protocol
