// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/downloadcommand.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"

#include <QDir>

namespace vitrine::cli {

using namespace Qt::StringLiterals;
using transfer::Downloads;

DownloadCommand::DownloadCommand(const Output& output, std::unique_ptr<session::Session> session,
                                 DownloadArguments arguments)
    : SessionCommand(output, std::move(session), Outgoing::Shown)
    , m_arguments(std::move(arguments))
    , m_tally(m_arguments.ids.size())
{}

void DownloadCommand::begin()
{
    for (const QString& id : m_arguments.ids)
        download(id);
}

void DownloadCommand::download(const QString& id)
{
    const protocol::Image* image = session().gallery().model().find(id);
    if (!image) {
        report(id, failure(ErrorKind::NotFound, id));
        return;
    }
    const QString directory = m_arguments.directory.isEmpty() ? u"."_s : m_arguments.directory;
    const auto copy = m_arguments.isOriginal ? Downloads::Copy::Original : Downloads::Copy::Highres;
    const auto alt = m_arguments.withAlt ? Downloads::Alt::Written : Downloads::Alt::Untouched;
    const auto saved =
        session().downloads().saveInto(QDir(directory).absolutePath(), *image, copy, alt);
    whenDone(this, saved, [this, id](const Result<QString>& path) { report(id, path); });
}

void DownloadCommand::report(const QString& id, const Result<QString>& path)
{
    const auto* image = session().gallery().model().find(id);
    QJsonObject line = image ? toJson(*image) : QJsonObject{{u"id"_s, id}};
    line.insert(u"status"_s, path ? u"downloaded"_s : u"failed"_s);
    line.insert(u"file"_s, path ? QJsonValue(*path) : QJsonValue());
    line.insert(u"error"_s, path ? QJsonValue() : QJsonValue(messageFor(path.error())));
    if (!path)
        output().complain(id, path.error());
    output().print(line, path ? tr("%1: saved as %2").arg(id, *path) : QString());
    m_tally.count(path.has_value());
    if (m_tally.isComplete())
        Q_EMIT finished(m_tally.exitCode());
}

} // namespace vitrine::cli
