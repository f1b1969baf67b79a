// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/witness.h"

#include "tests/support/contentof.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <signal.h>
#include <sys/resource.h>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

bool isKWallet()
{
    return qgetenv("XDG_CURRENT_DESKTOP") == "KDE";
}

bool holds(const QByteArray& text, const QByteArray& secret)
{
    return text.contains(secret) || text.contains(secret.toBase64()) ||
           text.contains(secret.toHex()) || text.contains(secret.toPercentEncoding());
}

} // namespace

Witness::Witness()
{
    const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_CORE, &unlimited); // if it could, a crash would leave its memory
    qputenv("QT_LOGGING_RULES", "vitrine.*=true");
    QStringList arguments{u"--session"_s};
    if (isKWallet())
        arguments += u"type='signal'"_s;
    m_bus.start(u"dbus-monitor"_s, arguments);
    if (!m_bus.waitForReadyRead())
        qFatal("nobody listens to the bus");
}

Witness::~Witness()
{
    m_bus.kill();
    m_bus.waitForFinished();
}

std::unique_ptr<QProcess> Witness::start(const QString& program, const QStringList& arguments,
                                         const QByteArray& input)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setWorkingDirectory(m_home);
    process->start(u"" VITRINE_BIN_DIR "/"_s + program, arguments);
    process->write(input);
    process->closeWriteChannel();
    if (process->waitForStarted())
        lookAt(*process);
    return process;
}

int Witness::run(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    const auto process = start(program, arguments, input);
    const bool isOver =
        QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 60'000);
    hear(*process);
    return isOver && process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
}

bool Witness::crash(QProcess& process)
{
    lookAt(process);
    // Also a crash that dumps, and one that the address sanitizer does not take for itself.
    const bool isHit = ::kill(pid_t(process.processId()), SIGABRT) == 0;
    const bool isOver = process.waitForFinished();
    hear(process);
    return isHit && isOver && process.exitStatus() == QProcess::CrashExit;
}

QByteArray Witness::hear(QProcess& process)
{
    const QByteArray said = process.readAll();
    m_told += said;
    return said;
}

void Witness::lookAt(const QProcess& process)
{
    const QString proc = u"/proc/%1/"_s.arg(process.processId());
    m_told += contentOf(proc + u"cmdline"_s) + contentOf(proc + u"environ"_s);
}

bool Witness::hasHeardOfTheKeyring()
{
    m_onBus += m_bus.readAll();
    return m_onBus.contains(isKWallet() ? "org.kde.KWallet" : "org.freedesktop.secrets");
}

QString Witness::placeOf(const QByteArray& secret)
{
    m_onBus += m_bus.readAll();
    if (holds(m_told, secret))
        return u"output, command line or environment"_s;
    return holds(m_onBus, secret) ? u"the bus"_s : fileWith(secret);
}

QString Witness::fileWith(const QByteArray& secret) const
{
    QDirIterator files(m_home, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (holds(contentOf(file), secret))
            return file;
    }
    return {};
}

} // namespace vitrine::test
