// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/jpegreader.h"
#include "app/imaging/pipeline/makevariants.h"
#include "app/imaging/pipeline/probe.h"
#include "tests/imaging/samples.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::imaging;

/// JPEGs at 1/8: of a progressive one the first scan alone is decoded.
class ProgressiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFirstScanWhereThatIsAll_data();
    void readsTheFirstScanWhereThatIsAll();
    void looksLikeTheBaseline_data();
    void looksLikeTheBaseline();
    void noticesEveryCut_data();
    void noticesEveryCut();
    void takesNoTrailerForDamage();
    void refusesScansWithoutEnd_data();
    void refusesScansWithoutEnd();
};

namespace {

constexpr QSize kLarge(3200, 2400); // its preview is made at 1/8
constexpr Wanted kFast{.preview = true, .scaling = Scaling::Speed};

/// Made once: encoding them takes most of the time here.
const QByteArray& progressive()
{
    static const QByteArray bytes = test::progressiveJpeg(test::picture(kLarge));
    return bytes;
}

/// \a jpeg with the scan that refines the averages another \a times: a sound picture, as long as
/// somebody reads it.
QByteArray withMoreScans(const QByteArray& jpeg, int times)
{
    constexpr QByteArrayView refinesAverages("\0\0\x10", 3);
    JpegMarkerReader reader(jpeg);
    while (const auto segment = reader.next()) {
        if (segment->marker != jpegmarker::kSos || !segment->payload.endsWith(refinesAverages))
            continue;
        const QByteArray again = segment->whole.toByteArray().repeated(times);
        return QByteArray(jpeg).insert(reader.position(), again);
    }
    return {};
}

} // namespace

void ProgressiveTest::readsTheFirstScanWhereThatIsAll_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("averagesOnly");
    const QByteArray baseline = test::jpeg(test::picture(kLarge));
    QTest::newRow("at 1/8") << progressive() << 400 << true;
    QTest::newRow("at 1/4") << progressive() << 401 << false;
    QTest::newRow("baseline") << baseline << 400 << false;
}

void ProgressiveTest::readsTheFirstScanWhereThatIsAll()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, side);
    JpegReader reader(bytes);
    QVERIFY(reader.readHeader());
    QVERIFY(reader.start(side));
    QTEST(reader.readsAveragesOnly(), "averagesOnly");
    QVERIFY(reader.outputSize().width() >= side);
}

void ProgressiveTest::looksLikeTheBaseline_data()
{
    QTest::addColumn<Scaling>("scaling");
    QTest::newRow("speed") << Scaling::Speed;
    QTest::newRow("quality") << Scaling::Quality;
}

void ProgressiveTest::looksLikeTheBaseline()
{
    QFETCH(Scaling, scaling);
    const Wanted wanted{.preview = true, .scaling = scaling};
    const auto baseline = makeVariants(test::jpeg(test::picture(kLarge)), wanted, {});
    const auto variants = makeVariants(progressive(), wanted, {});
    QVERIFY(baseline && variants);
    QVERIFY(!variants->isDamaged);
    QVERIFY(probe(progressive(), {})->isProgressive);
    const double ratio = test::psnr(variants->preview, baseline->preview);
    QVERIFY2(ratio > 36, qPrintable(QString::number(ratio)));
}

void ProgressiveTest::noticesEveryCut_data()
{
    QTest::addColumn<int>("permille");
    for (const int permille : {100, 300, 500, 700, 900, 990, 999})
        QTest::addRow("%d of 1000", permille) << permille;
}

void ProgressiveTest::noticesEveryCut()
{
    QFETCH(int, permille);
    const QByteArray cut = progressive().left(progressive().size() * permille / 1000);
    const auto variants = makeVariants(cut, kFast, {});
    QVERIFY(!variants || variants->isDamaged);
}

void ProgressiveTest::takesNoTrailerForDamage()
{
    const auto variants = makeVariants(QByteArray(progressive() + "a film"), kFast, {});
    QVERIFY(variants && !variants->isDamaged);
}

void ProgressiveTest::refusesScansWithoutEnd_data()
{
    QTest::addColumn<int>("scans");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("as encoders write them") << 3 << false;
    QTest::newRow("a thousand") << 1000 << true;
}

void ProgressiveTest::refusesScansWithoutEnd()
{
    QFETCH(int, scans);
    QFETCH(bool, isRefused);
    const QByteArray bytes = withMoreScans(test::progressiveJpeg(test::picture({320, 240})), scans);
    const auto variants = makeVariants(bytes, {.preview = true}, {});
    QCOMPARE(!variants || variants->isDamaged, isRefused);
}

QTEST_GUILESS_MAIN(ProgressiveTest)
#include "tst_progressive.moc"
