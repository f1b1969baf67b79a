// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/localaccount.h"

#include "app/base/log.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QPromise>
#include <QTimer>
#include <QtConcurrentRun>

namespace vitrine::session {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Another process that has just taken the lock needs a moment until it listens.
constexpr auto kRetryAfter = 50ms;
constexpr auto kPatience = 10s;

using SharedServer = std::shared_ptr<backend::Server>;

struct Place {
    QUrl url;
    SharedServer server; // null: another process's
};

Result<Place> findOrStartNow(const QString& dataDirectory, const imaging::PictureReader* pictures)
{
    backend::ServerOptions options;
    options.dataDirectory = dataDirectory;
    options.defersVariants = true; // who shares has looked at the pictures already, on these cores
    auto started = backend::Server::start(options, *pictures);
    if (started) {
        const QUrl url = (*started)->url();
        return Place{url, SharedServer(std::move(*started))};
    }
    if (started.error().kind != ErrorKind::Busy)
        return failure(started.error());
    const auto running = backend::Server::findRunning(dataDirectory);
    if (!running) // it is on its way up, or has just gone
        return failure(ErrorKind::Busy, running.error().detail);
    return Place{*running, nullptr};
}

} // namespace

LocalAccount::LocalAccount(const QString& dataDirectory, access::TokenStore& tokens,
                           const imaging::PictureReader& pictures, QObject* parent)
    : Connector(parent), m_dataDirectory(dataDirectory), m_tokens(tokens), m_pictures(pictures)
{
    m_pool.setMaxThreadCount(1);
}

LocalAccount::~LocalAccount()
{
    m_pool.waitForDone();
}

// Named after the data, because two data directories on one desktop are two backends.
QString LocalAccount::entry() const
{
    return u"local (%1)"_s.arg(m_dataDirectory);
}

QFuture<Result<WayIn>> LocalAccount::open()
{
    return whenDone(this, findOrStart(), [this](const Result<QUrl>& url) {
        return url ? getTokenFor(*url) : readyFuture(Result<WayIn>(failure(url.error())));
    });
}

QFuture<Result<WayIn>> LocalAccount::getTokenFor(const QUrl& url)
{
    using access::Credential;
    return whenDone(this, m_tokens.read(entry()), [this, url](const Result<Credential>& kept) {
        if (!kept)
            return issue(url, backend::TokenLife::ThisRun);
        if (std::holds_alternative<std::monostate>(*kept))
            return issue(url, backend::TokenLife::Kept);
        return readyFuture(Result<WayIn>(WayIn{url, *kept, true}));
    });
}

QFuture<Result<WayIn>> LocalAccount::openAfresh()
{
    return whenDone(this, m_tokens.remove(entry()), [this](const Result<void>&) { return open(); });
}

QFuture<Result<QUrl>> LocalAccount::findOrStart()
{
    auto promise = std::make_shared<QPromise<Result<QUrl>>>();
    promise->start();
    if (m_server) {
        promise->addResult(m_server->url());
        promise->finish();
    } else {
        tryToFindOrStart(promise, QDeadlineTimer(kPatience));
    }
    return promise->future();
}

void LocalAccount::tryToFindOrStart(std::shared_ptr<QPromise<Result<QUrl>>> promise,
                                    QDeadlineTimer deadline)
{
    const auto looked = QtConcurrent::run(&m_pool, findOrStartNow, m_dataDirectory, &m_pictures);
    whenDone(this, looked, [this, promise, deadline](const Result<Place>& found) {
        if (!found && found.error().kind == ErrorKind::Busy && !deadline.hasExpired()) {
            QTimer::singleShot(kRetryAfter, this,
                               [this, promise, deadline] { tryToFindOrStart(promise, deadline); });
            return;
        }
        if (found && found->server)
            m_server = found->server;
        promise->addResult(found.map([](const Place& place) { return place.url; }));
        promise->finish();
    });
}

QFuture<Result<WayIn>> LocalAccount::issue(const QUrl& url, backend::TokenLife life)
{
    const auto issued = QtConcurrent::run(&m_pool, [directory = m_dataDirectory, life] {
        return backend::issueServiceToken(directory, u"local"_s, life);
    });
    return whenDone(this, issued, [this, url, life](const Result<access::ServiceToken>& token) {
        if (!token)
            return readyFuture(Result<WayIn>(failure(token.error())));
        const WayIn wayIn{url, *token, life == backend::TokenLife::Kept};
        return wayIn.isKept ? keep(wayIn) : readyFuture(Result<WayIn>(wayIn));
    });
}

QFuture<Result<WayIn>> LocalAccount::keep(const WayIn& wayIn)
{
    const auto written = m_tokens.write(entry(), wayIn.credential);
    return whenDone(this, written, [this, wayIn](const Result<void>& result) {
        if (result)
            return readyFuture(Result<WayIn>(wayIn));
        qCWarning(logAccess) << "the keyring did not take the sign-in";
        return useForThisRun(wayIn);
    });
}

// Nobody knows the token after this run, so the backend must not take it then either.
QFuture<Result<WayIn>> LocalAccount::useForThisRun(WayIn wayIn)
{
    wayIn.isKept = false;
    const QString clientId = std::get<access::ServiceToken>(wayIn.credential).clientId;
    return QtConcurrent::run(&m_pool, [directory = m_dataDirectory, clientId, wayIn] {
        return backend::limitToThisRun(directory, clientId).map([&] { return wayIn; });
    });
}

} // namespace vitrine::session
