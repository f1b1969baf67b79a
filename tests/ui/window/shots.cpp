// SPDX-License-Identifier: GPL-3.0-or-later
// vitrine-shots DIR: draws every screen and state, light and dark, one PNG each.
#include "app/base/filelock.h"
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"
#include "tests/ui/support/livewindow.h"
#include "tests/ui/window/accountshots.h"
#include "tests/ui/window/photographer.h"
#include "tests/ui/window/shotpictures.h"
#include "ui/common/theme.h"
#include "ui/common/toggleswitch.h"
#include "ui/gallery/gallerypage.h"
#include "ui/gallery/galleryview.h"
#include "ui/settings/watchedfolders.h"
#include "ui/staging/stagingpage.h"
#include "ui/transfers/transferslist.h"
#include "ui/viewer/viewer.h"
#include "ui/window/conflictdialog.h"
#include "ui/window/dropoverlay.h"
#include "ui/window/headerbar.h"
#include "ui/window/keysheet.h"
#include "ui/window/noticestack.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace vitrine;
using gallery::GalleryModel;
using session::Session;
using test::LiveWindow;
using test::Photographer;
using transfer::StagingModel;

namespace {

constexpr int kPatience = 30'000; // milliseconds
constexpr QSize kWindow(1280, 820);

bool waitForPreviews(LiveWindow& live)
{
    return QTest::qWaitFor(
        [&] {
            for (int row = 0; row < qMin(12, live.galleryModel().rowCount()); ++row) {
                if (!gallery::hasPreview(live.galleryModel().index(row, 0)))
                    return false;
            }
            return true;
        },
        kPatience);
}

void stage(LiveWindow& live, const QStringList& paths)
{
    live.drop(paths);
    StagingModel& staging = live.session.staging();
    const auto isLookedAt = [&] {
        if (staging.rowCount() != paths.size())
            return false;
        for (int row = 0; row < staging.rowCount(); ++row) {
            if (staging.index(row).data(StagingModel::IsLoadingRole).toBool())
                return false;
        }
        return true;
    };
    (void)QTest::qWaitFor(isLookedAt, kPatience);
}

/// Without a notice that brings it back.
void dismiss(LiveWindow& live)
{
    live.session.staging().clear();
    Q_EMIT live.page().stagingPage().cancelRequested();
}

// Some are described and some are not, some are private: as in anybody's gallery.
void describe(StagingModel& staging)
{
    const QHash<QString, QString> texts{
        {u"aqua.jpg"_s, u"A drop of water leaps up from a calm surface."_s},
        {u"elephants.jpg"_s, u"Two elephants, painted in blues on rough canvas."_s},
        {u"garden.jpg"_s, u"A red and yellow marigold, its petals wide open."_s},
        {u"GreenMeadow.jpg"_s, u"A blade of grass in front of a green meadow, out of focus."_s},
        {u"storm.jpg"_s, u"Dark clouds over a road at dusk."_s}};
    for (int row = 0; row < staging.rowCount(); ++row) {
        const QModelIndex index = staging.index(row);
        const QString name = index.data(StagingModel::NameRole).toString();
        staging.setData(index, texts.value(name), StagingModel::AltRole);
        const bool isPrivate =
            name == "blinds.jpg"_L1 || name == "YellowFlower.jpg"_L1 || name == "rain-drops.jpg"_L1;
        staging.setData(index, isPrivate, StagingModel::IsPrivateRole);
    }
}

void shootEmptyAndStaging(LiveWindow& live, Photographer& camera, const QStringList& pictures)
{
    camera.shoot(u"empty"_s);
    const QDir scratch(live.directory.path());
    const QStringList bad{test::writeTo(scratch.path(), u"Scan_0042.jpg"_s, "not a picture"),
                          test::writeTo(scratch.path(), u"empty.png"_s, {})};
    const QString talkative = test::writeTo(
        scratch.path(), u"Harbour.jpg"_s, test::withExif(test::jpeg(QImage(pictures[1])), 1, true));
    const QString scan =
        test::writeTo(scratch.path(), u"Scan_0043.png"_s, test::png(QImage(pictures[2])));
    StagingModel& staging = live.session.staging();
    const transfer::ServerRules rules = staging.rules();
    staging.setRules({rules.limits, {u"image/jpeg"_s}});
    stage(live,
          pictures.first(1) + QStringList{talkative, bad[0], scan, bad[1]} + pictures.mid(3, 1));
    describe(staging);
    camera.shoot(u"staging"_s);
    camera.shootLarge(u"staging"_s);
    camera.shootMirrored(u"staging"_s);
    auto* keep =
        live.page().stagingPage().findChild<ui::ToggleSwitch*>({}, Qt::FindDirectChildrenOnly);
    keep->setChecked(true);
    staging.setData(staging.index(3), true, StagingModel::IsRemediedRole);
    (void)QTest::qWaitFor(
        [&] { return !staging.index(5).data(StagingModel::IsLoadingRole).toBool(); }, kPatience);
    camera.shoot(u"staging-keeping-metadata"_s);
    keep->setChecked(false);
    staging.setRules(rules);
    dismiss(live);
}

/// What is in the gallery already: the same file, and a smaller copy of another.
void shootStagingAgain(LiveWindow& live, Photographer& camera, const QStringList& pictures)
{
    const QImage smaller = QImage(pictures[1]).scaledToWidth(700, Qt::SmoothTransformation);
    const QStringList again{pictures[0], test::writeTo(live.directory.path(), u"Smaller.jpg"_s,
                                                       test::jpeg(smaller, 70))};
    // The gallery learns behind what its images look like; a file is compared when it is staged.
    const auto isKnownAgain = [&] {
        dismiss(live);
        stage(live, again);
        return !live.session.staging().index(1).data(StagingModel::AlikeRole).isNull();
    };
    (void)QTest::qWaitFor(isKnownAgain, kPatience);
    camera.shoot(u"staging-again"_s);
    dismiss(live);
}

bool fillGallery(LiveWindow& live, const QStringList& pictures)
{
    stage(live, pictures);
    describe(live.session.staging());
    Q_EMIT live.page().stagingPage().shareRequested();
    const auto isShared = [&] {
        return live.galleryModel().rowCount() == pictures.size() &&
               live.session.transfers().summary().unfinished == 0;
    };
    return QTest::qWaitFor(isShared, kPatience) && waitForPreviews(live);
}

void shootGallery(LiveWindow& live, Photographer& camera)
{
    live.select({});
    camera.shoot(u"gallery"_s);
    live.select({3});
    camera.shoot(u"selected"_s);
    camera.shootLarge(u"selected"_s);
    camera.shootMirrored(u"selected"_s);
    live.select({2, 3, 5});
    camera.shoot(u"selected-many"_s);
    live.select({3});
    live.page().galleryPage().view().setHidePrivate(false);
    camera.shoot(u"private-sharp"_s);
    live.page().galleryPage().view().setHidePrivate(true);
}

void shootOverlays(LiveWindow& live, Photographer& camera, const QStringList& pictures)
{
    live.dragOver(pictures.first(3));
    camera.shoot(u"drop"_s);
    live.window.findChild<ui::DropOverlay*>()->hide();
    live.page().keySheet().open();
    camera.shoot(u"keys"_s);
    live.page().keySheet().hide();
    live.page().transfersList().open();
    camera.shoot(u"transfers"_s);
    live.page().transfersList().close();
}

void shootStates(LiveWindow& live, Photographer& camera)
{
    live.settings.setUndoTime(std::chrono::minutes(1));
    live.window.activateWindow(); // a dialog was
    (void)QTest::qWaitForWindowActive(&live.window);
    live.page().galleryPage().view().setFocus();
    live.select({0});
    live.press(Qt::Key_Delete);
    camera.shoot(u"deleted"_s);

    auto* search = live.page().findChild<ui::HeaderBar*>()->findChild<QLineEdit*>();
    search->setText(u"a castle in winter"_s);
    (void)QTest::qWaitFor([&] { return live.galleryModel().rowCount() == 0; }, kPatience);
    camera.shoot(u"nothing-found"_s);
    search->clear();
    (void)QTest::qWaitFor([&] { return live.galleryModel().rowCount() > 0; }, kPatience);
}

void shootConflict(LiveWindow& live, Photographer& camera)
{
    live.settings.setUndoTime({});
    live.collide(1, u"Two seeds of a dandelion."_s,
                 u"Two dandelion seeds hang over an orange blossom, out of focus."_s);
    camera.shoot(u"conflict"_s);
    for (auto* button : live.window.findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text() == u"Compare…"_s)
            button->click();
    }
    if (auto* dialog = live.window.findChild<ui::ConflictDialog*>()) {
        const auto* theirs = dialog->findChildren<QPlainTextEdit*>().value(1);
        (void)QTest::qWaitFor([&] { return !theirs->toPlainText().isEmpty(); }, kPatience);
        camera.shoot(u"conflict-compared"_s, *dialog);
        dialog->reject();
    }
}

/// The folders that are watched, and what came into one of them.
void shootWatching(LiveWindow& live, Photographer& camera, const QString& picture)
{
    const QString folder = live.path(u"Camera"_s);
    QDir().mkpath(folder);
    live.page().showWatchedFolders();
    auto& dialog = *live.window.findChild<ui::WatchedFolders*>();
    camera.shoot(u"watching-nothing"_s, dialog);
    dialog.addFolder(folder);
    (void)QTest::qWaitFor([&] { return dialog.findChild<QComboBox*>(); }, kPatience);
    camera.shoot(u"watching"_s, dialog);
    dialog.close();
    QFile::copy(picture, folder + u"/New.jpg"_s);
    const auto isProposed = [&] { return !live.session.watcher().proposals().isEmpty(); };
    (void)QTest::qWaitFor(isProposed, kPatience);
    camera.shoot(u"watching-proposed"_s);
}

void shootViewer(LiveWindow& live, Photographer& camera)
{
    live.select({2});
    live.press(Qt::Key_Return);
    (void)QTest::qWaitFor([&] { return live.page().viewer().showsFullSize(); }, kPatience);
    camera.shoot(u"viewer"_s);
    live.press(Qt::Key_Escape);
}

/// Pictures that wait for their undo time.
void shootWaiting(LiveWindow& live, Photographer& camera, const QStringList& pictures)
{
    stage(live, pictures);
    live.settings.setUndoTime(std::chrono::minutes(1));
    Q_EMIT live.page().stagingPage().shareRequested();
    const int all = live.session.gallery().model().rowCount() + int(pictures.size());
    (void)QTest::qWaitFor([&] { return live.galleryModel().rowCount() == all; }, kPatience);
    live.select({});
    camera.shoot(u"waiting"_s);
    auto& list = live.page().transfersList();
    list.setPaused(true, true);
    list.open();
    camera.shoot(u"transfers-waiting"_s);
    camera.shootMirrored(u"transfers-waiting"_s);
    list.close();
    list.setPaused(false, false);
    live.settings.setUndoTime({});
    const auto waiting = live.session.outbox().transfers();
    for (const auto& transfer : waiting)
        live.session.outbox().cancel(transfer.key);
}

/// The next start, while another process holds the data and does not answer.
bool shootOffline(const std::shared_ptr<QTemporaryDir>& home, ui::Theme& theme,
                  const QDir& directory)
{
    const Paths paths{home->filePath(u"data"_s), home->filePath(u"cache"_s)};
    const auto lock = FileLock::tryLock(paths.backend() + u"/lock"_s);
    LiveWindow live(home);
    live.window.resize(kWindow);
    live.open();
    const auto isOffline = [&] { return live.session.state() == Session::State::Offline; };
    const bool isReached = QTest::qWaitFor(isOffline, kPatience) && waitForPreviews(live);
    Photographer camera(live.window, theme, directory);
    camera.shoot(u"offline"_s);
    return lock && isReached && camera.isWell();
}

/// A start on a machine that is in the way: there is a file where the data have to go.
bool shootFailed(ui::Theme& theme, const QDir& directory)
{
    LiveWindow live;
    test::writeTo(live.directory.path(), u"data"_s, "a file");
    live.window.resize(kWindow);
    live.open();
    const auto isFailed = [&] { return live.session.state() == Session::State::Failed; };
    const bool isReached = QTest::qWaitFor(isFailed, kPatience);
    Photographer camera(live.window, theme, directory);
    camera.shoot(u"failed"_s);
    return isReached && camera.isWell();
}

/// Everything that can be drawn of one session that is well.
bool shootSession(LiveWindow& live, ui::Theme& theme, const QDir& directory)
{
    live.settings.setKnowsNoKeyring(true);
    live.settings.setUndoTime({});
    live.window.resize(kWindow);
    if (!live.start()) {
        std::fprintf(stderr, "the session did not come online\n");
        return false;
    }
    Photographer camera(live.window, theme, directory);
    const QDir scratch(live.directory.path());
    const QStringList pictures = test::samples(scratch);
    shootEmptyAndStaging(live, camera, pictures);
    if (!fillGallery(live, pictures + test::others(pictures, scratch))) {
        std::fprintf(stderr, "the gallery was not filled in time\n");
        return false;
    }
    shootStagingAgain(live, camera, pictures);
    shootGallery(live, camera);
    shootOverlays(live, camera, pictures);
    shootViewer(live, camera);
    test::shootAccounts(live, camera);
    shootWaiting(live, camera, test::mirrored(pictures.first(2), scratch));
    shootStates(live, camera);
    shootConflict(live, camera);
    shootWatching(live, camera, pictures.first());
    return camera.isWell();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: vitrine-shots DIR\n");
        return 2;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0); // or the window is never at rest
    ui::Theme theme(application, ui::Theme::Scheme::Light);
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    if (!directory.mkpath(u"."_s)) {
        std::fprintf(stderr, "%s cannot be made\n", argv[1]);
        return 1;
    }

    std::shared_ptr<QTemporaryDir> home;
    bool isWell = false;
    {
        LiveWindow live;
        home = live.home;
        isWell = shootSession(live, theme, directory);
    }
    isWell = shootFailed(theme, directory) && isWell;
    isWell = shootOffline(home, theme, directory) && isWell;
    return isWell ? 0 : 1;
}
