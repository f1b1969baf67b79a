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

constexpr auto kPortalPatience = 3s;
// A web site says of it that it has no such page; a portal shows its own in place of any.
constexpr auto kNobodysPage = "/there-is-no-such-page"_L1;
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
    order.url.setPath(kNobodysPage);
    order.followsRedirects = false;
    order.limit = kMaxPage;
    order.stall = kPortalPatience;
    return order;
}

} // namespace

Portal portalIn(const Answer& answer)
{
    if (answer.status == kNetworkWantsSignIn)
        return Portal::Yes;
    if (!answer.isRedirect())
        return answer.status == 200 && answer.isHtml() ? Portal::Maybe : Portal::No;
    if (wantsSignIn(answer))
        return Portal::No;
    const QUrl location = QUrl::fromEncoded(answer.header("Location"), QUrl::TolerantMode);
    const QString asked = answer.url.host();
    const QString there = answer.url.resolved(location).host();
    const bool isElsewhere = !isAmong(there, asked) && !isAmong(asked, there);
    return !there.isEmpty() && isElsewhere ? Portal::Yes : Portal::No;
}

QFuture<Portal> lookForPortal(QNetworkAccessManager& network, const QUrl& url, QObject* context)
{
    auto promise = std::make_shared<QPromise<Portal>>();
    promise->start();
    auto* exchange =
        new Exchange(network, RequestFactory(), orderFor(url), Bandwidth::unlimited(), context);
    exchange->start([promise](const Result<Answer>& answer) {
        promise->addResult(answer ? portalIn(*answer) : Portal::No);
        promise->finish();
    });
    return promise->future();
}

} // namespace vitrine::api
