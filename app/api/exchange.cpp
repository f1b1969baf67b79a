// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/exchange.h"

#include "app/api/filesink.h"
#include "app/api/portal.h"
#include "app/api/statusmapping.h"
#include "app/api/throttledbody.h"
#include "app/base/log.h"
#include "app/base/whendone.h"

#include <QNetworkAccessManager>

#include <algorithm>
#include <utility>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxRedirects = 5;
// What Qt may read ahead of us: enough for full speed, and little enough for many at once.
constexpr qint64 kReadAhead = 1024 * 1024;
// Of an answer that is no success only a sentence matters.
constexpr qint64 kMaxRefusal = 64 * 1024;

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool maybePortals(Cause cause)
{
    return cause == Cause::UntrustedConnection || cause == Cause::NothingListens;
}

// A page alone may be the host's own, too: what is said then names both.
Cause causeBehind(Portal portal, Cause without)
{
    switch (portal) {
    case Portal::Yes:
        return Cause::CaptivePortal;
    case Portal::Maybe:
        return Cause::UntrustedConnection;
    case Portal::No:
        break;
    }
    return without;
}

} // namespace

Bandwidth Bandwidth::unlimited()
{
    const auto clock = std::make_shared<SystemClock>();
    return {std::make_shared<Throttle>(clock), std::make_shared<Throttle>(clock)};
}

Exchange::Exchange(QNetworkAccessManager& network, RequestFactory requests, Order order,
                   Bandwidth bandwidth, QObject* parent)
    : QObject(parent)
    , m_network(network)
    , m_requests(std::move(requests))
    , m_order(std::move(order))
    , m_bandwidth(std::move(bandwidth))
{
    m_stall.setSingleShot(true);
    m_stall.setInterval(m_order.stall);
    connect(&m_stall, &QTimer::timeout, this,
            [this] { finish(failure(ErrorKind::TimedOut, redacted(m_order.url))); });
    m_throttled.setSingleShot(true);
    connect(&m_throttled, &QTimer::timeout, this, &Exchange::takeBody);
}

Exchange::~Exchange()
{
    dropReply();
}

void Exchange::start(Finished finished)
{
    m_finished = std::move(finished);
    m_taken.start();
    send(m_order.url);
}

void Exchange::cancel()
{
    m_finished = nullptr;
    m_stall.stop();
    m_throttled.stop();
    dropReply();
    deleteLater();
}

QNetworkRequest Exchange::requestFor(const QUrl& url) const
{
    QNetworkRequest request = m_requests.request(url);
    for (const auto& [name, value] : m_order.headers)
        request.setRawHeader(name, value);
    if (m_order.refusesCompression)
        request.setRawHeader("Accept-Encoding", "identity");
    if (m_order.body)
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_order.body->size());
    return request;
}

void Exchange::send(const QUrl& url)
{
    std::shared_ptr<QIODevice> body;
    if (m_order.body)
        body = std::make_shared<ThrottledBody>(m_order.body, m_bandwidth.up,
                                               m_order.mayBeResent ? ThrottledBody::Rewinds::Yes
                                                                   : ThrottledBody::Rewinds::Never);
    // Of a verb that is not its own Qt expects a body to come.
    m_reply = m_order.verb == "HEAD"
                  ? m_network.head(requestFor(url))
                  : m_network.sendCustomRequest(requestFor(url), m_order.verb, body.get());
    m_taker = m_order.sink ? Taker::SinkOnceBegun : Taker::Memory;
    m_reply->setReadBufferSize(kReadAhead);
    // Qt may read from the body until the reply is gone, which is later than this.
    connect(m_reply, &QObject::destroyed, [body] {});
    connectReply();
    m_stall.start();
}

void Exchange::connectReply()
{
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::takeBody);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_stall.start(); });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 done, qint64 total) {
        m_stall.start();
        if (m_order.sent && total > 0) // Qt ends with a 0 of 0
            m_order.sent(done, total);
    });
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError>& errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        m_isReplyFinished = true;
        takeBody();
    });
}

void Exchange::takeBody()
{
    m_stall.start();
    const bool isGood = statusOf(*m_reply) < 300;
    if (m_taker == Taker::SinkOnceBegun && !m_isSinkBusy)
        return beginSink();
    const qint64 limit = isGood && !m_order.sink ? m_order.limit : kMaxRefusal;
    while (!m_isSinkBusy && m_reply->bytesAvailable() > 0) {
        const qint64 wanted = std::min(kReadAhead, m_reply->bytesAvailable());
        const qint64 allowed = m_bandwidth.down->take(wanted);
        if (allowed == 0)
            return m_throttled.start(m_bandwidth.down->wait());
        const QByteArray bytes = m_reply->read(allowed);
        m_bodySize += bytes.size();
        if (m_taker == Taker::Sink)
            return passToSink(bytes);
        if (isGood && !m_order.sink && m_bodySize > limit)
            return finish(failure(m_order.overLimit, redacted(m_reply->url())));
        m_body += bytes;
        if (m_bodySize > limit)
            return conclude();
    }
    if (m_isReplyFinished && !m_isSinkBusy)
        conclude();
}

// What is no body for the sink is read as the refusal that it is.
void Exchange::beginSink()
{
    const auto place = placeOfBody(answerSoFar(), m_order.asked);
    if (!place) {
        m_taker = Taker::Memory;
        return takeBody();
    }
    m_place = *place;
    m_isSinkBusy = true;
    whenDone(this, m_order.sink->startAt(place->start), [this](const Result<void>& ready) {
        m_isSinkBusy = false;
        if (!m_reply) // finished meanwhile, by its time-out
            return;
        if (!ready)
            return finish(failure(ready.error()));
        m_taker = Taker::Sink;
        if (m_order.begun)
            m_order.begun(m_place);
        takeBody();
    });
}

void Exchange::passToSink(const QByteArray& bytes)
{
    m_isSinkBusy = true;
    whenDone(this, m_order.sink->write(bytes), [this](const Result<void>& written) {
        m_isSinkBusy = false;
        if (!m_reply) // finished meanwhile, by its time-out
            return;
        if (!written)
            return finish(failure(written.error()));
        if (m_order.received)
            m_order.received(m_place.start + m_bodySize, m_place.total);
        takeBody();
    });
}

void Exchange::conclude()
{
    const Answer answer = answerSoFar();
    if (m_order.verb == "GET" && m_order.followsRedirects && answer.isRedirect() &&
        !wantsSignIn(answer))
        return followTo(QUrl::fromEncoded(answer.header("Location"), QUrl::TolerantMode));
    concludeWith(judged());
}

// Who cannot prove to be the gallery, or shuts the door to it, may be the network, which wants a
// sign-in of its own.
void Exchange::concludeWith(const Result<Answer>& result)
{
    if (result || !maybePortals(result.error().cause) || isThisMachine(m_order.url))
        return finish(result);
    m_stall.stop();
    const auto probed = lookForPortal(m_network, m_order.url, this);
    whenDone(this, probed, [this, error = result.error()](Portal portal) mutable {
        error.cause = causeBehind(portal, error.cause);
        finish(failure(error));
    });
}

void Exchange::followTo(const QUrl& location)
{
    const QUrl target = m_reply->url().resolved(location);
    const bool isDowngrade = m_reply->url().scheme() == "https"_L1 && target.scheme() != "https"_L1;
    if (++m_redirects > kMaxRedirects || isDowngrade || !m_requests.mayAsk(target))
        return finish(failure(ErrorKind::BadAnswer, u"redirected to nowhere good"_s));
    dropReply();
    m_body.clear();
    m_bodySize = 0;
    m_isReplyFinished = false;
    send(target);
}

Result<Answer> Exchange::judged()
{
    Answer answer = answerSoFar();
    // From 400 on Qt calls the status itself an error; then the status is what counts.
    if (answer.status == 0 || (answer.status < 400 && m_reply->error() != QNetworkReply::NoError))
        return failure(transportError());
    // Of what no sink took only so much was read as tells what it is.
    const bool isReadToTheEnd = m_order.verb != "HEAD" && (!m_order.sink || m_taker == Taker::Sink);
    if (answer.status < 300 && isReadToTheEnd && isCut(answer))
        return failure(ErrorKind::Network, u"the answer was cut off"_s);
    return answer;
}

Error Exchange::transportError() const
{
    const bool isSenseless = m_reply->error() >= QNetworkReply::ContentAccessDenied &&
                             m_reply->error() != QNetworkReply::ContentReSendError;
    const bool isLine = isThisMachine(m_reply->url()) || isConnected();
    return {isSenseless ? ErrorKind::BadAnswer : ErrorKind::Network,
            u"network error %1"_s.arg(int(m_reply->error())),
            {},
            causeOf(m_reply->error(), m_tlsErrors, isLine)};
}

bool Exchange::isCut(const Answer& answer) const
{
    // A body that Qt unpacked has another length than was announced.
    bool isNumber = false;
    const qint64 announced = answer.header("Content-Length").toLongLong(&isNumber);
    return isNumber && answer.header("Content-Encoding").isEmpty() && announced != m_bodySize;
}

Answer Exchange::answerSoFar() const
{
    return {statusOf(*m_reply),
            m_reply->url(),
            m_requests.isOwnOrigin(m_reply->url()),
            QDateTime::currentDateTimeUtc(),
            m_reply->rawHeaderPairs(),
            m_body,
            m_bodySize,
            m_requests.shownTo(m_reply->url())};
}

void Exchange::finish(Result<Answer> result)
{
    qCDebug(logApi).noquote() << m_order.verb << redacted(m_order.url)
                              << (result ? result->status : -int(result.error().kind))
                              << m_taken.elapsed() << "ms";
    // The callback may delete our parent, and us with it: nothing after it touches a member.
    const Finished finished = std::exchange(m_finished, nullptr);
    cancel();
    if (finished)
        finished(std::move(result));
}

void Exchange::dropReply()
{
    if (!m_reply)
        return;
    // Deleting it ends the transfer; abort() would also report an error, be it the second one.
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace vitrine::api
