// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/responsehead.h"

#include <QDateTime>
#include <QLocale>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;

QByteArray httpDate()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return QLocale::c().toString(now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

void append(QByteArray& head, const QByteArray& name, const QByteArray& value)
{
    // No value of ours has line breaks; one that slipped in must not become a header of its own.
    if (!value.contains('\r') && !value.contains('\n'))
        head += name + ": " + value + "\r\n";
}

} // namespace

QByteArray responseHead(const Response& response, bool isLast)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' +
                      reasonPhrase(response.status) + "\r\n";
    append(head, "Date", httpDate());
    for (const auto& [name, value] : response.headers.fields())
        append(head, name, value);
    append(head, "X-Content-Type-Options", "nosniff");
    if (response.status != 304) // whose length would be that of the representation
        append(head, "Content-Length", QByteArray::number(response.contentLength()));
    if (isLast)
        append(head, "Connection", "close");
    return head + "\r\n";
}

} // namespace vitrine::backend::http
