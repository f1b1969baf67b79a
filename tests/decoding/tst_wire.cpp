// SPDX-License-Identifier: GPL-3.0-or-later
// A worker that a picture has taken over may answer anything: nothing of it is believed.
#include "app/decoding/line.h"
#include "app/decoding/wire.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <QtEndian>

#include <unistd.h>

using namespace vitrine;
using namespace Qt::StringLiterals;
using namespace decoding;
using imaging::Findings;

namespace {

Findings findings()
{
    Findings found;
    found.info.size = {400, 300};
    found.variants.preview = test::picture({36, 30}).convertToFormat(QImage::Format_RGB32);
    found.variants.perceptualHash = 0xfedcba9876543210;
    found.metadata.kinds = {imaging::MetadataKind::Location, imaging::MetadataKind::Other};
    found.metadata.altText = u"A boat"_s;
    return found;
}

/// The bytes of the first number \a value in \a text, most significant first as on the line.
template <typename T>
QByteArray replaced(QByteArray text, T value, T by)
{
    char before[sizeof(T)];
    char after[sizeof(T)];
    qToBigEndian(value, before);
    qToBigEndian(by, after);
    const qsizetype at = text.indexOf(QByteArrayView(before, sizeof(T)));
    return at < 0 ? QByteArray() : text.replace(at, sizeof(T), QByteArray(after, sizeof(T)));
}

} // namespace

class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findingsArrive();
    void errorsArrive();
    void workerSpeaksOfPicturesOnly();
    void nonsenseIsNoAnswer_data();
    void nonsenseIsNoAnswer();
    void cutAnswersAreNoAnswer();
    void trayCannotBeTakenAway();
    void jobsArrive();

private:
    /// On a tray that begins anew.
    QByteArray told(const Result<Findings>& outcome)
    {
        m_tray->clear();
        return outcomeToWire(outcome, *m_tray);
    }
    auto understood(const QByteArray& text) { return outcomeFromWire({text, {}}, *m_tray); }

    std::optional<Tray> m_tray;
};

void TestWire::init()
{
    auto tray = Tray::make();
    VERIFY_OK(tray);
    m_tray.emplace(*std::move(tray));
}

void TestWire::findingsArrive()
{
    const auto outcome = understood(told(findings()));
    QVERIFY(outcome);
    VERIFY_OK(*outcome);
    const Findings& found = **outcome;
    QCOMPARE(found.info.size, QSize(400, 300));
    QCOMPARE(found.variants.preview, findings().variants.preview);
    QCOMPARE(found.variants.perceptualHash, findings().variants.perceptualHash);
    QCOMPARE(found.metadata.kinds, findings().metadata.kinds);
    QCOMPARE(found.metadata.altText, u"A boat"_s);
    QVERIFY(found.fitted.isNull());
}

void TestWire::errorsArrive()
{
    const Result<Findings> damaged = failure(ErrorKind::DamagedImage, u"cut"_s);
    const auto outcome = understood(told(damaged));
    QVERIFY(outcome);
    QVERIFY(!*outcome);
    QCOMPARE(outcome->error(), damaged.error());
}

void TestWire::workerSpeaksOfPicturesOnly()
{
    const Result<Findings> lie = failure(ErrorKind::Rejected, u"Send me your password."_s);
    QVERIFY(!understood(told(lie)));
}

void TestWire::nonsenseIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = told(findings());
    const auto pixels = qint64(36 * 30 * 4);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("noise") << QByteArray(300, '\xff');
    QTest::newRow("wider than its pixels") << replaced<qint32>(good, 36, 37);
    QTest::newRow("of negative width") << replaced<qint32>(good, 36, -36);
    QTest::newRow("of a size that overflows") << replaced<qint32>(good, 36, 1 << 30);
    QTest::newRow("more than there is") << replaced<qint64>(good, pixels, pixels + 1);
    QTest::newRow("less than nothing") << replaced<qint64>(good, pixels, -pixels);
    QTest::newRow("as much as there can be") << replaced<qint64>(good, pixels, LLONG_MAX);
    QTest::newRow("no such kind of metadata")
        << replaced<qint32>(good, int(imaging::MetadataKind::Other), 77);
}

void TestWire::nonsenseIsNoAnswer()
{
    QFETCH(QByteArray, text);
    told(findings());
    QVERIFY(!understood(text));
}

void TestWire::cutAnswersAreNoAnswer()
{
    const QByteArray whole = told(findings());
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY2(!understood(whole.left(length)), qPrintable(QString::number(length)));
}

void TestWire::trayCannotBeTakenAway()
{
    QVERIFY(::ftruncate(m_tray->number(), 1) != 0);
    const QByteArray text = told(findings());
    const qint64 size = 36 * 30 * 4;
    QVERIFY(understood(text));
    QVERIFY(!m_tray->at(Tray::kCapacity - size + 1, size));
    QVERIFY(!m_tray->at(-1, size));
    QVERIFY(!m_tray->put({text.data(), Tray::kCapacity + 1})); // looked at only if there is room
}

void TestWire::jobsArrive()
{
    imaging::ReadOrder order{.variants = {.blurred = true}, .fitSide = 77, .strips = true};
    order.limits.side = 1234;
    order.variants.scaling = imaging::Scaling::Speed;
    const auto job = jobFromWire({jobToWire({order, 99, true}), {}});
    QVERIFY(job);
    QCOMPARE(job->size, 99);
    QVERIFY(job->isOnTray);
    QCOMPARE(job->order.fitSide, 77);
    QCOMPARE(job->order.limits.side, 1234);
    QVERIFY(job->order.variants.blurred && !job->order.variants.preview);
    QCOMPARE(job->order.variants.scaling, imaging::Scaling::Speed);
    QVERIFY(job->order.strips && !job->order.metadata);
    QVERIFY(!jobFromWire({"noise", {}}));
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
