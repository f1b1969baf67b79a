// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/serverplan.h"

#include "app/backend/hostfield.h"
#include "app/backend/http/httpserver.h"

#include <QHostAddress>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

tl::unexpected<Error> unusable(const QString& what)
{
    return failure(ErrorKind::InvalidInput, what);
}

bool isEvery(const QHostAddress& address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) ||
           address == QHostAddress(QHostAddress::AnyIPv6);
}

/// Where to listen. Beyond this machine passwords and pictures would go over the wire in the clear,
/// unless there is TLS or somebody says that this is wanted.
Result<QHostAddress> listenAddress(const ServerOptions& options)
{
    const QHostAddress address = options.host == "localhost"_L1
                                     ? QHostAddress(QHostAddress::LocalHost)
                                     : QHostAddress(options.host);
    if (address.isNull())
        return unusable(u"\"%1\" is no numeric address"_s.arg(options.host));
    if (!address.isLoopback() && !options.tls && !options.isInsecure)
        return unusable(u"beyond this machine a certificate and its key are needed (--tls-cert, "
                        "--tls-key), or --insecure"_s);
    if (isEvery(address) && options.names.isEmpty())
        return unusable(
            u"a server on every address needs a name that clients call it by (--host)"_s);
    return address;
}

Result<QList<QByteArray>> hostFields(const QStringList& names)
{
    QList<QByteArray> fields;
    for (const QString& name : names) {
        const auto field = hostField(name);
        if (!field)
            return failure(field.error());
        fields.append(*field);
    }
    return fields;
}

Result<Origins> originsFrom(const QStringList& texts)
{
    QList<QByteArray> origins;
    for (const QString& text : texts) {
        origins.append(Origins::normalised(text));
        if (origins.last().isEmpty())
            return unusable(u"\"%1\" is no origin such as https://example.org"_s.arg(text));
    }
    return Origins(origins);
}

QString loopbackOf(const QHostAddress& address, bool hasTls)
{
    if (hasTls)
        return {};
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return QHostAddress(QHostAddress::LocalHost).toString();
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        return QHostAddress(QHostAddress::LocalHostIPv6).toString();
    return address.isLoopback() ? address.toString() : QString();
}

} // namespace

Result<ServerPlan> planFor(const ServerOptions& options)
{
    if (options.maxBytes <= 0)
        return unusable(u"no upload is that small"_s);
    const auto address = listenAddress(options);
    if (!address)
        return failure(address.error());
    const auto names = hostFields(options.names);
    if (!names)
        return failure(names.error());
    const auto origins = originsFrom(options.origins);
    if (!origins)
        return failure(origins.error());
    const http::Place place{address->toString(), options.port, *names, options.tls};
    if (auto checked = http::HttpServer::check(place); !checked)
        return failure(checked.error());
    return ServerPlan{place, *origins, loopbackOf(*address, options.tls.has_value())};
}

// A name without a port goes with the one that is listened on.
QUrl serverUrl(const http::Place& place, quint16 port)
{
    const QString scheme = place.tls ? u"https"_s : u"http"_s;
    QUrl url(scheme + u"://"_s + QString::fromLatin1(place.names.value(0)), QUrl::StrictMode);
    url.setPort(url.port(port));
    if (place.names.isEmpty())
        url.setHost(place.address);
    else if (url.port() == (place.tls ? 443 : 80))
        url.setPort(-1);
    return url;
}

} // namespace vitrine::backend
