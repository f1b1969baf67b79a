// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"
#include "app/watching/watchledger.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "ui/settings/watchedfolders.h"
#include "ui/staging/stagingpage.h"
#include "ui/window/noticestack.h"

#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QPushButton>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

} // namespace

class TestWatchedFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_live.reset();
        m_live = std::make_unique<test::LiveWindow>();
        QVERIFY(m_live->start());
        QVERIFY(QDir().mkpath(folder()));
        m_live->page().showWatchedFolders();
        dialog().addFolder(folder());
        QTRY_COMPARE_WITH_TIMEOUT(choices().size(), 1, kPatience);
    }
    void cleanup() { m_live.reset(); }

    void newPicturesAreProposed()
    {
        dialog().close();
        take(1);
        auto* look = waitForButton(u"Look at them"_s);
        QVERIFY(look);
        QCOMPARE(m_live->galleryModel().rowCount(), 0);
        look->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_live->session.staging().rowCount(), 1, kPatience);
        QVERIFY(m_live->session.watcher().proposals().isEmpty());
        QVERIFY(!button(u"Look at them"_s));
    }

    void proposalsThatWereLookedAtWaitForAnEnd_data()
    {
        QTest::addColumn<bool>("isShared");
        QTest::newRow("shared") << true;
        QTest::newRow("dismissed") << false;
    }

    void proposalsThatWereLookedAtWaitForAnEnd()
    {
        QFETCH(const bool, isShared);
        dialog().close();
        take(1);
        auto* look = waitForButton(u"Look at them"_s);
        QVERIFY(look);
        look->click();
        auto& staging = m_live->session.staging();
        QTRY_COMPARE_WITH_TIMEOUT(staging.shareableCount(), 1, kPatience);
        QCOMPARE(leftForTheNextRun(), 1);
        if (isShared)
            Q_EMIT m_live->window.findChild<ui::StagingPage*>()->shareRequested();
        else
            staging.removeRows(0, 1);
        QTRY_COMPARE_WITH_TIMEOUT(leftForTheNextRun(), 0, kPatience);
    }

    void manyThatCannotBeReadAreOneNotice()
    {
        auto& watcher = m_live->session.watcher();
        for (const QString& name : {u"a.jpg"_s, u"b.jpg"_s, u"c.jpg"_s, u"a.jpg"_s})
            Q_EMIT watcher.failed(folder() + u'/' + name, {ErrorKind::PermissionDenied, {}, {}});
        const auto& notices = m_live->page().toasts();
        QTRY_VERIFY(notices.sentence(u"watched"_s).startsWith(folder() + u"/a.jpg: "_s));
        QVERIFY(notices.sentence(u"watched"_s).endsWith(u"2 others could not be read either."_s));
    }

    void newPicturesAreSharedWhereThatIsChosen()
    {
        choices().first()->setCurrentIndex(1);
        Q_EMIT choices().first()->activated(1);
        QTRY_COMPARE_WITH_TIMEOUT(handling(), watching::WatchedFolder::Handling::Shared, kPatience);
        take(1);
        QTRY_COMPARE_WITH_TIMEOUT(m_live->session.gallery().model().rowCount(), 1, kPatience);
        QVERIFY(m_live->session.gallery().model().images().first().isPrivate);
    }

    void folderIsWatchedNoMore()
    {
        auto* remove = waitForButton(u"Watch no more"_s);
        QVERIFY(remove);
        remove->click();
        QTRY_COMPARE_WITH_TIMEOUT(choices().size(), 0, kPatience);
    }

private:
    QString folder() const { return m_live->path(u"camera"_s); }
    void take(int seed) const
    {
        test::writeTo(folder(), u"%1.jpg"_s.arg(seed), test::jpeg(test::picture({64, 48}, seed)));
    }
    ui::WatchedFolders& dialog() { return *m_live->window.findChild<ui::WatchedFolders*>(); }
    QList<QComboBox*> choices() { return dialog().findChildren<QComboBox*>(); }
    QPushButton* button(const QString& text)
    {
        const auto all = m_live->window.findChildren<QPushButton*>();
        for (QPushButton* each : all) {
            if (each->text() == text && each->isVisible())
                return each;
        }
        return nullptr;
    }
    QPushButton* waitForButton(const QString& text)
    {
        return QTest::qWaitFor([&] { return button(text) != nullptr; }, kPatience) ? button(text)
                                                                                   : nullptr;
    }
    std::optional<watching::WatchedFolder::Handling> handling()
    {
        const auto folders = m_live->session.watcher().folders();
        if (!QTest::qWaitFor([&] { return folders.isFinished(); }, kPatience))
            return {};
        return folders.result()->value(0).handling;
    }

    int leftForTheNextRun()
    {
        QDirIterator found(m_live->path({}), {u"watched.db"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        watching::WatchLedger ledger(found.next());
        const auto pending = ledger.pending();
        if (!QTest::qWaitFor([&] { return pending.isFinished(); }, kPatience))
            return -1;
        return pending.result() ? int(pending.result()->size()) : -1;
    }

    std::unique_ptr<test::LiveWindow> m_live;
};

QTEST_MAIN(TestWatchedFolders)
#include "tst_watchedfolders.moc"
