// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/curl/curlnetwork.h"

#include "app/api/curl/curlreply.h"

#include <QNetworkProxy>
#include <QNetworkProxyFactory>

namespace vitrine::api {
namespace {

/// Empty for what Qt does better: nothing to send, or not known before how much.
QByteArray verbOf(QNetworkAccessManager::Operation operation, const QNetworkRequest& request,
                  const QIODevice* body)
{
    if (!body || body->isSequential())
        return {};
    switch (operation) {
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    default:
        return {};
    }
}

} // namespace

CurlNetwork::CurlNetwork(QObject* parent)
    : QNetworkAccessManager(parent), m_loop(std::make_shared<CurlLoop>())
{}

CurlNetwork::~CurlNetwork() = default;

QNetworkReply* CurlNetwork::createRequest(Operation operation, const QNetworkRequest& request,
                                          QIODevice* body)
{
    const QByteArray verb = verbOf(operation, request, body);
    if (verb.isEmpty())
        return QNetworkAccessManager::createRequest(operation, request, body);
    auto* reply = new CurlReply(m_loop, request, verb, *body, this);
    const QNetworkProxyQuery query(request.url());
    reply->setProxy(QNetworkProxyFactory::proxyForQuery(query).value(0));
    reply->start();
    return reply;
}

} // namespace vitrine::api
