// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/perceptualhash.h"
#include "app/imaging/pipeline/makevariants.h"
#include "tests/support/pictures.h"

#include <QColorSpace>
#include <QTest>

#include <opencv2/imgproc.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::imaging;

class PerceptualHashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesAreAlike_data();
    void copiesAreAlike();
    void otherPicturesAreNot();
    void whatHasNoStructureHasNoHash_data();
    void whatHasNoStructureHasNoHash();
    void agreesWithOpenCv();
    void comesOnlyWhenAskedFor();
};

namespace {

QImage original()
{
    return test::picture({1200, 900}, 7);
}

QImage withTones(const QImage& image, double contrast, int shift)
{
    QImage changed = image;
    for (int y = 0; y < changed.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(changed.scanLine(y));
        const auto tone = [&](int value) { return qBound(0, int(value * contrast) + shift, 255); };
        for (int x = 0; x < changed.width(); ++x)
            line[x] = qRgb(tone(qRed(line[x])), tone(qGreen(line[x])), tone(qBlue(line[x])));
    }
    return changed;
}

/// The same hash, made of what OpenCV has.
quint64 hashByOpenCv(QImage image)
{
    const cv::Mat pixels(image.height(), image.width(), CV_8UC4, image.bits(),
                         size_t(image.bytesPerLine()));
    cv::Mat grey, small, levels, transformed;
    cv::cvtColor(pixels, grey, cv::COLOR_BGRA2GRAY);
    cv::resize(grey, small, {32, 32}, 0, 0, cv::INTER_AREA);
    small.convertTo(levels, CV_32F);
    cv::dct(levels, transformed);
    const cv::Mat low = transformed(cv::Rect(1, 1, 8, 8)).clone();
    std::vector<float> sorted(low.begin<float>(), low.end<float>());
    std::ranges::sort(sorted);
    quint64 hash = 0;
    for (const float coefficient : cv::Mat_<float>(low))
        hash = hash << 1 | quint64(coefficient > sorted[32]);
    return hash;
}

} // namespace

void PerceptualHashTest::copiesAreAlike_data()
{
    QTest::addColumn<QImage>("copy");
    const QImage image = original();
    QTest::newRow("half the size")
        << image.scaled(600, 450, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QTest::newRow("a preview") << image.scaled(360, 270, Qt::IgnoreAspectRatio,
                                               Qt::SmoothTransformation);
    QTest::newRow("compressed hard")
        << QImage::fromData(test::jpeg(image, 20)).convertToFormat(QImage::Format_RGB32);
    QTest::newRow("brighter") << withTones(image, 1, 15);
    QTest::newRow("less contrast") << withTones(image, 0.85, 10);
    QTest::newRow("an edge cut off") << image.copy(6, 4, 1190, 892);
}

void PerceptualHashTest::copiesAreAlike()
{
    QFETCH(QImage, copy);
    const auto first = perceptualHash(original());
    const auto second = perceptualHash(copy);
    QVERIFY(first && second);
    QVERIFY2(areAlike(*first, *second), qPrintable(QString::number(hashDistance(*first, *second))));
}

void PerceptualHashTest::otherPicturesAreNot()
{
    constexpr int count = 40;
    std::vector<quint64> hashes;
    for (int seed = 1; seed <= count; ++seed) {
        const auto hash = perceptualHash(test::picture({360, 270}, seed));
        QVERIFY(hash);
        for (const quint64 other : hashes)
            QVERIFY2(!areAlike(*hash, other), qPrintable(QString::number(seed)));
        hashes.push_back(*hash);
    }
}

void PerceptualHashTest::whatHasNoStructureHasNoHash_data()
{
    QTest::addColumn<QImage>("image");
    QImage plain(360, 240, QImage::Format_RGB32);
    plain.fill(Qt::darkCyan);
    QImage across = plain;
    for (int y = 0; y < across.height(); ++y) {
        for (int x = 0; x < across.width(); ++x)
            across.setPixel(x, y, qRgb(x / 2, x / 2, x / 2));
    }
    QTest::newRow("nothing") << QImage();
    QTest::newRow("one colour") << plain;
    QTest::newRow("a straight gradient") << across;
}

void PerceptualHashTest::whatHasNoStructureHasNoHash()
{
    QFETCH(QImage, image);
    QVERIFY(!perceptualHash(image));
}

// Up to what rounding does to a coefficient that is nearly the median.
void PerceptualHashTest::agreesWithOpenCv()
{
    for (int seed = 1; seed <= 20; ++seed) {
        const QImage picture = test::picture({360, 200 + seed}, seed);
        const auto hash = perceptualHash(picture);
        QVERIFY(hash);
        const int distance = hashDistance(*hash, hashByOpenCv(picture));
        QVERIFY2(distance <= 2, qPrintable(u"%1: %2"_s.arg(seed).arg(distance)));
    }
}

void PerceptualHashTest::comesOnlyWhenAskedFor()
{
    const QByteArray bytes = test::jpeg(original());
    const auto without = makeVariants(bytes, {.preview = true}, {});
    QVERIFY(without && !without->perceptualHash);
    const auto alone = makeVariants(bytes, {.perceptualHash = true}, {});
    QVERIFY(alone && alone->perceptualHash && alone->preview.isNull());
    QVERIFY(areAlike(*alone->perceptualHash, *perceptualHash(original())));
    const auto turned = makeVariants(test::withExif(bytes, 3), {.perceptualHash = true}, {});
    QVERIFY(turned && !areAlike(*turned->perceptualHash, *alone->perceptualHash));
}

QTEST_GUILESS_MAIN(PerceptualHashTest)
#include "tst_perceptualhash.moc"
