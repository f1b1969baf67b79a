// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"

#include "app/backend/backendapplication.h"
#include "app/backend/datalock.h"
#include "app/backend/faultyapplication.h"
#include "app/backend/http/httpserver.h"
#include "app/backend/schema.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

#include <QHostAddress>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

/// Where to listen. Beyond this machine passwords and pictures would go over the wire in the clear,
/// unless there is TLS or somebody says that this is wanted.
Result<QHostAddress> listenAddress(const ServerOptions& options)
{
    const QHostAddress address = options.host == "localhost"_L1
                                     ? QHostAddress(QHostAddress::LocalHost)
                                     : QHostAddress(options.host);
    if (address.isNull())
        return failure(ErrorKind::InvalidInput,
                       u"\"%1\" is no numeric address"_s.arg(options.host));
    if (!address.isLoopback() && !options.tls && !options.isInsecure)
        return failure(ErrorKind::InvalidInput,
                       u"beyond this machine a certificate and its key are needed (--tls-cert, "
                       "--tls-key), or --insecure"_s);
    const bool isEvery = address == QHostAddress(QHostAddress::AnyIPv4) ||
                         address == QHostAddress(QHostAddress::AnyIPv6);
    if (isEvery && options.names.isEmpty())
        return failure(
            ErrorKind::InvalidInput,
            u"a server on every address needs a name that clients call it by (--host)"_s);
    return address;
}

/// What its addresses begin with. A name without a port goes with the one that is listened on.
QUrl serverUrl(const ServerOptions& options, const QHostAddress& address, quint16 port)
{
    const QString scheme = options.tls ? u"https"_s : u"http"_s;
    QUrl url(scheme + u"://"_s + options.names.value(0), QUrl::StrictMode);
    url.setPort(url.port(port));
    if (options.names.isEmpty())
        url.setHost(address.toString());
    else if (url.port() == (options.tls ? 443 : 80))
        url.setPort(-1);
    return url;
}

Result<QList<QByteArray>> hostNames(const ServerOptions& options)
{
    QList<QByteArray> names;
    for (const QString& name : options.names) {
        const QUrl url(u"http://"_s + name, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() || url.authority() != name.toLower())
            return failure(ErrorKind::InvalidInput, u"\"%1\" is no host's name"_s.arg(name));
        names.append(name.toLatin1());
    }
    return names;
}

Result<Origins> originsFrom(const QStringList& texts)
{
    QList<QByteArray> origins;
    for (const QString& text : texts) {
        origins.append(Origins::normalised(text));
        if (origins.last().isEmpty())
            return failure(ErrorKind::InvalidInput,
                           u"\"%1\" is no origin such as https://example.org"_s.arg(text));
    }
    return Origins(origins);
}

Result<std::unique_ptr<AccessLog>> openLog(const QString& path)
{
    if (path.isEmpty())
        return std::unique_ptr<AccessLog>();
    return AccessLog::open(path);
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
        , keys(*connections, *options.clock)
        , verifier([this](const QString& id) { return keys.find(id); }, identity.issuer,
                   identity.audience, *options.clock)
        , gate(*connections, verifier)
        , attempts(*options.clock)
    {}

    Result<void> serve();
    Result<void> listen();
    Result<void> makeApplication();

    const ServerOptions options;
    const imaging::PictureReader& pictures;
    DataLock lock;
    const std::unique_ptr<Connections> connections;
    const Identity identity;
    const AccessKeys keys;
    const JwtVerifier verifier;
    const Gate gate;
    Attempts attempts;
    PixelBudget pixels{imaging::Limits().pixels};
    Metrics metrics;
    std::unique_ptr<AccessLog> log;
    QUrl url;
    VariantCache cache;
    std::unique_ptr<ImageStore> store;
    std::unique_ptr<Delivery> delivery;
    std::unique_ptr<http::Application> application;
    std::unique_ptr<http::Application> faulty; ///< over the other one; null without faults
    std::unique_ptr<http::HttpServer> http;
};

Result<void> Server::Private::serve()
{
    auto opened = ImageStore::open(options.dataDirectory, *connections, *options.clock,
                                   [this](const QString& id) { cache.forget(id); });
    if (!opened)
        return failure(opened.error());
    store = *std::move(opened);
    if (auto listening = listen(); !listening)
        return listening;
    if (auto made = makeApplication(); !made)
        return made;
    http->serve(faulty ? *faulty : *application);
    return lock.publish(url);
}

Result<void> Server::Private::listen()
{
    const auto address = listenAddress(options);
    if (!address)
        return failure(address.error());
    const auto names = hostNames(options);
    if (!names)
        return failure(names.error());
    auto listening =
        http::HttpServer::listen({address->toString(), options.port, *names, options.tls});
    if (!listening)
        return failure(listening.error());
    http = *std::move(listening);
    url = serverUrl(options, *address, http->port());
    return {};
}

Result<void> Server::Private::makeApplication()
{
    auto origins = originsFrom(options.origins);
    if (!origins)
        return failure(origins.error());
    auto opened = openLog(options.accessLog);
    if (!opened)
        return failure(opened.error());
    log = *std::move(opened);
    delivery = std::make_unique<Delivery>(url, identity.account, identity.urlKey, *options.clock);
    imaging::Limits limits;
    limits.bytes = options.maxBytes;
    application = std::make_unique<BackendApplication>(Services{*store, *delivery, gate, identity,
                                                                keys, cache, pictures, attempts,
                                                                pixels, metrics, limits},
                                                       *std::move(origins), log.get());
    if (!options.faults.isEmpty())
        faulty = std::make_unique<FaultyApplication>(
            *application, options.faults, options.faultSeed,
            identity.issuer.toLatin1() + "/cdn-cgi/access/login");
    return {};
}

Server::Server(std::unique_ptr<Private> privateData) : d(std::move(privateData))
{}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                              const imaging::PictureReader& pictures)
{
    if (const auto address = listenAddress(options); !address) // before anything is made
        return failure(address.error());
    if (options.maxBytes <= 0)
        return failure(ErrorKind::InvalidInput, u"no upload is that small"_s);
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
    if (auto served = d->serve(); !served)
        return failure(served.error());
    return std::unique_ptr<Server>(new Server(std::move(d)));
}

QUrl Server::url() const
{
    return d->url;
}

quint16 Server::port() const
{
    return d->http->port();
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
