// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/tokenstore.h"
#include "app/base/dumps.h"
#include "app/base/log.h"
#include "app/base/messages.h"
#include "app/base/paths.h"
#include "app/base/translations.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/session/linecost.h"
#include "app/session/session.h"
#include "ui/accountpage.h"
#include "ui/accounts/accountactions.h"
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
    const QCommandLineOption account(
        u"account"_s, Words::tr("Which gallery; else the one shown last."), u"name"_s);
    parser.addOption(account);
    parser.process(application);

    Arguments arguments{{}, parser.value(screenshot), parser.value(account)};
    const QStringList files = parser.positionalArguments();
    for (const QString& file : files)
        arguments.files += QFileInfo(file).absoluteFilePath();
    return arguments;
}

/// The one that was asked for, or else the one that was shown last, if it is still there.
Result<session::Account> chosenAccount(const Arguments& arguments, const session::AccountList& list,
                                       const ui::AppSettings& settings)
{
    if (!arguments.account.isEmpty())
        return list.find(arguments.account);
    const QList<session::Account> accounts = list.all().value_or(QList<session::Account>());
    for (const session::Account& account : accounts) {
        if (account.id == settings.lastAccount())
            return account;
    }
    return session::Account::local();
}

void show(ui::MainWindow& window, const session::Account& account, const QStringList& files)
{
    window.openAccount(account);
    window.show();
    if (!files.isEmpty())
        window.page().stage(files);
}

/// Ends the program once the picture that \a file asks for is saved.
void takePicture(std::optional<ui::Screenshot>& screenshot, ui::MainWindow& window,
                 const QString& file)
{
    screenshot.emplace(window.page().session(), window, file);
    QObject::connect(&*screenshot, &ui::Screenshot::taken, qApp,
                     [](bool isSaved) { QCoreApplication::exit(isSaved ? 0 : 1); });
}

int complainOf(const QString& account, const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", qPrintable(account), qPrintable(messageFor(error)));
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    forbidDumps();
    installRedactingLog();
    QApplication application(argc, argv);
    installTranslations(application, QLocale());
    ui::Theme theme(application);
    nameApplication();
    const Arguments arguments = readArguments(application);

    const Paths paths = Paths::fromEnvironment();
    ui::AppSettings settings(ui::AppSettings::defaultPath());
    const auto account = chosenAccount(arguments, session::AccountList(paths.accounts()), settings);
    if (!account)
        return complainOf(arguments.account, account.error());

    const SystemClock clock;
    const decoding::SandboxedPictureReader pictures(
        {.program = decoding::workerFor(QCoreApplication::applicationDirPath()),
         .allowsUnconfined = settings.allowsUnconfinedDecoder()});
    const std::shared_ptr<access::TokenStore> keyring = access::makeKeyringTokenStore();
    const auto signIns = access::keptForThisRunWithout(keyring);
    session::Accounts accounts(paths, *signIns, pictures, clock);
    ui::AccountActions actions(accounts, *signIns);
    const session::SystemLineCost cost;
    const auto makeSession = [&](const session::Account& one) {
        auto session = std::make_unique<session::Session>(
            paths, one, one.isLocal() ? keyring : signIns, pictures, clock);
        session->heed(cost);
        return session;
    };
    ui::MainWindow window(makeSession, actions, settings, clock);
    show(window, *account, arguments.files);
    actions.list();

    std::optional<ui::Screenshot> screenshot;
    if (!arguments.screenshot.isEmpty())
        takePicture(screenshot, window, arguments.screenshot);
    return QApplication::exec();
}
