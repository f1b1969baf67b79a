// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/server.h"

#include "app/backend/backendapplication.h"
#include "app/backend/datalock.h"
#include "app/backend/faultyapplication.h"
#include "app/backend/http/httpserver.h"
#include "app/backend/schema.h"
#include "app/backend/serverplan.h"
#include "app/backend/tokenrows.h"
#include "app/base/paths.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

const http::Place kSideDoor{QStringLiteral("127.0.0.1"), 0, {}, std::nullopt};

Result<std::unique_ptr<AccessLog>> openLog(const QString& path)
{
    if (path.isEmpty())
        return std::unique_ptr<AccessLog>();
    return AccessLog::open(path);
}

imaging::Limits limitsFor(const ServerOptions& options)
{
    imaging::Limits limits;
    limits.bytes = options.maxBytes;
    return limits;
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
            const ServerOptions& theOptions, ServerPlan thePlan,
            const imaging::PictureReader& thePictures)
        : options(theOptions)
        , plan(std::move(thePlan))
        , limits(limitsFor(options))
        , ingest(thePictures, limits, pixels)
        , lock(std::move(claim))
        , connections(std::move(theConnections))
        , identity(std::move(theIdentity))
        , keys(*connections, *options.clock)
        , verifier([this](const QString& id) { return keys.find(id); }, identity.issuer,
                   identity.audience, *options.clock)
        , delivery(identity.account, identity.urlKey, *options.clock)
        , gate(*connections, verifier)
        , attempts(*options.clock)
    {}

    Result<void> serve();
    Result<void> listen();
    Result<void> makeApplication();
    QUrl localUrl() const;

    const ServerOptions options;
    const ServerPlan plan;
    const imaging::Limits limits;
    PixelBudget pixels{imaging::Limits().pixels};
    const Ingest ingest;
    DataLock lock;
    const std::unique_ptr<Connections> connections;
    const Identity identity;
    const AccessKeys keys;
    const JwtVerifier verifier;
    const Delivery delivery;
    const Gate gate;
    Attempts attempts;
    Metrics metrics;
    std::unique_ptr<AccessLog> log;
    QUrl url;
    VariantCache cache;
    std::unique_ptr<ImageStore> store;
    std::unique_ptr<VariantMaker> maker;
    std::unique_ptr<http::Application> application;
    std::unique_ptr<http::Application> faulty; ///< over the other one; null without faults
    std::unique_ptr<http::HttpServer> http;
    /// For the processes of this machine, where the other one speaks TLS or listens elsewhere: they
    /// know no name that a certificate is for. It is the same application behind the same gate, on
    /// loopback alone, where nobody listens in who could not read the data anyway. Null if they use
    /// the other one, too.
    std::unique_ptr<http::HttpServer> sideDoor;
};

Result<void> Server::Private::serve()
{
    auto opened = ImageStore::open(options.dataDirectory, *connections, *options.clock,
                                   [this](const QString& id) { cache.forget(delivery.paths(id)); });
    if (!opened)
        return failure(opened.error());
    store = *std::move(opened);
    if (auto listening = listen(); !listening)
        return listening;
    if (auto made = makeApplication(); !made)
        return made;
    http::Application& served = faulty ? *faulty : *application;
    http->serve(served);
    if (sideDoor)
        sideDoor->serve(served);
    return lock.publish(localUrl());
}

Result<void> Server::Private::listen()
{
    auto listening = http::HttpServer::listen(plan.place);
    if (!listening)
        return failure(listening.error());
    http = *std::move(listening);
    url = serverUrl(plan.place, http->port());
    if (!plan.loopback.isEmpty())
        return {};
    return http::HttpServer::listen(kSideDoor).map(
        [this](std::unique_ptr<http::HttpServer> door) { sideDoor = std::move(door); });
}

/// Where processes of this machine find it.
QUrl Server::Private::localUrl() const
{
    const http::Place place{plan.loopback, 0, {}, std::nullopt};
    return sideDoor ? serverUrl(kSideDoor, sideDoor->port()) : serverUrl(place, http->port());
}

Result<void> Server::Private::makeApplication()
{
    auto opened = openLog(options.accessLog);
    if (!opened)
        return failure(opened.error());
    log = *std::move(opened);
    maker = std::make_unique<VariantMaker>(*store, ingest, VariantMaker::Courtesy{});
    application = std::make_unique<BackendApplication>(
        Services{*store, delivery, gate, identity, keys, cache, ingest, *maker, attempts, pixels,
                 metrics, limits, options.defersVariants},
        plan.origins, log.get());
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
    auto plan = planFor(options); // before anything is made
    if (!plan)
        return failure(plan.error());
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
                                       *std::move(identity), options, *std::move(plan), pictures);
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
