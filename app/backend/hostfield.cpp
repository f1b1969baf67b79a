// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/hostfield.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxNameBytes = 253; // RFC 1035, without the last dot

bool isBareIpv6(const QString& name)
{
    return QHostAddress(name).protocol() == QAbstractSocket::IPv6Protocol;
}

bool isNameOrAddress(QByteArrayView host)
{
    const bool isLiteral = host.startsWith('[');
    return !host.isEmpty() && host.size() <= kMaxNameBytes &&
           std::all_of(host.cbegin(), host.cend(), [&](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                      c == '_' || (isLiteral && (c == ':' || c == '[' || c == ']'));
           });
}

/// Nothing but a host and perhaps a port.
bool isBare(const QUrl& url, const QString& name)
{
    return url.isValid() && url.userInfo().isEmpty() && !url.authority().contains(u'@') &&
           url.path().isEmpty() && !url.hasQuery() && !url.hasFragment() && url.port() != 0 &&
           !name.endsWith(u':');
}

} // namespace

Result<QByteArray> hostField(const QString& name)
{
    const QString authority = isBareIpv6(name) ? u'[' + name + u']' : name;
    const QUrl url(u"http://"_s + authority, QUrl::StrictMode);
    const QByteArray field = url.authority(QUrl::FullyEncoded).toLatin1().toLower();
    const qsizetype end = url.port() < 0 ? field.size() : field.lastIndexOf(':');
    if (!isBare(url, name) || !isNameOrAddress(QByteArrayView(field).first(end)))
        return failure(ErrorKind::InvalidInput, u"\"%1\" is no host's name"_s.arg(name));
    return field;
}

} // namespace vitrine::backend
