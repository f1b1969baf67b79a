// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"

#include "app/backend/backendapplication.h"
#include "app/backend/datalock.h"
#include "app/backend/http/httpserver.h"
#include "app/backend/schema.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

#include <QHostAddress>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

/// "localhost" and numeric loopback addresses; null for all others: this server has no TLS and
/// takes whoever reaches it.
QHostAddress loopbackAddress(const QString& host)
{
    const QHostAddress address =
        host == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    return address.isLoopback() ? address : QHostAddress();
}

QUrl serverUrl(const QHostAddress& address, quint16 port)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(address.toString());
    url.setPort(port);
    return url;
}

Result<void> endLastRun(Connections& connections)
{
    return connections.write([](SQLite::Database& database) -> Result<void> {
        tokens::endRun(database);
        return {};
    });
}

} // namespace

/// In the order of need: what is last uses what comes before and goes first.
class Server::Private
{
public:
    Private(DataLock claim, std::unique_ptr<Connections> theConnections, Identity theIdentity,
            const ServerOptions& theOptions, const imaging::PictureReader& thePictures)
        : options(theOptions)
        , pictures(thePictures)
        , lock(std::move(claim))
        , connections(std::move(theConnections))
        , identity(std::move(theIdentity))
        , verifier(identity.accessKey, identity.issuer, identity.audience, *options.clock)
        , gate(*connections, verifier)
    {}

    Result<void> serve(const QHostAddress& address);

    const ServerOptions options;
    const imaging::PictureReader& pictures;
    DataLock lock;
    const std::unique_ptr<Connections> connections;
    const Identity identity;
    const JwtVerifier verifier;
    const Gate gate;
    QUrl url;
    VariantCache cache;
    std::unique_ptr<ImageStore> store;
    std::unique_ptr<Delivery> delivery;
    std::unique_ptr<BackendApplication> application;
    std::unique_ptr<http::HttpServer> http;
};

Result<void> Server::Private::serve(const QHostAddress& address)
{
    auto opened = ImageStore::open(options.dataDirectory, *connections, *options.clock,
                                   [this](const QString& id) { cache.forget(id); });
    if (!opened)
        return failure(opened.error());
    store = *std::move(opened);
    auto listening = http::HttpServer::listen(address.toString(), options.port);
    if (!listening)
        return failure(listening.error());
    http = *std::move(listening);
    url = serverUrl(address, http->port());
    delivery = std::make_unique<Delivery>(url, identity.account, identity.urlKey, *options.clock);
    imaging::Limits limits;
    limits.bytes = options.maxBytes;
    application = std::make_unique<BackendApplication>(
        Services{*store, *delivery, gate, identity, cache, pictures, limits});
    http->serve(*application);
    return lock.publish(url);
}

Server::Server(std::unique_ptr<Private> privateData) : d(std::move(privateData))
{}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                              const imaging::PictureReader& pictures)
{
    const QHostAddress address = loopbackAddress(options.host);
    if (address.isNull() || options.maxBytes <= 0)
        return failure(ErrorKind::InvalidInput, u"only loopback addresses are served"_s);
    if (auto made = makePrivateDirectory(options.dataDirectory); !made)
        return failure(made.error());
    auto lock = DataLock::acquire(options.dataDirectory);
    if (!lock)
        return failure(lock.error());
    auto connections = Connections::open(databasePath(options.dataDirectory), migrations());
    if (!connections)
        return failure(connections.error());
    if (auto ended = endLastRun(**connections); !ended)
        return failure(ended.error());
    auto identity = loadIdentity(**connections);
    if (!identity)
        return failure(identity.error());
    auto d = std::make_unique<Private>(*std::move(lock), *std::move(connections),
                                       *std::move(identity), options, pictures);
    if (auto served = d->serve(address); !served)
        return failure(served.error());
    return std::unique_ptr<Server>(new Server(std::move(d)));
}

QUrl Server::url() const
{
    return d->url;
}

QString Server::audience() const
{
    return d->identity.audience;
}

QString Server::issuer() const
{
    return d->identity.issuer;
}

Result<QUrl> Server::findRunning(const QString& dataDirectory)
{
    return DataLock::published(dataDirectory);
}

} // namespace vitrine::backend
