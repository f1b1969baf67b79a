// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/cloudflared.h"

#include "app/access/claims.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QProcess>
#include <QPromise>
#include <QStandardPaths>
#include <QTimer>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kPersonsPatience = 5min; // identity providers want a second factor
constexpr auto kProgramsPatience = 30s;
constexpr qsizetype kMaxOutput = 64 * 1024;

using Printed = Result<Secret>;

QString addressOf(const QUrl& gallery)
{
    return gallery.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
}

Printed printedBy(QProcess& process)
{
    Secret output(process.readAllStandardOutput());
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failure(ErrorKind::SignInRequired, u"cloudflared has no token"_s);
    if (output.reveal().size() > kMaxOutput)
        return failure(ErrorKind::BadAnswer, u"cloudflared printed too much"_s);
    return output;
}

Result<PersonToken> tokenIn(const Printed& printed)
{
    if (!printed)
        return failure(printed.error());
    Secret jwt(printed->reveal().trimmed());
    if (!claimsOf(jwt))
        return failure(ErrorKind::BadAnswer, u"cloudflared printed no token"_s);
    return PersonToken{std::move(jwt)};
}

} // namespace

QString Cloudflared::find()
{
    return QStandardPaths::findExecutable(u"cloudflared"_s);
}

Cloudflared::Cloudflared(QString program, QObject* parent)
    : QObject(parent), m_program(std::move(program))
{}

Cloudflared::~Cloudflared()
{
    const auto processes = findChildren<QProcess*>();
    for (QProcess* process : processes) {
        process->disconnect();
        process->kill();
        process->waitForFinished(); // of a process that was killed
    }
}

QFuture<Result<PersonToken>> Cloudflared::signIn(const QUrl& gallery)
{
    const auto through = run({u"access"_s, u"login"_s, addressOf(gallery)}, kPersonsPatience);
    return whenDone(this, through, [this, gallery](const Printed& printed) {
        return printed ? token(gallery)
                       : readyFuture(Result<PersonToken>(failure(printed.error())));
    });
}

QFuture<Result<PersonToken>> Cloudflared::token(const QUrl& gallery)
{
    const auto printed =
        run({u"access"_s, u"token"_s, u"-app="_s + addressOf(gallery)}, kProgramsPatience);
    return whenDone(this, printed, tokenIn);
}

void Cloudflared::stop()
{
    Q_EMIT stopped();
}

QFuture<Result<Secret>> Cloudflared::run(const QStringList& arguments,
                                         std::chrono::milliseconds patience)
{
    if (!isThere())
        return readyFuture(Printed(failure(ErrorKind::Unsupported, u"no cloudflared here"_s)));
    auto promise = std::make_shared<QPromise<Printed>>();
    promise->start();
    auto* process = new QProcess(this);
    const auto end = [promise, process](const Printed& printed) {
        process->disconnect();
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        if (process->state() == QProcess::NotRunning)
            process->deleteLater();
        process->kill();
        promise->addResult(printed);
        promise->finish();
    };
    connect(process, &QProcess::finished, process, [end, process] { end(printedBy(*process)); });
    connect(process, &QProcess::errorOccurred, process, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(failure(ErrorKind::Unsupported, u"cloudflared does not start"_s));
    });
    connect(this, &Cloudflared::stopped, process, [end] { end(failure(ErrorKind::Cancelled)); });
    QTimer::singleShot(patience, process, [end] {
        end(failure({ErrorKind::TimedOut, {}, {}, Cause::SignInUnfinished}));
    });
    process->setStandardErrorFile(QProcess::nullDevice());
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(m_program, arguments);
    return promise->future();
}

} // namespace vitrine::access
