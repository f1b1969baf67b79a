// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/vitrinectl.h"

#include <QJsonDocument>
#include <QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace vitrine::test {

std::unique_ptr<QProcess> startVitrinectl(const QString& home, const QStringList& arguments,
                                          const QByteArray& input)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_DATA_HOME"_s, home + u"/data"_s);
    environment.insert(u"XDG_CACHE_HOME"_s, home + u"/cache"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    for (const char* kept : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"})
        environment.insert(QString::fromLatin1(kept), qEnvironmentVariable(kept));
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(home);
    process->start(QStringLiteral(VITRINE_BIN_DIR "/vitrinectl"), arguments);
    process->write(input);
    process->closeWriteChannel();
    return process;
}

Ended runVitrinectl(const QString& home, const QStringList& arguments, const QByteArray& input)
{
    const auto process = startVitrinectl(home, arguments, input);
    if (!process->waitForFinished(60'000))
        qFatal("vitrinectl did not end");
    Ended ended;
    ended.exitCode = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
    ended.out = process->readAllStandardOutput();
    ended.err = process->readAllStandardError();
    for (const QByteArray& line : ended.out.split('\n')) {
        const auto document = QJsonDocument::fromJson(line);
        if (document.isObject())
            ended.lines.append(document.object());
    }
    return ended;
}

} // namespace vitrine::test
