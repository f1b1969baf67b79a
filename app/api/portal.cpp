// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/portal.h"

#include "app/api/accessdoctor.h"
#include "app/api/exchange.h"
#include "app/api/statusmapping.h"

#include <QPromise>

#include <memory>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kPatience = 3s;
constexpr qint64 kMaxPage = 64 * 1024;

// "www." and the like before a name, or left away, is the same owner's.
bool isAmong(const QString& host, const QString& domain)
{
    return host == domain || host.endsWith(u'.' + domain);
}

Order orderFor(const QUrl& url)
{
    Order order;
    order.url.setScheme(u"http"_s);
    order.url.setHost(url.host());
    order.url.setPath(u"/"_s);
    order.followsRedirects = false;
    order.limit = kMaxPage;
    order.stall = kPatience;
    return order;
}

} // namespace

bool isPortals(const Answer& answer)
{
    if (answer.status == kNetworkWantsSignIn)
        return true;
    if (!answer.isRedirect() || wantsSignIn(answer))
        return false;
    const QUrl location = QUrl::fromEncoded(answer.header("Location"), QUrl::TolerantMode);
    const QString asked = answer.url.host();
    const QString there = answer.url.resolved(location).host();
    return !there.isEmpty() && !isAmong(there, asked) && !isAmong(asked, there);
}

QFuture<bool> isBehindPortal(QNetworkAccessManager& network, const QUrl& url, QObject* context)
{
    auto promise = std::make_shared<QPromise<bool>>();
    promise->start();
    auto* exchange =
        new Exchange(network, RequestFactory(), orderFor(url), Bandwidth::unlimited(), context);
    exchange->start([promise](const Result<Answer>& answer) {
        promise->addResult(answer && isPortals(*answer));
        promise->finish();
    });
    return promise->future();
}

} // namespace vitrine::api
