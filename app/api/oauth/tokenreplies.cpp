// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/tokenreplies.h"

#include "app/api/accessdoctor.h"
#include "app/api/oauth/tokenanswer.h"
#include "app/api/requestfactory.h"

#include <chrono>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using access::OAuthToken;

constexpr std::chrono::milliseconds kTokenStall = 30s;
constexpr qint64 kMaxAnswer = 64 * 1024;

Answer answerOf(QNetworkReply& reply)
{
    Answer answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.url = reply.url();
    answer.received = QDateTime::currentDateTimeUtc();
    answer.headers = reply.rawHeaderPairs();
    answer.body = reply.readAll();
    answer.bodySize = answer.body.size();
    return answer;
}

Error transportError(const QNetworkReply& reply)
{
    // Qt says "cancelled" of what took too long.
    const bool isLate = reply.error() == QNetworkReply::OperationCanceledError ||
                        reply.error() == QNetworkReply::TimeoutError;
    const bool isLine = isThisMachine(reply.url()) || isConnected();
    return {isLate ? ErrorKind::TimedOut : ErrorKind::Network,
            u"network error %1"_s.arg(int(reply.error())),
            {},
            causeOf(reply.error(), {}, isLine)};
}

Result<OAuthToken> tokenIn(QNetworkReply& reply)
{
    const Answer answer = answerOf(reply);
    if (answer.status == 0)
        return failure(transportError(reply));
    if (answer.status < 300 && reply.error() != QNetworkReply::NoError)
        return failure(ErrorKind::BadAnswer, u"the token endpoint's answer was cut off"_s);
    return tokenIn(answer);
}

} // namespace

TokenNetwork::TokenNetwork(QObject* parent) : QNetworkAccessManager(parent)
{
    setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    setTransferTimeout(int(kTokenStall.count()));
}

QNetworkReply* TokenNetwork::createRequest(Operation operation, const QNetworkRequest& request,
                                           QIODevice* body)
{
    QNetworkReply* reply = QNetworkAccessManager::createRequest(operation, request, body);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > kMaxAnswer)
            reply->abort();
    });
    return reply;
}

TokenReplies::TokenReplies(QString callback, QObject* parent)
    : QAbstractOAuthReplyHandler(parent), m_callback(std::move(callback))
{}

void TokenReplies::networkReplyFinished(QNetworkReply* reply)
{
    reply->deleteLater();
    Q_EMIT answered(tokenIn(*reply));
}

} // namespace vitrine::api
