// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/uploadcommand.h"

#include "app/base/file.h"
#include "app/base/messages.h"
#include "app/base/paths.h"
#include "app/base/whendone.h"
#include "app/transfer/pathlist.h"

#include <QFile>
#include <QUuid>
#include <QtConcurrentRun>

#include <cstdio>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using transfer::State;
using transfer::Transfer;

// What comes in becomes a file of ours, so that the upload survives this process.
QString keepStandardInput(const QString& directory, qint64 limit)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = input.read(limit + 1);
    const QString folder = directory + u"/pasted/"_s + QUuid::createUuid().toString(QUuid::Id128);
    const QString path = folder + u"/standard-input"_s;
    const auto kept = makePrivateDirectory(folder).and_then([&] { return writeFile(path, bytes); });
    return kept ? path : QString();
}

QStringList filesOf(const UploadArguments& arguments, const QString& directory, qint64 limit)
{
    QStringList files;
    for (const QString& path : arguments.paths) {
        if (path == "-"_L1)
            files.append(keepStandardInput(directory, limit));
        else
            files += transfer::picturesIn({path});
    }
    return files;
}

QString statusWord(State state)
{
    switch (state) {
    case State::Done:
        return u"uploaded"_s;
    case State::Duplicate:
        return u"duplicate"_s;
    default:
        return u"failed"_s;
    }
}

} // namespace

UploadCommand::UploadCommand(const Output& output, std::unique_ptr<session::Session> session,
                             UploadArguments arguments, QString directory)
    : SessionCommand(output, std::move(session), Outgoing::Sent)
    , m_arguments(std::move(arguments))
    , m_directory(std::move(directory))
{}

void UploadCommand::begin()
{
    connect(&session().outbox(), &transfer::Outbox::changed, this, &UploadCommand::follow);
    const auto found =
        QtConcurrent::run(filesOf, m_arguments, m_directory, session().capabilities().maxBytes);
    whenDone(this, found, [this](const QStringList& files) { share(files); });
}

void UploadCommand::share(const QStringList& files)
{
    QList<transfer::UploadOrder> orders;
    for (const QString& file : files) {
        orders.append({.source = file,
                       .alt = m_arguments.alt,
                       .isPrivate = m_arguments.isPrivate,
                       .keepMetadata = m_arguments.keepMetadata,
                       .again = m_arguments.again});
    }
    m_tally = Tally(files.size());
    const auto enqueued = session().outbox().share(orders);
    whenDone(this, enqueued, [this, files](const Result<QStringList>& keys) {
        if (!keys) {
            output().complain({}, keys.error());
            Q_EMIT finished(kSomeFailed);
            return;
        }
        for (qsizetype i = 0; i < files.size(); ++i)
            m_pending.insert(keys->at(i), files[i]);
    });
}

void UploadCommand::follow(const QString& key)
{
    const Transfer* transfer = session().outbox().find(key);
    if (!transfer || !isFinished(transfer->state) || !m_pending.contains(key))
        return;
    report(*transfer);
    m_pending.remove(key);
    m_tally.count(transfer->state == State::Done || transfer->state == State::Duplicate);
    if (m_tally.isComplete())
        Q_EMIT finished(m_tally.exitCode());
}

void UploadCommand::report(const Transfer& transfer)
{
    const QString file = m_pending.value(transfer.key);
    QJsonObject line{{u"file"_s, file}, {u"status"_s, statusWord(transfer.state)}};
    line.insert(u"id"_s, transfer.imageId.isEmpty() ? QJsonValue() : QJsonValue(transfer.imageId));
    line.insert(u"error"_s,
                transfer.error ? QJsonValue(messageFor(*transfer.error)) : QJsonValue());
    if (transfer.error)
        output().complain(file, *transfer.error);
    const QString text = transfer.state == State::Done
                             ? tr("%1: shared as %2").arg(file, transfer.imageId)
                             : tr("%1: shared before as %2").arg(file, transfer.imageId);
    output().print(line, transfer.error ? QString() : text);
}

} // namespace vitrine::cli
