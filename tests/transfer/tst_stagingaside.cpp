// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transfer/stagingfixture.h"

#include <QFileInfo>
#include <QSignalSpy>

using namespace vitrine;
using namespace Qt::StringLiterals;

/// What leaves the staged rows: dismissed, put aside or handed over; and how it comes back.
class TestStagingAside : public test::StagingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeModel(); }
    void pastedImageGoesWhenDismissed_data();
    void pastedImageGoesWhenDismissed();
    void pastedImageStaysWhenHandedOver();
    void pastedImageGoesWithTheModel();
    void whatCameSinceStaysWhenHandedOver();
    void whatWasPutAsideComesBack();
    void whatWasHandedOverTellsNoMoreWhenItComesBack();
};

void TestStagingAside::pastedImageGoesWhenDismissed_data()
{
    QTest::addColumn<bool>("all");
    QTest::newRow("the row") << false;
    QTest::newRow("all rows") << true;
}

void TestStagingAside::pastedImageGoesWhenDismissed()
{
    QFETCH(bool, all);
    m_model->addImage(test::picture({40, 30}));
    QTRY_COMPARE(m_model->shareableCount(), 1);
    const QFileInfo pasted(m_model->orders({}).first().source);
    QVERIFY(pasted.isFile());
    if (all)
        m_model->clear();
    else
        m_model->removeRow(0);
    QTRY_VERIFY(!QFileInfo::exists(pasted.absolutePath()));

    const QString own = file(u"own.png"_s, test::png(test::picture({40, 30})));
    addAndWait({own}, 1);
    m_model->clear();
    m_model.reset(); // what it started has ended
    QVERIFY(QFileInfo::exists(own));
}

void TestStagingAside::pastedImageStaysWhenHandedOver()
{
    m_model->addImage(test::picture({40, 30}, 1));
    m_model->addImage(test::picture({40, 30}, 2));
    QTRY_COMPARE(m_model->shareableCount(), 2);
    const auto orders = m_model->orders({});
    m_model->handOver({orders[0]}, m_model->newest());
    QVERIFY(m_model->isEmpty());
    QTRY_VERIFY(!QFileInfo::exists(orders[1].source));
    QVERIFY(QFileInfo::exists(orders[0].source));
}

void TestStagingAside::pastedImageGoesWithTheModel()
{
    m_model->addImage(test::picture({40, 30}));
    QTRY_COMPARE(m_model->shareableCount(), 1);
    const QString pasted = m_model->orders({}).first().source;
    m_model->putAside();
    m_model.reset();
    QVERIFY(!QFileInfo::exists(pasted));
}

void TestStagingAside::whatCameSinceStaysWhenHandedOver()
{
    addAndWait({file(u"boat.png"_s, test::png(test::picture({30, 20})))}, 1);
    const auto orders = m_model->orders({});
    const quint64 newest = m_model->newest();
    const QString pier = file(u"pier.png"_s, test::png(test::picture({20, 30})));
    addAndWait({pier}, 2);
    m_model->setData(m_model->index(1), u"A pier"_s, StagingModel::AltRole);
    m_model->handOver(orders, newest);
    QCOMPARE(m_model->rowCount(), 1);
    QTRY_VERIFY(!m_model->index(0).data(StagingModel::IsLoadingRole).toBool());
    QCOMPARE(m_model->orders({}).first().source, pier);
    QCOMPARE(m_model->orders({}).first().alt, u"A pier"_s);
    QVERIFY(m_model->has(pier));
    QVERIFY(!m_model->has(orders.first().source));
}

void TestStagingAside::whatWasPutAsideComesBack()
{
    const QString boat = file(u"boat.png"_s, test::png(test::picture({30, 20})));
    addAndWait({boat}, 1);
    m_model->addImage(test::picture({40, 30}));
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_model->setData(m_model->index(0), u"A boat"_s, StagingModel::AltRole);
    m_model->setData(m_model->index(1), true, StagingModel::IsPrivateRole);
    QCOMPARE(m_model->putAside(), 2);
    QVERIFY(m_model->isEmpty());
    QVERIFY(m_model->orders({}).isEmpty());
    addAndWait({boat}, 1); // chosen again meanwhile: it is there once
    m_model->bringBack();
    QCOMPARE(m_model->rowCount(), 2);
    QTRY_COMPARE(m_model->shareableCount(), 2);
    QVERIFY(data(1, StagingModel::IsPrivateRole).toBool());
    QTRY_VERIFY(!data(1, StagingModel::ThumbnailRole).value<QImage>().isNull());
    const QString pasted = m_model->orders({}).last().source;
    QVERIFY(QFileInfo::exists(pasted));
    m_model->putAside();
    m_model->forgetAside();
    QTRY_VERIFY(!QFileInfo::exists(pasted));
    QVERIFY(QFileInfo::exists(boat));
    m_model->bringBack();
    QVERIFY(m_model->isEmpty());
}

void TestStagingAside::whatWasHandedOverTellsNoMoreWhenItComesBack()
{
    const QByteArray talkative = test::withExif(test::jpeg(test::picture({400, 300})), 1, true);
    const QString boat = file(u"boat.jpg"_s, talkative);
    const QString pier = file(u"pier.jpg"_s, test::jpeg(test::picture({300, 400})));
    addAndWait({boat, pier}, 2);
    m_model->setData(m_model->index(0), QString(), StagingModel::AltRole); // the camera's words
    m_model->setData(m_model->index(1), true, StagingModel::IsPrivateRole);
    const auto orders = m_model->orders({});
    m_model->handOver(orders, m_model->newest());
    m_model->setKeepMetadata(true);
    addAndWait({pier}, 1); // chosen again meanwhile
    QSignalSpy keeps(m_model.get(), &StagingModel::keepMetadataChanged);
    m_model->takeBack(orders);
    QCOMPARE(keeps.size(), 1);
    QCOMPARE(m_model->rowCount(), 2);
    QTRY_VERIFY(!data(1, StagingModel::IsLoadingRole).toBool());
    QVERIFY(data(0, StagingModel::IsPrivateRole).toBool());
    QCOMPARE(data(1, StagingModel::AltRole).toString(), QString());
    QVERIFY(!m_model->orders({}).last().keepMetadata);
}

QTEST_GUILESS_MAIN(TestStagingAside)
#include "tst_stagingaside.moc"
