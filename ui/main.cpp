// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "app/base/log.h"
#include "app/base/messages.h"
#include "app/base/paths.h"
#include "app/base/translations.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/session/session.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/mainwindow.h"
#include "ui/settings/appsettings.h"
#include "ui/window/screenshot.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

struct Arguments {
    QStringList files; ///< to be staged; absolute
    QString screenshot;
    QString account;
};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(main)
};

void nameApplication()
{
    QCoreApplication::setApplicationName(u"vitrine"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VITRINE_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Vitrine"_s);
    QGuiApplication::setDesktopFileName(u"org.vitrine.Vitrine"_s);
    QGuiApplication::setWindowIcon(ui::applicationIcon());
}

/// Ends the program for --help, --version and what cannot be understood.
Arguments readArguments(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Share pictures, keep some private, describe them, take them home again."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(u"files"_s, Words::tr("Pictures to share; they are shown first."),
                                 u"[files…]"_s);
    const QCommandLineOption screenshot(
        u"screenshot"_s,
        Words::tr("Save a picture of the window to <file> once its gallery is shown, then quit."),
        u"file"_s);
    parser.addOption(screenshot);
    const QCommandLineOption account(u"account"_s, Words::tr("Which gallery."), u"name"_s,
                                     QString::fromLatin1(session::kLocalAccount));
    parser.addOption(account);
    parser.process(application);

    Arguments arguments{{}, parser.value(screenshot), parser.value(account)};
    const QStringList files = parser.positionalArguments();
    for (const QString& file : files)
        arguments.files += QFileInfo(file).absoluteFilePath();
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    installRedactingLog();
    QApplication application(argc, argv);
    installTranslations(application, QLocale());
    ui::Theme theme(application);
    nameApplication();
    const Arguments arguments = readArguments(application);

    const Paths paths = Paths::fromEnvironment();
    const auto account = session::AccountList(paths.accounts()).find(arguments.account);
    if (!account) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(arguments.account),
                     qPrintable(messageFor(account.error())));
        return 2;
    }

    const SystemClock clock;
    ui::AppSettings settings(ui::AppSettings::defaultPath());
    const decoding::SandboxedPictureReader pictures(
        {.program = decoding::workerFor(QCoreApplication::applicationDirPath()),
         .allowsUnconfined = settings.allowsUnconfinedDecoder()});
    session::Session session(paths, *account, access::makeKeyringTokenStore(), pictures, clock);
    ui::MainWindow window(session, settings, clock);
    window.show();
    session.start();
    if (!arguments.files.isEmpty())
        window.stage(arguments.files);

    std::optional<ui::Screenshot> screenshot;
    if (!arguments.screenshot.isEmpty()) {
        screenshot.emplace(session, window, arguments.screenshot);
        QObject::connect(&*screenshot, &ui::Screenshot::taken, &application,
                         [](bool isSaved) { QCoreApplication::exit(isSaved ? 0 : 1); });
    }
    return QApplication::exec();
}
