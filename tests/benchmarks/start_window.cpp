// SPDX-License-Identifier: GPL-3.0-or-later
// What main() of vitrine does, until the first images of an account are painted. Prints the
// milliseconds since main() began and the processor time of the process, to that moment and to the
// moment when all images are listed, and the longest block of the event loop between the two. With
// a third argument so many of them, scattered, go then; what follows is the longest block of the
// event loop by that, and the milliseconds until all are gone.
#include "app/access/tokenstore.h"
#include "app/base/dumps.h"
#include "app/base/log.h"
#include "app/base/translations.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/session/session.h"
#include "tests/benchmarks/blockwatch.h"
#include "ui/accountpage.h"
#include "ui/accounts/accountactions.h"
#include "ui/common/theme.h"
#include "ui/gallery/galleryview.h"
#include "ui/mainwindow.h"
#include "ui/settings/appsettings.h"

#include <QApplication>
#include <QEvent>
#include <QLocale>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <optional>

using namespace vitrine;

namespace {

/// Takes every n-th row away, and ends the program when they are gone.
void takeAway(gallery::GalleryModel& images, int count)
{
    QStringList ids;
    const int left = images.rowCount() - count;
    for (int row = 0; ids.size() < count; row += images.rowCount() / count)
        ids += images.images().at(row).id;
    auto* watch = new bench::BlockWatch;
    auto* look = new QTimer(&images);
    const double start = bench::now(CLOCK_MONOTONIC);
    QObject::connect(look, &QTimer::timeout, look, [=, &images] {
        if (images.rowCount() > left)
            return;
        std::printf("%f %f\n", watch->longest(), bench::now(CLOCK_MONOTONIC) - start);
        delete watch;
        QCoreApplication::quit();
    });
    look->start(1);
    QTimer::singleShot(100, &images, [&images, ids] { images.drop(ids); });
}

/// Calls once the view has painted rows.
class FirstRows final : public QObject
{
public:
    FirstRows(ui::GalleryView& view, std::function<void()> painted)
        : m_view(view), m_painted(std::move(painted))
    {
        view.viewport()->installEventFilter(this);
    }

private:
    bool eventFilter(QObject* viewport, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_view.model()->rowCount() > 0) {
            viewport->removeEventFilter(this);
            // It is painted once this event is through.
            QMetaObject::invokeMethod(this, m_painted, Qt::QueuedConnection);
        }
        return false;
    }

    ui::GalleryView& m_view;
    const std::function<void()> m_painted;
};

} // namespace

int main(int argc, char** argv)
{
    const double start = bench::now(CLOCK_MONOTONIC);
    const auto tell = [start] {
        std::printf("%f %f ", bench::now(CLOCK_MONOTONIC) - start,
                    bench::now(CLOCK_PROCESS_CPUTIME_ID));
    };
    forbidDumps();
    installRedactingLog();
    QApplication application(argc, argv);
    installTranslations(application, QLocale());
    ui::Theme theme(application);
    const Paths paths = Paths::fromEnvironment();
    ui::AppSettings settings(ui::AppSettings::defaultPath());
    const QStringList arguments = application.arguments();
    const auto account = session::AccountList(paths.accounts()).find(arguments.value(1));
    if (!account)
        return 1;

    const SystemClock clock;
    const decoding::SandboxedPictureReader pictures(
        {.program = decoding::workerFor(QStringLiteral(VITRINE_BIN_DIR))});
    const std::shared_ptr<access::TokenStore> keyring = access::makeKeyringTokenStore();
    const auto signIns = access::keptForThisRunWithout(keyring);
    session::Accounts accounts(paths, *signIns, pictures, clock);
    ui::AccountActions actions(accounts, *signIns);
    const auto makeSession = [&](const session::Account& one) {
        return std::make_unique<session::Session>(paths, one, one.isLocal() ? keyring : signIns,
                                                  pictures, clock);
    };
    ui::MainWindow window(makeSession, actions, settings, clock);
    window.openAccount(*account);
    window.show();
    actions.list();

    const int all = arguments.value(2).toInt();
    const gallery::GalleryModel& images = window.page().session().gallery().model();
    QTimer look;
    std::optional<bench::BlockWatch> watch;
    QObject::connect(&look, &QTimer::timeout, &application, [&] {
        if (images.rowCount() < all)
            return;
        tell();
        std::printf("%f ", watch->longest());
        watch.reset();
        look.stop();
        if (const int count = arguments.value(3).toInt(); count > 0)
            takeAway(window.page().session().gallery().model(), count);
        else
            QCoreApplication::quit();
    });
    const FirstRows rows(*window.page().findChild<ui::GalleryView*>(), [&] {
        tell();
        watch.emplace();
        look.start(1);
    });
    return QApplication::exec();
}
