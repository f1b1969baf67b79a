// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/arrival.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;

/// What has come is looked at before anybody else sees it.
class ArrivalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutPictureOfUnknownLengthIsRefused_data();
    void cutPictureOfUnknownLengthIsRefused();
    void otherThingsPass();

private:
    Result<void> finish(const QByteArray& bytes, bool isKnownWhole)
    {
        const QString part = test::writeTo(m_directory.path(), u"part"_s, bytes);
        return finishPart(part, {.isKnownWhole = isKnownWhole}, {}, Copy::Highres, Alt::Untouched,
                          m_pictures);
    }

    QTemporaryDir m_directory;
    const imaging::InProcessPictureReader m_pictures;
};

void ArrivalTest::cutPictureOfUnknownLengthIsRefused_data()
{
    QTest::addColumn<QByteArray>("whole");
    QTest::newRow("JPEG") << test::jpeg(test::picture({1200, 900}));
    QTest::newRow("PNG") << test::png(test::picture({300, 200}));
}

// "Downloads": short body, where nothing but the picture itself tells
void ArrivalTest::cutPictureOfUnknownLengthIsRefused()
{
    QFETCH(QByteArray, whole);
    VERIFY_OK(finish(whole, false));
    for (const qsizetype missing : {qsizetype(40), whole.size() / 2, whole.size() - 200}) {
        const auto finished = finish(whole.chopped(missing), false);
        QVERIFY(!finished);
        QCOMPARE(finished.error().kind, ErrorKind::BadAnswer);
    }
}

// Of a length that was told, or that nobody here can read.
void ArrivalTest::otherThingsPass()
{
    const QByteArray whole = test::jpeg(test::picture({1200, 900}));
    VERIFY_OK(finish(whole.first(whole.size() / 2), true)); // the server has it like that
    VERIFY_OK(finish("GIMP's own"_ba, false));
}

QTEST_GUILESS_MAIN(ArrivalTest)
#include "tst_arrival.moc"
