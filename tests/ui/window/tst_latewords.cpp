// SPDX-License-Identifier: GPL-3.0-or-later
// What a person says while something else is about to happen to the picture.
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/gallery/gallerypage.h"
#include "ui/staging/stagingpage.h"

#include <QApplication>
#include <QFileInfo>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace vitrine;
using namespace Qt::StringLiterals;
using test::LiveWindow;
using transfer::StagingModel;
using transfer::State;

class TestLateWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_photo =
            test::writeTo(m_pictures.path(), u"photo.jpg"_s, test::jpeg(test::picture({800, 600})));
    }

    void init()
    {
        m_live = std::make_unique<LiveWindow>();
        m_live->settings.setUndoTime({});
        QVERIFY(m_live->start());
    }

    void cleanup() { m_live.reset(); }

    void altTextThatIsWrittenAsTheUploadEndsReachesTheImage()
    {
        m_live->session.setPaused(true);
        shareOne();
        m_live->select({0});
        write(u"Dunes"_s);
        m_live->session.setPaused(false);
        QTRY_COMPARE(m_live->session.gallery().model().rowCount(), 1);
        QTRY_COMPARE(sharedImage().alt, u"Dunes"_s);
    }

    void altTextThatIsWrittenAsTheWindowClosesIsKept()
    {
        QVERIFY(m_live->share({m_photo}));
        m_live->select({0});
        write(u"Dunes"_s);
        QVERIFY(m_live->window.close());
        QTRY_COMPARE(sharedImage().alt, u"Dunes"_s);
    }

    // Its rows are on their way to the disk.
    void whatIsSaidWhileItIsHandedOverCounts()
    {
        stageOne();
        Q_EMIT m_live->page().stagingPage().shareRequested();
        staging().setData(staging().index(0), true, StagingModel::IsPrivateRole);
        staging().setData(staging().index(0), u"Dunes"_s, StagingModel::AltRole);
        QTRY_COMPARE(m_live->session.gallery().model().rowCount(), 1);
        QTRY_VERIFY(sharedImage().isPrivate);
        QTRY_COMPARE(sharedImage().alt, u"Dunes"_s);
    }

    void whatIsDismissedWhileItIsHandedOverDoesNotLeave()
    {
        m_live->settings.setUndoTime(10min);
        stageOne();
        Q_EMIT m_live->page().stagingPage().shareRequested();
        staging().removeRow(0);
        QTRY_COMPARE(outbox().transfers().size(), 1);
        QTRY_COMPARE(outbox().transfers().first().state, State::Cancelled);
    }

    void undoOfSharingStagesAgain()
    {
        m_live->settings.setUndoTime(10min);
        staging().addImage(test::picture({400, 300}));
        QTRY_COMPARE(staging().shareableCount(), 1);
        staging().setData(staging().index(0), u"Dunes"_s, StagingModel::AltRole);
        Q_EMIT m_live->page().stagingPage().shareRequested();
        QTRY_VERIFY(m_live->undoButton());
        QVERIFY(staging().isEmpty());
        QTest::mouseClick(m_live->undoButton(), Qt::LeftButton);
        QTRY_COMPARE(staging().rowCount(), 1);
        QVERIFY(m_live->page().stagingPage().isVisible());
        QCOMPARE(staging().index(0).data(StagingModel::AltRole).toString(), u"Dunes"_s);
        QTRY_COMPARE(outbox().transfers().first().state, State::Cancelled);
        outbox().clearFinished();
        QTRY_VERIFY(!staging().index(0).data(StagingModel::IsLoadingRole).toBool());
        QVERIFY(QFileInfo::exists(staging().orders({}).first().source));
        QVERIFY(staging().index(0).data(StagingModel::IsSendableRole).toBool());
    }

    void whatWaitsPrivatelyBecomesPublicWithAnUndo()
    {
        m_live->settings.setUndoTime(10min);
        m_live->session.setPaused(true);
        stageOne();
        staging().setData(staging().index(0), true, StagingModel::IsPrivateRole);
        Q_EMIT m_live->page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
        const QString key = outbox().transfers().first().key;
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(!outbox().find(key)->isPrivate);
        QVERIFY(outbox().isHeld(key));
        QTRY_VERIFY(m_live->undoButton());
        m_live->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(outbox().find(key)->isPrivate);
    }

private:
    transfer::Outbox& outbox() { return m_live->session.outbox(); }
    StagingModel& staging() { return m_live->session.staging(); }
    /// As the server told of it last.
    protocol::Image sharedImage()
    {
        const auto& model = m_live->session.gallery().model();
        return *model.find(model.index(0, 0).data(gallery::GalleryModel::IdRole).toString());
    }
    void stageOne()
    {
        m_live->drop({m_photo});
        QTRY_COMPARE(staging().shareableCount(), 1);
    }
    void shareOne()
    {
        stageOne();
        Q_EMIT m_live->page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
    }
    void write(const QString& text)
    {
        m_live->press(Qt::Key_E);
        QTest::keyClicks(QApplication::focusWidget(), text);
    }

    QTemporaryDir m_pictures;
    QString m_photo;
    std::unique_ptr<LiveWindow> m_live;
};

QTEST_MAIN(TestLateWords)
#include "tst_latewords.moc"
