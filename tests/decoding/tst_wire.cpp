// SPDX-License-Identifier: GPL-3.0-or-later
// A worker that a picture has taken over may answer anything: nothing of it is believed.
#include "app/decoding/line.h"
#include "app/decoding/wire.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <QtEndian>

#include <sys/stat.h>
#include <unistd.h>

#include <functional>

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

/// A preview, and what findings() has besides, of a picture of 10,000 bytes.
Job previewJob()
{
    Job job{.size = 10'000};
    job.order.variants.preview = true;
    job.order.variants.perceptualHash = true;
    return job;
}

QImage pixels(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::gray);
    return image;
}

using Change = std::function<void(Findings&)>;
using Ordering = std::function<void(imaging::ReadOrder&)>;

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
    void moreThanWasOrderedIsNoAnswer_data();
    void moreThanWasOrderedIsNoAnswer();
    void whatWasOrderedIsAnAnswer_data();
    void whatWasOrderedIsAnAnswer();
    void cutAnswersAreNoAnswer();
    void trayCannotBeTakenAway();
    void trayGivesBackWhatTheOtherEndLaid();
    void jobsArrive();

private:
    /// On a tray that begins anew.
    QByteArray told(const Result<Findings>& outcome)
    {
        m_tray->clear();
        return outcomeToWire(outcome, *m_tray);
    }
    auto understood(const QByteArray& text, const Job& job = previewJob())
    {
        return outcomeFromWire({text, {}}, *m_tray, job);
    }

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

// A worker that a picture has taken over could have the program run out of memory, or slip in what
// nobody looks at.
void TestWire::moreThanWasOrderedIsNoAnswer_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << change; };
    row("a variant", [](Findings& found) { found.variants.blurred = pixels(10, 10); });
    row("a wider preview", [](Findings& found) { found.variants.preview = pixels(361, 1); });
    row("a higher preview", [](Findings& found) { found.variants.preview = pixels(1, 361); });
    row("JPEG for pixels", [](Findings& found) { found.encoded.preview = "jpeg"; });
    row("a placeholder", [](Findings& found) { found.variants.placeholder = "hash"; });
    row("a fitted copy", [](Findings& found) { found.fitted = pixels(10, 10); });
    row("a thumbnail", [](Findings& found) { found.embeddedThumbnail = pixels(10, 10); });
    row("a stripped copy", [](Findings& found) { found.stripped.bytes = "jpeg"; });
    row("a described copy", [](Findings& found) { found.described = "jpeg"; });
    row("a picture of no size", [](Findings& found) { found.info.size = {0, 300}; });
    row("a picture of less", [](Findings& found) { found.info.size = {-400, -300}; });
    row("no such orientation", [](Findings& found) { found.info.orientation = 9; });
}

void TestWire::moreThanWasOrderedIsNoAnswer()
{
    QFETCH(Change, change);
    Findings found = findings();
    change(found);
    QVERIFY(!understood(told(found)));
}

void TestWire::whatWasOrderedIsAnAnswer_data()
{
    QTest::addColumn<Ordering>("ordering");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Change>("tooMuch");
    const auto row = [](const char* name, Ordering ordering, Change change, Change tooMuch) {
        QTest::newRow(name) << ordering << change << tooMuch;
    };
    row(
        "high-res", [](auto& order) { order.variants.highres = true; },
        [](Findings& found) { found.variants.highres = pixels(2000, 1500); },
        [](Findings& found) { found.variants.highres = pixels(2001, 1500); });
    row(
        "encoded", [](auto& order) { order.encodesVariants = true; },
        [](Findings& found) {
            found.variants.preview = {};
            found.encoded.preview = QByteArray(200'000, 'j');
        },
        [](Findings& found) {
            found.variants.preview = {};
            found.encoded.preview = QByteArray(1'000'000, 'j');
        });
    row(
        "fitted", [](auto& order) { order.fitSide = 3000; },
        [](Findings& found) { found.fitted = pixels(3000, 2000); },
        [](Findings& found) { found.fitted = pixels(3000, 3001); });
    row(
        "stripped", [](auto& order) { order.strips = true; },
        [](Findings& found) { found.stripped.bytes = QByteArray(10'100, 's'); },
        [](Findings& found) { found.stripped.bytes = QByteArray(5'000'000, 's'); });
    row(
        "described", [](auto& order) { order.altText = u"A boat"_s; },
        [](Findings& found) { found.described = QByteArray(10'100, 'd'); },
        [](Findings& found) { found.described = QByteArray(5'000'000, 'd'); });
}

void TestWire::whatWasOrderedIsAnAnswer()
{
    QFETCH(Ordering, ordering);
    QFETCH(Change, change);
    QFETCH(Change, tooMuch);
    Job job = previewJob();
    ordering(job.order);
    Findings found = findings();
    change(found);
    QVERIFY(understood(told(found), job));
    tooMuch(found);
    QVERIFY(!understood(told(found), job));
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

void TestWire::trayGivesBackWhatTheOtherEndLaid()
{
    Tray other(Descriptor(::dup(m_tray->number())));
    VERIFY_OK(other.put(QByteArray(40'000'000, 'x')));
    m_tray->trim(); // it was told of nothing
    struct stat now = {};
    QCOMPARE(::fstat(m_tray->number(), &now), 0);
    QVERIFY(now.st_blocks * 512 <= 16'100'000);
}

void TestWire::jobsArrive()
{
    imaging::ReadOrder order{
        .variants = {.blurred = true}, .fitSide = 77, .strips = true, .isPatient = true};
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
    QVERIFY(job->order.isPatient);
    QVERIFY(!jobFromWire({"noise", {}}));
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
