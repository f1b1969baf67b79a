// SPDX-License-Identifier: GPL-3.0-or-later
// What ApiClient adds to the bare QNetworkAccessManager, many small requests long.
#include "app/api/apiclient.h"
#include "app/base/whendone.h"
#include "tests/benchmarks/report.h"
#include "tests/support/serverprocess.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kRequests = 10'000;
constexpr int kAtOnce = 4; // fewer than either of them queues
constexpr int kRounds = 5;
constexpr double kBearable = 1.3;

using Done = std::function<void(bool isGood)>;
using Ask = std::function<void(const Done&)>;

/// All requests, some at a time, until the last one is answered.
class Run
{
public:
    explicit Run(const Ask& ask) : m_ask(ask) {}

    void go()
    {
        for (int i = 0; i < kAtOnce; ++i)
            next();
        QCoreApplication::exec();
    }

private:
    void next()
    {
        if (m_asked == kRequests)
            return;
        ++m_asked;
        m_ask([this](bool isGood) {
            if (!isGood) {
                std::fputs("a request failed\n", stderr);
                std::exit(1);
            }
            if (++m_answered == kRequests)
                QCoreApplication::quit();
            next();
        });
    }

    const Ask& m_ask;
    int m_asked = 0;
    int m_answered = 0;
};

Ask throughClient(api::ApiClient& client)
{
    return [&client](const Done& done) {
        whenDone(&client, client.isSetUp(), [done](const Result<bool>& told) { done(bool(told)); });
    };
}

Ask bare(QNetworkAccessManager& network, const QUrl& url)
{
    return [&network, url](const Done& done) {
        QNetworkReply* reply = network.get(QNetworkRequest(url));
        QObject::connect(reply, &QNetworkReply::finished, reply, [reply, done] {
            reply->deleteLater();
            done(reply->readAll() == "true");
        });
    };
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir directory;
    test::ServerProcess server(directory.filePath(u"data"_s)); // so that its work is not counted
    server.start();

    QNetworkAccessManager clients, bares;
    api::ApiClient client(clients, {}, api::RetryPolicy::forReading());
    client.setServer(server.url(), access::ServiceToken{server.clientId(),
                                                        access::Secret(server.clientSecret())});
    QUrl url = server.url();
    url.setPath(u"/api/setup"_s);
    const Ask ours = throughClient(client);
    const Ask theirs = bare(bares, url);
    bench::Report report(u"api"_s, application.arguments().contains(u"--json"_s));
    const bench::Row row = bench::compareCpu(
        u"10,000 small requests"_s, [&] { Run(ours).go(); }, u"bare QNetworkAccessManager"_s,
        [&] { Run(theirs).go(); }, kRounds);
    report.add(row);
    return row.ratio <= kBearable ? 0 : 1;
}
