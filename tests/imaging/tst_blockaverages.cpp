// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegreader.h"
#include "app/imaging/pipeline/makevariants.h"
#include "tests/imaging/jpegwriter.h"
#include "tests/imaging/samples.h"

#include <QTest>

#include <random>

using namespace vitrine;
using namespace vitrine::imaging;

/// JPEGs at 1/8 by the shorter way: the same as libjpeg-turbo's, or not taken.
class BlockAveragesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areThoseOfLibjpeg_data();
    void areThoseOfLibjpeg();
    void leaveTheRestToLibjpeg_data();
    void leaveTheRestToLibjpeg();
    void areTakenForNoDamagedPicture();
    void areTheSameOrNoneOfAnyBytes();
};

namespace {

struct Making {
    QSize size{407, 303}; // no multiple of a block
    int quality = 90;
    int across = 2; ///< blocks of brightness to one of colour
    int down = 2;
    unsigned restart = 0;   ///< units between two restart markers; 0: none
    bool isOptimal = false; ///< Huffman tables of its own
};

QByteArray made(const Making& making)
{
    const QImage image = test::picture(making.size).convertToFormat(QImage::Format_RGB888);
    return test::writtenJpeg(
        image.size(), JCS_RGB, 3,
        [&making](jpeg_compress_struct& jpeg) {
            jpeg_set_quality(&jpeg, making.quality, TRUE);
            jpeg.comp_info[0].h_samp_factor = making.across;
            jpeg.comp_info[0].v_samp_factor = making.down;
            jpeg.restart_interval = making.restart;
            jpeg.optimize_coding = making.isOptimal;
        },
        [&image](int row) { return image.constScanLine(row); });
}

QImage averages(const QByteArray& bytes)
{
    JpegReader reader(bytes);
    return reader.readHeader() ? reader.averages(0) : QImage();
}

/// Null if it warns of anything.
QImage byLibjpeg(const QByteArray& bytes)
{
    JpegReader reader(bytes);
    if (!reader.readHeader() || !reader.start(0))
        return {};
    QImage image(reader.outputSize(), QImage::Format_RGB32);
    const int rows = reader.readRows(image);
    const bool isSound = rows == image.height() && !reader.errors().sawDamage() &&
                         reader.errors().message().isEmpty();
    return isSound ? image : QImage();
}

} // namespace

void BlockAveragesTest::areThoseOfLibjpeg_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("as cameras write") << made({});
    QTest::newRow("colour halved across") << made({.down = 1});
    QTest::newRow("colour halved down") << made({.across = 1});
    QTest::newRow("colour whole") << made({.across = 1, .down = 1});
    QTest::newRow("best quality") << made({.quality = 100});
    QTest::newRow("worst quality") << made({.quality = 1});
    QTest::newRow("tables of its own") << made({.isOptimal = true});
    QTest::newRow("best, tables of its own") << made({.quality = 100, .isOptimal = true});
    QTest::newRow("restarts") << made({.restart = 1});
    QTest::newRow("more restarts than there are numbers") << made({.restart = 7});
    QTest::newRow("one pixel") << made({.size = {1, 1}});
    QTest::newRow("a line") << made({.size = {3, 900}});
    QTest::newRow("with a trailer") << made({}) + "a film";
}

void BlockAveragesTest::areThoseOfLibjpeg()
{
    QFETCH(QByteArray, bytes);
    const QImage found = averages(bytes);
    QVERIFY(!found.isNull());
    QCOMPARE(found, byLibjpeg(bytes));
}

void BlockAveragesTest::leaveTheRestToLibjpeg_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = test::picture({407, 303});
    QTest::newRow("progressive") << test::progressiveJpeg(image);
    QTest::newRow("grey") << test::jpeg(image.convertToFormat(QImage::Format_Grayscale8));
    QTest::newRow("ink") << test::inkJpeg({64, 64}, {1, 2, 3, 4});
    QTest::newRow("rare sampling") << made({.across = 4, .down = 1});
    QTest::newRow("cut") << made({}).chopped(300);
    QTest::newRow("without its end") << made({}).chopped(2);
    QTest::newRow("more than its pixels") << made({}).insert(made({}).size() - 2, "more");
    QTest::newRow("header only") << made({}).left(made({}).indexOf("\xff\xda") + 14);
}

void BlockAveragesTest::leaveTheRestToLibjpeg()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(averages(bytes).isNull());
}

void BlockAveragesTest::areTakenForNoDamagedPicture()
{
    const QByteArray whole = made({.size = {3300, 2000}, .restart = 50});
    constexpr Wanted wanted{.preview = true, .scaling = Scaling::Speed};
    QVERIFY(!makeVariants(whole, wanted, {})->isDamaged);
    for (const int permille : {200, 500, 900, 999})
        QVERIFY(makeVariants(whole.left(whole.size() * permille / 1000), wanted, {})->isDamaged);
}

// Where libjpeg warns of nothing, the same; elsewhere whatever comes must be none.
void BlockAveragesTest::areTheSameOrNoneOfAnyBytes()
{
    const QByteArray sound = made({.size = {120, 90}, .restart = 3});
    const qsizetype scan = sound.indexOf("\xff\xda") + 14;
    std::minstd_rand random;
    int taken = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = sound;
        const qsizetype start = round % 2 == 0 ? scan : 2;
        bytes[start + qsizetype(random() % quint64(bytes.size() - start))] = char(random());
        const QImage found = averages(bytes);
        if (found.isNull())
            continue;
        ++taken;
        QCOMPARE(found, byLibjpeg(bytes));
    }
    QVERIFY(taken > 0);
}

QTEST_GUILESS_MAIN(BlockAveragesTest)
#include "tst_blockaverages.moc"
