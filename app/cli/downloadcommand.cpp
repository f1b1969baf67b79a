// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/downloadcommand.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace vitrine::cli {

using namespace Qt::StringLiterals;
using transfer::Alt;
using transfer::Copy;

DownloadCommand::DownloadCommand(const Output& output, std::unique_ptr<session::Session> session,
                                 DownloadArguments arguments)
    : SessionCommand(output, std::move(session), Outgoing::Shown)
    , m_arguments(std::move(arguments))
    , m_directory(
          QDir(m_arguments.directory.isEmpty() ? u"."_s : m_arguments.directory).absolutePath())
    , m_copy(m_arguments.isOriginal ? Copy::Original : Copy::Highres)
    , m_alt(m_arguments.withAlt ? Alt::Written : Alt::Untouched)
    , m_tally(m_arguments.zip.isEmpty() ? m_arguments.ids.size() : 1)
{}

void DownloadCommand::begin()
{
    if (!m_arguments.zip.isEmpty())
        return downloadZip();
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
    const auto saved = session().downloads().saveInto(m_directory, *image, m_copy, m_alt);
    whenDone(this, saved, [this, id](const Result<QString>& path) { report(id, path); });
}

void DownloadCommand::downloadZip()
{
    QList<protocol::Image> images;
    for (const QString& id : m_arguments.ids) {
        const protocol::Image* image = session().gallery().model().find(id);
        if (!image)
            return report(id, failure(ErrorKind::NotFound, id));
        images += *image;
    }
    const QFileInfo zip(QDir(m_directory).filePath(m_arguments.zip));
    const auto saved =
        session().downloads().saveZip(zip.absolutePath(), zip.fileName(), images, m_copy, m_alt);
    whenDone(this, saved, [this](const Result<QString>& path) { report(m_arguments.zip, path); });
}

void DownloadCommand::report(const QString& id, const Result<QString>& path)
{
    const auto* image = session().gallery().model().find(id);
    QJsonObject line = image ? toJson(*image) : QJsonObject{{u"id"_s, id}};
    if (!m_arguments.zip.isEmpty())
        line = {{u"ids"_s, QJsonArray::fromStringList(m_arguments.ids)}};
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
