// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/headrules.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;

using Table = std::array<bool, 256>; // by byte: every one of every head is looked up

/// Control characters but the tab.
constexpr Table kIsControl = [] {
    Table table{};
    std::fill(table.begin(), table.begin() + 0x20, true);
    table['\t'] = false;
    table[0x7f] = true;
    return table;
}();

/// What may stand in a target.
constexpr Table kIsPlain = [] {
    Table table{};
    std::fill(table.begin() + 0x21, table.begin() + 0x7f, true);
    table['#'] = false;
    return table;
}();

/// Method and version around it are words that the parser knows, or none of a request.
std::optional<Refusal> checkTarget(QByteArrayView requestLine)
{
    const qsizetype start = requestLine.indexOf(' ') + 1;
    const qsizetype length = requestLine.lastIndexOf(' ') - start;
    if (start <= 0 || length <= 0)
        return Refusal{400, u"The request line is malformed."_s};
    const QByteArrayView target = requestLine.sliced(start, length);
    if (target.size() > kMaxTargetBytes)
        return Refusal{414, u"The address is too long."_s};
    const bool isPlain =
        std::all_of(target.begin(), target.end(), [](char c) { return kIsPlain[uchar(c)]; });
    if (target.front() != '/' || !isPlain)
        return Refusal{400, u"The address is malformed."_s};
    return std::nullopt;
}

std::optional<Refusal> checkLine(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return Refusal{400, u"A header field is folded."_s};
    if (std::any_of(line.begin(), line.end(), [](char c) { return kIsControl[uchar(c)]; }))
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
    const qsizetype lengths = headers.count("Content-Length");
    const qsizetype codings = headers.count("Transfer-Encoding");
    if (lengths + codings > 1)
        return Refusal{400, u"The length of the request is ambiguous."_s};
    if (lengths > 0 && !isLength(headers.value("Content-Length")))
        return Refusal{400, u"The Content-Length is malformed."_s};
    if (codings == 0)
        return std::nullopt;
    if (head.isHttp10)
        return Refusal{400, u"HTTP/1.0 knows no Transfer-Encoding."_s};
    if (headers.value("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) != 0)
        return Refusal{501, u"The Transfer-Encoding is not supported."_s};
    return std::nullopt;
}

/// Clients leave it out. Which of the two is usual is not known here: who ends TLS may stand before
/// this server.
bool isUsualPort(QByteArrayView port)
{
    return port == "80" || port == "443";
}

std::optional<Refusal> checkHost(const Headers& headers, const QList<QByteArray>& own)
{
    if (headers.count("Host") != 1)
        return Refusal{400, u"A request needs exactly one Host."_s};
    if (!own.contains(headers.value("Host").toLower()))
        return Refusal{421, u"This server is reached by its own address only."_s};
    return std::nullopt;
}

} // namespace

std::optional<Refusal> checkRawHead(QByteArrayView raw)
{
    const std::string_view text(raw.data(), size_t(raw.size()));
    bool isFirst = true;
    qsizetype fields = 0;
    for (qsizetype start = 0; start < raw.size();) {
        const size_t end = std::min(text.find("\r\n", start), text.size());
        const QByteArrayView line = raw.sliced(start, qsizetype(end) - start);
        if (!line.isEmpty()) {
            if (auto refusal = isFirst ? checkTarget(line) : checkLine(line))
                return refusal;
            fields += isFirst ? 0 : 1;
            isFirst = false;
        }
        start = qsizetype(end) + 2;
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
        const qsizetype colon = name.lastIndexOf(':');
        const bool hasPort = colon > name.lastIndexOf(']');
        if (hasPort || port == defaultPort)
            hosts.append(name.toLower());
        if (!hasPort)
            hosts.append(name.toLower() + ':' + QByteArray::number(port));
        else if (isUsualPort(name.sliced(colon + 1)))
            hosts.append(name.first(colon).toLower());
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
