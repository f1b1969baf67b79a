// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/thumbhashencoder.h"
#include "app/imaging/thumbhash.h"
#include "tests/support/pictures.h"

#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

using namespace vitrine;
using namespace vitrine::imaging;

class ThumbHashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatOthersWrote_data();
    void readsWhatOthersWrote();
    void standsForThePicture_data();
    void standsForThePicture();
    void keepsTransparency();
    void refusesWhatIsNoHash();
    void givesNothingForNothing();
};

namespace {

QColor averageOf(const QImage& image)
{
    return image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixelColor(0, 0);
}

bool isNear(const QColor& a, const QColor& b, int tolerance)
{
    return std::abs(a.red() - b.red()) <= tolerance &&
           std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

} // namespace

void ThumbHashTest::readsWhatOthersWrote_data()
{
    // Hashes that the reference implementation gives, and what its decoder says of them.
    QTest::addColumn<QByteArray>("base64");
    QTest::addColumn<QSize>("size");
    QTest::newRow("portrait") << QByteArray("1QcSHQRnh493V4dIh4eXh1h4kJUI") << QSize(23, 32);
    QTest::newRow("landscape") << QByteArray("3PcNNYSFeXh/d3eld0iHZoZgVwh2") << QSize(32, 23);
}

void ThumbHashTest::readsWhatOthersWrote()
{
    QFETCH(QByteArray, base64);
    const QImage image = imageFromThumbHash(QByteArray::fromBase64(base64));
    QTEST(image.size(), "size");
    // Encoding what was decoded comes back to the same average and shape.
    const QImage again = imageFromThumbHash(thumbHash(image));
    QCOMPARE(again.size(), image.size());
    QVERIFY(isNear(averageOf(again), averageOf(image), 8));
}

void ThumbHashTest::standsForThePicture_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QSize>("shown");
    QTest::newRow("square") << QSize(300, 300) << QSize(32, 32);
    QTest::newRow("landscape") << QSize(700, 400) << QSize(32, 18);
    QTest::newRow("portrait") << QSize(40, 70) << QSize(18, 32);
    QTest::newRow("panorama") << QSize(3000, 100) << QSize(32, 5);
}

void ThumbHashTest::standsForThePicture()
{
    QFETCH(QSize, size);
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(40, 60, 200));
    QPainter(&image).fillRect(0, 0, (size.width() + 1) / 2, size.height(), QColor(220, 120, 40));
    const QByteArray hash = thumbHash(image);
    QVERIFY(hash.size() >= 15 && hash.size() <= 25);
    const QImage shown = imageFromThumbHash(hash);
    QTEST(shown.size(), "shown");
    QCOMPARE(shown.format(), QImage::Format_RGB32);
    QVERIFY(isNear(averageOf(shown), averageOf(image), 12));
    const QColor left = shown.pixelColor(3, shown.height() / 2);
    const QColor right = shown.pixelColor(shown.width() - 4, shown.height() / 2);
    QVERIFY(left.red() > left.blue() + 60);
    QVERIFY(right.blue() > right.red() + 60);
}

void ThumbHashTest::keepsTransparency()
{
    QImage image(64, 64, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter(&image).fillRect(0, 0, 64, 32, Qt::black);
    const QImage shown = imageFromThumbHash(thumbHash(image));
    QCOMPARE(shown.size(), QSize(32, 32));
    QVERIFY(shown.pixelColor(16, 4).lightness() < 60);
    QVERIFY(shown.pixelColor(16, 28).lightness() > 200); // white shines through
}

void ThumbHashTest::refusesWhatIsNoHash()
{
    const QByteArray hash = thumbHash(test::picture({90, 60}));
    for (qsizetype length = 0; length < hash.size(); ++length)
        QVERIFY(imageFromThumbHash(hash.first(length)).isNull());
    QVERIFY(imageFromThumbHash(QByteArray(hash + 'x')).isNull());
    QRandomGenerator random(7);
    for (int i = 0; i < 2000; ++i) {
        QByteArray noise(random.bounded(40), '\0');
        for (char& byte : noise)
            byte = char(random.bounded(256));
        const QImage image = imageFromThumbHash(noise);
        QVERIFY(image.width() <= 32 && image.height() <= 32);
    }
}

void ThumbHashTest::givesNothingForNothing()
{
    QVERIFY(thumbHash(QImage()).isEmpty());
}

QTEST_GUILESS_MAIN(ThumbHashTest)
#include "tst_thumbhash.moc"
