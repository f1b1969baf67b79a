// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/responsehead.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace vitrine::backend::http {
namespace {

/// Now, as RFC 9110 has it: "Sun, 06 Nov 1994 08:49:37 GMT". By hand, because every answer has
/// one and a locale takes longer over it than all the rest of a small answer takes.
QByteArray httpDate()
{
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT", days[utc.tm_wday],
                  utc.tm_mday, months[utc.tm_mon], 1900 + utc.tm_year, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return text.data();
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
    if (!response.headers.contains("Cross-Origin-Resource-Policy"))
        append(head, "Cross-Origin-Resource-Policy", "same-origin");
    // 204 has none, and that of 304 would be the representation's.
    if (response.status != 204 && response.status != 304)
        append(head, "Content-Length", QByteArray::number(response.contentLength()));
    if (isLast)
        append(head, "Connection", "close");
    return head + "\r\n";
}

} // namespace vitrine::backend::http
