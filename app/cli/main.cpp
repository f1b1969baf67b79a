// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/dumps.h"
#include "app/base/log.h"
#include "app/base/translations.h"
#include "app/cli/command.h"
#include "app/decoding/sandboxedpicturereader.h"

#include <QCoreApplication>
#include <QLocale>

using namespace vitrine;

namespace {

void complain(const cli::Arguments& arguments, const Error& error)
{
    const cli::Output output(arguments.isJson);
    if (error.kind != ErrorKind::NotFound)
        return output.complain(arguments.account, error);
    output.note(QCoreApplication::translate("main",
                                            "There is no account \"%1\". vitrinectl account "
                                            "list tells which there are.")
                    .arg(arguments.account));
}

} // namespace

int main(int argc, char** argv)
{
    forbidDumps();
    const auto parsed = cli::parseArguments(argc, argv);
    if (const int* exitCode = std::get_if<int>(&parsed))
        return *exitCode;
    const auto& arguments = std::get<cli::Arguments>(parsed);

    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("vitrinectl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(VITRINE_VERSION));
    installRedactingLog();
    installTranslations(application, QLocale());
    const Paths paths = Paths::fromEnvironment();
    const auto account = session::AccountList(paths.accounts()).find(arguments.account);
    if (!account) {
        complain(arguments, account.error());
        return cli::kUsage;
    }

    const SystemClock clock;
    const decoding::SandboxedPictureReader pictures(
        {.program = decoding::workerFor(QCoreApplication::applicationDirPath()),
         .allowsUnconfined = arguments.allowsUnconfinedDecoder});
    const auto command = cli::makeCommand(arguments, paths, *account, pictures, clock);
    QObject::connect(
        command.get(), &cli::Command::finished, &application,
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(command.get(), &cli::Command::run, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
