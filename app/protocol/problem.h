// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace vitrine::protocol {

/// An error answer: application/problem+json (RFC 9457). On the wire the sentence stands twice, as
/// "detail" and as "error", because clients of the original platform read the latter.
struct Problem {
    int status = 500;
    QString title;  ///< the status's standard phrase
    QString detail; ///< one sentence for the person
};

QJsonObject toJson(const Problem& problem);

/// The sentence of any error answer in JSON, or empty if it has none.
QString problemSentence(const QJsonObject& object);

} // namespace vitrine::protocol
