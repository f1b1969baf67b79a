// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/owner.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kOwners = 64; // each with a connection
constexpr int kPasses = 10;
constexpr int kMostTries = 100;

/// Mistakes that leave an act done, undone or unknown. A client that hears of one asks what became
/// of it, so none of them lies about what was done.
QStringList faults()
{
    QStringList options;
    for (const char* rule : {"delay=20,p=0.02", "drop=0,p=0.01", "drop=500,p=0.01",
                             "drop-request=1000,method=POST,p=0.02", "status=500,p=0.01",
                             "status=503,retry-after=1,p=0.01", "status=429,p=0.01",
                             "truncate,path=/api/images,p=0.1"})
        options << u"--fault"_s << QString::fromLatin1(rule);
    return options;
}

QList<QByteArray> pictures()
{
    QList<QByteArray> all;
    for (int seed = 0; seed < 12; ++seed)
        all.append(test::jpeg(test::picture({80 + seed * 10, 60}, seed)));
    return all;
}

double megabytes(const test::ServerProcess& server)
{
    return double(test::useOf(server.processId()).residentBytes) / 1e6;
}

} // namespace

/// Many owners for a long time: nothing that was confirmed is lost, no download is miscounted, and
/// the server does not grow. Connections are broken off all the time, and the server makes mistakes
/// on purpose.
///
/// VITRINE_SOAK sets the number of requests; the ordinary run is too short to say much of memory.
class tst_Soak final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostAndNothingGrows();

private:
    void run(const test::ServerProcess& server, int requests);

    std::vector<std::unique_ptr<test::Owner>> m_owners;
};

/// All owners at once until they have made that many requests together.
void tst_Soak::run(const test::ServerProcess& server, int requests)
{
    std::atomic<int> left = requests;
    std::vector<std::thread> threads;
    for (const auto& owner : m_owners) {
        threads.emplace_back([&, own = owner.get()] {
            test::HttpClient client(server.port(), server.credentials());
            while (own->complaint().isEmpty() && left.fetch_sub(1) > 0) {
                if (own->settleDoubt(client))
                    own->act(client);
            }
            for (int tries = 0; tries < kMostTries && !own->settleDoubt(client); ++tries) {
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
}

void tst_Soak::nothingIsLostAndNothingGrows()
{
    bool isSet = false;
    const int requests = qEnvironmentVariableIntValue("VITRINE_SOAK", &isSet);
    const QList<QByteArray> known = pictures();
    for (int number = 0; number < kOwners; ++number)
        m_owners.push_back(std::make_unique<test::Owner>(number, quint32(number), known));
    const QTemporaryDir directory;
    const QString data = directory.filePath(u"data"_s);
    test::ServerProcess server(data, faults());
    server.start();

    std::vector<double> memory;
    for (int pass = 0; pass < kPasses; ++pass) {
        run(server, (isSet ? requests : 3000) / kPasses);
        memory.push_back(megabytes(server));
        qInfo("pass %d: %.1f MB", pass, memory.back());
    }

    if (isSet) // what is allocated once is there after the first third
        QVERIFY(memory.back() < 1.1 * memory[kPasses / 3]);
    QCOMPARE(server.stop(), 0);

    test::ServerProcess sound(data);
    sound.start();
    test::HttpClient client(sound.port(), sound.credentials());
    auto items = test::allItems(client);
    qint64 downloads = 0;
    int uploads = 0;
    for (const auto& owner : m_owners) {
        QCOMPARE(owner->complaint(), QString());
        QCOMPARE(owner->compare(items), QString());
        downloads += owner->confirmedDownloads();
        uploads += owner->confirmedUploads();
    }
    QVERIFY(items.isEmpty());
    QVERIFY(uploads > 0 && downloads > 0);
    qInfo("%d uploads and %lld downloads confirmed, all of them there", uploads, downloads);
}

QTEST_GUILESS_MAIN(tst_Soak)
#include "tst_soak.moc"
