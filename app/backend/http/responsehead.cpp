// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/responsehead.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <utility>

namespace vitrine::backend::http {
namespace {

constexpr qsizetype kUsualSize = 512;

/// As RFC 9110 has it: "Sun, 06 Nov 1994 08:49:37 GMT". By hand, because every answer has one and a
/// locale takes longer over it than all the rest of a small answer takes.
QByteArray httpDate(std::time_t time)
{
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT", days[utc.tm_wday],
                  utc.tm_mday, months[utc.tm_mon], 1900 + utc.tm_year, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return text.data();
}

/// Written anew once a second.
const QByteArray& dateNow()
{
    thread_local std::time_t written = 0;
    thread_local QByteArray text;
    const std::time_t now = std::time(nullptr);
    if (std::exchange(written, now) != now)
        text = httpDate(now);
    return text;
}

void append(QByteArray& head, QByteArrayView name, QByteArrayView value)
{
    head.append(name).append(": ").append(value).append("\r\n");
}

/// No value of ours has line breaks; one that slipped in must not become a header of its own.
bool isOneLine(QByteArrayView value)
{
    return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n'; });
}

/// The decimal digits of a number, without memory of their own.
class Digits
{
public:
    explicit Digits(qint64 number)
        : m_end(std::to_chars(m_text.data(), m_text.data() + m_text.size(), number).ptr)
    {}
    QByteArrayView view() const { return {m_text.data(), m_end - m_text.data()}; }

private:
    std::array<char, 20> m_text;
    const char* m_end;
};

} // namespace

QByteArray responseHead(const Response& response, bool isLast)
{
    QByteArray head;
    head.reserve(kUsualSize);
    head.append("HTTP/1.1 ").append(Digits(response.status).view()).append(' ');
    head.append(reasonPhrase(response.status)).append("\r\n");
    append(head, "Date", dateNow());
    for (const auto& [name, value] : response.headers.fields()) {
        if (isOneLine(value))
            append(head, name, value);
    }
    append(head, "X-Content-Type-Options", "nosniff");
    if (!response.headers.contains("Cross-Origin-Resource-Policy"))
        append(head, "Cross-Origin-Resource-Policy", "same-origin");
    // 204 has none, and that of 304 would be the representation's.
    if (response.status != 204 && response.status != 304)
        append(head, "Content-Length", Digits(response.contentLength()).view());
    if (isLast)
        append(head, "Connection", "close");
    return head.append("\r\n");
}

} // namespace vitrine::backend::http
