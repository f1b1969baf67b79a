// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/filecheckcommand.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "app/cli/metadatawords.h"
#include "app/cli/uploadfiles.h"
#include "app/transfer/pasted.h"

#include <QtConcurrentRun>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using transfer::FileReport;
using transfer::Remedy;
using transfer::StagingLooks;

QJsonValue remedyWord(Remedy remedy)
{
    switch (remedy) {
    case Remedy::ScaleDown:
        return u"scaleDown"_s;
    case Remedy::Convert:
        return u"convert"_s;
    case Remedy::ShareAgain:
        return u"shareAgain"_s;
    case Remedy::None:
        break;
    }
    return {};
}

QString statusWord(const FileReport& report, const transfer::Choices& choices)
{
    if (report.isSendable(choices))
        return u"ready"_s;
    if (!report.problem)
        return u"duplicate"_s;
    return report.remedy == Remedy::None ? u"failed"_s : u"fixable"_s;
}

QJsonValue idOf(const std::optional<transfer::Twin>& twin)
{
    return twin ? QJsonValue(twin->id) : QJsonValue();
}

} // namespace

FileCheckCommand::FileCheckCommand(const Output& output, std::unique_ptr<session::Session> session,
                                   UploadArguments arguments, QString directory,
                                   const imaging::PictureReader& pictures)
    : SessionCommand(output, std::move(session), Outgoing::Shown)
    , m_arguments(std::move(arguments))
    , m_directory(std::move(directory))
    , m_looks(pictures)
{
    connect(&m_looks, &StagingLooks::looked, this, &FileCheckCommand::report);
    connect(&m_looks, &StagingLooks::ready, this, &FileCheckCommand::lookOn);
}

void FileCheckCommand::begin()
{
    using Known = Result<transfer::KnownImages>;
    whenDone(this, session().knownImages(), [this](const Known& known) {
        m_known = std::make_shared<transfer::KnownImages>(known.value_or(transfer::KnownImages()));
        const auto found =
            QtConcurrent::run(filesOf, m_arguments.paths, m_directory, transfer::kReadable.bytes);
        whenDone(this, found, [this](const Result<QStringList>& files) {
            if (files)
                check(*files);
            else
                refuse(files.error());
        });
    });
}

void FileCheckCommand::check(const QStringList& files)
{
    m_files = files;
    m_tally = Tally(files.size());
    lookOn();
}

void FileCheckCommand::lookOn()
{
    while (m_next < m_files.size() && !m_looks.isBusy()) {
        m_looks.start({.id = quint64(m_next),
                       .path = m_files[m_next],
                       .rules = session().rules(),
                       .known = m_known,
                       .keepMetadata = m_arguments.keepMetadata});
        ++m_next;
    }
}

void FileCheckCommand::report(quint64 number, const StagingLooks::Looked& looked)
{
    const QString path = m_files[qsizetype(number)];
    const bool isTyped = transfer::isPasted(path, m_directory);
    const QString file = isTyped ? u"-"_s : path;
    const FileReport& found = looked.report;
    const transfer::Choices choices{.fit = m_arguments.fit, .again = m_arguments.again};
    const bool isReady = found.isSendable(choices);
    const QString problem = found.problem ? messageFor(*found.problem) : QString();
    const QString status = statusWord(found, choices);
    const QJsonObject line{{u"file"_s, file},
                           {u"status"_s, status},
                           {u"problem"_s, found.problem ? QJsonValue(problem) : QJsonValue()},
                           {u"remedy"_s, remedyWord(found.remedy)},
                           {u"sameAs"_s, idOf(found.same)},
                           {u"looksLike"_s, idOf(found.alike)},
                           {u"metadata"_s, metadataWords(looked.facts.metadata)},
                           {u"alt"_s, looked.altText}};
    const QString metadata = metadataText(looked.facts.metadata);
    QStringList words{file + u": "_s + status, problem, metadata};
    if (found.same)
        words.append(tr("shared already as %1").arg(found.same->id));
    if (found.alike)
        words.append(tr("looks like %1").arg(found.alike->id));
    if (!looked.altText.isEmpty())
        words.append(tr("described as “%1”").arg(looked.altText));
    words.removeAll(QString());
    output().print(line, words.join(u"; "_s));
    if (isTyped)
        transfer::discardPasted(path);
    m_tally.count(isReady || found.same); // as an upload of it would end
    if (m_tally.isComplete())
        Q_EMIT finished(m_tally.exitCode());
}

void FileCheckCommand::refuse(const Error& error)
{
    output().complain({}, error);
    Q_EMIT finished(kSomeFailed);
}

} // namespace vitrine::cli
