// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

namespace vitrine::backend::http {

/// A field like `form-data; name="a"; filename="b"`.
struct HeaderValue {
    QByteArray value;                         ///< lower case
    QHash<QByteArray, QByteArray> parameters; ///< names in lower case, values without quotes
    bool isSound = true;                      ///< false: a parameter twice, an open quote
};

/// In quotes only `\"` and `\\` are escapes; browsers write other backslashes bare.
HeaderValue parseHeaderValue(const QByteArray& field);

} // namespace vitrine::backend::http
