// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/accounts/sidebar.h"
#include "ui/common/noticebar.h"
#include "ui/common/theme.h"
#include "ui/details/detailspanel.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/shownroles.h"
#include "ui/staging/stagingpage.h"
#include "ui/viewer/viewer.h"
#include "ui/window/dropoverlay.h"
#include "ui/window/keysheet.h"
#include "ui/window/noticestack.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using test::LiveWindow;

/// The window over a real session: what a person does, and what there is to see of it.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 3; ++i)
            m_photos += test::writeTo(m_pictures.path(), u"photo%1.jpg"_s.arg(i),
                                      test::jpeg(test::picture({800, 600}, i + 1)));
        m_bad = test::writeTo(m_pictures.path(), u"notes.jpg"_s, "Dear diary,");
    }

    void init()
    {
        m_live = std::make_unique<LiveWindow>();
        m_live->settings.setUndoTime({});
        QVERIFY(m_live->start());
    }

    void cleanup() { m_live.reset(); }

    void aDragLightsTheWindowAndADropStages()
    {
        auto* overlay = window().findChild<ui::DropOverlay*>();
        m_live->dragOver(m_photos);
        QVERIFY(overlay->isVisible());
        QCOMPARE(overlay->text(), u"Drop to share 3 images"_s);
        m_live->drop(m_photos + QStringList{m_bad});
        QVERIFY(!overlay->isVisible());
        QVERIFY(page().stagingPage().isVisible());
        QTRY_COMPARE(m_live->session.staging().rowCount(), 4);
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 3);
    }

    void sharedImagesAppearInTheGallery()
    {
        QVERIFY(m_live->share(m_photos));
        QVERIFY(page().galleryPage().isVisible());
        QVERIFY(m_live->session.staging().isEmpty());
        const auto counts = window().findChild<ui::Sidebar*>()->findChildren<QAbstractButton*>();
        QTRY_COMPARE(counts.first()->accessibleName(), u"All images, 3"_s);
    }

    void whatCannotBeSharedIsNamed()
    {
        m_live->drop({m_photos.first(), m_bad});
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 1);
        QTRY_COMPARE(m_live->session.staging().rowCount(), 2);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
        QTRY_COMPARE(page().toasts().sentence(u"sharing"_s), u"Not shared: notes.jpg."_s);
    }

    void pasteStagesAPicture()
    {
        QGuiApplication::clipboard()->setImage(test::picture({200, 100}));
        m_live->press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 1);
        QVERIFY(page().stagingPage().isVisible());
    }

    void privateIsToggledByKey()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->select({0, 1});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate && m_live->image(1).isPrivate);
        QVERIFY(!m_live->image(2).isPrivate);
        m_live->select({0, 2}); // one is private: the other becomes so, too
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(2).isPrivate);
        m_live->select({0, 2});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(!m_live->image(0).isPrivate && !m_live->image(2).isPrivate);
    }

    void theAltTextIsEditedInTheDetails()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        auto* details = window().findChild<ui::DetailsPanel*>();
        Q_EMIT details->altEdited({m_live->image(0).id}, u"Circles"_s);
        QTRY_COMPARE(m_live->image(0).alt, u"Circles"_s);
    }

    void aDeletedImageIsGoneAtOnceAndUndoBringsItBack()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->settings.setUndoTime(std::chrono::seconds(30));
        const QString id = m_live->image(1).id;
        m_live->select({1});
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        QTRY_VERIFY(m_live->undoButton());
        QPushButton* undo = m_live->undoButton();
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QCOMPARE(m_live->image(1).id, id);
    }

    void undoIsOfferedOnlyWhileThereIsSomethingToUndo()
    {
        m_live->settings.setUndoTime(std::chrono::minutes(10));
        m_live->drop({m_photos[0], m_photos[1]});
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 2);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        auto& outbox = m_live->session.outbox();
        const QStringList keys{m_live->image(0).id, m_live->image(1).id};
        QTRY_VERIFY(m_live->undoButton()); // the rows are there before the notice
        outbox.cancel(keys[0]);
        QTRY_VERIFY(m_live->undoButton());
        outbox.cancel(keys[1]);
        QTRY_VERIFY(!m_live->undoButton());
    }

    void withoutUndoTimeADeleteIsFinal()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->select({0, 1, 2});
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 0);
        QTRY_COMPARE(m_live->session.transfers().summary().unfinished, 0);
        QVERIFY(!m_live->undoButton());
    }

    void whatWaitsToLeaveStandsFirst()
    {
        QVERIFY(m_live->share({m_photos[0]}));
        m_live->settings.setUndoTime(std::chrono::minutes(10));
        m_live->drop({m_photos[1], m_photos[2]});
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 2);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QCOMPARE(m_live->session.gallery().model().rowCount(), 1);
        QCOMPARE(unsent(0), ui::Unsent::WaitingUpload);
        QCOMPARE(unsent(1), ui::Unsent::WaitingUpload);
        QCOMPARE(unsent(2), ui::Unsent::Nothing);
        const auto tile = m_live->galleryModel().index(0, 0);
        QTRY_VERIFY(!tile.data(gallery::GalleryModel::SharpPreviewRole).value<QImage>().isNull());
        QVERIFY(page().galleryPage().view().accessibleText(tile).endsWith(u"not yet sent"_s));
    }

    void whatWaitsToLeaveIsStillInHand()
    {
        m_live->settings.setUndoTime(std::chrono::minutes(10));
        m_live->drop({m_photos[0], m_photos[1]});
        QTRY_COMPARE(m_live->session.staging().shareableCount(), 2);
        Q_EMIT page().stagingPage().shareRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 2);
        auto& outbox = m_live->session.outbox();
        const QString key = m_live->image(0).id;
        QTRY_COMPARE(outbox.find(key)->state, transfer::State::Ready);
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_VERIFY(m_live->image(0).isPrivate);
        QVERIFY(outbox.find(key)->isPrivate);
        Q_EMIT window().findChild<ui::DetailsPanel*>()->altEdited({key}, u"Circles"_s);
        QTRY_COMPARE(outbox.find(key)->alt, u"Circles"_s);
        m_live->select({1});
        m_live->press(Qt::Key_Return); // the viewer has no more than the preview to show
        QTRY_VERIFY(page().viewer().showsFullSize());
        m_live->press(Qt::Key_Escape);
        m_live->press(Qt::Key_Delete);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
        QCOMPARE(outbox.transfers().last().state, transfer::State::Ready);
        QCOMPARE(outbox.transfers().first().state, transfer::State::Cancelled);
    }

    void editsShowAtOnceAndFallBackIfRefused()
    {
        QVERIFY(m_live->share({m_photos[0]}));
        const protocol::Image before = m_live->image(0);
        auto& outbox = m_live->session.outbox();
        outbox.setRunning(false); // as without a connection
        m_live->select({0});
        m_live->press(Qt::Key_P);
        QTRY_COMPARE(unsent(0), ui::Unsent::Edit);
        QVERIFY(m_live->image(0).isPrivate);
        QVERIFY(!m_live->session.gallery().model().find(before.id)->isPrivate);

        protocol::Image elsewhere = before; // somebody changes it meanwhile, elsewhere
        elsewhere.revision = before.revision + 7;
        protocol::ImagePatch patch;
        patch.alt = u"never"_s;
        const auto stale = test::await(outbox.edit(elsewhere, patch)).value();
        QTRY_COMPARE(m_live->image(0).alt, u"never"_s);
        outbox.setRunning(true);
        QTRY_COMPARE(outbox.find(stale)->state, transfer::State::Failed);
        QTRY_COMPARE(unsent(0), ui::Unsent::Nothing);
        QCOMPARE(m_live->image(0).alt, before.alt);
        QVERIFY(m_live->image(0).isPrivate);
        QTRY_VERIFY(m_live->session.gallery().model().find(before.id)->isPrivate);
    }

    void searchingShowsWhatMatches()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        auto* search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(search);
        QTest::keyClicks(search, u"photo2"_s);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 1);
        QTest::keyClicks(search, u" nothing like it"_s);
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 0);
        Q_EMIT page().galleryPage().clearRequested();
        QTRY_COMPARE(m_live->galleryModel().rowCount(), 3);
        QVERIFY(search->text().isEmpty());
    }

    void theHighresCopyIsSaved()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        const QString target = m_live->path(u"saved"_s);
        QVERIFY(QDir().mkpath(target));
        m_live->settings.setDownloadDirectory(target);
        m_live->select({0});
        m_live->press(Qt::Key_D);
        QTRY_COMPARE(QDir(target).entryList(QDir::Files).size(), 1);
        QTRY_VERIFY(page().toasts().sentence(u"saved"_s).contains(target));
        QTRY_COMPARE(m_live->image(0).downloadCount, 1);
    }

    void theOriginalIsWhatWasShared()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        const QString target = m_live->path(u"saved"_s);
        QVERIFY(QDir().mkpath(target));
        m_live->settings.setDownloadDirectory(target);
        m_live->select({0});
        m_live->press(Qt::Key_D, Qt::ShiftModifier);
        QTRY_COMPARE(QDir(target).entryList(QDir::Files).size(), 1);
        const auto bytes = [](const QString& path) {
            QFile file(path);
            return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
        };
        QCOMPARE(bytes(target + u"/photo0.jpg"_s), bytes(m_photos.first()));
        QCOMPARE(m_live->image(0).downloadCount, 0);
    }

    void openingAndLeavingTheViewer()
    {
        QVERIFY(m_live->share(m_photos));
        m_live->select({1});
        m_live->press(Qt::Key_Return);
        QVERIFY(page().viewer().isVisible());
        m_live->press(Qt::Key_Escape);
        QVERIFY(!page().viewer().isVisible());
        QVERIFY(page().galleryPage().isVisible());
    }

    void keysFoldTheSidesAndListThemselves()
    {
        auto* sidebar = window().findChild<ui::Sidebar*>();
        QVERIFY(sidebar->isVisible());
        m_live->press(Qt::Key_F9);
        QVERIFY(!sidebar->isVisible());
        QVERIFY(m_live->settings.isSidebarFolded());
        m_live->press(Qt::Key_F9);
        QVERIFY(sidebar->isVisible());
        m_live->press(Qt::Key_Question, Qt::ShiftModifier);
        QVERIFY(page().keySheet().isVisible());
        m_live->press(Qt::Key_Escape);
        QVERIFY(!page().keySheet().isVisible());
    }

    void lettersInATextFieldAreLetters()
    {
        QVERIFY(m_live->share({m_photos.first()}));
        m_live->select({0});
        m_live->press(Qt::Key_F, Qt::ControlModifier);
        auto* search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QTest::keyClicks(search, u"pod?"_s);
        QCOMPARE(search->text(), u"pod?"_s);
        QVERIFY(!m_live->image(0).isPrivate);
        QVERIFY(!page().keySheet().isVisible());
    }

private:
    ui::MainWindow& window() { return m_live->window; }
    ui::AccountPage& page() { return m_live->page(); }
    ui::Unsent unsent(int row)
    {
        return m_live->galleryModel().index(row, 0).data(ui::UnsentRole).value<ui::Unsent>();
    }

    QTemporaryDir m_pictures;
    QStringList m_photos;
    QString m_bad;
    std::unique_ptr<LiveWindow> m_live;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
