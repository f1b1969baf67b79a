// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/uploadcommand.h"

#include "app/base/file.h"
#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "app/cli/metadatawords.h"
#include "app/cli/uploadfiles.h"
#include "app/transfer/pasted.h"

#include <QFile>
#include <QtConcurrentMap>
#include <QtConcurrentRun>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using transfer::State;
using transfer::Transfer;

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

/// How a file describes itself; empty where it does not, or cannot be read: the outbox tells that.
QString proposedAlt(const QString& path, const imaging::PictureReader& pictures)
{
    const auto file = openFile(path, transfer::kReadable.bytes);
    if (!file)
        return {};
    const imaging::OpenFile source{(*file)->handle(), (*file)->size()};
    const auto found = pictures.read(source, {.limits = transfer::kReadable, .metadata = true});
    return found ? found->metadata.altText : QString();
}

bool isForACopy(ErrorKind kind)
{
    return kind == ErrorKind::TooLarge || kind == ErrorKind::TooManyPixels ||
           kind == ErrorKind::UnsupportedImage;
}

} // namespace

UploadCommand::UploadCommand(const Output& output, std::unique_ptr<session::Session> session,
                             UploadArguments arguments, QString directory,
                             const imaging::PictureReader& pictures)
    : SessionCommand(output, std::move(session), Outgoing::Sent)
    , m_arguments(std::move(arguments))
    , m_directory(std::move(directory))
    , m_pictures(pictures)
{}

void UploadCommand::begin()
{
    connect(&session().outbox(), &transfer::Outbox::changed, this, &UploadCommand::follow);
    const auto found =
        QtConcurrent::run(&UploadCommand::describedFiles, m_arguments, m_directory, &m_pictures);
    whenDone(this, found, [this](const Result<Described>& described) {
        if (described)
            share(*described);
        else
            refuse(described.error());
    });
}

Result<UploadCommand::Described>
UploadCommand::describedFiles(const UploadArguments& arguments, const QString& directory,
                              const imaging::PictureReader* pictures)
{
    const auto files = filesOf(arguments.paths, directory, transfer::kReadable.bytes);
    if (!files)
        return failure(files.error());
    if (!arguments.altFromFile)
        return Described{*files, QStringList(files->size(), arguments.alt)};
    const auto alt = [&](const QString& file) {
        const QString proposed = proposedAlt(file, *pictures);
        return proposed.isEmpty() ? arguments.alt : proposed;
    };
    return Described{*files, QtConcurrent::blockingMapped<QStringList>(*files, alt)};
}

void UploadCommand::share(const Described& found)
{
    const QStringList& files = found.files;
    QList<transfer::UploadOrder> orders;
    for (qsizetype i = 0; i < files.size(); ++i) {
        orders.append({.source = files[i],
                       .alt = found.alts[i],
                       .isPrivate = m_arguments.isPrivate,
                       .keepMetadata = m_arguments.keepMetadata,
                       .again = m_arguments.again,
                       .fit = m_arguments.fit});
    }
    m_tally = Tally(files.size());
    const auto enqueued = session().outbox().share(orders);
    whenDone(this, enqueued, [this, files](const Result<QStringList>& keys) {
        if (!keys) {
            refuse(keys.error());
            return;
        }
        for (qsizetype i = 0; i < files.size(); ++i) {
            const bool isTyped = transfer::isPasted(files[i], m_directory);
            m_pending.insert(keys->at(i), isTyped ? u"-"_s : files[i]);
        }
        for (const QString& key : *keys) // another process may be through with it
            follow(key);
    });
}

void UploadCommand::refuse(const Error& error)
{
    output().complain({}, error);
    Q_EMIT finished(kSomeFailed);
}

void UploadCommand::follow(const QString& key)
{
    const Transfer* transfer = session().outbox().find(key);
    if (!transfer || !isFinished(transfer->state) || !m_pending.contains(key))
        return;
    report(*transfer);
    m_pending.remove(key);
    const bool isShared = transfer->state == State::Done || transfer->state == State::Duplicate;
    m_tally.count(isShared);
    if (!isShared)
        session().outbox().forget({key}); // told here and now: it is nobody's business later
    if (!m_tally.isComplete())
        return;
    if (m_wouldFitHelp)
        output().note(tr("With --fit a copy is sent where the gallery would refuse the file."));
    Q_EMIT finished(m_tally.exitCode());
}

void UploadCommand::report(const Transfer& transfer)
{
    const QString file = m_pending.value(transfer.key);
    QJsonObject line{{u"file"_s, file}, {u"status"_s, statusWord(transfer.state)}};
    line.insert(u"id"_s, transfer.imageId.isEmpty() ? QJsonValue() : QJsonValue(transfer.imageId));
    line.insert(u"error"_s,
                transfer.error ? QJsonValue(messageFor(*transfer.error)) : QJsonValue());
    line.insert(u"removed"_s, metadataWords(transfer.removed));
    line.insert(u"isCopy"_s, transfer.isCopy);
    line.insert(u"alt"_s, transfer.alt);
    if (transfer.error) {
        output().complain(file, *transfer.error);
        m_wouldFitHelp |= !m_arguments.fit && isForACopy(transfer.error->kind);
    }
    output().print(line, transfer.error ? QString() : sentenceFor(transfer));
}

QString UploadCommand::sentenceFor(const Transfer& transfer) const
{
    const QString file = m_pending.value(transfer.key);
    if (transfer.state == State::Duplicate)
        return tr("%1: shared before as %2").arg(file, transfer.imageId);
    QString sentence = transfer.isCopy
                           ? tr("%1: a copy was shared as %2").arg(file, transfer.imageId)
                           : tr("%1: shared as %2").arg(file, transfer.imageId);
    if (!transfer.removed.isEmpty())
        sentence += u"; "_s + tr("removed: %1").arg(metadataText(transfer.removed));
    return sentence;
}

} // namespace vitrine::cli
