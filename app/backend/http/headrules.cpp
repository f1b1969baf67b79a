// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/headrules.h"

#include <algorithm>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;

bool isControl(char c)
{
    return (uchar(c) < 0x20 && c != '\t') || c == 0x7f;
}

std::optional<Refusal> checkTarget(QByteArrayView requestLine)
{
    const qsizetype start = requestLine.indexOf(' ') + 1;
    const qsizetype length = requestLine.lastIndexOf(' ') - start;
    if (start <= 0 || length <= 0)
        return Refusal{400, u"The request line is malformed."_s};
    const QByteArrayView target = requestLine.sliced(start, length);
    if (target.size() > kMaxTargetBytes)
        return Refusal{414, u"The address is too long."_s};
    const bool isPlain = std::all_of(target.begin(), target.end(),
                                     [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (target.front() != '/' || !isPlain)
        return Refusal{400, u"The address is malformed."_s};
    return std::nullopt;
}

std::optional<Refusal> checkLine(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return Refusal{400, u"A header field is folded."_s};
    if (std::any_of(line.begin(), line.end(), isControl))
        return Refusal{400, u"A header field has unprintable characters."_s};
    return std::nullopt;
}

bool isLength(QByteArrayView value)
{
    constexpr qsizetype maxDigits = 15; // far beyond any disk, far below an overflow
    return !value.isEmpty() && value.size() <= maxDigits &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Refusal> checkFraming(const RequestHead& head)
{
    const Headers& headers = head.headers;
    const auto lengths = headers.values("Content-Length");
    const auto codings = headers.values("Transfer-Encoding");
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.isEmpty() && !codings.isEmpty()))
        return Refusal{400, u"The length of the request is ambiguous."_s};
    if (!lengths.isEmpty() && !isLength(lengths.first()))
        return Refusal{400, u"The Content-Length is malformed."_s};
    if (codings.isEmpty())
        return std::nullopt;
    if (head.isHttp10)
        return Refusal{400, u"HTTP/1.0 knows no Transfer-Encoding."_s};
    if (codings.first().compare("chunked", Qt::CaseInsensitive) != 0)
        return Refusal{501, u"The Transfer-Encoding is not supported."_s};
    return std::nullopt;
}

std::optional<Refusal> checkHost(const Headers& headers, const QList<QByteArray>& own)
{
    const auto hosts = headers.values("Host");
    if (hosts.size() != 1)
        return Refusal{400, u"A request needs exactly one Host."_s};
    if (!own.contains(hosts.first().toLower()))
        return Refusal{421, u"This server is reached by its own address only."_s};
    return std::nullopt;
}

} // namespace

std::optional<Refusal> checkRawHead(QByteArrayView raw)
{
    bool isFirst = true;
    qsizetype fields = 0;
    for (qsizetype start = 0; start < raw.size();) {
        qsizetype end = raw.indexOf("\r\n", start);
        end = end < 0 ? raw.size() : end;
        const QByteArrayView line = raw.sliced(start, end - start);
        if (!line.isEmpty()) {
            if (auto refusal = checkLine(line))
                return refusal;
            if (auto refusal = isFirst ? checkTarget(line) : std::nullopt)
                return refusal;
            fields += isFirst ? 0 : 1;
            isFirst = false;
        }
        start = end + 2;
    }
    if (fields > kMaxFields)
        return Refusal{431, u"The request has too many header fields."_s};
    return std::nullopt;
}

std::optional<Refusal> checkFields(const RequestHead& head, const QList<QByteArray>& hosts)
{
    if (auto refusal = checkFraming(head))
        return refusal;
    if (auto refusal = checkHost(head.headers, hosts))
        return refusal;
    const auto expectations = head.headers.values("Expect");
    const bool isKnown =
        std::all_of(expectations.begin(), expectations.end(), [](const QByteArray& e) {
            return e.compare("100-continue", Qt::CaseInsensitive) == 0;
        });
    if (!isKnown || expectations.size() > 1)
        return Refusal{417, u"The expectation cannot be met."_s};
    return std::nullopt;
}

QList<QByteArray> ownHosts(const Place& place, quint16 port)
{
    const quint16 defaultPort = place.tls ? 443 : 80;
    const QByteArray address = place.address.toLatin1();
    const QByteArray literal = address.contains(':') ? QByteArray('[' + address + ']') : address;
    QList<QByteArray> hosts;
    for (const QByteArray& name :
         place.names + QList<QByteArray>{literal, "localhost", "127.0.0.1", "[::1]"}) {
        const bool hasPort = name.lastIndexOf(':') > name.lastIndexOf(']');
        if (hasPort || port == defaultPort)
            hosts.append(name.toLower());
        if (!hasPort)
            hosts.append(name.toLower() + ':' + QByteArray::number(port));
    }
    return hosts;
}

std::optional<qint64> announcedLength(const Headers& headers)
{
    if (headers.contains("Transfer-Encoding"))
        return std::nullopt;
    return headers.value("Content-Length").toLongLong();
}

} // namespace vitrine::backend::http
