// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/headervalue.h"

#include <optional>

namespace vitrine::backend::http {
namespace {

/// Takes a quoted string off the front of \a rest, which starts behind the opening quote.
std::optional<QByteArray> takeQuoted(QByteArrayView& rest)
{
    QByteArray text;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        const char next = i + 1 < rest.size() ? rest[i + 1] : '\0';
        if (c == '"') {
            rest = rest.sliced(i + 1);
            return text;
        }
        if (c == '\\' && (next == '"' || next == '\\'))
            ++i;
        text += rest[i];
    }
    return std::nullopt;
}

QByteArray takeUntil(QByteArrayView& rest, char end)
{
    const qsizetype at = rest.indexOf(end);
    const QByteArrayView token = at < 0 ? rest : rest.first(at);
    rest = at < 0 ? QByteArrayView() : rest.sliced(at + 1);
    return token.trimmed().toByteArray();
}

bool takeParameter(QByteArrayView& rest, HeaderValue& header)
{
    const qsizetype equals = rest.indexOf('=');
    if (equals < 0)
        return rest.trimmed().isEmpty();
    const QByteArray name = rest.first(equals).trimmed().toByteArray().toLower();
    rest = rest.sliced(equals + 1).trimmed();
    std::optional<QByteArray> value;
    if (rest.startsWith('"')) {
        rest = rest.sliced(1);
        value = takeQuoted(rest);
        if (!takeUntil(rest, ';').isEmpty())
            return false;
    } else {
        value = takeUntil(rest, ';');
    }
    if (!value || header.parameters.contains(name))
        return false;
    header.parameters.insert(name, *value);
    return true;
}

} // namespace

HeaderValue parseHeaderValue(const QByteArray& field)
{
    HeaderValue header;
    QByteArrayView rest = field;
    header.value = takeUntil(rest, ';').toLower();
    while (header.isSound && !rest.isEmpty()) {
        const bool isLast = !rest.contains('=');
        header.isSound = takeParameter(rest, header);
        if (isLast)
            break;
    }
    return header;
}

} // namespace vitrine::backend::http
